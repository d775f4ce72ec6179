package nullability

import "github.com/trefoil-sql/trefoil/internal/catalog"

// Param tells whether NULL makes sense for a parameter: where it is stored in a column that may be NULL, or used where
// NULL is looked at. Compared by an operator, NULL finds nothing.
func Param(c *catalog.Catalog, q *catalog.Query, p *catalog.Parameter) Verdict {
	for i, v := range Params(c, q) {
		if q.Params[i] == p {
			return v
		}
	}
	return perhaps("not a parameter of the query")
}

// Params are the verdicts of Param for each of q.Params.
func Params(c *catalog.Catalog, q *catalog.Query) []Verdict {
	return ask(c, q, func(a *analysis, r *answer) []Verdict {
		rows := r.output.scope.rows
		out := make([]Verdict, len(q.Params))
		for i, p := range q.Params {
			out[i] = a.use(p)
			if out[i].Nullable && !p.Nullable && rows != nil && rows.holds(parameterKey(a.number(p))) {
				out[i] = never("NULL would find no row")
			}
		}
		return out
	})
}

func parameterKey(number string) string { return "param(" + number + ")" }

// useOf is the verdict by the places where a parameter stands.
func useOf(c *catalog.Catalog, q *catalog.Query, p *catalog.Parameter) Verdict {
	switch {
	case p.Nullable:
		return perhaps("the query says so (sqlc.narg)")
	case p.Slice:
		return never("a list of values")
	}
	u := &uses{catalog: c, param: p, verdict: never(noMeaning)}
	u.query(q)
	return u.verdict
}

// noMeaning is the reason where nothing better is known.
const noMeaning = "NULL has no meaning here"

// uses looks for a use of a parameter where NULL makes sense.
type uses struct {
	catalog *catalog.Catalog
	param   *catalog.Parameter
	verdict Verdict
}

// found notes a use where NULL makes sense.
func (u *uses) found(why string) {
	if !u.verdict.Nullable {
		u.verdict = perhaps(why)
	}
}

// refused notes a use where NULL makes no sense.
func (u *uses) refused(why string, values ...catalog.Value) {
	for _, v := range values {
		if v != nil && u.is(v) && u.verdict.Reason == noMeaning {
			u.verdict.Reason = why
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
	u.refused("a number of rows", q.Limit, q.Offset)
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

// is tells the parameter itself, behind conversions that keep NULL.
func (u *uses) is(v catalog.Value) bool {
	for {
		switch at := v.(type) {
		case *catalog.CastValue:
			v = at.Arg
		case *catalog.ParameterValue:
			return at.Param == u.param
		default:
			return false
		}
	}
}

func (u *uses) any(why string, values ...catalog.Value) {
	for _, v := range values {
		if u.is(v) {
			u.found(why)
		}
	}
}

// value looks at the parts of a value.
func (u *uses) value(v catalog.Value) {
	switch v := v.(type) {
	case *catalog.IsNull:
		u.any("it is tested for NULL", v.Arg)
	case *catalog.IsBool:
		u.any("it is tested for NULL", v.Arg)
	case *catalog.IsDistinct:
		u.any("it is compared by IS DISTINCT FROM", v.Left, v.Right)
	case *catalog.CoalesceValue:
		u.any("coalesce passes over NULL", v.Args...)
	case *catalog.MinMaxValue:
		u.any("greatest and least pass over NULL", v.Args...)
	case *catalog.FunctionCall:
		switch {
		case !v.Strict && v.Kind == catalog.PlainFunction:
			u.any(nameOf(v)+" takes NULL", v.Args...)
		case v.Operator != "":
			u.refused(v.Operator+" of NULL is NULL", v.Args...)
		}
	case *catalog.ListTest:
		u.refused(v.Op+" of NULL is NULL", append([]catalog.Value{v.Left, v.Array}, v.List...)...)
	case *catalog.BetweenValue:
		u.refused("BETWEEN of NULL is NULL", v.Arg, v.Low, v.High)
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
		u.any(column+" may be NULL", v)
	}
	u.refused(column+" is NOT NULL", v)
}

// mayBeNull tells a column that accepts NULL; one of a view or that is not known does.
func (u *uses) mayBeNull(target *catalog.Source, column string) bool {
	if target == nil || target.Relation == nil {
		return true
	}
	a := &analysis{catalog: u.catalog, memo: memoOf(u.catalog)}
	rel := a.memo.relations[*target.Relation]
	if rel == nil {
		return true
	}
	for _, c := range rel.Columns {
		if c.Name == column {
			return !a.refusesNull(c)
		}
	}
	return true
}
