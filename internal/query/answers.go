package query

import (
	"github.com/trefoil-sql/trefoil/internal/catalog"
	"github.com/trefoil-sql/trefoil/internal/sqlc"
)

// Answers describes queries by what sqlc says of them alone.
func Answers(in Input) []Query {
	b := &builder{Input: in, types: newTypes(in)}
	queries := make([]Query, len(in.Queries))
	for i := range in.Queries {
		queries[i] = newQuery(&in.Queries[i])
		b.answers(&queries[i])
	}
	return queries
}

// answers takes sqlc's columns and parameters.
func (b *builder) answers(q *Query) {
	for _, c := range q.Sqlc.Columns {
		q.Columns = append(q.Columns, b.answer(c))
	}
	for _, p := range q.Sqlc.Params {
		q.Params = append(q.Params, b.paramAnswer(p))
	}
}

func (b *builder) answer(c sqlc.Column) Column {
	if c.Embed != nil {
		return b.embedAnswer(*c.Embed)
	}
	out := Column{Name: c.Name, NotNull: c.NotNull}
	if src, col, ok := b.sourceOf(c); ok {
		out.Source, out.Type, out.Values = src, col.Type, &Values{Columns: []catalog.ColumnName{*src}}
		return out
	}
	out.Type, out.Values = b.types.of(c)
	return out
}

// sourceOf is the relation's column that sqlc says a column or parameter is.
func (b *builder) sourceOf(c sqlc.Column) (*catalog.ColumnName, *catalog.Column, bool) {
	if c.Table == nil || c.Table.Name == "" {
		return nil, nil, false
	}
	name := c.OriginalName
	if name == "" {
		name = c.Name
	}
	return b.types.column(*c.Table, name)
}

func (b *builder) embedAnswer(n catalog.Name) Column {
	e := &Embed{Relation: b.types.qualified(n)}
	if r, ok := b.types.relations[e.Relation]; ok {
		for _, c := range r.Columns {
			src := catalog.ColumnName{Relation: r.Name, Column: c.Name}
			e.Columns = append(e.Columns, Column{
				Name: c.Name, Type: c.Type, NotNull: c.NotNull, Source: &src, Values: &Values{Columns: []catalog.ColumnName{src}},
			})
		}
	}
	return Column{Name: n.Name, Embed: e}
}

func (b *builder) paramAnswer(p sqlc.Param) Param {
	out := Param{Number: p.Number, Name: p.Column.Name, NotNull: p.Column.NotNull, Slice: p.Column.Slice}
	out.Type, _ = b.types.of(p.Column)
	if src, col, ok := b.sourceOf(p.Column); ok {
		out.Column, out.Type = src, col.Type
		if p.Column.Array && !col.Type.Array { // = ANY ($1)
			out.Type.Array, out.Type.Dims = true, 1
		}
	}
	if p.Assigned != nil {
		if src, col, ok := b.types.column(p.Assigned.Relation, p.Assigned.Column); ok {
			out.Column, out.Type, out.Assigned = src, col.Type, true
		}
	}
	return out
}
