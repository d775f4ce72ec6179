package nullability

import "github.com/trefoil-sql/trefoil/internal/catalog"

// possible are the outcomes that a value can have where the facts hold.
func (a *analysis) possible(v catalog.Value, f *facts) outcomes {
	if c, ok := v.(*catalog.Constant); ok && c.Null {
		return isNull
	}
	out := f.of(a.key(v, f))
	if len(f.blanked) > 0 && a.isBlanked(v, f) {
		return out
	}
	out &= a.truth(v, f)
	if out&isNull != 0 && !a.null(v, f).Nullable {
		out &^= isNull
	}
	return out
}

// truth are the outcomes that follow from what a condition is made of.
func (a *analysis) truth(v catalog.Value, f *facts) outcomes {
	switch v := v.(type) {
	case *catalog.Constant:
		return constantTruth(v)
	case *catalog.Logic:
		return a.logicTruth(v, f)
	case *catalog.IsNull:
		return a.isNullTruth(v, f)
	case *catalog.IsBool:
		return a.isBoolTruth(v, f)
	case *catalog.FunctionCall:
		return a.comparisonTruth(v, f)
	case *catalog.ListTest:
		if l := a.expand(v); l != nil {
			return a.possible(l, f)
		}
	case *catalog.CastValue:
		if v.Implicit && v.Strict {
			return a.possible(v.Arg, f)
		}
	}
	return everything
}

func constantTruth(c *catalog.Constant) outcomes {
	switch {
	case c.Null:
		return isNull
	case c.Kind == catalog.BoolLiteral && c.Text == "true":
		return isTrue
	case c.Kind == catalog.BoolLiteral && c.Text == "false":
		return isFalse
	}
	return notNull
}

func (a *analysis) logicTruth(v *catalog.Logic, f *facts) outcomes {
	if len(v.Args) == 0 {
		return everything
	}
	if v.Op == catalog.Not {
		return a.possible(v.Args[0], f).negated()
	}
	// An OR is the negation of the AND of the negations.
	flip := func(o outcomes) outcomes { return o }
	if v.Op == catalog.Or {
		flip = outcomes.negated
	}
	all, any := everything, outcomes(0)
	for _, arg := range v.Args {
		o := flip(a.possible(arg, f))
		any |= o & notTrue
		if o&isTrue == 0 {
			all &^= isTrue
		}
		if o&notFalse == 0 {
			all &^= notFalse
		}
	}
	return flip(all&isTrue | any&all&isNull | any&isFalse)
}

func (a *analysis) isNullTruth(v *catalog.IsNull, f *facts) outcomes {
	if a.isRow(v.Arg) {
		return notNull
	}
	out := outcomes(0)
	o := a.possible(v.Arg, f)
	if o&isNull != 0 {
		out |= isTrue
	}
	if o&notNull != 0 {
		out |= isFalse
	}
	if v.Not {
		return out.negated()
	}
	return out
}

func (a *analysis) isBoolTruth(v *catalog.IsBool, f *facts) outcomes {
	is := boolOutcome(v.Is)
	o := a.possible(v.Arg, f)
	out := outcomes(0)
	if o&is != 0 {
		out |= isTrue
	}
	if o&^is != 0 {
		out |= isFalse
	}
	if v.Not {
		return out.negated()
	}
	return out
}

func boolOutcome(word string) outcomes {
	switch word {
	case "true":
		return isTrue
	case "false":
		return isFalse
	}
	return isNull
}

// isRow tells a value of a row type, or of one that is not known: IS NULL looks at its fields.
func (a *analysis) isRow(v catalog.Value) bool {
	t := a.base(v.Result())
	return !t.Array && (t.Kind == catalog.CompositeType || t.Kind == catalog.UnknownType || t.Name.Name == "record")
}

