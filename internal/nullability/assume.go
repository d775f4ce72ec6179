package nullability

import (
	"slices"
	"strings"

	"github.com/trefoil-sql/trefoil/internal/catalog"
)

// assume is what follows where a value has one of the outcomes, under facts that hold. It proves no more than that: what
// is not understood teaches nothing.
func (a *analysis) assume(v catalog.Value, want outcomes, f *facts) learned {
	if v == nil || f.impossible {
		return nothing
	}
	can := a.possible(v, f)
	if want &= can; want == 0 {
		return impossible
	}
	if want == everything {
		return nothing
	}
	if len(f.blanked) > 0 && a.isBlanked(v, f) {
		return a.assumeBlanked(v, want, f)
	}
	return both(that(a.key(v, f), want), a.assumeNode(v, want, f))
}

// assumeBlanked is a value that grouping sets can blank: its parts can be blanked where it is not. One that reads no column
// may have been computed before.
func (a *analysis) assumeBlanked(v catalog.Value, want outcomes, f *facts) learned {
	key := a.key(v, f)
	if !strings.Contains(key, "col#") {
		return nothing
	}
	return that(key, want)
}

func (a *analysis) assumeNode(v catalog.Value, want outcomes, f *facts) learned {
	switch v := v.(type) {
	case *catalog.Logic:
		return a.assumeLogic(v, want, f)
	case *catalog.IsNull:
		return a.assumeIsNull(v, want, f)
	case *catalog.IsBool:
		return a.assumeTest(v.Arg, boolOutcome(v.Is), v.Not, want, f)
	case *catalog.IsDistinct:
		return a.assumeDistinct(v, want, f)
	case *catalog.CaseValue:
		return a.assumeCase(v, want, f)
	case *catalog.CoalesceValue:
		return a.assumeFirst(v.Args, want, f)
	case *catalog.FunctionCall:
		return a.assumeCall(v, want, f)
	case *catalog.ListTest:
		return a.assumeList(v, want, f)
	case *catalog.BetweenValue:
		return a.assumeBetween(v, want, f)
	case *catalog.SubqueryValue:
		return a.assumeSubquery(v, want, f)
	}
	return a.assumeParts(v, want, f)
}

// assumeParts are values that are not NULL only if parts of them are not.
func (a *analysis) assumeParts(v catalog.Value, want outcomes, f *facts) learned {
	switch v := v.(type) {
	case *catalog.CastValue:
		return a.assumeCast(v, want, f)
	case *catalog.NullIfValue:
		if want&isNull == 0 {
			return a.assume(v.Left, notNull, f)
		}
	case *catalog.FieldValue:
		if want&isNull == 0 {
			return a.assume(v.Arg, notNull, f)
		}
	case *catalog.SubscriptValue:
		if want&isNull == 0 {
			return a.all(append([]catalog.Value{v.Arg}, v.Indices...), notNull, f)
		}
	case *catalog.MinMaxValue:
		if want&isNull == 0 {
			return a.some(v.Args, notNull, f)
		}
		if want == isNull {
			return a.all(v.Args, isNull, f)
		}
	}
	return nothing
}

// assumeCast is a conversion: strict ones keep NULL, and implicit ones keep true and false too.
func (a *analysis) assumeCast(v *catalog.CastValue, want outcomes, f *facts) learned {
	partial := a.partialCast(v.Arg.Result(), v.Type) != ""
	switch {
	case !v.Strict && !partial:
		return nothing
	case want&isNull == 0 && !v.Implicit:
		return a.assume(v.Arg, notNull, f)
	case want&isNull == 0, v.Implicit && !partial:
		return a.assume(v.Arg, want, f)
	case want == isNull && !partial:
		return a.assume(v.Arg, isNull, f)
	}
	return nothing
}

// all is what follows where all values have the outcomes.
func (a *analysis) all(values []catalog.Value, want outcomes, f *facts) learned {
	out := nothing
	for _, v := range values {
		if v != nil {
			out = both(out, a.assume(v, want, f))
		}
	}
	return out
}

