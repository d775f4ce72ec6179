package pydantic

import (
	"fmt"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/trefoil-sql/trefoil/internal/catalog"
	"github.com/trefoil-sql/trefoil/internal/constraint"
	"github.com/trefoil-sql/trefoil/internal/model"
	"github.com/trefoil-sql/trefoil/internal/naming"
	"github.com/trefoil-sql/trefoil/internal/pgtest"
	"github.com/trefoil-sql/trefoil/internal/source"
)

// storedRule is the CHECK of a domain, and values for it.
type storedRule struct {
	sql    string
	typ    model.Type
	check  string
	values []string
	// taken are values that the model leaves to PostgreSQL, which refuses them.
	taken []string
}

// storedRules are CHECKs whose answer hangs on how PostgreSQL stores the value: rounded, cut, padded, with its scale.
var storedRules = []storedRule{
	{sql: "timestamp(0)", typ: scalar(model.Timestamp), check: "VALUE <= '2020-01-01T00:00:00'::timestamp", values: []string{
		`"2020-01-01T00:00:00.499999"`, `"2020-01-01T00:00:00.5"`, `"2019-12-31T23:59:59.5"`, `"2020-01-01T00:00:01"`,
	}},
	{sql: "timestamp(2)", typ: scalar(model.Timestamp), check: "VALUE < '1999-12-31T23:59:59.99'::timestamp", values: []string{
		`"1999-12-31T23:59:59.985"`, `"1999-12-31T23:59:59.984999"`, `"1999-12-31T23:59:59.985001"`,
	}},
	{sql: "timestamptz(1)", typ: scalar(model.TimestampTZ), check: "VALUE > '2020-01-01T00:00:00Z'::timestamptz", values: []string{
		`"2020-01-01T00:00:00.049+00"`, `"2020-01-01T00:00:00.05+00"`, `"2020-01-01T01:00:00.05+01"`,
	}},
	{sql: "numeric(10,2)", typ: model.Scalar{Kind: model.Numeric, Precision: 10, Scale: 2, HasPrecision: true},
		check: "VALUE / 3 = 0.3333333333333333", values: []string{"1", "1.0", "1.004", "1.005", "0.999"}},
	{sql: "numeric(30,20)", typ: model.Scalar{Kind: model.Numeric, Precision: 30, Scale: 20, HasPrecision: true},
		check: "VALUE / 3 = 0.3333333333333333", values: []string{"1", `"1.0"`, `"0.9999999999999999"`}},
	{sql: "numeric", typ: scalar(model.Numeric), check: "VALUE / 7 * 7 <> VALUE", values: []string{
		`"1"`, `"1e20"`, `"7"`, `"0.00000000000000000001"`, `"123456789.123456789"`, `"99999"`, `"1e-10"`, `"-10000"`, `"0"`, "12",
	}, taken: []string{`"NaN"`}},
	{sql: "numeric", typ: scalar(model.Numeric), check: "round(VALUE, -2) = trunc(VALUE, 1)", values: []string{
		`"100"`, `"149.99"`, `"150"`, `"-50"`, `"-100.04"`, `"1e3"`, `"0"`, `"0.05"`,
	}},
	{sql: "real", typ: scalar(model.Float4), check: "VALUE > 0.1", values: []string{"0.1", "0.1000000001", "0.2", "0.09", `"NaN"`}},
	{sql: "varchar(3)", typ: varchar(3), check: "VALUE || 'x' <> 'ab x'", values: []string{`"ab"`, `"ab "`, `"ab   "`}},
	{sql: "char(4)", typ: model.Scalar{Kind: model.Char, Length: 4}, check: "VALUE || 'x' <> 'abx'", values: []string{`"ab"`, `"ab  "`, `"abc"`}},
	{sql: "int2", typ: scalar(model.Int2), check: "VALUE * 2::int2 <> 5", values: []string{"16383", "16384", "-16384", "-16385"}},
	{sql: "int8", typ: scalar(model.Int8), check: "VALUE / -1 <> 5", values: []string{"-5", "-9223372036854775808", "9223372036854775807"}},
	{sql: "float8", typ: scalar(model.Float8), check: "VALUE * VALUE >= 0", values: []string{"1e200", "1e-200", "0", "-1.5", `"NaN"`, `"Infinity"`}},
	{sql: "bytea", typ: scalar(model.Bytea), check: `octet_length(VALUE) = 2 AND VALUE < '\x80'::bytea`, values: []string{`"\\x6162"`, `"ab"`, `"\\x8000"`, `"abc"`}},
	{sql: "uuid", typ: scalar(model.UUID), check: "VALUE > 'a0000000-0000-0000-0000-000000000000'::uuid", values: []string{
		`"A0000000-0000-0000-0000-000000000001"`, `"{a0000000000000000000000000000000}"`, `"09999999-0000-0000-0000-000000000000"`,
	}},
	{sql: "int4[]", typ: model.Array{Elem: scalar(model.Int4), Dims: 2}, check: "array_length(VALUE, 2) = 2 AND cardinality(VALUE) > 3", values: []string{
		"[[1, 2], [3, 4]]", "[[1, 2]]", "[[1], [2]]", "[]",
	}},
	{sql: "text", typ: scalar(model.Text), check: `VALUE ~ '^(?!a)[[:alpha:]]+$'`, values: []string{`"b"`, `"ab"`, `"b\n"`, `"b1"`, `""`}},
	{sql: "text", typ: scalar(model.Text), check: `VALUE LIKE 'a_%' AND VALUE NOT LIKE '%$'`, values: []string{`"aé"`, `"a"`, `"a\n"`, `"ab$"`, `"ba"`, `"a𝔘"`}},
	{sql: "jsonb", typ: scalar(model.JSONB), check: "VALUE @> '{\"a\": [1]}' OR (VALUE ->> 'b')::int > 5", values: []string{
		`{"a": [2, 1]}`, `{"a": 1}`, `{"b": 6}`, `{"b": "7"}`, `{"b": 5}`, "[]", `{"b": "99999999999"}`, `{"b": null}`,
	}},
}