// logic is the verdict for AND, OR and NOT. An AND is NULL if one operand is and none is false: each is looked at as if
// the others were not false.
func (a *analysis) logic(v *catalog.Logic, f *facts) Verdict {
	if v.Op == catalog.Not || len(v.Args) > 12 {
		return a.anyOf(f, "a condition", v.Args...)
	}
	undecided := notFalse
	if v.Op == catalog.Or {
		undecided = notTrue
	}
	for i, arg := range v.Args {
		if !a.null(arg, f).Nullable {
			continue
		}
		in := f
		for j, other := range v.Args {
			if j != i {
				in = a.with(in, a.assume(other, undecided, in), "else the condition is decided")
			}
		}
		if out := a.null(arg, in); out.Nullable {
			return out
		}
	}
	return never("a condition on values that are not NULL")
}

// listTest is the verdict for IN, ANY and ALL.
func (a *analysis) listTest(v *catalog.ListTest, f *facts) Verdict {
	if l := a.expand(v); l != nil {
		return a.null(l, f)
	}
	if len(v.List) > 0 {
		return a.anyOf(f, "a test", fields(append([]catalog.Value{v.Left}, v.List...)...)...)
	}
	if v.Array == nil {
		return perhaps("not known")
	}
	if out := a.anyOf(f, "a test", append(fields(v.Left), v.Array)...); out.Nullable {
		return out
	}
	if out := a.elements(v.Array, f); out.Nullable {
		return out
	}
	return never("a test of values that are not NULL")
}

// maxList is the longest list that is looked at element by element.
const maxList = 24

// expand is IN written as the comparisons that it stands for; nil if it is not such a test. A test asked for again is the same
// value.
func (a *analysis) expand(v *catalog.ListTest) catalog.Value {
	out, ok := a.expanded[v]
	if !ok {
		out = expandList(v)
		a.expanded[v] = out
	}
	return out
}

func expandList(v *catalog.ListTest) catalog.Value {
	if v.Array != nil || len(v.List) == 0 || len(v.List) > maxList || v.Op != "=" && v.Op != "<>" {
		return nil
	}
	boolean := catalog.Typed{Type: v.Type, Place: v.Place}
	l := &catalog.Logic{Typed: boolean, Op: catalog.Or}
	if v.All {
		l.Op = catalog.And
	}
	for _, e := range v.List {
		if isRowValue(v.Left) || isRowValue(e) {
			return nil
		}
		l.Args = append(l.Args, &catalog.FunctionCall{
			Typed: boolean, Schema: "pg_catalog", Name: v.Op, Operator: v.Op, Kind: catalog.PlainFunction, Args: []catalog.Value{v.Left, e},
			Strict: true, Builtin: true,
		})
	}
	if len(l.Args) == 1 {
		return l.Args[0]
	}
	return l
}

func isRowValue(v catalog.Value) bool {
	_, ok := plain(v).(*catalog.RowValue)
	return ok
}

// fields are values with rows that are written out taken apart: a comparison of rows looks at their fields.
func fields(values ...catalog.Value) []catalog.Value {
	var out []catalog.Value
	for _, v := range values {
		if row, ok := plain(v).(*catalog.RowValue); ok {
			out = append(out, fields(row.Fields...)...)
		} else {
			out = append(out, v)
		}
	}
	return out
}

// subquery is the verdict for a subquery in an expression.
func (a *analysis) subquery(v *catalog.SubqueryValue, f *facts) Verdict {
	switch v.Kind {
	case "exists":
		return never("EXISTS is true or false")
	case "array":
		return never("an array is made")
	case "scalar":
		r := a.query(v.Query, f)
		if !r.givesRow && !a.referenced(r, f) {
			return perhaps("the subquery may find no row")
		}
		return r.verdict(0, r.output)
	case "any", "all":
		if v.Test == nil {
			return perhaps("not known")
		}
		if out := a.anyOf(f, "a test", fields(v.Test)...); out.Nullable {
			return out
		}
		for _, out := range a.query(v.Query, f).verdicts() {
			if out.Nullable {
				return out
			}
		}
		return never("a test of values that are not NULL")
	}
	return perhaps("the subquery may find no row")
}
