package query

import (
	"slices"

	"github.com/trefoil-sql/trefoil/internal/catalog"
)

// View is what is known of the columns of a view or materialized view, in their order.
type View struct {
	Name    catalog.Name
	Columns []Column
}

// Views describes the views whose queries the catalog can analyse, in order of name.
func Views(c *catalog.Catalog) []View {
	b := &builder{Input: Input{Catalog: c}}
	b.types = newTypes(b.Input)
	var views []View
	for i := range c.Relations {
		r := &c.Relations[i]
		if v, ok := b.apart().view(r); ok {
			views = append(views, v)
		}
	}
	return views
}

func (b *builder) view(r *catalog.Relation) (View, bool) {
	if !r.IsView() {
		return View{}, false
	}
	q := b.Catalog.View(r.Name)
	if q == nil || len(q.Columns) != len(r.Columns) {
		return View{}, false
	}
	v := View{Name: r.Name}
	verdicts := b.ask(q).Columns()
	for i, c := range r.Columns {
		col := b.column(q, i, verdicts[i])
		col.Name = c.Name
		v.Columns = append(v.Columns, col)
	}
	return v, true
}

// Settled is a catalog whose views have the types and the NOT NULL that was found of their columns, for all that reads no
// queries.
func Settled(c *catalog.Catalog, views []View) *catalog.Catalog {
	if len(views) == 0 {
		return c
	}
	out := *c
	out.Relations = slices.Clone(c.Relations)
	at := 0
	for _, v := range views {
		for out.Relations[at].Name != v.Name {
			at++
		}
		r := &out.Relations[at]
		r.Columns = slices.Clone(r.Columns)
		for i, col := range v.Columns {
			if r.Columns[i].Type.Kind == catalog.UnknownType {
				r.Columns[i].Type = col.Type
			}
			r.Columns[i].NotNull = col.NotNull
		}
	}
	return &out
}
