package zod

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/trefoil-sql/trefoil/internal/constraint"
	"github.com/trefoil-sql/trefoil/internal/model"
)

// tested writes a type with the conditions on its values. They come after what shapes the value as PostgreSQL stores it.
func (w *writer) tested(t model.Type, rules []model.Rule, tests []model.Test, written bool) expr {
	x := w.typed(t, rules, written)
	if _, ok := t.(model.Custom); ok {
		return x // only the user knows how such a value is read
	}
	column := func(constraint.Column) operand { return operand{value: "value", typ: t, read: !written} }
	for _, tests := range byConstraint(tests) {
		trees := make([]constraint.Node, len(tests))
		for i, test := range tests {
			trees[i] = test.Tree
		}
		condition := passes("value", trees, func(i int) code { return w.tree(trees[i], column) })
		x.calls = append(x.calls, refinement(tests[0].SQL, condition, raw(violation(tests[0].Constraint))))
	}
	return x
}

// byConstraint puts the tests of one constraint together, since it is refused once.
func byConstraint(tests []model.Test) [][]model.Test {
	var groups [][]model.Test
	at := map[string]int{}
	for _, test := range tests {
		i, ok := at[test.Constraint]
		if !ok {
			i = len(groups)
			at[test.Constraint] = i
			groups = append(groups, nil)
		}
		groups[i] = append(groups[i], test)
	}
	return groups
}

// refinement is a call of .refine under its CHECK.
func refinement(sql string, condition, options code) code {
	line := strings.Join(strings.Fields(commentText(sql)), " ")
	return commented{"CHECK (" + line + ")", call{".refine(", []code{condition, options}, ")"}}
}

// enumRef writes an enum, which is listed by the field's own CHECK. Rules on its values are those of a string, for which
// its schema has no checks.
func (w *writer) enumRef(t model.EnumRef, rules []model.Rule) expr {
	x := expr{
		ts:   w.take(t.Enum.Module, t.Enum.Name, false),
		base: raw(w.take(t.Enum.Module, t.Enum.Schema, true)),
	}
	if t.Constraint != "" {
		w.usesPG = true
		x.base = raw(fmt.Sprintf("pg.listedBy(%s, %s)", x.base.flat(), quote(t.Constraint)))
	}
	if t.Cut > 0 {
		w.usesPG = true
		x.base = raw(fmt.Sprintf("pg.cutTo(%s, %d)", x.base.flat(), t.Cut))
	}
	value := constraint.Column{Name: constraint.DomainValue, Type: constraint.Type{Class: constraint.TextClass}}
	column := func(constraint.Column) operand { return operand{value: "value", typ: t} }
	for _, r := range rules {
		tree := ofAtom(r.Test, value)
		condition := passes("value", []constraint.Node{tree}, func(int) code { return w.tree(tree, column) })
		x.calls = append(x.calls, call{".refine(", []code{condition, raw(violation(r.Constraint))}, ")"})
	}
	return x
}

// ofAtom is a rule on a string as a condition.
func ofAtom(atom constraint.Atom, x constraint.Node) constraint.Node {
	textType := constraint.TypeOf(x)
	switch atom := atom.(type) {
	case constraint.OneOf:
		var list []constraint.Const
		for _, v := range atom.Values {
			list = append(list, constraint.Const{Type: textType, Text: v})
		}
		return constraint.Member{X: x, List: list}
	case constraint.NotEqual:
		return constraint.Cmp{Op: constraint.NE, Left: x, Right: constraint.Const{Type: textType, Text: atom.Value}}
	case constraint.Pattern:
		return constraint.Match{X: x, Regex: atom.Regex}
	case constraint.Length:
		return lengthTree(atom, x)
	}
	return nil
}

func lengthTree(atom constraint.Length, x constraint.Node) constraint.Node {
	intType := constraint.Type{Class: constraint.IntClass, Size: 4}
	name := constraint.CharLength
	if atom.Unit == constraint.Bytes {
		name = constraint.OctetLength
	}
	length := constraint.Func{Name: name, Args: []constraint.Node{x}, Type: intType}
	var all constraint.All
	add := func(op constraint.CompareOp, limit *int) {
		if limit != nil {
			all.Args = append(all.Args, constraint.Cmp{
				Op: op, Left: length, Right: constraint.Const{Type: intType, Text: strconv.Itoa(*limit)},
			})
		}
	}
	add(constraint.GE, atom.Min)
	add(constraint.LE, atom.Max)
	return all
}
