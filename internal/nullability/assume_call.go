package nullability

import (
	"strconv"

	"github.com/trefoil-sql/trefoil/internal/catalog"
)

// assumeCall is a call of a function or operator that has one of the outcomes.
func (a *analysis) assumeCall(v *catalog.FunctionCall, want outcomes, f *facts) learned {
	if v.Kind != catalog.PlainFunction || v.Over != nil || v.Set {
		return nothing
	}
	out := nothing
	if v.Builtin && v.Operator != "" && len(v.Args) == 2 {
		out = a.assumeOperator(v, want, f)
	}
	if !v.Strict {
		return out
	}
	if want&isNull == 0 {
		return both(out, both(a.all(v.Args, notNull, f), a.assumeAlternatives(v, want, f)))
	}
	if want == isNull && v.Builtin && a.isTotal(v) && !a.comparesRows(v) {
		return both(out, a.some(v.Args, isNull, f))
	}
	return out
}

// assumeOperator is what equality, comparisons of truth values and counts of NULL say beside being strict.
func (a *analysis) assumeOperator(v *catalog.FunctionCall, want outcomes, f *facts) learned {
	out := nothing
	switch {
	case v.Operator == "<>" && want&isNull == 0:
		eq := a.equalityOf(v)
		out = both(that(a.equalityKey(eq, f), want.negated()), that(a.key(eq, f), want.negated()))
	case v.Operator == "=":
		out = that(a.equalityKey(v, f), want)
	}
	if want != isTrue && want != isFalse {
		return out
	}
	out = both(out, a.assumeSameTruth(v, want, f))
	out = both(out, a.assumeCount(v, want, f))
	return both(out, a.assumeRows(v, want, f))
}

// assumeSameTruth is = or <> of two conditions: both are true, or both are false, or one of each.
func (a *analysis) assumeSameTruth(v *catalog.FunctionCall, want outcomes, f *facts) learned {
	if v.Operator != "=" && v.Operator != "<>" || v.Args[0].Result().Name.Name != "bool" || v.Args[0].Result().Array {
		return nothing
	}
	l, r := v.Args[0], v.Args[1]
	pair := func(left, right outcomes) learned { return both(a.assume(l, left, f), a.assume(r, right, f)) }
	if (v.Operator == "=") == (want == isTrue) {
		return either(pair(isTrue, isTrue), pair(isFalse, isFalse))
	}
	return either(pair(isTrue, isFalse), pair(isFalse, isTrue))
}

// assumeRows is (a, b) = (c, d), written as rows: their fields are compared, and a field that is NULL makes it unknown
// unless others differ.
func (a *analysis) assumeRows(v *catalog.FunctionCall, want outcomes, f *facts) learned {
	if v.Operator != "=" || want != isTrue || !a.comparesRows(v) {
		return nothing
	}
	out := nothing
	for _, arg := range v.Args {
		out = both(out, a.all(plain(arg).(*catalog.RowValue).Fields, notNull, f))
	}
	return out
}

// comparesRows tells an operator on two rows that are written out: it looks at their fields.
func (a *analysis) comparesRows(v *catalog.FunctionCall) bool {
	return v.Operator != "" && len(v.Args) == 2 && isRowValue(v.Args[0]) && isRowValue(v.Args[1])
}

// assumeCount is num_nonnulls or num_nulls compared with a number.
func (a *analysis) assumeCount(v *catalog.FunctionCall, want outcomes, f *facts) learned {
	call, ok := plain(v.Args[0]).(*catalog.FunctionCall)
	c, also := plain(v.Args[1]).(*catalog.Constant)
	if !ok || !also || !call.Builtin || call.Variadic || c.Kind != catalog.IntLiteral || want != isTrue {
		return nothing
	}
	n, err := strconv.Atoi(c.Text)
	if err != nil || call.Name != "num_nonnulls" && call.Name != "num_nulls" {
		return nothing
	}
	low, high := countRange(v.Operator, n, len(call.Args))
	if call.Name == "num_nulls" {
		low, high = len(call.Args)-high, len(call.Args)-low
	}
	return a.assumeNotNulls(call.Args, low, high, f)
}

// countRange is the least and the greatest count, of at most all, that compares so with n.
func countRange(op string, n, all int) (low, high int) {
	switch op {
	case "=":
		return n, n
	case ">":
		return n + 1, all
	case ">=":
		return n, all
	case "<":
		return 0, n - 1
	case "<=":
		return 0, n
	}
	return 0, all
}

// assumeNotNulls is that between low and high of the values are not NULL.
func (a *analysis) assumeNotNulls(values []catalog.Value, low, high int, f *facts) learned {
	can, must := 0, 0
	for _, v := range values {
		o := a.possible(v, f)
		if o&notNull != 0 {
			can++
		}
		if o&isNull == 0 {
			must++
		}
	}
	out := nothing
	for _, v := range values {
		o := a.possible(v, f)
		switch {
		case can < low || must > high:
			return impossible
		case can == low && o&notNull != 0:
			out = both(out, a.assume(v, notNull, f))
		case must == high && o&isNull != 0:
			out = both(out, a.assume(v, isNull, f))
		}
	}
	if low > 0 && can > low {
		out = both(out, a.some(values, notNull, f))
	}
	return out
}

// assumeAlternatives looks into a COALESCE or CASE that an operator is applied to: what it gives for each alternative
// tells which of them it was, as in coalesce(x, 0) > 0.
func (a *analysis) assumeAlternatives(v *catalog.FunctionCall, want outcomes, f *facts) learned {
	if v.Operator == "" || f.open && len(f.known) > manyFacts {
		return nothing
	}
	for i, arg := range v.Args {
		switch arg := plain(arg).(type) {
		case *catalog.CoalesceValue:
			return a.assumeOneOf(v, i, arg.Args, want, f)
		case *catalog.CaseValue:
			c := &catalog.CaseValue{Typed: v.Typed}
			for _, w := range arg.Whens {
				c.Whens = append(c.Whens, catalog.WhenValue{Cond: w.Cond, Result: replaceArg(v, i, w.Result)})
			}
			if arg.Else != nil {
				c.Else = replaceArg(v, i, arg.Else)
			}
			return a.assumeCase(c, want, f)
		}
	}
	return nothing
}

// assumeOneOf is an operator on the first of some values that is not NULL.
func (a *analysis) assumeOneOf(v *catalog.FunctionCall, i int, values []catalog.Value, want outcomes, f *facts) learned {
	out, before := impossible, nothing
	for _, value := range values {
		here := both(before, a.assume(value, notNull, f))
		if !here.impossible {
			out = either(out, both(here, a.assume(replaceArg(v, i, value), want, a.with(f, here, ""))))
		}
		before = both(before, a.assume(value, isNull, f))
	}
	return out
}

// replaceArg is a call with another argument.
func replaceArg(v *catalog.FunctionCall, i int, arg catalog.Value) *catalog.FunctionCall {
	call := *v
	call.Args = append([]catalog.Value(nil), v.Args...)
	call.Args[i] = arg
	return &call
}
