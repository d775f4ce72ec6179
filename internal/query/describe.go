package query

import (
	"slices"

	"github.com/trefoil-sql/trefoil/internal/catalog"
	"github.com/trefoil-sql/trefoil/internal/nullability"
	"github.com/trefoil-sql/trefoil/internal/sqlc"
)

// describe takes the columns and parameters of the catalog's analysis.
func (b *builder) describe(q *Query) {
	a := q.Analysed
	verdicts := b.ask(a).Columns()
	columns := make([]Column, len(a.Columns))
	for i := range columns {
		columns[i] = b.column(a, i, verdicts[i])
	}
	q.Columns = slices.Grow(q.Columns, len(columns))
	for _, group := range groups(a.Columns) {
		if first := group[0]; first.Embed != nil {
			q.Columns = append(q.Columns, b.embedded(a, first, columns[:len(group):len(group)]))
		} else {
			q.Columns = append(q.Columns, columns[0])
		}
		columns = columns[len(group):]
	}
	if len(q.Sqlc.Params) > 0 {
		verdicts, q.Params = b.ask(a).Params(), slices.Grow(q.Params, len(q.Sqlc.Params))
	}
	for _, p := range q.Sqlc.Params {
		q.Params = append(q.Params, b.param(a, p, verdicts))
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
		out.ElemNotNull = !b.ask(q).Elements(c.Value).Nullable
	}
	if values, ok := b.valuesOf(q, i); ok {
		out.Values = &values
	}
	out.JSON = b.columnShape(q, i)
	return out
}

func (b *builder) embedded(q *catalog.Query, c catalog.ResultColumn, columns []Column) Column {
	e := &Embed{Relation: *c.Embed, Columns: columns, Nullable: b.ask(q).Absent(c.EmbedOf)}
	return Column{Name: c.Embed.Name, Embed: e}
}

// param describes a parameter by sqlc's name, which all clients share. The verdicts are those of the query's Params.
func (b *builder) param(q *catalog.Query, s sqlc.Param, verdicts []nullability.Verdict) Param {
	p, _ := paramOf(q, s)
	out := Param{Number: s.Number, Name: s.Column.Name, Type: p.Type, Slice: p.Slice, Column: p.Column, Assigned: p.Assigned}
	v := verdicts[slices.Index(q.Params, p)]
	out.NotNull, out.Reason = !v.Nullable, v.Reason
	if column, through := b.below(p.Column); through && p.Assigned && out.NotNull && b.takesNull(column) {
		out.NotNull, out.Reason = false, "it is stored in the table below the view"
	}
	return out
}

// below is the table's column in which a value is stored that is assigned to a view's; through tells that there is a view.
func (b *builder) below(n *catalog.ColumnName) (column *catalog.ColumnName, through bool) {
	for n != nil {
		i := slices.IndexFunc(b.Views, func(v View) bool { return v.Name == n.Relation })
		if i < 0 {
			return n, through
		}
		through = true
		j := slices.IndexFunc(b.Views[i].Columns, func(c Column) bool { return c.Name == n.Column })
		if j < 0 {
			return nil, true
		}
		n = b.Views[i].Columns[j].Source
	}
	return nil, through
}

// takesNull tells that a table's column, nil for one that is not known, may be null.
func (b *builder) takesNull(n *catalog.ColumnName) bool {
	if n == nil {
		return true
	}
	_, c, ok := b.types.column(n.Relation, n.Column)
	return !ok || !c.NotNull && !b.types.neverNull(c.Type)
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
