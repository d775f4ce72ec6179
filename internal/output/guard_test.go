package output

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestGuard(t *testing.T) {
	outside := t.TempDir()
	for _, tc := range []struct {
		name string
		make func(t *testing.T, root string)
		outs []string
		want []string
	}{
		{"nothing is there yet", nil, []string{"gen/ts", "gen/py"}, nil},
		{"a link within the project", func(t *testing.T, root string) {
			require.NoError(t, os.MkdirAll(filepath.Join(root, "web/src"), 0o755))
			link(t, root, "web/src", "gen")
		}, []string{"gen/ts"}, nil},
		{"a link out of it", func(t *testing.T, root string) { link(t, root, outside, "gen") }, []string{"gen/ts"},
			[]string{"TF501 out gen/ts leads out of the project: gen is a symbolic link to " + outside}},
		{"a relative link out of it", func(t *testing.T, root string) { link(t, root, "..", "gen") }, []string{"gen"},
			[]string{"TF501 out gen leads out of the project: gen is a symbolic link to .."}},
		{"a link to nothing", func(t *testing.T, root string) { link(t, root, "none", "gen") }, []string{"gen/ts"},
			[]string{"TF504 out gen/ts cannot be a folder: gen is a symbolic link to none, which does not exist"}},
		{"a link to the sources", func(t *testing.T, root string) { link(t, root, "db", "gen") }, []string{"gen"},
			[]string{"TF502 out gen holds db/schema, which is generated from"}},
		{"a link to the project", func(t *testing.T, root string) { link(t, root, ".", "gen") }, []string{"gen"},
			[]string{"TF502 out gen holds sqlc.yaml, which is generated from"}},
		{"one folder under two names", func(t *testing.T, root string) {
			require.NoError(t, os.MkdirAll(filepath.Join(root, "gen"), 0o755))
			link(t, root, "gen", "also")
		}, []string{"gen/ts", "also/ts/x", "also/py"},
			[]string{"TF503 out also/ts/x is, through a symbolic link, in the folder of another target"}},
		{"a file in the folder's place", func(t *testing.T, root string) { write(t, root, "gen", "x") }, []string{"gen/ts"},
			[]string{"TF504 out gen/ts cannot be a folder: gen is a file"}},
	} {
		t.Run(tc.name, func(t *testing.T) {
			root := t.TempDir()
			write(t, root, "sqlc.yaml", "")
			write(t, root, "db/schema/1.sql", "")
			if tc.make != nil {
				tc.make(t, root)
			}
			var targets []Target
			for _, out := range tc.outs {
				targets = append(targets, Target{Dir: out, Tree: Tree{"a.ts": []byte(mark)}})
			}
			err := Guard(root, targets, []string{"sqlc.yaml", "db/schema", filepath.Join(root, "none.sql")})
			if tc.want != nil {
				assert.Equal(t, tc.want, codes(t, err))
				return
			}
			require.NoError(t, err)
			for _, target := range targets {
				_, err := target.Write(root)
				require.NoError(t, err)
			}
		})
	}
}

func link(t *testing.T, root, to, name string) {
	t.Helper()
	require.NoError(t, os.Symlink(to, filepath.Join(root, name)))
}

// TestALinkIsNotFollowedOutOfATarget: also when nobody asked Guard, and when it appears within the folder.
func TestALinkIsNotFollowedOutOfATarget(t *testing.T) {
	root, outside := t.TempDir(), t.TempDir()
	require.NoError(t, os.Mkdir(filepath.Join(root, "out"), 0o755))
	link(t, root, outside, "gen")
	link(t, root, outside, "out/sub")
	for _, target := range []Target{
		{Dir: "gen", Tree: Tree{"a.ts": []byte(mark)}}, {Dir: "out", Tree: Tree{"sub/a.ts": []byte(mark)}},
	} {
		_, err := target.Write(root)
		assert.Error(t, err)
	}
	assert.Empty(t, files(t, outside))
}
