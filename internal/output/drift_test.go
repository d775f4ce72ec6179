package output

import (
	"errors"
	"maps"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/trefoil-sql/trefoil/internal/source"
)

func kinds(t *testing.T, target Target, root string) map[string]DriftKind {
	t.Helper()
	drifts, err := target.Check(root)
	require.NoError(t, err)
	got := map[string]DriftKind{}
	for _, d := range drifts {
		got[d.Path] = d.Kind
	}
	return got
}

// TestAHandEditIsToldFromAChangedSchema: what was generated is known from the manifest.
func TestAHandEditIsToldFromAChangedSchema(t *testing.T) {
	root := t.TempDir()
	was := Target{Name: "zod", Dir: "out", Tree: Tree{
		"a.ts": []byte(mark + "a"), "b.ts": []byte(mark + "b"), "plain": nil, "plain2": []byte("p"), "c.go": []byte("// " + sqlcMark + "\n"),
	}}
	_, err := was.Write(root)
	require.NoError(t, err)
	assert.Empty(t, kinds(t, was, root))

	now := Target{Name: "zod", Dir: "out", Tree: maps.Clone(was.Tree)}
	now.Tree["a.ts"] = []byte(mark + "a2")
	write(t, root, "out/b.ts", "b by hand")
	assert.Equal(t, map[string]DriftKind{"out/a.ts": Changed, "out/b.ts": Edited}, kinds(t, now, root))

	// Both at once is an edit: what is there was never generated.
	write(t, root, "out/a.ts", mark+"a by hand")
	assert.Equal(t, map[string]DriftKind{"out/a.ts": Edited, "out/b.ts": Edited}, kinds(t, now, root))

	change, err := now.Write(root)
	require.NoError(t, err)
	assert.Equal(t, Change{Written: 2, Unchanged: 3, Edited: []string{"out/a.ts", "out/b.ts"}}, change)

	// Files without a mark, and sqlc's, are stale by the manifest; edited ones without a mark are the user's from then on.
	write(t, root, "out/plain2", "mine now")
	write(t, root, "out/other.go", "// "+sqlcMark+"\n")
	now.Tree = Tree{"a.ts": []byte(mark + "a2")}
	assert.Equal(t, map[string]DriftKind{"out/b.ts": Stale, "out/plain": Stale, "out/c.go": Stale}, kinds(t, now, root))
	now.KeepStale = true
	change, err = now.Write(root)
	require.NoError(t, err)
	assert.Equal(t, Change{Unchanged: 1, Kept: []string{"out/b.ts", "out/c.go", "out/plain"}}, change)
	assert.Equal(t, map[string]DriftKind{"out/b.ts": Stale, "out/plain": Stale, "out/c.go": Stale}, kinds(t, now, root),
		"what is kept stays known")
	now.KeepStale = false
	change, err = now.Write(root)
	require.NoError(t, err)
	assert.Equal(t, Change{Unchanged: 1, Removed: 3}, change)
	assert.Equal(t, []string{"out/.trefoil.sum", "out/a.ts", "out/other.go", "out/plain2"}, Tree(bytesOf(files(t, root))).Paths())
}

func bytesOf(files map[string]string) Tree {
	tree := Tree{}
	for path, text := range files {
		tree[path] = []byte(text)
	}
	return tree
}

// TestTheManifestAfterAMerge may hold the lines of both sides, with or without the marks of a conflict.
func TestTheManifestAfterAMerge(t *testing.T) {
	root := t.TempDir()
	ours := Target{Dir: "out", Tree: Tree{"a.ts": []byte(mark + "ours"), "b.ts": []byte(mark)}}
	theirs := Target{Dir: "out", Tree: Tree{"a.ts": []byte(mark + "theirs"), "b.ts": []byte(mark)}}
	merged := Target{Dir: "out", Tree: Tree{"a.ts": []byte(mark + "both"), "b.ts": []byte(mark)}}
	_, err := ours.Write(root)
	require.NoError(t, err)
	conflict := manifestHead + "<<<<<<< HEAD\n" + lines(ours) + "=======\n" + lines(theirs) + ">>>>>>> theirs\n"
	for name, text := range map[string]string{
		"conflict": conflict, "union": manifestHead + lines(ours) + lines(theirs), "windows": strings.ReplaceAll(conflict, "\n", "\r\n"),
	} {
		write(t, root, "out/.trefoil.sum", text)
		for _, side := range []Target{ours, theirs} {
			write(t, root, "out/a.ts", string(side.Tree["a.ts"]))
			assert.Equal(t, map[string]DriftKind{"out/a.ts": Changed}, kinds(t, merged, root), name)
			assert.Equal(t, map[string]DriftKind{"out/.trefoil.sum": Changed}, kinds(t, side, root), name)
		}
	}
	change, err := merged.Write(root)
	require.NoError(t, err)
	assert.Equal(t, Change{Written: 1, Unchanged: 1}, change)
	require.NoError(t, os.Remove(filepath.Join(root, "out/.trefoil.sum")))
	assert.Equal(t, map[string]DriftKind{"out/.trefoil.sum": Missing}, kinds(t, merged, root))
	change, err = merged.Write(root)
	require.NoError(t, err)
	assert.Equal(t, Change{Written: 1, Unchanged: 2}, change)
}

