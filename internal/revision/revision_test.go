package revision

import (
	"context"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// repository makes one with a commit of the files; a path that begins with -> is a link.
func repository(t *testing.T, files map[string]string) string {
	t.Helper()
	for _, e := range []string{"GIT_CONFIG_GLOBAL", "GIT_CONFIG_SYSTEM"} {
		t.Setenv(e, os.DevNull)
	}
	dir := t.TempDir()
	git(t, dir, "init", "-q", "-b", "main")
	commit(t, dir, files)
	return dir
}

func commit(t *testing.T, dir string, files map[string]string) {
	t.Helper()
	for name, text := range files {
		path := filepath.Join(dir, name)
		require.NoError(t, os.MkdirAll(filepath.Dir(path), 0o755))
		if target, isLink := strings.CutPrefix(text, "-> "); isLink {
			require.NoError(t, os.Symlink(target, path))
			continue
		}
		require.NoError(t, os.WriteFile(path, []byte(text), 0o644))
	}
	git(t, dir, "add", "-A")
	git(t, dir, "-c", "user.name=A", "-c", "user.email=a@example.com", "commit", "-qm", "a")
}

func git(t *testing.T, dir string, args ...string) string {
	t.Helper()
	cmd := exec.Command("git", args...)
	cmd.Dir = dir
	out, err := cmd.CombinedOutput()
	require.NoError(t, err, string(out))
	return strings.TrimSpace(string(out))
}

// tree is all regular files and links under a directory.
func tree(t *testing.T, dir string) map[string]string {
	t.Helper()
	files := map[string]string{}
	require.NoError(t, filepath.WalkDir(dir, func(path string, d os.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		rel, err := filepath.Rel(dir, path)
		if err != nil {
			return err
		}
		if d.Type()&os.ModeSymlink != 0 {
			target, err := os.Readlink(path)
			files[rel] = "-> " + target
			return err
		}
		text, err := os.ReadFile(path)
		files[rel] = string(text)
		return err
	}))
	return files
}

func TestExtractGivesTheFilesAsCommitted(t *testing.T) {
	large := strings.Repeat("x", maxSize+1)
	first := map[string]string{
		"db/sqlc.yaml": "version", "db/schema/1 a.sql": "create\r\n", "db/é\n\"x\".sql": "odd", "empty.sql": "",
		"dump.sql": large, "movie.bin": large,
		"db/link": "-> schema/1 a.sql", "db/out": "-> ../../etc/passwd", "db/absolute": "-> /etc/passwd",
		// A release leaves it out; what is generated needs it.
		".gitattributes": "*.sql export-ignore export-subst\n", "db/subst.sql": "$Format:%H$",
	}
	dir := repository(t, first)
	commit(t, dir, map[string]string{"db/schema/1 a.sql": "changed", "db/new.sql": "new"})
	require.NoError(t, os.WriteFile(filepath.Join(dir, "db/dirty.sql"), []byte("dirty"), 0o644))
	before, status := tree(t, dir), git(t, dir, "status", "--porcelain")

	r, err := Resolve(context.Background(), filepath.Join(dir, "db"), "HEAD~1")
	require.NoError(t, err)
	assert.Equal(t, git(t, dir, "rev-parse", "HEAD~1"), r.Commit)
	c, err := r.Extract(context.Background())
	require.NoError(t, err)
	want := map[string]string{}
	for name, text := range first {
		want[name] = text
	}
	for _, left := range []string{"movie.bin", "db/out", "db/absolute"} {
		delete(want, left)
	}
	assert.Equal(t, want, tree(t, c.Root))
	assert.Equal(t, filepath.Join(c.Root, "db"), c.Dir)
	assert.Equal(t, before, tree(t, dir), "the working tree and the repository are as they were")
	assert.Equal(t, status, git(t, dir, "status", "--porcelain"))
	require.NoError(t, c.Remove())
	assert.NoDirExists(t, c.Root)
}

func TestResolveSaysWhyNot(t *testing.T) {
	dir := repository(t, map[string]string{"a": "a"})
	git(t, dir, "tag", "v1")
	for _, name := range []string{"main", "v1", "HEAD", "@"} {
		_, err := Resolve(context.Background(), dir, name)
		assert.NoError(t, err, name)
	}
	for _, name := range []string{"nope", "--help", "--all", "HEAD:a", "", "main..v1", "HEAD~9"} {
		_, err := Resolve(context.Background(), dir, name)
		assert.ErrorIs(t, err, ErrUnknown, name)
	}
	_, err := Resolve(context.Background(), t.TempDir(), "main")
	assert.ErrorIs(t, err, ErrNotRepository)
	_, err = Resolve(context.Background(), filepath.Join(dir, ".git"), "main")
	assert.ErrorIs(t, err, ErrNotRepository)
	t.Setenv("PATH", t.TempDir())
	_, err = Resolve(context.Background(), dir, "main")
	assert.ErrorIs(t, err, ErrNoGit)
}

func TestADirectoryThatWasNotThereIsEmpty(t *testing.T) {
	dir := repository(t, map[string]string{"a": "a"})
	require.NoError(t, os.Mkdir(filepath.Join(dir, "later"), 0o755))
	r, err := Resolve(context.Background(), filepath.Join(dir, "later"), "HEAD")
	require.NoError(t, err)
	c, err := r.Extract(context.Background())
	require.NoError(t, err)
	defer c.Remove()
	assert.Empty(t, tree(t, c.Dir))
}

func FuzzParseTree(f *testing.F) {
	f.Add([]byte("100644 blob 78981922613b2afb6025042ff6bd878ac1994e85       2\ta b\x00160000 commit abc       -\tsub\x00"))
	f.Add([]byte("x\ty\x00"))
	f.Fuzz(func(t *testing.T, listing []byte) {
		entries, err := parseTree(listing)
		for _, e := range entries {
			if err != nil || e.object == "" {
				t.Fatalf("%q: %v %v", listing, entries, err)
			}
		}
	})
}
