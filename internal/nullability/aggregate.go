package nullability

import (
	"slices"

	"github.com/trefoil-sql/trefoil/internal/catalog"
)

// aggregateKind says what an aggregate gives for the rows that it sees.
type aggregateKind int

const (
	// counts are never NULL.
	counts aggregateKind = iota + 1
	// collects is NULL only for no rows: NULL is taken in.
	collects
	// skips passes over rows where an argument is NULL, and is NULL only if none is left.
	skips
	// first is like skips, by its first argument.
	first
	// ordered is an ordered-set aggregate, by its fraction and what it sorts.
	ordered
)

// aggregates of PostgreSQL; the others can be NULL for one row, as the sample variance is.
var aggregates = map[string]aggregateKind{
	"count": counts, "regr_count": counts,
	"array_agg": collects, "json_agg": collects, "jsonb_agg": collects, "json_agg_strict": collects, "jsonb_agg_strict": collects,
	"json_object_agg": collects, "jsonb_object_agg": collects, "json_object_agg_unique": collects, "jsonb_object_agg_unique": collects,
	"json_object_agg_strict": collects, "jsonb_object_agg_strict": collects,
	"json_arrayagg": collects, "json_objectagg": collects,
	"sum": skips, "avg": skips, "min": skips, "max": skips, "bool_and": skips, "bool_or": skips, "every": skips, "bit_and": skips,
	"bit_or": skips, "bit_xor": skips, "range_agg": skips, "range_intersect_agg": skips, "xmlagg": skips, "any_value": skips,
	"var_pop": skips, "stddev_pop": skips, "covar_pop": skips, "regr_avgx": skips, "regr_avgy": skips, "regr_sxx": skips,
	"regr_syy": skips, "regr_sxy": skips,
	"string_agg":      first,
	"percentile_cont": ordered, "percentile_disc": ordered, "mode": ordered,
	"rank": counts, "dense_rank": counts, "percent_rank": counts, "cume_dist": counts, // hypothetical ones
}

// aggregate is the verdict for an aggregate, over a group or a window.
func (a *analysis) aggregate(v *catalog.FunctionCall, f *facts) Verdict {
	kind := aggregates[v.Name]
	switch {
	case !v.Builtin:
		return perhaps("aggregate " + v.Name + " may return NULL")
	case kind == 0:
		return perhaps(v.Name + " is NULL for too few rows")
	case kind == counts:
		return never(v.Name + " is never NULL")
	case v.Filter != nil:
		return perhaps(v.Name + " of no rows, if FILTER leaves none")
	case v.Over != nil && v.Over.MayBeEmpty:
		return perhaps(v.Name + " of no rows, if the frame is empty")
	}
	in := a.rowsOf(v, f)
	if in == nil {
		return perhaps(v.Name + " of no rows")
	}
	if kind == collects {
		return never(v.Name + " of at least one row")
	}
	args := v.Args
	if kind == first {
		args = args[:1]
	}
	if kind == ordered && slices.ContainsFunc(v.Args, isArray) {
		return perhaps(v.Name + " has NULL for fractions that are NULL")
	}
	if out := a.anyOf(in, v.Name, args...); out.Nullable {
		return out
	}
	return never(v.Name + " of at least one row that is not NULL")
}

// rowsOf are the facts of the rows that an aggregate or window function sees, where there is at least one; else nil.
func (a *analysis) rowsOf(v *catalog.FunctionCall, f *facts) *facts {
	s := f.scope
	if s == nil || s.rows == nil {
		return nil
	}
	if v.Over != nil {
		return a.windowFacts(s)
	}
	if !s.filled || !ownedBy(v, s) {
		return nil
	}
	return s.rows
}

// windowFacts are those of all rows that windows see: the groups of a query that has them, else its rows.
func (a *analysis) windowFacts(s *scope) *facts {
	if s.groups != nil {
		return s.groups
	}
	return s.rows
}

// window is the verdict for a window function that is no aggregate.
func (a *analysis) window(v *catalog.FunctionCall, f *facts) Verdict {
	if !v.Builtin || v.Over == nil || f.scope == nil || f.scope.rows == nil {
		return perhaps(v.Name + " may give NULL")
	}
	in := a.windowFacts(f.scope)
	switch v.Name {
	case "row_number", "rank", "dense_rank", "percent_rank", "cume_dist":
		return never(v.Name + " is never NULL")
	case "ntile":
		return a.anyOf(in, v.Name, v.Args...)
	case "lag", "lead":
		if len(v.Args) < 3 {
			return perhaps("no row " + map[string]string{"lag": "before", "lead": "after"}[v.Name])
		}
		return a.anyOf(in, v.Name, v.Args...)
	case "first_value", "last_value":
		if v.Over.MayBeEmpty {
			return perhaps(v.Name + " of no rows, if the frame is empty")
		}
		return a.anyOf(in, v.Name, v.Args...)
	}
	return perhaps(v.Name + " may find no row")
}
