package zod

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/trefoil-sql/trefoil/internal/catalog"
	"github.com/trefoil-sql/trefoil/internal/constraint"
	"github.com/trefoil-sql/trefoil/internal/model"
	"github.com/trefoil-sql/trefoil/internal/naming"
	sqlsource "github.com/trefoil-sql/trefoil/internal/source"
)

// compiled is the rule of a CHECK on a table's columns.
func compiled(t *testing.T, columns, check string) constraint.Rule {
	t.Helper()
	sql := fmt.Sprintf("CREATE EXTENSION citext; CREATE TABLE t (%s, CONSTRAINT k CHECK (%s));", columns, check)
	c, _, err := catalog.Load([]*sqlsource.File{sqlsource.NewFile("t.sql", sql)})
	require.NoError(t, err)
	rel := &c.Relations[0]
	return constraint.Compile(rel.Checks[0], constraint.Scope{Catalog: c, Column: func(name string) (catalog.Type, bool) {
		col, ok := rel.Column(name)
		if !ok {
			return catalog.Type{}, false
		}
		return constraint.Base(c, col.Type), true
	}})
}

// trees are the conditions of a CHECK, all of which must be understood.
func trees(t *testing.T, columns, check string) []constraint.Node {
	t.Helper()
	rule := compiled(t, columns, check)
	require.Empty(t, constraint.Unsupported(rule.Tree, naming.TypeScript), check)
	return constraint.Enforceable(rule.Tree, naming.TypeScript)
}

// formed is a type of column, CHECKs on it, and what is sent to it in many forms.
type formed struct {
	sql    string
	typ    model.Type
	checks []string
	// values are those on which the schema has PostgreSQL's verdict. doubtful ones it may leave to PostgreSQL.
	values, doubtful []string
}

var (
	dateForms = []string{
		`"2024-02-29"`, `"2020-01-01"`, `"2020-01-02"`, `"0001-01-01"`, `"9999-12-31"`, `"infinity"`, `"-Infinity"`, `" 2024-02-29 "`,
		`"2024-02-29T23:59:59.999999Z"`, `"2024-02-29 00:00:00+05:30"`, `"2024-02-29T12:30"`,
	}
	timeForms = []string{
		`"2024-02-29T12:30:00.001Z"`,
		`"2024-02-29T12:30:00Z"`, `"2024-02-29 12:30:00+00"`, `"2024-02-29T14:30:00+02:00"`, `"2024-02-29T12:29:59.999999-00"`,
		`"2024-02-29T12:30:00.5Z"`, `"2024-02-29T12:30:00.0005Z"`, `"2024-02-29T12:30:00.000499Z"`, `"1999-12-31T23:59:59.5Z"`,
		`"1999-12-31T23:59:58.5Z"`, `"1999-12-31T23:59:59.9995Z"`, `"2024-02-29T18:00:00+0530"`, `"2024-02-29 00:00:00-15:59:59"`, `"infinity"`,
	}
	oddTimes = append(slices.Clone(dates), `"2024-02-29T24:00:00Z"`, `"2024-02-29T23:59:60Z"`, `"2024-02-29T12:30:00.0000005Z"`,
		`"2024-02-29T12:30:00 Europe/Paris"`, `"10000-01-01T00:00:00Z"`, `"0001-01-01T00:00:00+10"`)
	timeChecks = []string{"v > '2024-02-29 12:30:00+00'", "v <= '1999-12-31 23:59:59.5+00'", "v = '2024-02-29 12:30:00.001+00'", "v < 'infinity'"}
)

var texts = append(slices.Clone(words), `"ab"`, `"ABC"`, `"\ue000"`, `"\ud83d\ude00b"`, `"a b"`, `" ab "`)

