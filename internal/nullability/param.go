package nullability

import "github.com/trefoil-sql/trefoil/internal/catalog"

func parameterKey(number string) string { return "param(" + number + ")" }

// use is the verdict for a parameter by the places where it stands.
func (a *analysis) use(p *catalog.Parameter) Verdict {
	switch {
	case p.Nullable:
		return perhaps("the query says so (sqlc.narg)")
	case p.Slice:
		return never("a list of values")
	}
	if a.uses == nil {
		u := &uses{a: a, found: map[*catalog.Parameter]Verdict{}}
		u.query(a.root)
		a.uses = u.found
	}
	if use, ok := a.uses[p]; ok {
		return use
	}
	return never(noMeaning)
}

// noMeaning is the reason where nothing better is known.
const noMeaning = "NULL has no meaning here"

// uses looks for uses of parameters where NULL makes sense.
type uses struct {
	a     *analysis
	found map[*catalog.Parameter]Verdict
}

// takes notes a use where NULL makes sense.
func (u *uses) takes(why string, values ...catalog.Value) {
	for _, v := range values {
		if p := parameterIn(v); p != nil && !u.found[p].Nullable {
			u.found[p] = perhaps(why)
		}
	}
}

// refuses notes a use where NULL makes no sense.
func (u *uses) refuses(why string, values ...catalog.Value) {
	for _, v := range values {
		if p := parameterIn(v); p != nil && u.found[p] == (Verdict{}) {
			u.found[p] = never(why)
		}
	}
}

// query looks at a query and all within it.
func (u *uses) query(q *catalog.Query) {
	if q == nil {
		return
	}
	for _, c := range q.With {
		u.query(c.Query)
	}
	if q.SetOp != nil {
		u.query(q.SetOp.Left)
		u.query(q.SetOp.Right)
	}
	for _, v := range valuesOfQuery(q) {
		visit(v, 0, func(v catalog.Value, _ int) { u.value(v) })
	}
	for _, from := range q.From {
		visitFrom(from, 0, func(v catalog.Value, _ int) { u.value(v) })
		u.from(from)
	}
	u.refuses("a number of rows", q.Limit, q.Offset)
	visitQueries(q, u.query)
	if q.Write != nil {
		u.write(q.Write)
		u.query(q.Write.Input)
	}
}

func (u *uses) from(from catalog.From) {
	switch from := from.(type) {
	case *catalog.Source:
		u.query(from.Query)
	case *catalog.Join:
		u.from(from.Left)
		u.from(from.Right)
	}
}

// parameterIn is the parameter that a value is, behind conversions that keep NULL; nil for another value.
func parameterIn(v catalog.Value) *catalog.Parameter {
	for {
		switch at := v.(type) {
		case *catalog.CastValue:
			v = at.Arg
		case *catalog.ParameterValue:
			return at.Param
		default:
			return nil
		}
	}
}

// value looks at the parts of a value.
func (u *uses) value(v catalog.Value) {
	switch v := v.(type) {
	case *catalog.IsNull:
		u.takes("it is tested for NULL", v.Arg)
	case *catalog.IsBool:
		u.takes("it is tested for NULL", v.Arg)
	case *catalog.IsDistinct:
		u.takes("it is compared by IS DISTINCT FROM", v.Left, v.Right)
	case *catalog.CoalesceValue:
		u.takes("coalesce passes over NULL", v.Args...)
	case *catalog.MinMaxValue:
		u.takes("greatest and least pass over NULL", v.Args...)
	case *catalog.FunctionCall:
		switch {
		case !v.Strict && v.Kind == catalog.PlainFunction:
			u.takes(nameOf(v)+" takes NULL", v.Args...)
		case v.Operator != "":
			u.refuses(v.Operator+" of NULL is NULL", v.Args...)
		}
	case *catalog.ListTest:
		u.refuses(v.Op+" of NULL is NULL", append([]catalog.Value{v.Left, v.Array}, v.List...)...)
	case *catalog.BetweenValue:
		u.refuses("BETWEEN of NULL is NULL", v.Arg, v.Low, v.High)
	}
}

// write looks at what is stored as it is.
func (u *uses) write(w *catalog.Write) {
	for _, s := range w.Set {
		u.stored(w.Target, s.Column, s.Value)
	}
	for _, b := range w.Merge {
		for _, s := range b.Set {
			u.stored(w.Target, s.Column, s.Value)
		}
	}
	u.input(w, w.Input)
}

// input looks at the query of an INSERT: each column is stored in one of the table.
func (u *uses) input(w *catalog.Write, q *catalog.Query) {
	if q == nil {
		return
	}
	if q.SetOp != nil {
		u.input(w, q.SetOp.Left)
		u.input(w, q.SetOp.Right)
	}
	for i, column := range w.Columns {
		if i < len(q.Columns) {
			u.stored(w.Target, column, q.Columns[i].Value)
		}
		for _, row := range q.Rows {
			if i < len(row) {
				u.stored(w.Target, column, row[i])
			}
		}
	}
}

// stored looks at a value stored in a column: the parameter itself, or what CASE chooses.
func (u *uses) stored(target *catalog.Source, column string, v catalog.Value) {
	if c, ok := v.(*catalog.CaseValue); ok {
		for _, w := range c.Whens {
			u.stored(target, column, w.Result)
		}
		u.stored(target, column, c.Else)
		return
	}
	if v == nil {
		return
	}
	if u.mayBeNull(target, column) {
		u.takes(column+" may be NULL", v)
	}
	u.refuses(column+" is NOT NULL", v)
}

// mayBeNull tells a column that accepts NULL; one of a view or that is not known does.
func (u *uses) mayBeNull(target *catalog.Source, column string) bool {
	if target == nil || target.Relation == nil {
		return true
	}
	rel := u.a.memo.relations[*target.Relation]
	if rel == nil {
		return true
	}
	for _, c := range rel.Columns {
		if c.Name == column {
			return !u.a.refusesNull(c)
		}
	}
	return true
}
