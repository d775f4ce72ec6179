package sqlc

import (
	"slices"

	"github.com/trefoil-sql/trefoil/internal/catalog"
)

// sources settles which columns and parameters belong to a column of a relation. sqlc names a source column also for
// coalesce(c, 'x'), for a column of a subquery or WITH query by the name it has there, and for lower(c) = $1: then the
// column's value list and rules do not hold, and neither does the enum that stands for a value list.
func (d *decoder) sources(q *Query) error {
	flow, err := catalog.FlowOf(q.Text)
	if err != nil {
		return err
	}
	plain := flow.PlainOutputs()
	at := 0
	for i := range q.Columns {
		c := &q.Columns[i]
		if c.Embed != nil {
			at += d.embedded(*c.Embed)
			continue
		}
		if at >= len(plain) || !d.isPlain(*c, plain[at]) {
			d.disown(c)
		}
		at++
	}
	d.params(q, flow)
	return nil
}

// embedded is the number of columns that sqlc.embed(t) stands for in the query's text.
func (d *decoder) embedded(table catalog.Name) int {
	if r, ok := d.relation[table]; ok {
		return len(r.Columns)
	}
	return 0
}

// isPlain tells that a result column is the column of a table that sqlc says.
func (d *decoder) isPlain(c Column, candidates []catalog.PlainColumn) bool {
	if c.Table == nil || !d.has(*c.Table, c.OriginalName) {
		return false
	}
	return slices.ContainsFunc(candidates, func(p catalog.PlainColumn) bool {
		return p.Column == c.OriginalName && tableName(identifier(p.Table)) == *c.Table
	})
}

func (d *decoder) has(table catalog.Name, column string) bool {
	r, ok := d.relation[table]
	if !ok {
		return false
	}
	_, ok = r.Column(column)
	return ok
}

// disown takes a column's source away, and the enum of a value list with it: what remains is the type that the list's
// values are stored as.
func (d *decoder) disown(c *Column) {
	c.Table, c.OriginalName = nil, ""
	e, ok := listed(d.in.Enums, c.Type)
	if !ok {
		return
	}
	if t, ok := d.stored(e); ok {
		c.Type = typeNames{}.name(t)
	}
}

// stored is the type of the columns or domains that a value list is about.
func (d *decoder) stored(e *Enum) (catalog.Type, bool) {
	for _, n := range e.Domains {
		if dom, ok := d.domains[n]; ok {
			return d.base(dom.Type), true
		}
	}
	for _, n := range e.Columns {
		if r, ok := d.relation[n.Relation]; ok {
			if c, ok := r.Column(n.Column); ok {
				return d.base(c.Type), true
			}
		}
	}
	return catalog.Type{}, false
}

// params notes where parameters are stored, and which are compared with a column as it is. They are put in order; of
// several entries for one number, which sqlc makes where a parameter is used twice, the first stays.
func (d *decoder) params(q *Query, flow catalog.Flow) {
	if len(q.Params) == 0 {
		return
	}
	slices.SortStableFunc(q.Params, func(a, b Param) int { return a.Number - b.Number })
	q.Params = slices.CompactFunc(q.Params, func(a, b Param) bool { return a.Number == b.Number })
	assignments, compared := flow.Assignments(), flow.Comparisons()
	for i := range q.Params {
		p := &q.Params[i]
		p.Assigned = d.assigned(p.Number, assignments)
		c := &p.Column
		isCompared := c.Table != nil && d.has(*c.Table, c.OriginalName) && slices.Contains(compared[p.Number], c.OriginalName)
		if p.Assigned == nil && !isCompared {
			d.disown(c)
		}
	}
}

// assigned resolves the first assignment of a parameter; one to a NOT NULL column goes before others.
func (d *decoder) assigned(number int, assignments []catalog.Assignment) *catalog.ColumnName {
	var first *catalog.ColumnName
	for _, a := range assignments {
		r, ok := d.relation[tableName(identifier(a.Table))]
		if a.Param != number || !ok {
			continue
		}
		if a.Column == "" && a.Position < len(r.Columns) {
			a.Column = r.Columns[a.Position].Name
		}
		c, ok := r.Column(a.Column)
		if !ok {
			continue
		}
		to := &catalog.ColumnName{Relation: r.Name, Column: c.Name}
		if _, notNull := d.lowering.column(r.Name, *c); notNull {
			return to
		}
		if first == nil {
			first = to
		}
	}
	return first
}