// formsToSend are the types that take more than one form.
func formsToSend() []formed {
	return []formed{
		{"date", kind(model.Date), []string{"v > '2020-01-01'", "v = '2024-02-29'", "v < 'infinity'", "v::timestamp >= '2024-02-29 00:00:00'"},
			dateForms, dates},
		{"timestamptz", kind(model.TimestampTZ), timeChecks, timeForms, oddTimes},
		{"timestamptz(3)", kind(model.TimestampTZ), timeChecks, timeForms, oddTimes},
		{"timestamptz(0)", kind(model.TimestampTZ), timeChecks[:2], timeForms, oddTimes},
		{"timestamp", kind(model.Timestamp), []string{"v > '2024-02-29 12:30:00'", "v = '2024-02-29 14:30:00'"}, append(slices.Clone(dateForms), timeForms...), oddTimes},
		{"timestamp(2)", kind(model.Timestamp), []string{"v > '2024-02-29 12:30:00'", "v <= '1999-12-31 23:59:59.5'"}, append(slices.Clone(dateForms), timeForms...), oddTimes},
		{"real", kind(model.Float4), []string{"v = '0.1'", "v::float8 > 0.1", "v > 16777216"},
			[]string{"0.1", "0.10000000149011612", "0.1000000001", "16777217.5", "16777218", `"NaN"`, "-0", "1e-46"}, []string{"16777217", "16777219"}},
		{"float8", kind(model.Float8), []string{"v * v > 0.25", "1 / v > 0", "v + 1e308 > 0", "floor(v) = 0", "v <> 0.1::float8"},
			[]string{"0.1", "0", "-0", "1e308", "-1e308", "1e-200", "0.5", `"NaN"`, `"Infinity"`, `"-Infinity"`, "0.30000000000000004"}, nil},
		{"numeric(5,2)", numeric(5, 2), []string{"v * 3 = 0.03", "v / 3 < 0.0033333333333333333334", "v % 1 = 0", "round(v, 1) = v", "v::int = 3"},
			[]string{"0.01", "0.005", "0.0149", "3", "2.5", "2.495", "-2.5", "100", "3.1"}, nil},
		{"numeric(2,-3)", numeric(2, -3), []string{"v + 1 > 1000", "v - 0.5 < 11999"}, []string{"499", "500", "1499", "12345", "-500"}, nil},
		{"numeric", kind(model.Numeric), []string{"v * 10 = 1", "v / 7 = 0.01428571428571428571", "v - 0.1 <= 0"}, []string{"0.1", "1e-7", "123456789012345", "1e21", "0.30000000000000004"}, nil},
		{"int8", kind(model.Int8), []string{"v % 2 = 0", "v + 1 > 0", "abs(v) < 10"}, []string{"2", "3", "-1", "9007199254740991"}, []string{"9007199254740993", "9223372036854775807"}},
		{"int2", kind(model.Int2), []string{"v + v <> 0", "v * 2 > 10", "-v <> 1"}, []string{"20000", "-32768", "0", "6", "-1"}, nil},
		{"bytea", kind(model.Bytea), []string{`v > '\x61'::bytea`, "octet_length(v) = 2"}, []string{`"\\x"`, `"\\x61"`, `"\\x6162"`, `"\\xFFff"`}, []string{`"ab"`, `"\\x 61"`, `"a\\142"`}},
		{"uuid", kind(model.UUID), []string{"v <> '00000000-0000-0000-0000-00000000000a'", "left(v::text, 1) <> '6'"}, uuids, nil},
		{"varchar(3)", varchar(3), []string{"v = 'abc'", "v || 'x' <> 'ax'", "v ~ ' $'", "upper(v) <> 'X'", "left(v, -1) = 'ab'"}, texts, []string{`"é"`, `"😀"`}},
		{"text", kind(model.Text), []string{`v COLLATE "C" > 'é'`, `v COLLATE "C" <= '😀'`, "v LIKE '_b%'", "right(v, 2) = 'bc'", "substr(v, 2, 1) = 'b'", "strpos(v, 'b') = 2",
			"replace(v, 'b', '') = 'ac'", "btrim(v, 'a ') = 'b'", "v IN ('a', 'x')", "starts_with(v, '😀')", "v NOT ILIKE 'ab%'"}, texts, []string{`"é"`, `"😀"`}},
		{"char(4)", model.Scalar{Kind: model.Char, Length: 4}, []string{"v = 'ab'", "length(v) > 1", "v <> ''"}, []string{`"ab"`, `"ab  "`, `""`, `"a"`, `"😀"`, `"   "`}, nil},
		{"citext", kind(model.CIText), []string{"v = 'ABC'", "v::text <> 'a'"}, []string{`"abc"`, `"ABC"`, `"a"`, `"A"`}, []string{`"é"`}},
		{"jsonb", kind(model.JSONB), []string{"v @> '{\"a\": 1}'", "v -> 'a' = '0.5'", "(v ->> 'c') = '1'", "v ? 'a'", "jsonb_array_length(v) > 1", "v #> '{b,0}' IS NULL", "(v -> 0) = '[]'", "v <> '[1.5, 12345678901234567890]' AND v <> '{}'"},
			[]string{`{"a": 1}`, `{"a": "1"}`, `["a"]`, `["a", []]`, `[[]]`, `{"c": "2"}`, `{"c": 1}`, `{}`, `[1.5, 12345678901234567000]`, `{"a": true}`, `{"a": 0.25}`, `{"toString": 1}`, `{"a": 0.5}`, `{"b": [2]}`},
			[]string{"1", `"a"`, `{"a": 0.1}`, `{"a": 1e300}`, `{"a": [1]}`, `{"a": 1, "b": [2]}`}},
		{"int4[]", model.Array{Elem: kind(model.Int4), Dims: 1}, []string{"cardinality(v) > 1", "array_length(v, 1) = 1", "v @> '{1}'", "v && '{2,3}'", "3 = ANY (v)", "3 > ALL (v)", "array_position(v, 2) = 1", "v <> '{1,2}'"},
			[]string{"[]", "[1]", "[1, 2]", "[2]", "[null]", "[3, null]", "[2, 1, 3]"}, nil},
		{"int4[][]", model.Array{Elem: kind(model.Int4), Dims: 2}, []string{"cardinality(v) > 2", "array_length(v, 2) = 2", "4 = ANY (v)"}, []string{"[]", "[[1, 2]]", "[[1], [4]]", "[[1, 2], [3, 4]]"}, nil},
		{"timestamptz[]", model.Array{Elem: kind(model.TimestampTZ), Dims: 1}, []string{"'2024-02-29 12:30:00+00'::timestamptz = ANY (v)", "cardinality(v) = 1"},
			[]string{"[]", `["2024-02-29T14:30:00+02:00"]`, `[null, "2024-02-29T12:30:01Z"]`}, []string{`["now"]`}},
		{"numeric(5,2)[]", model.Array{Elem: numeric(5, 2), Dims: 1}, []string{"0.01 = ANY (v)"}, []string{"[0.014]", "[0.005]", "[0.02]"}, nil},
		{"jsonb[]", model.Array{Elem: kind(model.JSONB), Dims: 1}, []string{"cardinality(v) = 2"}, []string{`[]`, `[{}]`, `[{}, "a"]`}, []string{`[null, {}]`, `[[1, 2]]`}},
	}
}

