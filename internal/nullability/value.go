package nullability

import (
	"fmt"
	"strings"

	"github.com/trefoil-sql/trefoil/internal/catalog"
)

// null is the verdict for a value where the facts hold.
func (a *analysis) null(v catalog.Value, f *facts) Verdict {
	if f.impossible {
		return never("no row comes here")
	}
	if f.open {
		return a.findNull(v, f)
	}
	at := place{v, f}
	if have, ok := a.verdicts[at]; ok {
		return have
	}
	out := a.findNull(v, f)
	a.verdicts[at] = out
	return out
}

func (a *analysis) findNull(v catalog.Value, f *facts) Verdict {
	if column, ok := v.(*catalog.ColumnValue); ok {
		return a.column(column, f)
	}
	if constant, ok := v.(*catalog.Constant); ok && len(f.blanked) == 0 {
		if constant.Null {
			return perhaps("NULL is written")
		}
		return never("a constant")
	}
	if k, ok := f.known[a.key(v, f)]; ok && k.left&isNull == 0 && k.why != "" {
		return never(k.why)
	}
	if len(f.blanked) > 0 && a.isBlanked(v, f) {
		return perhaps("not in all grouping sets")
	}
	return a.nullOf(v, f)
}

// isBlanked tells a value that grouping sets can replace by NULL.
func (a *analysis) isBlanked(v catalog.Value, f *facts) bool {
	shape := a.shape(v, f)
	return f.blanked[shape] || f.blanked[anything] && strings.Contains(shape, unlike)
}

// nullOf is the verdict by what a value is made of.
func (a *analysis) nullOf(v catalog.Value, f *facts) Verdict {
	switch v := v.(type) {
	case *catalog.Constant:
		if v.Null {
			return perhaps("NULL is written")
		}
		return never("a constant")
	case *catalog.ParameterValue:
		if !a.use(v.Param).Nullable {
			return never("the parameter is not NULL")
		}
		return perhaps("the parameter may be NULL")
	case *catalog.WholeRow:
		return a.wholeRow(v, f)
	case *catalog.FunctionCall:
		return a.call(v, f)
	case *catalog.CastValue:
		return a.cast(v, f)
	case *catalog.Logic:
		return a.logic(v, f)
	case *catalog.IsNull, *catalog.IsBool, *catalog.IsDistinct:
		return never("a test that is true or false")
	case *catalog.CaseValue:
		return a.caseOf(v, f)
	case *catalog.CoalesceValue:
		return a.coalesce(v, f)
	case *catalog.NullIfValue:
		return a.nullIf(v, f)
	case *catalog.MinMaxValue:
		return a.minMax(v, f)
	case *catalog.ArrayValue:
		return never("an array is made")
	case *catalog.RowValue:
		return never("a row is made")
	case *catalog.SubscriptValue:
		return a.subscript(v, f)
	case *catalog.FieldValue:
		return a.field(v, f)
	case *catalog.ListTest:
		return a.listTest(v, f)
	case *catalog.BetweenValue:
		return a.anyOf(f, "a test", fields(v.Arg, v.Low, v.High)...)
	case *catalog.SubqueryValue:
		return a.subquery(v, f)
	case *catalog.Construct:
		return a.construct(v, f)
	}
	return perhaps("not known")
}

// anyOf is the verdict for what is NULL just when one of the values is.
func (a *analysis) anyOf(f *facts, what string, values ...catalog.Value) Verdict {
	for _, v := range values {
		if v == nil {
			continue
		}
		if out := a.null(v, f); out.Nullable {
			return out
		}
	}
	return never(what + " of values that are not NULL")
}

func (a *analysis) wholeRow(v *catalog.WholeRow, f *facts) Verdict {
	s := f.scope.find(v.Of)
	switch {
	case s == nil:
		return perhaps("not known")
	case s.isScalar():
		return a.columnIn(s, 0, f)
	case f.holds(s.key):
		return never("the row is there")
	}
	return perhaps(s.node.outerSide())
}

// field is a field of a composite: of a row of FROM it is a column.
func (a *analysis) field(v *catalog.FieldValue, f *facts) Verdict {
	if row, ok := v.Arg.(*catalog.WholeRow); ok {
		if s := f.scope.find(row.Of); s != nil && !s.isScalar() {
			for i, c := range s.Columns {
				if c.Name == v.Field {
					return a.columnIn(s, i, f)
				}
			}
		}
	}
	return perhaps("a field of a composite may be NULL")
}

