package catalog

// Walk visits a value and all values in it, those of subqueries too. down is false to leave out what is in a value; level
// counts the queries between it and where the walk began.
func Walk(v Value, visit func(v Value, level int) (down bool)) { walkValue(v, 0, visit) }

func walkValue(v Value, level int, visit func(Value, int) bool) {
	if v == nil || !visit(v, level) {
		return
	}
	for _, c := range valuesIn(v) {
		walkValue(c, level, visit)
	}
	if s, ok := v.(*SubqueryValue); ok {
		walkQuery(s.Query, level+1, visit)
	}
}

// valuesIn are the values that a value is made of, without those of its subquery.
func valuesIn(v Value) []Value {
	switch x := v.(type) {
	case *FunctionCall:
		out := append(append([]Value{}, x.Args...), x.Order...)
		if x.Filter != nil {
			out = append(out, x.Filter)
		}
		if x.Over != nil {
			out = append(append(out, x.Over.Partition...), x.Over.Order...)
		}
		return out
	case *CastValue:
		return []Value{x.Arg}
	case *Logic:
		return x.Args
	case *IsNull:
		return []Value{x.Arg}
	case *IsBool:
		return []Value{x.Arg}
	case *IsDistinct:
		return []Value{x.Left, x.Right}
	case *CaseValue:
		var out []Value
		for _, w := range x.Whens {
			out = append(out, w.Cond, w.Result)
		}
		return append(out, x.Else)
	case *CoalesceValue:
		return x.Args
	case *NullIfValue:
		return []Value{x.Left, x.Right}
	case *MinMaxValue:
		return x.Args
	case *ArrayValue:
		return x.Elements
	case *RowValue:
		return x.Fields
	case *SubscriptValue:
		return append([]Value{x.Arg}, x.Indices...)
	case *FieldValue:
		return []Value{x.Arg}
	case *ListTest:
		return append([]Value{x.Left, x.Array}, x.List...)
	case *BetweenValue:
		return []Value{x.Arg, x.Low, x.High}
	case *SubqueryValue:
		return []Value{x.Test}
	case *Construct:
		return x.Args
	}
	return nil
}

func walkQuery(q *Query, level int, visit func(Value, int) bool) {
	if q == nil {
		return
	}
	for _, cte := range q.With {
		walkQuery(cte.Query, level+1, visit)
	}
	each := func(list ...Value) {
		for _, v := range list {
			walkValue(v, level, visit)
		}
	}
	for _, c := range q.Columns {
		each(c.Value)
	}
	for _, row := range q.Rows {
		each(row...)
	}
	if q.SetOp != nil {
		walkQuery(q.SetOp.Left, level+1, visit)
		walkQuery(q.SetOp.Right, level+1, visit)
	}
	for _, f := range q.From {
		walkFrom(f, level, visit)
	}
	each(q.Where, q.Having, q.Limit, q.Offset)
	for _, g := range q.Group {
		each(g.Values...)
	}
	each(q.Order...)
	if q.Write != nil {
		walkWrite(q.Write, level, visit)
	}
}

func walkWrite(w *Write, level int, visit func(Value, int) bool) {
	if w.Input != nil {
		walkQuery(w.Input, level+1, visit)
	}
	sets := [][]SetColumn{w.Set}
	for _, b := range w.Merge {
		walkValue(b.Cond, level, visit)
		sets = append(sets, b.Set)
	}
	for _, set := range sets {
		for _, s := range set {
			walkValue(s.Value, level, visit)
		}
	}
	walkValue(w.ConflictWhere, level, visit)
}

func walkFrom(f From, level int, visit func(Value, int) bool) {
	switch x := f.(type) {
	case *Source:
		walkQuery(x.Query, level+1, visit)
		for _, c := range x.Calls {
			walkValue(c, level, visit)
		}
	case *Join:
		walkFrom(x.Left, level, visit)
		walkFrom(x.Right, level, visit)
		walkValue(x.On, level, visit)
	}
}

// columnLevel is how far out the column of a value is, seen from where the walk began; ok is false for other values.
func columnLevel(v Value, level int) (up int, ok bool) {
	switch x := v.(type) {
	case *ColumnValue:
		return x.Level - level, true
	case *WholeRow:
		return x.Level - level, true
	}
	return 0, false
}

// usesColumns tells a value that uses columns of the query that it stands in.
func usesColumns(v Value) bool {
	found := false
	Walk(v, func(v Value, level int) bool {
		if up, ok := columnLevel(v, level); ok && up == 0 {
			found = true
		}
		return !found
	})
	return found
}

// leastLevel is how far out the nearest query is whose columns a value uses; ok is false where it uses none.
func leastLevel(v Value) (least int, ok bool) {
	Walk(v, func(v Value, level int) bool {
		if up, isColumn := columnLevel(v, level); isColumn && up >= 0 && (!ok || up < least) {
			least, ok = up, true
		}
		return true
	})
	return least, ok
}