// some is what follows where at least one value has the outcomes.
func (a *analysis) some(values []catalog.Value, want outcomes, f *facts) learned {
	out := impossible
	for _, v := range values {
		if v != nil {
			out = either(out, a.assume(v, want, f))
		}
	}
	return out
}

// assumeLogic is three-valued logic: an AND is true if all operands are, false if one is, and else NULL.
func (a *analysis) assumeLogic(v *catalog.Logic, want outcomes, f *facts) learned {
	switch v.Op {
	case catalog.Not:
		return a.assume(v.Args[0], want.negated(), f)
	case catalog.Or:
		want = want.negated()
	}
	of := func(o outcomes) outcomes {
		if v.Op == catalog.Or {
			return o.negated()
		}
		return o
	}
	switch want {
	case isTrue:
		return a.all(v.Args, of(isTrue), f)
	case isFalse:
		return a.some(v.Args, of(isFalse), f)
	case notFalse:
		return a.all(v.Args, of(notFalse), f)
	case notTrue:
		return a.some(v.Args, of(notTrue), f)
	case isNull:
		return both(a.all(v.Args, of(notFalse), f), a.some(v.Args, isNull, f))
	}
	return either(a.all(v.Args, of(isTrue), f), a.some(v.Args, of(isFalse), f))
}

// assumeTest is IS [NOT] of an outcome.
func (a *analysis) assumeTest(arg catalog.Value, is outcomes, not bool, want outcomes, f *facts) learned {
	if not {
		want = want.negated()
	}
	switch want {
	case isTrue:
		return a.assume(arg, is, f)
	case isFalse:
		return a.assume(arg, everything&^is, f)
	}
	return nothing
}

func (a *analysis) assumeIsNull(v *catalog.IsNull, want outcomes, f *facts) learned {
	if !a.isRow(v.Arg) {
		return a.assumeTest(v.Arg, isNull, v.Not, want, f)
	}
	return a.assumeRowTest(v, want, f)
}

// assumeRowTest is IS NULL of a row, true if all fields are NULL, or IS NOT NULL, true if none is. Where neither is true
// the row is there, but some field is NULL.
func (a *analysis) assumeRowTest(v *catalog.IsNull, want outcomes, f *facts) learned {
	if row, ok := v.Arg.(*catalog.RowValue); ok && len(row.Fields) > 0 {
		switch {
		case v.Not && want == isTrue:
			return a.all(row.Fields, notNull, f)
		case v.Not && want == isFalse:
			return a.some(row.Fields, isNull, f)
		case want == isTrue:
			return a.all(row.Fields, isNull, f)
		case want == isFalse:
			return a.some(row.Fields, notNull, f)
		}
		return nothing
	}
	if want != isTrue && want != isFalse || v.Not != (want == isTrue) {
		return nothing // a row that is there can have a field that is NULL
	}
	out := a.assume(v.Arg, notNull, f)
	if row, ok := v.Arg.(*catalog.WholeRow); ok && v.Not {
		if s := f.scope.find(row.Of); s != nil && len(f.blanked) == 0 {
			for i := range s.Columns {
				out = both(out, that(a.sourceKey(s, i), notNull))
			}
		}
	}
	return out
}

// assumeDistinct: what is not distinct from a value that is not NULL is not NULL.
func (a *analysis) assumeDistinct(v *catalog.IsDistinct, want outcomes, f *facts) learned {
	if v.Not {
		want = want.negated()
	}
	pair := func(left, right outcomes) learned {
		return both(a.assume(v.Left, left, f), a.assume(v.Right, right, f))
	}
	switch want {
	case isFalse:
		return either(pair(isNull, isNull), pair(notNull, notNull))
	case isTrue:
		return either(pair(notNull, notNull), either(pair(isNull, notNull), pair(notNull, isNull)))
	}
	return nothing
}