func lines(t Target) string {
	return strings.TrimPrefix(string(t.Manifest()), manifestHead)
}

func codes(t *testing.T, err error) []string {
	t.Helper()
	var list source.List
	require.True(t, errors.As(err, &list), "%v", err)
	var codes []string
	for _, d := range list {
		codes = append(codes, d.Code+" "+d.Message)
	}
	return codes
}

// TestAUsersFileIsNeverOverwritten: what carries no mark and stands in no manifest is refused, and so is what is no file.
func TestAUsersFileIsNeverOverwritten(t *testing.T) {
	root := t.TempDir()
	write(t, root, "out/index.ts", "export {}\n")
	write(t, root, "out/folder.ts/x", "x")
	write(t, root, "out/sub", "file")
	write(t, root, "elsewhere.ts", mark)
	require.NoError(t, os.Symlink("../elsewhere.ts", filepath.Join(root, "out/link.ts")))
	write(t, root, "out/sqlc.go", "// "+sqlcMark+"\n")
	before := files(t, root)
	target := Target{Dir: "out", Tree: Tree{
		"folder.ts": []byte(mark), "index.ts": []byte(mark), "link.ts": []byte(mark), "new.ts": []byte(mark),
		"sqlc.go": []byte("// " + sqlcMark + "\n\n"), "sub/a.ts": []byte(mark),
	}}
	want := []string{
		"TF505 out/folder.ts is a folder, and a file of that name has to be generated",
		"TF505 out/index.ts was not generated, and a file of that name has to be",
		"TF505 out/link.ts is no ordinary file, and one of that name has to be generated",
		"TF505 a file stands where the folder out/sub has to be",
	}
	_, err := target.Check(root)
	assert.Equal(t, want, codes(t, err))
	_, err = target.Write(root)
	assert.Equal(t, want, codes(t, err))
	assert.Equal(t, before, files(t, root))
}

// TestFoldersOfOthersAreLeft: hidden ones, those of tools, and those with a manifest of their own.
func TestFoldersOfOthersAreLeft(t *testing.T) {
	root := t.TempDir()
	for _, dir := range []string{".cache", "node_modules/x", "__pycache__", "other", "ours"} {
		write(t, root, "out/"+dir+"/f.ts", mark)
	}
	write(t, root, "out/other/.trefoil.sum", manifestHead)
	assert.Equal(t, map[string]DriftKind{"out/ours/f.ts": Stale, "out/a.ts": Missing},
		kinds(t, Target{Dir: "out", Tree: Tree{"a.ts": nil}}, root))
}

func TestDiffAndFirstLine(t *testing.T) {
	d := Drift{Have: []byte("a\nb\nc\n"), Want: []byte("a\nB\nc\n")}
	assert.Equal(t, []string{"@@ -1,3 +1,3 @@", " a", "-b", "+B", " c"}, d.Diff())
	assert.Equal(t, 2, d.FirstLine())
	assert.Equal(t, 2, Drift{Have: []byte("a\nb"), Want: []byte("a\nb\nc")}.FirstLine())
	assert.Contains(t, Drift{Have: []byte("a"), Want: []byte("a\n")}.Diff(), `\ No newline at end of file`)
	assert.Empty(t, Drift{Want: []byte("a")}.Diff())
	assert.Equal(t, 1, Drift{Have: []byte("a")}.FirstLine())
}

// TestOrigin: the last part that the changed lines name is where a change comes from.
func TestOrigin(t *testing.T) {
	f := source.NewFile("s.sql", "table id state due")
	at := func(text string) source.Span {
		i := strings.Index(f.Text, text)
		return source.Span{File: f, Start: i, End: i + len(text)}
	}
	o := Origin{Span: at("table"), Parts: NewParts([]Part{
		{Words: []string{"id"}, Span: at("id")}, {Words: []string{"STATES", "in progress"}, Span: at("state")},
		{Words: []string{"dueAt", "due_at"}, Span: at("due")},
	})}
	for _, tc := range []struct{ have, want, origin string }{
		{"id: int\n", "id: int\ndueAt: date\n", "due"},
		{"id: int\ndue_at: x\n", "id: int\n", "due"},
		{`S = ["open"] // id` + "\n", `S = ["open", "in progress"] // id` + "\n", "state"},
		{"id: int\n", "id: string\n", "id"},
		{"in: 1\n", "in: 2\n", "table"},
	} {
		d := Drift{Kind: Changed, Have: []byte(tc.have), Want: []byte(tc.want)}
		assert.Equal(t, tc.origin, o.of(d).Text(), tc.want)
	}
	assert.Equal(t, "table", o.of(Drift{Kind: Missing, Want: []byte("id")}).Text())
	assert.True(t, o.of(Drift{Kind: Edited, Have: []byte("id"), Want: []byte("x")}).IsZero())
	assert.True(t, Origin{}.of(Drift{Kind: Changed, Have: []byte("id"), Want: []byte("x")}).IsZero())
}
