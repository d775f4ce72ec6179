package catalog_test

import (
	"context"
	"fmt"
	"strings"
	"testing"

	"github.com/jackc/pgx/v5"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/trefoil-sql/trefoil/internal/catalog"
	"github.com/trefoil-sql/trefoil/internal/pgtest"
)

func TestMain(m *testing.M) { pgtest.Main(m) }

// TestFormatTypeOfEveryBuiltin asks the server how it spells each type it has.
func TestFormatTypeOfEveryBuiltin(t *testing.T) {
	conn := pgtest.New(t).Conn(context.Background())
	rows, err := conn.Query(context.Background(), `
		SELECT coalesce(e.typname, t.typname), e.oid IS NOT NULL, format_type(t.oid, -1)
		FROM pg_type t LEFT JOIN pg_type e ON e.typarray = t.oid
		WHERE t.typnamespace = 'pg_catalog'::regnamespace ORDER BY t.oid`)
	require.NoError(t, err)
	var name, want string
	var array bool
	n := 0
	_, err = pgx.ForEachRow(rows, []any{&name, &array, &want}, func() error {
		n++
		got := catalog.FormatType(catalog.Type{Name: catalog.Name{Schema: "pg_catalog", Name: name}, Array: array})
		assert.Equal(t, want, got)
		return nil
	})
	require.NoError(t, err)
	assert.Greater(t, n, 150, "a server has more types than that")
}

type modified struct {
	sql string
	typ catalog.Type
}

func builtin(name string, mods ...int32) catalog.Type {
	return catalog.Type{Name: catalog.Name{Schema: "pg_catalog", Name: name}, Mods: mods}
}

// modifiedTypes is each type that takes modifiers, over their range.
func modifiedTypes() []modified {
	var out []modified
	for _, n := range []int32{1, 2, 50, 10485760} {
		out = append(out,
			modified{fmt.Sprintf("varchar(%d)", n), builtin("varchar", n)},
			modified{fmt.Sprintf("char(%d)", n), builtin("bpchar", n)},
			modified{fmt.Sprintf("bit(%d)", n), builtin("bit", n)},
			modified{fmt.Sprintf("bit varying(%d)", n), builtin("varbit", n)})
	}
	for _, p := range []int32{1, 10, 1000} {
		out = append(out, modified{fmt.Sprintf("numeric(%d)", p), builtin("numeric", p)})
		for _, s := range []int32{-1000, -2, 0, 6, 1000} {
			out = append(out, modified{fmt.Sprintf("numeric(%d,%d)", p, s), builtin("numeric", p, s)})
		}
	}
	for p := range int32(7) {
		for _, name := range []string{"time", "timetz", "timestamp", "timestamptz", "interval"} {
			out = append(out, modified{fmt.Sprintf("%s(%d)", name, p), builtin(name, p)})
		}
		for _, fields := range []string{"second", "day to second", "hour to second", "minute to second"} {
			typ := builtin("interval", p)
			typ.Fields = fields
			out = append(out, modified{fmt.Sprintf("interval %s(%d)", fields, p), typ})
		}
	}
	for _, fields := range strings.Split("year,month,day,hour,minute,second,year to month,day to hour,day to minute,day to second,"+
		"hour to minute,hour to second,minute to second", ",") {
		typ := builtin("interval")
		typ.Fields = fields
		out = append(out, modified{"interval " + fields, typ})
	}
	out = append(out, modified{"char", builtin("bpchar", 1)}, modified{"bpchar", builtin("bpchar")},
		modified{`"char"`, builtin("char")}, modified{`"bit"`, builtin("bit")}, modified{"bit", builtin("bit", 1)})
	return out
}

// TestFormatTypeOfEveryModifier makes a column of each and reads its type back, plain and as an array.
func TestFormatTypeOfEveryModifier(t *testing.T) {
	types := modifiedTypes()
	columns := make([]string, 0, 2*len(types))
	var want []string
	for i, m := range types {
		columns = append(columns, fmt.Sprintf("a%d %s, b%d %s[]", i, m.sql, i, m.sql))
		array := m.typ
		array.Array = true
		want = append(want, catalog.FormatType(m.typ), catalog.FormatType(array))
	}
	db := pgtest.New(t)
	db.Exec(t, "CREATE TABLE t ("+strings.Join(columns, ", ")+")")
	assert.Equal(t, formatted(t, db, "t"), want)
}

// formatted lists the types of a table's columns as the server spells them.
func formatted(t *testing.T, db *pgtest.DB, table string) []string {
	ctx := context.Background()
	rows, err := db.Conn(ctx).Query(ctx, `SELECT format_type(atttypid, atttypmod) FROM pg_attribute
		WHERE attrelid = $1::regclass AND attnum > 0 ORDER BY attnum`, table)
	require.NoError(t, err)
	out, err := pgx.CollectRows(rows, pgx.RowTo[string])
	require.NoError(t, err)
	return out
}

// TestFormatTypeOfNames makes types under names that need quoting or a schema.
func TestFormatTypeOfNames(t *testing.T) {
	names := []catalog.Name{
		{Schema: "public", Name: "status"}, {Schema: "public", Name: "Status"}, {Schema: "public", Name: "sélect"},
		{Schema: "public", Name: "select"}, {Schema: "public", Name: "value"}, {Schema: "public", Name: "between"},
		{Schema: "public", Name: "left"}, {Schema: "public", Name: `a"b`}, {Schema: "public", Name: "1a"}, {Schema: "public", Name: "a$1"},
		{Schema: "public", Name: "text"}, {Schema: "public", Name: "int4"}, {Schema: "public", Name: "bpchar"},
		{Schema: "app", Name: "status"}, {Schema: "My App", Name: "status"}, {Schema: "user", Name: "order"},
	}
	var script strings.Builder
	var columns, want []string
	for i, n := range names {
		quoted := pgx.Identifier{n.Schema, n.Name}.Sanitize()
		fmt.Fprintf(&script, "CREATE SCHEMA IF NOT EXISTS %s; CREATE TYPE %s AS ENUM ();", pgx.Identifier{n.Schema}.Sanitize(), quoted)
		columns = append(columns, fmt.Sprintf("a%d %s, b%d %s[]", i, quoted, i, quoted))
		want = append(want, catalog.FormatType(catalog.Type{Name: n}), catalog.FormatType(catalog.Type{Name: n, Array: true}))
	}
	db := pgtest.New(t)
	db.Exec(t, script.String()+"CREATE TABLE t ("+strings.Join(columns, ", ")+")")
	assert.Equal(t, formatted(t, db, "t"), want)
}