// assumeCase: one branch gave the outcome, and the conditions before it were not true.
func (a *analysis) assumeCase(v *catalog.CaseValue, want outcomes, f *facts) learned {
	out, before := impossible, nothing
	for _, w := range v.Whens {
		branch := both(before, a.assume(w.Cond, isTrue, f))
		if !branch.impossible {
			out = either(out, both(branch, a.assume(w.Result, want, a.with(f, branch, ""))))
		}
		before = both(before, a.assume(w.Cond, notTrue, f))
	}
	switch {
	case v.Else != nil && !before.impossible:
		return either(out, both(before, a.assume(v.Else, want, a.with(f, before, ""))))
	case v.Else == nil && want&isNull != 0:
		return either(out, before)
	}
	return out
}

// assumeFirst is COALESCE: the first that is not NULL has the outcome.
func (a *analysis) assumeFirst(args []catalog.Value, want outcomes, f *facts) learned {
	out, before := impossible, nothing
	for _, arg := range args {
		if o := want & notNull; o != 0 {
			out = either(out, both(before, a.assume(arg, o, a.with(f, before, ""))))
		}
		before = both(before, a.assume(arg, isNull, f))
		if before.impossible {
			return out
		}
	}
	if want&isNull != 0 {
		return either(out, before)
	}
	return out
}

// assumeBetween: BETWEEN is true only if all three are not NULL, and false only if its argument and one bound are not.
func (a *analysis) assumeBetween(v *catalog.BetweenValue, want outcomes, f *facts) learned {
	if v.Not {
		want = want.negated()
	}
	switch {
	case want == isTrue:
		return a.all([]catalog.Value{v.Arg, v.Low, v.High}, notNull, f)
	case want&isNull == 0:
		return a.assume(v.Arg, notNull, f)
	}
	return nothing
}

// assumeList is IN, ANY and ALL.
func (a *analysis) assumeList(v *catalog.ListTest, want outcomes, f *facts) learned {
	if l := a.expand(v); l != nil {
		return a.assume(l, want, f)
	}
	if want&isNull != 0 || isRowValue(v.Left) {
		return nothing
	}
	if len(v.List) > 0 {
		return a.assume(v.Left, notNull, f)
	}
	if v.Array == nil {
		return nothing
	}
	out := a.assume(v.Array, notNull, f)
	// Of an empty array ANY is false and ALL is true, whatever is on the left.
	if !v.All && want == isTrue || v.All && want == isFalse || hasElements(v.Array) {
		out = both(out, a.assume(v.Left, notNull, f))
	}
	return out
}

// assumeSubquery: where there is a row, the subquery's WHERE was true for it, which says something of what is outside.
func (a *analysis) assumeSubquery(v *catalog.SubqueryValue, want outcomes, f *facts) learned {
	found := v.Kind == "exists" && want == isTrue || v.Kind == "any" && want == isTrue || v.Kind == "all" && want == isFalse ||
		v.Kind == "scalar" && want&isNull == 0
	if !found || v.Query == nil {
		return nothing
	}
	before := a.next
	r := a.query(v.Query, f)
	in := r.output
	if v.Kind == "scalar" && len(r.query.Columns) > 0 && r.query.Columns[0].Value != nil && r.fixed == nil {
		in = a.with(in, a.assume(r.query.Columns[0].Value, want, in), "")
	}
	if in.impossible {
		return impossible
	}
	var out learned
	for k, fact := range in.known {
		if f.of(k)&fact.left != f.of(k) && !numberedAfter(k, before) {
			out.left = append(out.left, conclusion{k, f.of(k) & fact.left})
		}
	}
	slices.SortFunc(out.left, func(a, b conclusion) int { return strings.Compare(a.key, b.key) })
	if row, ok := plain(v.Test).(*catalog.RowValue); ok && v.Op == "=" {
		return both(out, a.all(row.Fields, notNull, f))
	}
	if v.Test != nil && (v.Kind == "any" || v.Kind == "all") && !isRowValue(v.Test) {
		return both(out, a.assume(v.Test, notNull, f))
	}
	return out
}
