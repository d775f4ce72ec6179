// Package constrainttest makes CHECKs of every construct that rules know, at random but from a seed, and tells which
// rows PostgreSQL accepts. Whatever evaluates rules is held against it.
package constrainttest

import (
	"context"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/jackc/pgx/v5"
	"github.com/stretchr/testify/require"

	"github.com/trefoil-sql/trefoil/internal/catalog"
	"github.com/trefoil-sql/trefoil/internal/constraint"
	"github.com/trefoil-sql/trefoil/internal/source"
)

// Column is one of the table's. Values are texts that PostgreSQL reads: all around the constants that the CHECKs use.
type Column struct {
	Name, SQL string
	Values    []string
}

// Preamble makes the types that the table needs.
const Preamble = `CREATE EXTENSION IF NOT EXISTS citext;
CREATE TYPE mood AS ENUM ('sad', 'ok', 'happy');
`

var words = []string{
	"", "a", "b", "ab", "abc", "abcd", "A", "Ab", "aBc", "a ", " a", "  ", "é", "日本", "😀", "a1", "12", "007", "-5", "3.50", "x_y", "a%b", `a\b`,
	"foo@bar.org", "a\nb", "a\n", "aaa", "true", "object", "99999999999", "1e3", "A1-b2",
}

// Columns are those of the table; two of most types, so that they can be compared.
var Columns = []Column{
	{"t", "text", words}, {"t2", "text", words},
	{"v", "varchar(4)", []string{"", "a", "ab", "abc", "abcd", "A", "é", "a ", "12"}},
	{"c", "char(4)", []string{"", "a", "ab", "abcd", "A", "12", " a"}},
	{"ci", "citext", []string{"", "a", "A", "aBc", "ABC", "12", "é", "É"}},
	{"s", "smallint", []string{"-32768", "-1", "0", "1", "2", "5", "32767"}},
	{"i", "integer", []string{"-2147483648", "-7", "-1", "0", "1", "2", "3", "5", "7", "12", "2147483647"}},
	{"i2", "integer", []string{"-3", "-1", "0", "1", "2", "4", "5", "100"}},
	{"b", "bigint", []string{"-9223372036854775808", "-1", "0", "1", "5", "3000000000", "9007199254740993", "9223372036854775807"}},
	{"n", "numeric(12,4)", []string{"-2.5", "-0.5", "0", "0.0001", "0.5", "1", "1.5", "2.5", "5", "99999999.9999"}},
	{"n2", "numeric", []string{"-1", "0", "0.5", "1.50", "3", "1e20", "0.000000000000000000001", "12.345", "1000", "NaN"}},
	{"f", "double precision", []string{"-1", "0", "-0", "0.1", "0.5", "1", "5", "1e300", "1e-300", "NaN", "Infinity", "-Infinity"}},
	{"r", "real", []string{"0", "0.1", "1", "5", "0.5"}},
	{"o", "boolean", []string{"true", "false"}}, {"o2", "boolean", []string{"true", "false"}},
	{"j", "jsonb", []string{
		"{}", "[]", `"a"`, "1", "null", `{"a": 1}`, `{"a": "x", "b": [1, 2]}`, `{"a": null}`, `{"a": {"b": "c"}}`, `["a", "b"]`,
		`[1, {"a": true}]`, `{"a": 1.0}`, `{"a": true, "b": "12"}`, "1.0", `{"a": [1, [2]]}`,
	}},
	{"k", "json", []string{"{}", "[]", `{"a": "x"}`, `[1, 2]`, `"a"`, `{"a": 5}`}},
	{"d", "date", []string{"2020-01-01", "2020-02-29", "2024-12-31", "1999-12-31", "infinity", "-infinity"}},
	{"d2", "date", []string{"2020-01-01", "2021-06-15", "infinity"}},
	{"ts", "timestamp", []string{"2020-01-01 00:00:00", "2020-01-01 00:00:00.000001", "2020-02-29 12:30:15.5", "infinity"}},
	{"tz", "timestamptz", []string{"2020-01-01 00:00:00+00", "2020-01-01 01:00:00+01", "2020-01-01 00:00:00.25-05", "-infinity"}},
	{"tz2", "timestamptz", []string{"2019-12-31 23:00:00+00", "2020-01-01 00:00:00+00", "2021-01-01 00:00:00+00"}},
	{"u", "uuid", []string{"00000000-0000-0000-0000-000000000000", "a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11", "ffffffff-ffff-ffff-ffff-ffffffffffff"}},
	{"y", "bytea", []string{`\x`, `\x00`, `\x6162`, `\x616263`, `\xff`}},
	{"m", "mood", []string{"sad", "ok", "happy"}}, {"m2", "mood", []string{"sad", "ok", "happy"}},
	{"ta", "text[]", []string{"{}", "{a}", "{a,b}", "{a,NULL}", "{b,c,a}", "{{a,b},{b,c}}", "{NULL}"}},
	{"ia", "integer[]", []string{"{}", "{1}", "{1,2,3}", "{5,NULL}", "{{1,2},{3,4}}"}},
}

