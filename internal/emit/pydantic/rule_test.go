package pydantic

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/trefoil-sql/trefoil/internal/constraint"
	"github.com/trefoil-sql/trefoil/internal/model"
)

var (
	intType  = constraint.Type{Class: constraint.IntClass, Size: 4}
	jsonType = constraint.Type{Class: constraint.JSONClass}
	textType = constraint.Type{Class: constraint.TextClass}
)

func column(name string, t constraint.Type) constraint.Column {
	return constraint.Column{Name: name, Type: t}
}

func less(a, b constraint.Node) constraint.Node {
	return constraint.Cmp{Op: constraint.LT, Left: a, Right: b}
}

func integer(text string) constraint.Const { return constraint.Const{Type: intType, Text: text} }

// ordering has a rule low < high in a variant, where low may have a default, and names that hide what the rule needs.
func ordering(v model.Variant, defaults *constraint.Const, more ...model.ObjectRule) *model.Model {
	low, high := col("pg", scalar(model.Int4), ""), col("object", scalar(model.Int4), "")
	m := one(v, optional(nullable(low)), optional(nullable(high)))
	m.Relations[0].Row.Rules = append([]model.ObjectRule{{Constraint: "low {is} low", SQL: `low < "high"`, Tests: []model.ObjectTest{
		{
			Tree:   less(column("low", intType), column("high", intType)),
			Inputs: []model.RuleInput{{Column: "high", Field: 1}, {Column: "low", Field: 0, Default: defaults}},
		},
		{
			Tree:   less(column("high", intType), integer("100")),
			Inputs: []model.RuleInput{{Column: "high", Field: 1}},
		},
	}}}, more...)
	return m
}

// refusals puts values to the class T and returns the constraints that each violates.
func refusals(t *testing.T, m *model.Model, values ...string) (out [][]string) {
	t.Helper()
	dir := install(t, m)
	run(t, dir, describe, "-")
	printed := run(t, dir, `
import client, json, pydantic
out = []
for value in `+string(must(json.Marshal(values)))+`:
    try:
        client.T.model_validate_json(value)
        out.append([])
    except pydantic.ValidationError as e:
        assert all(x["msg"].startswith('violates check constraint "%s"' % x["ctx"]["constraint"]) for x in e.errors()), e
        out.append([x["ctx"]["constraint"] for x in e.errors()])
print(json.dumps(out))
`, "-")
	require.NoError(t, json.Unmarshal([]byte(printed), &out), printed)
	return out
}

// TestRulesOfSeveralColumns: a left-out column has its default, where that is known; else the rule is not tested. A
// constraint is named once, and all that are violated are.
func TestRulesOfSeveralColumns(t *testing.T) {
	values := []string{
		`{"pg": 1, "object": 2}`, `{"pg": 2, "object": 1}`, `{"pg": 200, "object": 100}`, `{"object": 5}`, `{"object": 6}`,
		`{"object": 100}`, `{"pg": 9}`, `{}`, `{"pg": null, "object": 1}`, `{"pg": 9, "object": null}`,
	}
	low := []string{"low {is} low"}
	none := []string{}
	five := integer("5")
	assert.Equal(t, [][]string{none, low, low, low, none, low, none, none, none, none}, refusals(t, ordering(model.Insert, &five), values...))
	assert.Equal(t, [][]string{none, low, low, none, none, low, none, none, none, none}, refusals(t, ordering(model.Update, nil), values...))
	also := model.ObjectRule{Constraint: "b", SQL: "low < 50", Tests: []model.ObjectTest{{
		Tree: less(column("low", intType), integer("50")), Inputs: []model.RuleInput{{Column: "low", Field: 0}},
	}}}
	assert.Equal(t, [][]string{{"low {is} low", "b"}, {"b"}}, refusals(t, ordering(model.Row, nil, also), values[2], `{"pg": 60, "object": 99}`))
}