// caseOf looks at each branch with what its condition, and the failing of those before, say.
func (a *analysis) caseOf(v *catalog.CaseValue, f *facts) Verdict {
	for _, w := range v.Whens {
		can := a.possible(w.Cond, f)
		if can&isTrue != 0 {
			in := a.with(f, a.assume(w.Cond, isTrue, f), "the branch's condition rules NULL out")
			if out := a.null(w.Result, in); out.Nullable {
				return out
			}
		}
		if can == isTrue {
			return never("no branch gives NULL")
		}
		f = a.with(f, a.assume(w.Cond, notTrue, f), "the conditions before rule NULL out")
		if f.impossible {
			return never("no branch gives NULL")
		}
	}
	if v.Else == nil {
		return perhaps("CASE without ELSE")
	}
	if out := a.null(v.Else, f); out.Nullable {
		return out
	}
	return never("no branch gives NULL")
}

// coalesce is NULL only where all arguments are: each is looked at as if those before were NULL.
func (a *analysis) coalesce(v *catalog.CoalesceValue, f *facts) Verdict {
	out := perhaps("coalesce of nothing")
	for _, arg := range v.Args {
		out = a.null(arg, f)
		if !out.Nullable {
			return never("coalesce ends with what is not NULL")
		}
		f = a.with(f, a.assume(arg, isNull, f), "coalesce comes here only if what is before is NULL")
	}
	return out
}

// nullIf is NULL where its first argument is, or both are equal.
func (a *analysis) nullIf(v *catalog.NullIfValue, f *facts) Verdict {
	if out := a.null(v.Left, f); out.Nullable {
		return out
	}
	left, ok := plain(v.Left).(*catalog.Constant)
	right, also := plain(v.Right).(*catalog.Constant)
	if ok && also && differ(left, right) {
		return never("nullif of constants that differ")
	}
	return perhaps("nullif gives NULL for equal values")
}

// minMax ignores NULL: greatest and least are NULL only if all arguments are.
func (a *analysis) minMax(v *catalog.MinMaxValue, f *facts) Verdict {
	out := perhaps("not known")
	for _, arg := range v.Args {
		if out = a.null(arg, f); !out.Nullable {
			return never("greatest and least pass over NULL")
		}
		f = a.with(f, a.assume(arg, isNull, f), "greatest and least pass over NULL")
	}
	return out
}

// subscript is an element, which may be missing, or a slice, which is an array even if it is empty.
func (a *analysis) subscript(v *catalog.SubscriptValue, f *facts) Verdict {
	if !v.Slice {
		return perhaps("an element may be missing")
	}
	return a.anyOf(f, "a slice", append([]catalog.Value{v.Arg}, v.Indices...)...)
}

// cast is NULL for NULL, and for what some conversions have no value for. A domain that is NOT NULL refuses NULL.
func (a *analysis) cast(v *catalog.CastValue, f *facts) Verdict {
	from, to := v.Arg.Result(), v.Type
	if to.Kind == catalog.DomainType && !to.Array && from.Name != to.Name && a.requiredDomain(to) {
		return never(fmt.Sprintf("domain %s is NOT NULL", to.Name.Name))
	}
	out, partial := a.null(v.Arg, f), a.partialCast(from, to)
	switch {
	case out.Nullable && (v.Strict || partial != ""):
		return out
	case partial != "":
		return perhaps(partial)
	case !v.Strict:
		return perhaps("the conversion may give NULL")
	}
	return out
}

// partialCast tells conversions that give NULL for some values that are not NULL.
func (a *analysis) partialCast(from, to catalog.Type) string {
	from, to = a.base(from), a.base(to)
	if from.Array || to.Array {
		return ""
	}
	switch {
	case (from.Name.Name == "timestamp" || from.Name.Name == "timestamptz") && (to.Name.Name == "time" || to.Name.Name == "timetz"):
		return "an infinite time has no time of day"
	case from.Name.Name == "jsonb" && scalarsOfJSON[to.Name.Name]:
		return "a JSON null is NULL"
	}
	return ""
}

// scalarsOfJSON are what jsonb can be cast to; from PostgreSQL 18 on a JSON null gives NULL, before it was an error.
var scalarsOfJSON = map[string]bool{"bool": true, "numeric": true, "int2": true, "int4": true, "int8": true, "float4": true, "float8": true}

// base is a type without its domains.
func (a *analysis) base(t catalog.Type) catalog.Type {
	for t.Kind == catalog.DomainType && !t.Array {
		d := a.domain(t)
		if d == nil {
			return t
		}
		t = d.Type
	}
	return t
}
