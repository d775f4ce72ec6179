package corpora

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// sqlcQueries are the folders of queries of the projects that use sqlc themselves.
var sqlcQueries = map[string]string{"minder": "database/query", "lnd": "sqldb/sqlc/queries", "hatchet": "pkg/repository/sqlcv1"}

// SqlcProjects are the projects that use sqlc themselves.
var SqlcProjects = []string{"hatchet", "lnd", "minder"}

// SqlcProject makes a project of one of the SqlcProjects in a folder: migrations, queries and a config.
func SqlcProject(t testing.TB, name, config string) (dir string) {
	t.Helper()
	root := Dir(t)
	dir = t.TempDir()
	require.NoError(t, os.CopyFS(filepath.Join(dir, "migrations"), os.DirFS(filepath.Join(root, name, "migrations"))))
	require.NoError(t, os.CopyFS(filepath.Join(dir, "queries"), os.DirFS(filepath.Join(root, name, "sqlc", sqlcQueries[name]))))
	_ = os.Remove(filepath.Join(dir, "queries", "sqlc.yaml"))
	require.NoError(t, os.WriteFile(filepath.Join(dir, "sqlc.yaml"), []byte(config), 0o644))
	switch name {
	case "lnd":
		inPostgres(t, filepath.Join(dir, "migrations"))
	case "hatchet":
		hatchet(t, dir)
	}
	return dir
}

// hatchet makes changes that the project's own config does: tables for sqlc alone are among the queries. One migration
// renames what steps in Go have made. Queries of the server's views are left out, which sqlc does not know.
func hatchet(t testing.TB, dir string) {
	t.Helper()
	require.NoError(t, os.Remove(filepath.Join(dir, "migrations", "20260424205453_v1_0_100.sql")))
	const tables = "concurrency-additional-tables.sql"
	require.NoError(t, os.Rename(filepath.Join(dir, "queries", tables), filepath.Join(dir, "migrations", "99999999999999_"+tables)))
	paths, err := filepath.Glob(filepath.Join(dir, "queries", "*.sql"))
	require.NoError(t, err)
	for _, p := range paths {
		text, err := os.ReadFile(p)
		require.NoError(t, err)
		queries := strings.SplitAfter(string(text), ";\n")
		queries = slices.DeleteFunc(queries, func(q string) bool {
			return strings.Contains(q, "pg_stat") || strings.Contains(q, "pg_available")
		})
		require.NoError(t, os.WriteFile(p, []byte(strings.Join(queries, "")), 0o644))
	}
}

// inPostgres makes the replacements that lnd makes before it applies its files to PostgreSQL.
func inPostgres(t testing.TB, dir string) {
	t.Helper()
	replace := strings.NewReplacer("BLOB", "BYTEA", "INTEGER PRIMARY KEY", "BIGSERIAL PRIMARY KEY", "UNHEX(", "DECODE(")
	paths, err := filepath.Glob(filepath.Join(dir, "*.sql"))
	require.NoError(t, err)
	for _, p := range paths {
		text, err := os.ReadFile(p)
		require.NoError(t, err)
		require.NoError(t, os.WriteFile(p, []byte(replace.Replace(string(text))), 0o644))
	}
}
