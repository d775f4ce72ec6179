package pydantic

import (
	"fmt"
	"regexp"
	"slices"
	"strings"

	"github.com/trefoil-sql/trefoil/internal/constraint"
	"github.com/trefoil-sql/trefoil/internal/model"
)

// function is a condition as a function of a module.
type function struct{ Name, Params, Result, Doc, Body string }

// rules is what the module calls _rules.py.
func (f *file) rules() string { return f.useAs(".", "_rules", "pg") }

// condition makes a function of a tree and returns its name. What is written the same is one function.
func (f *file) condition(name, sql string, n constraint.Node, params []string, operands map[string]operand) (string, error) {
	t := &tree{f: f, pg: f.rules(), operands: operands}
	body := t.node(n).broken("    ", width-len("    return "))
	if t.err != nil {
		return "", fmt.Errorf("constraint %s: %w", name, t.err)
	}
	typed := make([]string, len(params))
	for i, name := range params {
		typed[i] = name + ": " + f.builtin("object")
	}
	fn := function{
		Params: strings.Join(typed, ", "),
		Result: f.rules() + ".Bool", Doc: docstring("    ", fmt.Sprintf("CHECK (%s)", sql)), Body: body,
	}
	key := name + "\x00" + fn.Params + fn.Doc + fn.Body
	if known, ok := f.conditions[key]; ok {
		return known, nil
	}
	fn.Name = f.free("_" + functionName(name))
	if len("def (): ->  ")+len(fn.Name)+len(fn.Params)+len(fn.Result) > width {
		fn.Params = "\n" + lines(words(typed), "    ")
	}
	f.conditions[key] = fn.Name
	f.functions = append(f.functions, fn)
	return fn.Name, nil
}

var notInName = regexp.MustCompile(`[^a-z0-9]+`)

// functionName makes a constraint's name a part of an identifier. It has no underscore at its ends: in a class Python
// changes names that start with two.
func functionName(constraint string) string {
	name := strings.Trim(notInName.ReplaceAllString(strings.ToLower(constraint), "_"), "_")
	if name == "" {
		return "rule"
	}
	return name
}

// tests writes the conditions on one value as arguments of Annotated.
func (f *file) tests(tests []model.Test, t model.Type) ([]named, error) {
	var out []named
	for _, test := range tests {
		fn, err := f.condition(test.Constraint, test.SQL, test.Tree, []string{"value"}, map[string]operand{
			constraint.DomainValue: {variable: "value", typ: t},
		})
		if err != nil {
			return nil, err
		}
		out = append(out, named{test.Constraint, fmt.Sprintf("%s.Rule(%s, %s)", f.rules(), quote(test.Constraint), fn)})
	}
	return out, nil
}

// named is an argument of Annotated with the name of its constraint.
type named struct{ constraint, code string }

// limited adds a type's rules and tests to its annotation, in the order of their constraints' names, which is
// PostgreSQL's.
func (f *file) limited(a annotation, rules []model.Rule, tests []model.Test, t model.Type) (annotation, error) {
	checks, err := f.checks(rules, t)
	if err != nil {
		return a, err
	}
	conditions, err := f.tests(tests, t)
	if err != nil {
		return a, err
	}
	for len(checks) > 0 || len(conditions) > 0 {
		from := &checks
		if len(checks) == 0 || len(conditions) > 0 && conditions[0].constraint < checks[0].constraint {
			from = &conditions
		}
		a.args = append(a.args, (*from)[0].code)
		*from = (*from)[1:]
	}
	return a, nil
}

// rowRules writes an object's rules of several columns as the value of a class variable; "" without any.
func (f *file) rowRules(o *model.Object) (string, error) {
	var list []code
	for _, rule := range o.Rules {
		for _, test := range rule.Tests {
			c, err := f.rowRule(o, rule, test)
			if err != nil {
				return "", err
			}
			list = append(list, c)
		}
	}
	if len(list) == 0 {
		return "", nil
	}
	return call{f.rules() + ".row_rules", list}.broken("    ", 0), nil
}

func (f *file) rowRule(o *model.Object, rule model.ObjectRule, test model.ObjectTest) (code, error) {
	operands := map[string]operand{}
	var params, quoted, defaults []string
	var unclear []code
	t := &tree{f: f, pg: f.rules()}
	for _, in := range test.Inputs {
		field := o.Fields[in.Field]
		operands[in.Column] = operand{field.Name, field.Type, field.Nullable}
		params = append(params, field.Name)
		quoted = append(quoted, quote(field.Name))
		if in.Default != nil {
			defaults = append(defaults, quote(field.Name)+": "+t.literal(*in.Default).flat())
		}
		if nullOrJSON(o, field, test.Tree, in.Column) {
			unclear = append(unclear, word(quote(field.Name)))
		}
	}
	fn, err := f.condition(rule.Constraint, rule.SQL, test.Tree, params, operands)
	args := []code{word(quote(rule.Constraint)), word(fn), call{"", words(quoted)}}
	if len(defaults) > 0 {
		args = append(args, word("defaults={"+strings.Join(defaults, ", ")+"}"))
	}
	if len(unclear) > 0 {
		args = append(args, prefixed{"null_or_json=", call{"", unclear}})
	}
	return call{f.rules() + ".RowRule", args}, err
}

// received are the variants that the database sends: JSON's null and NULL look alike in them. In what is sent to it
// None is NULL.
var received = []model.Variant{model.Row, model.QueryRow, model.Composite}

func nullOrJSON(o *model.Object, field model.Field, n constraint.Node, column string) bool {
	isJSON := false
	constraint.Walk(n, func(n constraint.Node) {
		c, ok := n.(constraint.Column)
		isJSON = isJSON || ok && c.Name == column && c.Type.Class == constraint.JSONClass
	})
	return isJSON && field.Nullable && slices.Contains(received, o.Variant)
}
