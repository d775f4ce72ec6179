// Package types holds the clients of every type against PostgreSQL: what a server takes as JSON and refuses, what the
// drivers hand over and send, and docs/types.md, which lists them.
package types

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/jackc/pgx/v5"
	"github.com/stretchr/testify/require"

	"github.com/trefoil-sql/trefoil/internal/generate"
	"github.com/trefoil-sql/trefoil/internal/pgtest"
)

func TestMain(m *testing.M) {
	generate.Child()
	pgtest.Main(m)
}

// config asks for all clients over both wires.
const config = `version: "2"
plugins: [{name: trefoil, process: {cmd: trefoil}}]
sql:
  - engine: postgresql
    schema: schema.sql
    queries: queries.sql
    gen: {go: {package: db, out: db, sql_package: pgx/v5}}
    codegen:
      - {plugin: trefoil, out: ts_json, options: {target: zod}}
      - {plugin: trefoil, out: ts_driver, options: {target: zod, wire: driver}}
      - {plugin: trefoil, out: py_json, options: {target: pydantic}}
      - {plugin: trefoil, out: py_driver, options: {target: pydantic, wire: driver}}
`

// table is the name of a row's table: t12. Its type is T12 in every language.
func table(i int) string { return fmt.Sprintf("t%d", i) }

// schema makes a table for each row: v has its type, and n too, but may be NULL. all has those that are absent too.
func schema(all bool) string {
	var b strings.Builder
	b.WriteString(prelude)
	if all {
		b.WriteString(extensions)
	}
	for i, r := range rows {
		if r.absent && !all {
			continue
		}
		fmt.Fprintf(&b, "CREATE TABLE %s (id integer PRIMARY KEY, v %s NOT NULL, n %s);\n", table(i), r.sql, r.sql)
	}
	return b.String()
}

// queries read a row of each table and write one.
func queries() string {
	var b strings.Builder
	for i, r := range rows {
		if !r.absent {
			fmt.Fprintf(&b, "-- name: Get%[1]d :one\nSELECT id, v FROM t%[1]d WHERE id = $1;\n", i)
			fmt.Fprintf(&b, "-- name: Put%[1]d :exec\nINSERT INTO t%[1]d (id, v) VALUES ($1, $2);\n", i)
		}
	}
	return b.String()
}

// project writes the input to a folder.
func project(t *testing.T, all bool) string {
	t.Helper()
	root := t.TempDir()
	write(t, root, "sqlc.yaml", config)
	write(t, root, "schema.sql", schema(all))
	write(t, root, "queries.sql", queries())
	return root
}

// generated is a project with its clients.
func generated(t *testing.T) string {
	t.Helper()
	root := project(t, false)
	generateIn(t, root)
	return root
}

func generateIn(t *testing.T, root string) {
	t.Helper()
	result, err := generate.Run(context.Background(), generate.Options{Dir: root})
	require.NoError(t, err)
	for _, target := range result.Targets {
		for path, text := range target.Tree {
			write(t, root, filepath.Join(target.Dir, path), string(text))
		}
	}
}

func write(t *testing.T, root, path, text string) {
	t.Helper()
	file := filepath.Join(root, path)
	require.NoError(t, os.MkdirAll(filepath.Dir(file), 0o755))
	require.NoError(t, os.WriteFile(file, []byte(text), 0o644))
}

// repository is an absolute path in this repository.
func repository(t *testing.T, path string) string {
	t.Helper()
	full, err := filepath.Abs(filepath.Join("../..", path))
	require.NoError(t, err)
	_, err = os.Stat(full)
	require.NoError(t, err, "%s is missing: run make deps", path)
	return full
}

// run runs a program in a folder and returns what it printed.
func run(t *testing.T, dir string, env []string, input, name string, args ...string) string {
	t.Helper()
	cmd := exec.Command(name, args...)
	cmd.Dir, cmd.Env, cmd.Stdin = dir, append(os.Environ(), env...), strings.NewReader(input)
	var stderr strings.Builder
	cmd.Stderr = &stderr
	out, err := cmd.Output()
	require.NoError(t, err, "%s %s\n%s\n%s", name, strings.Join(args, " "), out, stderr.String())
	return string(out)
}

// database has the schema, and no rows.
func database(t *testing.T) (*pgtest.DB, *pgx.Conn) {
	t.Helper()
	db := pgtest.New(t)
	db.Exec(t, schema(false))
	return db, db.Conn(context.Background())
}
