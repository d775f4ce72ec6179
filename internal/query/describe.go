package query

import (
	"github.com/trefoil-sql/trefoil/internal/catalog"
	"github.com/trefoil-sql/trefoil/internal/nullability"
	"github.com/trefoil-sql/trefoil/internal/sqlc"
)

// describe takes the columns and parameters of the catalog's analysis.
func (b *builder) describe(q *Query) {
	a := q.Analysed
	verdicts := nullability.Columns(b.Catalog, a)
	at := 0
	for _, group := range groups(a.Columns) {
		columns := make([]Column, len(group))
		for i := range group {
			columns[i] = b.column(a, at+i, verdicts[at+i])
		}
		if first := group[0]; first.Embed != nil {
			columns = []Column{b.embedded(a, first, columns)}
		}
		q.Columns = append(q.Columns, columns...)
		at += len(group)
	}
	for _, p := range q.Sqlc.Params {
		q.Params = append(q.Params, b.param(a, p))
	}
}

// groups puts the columns of each sqlc.embed together, and every other one into a group of its own.
func groups(columns []catalog.ResultColumn) [][]catalog.ResultColumn {
	var out [][]catalog.ResultColumn
	for len(columns) > 0 {
		n := 1
		if c := columns[0]; c.Embed != nil && c.EmbedOf != nil {
			n = min(max(1, len(c.EmbedOf.Columns)), len(columns))
		}
		out = append(out, columns[:n])
		columns = columns[n:]
	}
	return out
}

// column describes the i-th column of a query.
func (b *builder) column(q *catalog.Query, i int, v nullability.Verdict) Column {
	c := q.Columns[i]
	out := Column{Name: c.Name, Type: c.Type, NotNull: !v.Nullable, Reason: v.Reason, Source: c.Source}
	if c.Type.Array && c.Value != nil {
		out.ElemNotNull = !nullability.Elements(b.Catalog, q, c.Value).Nullable
	}
	if values, ok := b.valuesOf(q, i); ok {
		out.Values = &values
	}
	out.JSON = b.columnShape(q, i)
	return out
}

func (b *builder) embedded(q *catalog.Query, c catalog.ResultColumn, columns []Column) Column {
	e := &Embed{Relation: *c.Embed, Columns: columns, Nullable: nullability.Absent(b.Catalog, q, c.EmbedOf)}
	return Column{Name: c.Embed.Name, Embed: e}
}

// param describes a parameter by sqlc's name, which all clients share.
func (b *builder) param(q *catalog.Query, s sqlc.Param) Param {
	p, _ := paramOf(q, s)
	out := Param{Number: s.Number, Name: s.Column.Name, Type: p.Type, Slice: p.Slice, Column: p.Column, Assigned: p.Assigned}
	v := nullability.Param(b.Catalog, q, p)
	out.NotNull, out.Reason = !v.Nullable, v.Reason
	return out
}

// paramOf finds a parameter of sqlc's in the catalog's analysis: by its name in the query, or by its number.
func paramOf(q *catalog.Query, s sqlc.Param) (*catalog.Parameter, bool) {
	for _, p := range q.Params {
		if s.Column.NamedParam && p.Name != "" && p.Name == s.Column.Name {
			return p, true
		}
	}
	for _, p := range q.Params {
		if p.Number == s.Number && (p.Name == "" || !s.Column.NamedParam) {
			return p, true
		}
	}
	return nil, false
}
