package model

import (
	"slices"

	"github.com/trefoil-sql/trefoil/internal/catalog"
	"github.com/trefoil-sql/trefoil/internal/constraint"
)

// objectRules gives a relation's object the CHECKs of several columns whose values it has. A column that the object
// lacks has its default in an insert, where that is a constant; otherwise the condition is left to the database.
func (b *builder) objectRules(rel *catalog.Relation, o *Object) {
	for _, rule := range b.rulesOf(rel).several {
		if rule.NotValid && o.Variant == Row {
			continue
		}
		out := ObjectRule{Constraint: rule.Constraint, SQL: rule.SQL}
		for _, test := range rule.tests {
			if t, ok := b.objectTest(rel, o, test); ok {
				out.Tests = append(out.Tests, t)
			}
		}
		if len(out.Tests) > 0 {
			o.Rules = append(o.Rules, out)
		}
	}
}

func (b *builder) objectTest(rel *catalog.Relation, o *Object, test constraint.Node) (ObjectTest, bool) {
	known := true
	tree := constraint.Substitute(test, func(column string) (constraint.Node, bool) {
		if slices.ContainsFunc(o.Fields, func(f Field) bool { return f.Column == column }) {
			return nil, false
		}
		k := b.absentValue(rel, o, column)
		if k == nil {
			known = false
			return nil, false
		}
		return *k, true
	})
	if !known || constraint.Passes(tree) {
		return ObjectTest{}, false
	}
	out := ObjectTest{Tree: tree}
	for _, column := range constraint.Columns(tree) {
		i := slices.IndexFunc(o.Fields, func(f Field) bool { return f.Column == column })
		if _, custom := o.Fields[i].Type.(Custom); custom {
			return ObjectTest{}, false
		}
		in := RuleInput{Column: column, Field: i}
		if o.Fields[i].Optional {
			in.Default = b.absentValue(rel, o, column)
		}
		out.Inputs = append(out.Inputs, in)
	}
	return out, true
}

// absentValue is what the database stores in a column that an insert leaves out; nil where that is not known.
func (b *builder) absentValue(rel *catalog.Relation, o *Object, column string) *constraint.Const {
	col, ok := rel.Column(column)
	if !ok || o.Variant != Insert || col.Generated != catalog.NotGenerated || col.Identity != catalog.NoIdentity {
		return nil
	}
	k, ok := constraint.Stored(b.Catalog, b.defaultOf(col), constraint.Base(b.Catalog, col.Type))
	if !ok {
		return nil
	}
	return &k
}

// paramRules gives the parameters of an INSERT the table's CHECKs of several columns, where each column is set by just
// one of them.
func (b *builder) paramRules(rel *catalog.Relation, o *Object, assigned map[string][]int) {
	for _, rule := range b.rulesOf(rel).several {
		out := ObjectRule{Constraint: rule.Constraint, SQL: rule.SQL}
		for _, test := range rule.tests {
			if t, ok := paramTest(o, test, assigned); ok {
				out.Tests = append(out.Tests, t)
			}
		}
		if len(out.Tests) > 0 {
			o.Rules = append(o.Rules, out)
		}
	}
}

func paramTest(o *Object, test constraint.Node, assigned map[string][]int) (ObjectTest, bool) {
	out := ObjectTest{Tree: test}
	for _, column := range constraint.Columns(test) {
		fields := assigned[column]
		if len(fields) != 1 {
			return out, false
		}
		if _, custom := o.Fields[fields[0]].Type.(Custom); custom {
			return out, false
		}
		out.Inputs = append(out.Inputs, RuleInput{Column: column, Field: fields[0]})
	}
	return out, true
}
