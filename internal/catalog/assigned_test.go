package catalog

import (
	"context"
	"fmt"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/trefoil-sql/trefoil/internal/pgtest"
)

const assignedSchema = `
CREATE SCHEMA app;
CREATE TYPE pair AS (x integer, y text);
CREATE TABLE t (id uuid PRIMARY KEY, n integer, s varchar(20), a integer[], p pair, at timestamptz);
CREATE TABLE app.u (n integer, s text);
`

// Each statement and its direct assignments, as $n table.column. All are valid in PostgreSQL, and it gives a parameter
// that is directly assigned the column's type.
var assignedCases = []struct {
	sql  string
	want []string
}{
	{"INSERT INTO t (id, n) VALUES ($1, $2)", []string{"$1 t.id", "$2 t.n"}},
	{"INSERT INTO t VALUES ($1, $2, $3)", []string{"$1 t.#0", "$2 t.#1", "$3 t.#2"}},
	{"INSERT INTO t (n, id) VALUES ($2, $1), ($3, gen_random_uuid()), (DEFAULT, $4)", []string{"$2 t.n", "$1 t.id", "$3 t.n", "$4 t.id"}},
	{"INSERT INTO app.u AS x (s) VALUES ($1) RETURNING x.s || $2", []string{"$1 app.u.s"}},
	{"INSERT INTO t (id, n, s) VALUES ($1::uuid, $2 + 1, coalesce($3, 'x'))", nil},
	{"INSERT INTO t (id, s) VALUES (CAST($1 AS uuid), lower($2))", nil},
	{"INSERT INTO t (id, a[1], p.x) VALUES ($1, $2, $3)", []string{"$1 t.id"}},
	{"INSERT INTO app.u (s, n) SELECT $1, n FROM t WHERE s = $2", []string{"$1 app.u.s"}},
	{"INSERT INTO t (id) VALUES (gen_random_uuid()) ON CONFLICT (id) DO UPDATE SET n = $1, s = excluded.s || $2 WHERE t.n = $3", []string{"$1 t.n"}},
	{"INSERT INTO t DEFAULT VALUES ON CONFLICT DO NOTHING", nil},
	{"UPDATE t SET n = $1, s = $2::varchar(3), at = now() WHERE id = $3", []string{"$1 t.n"}},
	{"UPDATE ONLY app.u AS x SET (n, s) = ($1, $2) FROM t WHERE t.s = $3", []string{"$1 app.u.n", "$2 app.u.s"}},
	{"UPDATE t SET (n, s) = ROW($1, upper($2))", []string{"$1 t.n"}},
	{"UPDATE t SET (n, s) = (SELECT $1::integer, s FROM app.u LIMIT 1), at = $2", []string{"$2 t.at"}},
	{"UPDATE t SET a[1] = $1, p.y = $2, n = coalesce($3, n)", nil},
	{`UPDATE t SET "n" = ($1)`, []string{"$1 t.n"}},
	{"WITH x AS (INSERT INTO app.u (n) VALUES ($1) RETURNING n) UPDATE t SET n = $2 FROM x", []string{"$1 app.u.n", "$2 t.n"}},
	{"WITH x AS (UPDATE t SET s = $1 RETURNING id) SELECT * FROM x WHERE id = $2", []string{"$1 t.s"}},
	{"WITH x AS (DELETE FROM t WHERE n = $1 RETURNING s) INSERT INTO app.u (s) SELECT s FROM x", nil},
	{"INSERT INTO app.u (n) WITH x AS (SELECT 1 AS n) SELECT n + $1 FROM x", nil},
	{"MERGE INTO t USING app.u ON t.n = u.n WHEN MATCHED THEN UPDATE SET s = $1, n = u.n + $2 " +
		"WHEN NOT MATCHED AND u.n > $3 THEN INSERT (id, n) VALUES ($4, u.n)", []string{"$1 t.s", "$4 t.id"}},
	{"DELETE FROM t WHERE n = $1", nil},
	{"SELECT $1::integer", nil},
}

func TestAssignments(t *testing.T) {
	db := pgtest.New(t)
	db.Exec(t, assignedSchema)
	conn := db.Conn(context.Background())
	for i, tc := range assignedCases {
		flow, err := FlowOf(tc.sql)
		require.NoError(t, err, tc.sql)
		found := flow.Assignments()
		var got []string
		for _, a := range found {
			column := a.Column
			if column == "" {
				column = fmt.Sprintf("#%d", a.Position)
			}
			got = append(got, fmt.Sprintf("$%d %s.%s", a.Param, a.Table, column))
		}
		assert.Equal(t, tc.want, got, tc.sql)

		prepared, err := conn.Prepare(context.Background(), fmt.Sprintf("q%d", i), tc.sql)
		require.NoError(t, err, tc.sql)
		for _, a := range found {
			var want uint32
			require.NoError(t, conn.QueryRow(context.Background(), `SELECT atttypid FROM pg_attribute
				WHERE attrelid = $1::text::regclass AND (attname = $2 OR attnum = $3)`, a.Table.String(), a.Column, numberOf(a)).Scan(&want))
			if text := uint32(25); want == 1043 && prepared.ParamOIDs[a.Param-1] == text {
				continue // varchar has no operators of its own: a parameter that is more than assigned is text
			}
			assert.Equal(t, want, prepared.ParamOIDs[a.Param-1], "%s: $%d", tc.sql, a.Param)
		}
	}
}

