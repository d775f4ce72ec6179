package query

import (
	"slices"

	"github.com/trefoil-sql/trefoil/internal/catalog"
)

// valuesOf follows a query's column to the columns and constants that its values come from; of an array, its elements'. ok
// is false where there may be others.
func (b *builder) valuesOf(q *catalog.Query, column int) (v Values, ok bool) {
	t := tracer{types: b.types, seen: map[*catalog.CTE]bool{}}
	ok = t.output(q, column) && len(t.found.Columns) > 0
	return t.found, ok
}

// valuesIn is valuesOf for an expression.
func (b *builder) valuesIn(v catalog.Value) (Values, bool) {
	t := tracer{types: b.types, seen: map[*catalog.CTE]bool{}}
	ok := t.value(v) && len(t.found.Columns) > 0
	return t.found, ok
}

// tracer collects the origins of values. Its methods tell whether all were found.
type tracer struct {
	types types
	found Values
	// seen are recursive queries on the way: what they return again adds nothing.
	seen map[*catalog.CTE]bool
}

func (t *tracer) output(q *catalog.Query, i int) bool {
	switch {
	case q == nil:
		return false
	case q.SetOp != nil:
		onlyLeft := q.SetOp.Op != "union" // what INTERSECT and EXCEPT leave is from there
		return t.output(q.SetOp.Left, i) && (onlyLeft || t.output(q.SetOp.Right, i))
	case q.Rows != nil:
		for _, row := range q.Rows {
			if i >= len(row) || !t.value(row[i]) {
				return false
			}
		}
		return true
	case i >= len(q.Columns):
		return false
	}
	return t.value(q.Columns[i].Value)
}

func (t *tracer) all(values ...catalog.Value) bool {
	return !slices.ContainsFunc(values, func(v catalog.Value) bool { return !t.value(v) })
}

func (t *tracer) value(v catalog.Value) bool {
	switch v := v.(type) {
	case *catalog.ColumnValue:
		return t.column(v)
	case *catalog.Constant:
		return t.constant(v)
	case *catalog.CastValue:
		return t.keepsText(v) && t.value(v.Arg)
	case *catalog.CoalesceValue:
		return t.all(v.Args...)
	case *catalog.MinMaxValue:
		return t.all(v.Args...)
	case *catalog.NullIfValue:
		return t.value(v.Left)
	case *catalog.CaseValue:
		for _, w := range v.Whens {
			if !t.value(w.Result) {
				return false
			}
		}
		return v.Else == nil || t.value(v.Else)
	case *catalog.ArrayValue:
		return t.all(v.Elements...)
	case *catalog.SubqueryValue:
		return (v.Kind == "scalar" || v.Kind == "array") && t.output(v.Query, 0)
	case *catalog.FunctionCall:
		return t.call(v)
	}
	return false
}

// choosing are the functions that return one of the values of their first argument, or all of them as an array. lag and
// lead may have a third, which is returned where there is no row.
var choosing = map[string]bool{
	"min": true, "max": true, "any_value": true, "mode": true, "first_value": true, "last_value": true, "nth_value": true,
	"lag": true, "lead": true, "array_agg": true,
}

func (t *tracer) call(c *catalog.FunctionCall) bool {
	if !c.Builtin || c.Operator != "" || !choosing[c.Name] || len(c.Args) == 0 {
		return false
	}
	if !t.value(c.Args[0]) {
		return false
	}
	return len(c.Args) < 3 || t.value(c.Args[2])
}

// column goes on into a subquery or a WITH query, and ends at a table's or view's column. The elements of a column that is
// an array have no name of their own.
func (t *tracer) column(v *catalog.ColumnValue) bool {
	of := v.Of
	switch {
	case v.Index < 0 || of == nil:
		return false
	case of.Query != nil:
		return t.output(of.Query, v.Index)
	case of.CTE != nil:
		if t.seen[of.CTE] {
			return true
		}
		t.seen[of.CTE] = true
		defer delete(t.seen, of.CTE)
		return t.output(of.CTE.Query, v.Index)
	case of.Relation == nil || v.Type.Array:
		return false
	}
	name := catalog.ColumnName{Relation: *of.Relation, Column: of.Columns[v.Index].Name}
	if !slices.Contains(t.found.Columns, name) {
		t.found.Columns = append(t.found.Columns, name)
	}
	return true
}

func (t *tracer) constant(v *catalog.Constant) bool {
	switch {
	case v.Null, v.Type.Array && v.Text == "{}":
	case v.Kind != catalog.StringLiteral || v.Type.Array:
		return false
	case !slices.Contains(t.found.Constants, v.Text):
		t.found.Constants = append(t.found.Constants, v.Text)
	}
	return true
}

// keepsText tells a conversion that leaves every value as it is: between text and varchar, to no shorter one, and to and from
// domains of them.
func (t *tracer) keepsText(c *catalog.CastValue) bool {
	to, isText := t.text(c.Type)
	from, wasText := t.text(c.Arg.Result())
	if !isText || !wasText && c.Arg.Result().Name.Name != "unknown" {
		return false
	}
	return to == 0 || from != 0 && from <= to
}

// text is the longest text that fits into a type of text, or an array of such; 0 for any length. ok is false for other types.
func (t *tracer) text(typ catalog.Type) (length int32, ok bool) {
	for typ.Kind == catalog.DomainType {
		d, known := t.types.domains[typ.Name]
		if !known {
			return 0, false
		}
		typ = d.Type
	}
	if typ.Name.Schema != "pg_catalog" || typ.Name.Name != "text" && typ.Name.Name != "varchar" {
		return 0, false
	}
	if len(typ.Mods) > 0 {
		return typ.Mods[0], true
	}
	return 0, true
}
