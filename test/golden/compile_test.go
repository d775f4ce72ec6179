package golden

import (
	"fmt"
	"go/format"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"golang.org/x/tools/txtar"

	"github.com/trefoil-sql/trefoil/test/effort"
)

// TestGoldenCompiles gives the output of all cases to the languages' own checkers at once: go vet, tsc and mypy, all
// strict.
func TestGoldenCompiles(t *testing.T) {
	root := t.TempDir()
	for _, file := range cases(t) {
		archive, err := txtar.ParseFile(file)
		require.NoError(t, err)
		result, err := run(t, archive)
		if err != nil {
			continue // the case is about the error
		}
		for path, text := range files(result) {
			writeFile(t, filepath.Join(root, name(file), path), []byte(text))
		}
		addUserFiles(t, filepath.Join(root, name(file)), archive)
	}
	compile(t, root)
}

// compile gives the folders below root to the languages' checkers.
func compile(t *testing.T, root string) {
	t.Helper()
	t.Run("gofmt", func(t *testing.T) { formatted(t, root) })
	t.Run("go vet", func(t *testing.T) {
		t.Parallel()
		goModule(t, root)
		check(t, root, "go", "vet", "-mod=mod", "./...")
	})
	t.Run("tsc", func(t *testing.T) {
		t.Parallel()
		bin := tool(t, "test/ts/node_modules/.bin/tsc")
		writeFile(t, filepath.Join(root, "package.json"), []byte(`{"type": "module"}`))
		writeFile(t, filepath.Join(root, "tsconfig.json"), []byte(`{"compilerOptions": {
			"strict": true, "noEmit": true, "target": "es2022", "module": "esnext", "moduleResolution": "bundler", "skipLibCheck": true,
			"exactOptionalPropertyTypes": true, "noUncheckedIndexedAccess": true, "noUnusedLocals": true,
			"isolatedModules": true, "verbatimModuleSyntax": true, "types": []
		}, "include": ["**/*.ts"]}`))
		require.NoError(t, os.Symlink(filepath.Join(repository(t), "test/ts/node_modules"), filepath.Join(root, "node_modules")))
		check(t, root, bin, "-p", ".")
	})
	t.Run("mypy", func(t *testing.T) {
		t.Parallel()
		bin := tool(t, "test/python/.venv/bin/mypy")
		check(t, root, bin, "--strict", "--explicit-package-bases", "--namespace-packages", "--no-incremental",
			"--exclude", "node_modules", ".")
	})
}

// formatted tells that the Go files below root are as gofmt writes them.
func formatted(t *testing.T, root string) {
	t.Helper()
	count := 0
	require.NoError(t, filepath.WalkDir(root, func(path string, _ fs.DirEntry, err error) error {
		if err != nil || filepath.Ext(path) != ".go" {
			return err
		}
		text, err := os.ReadFile(path)
		require.NoError(t, err)
		want, err := format.Source(text)
		require.NoError(t, err, path)
		assert.Equal(t, string(want), string(text), path)
		count++
		return nil
	}))
	require.Positive(t, count)
}

// addUserFiles writes what a case has of the user's own modules, for custom types: files under user/ go beside the
// outputs.
func addUserFiles(t *testing.T, dir string, archive *txtar.Archive) {
	t.Helper()
	for _, f := range archive.Files {
		if path, ok := strings.CutPrefix(f.Name, "user/"); ok {
			writeFile(t, filepath.Join(dir, path), f.Data)
		}
	}
}

// goModule makes the folder a module with this repository's dependencies, so that nothing has to be fetched.
func goModule(t *testing.T, root string) {
	t.Helper()
	for _, name := range []string{"go.mod", "go.sum"} {
		text, err := os.ReadFile(filepath.Join(repository(t), name))
		require.NoError(t, err)
		text = []byte(strings.Replace(string(text), "module github.com/trefoil-sql/trefoil", "module example.com/golden", 1))
		writeFile(t, filepath.Join(root, name), text)
	}
}

func repository(t *testing.T) string {
	t.Helper()
	dir, err := filepath.Abs("../..")
	require.NoError(t, err)
	return dir
}

// tool is a program that `make test` installs. Without it the check cannot be made, which in CI is a failure.
func tool(t *testing.T, path string) string {
	t.Helper()
	bin := filepath.Join(repository(t), path)
	if _, err := os.Stat(bin); err != nil {
		message := fmt.Sprintf("%s is missing: run make deps", path)
		if effort.InCI() {
			t.Fatal(message)
		}
		t.Skip(message)
	}
	return bin
}

func check(t *testing.T, dir, bin string, args ...string) {
	t.Helper()
	cmd := exec.Command(bin, args...)
	cmd.Dir = dir
	out, err := cmd.CombinedOutput()
	require.NoError(t, err, "%s %s\n%s", bin, strings.Join(args, " "), out)
}