// numberOf is the attribute's number of an assignment that is by position; 0, which none has, otherwise.
func numberOf(a Assignment) int {
	if a.Column != "" {
		return 0
	}
	return a.Position + 1
}

func TestComparisons(t *testing.T) {
	for sql, want := range map[string]map[int][]string{
		"SELECT 1 FROM t WHERE n = $1 AND $2 <= t.n AND s <> $3":                             {1: {"n"}, 2: {"n"}, 3: {"s"}},
		"SELECT 1 FROM t WHERE n IN ($1, $2) OR n = ANY($3) OR n <> ALL ($4)":                {1: {"n"}, 2: {"n"}, 3: {"n"}, 4: {"n"}},
		"SELECT 1 FROM t WHERE n BETWEEN $1 AND $2 OR $3 NOT BETWEEN n AND id":               {1: {"n"}, 2: {"n"}, 3: {"n", "id"}},
		"SELECT 1 FROM t WHERE n IS DISTINCT FROM $1 AND n IS NOT DISTINCT FROM $2":          {1: {"n"}, 2: {"n"}},
		"SELECT 1 FROM t WHERE lower(s) = $1 OR s LIKE $2 OR s = lower($3) OR s ~ $4":        {},
		"SELECT 1 FROM t WHERE s = $1::text OR s ILIKE $2 OR nullif(s, $3) = 'x'":            {},
		"SELECT 1 FROM t WHERE n + $1 = 3 OR s || $2 = 'x' OR a @> $3 OR p->'x' = $4":        {},
		"UPDATE t SET n = $1 WHERE id IN (SELECT id FROM app.u WHERE u.s = $2)":              {2: {"s"}},
		"WITH x AS (SELECT 1 FROM t WHERE n > $1) SELECT CASE WHEN s = $2 THEN 1 END FROM t": {1: {"n"}, 2: {"s"}},
	} {
		flow, err := FlowOf(sql)
		require.NoError(t, err, sql)
		assert.Equal(t, want, flow.Comparisons(), sql)
	}
}

func TestPlainOutputs(t *testing.T) {
	for sql, want := range map[string][]string{
		"SELECT n, t.s, t.n AS x FROM t":                                     {"t.n", "t.s", "t.n"},
		"SELECT n FROM t, app.u":                                             {"t.n app.u.n"},
		"SELECT x.n, u.s FROM t AS x LEFT JOIN (app.u CROSS JOIN y) ON true": {"t.n", "app.u.s"},
		"SELECT coalesce(n, 0), n + 1, lower(s), n::text, (n) FROM t":        {"", "", "", "", "t.n"},
		"SELECT x.n, t.s FROM (SELECT id AS n FROM t) x, t":                  {"", "t.s"},
		"WITH t AS (SELECT 1 AS n) SELECT n, t.n, u.n FROM t, app.u":         {"app.u.n", "", "app.u.n"},
		"WITH t AS (SELECT 1 AS n) SELECT public.t.n FROM public.t":          {"public.t.n"},
		"SELECT n FROM t UNION SELECT n FROM app.u":                          nil,
		"SELECT x.a FROM t AS x (a, b)":                                      {""},
		"SELECT f.n FROM f() AS f":                                           {""},
		"INSERT INTO t (n) VALUES ($1) RETURNING n, upper(s)":                {"t.n", ""},
		"UPDATE t AS x SET n = 1 FROM app.u RETURNING x.n, u.s":              {"t.n", "app.u.s"},
		"DELETE FROM t USING app.u RETURNING t.n, u.s":                       {"t.n", "app.u.s"},
		"DELETE FROM t": nil,
	} {
		flow, err := FlowOf(sql)
		require.NoError(t, err, sql)
		outputs := flow.PlainOutputs()
		var got []string
		for _, candidates := range outputs {
			text := ""
			for i, c := range candidates {
				if i > 0 {
					text += " "
				}
				text += c.Table.String() + "." + c.Column
			}
			got = append(got, text)
		}
		assert.Equal(t, want, got, sql)
	}
}

func TestScan(t *testing.T) {
	const sql = `SELECT "é", 'x;y' -- end;
/* a;b */ FROM $1;`
	tokens, err := Scan(sql)
	require.NoError(t, err)
	var words, comments []string
	for _, token := range tokens {
		text := sql[token.Start:token.End]
		switch {
		case token.Comment:
			comments = append(comments, text)
		case token.Word:
			words = append(words, text)
		}
	}
	assert.Equal(t, []string{"SELECT", `"é"`, "FROM"}, words)
	assert.Equal(t, []string{"-- end;", "/* a;b */"}, comments)
	assert.Equal(t, ";", sql[tokens[len(tokens)-1].Start:])
	_, err = Scan("SELECT 'x")
	assert.Error(t, err)
}
