// Package golden runs the whole pipeline on small projects. One txtar file is one behaviour: a sqlc.yaml with its SQL,
// and under want/ what comes of it, in all languages side by side, or want/errors, the exact diagnostics.
// `go test ./test/golden -update` writes what comes now; a case is added by dropping in a file and updating.
package golden

import (
	"bytes"
	"context"
	"errors"
	"flag"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"golang.org/x/tools/txtar"

	"github.com/trefoil-sql/trefoil/internal/generate"
	"github.com/trefoil-sql/trefoil/internal/source"
)

var update = flag.Bool("update", false, "write what comes now into testdata")

func TestMain(m *testing.M) {
	generate.Child()
	os.Exit(m.Run())
}

const want = "want/"

// unshown are files that are the same in every case that has them.
var unshown = []string{
	"db.go", "violation.go", "json.ts", "runtime.ts", "sql.ts", "_base.py", "_types.py", "_usual.py", "py.typed", "_rules.py", "_driver.py",
}

func TestGolden(t *testing.T) {
	for _, file := range cases(t) {
		t.Run(name(file), func(t *testing.T) {
			t.Parallel()
			archive, err := txtar.ParseFile(file)
			require.NoError(t, err)
			got := outcome(t, archive)
			assert.Equal(t, strings.HasPrefix(name(file), "error_"), got["errors"] != "",
				"a case about errors is called error_…, and no other has any: %s", got["errors"])
			if *update {
				rewrite(t, file, archive, got)
				return
			}
			expected := map[string]string{}
			for _, f := range archive.Files {
				if path, ok := strings.CutPrefix(f.Name, want); ok {
					expected[path] = string(f.Data)
				}
			}
			require.NotEmpty(t, expected, "the case expects nothing; run with -update")
			if diff := cmp.Diff(expected, got); diff != "" {
				t.Errorf("%s (-want +got); if it is right, run go test ./test/golden -update\n%s", file, diff)
			}
		})
	}
}

func cases(t *testing.T) []string {
	t.Helper()
	files, err := filepath.Glob("testdata/*.txtar")
	require.NoError(t, err)
	require.NotEmpty(t, files)
	return files
}

func name(file string) string { return strings.TrimSuffix(filepath.Base(file), ".txtar") }

// outcome is what the case makes: its files, the warnings, or the errors.
func outcome(t *testing.T, archive *txtar.Archive) map[string]string {
	t.Helper()
	result, err := run(t, archive)
	got := map[string]string{}
	var list source.List
	switch {
	case errors.As(err, &list):
		got["errors"] = list.Error() + "\n"
		return got
	case err != nil:
		got["errors"] = err.Error() + "\n"
		return got
	}
	var warnings source.List
	for _, n := range result.Notes {
		if n.Severity == source.Warning {
			warnings = append(warnings, n)
		}
	}
	if len(warnings) > 0 {
		got["warnings"] = warnings.Error() + "\n"
	}
	for path, text := range files(result) {
		if !slices.Contains(unshown, filepath.Base(path)) {
			got[path] = text
		}
	}
	return got
}

// run generates from the input files of a case, in a folder of its own.
func run(t *testing.T, archive *txtar.Archive) (*generate.Result, error) {
	t.Helper()
	root := t.TempDir()
	for _, f := range archive.Files {
		if !strings.HasPrefix(f.Name, want) {
			writeFile(t, filepath.Join(root, f.Name), f.Data)
		}
	}
	return generate.Run(context.Background(), generate.Options{Dir: root})
}

func files(result *generate.Result) map[string]string {
	out := map[string]string{}
	for _, target := range result.Targets {
		for path, text := range target.Tree {
			out[target.Dir+"/"+path] = string(text)
		}
	}
	return out
}

func writeFile(t *testing.T, path string, text []byte) {
	t.Helper()
	require.NoError(t, os.MkdirAll(filepath.Dir(path), 0o755))
	require.NoError(t, os.WriteFile(path, text, 0o644))
}

func rewrite(t *testing.T, file string, archive *txtar.Archive, got map[string]string) {
	t.Helper()
	archive.Files = slices.DeleteFunc(archive.Files, func(f txtar.File) bool { return strings.HasPrefix(f.Name, want) })
	for _, path := range slices.Sorted(maps.Keys(got)) {
		archive.Files = append(archive.Files, txtar.File{Name: want + path, Data: []byte(got[path])})
	}
	old, err := os.ReadFile(file)
	require.NoError(t, err)
	if text := txtar.Format(archive); !bytes.Equal(text, old) {
		require.NoError(t, os.WriteFile(file, text, 0o644))
	}
}

// TestTheSameInputsGiveTheSameBytes runs a case again and again.
func TestTheSameInputsGiveTheSameBytes(t *testing.T) {
	for _, file := range cases(t) {
		archive, err := txtar.ParseFile(file)
		require.NoError(t, err)
		first := outcome(t, archive)
		assert.Empty(t, cmp.Diff(first, outcome(t, archive)), file)
	}
}

// TestNothingElseIsThere: a file that is no case would never be read.
func TestNothingElseIsThere(t *testing.T) {
	require.NoError(t, filepath.WalkDir("testdata", func(path string, d fs.DirEntry, err error) error {
		if err == nil && !d.IsDir() {
			assert.True(t, strings.HasSuffix(path, ".txtar") && filepath.Dir(path) == "testdata", "%s is no case", path)
		}
		return err
	}))
}
