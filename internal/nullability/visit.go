package nullability

import "github.com/trefoil-sql/trefoil/internal/catalog"

// visit calls fn for a value and all that it is made of, those of subqueries included. Depth counts the subqueries
// between.
func visit(v catalog.Value, depth int, fn func(v catalog.Value, depth int)) {
	if v == nil {
		return
	}
	fn(v, depth)
	for _, part := range parts(v) {
		visit(part, depth, fn)
	}
	if sub, ok := v.(*catalog.SubqueryValue); ok {
		visitQuery(sub.Query, depth+1, fn)
	}
}

// visitQuery calls fn for all values of a query.
func visitQuery(q *catalog.Query, depth int, fn func(v catalog.Value, depth int)) {
	if q == nil {
		return
	}
	for _, c := range q.With {
		visitQuery(c.Query, depth+1, fn)
	}
	if q.SetOp != nil {
		// The two sides stand where the whole does, one level further in.
		visitQuery(q.SetOp.Left, depth, fn)
		visitQuery(q.SetOp.Right, depth, fn)
	}
	for _, v := range valuesOfQuery(q) {
		visit(v, depth, fn)
	}
	for _, from := range q.From {
		visitFrom(from, depth, fn)
	}
	if q.Write != nil && q.Write.Input != nil {
		visitQuery(q.Write.Input, depth+1, fn)
	}
}

func visitFrom(from catalog.From, depth int, fn func(v catalog.Value, depth int)) {
	switch from := from.(type) {
	case *catalog.Source:
		for _, c := range from.Calls {
			visit(c, depth, fn)
		}
		visitQuery(from.Query, depth+1, fn)
	case *catalog.Join:
		visit(from.On, depth, fn)
		visitFrom(from.Left, depth, fn)
		visitFrom(from.Right, depth, fn)
	}
}

// valuesOfQuery are the values of a query's own clauses.
func valuesOfQuery(q *catalog.Query) []catalog.Value {
	var all []catalog.Value
	for _, c := range q.Columns {
		all = append(all, c.Value)
	}
	for _, row := range q.Rows {
		all = append(all, row...)
	}
	for _, g := range q.Group {
		all = append(all, g.Values...)
	}
	all = append(all, q.Order...)
	all = append(all, q.Where, q.Having, q.Limit, q.Offset)
	if w := q.Write; w != nil {
		all = append(all, w.ConflictWhere)
		for _, s := range w.Set {
			all = append(all, s.Value)
		}
		for _, b := range w.Merge {
			all = append(all, b.Cond)
			for _, s := range b.Set {
				all = append(all, s.Value)
			}
		}
	}
	return all
}

// parts are the values that a value is made of, in order.
func parts(v catalog.Value) []catalog.Value {
	switch v := v.(type) {
	case *catalog.FunctionCall:
		all := append(v.Args[:len(v.Args):len(v.Args)], v.Order...)
		if v.Over != nil {
			all = append(append(all, v.Over.Partition...), v.Over.Order...)
		}
		return append(all, v.Filter)
	case *catalog.CastValue:
		return []catalog.Value{v.Arg}
	case *catalog.Logic:
		return v.Args
	case *catalog.IsNull:
		return []catalog.Value{v.Arg}
	case *catalog.IsBool:
		return []catalog.Value{v.Arg}
	case *catalog.IsDistinct:
		return []catalog.Value{v.Left, v.Right}
	case *catalog.CaseValue:
		var all []catalog.Value
		for _, w := range v.Whens {
			all = append(all, w.Cond, w.Result)
		}
		return append(all, v.Else)
	case *catalog.NullIfValue:
		return []catalog.Value{v.Left, v.Right}
	case *catalog.SubqueryValue:
		return []catalog.Value{v.Test}
	}
	return listParts(v)
}

// listParts are the parts of values that are lists.
func listParts(v catalog.Value) []catalog.Value {
	switch v := v.(type) {
	case *catalog.CoalesceValue:
		return v.Args
	case *catalog.MinMaxValue:
		return v.Args
	case *catalog.ArrayValue:
		return v.Elements
	case *catalog.RowValue:
		return v.Fields
	case *catalog.SubscriptValue:
		return append([]catalog.Value{v.Arg}, v.Indices...)
	case *catalog.FieldValue:
		return []catalog.Value{v.Arg}
	case *catalog.ListTest:
		return append([]catalog.Value{v.Left, v.Array}, v.List...)
	case *catalog.BetweenValue:
		return []catalog.Value{v.Arg, v.Low, v.High}
	case *catalog.Construct:
		return v.Args
	}
	return nil
}

// returnsSet tells a function in the select list that returns a set: it can give no row, and of several the shorter are
// filled up with NULL.
func returnsSet(q *catalog.Query) bool { return sets(q) > 0 }

// sets counts those functions, in ORDER BY and GROUP BY too: they are computed side by side.
func sets(q *catalog.Query) int {
	n := 0
	count := func(v catalog.Value, depth int) {
		if call, ok := v.(*catalog.FunctionCall); ok && call.Set && depth == 0 {
			n++
		}
	}
	for _, c := range q.Columns {
		visit(c.Value, 0, count)
	}
	for _, v := range q.Order {
		visit(v, 0, count)
	}
	for _, g := range q.Group {
		for _, v := range g.Values {
			visit(v, 0, count)
		}
	}
	return n
}

// plain is a value without the implicit conversions around it that keep what is NULL.
func plain(v catalog.Value) catalog.Value {
	for {
		c, ok := v.(*catalog.CastValue)
		if !ok || !c.Implicit || !c.Strict {
			return v
		}
		v = c.Arg
	}
}

// visitQueries calls fn for the subqueries in a query's own values.
func visitQueries(q *catalog.Query, fn func(*catalog.Query)) {
	each := func(v catalog.Value, depth int) {
		if sub, ok := v.(*catalog.SubqueryValue); ok && depth == 0 {
			fn(sub.Query)
		}
	}
	for _, v := range valuesOfQuery(q) {
		visit(v, 0, each)
	}
	for _, from := range q.From {
		visitFrom(from, 0, each)
	}
}
