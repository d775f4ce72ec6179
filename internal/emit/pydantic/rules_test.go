package pydantic

import (
	"fmt"
	"testing"

	"github.com/trefoil-sql/trefoil/internal/constraint"
	"github.com/trefoil-sql/trefoil/internal/model"
	"github.com/trefoil-sql/trefoil/internal/pgtest"
)

// numbers are values at and around a limit of 1, for each sort of number.
var numbers = map[string][]string{
	"int4":         {"-1", "0", "1", "2"},
	"numeric":      {"0.99", "1", `"1.00"`, "1.01", `"NaN"`, `"Infinity"`, `"-Infinity"`},
	"numeric(3,1)": {"0.94", "0.95", "0.96", "1", "1.04", "1.05", `"NaN"`},
	"float8":       {"0.99", "1", "1.01", `"NaN"`, `"Infinity"`, `"-Infinity"`},
}

// rule is a CHECK in SQL, with the atoms that it is.
type rule struct {
	sql    string
	typ    model.Type
	check  string
	atoms  []constraint.Atom
	values []string
}

func comparisons() []rule {
	var rules []rule
	for _, sql := range []string{"int4", "numeric", "numeric(3,1)", "float8"} {
		typ := scalar(model.Kind(sql))
		if sql == "numeric(3,1)" {
			typ = model.Scalar{Kind: model.Numeric, Precision: 3, Scale: 1, HasPrecision: true}
		}
		for _, op := range []constraint.CompareOp{constraint.LT, constraint.LE, constraint.GT, constraint.GE, constraint.EQ, constraint.NE} {
			rules = append(rules, rule{
				sql, typ, fmt.Sprintf("VALUE %s 1", op), []constraint.Atom{constraint.Compare{Op: op, Value: "1"}}, numbers[sql],
			})
		}
	}
	tenth := []constraint.Atom{constraint.Compare{Op: constraint.GE, Value: "0.1"}}
	return append(rules,
		rule{"numeric", scalar(model.Numeric), "VALUE >= 0.1", tenth, []string{"0.1", `"0.0999999999999999999999"`, `"0.1000000000000000000001"`}},
		rule{"float8", scalar(model.Float8), "VALUE >= 0.1", tenth, []string{"0.1", "0.09999999999999999", "0.10000000000000002"}},
	)
}

func otherRules() []rule {
	two, three := 2, 3
	text := scalar(model.Text)
	jsonb := []string{"{}", "[]", "1", `"a"`, "true", "false", `{"a": 1}`}
	return []rule{
		{"text", text, "VALUE <> ''", []constraint.Atom{constraint.NotEqual{}}, []string{`""`, `" "`, `"a"`}},
		{"varchar(2)", varchar(2), "VALUE <> '  '", []constraint.Atom{constraint.NotEqual{Value: "  "}}, []string{`"   "`, `" "`, `"a  "`}},
		{"text", text, "VALUE IN ('a', 'b''')", []constraint.Atom{constraint.OneOf{Values: []string{"a", "b'"}}}, []string{`"a"`, `"A"`, `"b'"`, `""`}},
		{
			"text", text, "char_length(VALUE) BETWEEN 2 AND 3",
			[]constraint.Atom{constraint.Length{Unit: constraint.Characters, Min: &two, Max: &three}},
			[]string{`"a"`, `"ab"`, `"abc"`, `"abcd"`, `"é𝔘"`, `"é𝔘é𝔘"`, `"a  "`, `"a   "`},
		},
		{
			"text", text, "octet_length(VALUE) <= 3", []constraint.Atom{constraint.Length{Unit: constraint.Bytes, Max: &three}},
			[]string{`"abc"`, `"abcd"`, `"é"`, `"éé"`, `"𝔘"`},
		},
		{
			"varchar(3)", varchar(3), "char_length(VALUE) <= 2", []constraint.Atom{constraint.Length{Unit: constraint.Characters, Max: &two}},
			[]string{`"ab"`, `"ab "`, `"ab  "`, `"a     "`},
		},
		{
			"jsonb", model.JSONOf{Binary: true, Shape: "object"}, "jsonb_typeof(VALUE) = 'object'",
			[]constraint.Atom{constraint.JSONType{Types: []string{"object"}}}, jsonb,
		},
		{
			"json", model.JSONOf{Shape: "array"}, "json_typeof(VALUE) = 'array'", []constraint.Atom{constraint.JSONType{Types: []string{"array"}}}, jsonb,
		},
		{
			"jsonb", scalar(model.JSONB), "jsonb_typeof(VALUE) IN ('number', 'string', 'boolean')",
			[]constraint.Atom{constraint.JSONType{Types: []string{"number", "string", "boolean"}}}, jsonb,
		},
	}
}

// TestRulesAgainstPostgreSQL: a value that PostgreSQL refuses for a constraint is refused by the model in its name.
func TestRulesAgainstPostgreSQL(t *testing.T) {
	db := pgtest.New(t)
	var questions []question
	for i, r := range append(comparisons(), otherRules()...) {
		q := question{sql: fmt.Sprintf("d%d", i), typ: r.typ, same: r.values}
		name := fmt.Sprintf("d%d's {check}", i)
		for _, a := range r.atoms {
			q.rules = append(q.rules, model.Rule{Constraint: name, Test: a})
		}
		db.Exec(t, fmt.Sprintf(`CREATE DOMAIN %s AS %s CONSTRAINT "%s" CHECK (%s)`, q.sql, r.sql, name, r.check))
		questions = append(questions, q)
	}
	agree(t, db, questions)
}
