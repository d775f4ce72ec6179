package nullability

import (
	"strings"

	"github.com/trefoil-sql/trefoil/internal/catalog"
)

// elements is the verdict for the elements of an array.
func (a *analysis) elements(v catalog.Value, f *facts) Verdict {
	some := perhaps("an element may be NULL")
	switch v := v.(type) {
	case *catalog.ArrayValue:
		for _, e := range v.Elements {
			out := a.null(e, f)
			if e.Result().Array {
				out = a.elements(e, f)
			}
			if out.Nullable {
				return out
			}
		}
		return never("no element is NULL")
	case *catalog.SubqueryValue:
		if v.Kind == "array" && !v.Query.Columns[0].Type.Array {
			return a.query(v.Query, f).verdicts()[0]
		}
	case *catalog.ParameterValue:
		return never("elements of a parameter are not NULL")
	case *catalog.Constant:
		if !v.Null && !strings.Contains(strings.ToLower(v.Text), "null") {
			return never("no element is NULL")
		}
	case *catalog.CastValue:
		if v.Arg.Result().Array && v.Strict && a.partialCast(v.Arg.Result().Element(), v.Type.Element()) == "" {
			return a.elements(v.Arg, f)
		}
		if c, ok := v.Arg.(*catalog.Constant); ok {
			return a.elements(c, f)
		}
	case *catalog.CoalesceValue:
		return a.elementsOfAll(v.Args, f)
	case *catalog.FunctionCall:
		return a.elementsOfCall(v, f)
	}
	return some
}

func (a *analysis) elementsOfAll(arrays []catalog.Value, f *facts) Verdict {
	for _, v := range arrays {
		if out := a.elements(v, f); out.Nullable {
			return out
		}
	}
	return never("no element is NULL")
}

// elementsOfCall are those of an array that a function makes.
func (a *analysis) elementsOfCall(v *catalog.FunctionCall, f *facts) Verdict {
	some := perhaps("an element may be NULL")
	if !v.Builtin {
		return some
	}
	switch {
	case v.Name == "array_agg" && v.Kind == catalog.AggregateFunction && v.Over == nil && len(v.Args) == 1 && !isArray(v.Args[0]):
		in := a.aggregated(v, f)
		if in == nil {
			return some
		}
		return a.null(v.Args[0], in)
	case v.Name == "string_to_array" && len(v.Args) == 2, v.Name == "regexp_split_to_array", v.Name == "enum_range", v.Name == "array_positions",
		v.Name == "tsvector_to_array", v.Name == "parse_ident", v.Name == "current_schemas":
		return never("elements of " + v.Name + " are not NULL")
	case v.Name == "array_append", v.Name == "array_prepend", v.Name == "array_cat", v.Operator == "||":
		for _, arg := range v.Args {
			out := a.null(arg, f)
			if isArray(arg) {
				out = a.elements(arg, f)
			}
			if out.Nullable {
				return out
			}
		}
		return never("no element is NULL")
	}
	return some
}

// aggregated are the facts of the rows that an aggregate takes in: those that its FILTER leaves. Nil if they are not known.
func (a *analysis) aggregated(v *catalog.FunctionCall, f *facts) *facts {
	s := f.scope
	if s == nil || s.rows == nil || !ownedBy(v, s) {
		return nil
	}
	if v.Filter == nil {
		return s.rows
	}
	return a.with(s.rows, a.assume(v.Filter, isTrue, s.rows), "FILTER rules NULL out")
}

// hasElements tells an array that is not empty.
func hasElements(v catalog.Value) bool {
	switch v := v.(type) {
	case *catalog.ArrayValue:
		return len(v.Elements) > 0 && !v.Elements[0].Result().Array
	case *catalog.Constant:
		return !v.Null && strings.HasPrefix(v.Text, "{") && strings.ContainsFunc(v.Text, func(c rune) bool {
			return c == '"' || c >= '0' && c <= '9' || c >= 'A' && c <= 'Z' || c >= 'a' && c <= 'z'
		})
	case *catalog.CastValue:
		return v.Arg.Result().Array && hasElements(v.Arg) || !v.Arg.Result().Array && v.Type.Array && hasElements(v.Arg)
	}
	return false
}