// Table is the SQL that makes the table, without constraints.
func Table() string {
	var b strings.Builder
	b.WriteString(Preamble + "CREATE TABLE r (id integer PRIMARY KEY")
	for _, c := range Columns {
		fmt.Fprintf(&b, ", %s %s", c.Name, c.SQL)
	}
	b.WriteString(");\n")
	return b.String()
}

// Rules compiles conditions as CHECKs of the table.
func Rules(t testing.TB, conditions []string) []constraint.Rule {
	t.Helper()
	var b strings.Builder
	b.WriteString(Table())
	for i, sql := range conditions {
		fmt.Fprintf(&b, "ALTER TABLE r ADD CONSTRAINT k%d CHECK (%s);\n", i, sql)
	}
	c, _, err := catalog.Load([]*source.File{source.NewFile("checks.sql", b.String())})
	require.NoError(t, err)
	for i := range c.Relations {
		if rel := &c.Relations[i]; rel.Name.Name == "r" {
			return rulesOf(t, c, rel, len(conditions))
		}
	}
	t.Fatal("there is no table r")
	return nil
}

func rulesOf(t testing.TB, c *catalog.Catalog, rel *catalog.Relation, n int) []constraint.Rule {
	t.Helper()
	rules := make([]constraint.Rule, n)
	for _, check := range rel.Checks {
		var i int
		_, err := fmt.Sscanf(check.Name, "k%d", &i)
		require.NoError(t, err)
		rules[i] = constraint.Compile(check, constraint.Scope{Catalog: c, Column: func(name string) (catalog.Type, bool) {
			col, ok := rel.Column(name)
			if !ok {
				return catalog.Type{}, false
			}
			return constraint.Base(c, col.Type), true
		}})
	}
	return rules
}

// Types are the columns' types in the tree.
func Types(t testing.TB) map[string]constraint.Type {
	var conditions []string
	for _, c := range Columns {
		conditions = append(conditions, c.Name+" IS NULL")
	}
	types := map[string]constraint.Type{}
	for i, rule := range Rules(t, conditions) {
		types[Columns[i].Name] = constraint.TypeOf(rule.Tree.(constraint.IsNull).X)
	}
	return types
}

// Row is one row: as JSON objects have it that PostgreSQL makes of rows, and as values.
type Row struct {
	JSON   map[string]json.RawMessage
	Values constraint.Row
}

// Fill makes the table in a database, inserts n rows and returns them in order.
func Fill(t testing.TB, conn *pgx.Conn, r *rand.Rand, n int) []Row {
	t.Helper()
	ctx := context.Background()
	_, err := conn.Exec(ctx, Table()+verdictSQL+"SET timezone = 'UTC'")
	require.NoError(t, err)
	for id := range n {
		names, values := []string{"id"}, []string{fmt.Sprint(id)}
		for _, c := range Columns {
			if r.IntN(6) > 0 {
				names = append(names, c.Name)
				values = append(values, quote(c.Values[r.IntN(len(c.Values))]))
			}
		}
		_, err := conn.Exec(ctx, fmt.Sprintf("INSERT INTO r (%s) VALUES (%s)", strings.Join(names, ", "), strings.Join(values, ", ")))
		require.NoError(t, err)
	}
	return read(t, conn)
}

func quote(s string) string { return "'" + strings.ReplaceAll(s, "'", "''") + "'" }

// read reads all rows. A column that is NULL is missing.
func read(t testing.TB, conn *pgx.Conn) []Row {
	types := Types(t)
	var nulls []string
	for _, c := range Columns {
		nulls = append(nulls, fmt.Sprintf("CASE WHEN %s IS NULL THEN '%[1]s' END", c.Name))
	}
	query := fmt.Sprintf("SELECT (to_jsonb(x) - 'id' - array_remove(ARRAY[%s], NULL))::text FROM r x ORDER BY id", strings.Join(nulls, ", "))
	found, err := conn.Query(context.Background(), query)
	require.NoError(t, err)
	texts, err := pgx.CollectRows(found, pgx.RowTo[string])
	require.NoError(t, err)
	rows := make([]Row, len(texts))
	for i, text := range texts {
		rows[i].Values = constraint.Row{}
		require.NoError(t, json.Unmarshal([]byte(text), &rows[i].JSON))
		for name, raw := range rows[i].JSON {
			rows[i].Values[name] = valueOf(t, raw, types[name])
		}
	}
	return rows
}
