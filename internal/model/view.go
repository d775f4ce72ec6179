package model

import (
	"slices"

	"github.com/trefoil-sql/trefoil/internal/catalog"
	"github.com/trefoil-sql/trefoil/internal/constraint"
	"github.com/trefoil-sql/trefoil/internal/query"
)

// ListsOfViews adds to value lists the columns of views that hold no other values.
func ListsOfViews(lists []ValueList, views []query.View) []ValueList {
	out := slices.Clone(lists)
	of := map[catalog.ColumnName]int{}
	for i, l := range out {
		out[i].Columns = slices.Clone(l.Columns)
		for _, c := range l.Columns {
			of[c] = i
		}
	}
	for added := true; added; { // a view may come before those that it reads
		added = false
		for _, v := range views {
			for _, c := range v.Columns {
				name := catalog.ColumnName{Relation: v.Name, Column: c.Name}
				if _, done := of[name]; done || c.Values == nil || c.Type.Array {
					continue
				}
				if i, ok := listOfValues(out, of, c.Values); ok {
					of[name], added = i, true
					out[i].Columns = append(out[i].Columns, name)
				}
			}
		}
	}
	return out
}

// listOfValues finds the list that values are from; of several the first that has all values of the others.
func listOfValues(lists []ValueList, of map[catalog.ColumnName]int, v *query.Values) (int, bool) {
	all := slices.Clone(v.Constants)
	for _, c := range v.Columns {
		i, ok := of[c]
		if !ok {
			return 0, false
		}
		all = append(all, lists[i].Values...)
	}
	for _, c := range v.Columns {
		i := of[c]
		if !slices.ContainsFunc(all, func(text string) bool { return !slices.Contains(lists[i].Values, text) }) {
			return i, true
		}
	}
	return 0, false
}

// ownRules are the rules that a relation's own CHECKs make for a column; of a view's column that is another's as it is, those
// that hold there, save for NOT NULL.
func (b *builder) ownRules(rel *catalog.Relation, column string) []factRule {
	v, ok := b.viewColumn(rel, column)
	if !ok {
		return b.rulesOf(rel).columns[column]
	}
	if v.Source == nil {
		return nil
	}
	of, ok := b.catalogRel[v.Source.Relation]
	if !ok {
		return nil
	}
	return slices.DeleteFunc(slices.Clone(b.ownRules(of, v.Source.Column)), func(r factRule) bool {
		_, notNull := r.atom.(constraint.NotNull)
		return notNull
	})
}

// viewColumn is what is known of a view's column.
func (b *builder) viewColumn(rel *catalog.Relation, column string) (*query.Column, bool) {
	if !rel.IsView() {
		return nil, false
	}
	v, ok := b.viewColumns[catalog.ColumnName{Relation: rel.Name, Column: column}]
	return v, ok
}

// viewShape is the type of a view's column that is JSON of a known shape.
func (b *builder) viewShape(rel *catalog.Relation, column string) (Type, bool) {
	v, ok := b.viewColumn(rel, column)
	if !ok {
		return nil, false
	}
	name := catalog.ColumnName{Relation: rel.Name, Column: column}
	if t, ok := b.viewJSON[name]; ok {
		return t, true
	}
	r := b.relationOf[rel.Name]
	if r == nil || v.JSON == nil || !b.wantsShapes() {
		return nil, false
	}
	n := nesting{module: r.Module, words: []string{r.Row.Name}, what: "in " + string(rel.Kind) + " " + rel.Name.String(), span: rel.Span, objects: &r.JSON}
	b.viewJSON[name] = b.jsonValue(v, n)
	return b.viewJSON[name], true
}
