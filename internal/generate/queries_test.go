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

// TestSomeQueriesAreRead: a query that only sqlc can read has its file analysed by sqlc, and no more; one that is wrong is
// reported as in a run on all.
func TestSomeQueriesAreRead(t *testing.T) {
	dir := t.TempDir()
	require.NoError(t, synthetic.Write(dir, 40))
	file := filepath.Join(dir, "queries", "more.sql")
	const more = `-- name: FindAccounts :many
SELECT name, contact IS NULL AS free FROM billing_accounts WHERE lower(name) = lower($1);

-- name: CountAccounts :one
SELECT count(*) FROM billing_accounts WHERE name = $1;
`
	require.NoError(t, os.WriteFile(file, []byte(more), 0o644))
	assert.True(t, same(t, dir))
	for text, read := range map[string]bool{
		strings.Replace(more, "contact", "contract", 1):      true, // sqlc takes it, as it does not look there
		strings.Replace(more, "SELECT name", "SELECT no", 1): false,
		strings.Replace(more, "IS NULL", "IS", 1):            false,
	} {
		require.NoError(t, os.WriteFile(file, []byte(text), 0o644))
		assert.Equal(t, read, same(t, dir), text)
	}
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
			read := same(t, corpora.SqlcProject(t, name, queriesConfig))
			assert.Equal(t, name != "lnd", read, "sqlc's Go of lnd leaves open whether a parameter may be null")
		})
	}
}
