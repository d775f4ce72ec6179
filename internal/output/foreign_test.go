package output

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// TestForeignFilesNeedNoMark: what another program made before is taken over, and what it no longer makes is known from
// the manifest alone.
func TestForeignFilesNeedNoMark(t *testing.T) {
	root := t.TempDir()
	write(t, root, "gen/a.json", "old")
	write(t, root, "gen/old.go", "// "+sqlcMark+"\n")
	write(t, root, "gen/marked.ts", mark)
	write(t, root, "gen/mine", "mine")
	target := Target{Name: "plugin", Dir: "gen", Foreign: true, Tree: Tree{"a.json": []byte("a"), "sub/b": []byte("b")}}
	assert.Equal(t, map[string]DriftKind{"gen/a.json": Changed, "gen/sub/b": Missing}, kinds(t, target, root))
	_, err := target.Write(root)
	require.NoError(t, err)
	assert.Empty(t, kinds(t, target, root))

	write(t, root, "gen/a.json", "by hand")
	target.Tree = Tree{"a.json": []byte("a")}
	assert.Equal(t, map[string]DriftKind{"gen/a.json": Edited, "gen/sub/b": Stale}, kinds(t, target, root))

	own := target
	own.Foreign = false
	assert.Equal(t, Stale, kinds(t, own, root)["gen/marked.ts"], "in a target's own folder the mark counts")
}

// TestForeignFoldersLieInOthers: one around a target's and one in it, each with a manifest of its own.
func TestForeignFoldersLieInOthers(t *testing.T) {
	root := t.TempDir()
	targets := []Target{
		{Name: "go", Dir: "gen/go", Tree: Tree{"a.go": []byte("// " + sqlcMark + "\n")}},
		{Name: "json", Dir: "gen", Foreign: true, Tree: Tree{"all.json": []byte("{}")}},
		{Name: "inner", Dir: "gen/go/inner", Foreign: true, Tree: Tree{"b.go": []byte("// " + sqlcMark + "\n")}},
	}
	require.NoError(t, Guard(root, targets, nil))
	for range 2 {
		for _, target := range targets {
			_, err := target.Write(root)
			require.NoError(t, err)
		}
	}
	for _, target := range targets {
		assert.Empty(t, kinds(t, target, root), target.Name)
	}
	assert.Len(t, files(t, root), 6)
	targets[2].Dir = "gen"
	require.Error(t, Guard(root, targets, nil), "two targets cannot share a folder")
}