// TestFormsAgreeWithPostgreSQL: conditions see what PostgreSQL stores, in whatever form it is sent.
func TestFormsAgreeWithPostgreSQL(t *testing.T) {
	t.Run("numbers", func(t *testing.T) { judgeForms(t, combinations[0], formsToSend()) })
	t.Run("digits", func(t *testing.T) {
		judgeForms(t, combinations[2], []formed{
			{"int8", kind(model.Int8), []string{"v % 2 = 0", "v + 1 > 0"}, []string{`"2"`, `" +3 "`, `"9223372036854775807"`, `"-9223372036854775808"`, `"007"`}, nil},
			{"numeric", kind(model.Numeric), []string{"v / 3 = 0.5", "v <> 0.1", "v % 1 = 0"}, []string{`"1.5"`, `"1.50000"`, `"1e-1"`, `".1"`, `"0.1000000000000000000001"`, `"3e30"`}, []string{`"NaN"`, `"inf"`, `"-Infinity"`}},
			{"numeric(40,2)", numeric(40, 2), []string{"v * v > 1e70", "v = 0.01"}, []string{`"99999999999999999999999999999999999999.99"`, `"0.005"`, `"0.0149999999999999999999999"`}, nil},
		})
	})
}

func judgeForms(t *testing.T, o Options, list []formed) {
	var columns []tested
	var samples []formed
	for _, f := range list {
		for _, check := range f.checks {
			name := fmt.Sprintf("check_%d", len(columns))
			c := tested{sql: fmt.Sprintf("%s CONSTRAINT %s CHECK (%s)", f.sql, name, check), typ: f.typ}
			for _, tree := range trees(t, "v "+f.sql, check) {
				c.tests = append(c.tests, model.Test{Constraint: name, SQL: check, Tree: tree})
			}
			columns, samples = append(columns, c), append(samples, f)
		}
	}
	oracle := newOracle(t, o, columns)
	_, err := oracle.conn.Exec(context.Background(), "SET timezone = 'Asia/Kolkata'")
	require.NoError(t, err)
	oracle.judgeTests(columns, func(i int) (values, doubtful []string) { return samples[i].values, samples[i].doubtful })
}

// judgeTests holds the schemas' verdicts on what is sent against the server's. Some of each table's values must break its
// CHECK.
func (o oracle) judgeTests(columns []tested, sent func(i int) (values, doubtful []string)) {
	var questions []question
	var tables []int
	var certain []bool
	for i := range columns {
		values, doubtful := sent(i)
		for n, v := range slices.Concat(values, doubtful) {
			questions = append(questions, question{fmt.Sprintf("T%dInsertSchema", i), `{"v": ` + v + `}`})
			tables, certain = append(tables, i), append(certain, n < len(values))
		}
	}
	broken, kept := map[int]int{}, map[int]int{}
	for n, a := range o.ask(questions) {
		table := tables[n]
		_, err := o.insert(fmt.Sprintf("t%d", table), a.Sent)
		if err == nil {
			kept[table]++
			require.True(o.t, a.OK, "%s: the server takes %s, and the schema says %v", columns[table].sql, a.Sent, a.Messages)
			continue
		}
		if !certain[n] || doubted(columns[table], a.Sent) {
			continue
		}
		broken[table]++
		require.False(o.t, a.OK, "%s: the server says %v to %s, and the schema takes it", columns[table].sql, err, a.Sent)
	}
	for i, c := range columns {
		require.NotZero(o.t, broken[i], "nothing breaks %s", c.sql)
		require.NotZero(o.t, kept[i], "nothing keeps %s", c.sql)
	}
}

// doubted tells strings beyond ASCII where a condition looks at letters.
func doubted(c tested, sent string) bool {
	return strings.ContainsFunc(sent, func(r rune) bool { return r > 0x7f }) &&
		(strings.Contains(c.sql, "upper") || strings.Contains(c.sql, "LIKE") || strings.Contains(c.sql, "~"))
}