// TestJSONNull: where JSON's null and NULL look alike nothing is refused for it.
func TestJSONNull(t *testing.T) {
	rule := func(v model.Variant, notNull bool, n constraint.Node) *model.Model {
		f := col("j", scalar(model.JSONB), "")
		f.Nullable = !notNull
		m := one(v, f)
		m.Relations[0].Row.Rules = []model.ObjectRule{{Constraint: "c", Tests: []model.ObjectTest{{Tree: n, Inputs: []model.RuleInput{{Column: "j"}}}}}}
		return m
	}
	j := column("j", jsonType)
	isNotNull := constraint.IsNull{X: j, Not: true}
	isNumber := constraint.Cmp{Op: constraint.EQ, Left: constraint.Func{Name: constraint.JSONTypeOf, Args: []constraint.Node{j}, Type: textType},
		Right: constraint.Const{Type: textType, Text: "number"}}
	refused, passed := [][]string{{"c"}}, [][]string{{}}
	null := `{"j": null}`
	assert.Equal(t, passed, refusals(t, rule(model.Row, false, isNotNull), null))
	assert.Equal(t, refused, refusals(t, rule(model.Insert, false, isNotNull), null))
	assert.Equal(t, passed, refusals(t, rule(model.Row, false, isNumber), null))
	assert.Equal(t, passed, refusals(t, rule(model.Insert, false, isNumber), null))
	assert.Equal(t, refused, refusals(t, rule(model.Row, true, isNumber), null))
	assert.Equal(t, refused, refusals(t, rule(model.Row, false, isNumber), `{"j": "1"}`))
}

// TestRulesOfValues: of a field, of an enum and of an array's elements, patterns and trees alike.
func TestRulesOfValues(t *testing.T) {
	value := column(constraint.DomainValue, textType)
	short := model.Test{Constraint: "short", SQL: "char_length(VALUE) < 3", Tree: less(
		constraint.Func{Name: constraint.CharLength, Args: []constraint.Node{value}, Type: intType}, integer("3"))}
	lower := model.Rule{Constraint: "lower", Test: constraint.Pattern{Regex: constraint.Regex{Pattern: "^[a-z]+$", Python: `^[a-z]+\Z`}}}
	look := model.Rule{Constraint: "look", Test: constraint.Pattern{Regex: constraint.Regex{Pattern: "^(?!x)", Python: "^(?!x)", NotRE2: "it looks ahead"}}}
	ok := enum("E", "", "", "A", "ok", "B", "long", "C", "x", "D", "UP")
	f := nullable(col("a", model.EnumRef{Enum: ok}, ""))
	f.Rules, f.Tests = []model.Rule{look, lower}, []model.Test{short}
	list := nullable(col("b", model.Array{
		Elem: scalar(model.Text), Dims: 1, Rules: []model.Rule{look, lower}, Tests: []model.Test{short},
	}, ""))
	m := one(model.Insert, optional(f), optional(list))
	m.Enums = []*model.Enum{ok}
	want := map[string][]string{
		`"ok"`: {}, `"long"`: {"short"}, `"x"`: {"look"}, `"UP"`: {"lower"}, "null": {},
	}
	var values []string
	var expected [][]string
	for v, names := range want {
		values = append(values, `{"a": `+v+`}`, `{"b": ["ok", null, `+v+`]}`)
		expected = append(expected, names, names)
	}
	assert.Equal(t, expected, refusals(t, m, values...))
	tree, err := Emit(m, Options{})
	require.NoError(t, err)
	assert.Contains(t, string(tree["t.py"]), `pg.Rule("short", _short),`)
	assert.Equal(t, 1, strings.Count(string(tree["t.py"]), "def "), "what is written the same is one function")
}

// TestAnOpaqueValueIsLeftToPostgreSQL: what a type of the user's own holds is not known.
func TestAnOpaqueValueIsLeftToPostgreSQL(t *testing.T) {
	f := col("a", model.Custom{Code: "int"}, "")
	f.Tests = []model.Test{{Constraint: "c", SQL: "VALUE < 3", Tree: less(column(constraint.DomainValue, intType), integer("3"))}}
	assert.Equal(t, [][]string{{}}, refusals(t, one(model.Row, f), `{"a": 5}`))
}

// TestRulesThatCannotBeWritten are errors that name the constraint.
func TestRulesThatCannotBeWritten(t *testing.T) {
	for want, n := range map[string]constraint.Node{
		"constraint c: pydantic cannot write a condition with constraint.Unknown":      constraint.Unknown{},
		"constraint c: a condition reads the column x, which the object does not have": constraint.Negation{X: column("x", intType)},
		`constraint c: pydantic cannot read a value of class ""`:                       constraint.Negation{X: column(constraint.DomainValue, constraint.Type{})},
	} {
		f := col("a", scalar(model.Int4), "")
		f.Tests = []model.Test{{Constraint: "c", Tree: n}}
		_, err := Emit(one(model.Row, f), Options{})
		assert.ErrorContains(t, err, want)
	}
}
