package types

import (
	"encoding/json"
	"fmt"
	"path/filepath"
	"slices"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// param has expressions of JavaScript and Python for a row's type, beside what the drivers hand over. What takes lists is
// stored as the insert schema makes it; what refuses lists is refused by the schema, and by the server if it is sent.
type param struct {
	sql              string
	node, python     []string
	noNode, noPython []string
}

var params = []param{
	{sql: "bigint", node: []string{"5", "5n", `"5"`, "9223372036854775807n"}, python: []string{"5"},
		noNode: []string{"9223372036854775808n", "1.5", `"x"`, "true"}, noPython: []string{"2**63", "'x'"}},
	{sql: "double precision", node: []string{"1.5", "NaN", "-Infinity"}, python: []string{"1.5", "float('nan')"},
		noNode: []string{`"x"`, "true"}, noPython: []string{"'x'", "True"}},
	{sql: "real", node: []string{"NaN"}, noNode: []string{"1e39"}, noPython: []string{"1e39"}},
	{sql: "numeric", node: []string{"1.5", "10n", `"1.5"`, `"NaN"`, "Infinity", "1e300"}, python: []string{"Decimal('1.5')", "2"},
		noNode: []string{`"x"`, "true"}, noPython: []string{"'x'", "True"}},
	{sql: "numeric(6,2)", node: []string{"9999.994", "NaN", `"NaN"`, "1n"}, python: []string{"Decimal('9999.994')", "Decimal('NaN')"},
		noNode: []string{"9999.995", "Infinity", `"-Infinity"`, "10000n"}, noPython: []string{"Decimal('9999.995')", "Decimal('Infinity')"}},
	{sql: "bytea", node: []string{"new Uint8Array([0, 255])", `"\\x00"`}, python: []string{"b'\\0'"}},
	{sql: "uuid", node: []string{`"{00000000-0000-0000-0000-00000000000A}"`}, python: []string{"UUID(int=5)", "'ffffffffffffffffffffffffffffffff'"},
		noNode: []string{`"x"`}, noPython: []string{"'x'"}},
	{sql: "date", node: []string{"new Date()", `"infinity"`, "Infinity", `"0044-03-15 BC"`},
		python:   []string{"date(2024, 2, 29)", "datetime(2024, 2, 29, 10)", "'infinity'", "'0044-03-15 BC'"},
		noNode:   []string{"new Date(NaN)", `"never"`, "5"},
		noPython: []string{"'never'", "5", "True"}},
	{sql: "timestamptz", node: []string{"new Date()", `"infinity"`, "-Infinity", `"10000-01-01Z"`},
		python:   []string{"datetime(2024, 2, 29, tzinfo=UTC)", "datetime(2024, 2, 29)", "date(2024, 2, 29)", "'infinity'", "'10000-01-01Z'"},
		noNode:   []string{"new Date(NaN)", `"never"`, "5", "true"},
		noPython: []string{"'never'", "5", "1.5", "True"}},
	{sql: "time", python: []string{"time(10)", "'24:00'"}, noNode: []string{`"noon"`}, noPython: []string{"'noon'", "5"}},
	{sql: "interval", node: []string{`"1 mon"`, `{ toPostgres: () => "1 day" }`}, python: []string{"timedelta(days=1)", "'1 mon'"},
		noNode: []string{"{ days: 1 }"}, noPython: []string{"5"}},
	{sql: "jsonb", node: []string{`{ a: [1] }`, `[1, { a: null }]`, `[]`, "5", "true", `'"x"'`, `'{"a": 1}'`, `"null"`},
		python: []string{"{'a': [1]}", "[1, {'a': None}]", "[]", "5", "True", "'x'", "Jsonb({'a': 1})", "None"},
		noNode: []string{`"x"`, `"{"`, "undefined"}},
	{sql: "json", node: []string{"[1]"}, python: []string{"[1]", "Json(1)"}, noNode: []string{`"x"`}},
	{sql: "inet", node: []string{`"10.0.0.1/24"`}, python: []string{"IPv4Address('10.0.0.1')", "IPv6Interface('::1/64')", "'10/8'"}, noPython: []string{"5"}},
	{sql: "cidr", python: []string{"IPv4Network('10.0.0.0/8')", "'10/8'"}},
	{sql: "point", node: []string{"{ x: 1, y: -Infinity }", `"1,2"`}, noNode: []string{"{ x: 1 }"}},
	{sql: "circle", node: []string{"{ x: 1, y: 2, radius: 3 }"}, noNode: []string{"{ x: 1, y: 2 }"}},
	{sql: "oid", node: []string{"5", `"5"`, "-1"}, python: []string{"5", "-1"}, noNode: []string{"4294967296"}, noPython: []string{"2**32"}},
	{sql: "int4range", node: []string{`"[1,5)"`}, python: []string{"Range(1, 5)", "Range(empty=True)", "'[1,5)'"}, noPython: []string{"5"}},
	{sql: "int4multirange", python: []string{"Multirange([Range(1, 5)])", "'{}'"}, noPython: []string{"5"}},
	{sql: "span", python: []string{"'[1,2)'"}},
	{sql: "mood", node: []string{`"sad"`}, python: []string{"'sad'"}, noNode: []string{`"glad"`}, noPython: []string{"'glad'"}},
	{sql: "positive", node: []string{"3"}, python: []string{"3"}, noNode: []string{"0"}, noPython: []string{"0"}},
	{sql: "pair", node: []string{`"(1,a)"`}, python: []string{"'(1,a)'", "(1, 'a')"}},
	{sql: "numeric[]", node: []string{`[1.5, "2.5", 3n, null]`}, python: []string{"[Decimal(1), None]"}, noNode: []string{`["x"]`}, noPython: []string{"['x']"}},
	{sql: "jsonb[]", node: []string{`[[1], { a: 1 }, '"x"', null]`}, python: []string{"[[1], 'x', {'a': 1}, None]"}, noNode: []string{`["x"]`}},
	{sql: "mood[]", node: []string{`["sad", null]`, `"{ok}"`}, python: []string{"['sad', None]", "'{ok}'"}, noNode: []string{`["glad"]`}, noPython: []string{"['glad']", "'{glad}'"}},
	{sql: "positive[]", node: []string{"[3]"}, python: []string{"[3]", "'{3}'"}, noNode: []string{"[0]"}, noPython: []string{"[0]", "'{0}'"}},
	{sql: "pair[]", node: []string{`["(1,a)"]`}, python: []string{"['(1,a)']", "[(1, 'a')]", `'{"(1,a)"}'`}},
	{sql: "inet[]", python: []string{"[IPv4Address('10.0.0.1'), IPv4Interface('10.0.0.1/8')]"}},
	{sql: "box[]", node: []string{`"{(1,1),(0,0)}"`}, python: []string{"['(1,1),(0,0)', '(2,2),(1,1)']"}},
	{sql: "timestamptz[]", node: []string{`[new Date(0), Infinity, "10000-01-01Z"]`}, python: []string{"[datetime(2024, 2, 29, tzinfo=UTC), None]"}},
}

// trial is an expression for a script, and what it says of it.
type trial struct {
	Table      string `json:"table"`
	Type       string `json:"type"`
	Expression string `json:"expression"`
	Taken      bool   `json:"taken"`
	SQL        string `json:"sql"`
}

// outcome is the schema's error, and the driver's or server's: of what the schema made if it took the value, else of the
// value itself.
type outcome struct{ Schema, Server string }

func trials(t *testing.T, of func(param) (takes, refuses []string)) []trial {
	t.Helper()
	var list []trial
	for _, p := range params {
		i := slices.IndexFunc(rows, func(r row) bool { return r.sql == p.sql })
		require.GreaterOrEqual(t, i, 0, p.sql)
		takes, refuses := of(p)
		for _, expression := range slices.Concat(takes, refuses) {
			list = append(list, trial{table(i), fmt.Sprintf("T%d", i), expression, slices.Contains(takes, expression), p.sql})
		}
	}
	return list
}

func judge(t *testing.T, list []trial, out string) {
	t.Helper()
	var outcomes []outcome
	require.NoError(t, json.Unmarshal([]byte(out), &outcomes), out)
	require.Len(t, outcomes, len(list))
	for i, o := range outcomes {
		what := list[i].SQL + ": " + list[i].Expression
		if list[i].Taken {
			assert.Equal(t, outcome{}, o, what)
		} else {
			assert.NotEmpty(t, o.Schema, "%s is taken by the schema", what)
			assert.NotEmpty(t, o.Server, "%s is taken by the server", what)
		}
	}
}

// TestNodePostgresTakes: the insert schemas take what node-postgres can send, and refuse what then is refused.
func TestNodePostgresTakes(t *testing.T) {
	t.Parallel()
	db, _ := database(t)
	root := generated(t)
	compile(t, root)
	list := trials(t, func(p param) ([]string, []string) { return p.node, p.noNode })
	in, err := json.Marshal(list)
	require.NoError(t, err)
	judge(t, list, run(t, root, []string{"DATABASE_URL=" + db.URL(), "NODE_NO_WARNINGS=1"}, string(in), "node", script(t, root, "params.mjs")))
}

// TestPsycopgTakes: the same of psycopg.
func TestPsycopgTakes(t *testing.T) {
	t.Parallel()
	db, _ := database(t)
	root := generated(t)
	list := trials(t, func(p param) ([]string, []string) { return p.python, p.noPython })
	in, err := json.Marshal(list)
	require.NoError(t, err)
	judge(t, list, run(t, root, []string{"DATABASE_URL=" + db.URL(), "PYTHONDONTWRITEBYTECODE=1"}, string(in),
		repository(t, filepath.FromSlash("test/python/.venv/bin/python")), script(t, root, "params.py")))
}
