package zod

import (
	"fmt"
	"slices"

	"github.com/trefoil-sql/trefoil/internal/constraint"
	"github.com/trefoil-sql/trefoil/internal/model"
)

// refined adds the CHECKs that read several columns to an object's view.
func (w *writer) refined(v *objectView, o *model.Object, written bool) {
	if len(o.Rules) == 0 {
		return
	}
	v.Plain = o.Plain
	v.PlainDoc = tsdoc("", fmt.Sprintf(plainDoc, o.Schema))
	v.SchemaDoc = tsdoc("", fmt.Sprintf(refinedDoc, o.Name, o.Plain))
	var calls []code
	for _, rule := range o.Rules {
		calls = append(calls, w.objectRule(rule, o, written))
	}
	calls = append(calls, raws(describe(o.Doc))...)
	v.Rules = chain{raw(o.Plain), calls}.lines(0, 0)
}

const (
	plainDoc   = "The plain object of {@link %s}, for .extend, .pick and .omit: without the CHECKs that read several columns."
	refinedDoc = "Schema of {@link %s}: {@link %s} with the CHECKs that read several columns."
)

func (w *writer) objectRule(rule model.ObjectRule, o *model.Object, written bool) code {
	var trees []constraint.Node
	var keys []string
	for _, test := range rule.Tests {
		trees = append(trees, test.Tree)
		for _, in := range test.Inputs {
			if name := quote(o.Fields[in.Field].Name); !slices.Contains(keys, name) {
				keys = append(keys, name)
			}
		}
	}
	condition := passes("row", trees, func(i int) code { return w.objectTest(rule.Tests[i], o, written) })
	return refinement(rule.SQL, condition, call{"{ ", []code{
		raw("error: " + violation(rule.Constraint)),
		prefixed{"params: ", call{"{ ", []code{prefixed{"keys: ", call{"[", raws(keys), "]"}}}, " }"}},
	}, " }"})
}

// objectTest is a condition on an object's fields. It is not tested where a key is left out and it is not known what the
// database has for it.
func (w *writer) objectTest(test model.ObjectTest, o *model.Object, written bool) code {
	operands := map[string]operand{}
	var needed []code
	for _, in := range test.Inputs {
		f := o.Fields[in.Field]
		x := operand{value: "row" + property(f.Name), typ: f.Type, read: !written}
		if fallback, ok := w.fallback(in.Default); f.Optional && ok {
			x.fallback = fallback
		} else if f.Optional {
			needed = append(needed, raw(x.value))
		}
		operands[in.Column] = x
	}
	tree := w.tree(test.Tree, func(c constraint.Column) operand { return operands[c.Name] })
	if needed != nil {
		return either{call{"sql.missing(", needed, ")"}, tree}
	}
	return tree
}

// fallback is what stands in for a key that is left out, in the form of the field; "" for null, which needs nothing.
func (w *writer) fallback(def *constraint.Const) (wire string, ok bool) {
	if def == nil {
		return "", false
	}
	if def.Null {
		return "", true
	}
	if w.Driver && def.Type.Class == constraint.JSONClass {
		return quote(def.Text), true
	}
	return wireConst(*def)
}

// property reads a property of an object.
func property(name string) string {
	if isIdentifier(name) {
		return "." + name
	}
	return "[" + quote(name) + "]"
}
