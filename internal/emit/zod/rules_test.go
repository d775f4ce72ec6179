package zod

import (
	"fmt"
	"math/big"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/trefoil-sql/trefoil/internal/constraint"
	"github.com/trefoil-sql/trefoil/internal/model"
)

// ruled is a column with a CHECK, as the server and as the schemas know it.
type ruled struct {
	check string
	sql   string
	typ   model.Type
	rule  constraint.Atom
	// values are what is sent, as JSON.
	values []string
}

var operatorsInSQL = []constraint.CompareOp{
	constraint.LT, constraint.LE, constraint.GT, constraint.GE, constraint.EQ, constraint.NE,
}

// comparisons are all operators on all types of number, with values on both sides of the constant and next to it.
func comparisons(random *rand.Rand, quoted bool) []ruled {
	var list []ruled
	for _, column := range []struct {
		sql       string
		typ       model.Scalar
		constants []string
		steps     []string
	}{
		{"int4", kind(model.Int4), []string{"0", "-7"}, []string{"1"}},
		{"int8", kind(model.Int8), []string{"0", "123456789012"}, []string{"1"}},
		{"float8", kind(model.Float8), []string{"0", "0.1", "-2.5"}, []string{"0.1", "0.0000001"}},
		{"numeric", kind(model.Numeric), []string{"0", "0.1", "-2.5", "0.3000000000000000000001"}, []string{"0.1", "0.0000000001"}},
		{"numeric(8,2)", numeric(8, 2), []string{"0", "0.1", "-2.5", "0.005", "-0.001", "99.99"}, []string{"0.001", "0.005", "0.01"}},
	} {
		if quoted && column.typ.Kind != model.Numeric && column.typ.Kind != model.Int8 {
			continue
		}
		for _, constant := range column.constants {
			values := around(random, constant, column.steps)
			for i := range values {
				if quoted {
					values[i] = `"` + values[i] + `"`
				}
			}
			for _, op := range operatorsInSQL {
				check := fmt.Sprintf("v %s %s", op, constant)
				list = append(list, ruled{check, column.sql, column.typ, constraint.Compare{Op: op, Value: constant}, values})
			}
		}
	}
	return list
}

// around gives a constant and values a few steps away from it.
func around(random *rand.Rand, constant string, steps []string) []string {
	base, _ := new(big.Rat).SetString(constant)
	values := []string{constant}
	for _, step := range steps {
		size, _ := new(big.Rat).SetString(step)
		for range 8 {
			n := new(big.Rat).SetInt64(int64(random.IntN(21) - 10))
			value := new(big.Rat).Add(base, n.Mul(n, size))
			digits, _ := value.FloatPrec()
			values = append(values, value.FloatString(digits))
		}
	}
	return values
}

var words = []string{`""`, `" "`, `"x"`, `"é"`, `"😀"`, `"abc"`, `"abcd"`, `"😀😀😀"`, `"éé"`, `"x   "`, `"a"`, `"b"`, `"X"`}

func others() []ruled {
	one, three := 1, 3
	return []ruled{
		{"char_length(v) BETWEEN 1 AND 3", "text", kind(model.Text), constraint.Length{Unit: constraint.Characters, Min: &one, Max: &three}, words},
		{"octet_length(v) BETWEEN 1 AND 3", "text", kind(model.Text), constraint.Length{Unit: constraint.Bytes, Min: &one, Max: &three}, words},
		{"char_length(v) <= 3", "varchar(3)", varchar(3), constraint.Length{Unit: constraint.Characters, Max: &three}, words},
		{"char_length(v) >= 1", "citext", kind(model.CIText), constraint.Length{Unit: constraint.Characters, Min: &one}, words},
		{"v <> ''", "text", kind(model.Text), constraint.NotEqual{}, words},
		{"v <> 'x'", "varchar(1)", varchar(1), constraint.NotEqual{Value: "x"}, words},
		{"v ~ '^(a|é)+/?$'", "text", kind(model.Text), constraint.Pattern{Regex: constraint.Regex{Pattern: "^(?:a|é)+/?$"}}, append(words, `"a/"`, `"aé"`)},
		{"v IN ('a', 'x')", "text", kind(model.Text), constraint.OneOf{Values: []string{"a", "x"}}, words},
		{
			"jsonb_typeof(v) IN ('object', 'boolean')", "jsonb", kind(model.JSONB), constraint.JSONType{Types: []string{"object", "boolean"}},
			[]string{"{}", "[]", "1", "true", `"x"`, `{"a": null}`},
		},
	}
}

