package generate_test

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"golang.org/x/tools/txtar"

	"github.com/trefoil-sql/trefoil/internal/generate"
	synthetic "github.com/trefoil-sql/trefoil/test/bench/project"
	"github.com/trefoil-sql/trefoil/test/corpora"
)

// same holds a run that reads the queries against one in which sqlc analyses them: all files in all languages, the notes
// and the errors. It tells whether the queries were read.
func same(t *testing.T, dir string) bool {
	t.Helper()
	read, err := generate.Run(context.Background(), generate.Options{Dir: dir})
	analysed, wanted := generate.RunAnalysed(context.Background(), generate.Options{Dir: dir})
	if wanted != nil {
		assert.EqualError(t, err, wanted.Error())
		return false
	}
	require.NoError(t, err)
	assert.Equal(t, analysed.Notes, read.Notes)
	require.Len(t, read.Targets, len(analysed.Targets))
	for i, want := range analysed.Targets {
		got := read.Targets[i]
		require.Len(t, got.Tree, len(want.Tree), want.Name)
		for name, text := range want.Tree {
			assert.Equal(t, string(text), string(got.Tree[name]), "%s %s", want.Name, name)
		}
	}
	return read.ReadQueries()
}

func TestQueriesAreReadInGoldenCases(t *testing.T) {
	paths, err := filepath.Glob("../../test/golden/testdata/*.txtar")
	require.NoError(t, err)
	read, all := 0, 0
	for _, p := range paths {
		archive, err := txtar.ParseFile(p)
		require.NoError(t, err)
		dir := t.TempDir()
		for _, f := range archive.Files {
			if !strings.HasPrefix(f.Name, "want/") {
				at := filepath.Join(dir, filepath.FromSlash(f.Name))
				require.NoError(t, os.MkdirAll(filepath.Dir(at), 0o755))
				require.NoError(t, os.WriteFile(at, f.Data, 0o644))
			}
		}
		t.Run(strings.TrimSuffix(filepath.Base(p), ".txtar"), func(t *testing.T) {
			all++
			if same(t, dir) {
				read++
			}
		})
	}
	t.Logf("the queries of %d of %d cases are read", read, all)
	assert.Greater(t, read, 10)
}

func TestQueriesAreReadInProjects(t *testing.T) {
	assert.True(t, same(t, "../.."))
	dir := t.TempDir()
	require.NoError(t, synthetic.Write(dir, 210)) // sqlc runs in parts
	assert.True(t, same(t, dir))
}

const queriesConfig = `version: "2"
plugins: [{name: trefoil, process: {cmd: trefoil}}]
sql:
  - engine: postgresql
    schema: migrations
    queries: queries
    gen: {go: {package: db, out: gen/go, sql_package: pgx/v5, emit_interface: true}}
    codegen:
      - {plugin: trefoil, out: gen/ts, options: {target: zod}}
      - {plugin: trefoil, out: gen/py, options: {target: pydantic}}
`

func TestQueriesAreReadInCorpora(t *testing.T) {
	for _, name := range corpora.SqlcProjects {
		t.Run(name, func(t *testing.T) {
			t.Logf("read: %v", same(t, corpora.SqlcProject(t, name, queriesConfig)))
		})
	}
}
