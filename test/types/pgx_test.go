package types

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// program reads rows through the generated Go client and stores them again under the id + 1000. It prints what went wrong,
// as the scripts do.
func program() string {
	var b strings.Builder
	b.WriteString(`package main

import (
	"context"
	"encoding/json"
	"os"

	"github.com/jackc/pgx/v5"

	"example.com/types/db"
)

func main() {
	ctx := context.Background()
	conn, err := pgx.Connect(ctx, os.Getenv("DATABASE_URL"))
	if err != nil {
		panic(err)
	}
	// pgx has no arrays of an enum before it knows the enum.
	loaded, err := conn.LoadTypes(ctx, []string{"mood", "_mood"})
	if err != nil {
		panic(err)
	}
	conn.TypeMap().RegisterTypes(loaded)
	q := db.New(conn)
	out := json.NewEncoder(os.Stdout)
	try := func(table string, id int32, again func(id int32) error) {
		if err := again(id); err != nil {
			out.Encode(map[string]any{"table": table, "id": id, "step": "pgx", "error": err.Error()})
		}
	}
`)
	for i, r := range rows {
		if r.absent {
			continue
		}
		fmt.Fprintf(&b, `	for id := range int32(%[2]d) {
		try("t%[1]d", id+1, func(id int32) error {
			row, err := q.Get%[1]d(ctx, id)
			if err != nil {
				return err
			}
			again := db.Put%[1]dParams(row)
			again.ID += 1000
			return q.Put%[1]d(ctx, again)
		})
	}
`, i, len(r.stored))
	}
	b.WriteString("}\n")
	return b.String()
}

// TestPgx: what pgx reads into the types of the generated Go, it stores alike; and it reads all but what is listed.
func TestPgx(t *testing.T) {
	t.Parallel()
	storesAgain(t, generated(t), func(r row) []string { return r.goCannot })
}

// overrides are those of docs/types.md, for the types that sqlc has no fitting one for.
const overrides = `, overrides: [
      {db_type: money, go_type: string}, {db_type: pg_catalog.timetz, go_type: string},
      {db_type: inet, go_type: {import: net/netip, type: Prefix}},
      {column: %s.v, go_type: {import: github.com/jackc/pgx/v5/pgtype, type: Int4, slice: true}},
      {column: %s.v, go_type: time.Time}]`

// TestPgxWithOverrides: with other types pgx reads and stores what it otherwise cannot. With a time.Time it does not read
// infinity.
func TestPgxWithOverrides(t *testing.T) {
	t.Parallel()
	overridden := []string{"money", "timetz", "inet", "integer[]", "inet[]"}
	root := project(t, false)
	of := func(sql string) string {
		return table(slices.IndexFunc(rows, func(r row) bool { return r.sql == sql }))
	}
	write(t, root, "sqlc.yaml", strings.Replace(config, "sql_package: pgx/v5",
		"sql_package: pgx/v5"+fmt.Sprintf(overrides, of("integer[]"), of("timestamptz")), 1))
	generateIn(t, root)
	storesAgain(t, root, func(r row) []string {
		if slices.Contains(overridden, r.sql) {
			return nil
		}
		if r.sql == "timestamptz" {
			return []string{"'infinity'", "'-infinity'"}
		}
		return r.goCannot
	})
}

// storesAgain runs the program on a project. cannot are the values that it fails on.
func storesAgain(t *testing.T, root string, cannot func(row) []string) {
	t.Helper()
	db, conn := database(t)
	store(t, conn)
	for _, name := range []string{"go.mod", "go.sum"} {
		text, err := os.ReadFile(filepath.Join("../..", name))
		require.NoError(t, err)
		write(t, root, name, strings.Replace(string(text), "module github.com/trefoil-sql/trefoil", "module example.com/types", 1))
	}
	write(t, root, "main.go", program())
	var found []string
	for line := range strings.Lines(run(t, root, []string{"DATABASE_URL=" + db.URL()}, "", "go", "run", "-mod=mod", ".")) {
		var c struct {
			Table, Error string
			ID           int
		}
		require.NoError(t, json.Unmarshal([]byte(line), &c), line)
		var i int
		_, err := fmt.Sscanf(c.Table, "t%d", &i)
		require.NoError(t, err)
		value := rows[i].stored[c.ID-1]
		assert.Contains(t, cannot(rows[i]), value, "%s: %s", rows[i].sql, c.Error)
		found = append(found, fmt.Sprint(i, value))
	}
	for i, r := range rows {
		for _, value := range cannot(r) {
			assert.True(t, slices.Contains(found, fmt.Sprint(i, value)), "%s: pgx can read and send %s", r.sql, value)
		}
	}
	compare(t, conn, cannot)
}