// compiled reads a domain's CHECK and gives what the model would: atoms and trees.
func (r storedRule) compiled(t *testing.T, sql, name string) (rules []model.Rule, tests []model.Test) {
	t.Helper()
	c, _, err := catalog.Load([]*source.File{source.NewFile("d.sql", sql)})
	require.NoError(t, err)
	base := constraint.Base(c, c.Domains[0].Type)
	compiled := constraint.Compile(c.Domains[0].Checks[0], constraint.Scope{Catalog: c, Column: func(string) (catalog.Type, bool) { return base, true }})
	assert.Empty(t, constraint.Unsupported(compiled.Tree, naming.Python), "%s", r.check)
	atoms, rest := compiled.Atoms()
	for _, a := range atoms {
		rules = append(rules, model.Rule{Constraint: name, Test: a.Atom})
	}
	for _, n := range rest {
		tests = append(tests, model.Test{Constraint: name, SQL: compiled.SQL, Tree: n})
	}
	return rules, tests
}

// TestRulesOfStoredValues asks about values as PostgreSQL stores them.
func TestRulesOfStoredValues(t *testing.T) {
	db := pgtest.New(t)
	var questions []question
	for i, r := range storedRules {
		q := question{sql: fmt.Sprintf("s%d", i), typ: r.typ, same: r.values, taken: r.taken}
		sql := fmt.Sprintf(`CREATE DOMAIN %s AS %s CONSTRAINT s%d CHECK (%s)`, q.sql, r.sql, i, r.check)
		q.rules, q.tests = r.compiled(t, sql, fmt.Sprintf("s%d", i))
		db.Exec(t, sql)
		questions = append(questions, q)
	}
	agree(t, db, questions)
}