// TestRulesAgreeWithPostgreSQL: a CHECK refuses exactly what the schema's rule refuses, and the message names it.
func TestRulesAgreeWithPostgreSQL(t *testing.T) {
	random := rand.New(rand.NewPCG(5, 6))
	t.Run("numbers", func(t *testing.T) { agree(t, combinations[0], append(comparisons(random, false), others()...)) })
	t.Run("digits", func(t *testing.T) { agree(t, combinations[2], comparisons(random, true)) })
}

func agree(t *testing.T, o Options, rules []ruled) {
	var columns []tested
	for i, r := range rules {
		name := fmt.Sprintf("check_%d", i)
		columns = append(columns, tested{
			sql: fmt.Sprintf("%s CONSTRAINT %s CHECK (%s)", r.sql, name, r.check), typ: r.typ,
			rules: []model.Rule{check(name, r.rule)},
		})
	}
	oracle := newOracle(t, o, columns)
	var questions []question
	var tables []int
	for i, r := range rules {
		for _, v := range r.values {
			questions = append(questions, question{fmt.Sprintf("T%dInsertSchema", i), `{"v": ` + v + `}`})
			tables = append(tables, i)
		}
	}
	refused := 0
	for n, a := range oracle.ask(questions) {
		column := columns[tables[n]]
		_, err := oracle.insert(fmt.Sprintf("t%d", tables[n]), a.Sent)
		require.Equal(t, err == nil, a.OK, "%s: the server says %v to %s, and the schema %v", column.sql, err, a.Sent, a.Messages)
		if err == nil || !strings.Contains(err.Error(), "violates check constraint") {
			continue
		}
		refused++
		require.Contains(t, a.Messages, fmt.Sprintf(`v: violates check constraint "check_%d"`, tables[n]))
	}
	require.NotZero(t, refused)
}

// TestRulesOfEnums: an enum's values keep the rules of the column too.
func TestRulesOfEnums(t *testing.T) {
	three := 3
	words := enum("Word", "WORDS", "", "a", "é", "abc", "abcd", "x")
	cases := []struct {
		rule constraint.Atom
		kept []string
	}{
		{constraint.NotEqual{Value: "x"}, []string{"a", "é", "abc", "abcd"}},
		{constraint.OneOf{Values: []string{"a", "b", "abc"}}, []string{"a", "abc"}},
		{constraint.Length{Unit: constraint.Bytes, Min: &three}, []string{"abc", "abcd"}},
		{constraint.Length{Unit: constraint.Characters, Max: &three}, []string{"a", "é", "abc", "x"}},
		{constraint.Pattern{Regex: constraint.Regex{Pattern: "^a"}}, []string{"a", "abc", "abcd"}},
	}
	m := &model.Model{Enums: []*model.Enum{words}}
	questions := []question{{"T0Schema", `{"v": "y"}`}}
	for i, c := range cases {
		name := fmt.Sprintf("T%d", i)
		f := column("v", model.EnumRef{Enum: words, Constraint: "listed"}, check("k", c.rule))
		m.Relations = append(m.Relations, relation(strings.ToLower(name), name, f))
		for _, value := range words.Values {
			questions = append(questions, question{name + "Schema", fmt.Sprintf(`{"v": %q}`, value.Value)})
		}
	}
	tree, err := Emit(m, combinations[0])
	require.NoError(t, err)
	p := newProject(t, tree, nil)
	p.compile()
	answers := p.ask(questions)
	require.Equal(t, []string{`v: violates check constraint "listed": expected one of "a", "é", "abc", "abcd", "x"`}, answers[0].Messages)
	kept := make([][]string, len(cases))
	for i, a := range answers[1:] {
		n, value := i/len(words.Values), words.Values[i%len(words.Values)].Value
		if a.OK {
			kept[n] = append(kept[n], value)
			continue
		}
		require.Equal(t, []string{`v: violates check constraint "k"`}, a.Messages)
	}
	for i, c := range cases {
		require.Equal(t, c.kept, kept[i])
	}
}
