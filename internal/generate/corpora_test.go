package generate_test

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/trefoil-sql/trefoil/internal/generate"
	"github.com/trefoil-sql/trefoil/test/corpora"
)

func TestMain(m *testing.M) {
	generate.Child()
	os.Exit(m.Run())
}

const corpusConfig = `version: "2"
plugins: [{name: trefoil, process: {cmd: trefoil}}]
sql:
  - engine: postgresql
    schema: migrations
    gen: {go: {package: db, out: gen/go, sql_package: pgx/v5}}
    codegen:
      - {plugin: trefoil, out: gen/ts, options: {target: zod}}
      - {plugin: trefoil, out: gen/py, options: {target: pydantic}}
options:
  trefoil:
    prelude: [%s]
%s`

// settings are what a project needs beside the ten lines: names that are taken twice in a language.
var settings = map[string]string{
	// The schemas of the tables view and table are called as the types of view_schema and table_schema.
	"lakekeeper": "    rename: {tables: {view_schema: stored_view_schema, table_schema: stored_table_schema}}\n",
}

// withoutStep are files that no server takes either, since steps before them are Go code and not in the directory.
var withoutStep = map[string]string{
	"hatchet": "20260424205453_v1_0_100.sql", // renames tables that such a step makes
}

// TestEveryCorpusGenerates: all three languages come out of each real project.
func TestEveryCorpusGenerates(t *testing.T) {
	root := corpora.Dir(t)
	entries, err := os.ReadDir(root)
	require.NoError(t, err)
	succeeded, all := 0, 0
	for _, e := range entries {
		if !e.IsDir() {
			continue
		}
		all++
		result, err := generate.Run(context.Background(), generate.Options{Dir: project(t, filepath.Join(root, e.Name()))})
		if assert.NoError(t, err, e.Name()) && assert.Len(t, result.Targets, 3, e.Name()) {
			succeeded++
		}
	}
	t.Logf("trefoil generate succeeds on %d of %d corpora", succeeded, all)
	assert.Equal(t, all, succeeded)
}

// project is a copy of a corpus with a config.
func project(t *testing.T, corpus string) string {
	t.Helper()
	dir := t.TempDir()
	require.NoError(t, os.CopyFS(filepath.Join(dir, "migrations"), os.DirFS(filepath.Join(corpus, "migrations"))))
	prelude := ""
	if text, err := os.ReadFile(filepath.Join(corpus, "prelude.sql")); err == nil {
		prelude = "prelude.sql"
		require.NoError(t, os.WriteFile(filepath.Join(dir, prelude), text, 0o644))
	}
	if step, ok := withoutStep[filepath.Base(corpus)]; ok {
		require.NoError(t, os.Remove(filepath.Join(dir, "migrations", step)))
	}
	if filepath.Base(corpus) == "lnd" {
		postgresFlavour(t, filepath.Join(dir, "migrations"))
	}
	config := fmt.Sprintf(corpusConfig, prelude, settings[filepath.Base(corpus)])
	require.NoError(t, os.WriteFile(filepath.Join(dir, "sqlc.yaml"), []byte(config), 0o644))
	return dir
}

// postgresFlavour makes the replacements that lnd makes itself before it applies its files to PostgreSQL.
func postgresFlavour(t *testing.T, dir string) {
	t.Helper()
	replace := strings.NewReplacer("BLOB", "BYTEA", "INTEGER PRIMARY KEY", "BIGSERIAL PRIMARY KEY", "UNHEX(", "DECODE(")
	require.NoError(t, filepath.WalkDir(dir, func(path string, d os.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		text, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		return os.WriteFile(path, []byte(replace.Replace(string(text))), 0o644)
	}))
}
