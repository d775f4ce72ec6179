package nullability

import (
	"slices"
	"strings"

	"github.com/trefoil-sql/trefoil/internal/catalog"
)

// functionRule is the verdict for a call of one of PostgreSQL's functions.
type functionRule func(a *analysis, v *catalog.FunctionCall, f *facts) Verdict

// special are the functions that a list of signatures does not do justice to: those that are not strict, and those whose
// result depends on the values of arguments.
var special map[string]functionRule

// The rules look at arguments, which can be calls again: only init may refer to both.
func init() { special = specialRules }

var specialRules = map[string]functionRule{
	"concat":             unlessArray,
	"num_nulls":          unlessArray,
	"num_nonnulls":       unlessArray,
	"json_build_object":  unlessArray,
	"jsonb_build_object": unlessArray,
	"json_build_array":   unlessArray,
	"jsonb_build_array":  unlessArray,
	"quote_nullable":     always,
	"pg_typeof":          always,
	"enum_first":         always,
	"enum_last":          always,
	"enum_range":         always,
	"array_append":       always,
	"array_prepend":      always,
	"array_fill":         always,
	"array_cat":          oneOf,
	"concat_ws":          separated,
	"format":             needs(0),
	"string_to_array":    needs(0),
	"array_remove":       needs(0),
	"array_replace":      needs(0),
	"array_positions":    needs(0),
	"array_to_string":    needs(0, 1),
	"jsonb_set_lax":      needs(0, 1, 3),
	"overlaps":           allArguments,
	"set_config":         allArguments,
	"make_timestamptz":   allArguments,
	"extract":            datePart,
	"date_part":          datePart,
	"int4range":          always,
	"int8range":          always,
	"numrange":           always,
	"tsrange":            always,
	"tstzrange":          always,
	"daterange":          always,
	"int4multirange":     multirange,
	"int8multirange":     multirange,
	"nummultirange":      multirange,
	"tsmultirange":       multirange,
	"tstzmultirange":     multirange,
	"datemultirange":     multirange,
}

func always(_ *analysis, v *catalog.FunctionCall, _ *facts) Verdict {
	return never(nameOf(v) + " never gives NULL")
}

func allArguments(a *analysis, v *catalog.FunctionCall, f *facts) Verdict {
	return a.anyOf(f, nameOf(v), v.Args...)
}

// unlessArray is a function of any number of values, which is only NULL when it is called with VARIADIC and no array.
func unlessArray(a *analysis, v *catalog.FunctionCall, f *facts) Verdict {
	if v.Variadic {
		return allArguments(a, v, f)
	}
	return always(a, v, f)
}

// separated is concat_ws: NULL for a NULL separator.
func separated(a *analysis, v *catalog.FunctionCall, f *facts) Verdict {
	if v.Variadic {
		return allArguments(a, v, f)
	}
	return needs(0)(a, v, f)
}

// needs is a function that is NULL only where one of these arguments is.
func needs(arguments ...int) functionRule {
	return func(a *analysis, v *catalog.FunctionCall, f *facts) Verdict {
		var values []catalog.Value
		for _, i := range arguments {
			if i < len(v.Args) {
				values = append(values, v.Args[i])
			}
		}
		return a.anyOf(f, nameOf(v), values...)
	}
}

// oneOf is a function that is NULL only where all arguments are.
func oneOf(a *analysis, v *catalog.FunctionCall, f *facts) Verdict {
	out := perhaps(nameOf(v) + " may give NULL")
	for _, arg := range v.Args {
		if out = a.null(arg, f); !out.Nullable {
			return out
		}
	}
	return out
}

// multirange refuses ranges that are NULL, but for a single one.
func multirange(a *analysis, v *catalog.FunctionCall, f *facts) Verdict {
	if len(v.Args) == 1 {
		return allArguments(a, v, f)
	}
	return always(a, v, f)
}

// growing are the fields that an infinite time, date or interval has too.
var growing = []string{"epoch", "year", "decade", "century", "millennium"}

// datePart is extract: most fields of an infinite value are NULL.
func datePart(a *analysis, v *catalog.FunctionCall, f *facts) Verdict {
	if len(v.Args) != 2 {
		return perhaps(nameOf(v) + " may give NULL")
	}
	field, ok := plain(v.Args[0]).(*catalog.Constant)
	timeOfDay := strings.HasPrefix(a.base(v.Args[1].Result()).Name.Name, "time") && !strings.HasPrefix(a.base(v.Args[1].Result()).Name.Name, "timestamp")
	if !timeOfDay && (!ok || !slices.Contains(growing, strings.ToLower(field.Text))) {
		return perhaps("most fields of an infinite time are NULL")
	}
	return allArguments(a, v, f)
}
