package catalog

import (
	"slices"

	pg_query "github.com/pganalyze/pg_query_go/v5"

	"github.com/trefoil-sql/trefoil/internal/source"
)

// clause is a part of a query, with what may stand in it.
type clause struct {
	name                      string
	aggregates, windows, sets bool
}

var (
	inSelect    = &clause{"SELECT", true, true, true}
	inWhere     = &clause{name: "WHERE"}
	inJoin      = &clause{name: "JOIN conditions"}
	inFunction  = &clause{name: "functions in FROM", sets: true}
	inGroup     = &clause{name: "GROUP BY", sets: true}
	inHaving    = &clause{name: "HAVING", aggregates: true}
	inSort      = &clause{"ORDER BY", true, true, true}
	inDistinct  = &clause{"DISTINCT ON", true, true, true}
	inLimit     = &clause{name: "LIMIT"}
	inOffset    = &clause{name: "OFFSET"}
	inValues    = &clause{name: "VALUES"}
	inValuesRow = &clause{name: "VALUES", sets: true} // one row is what a SELECT would be
	inFilter    = &clause{name: "FILTER"}
	inWindow    = &clause{name: "window definitions", aggregates: true, sets: true}
	inUpdate    = &clause{name: "UPDATE"}
	inReturning = &clause{name: "RETURNING"}
	inMerge     = &clause{name: "MERGE WHEN conditions"}
)

// at is the scope in a part of its query.
func (s *scope) at(c *clause) *scope {
	out := *s
	out.clause = c
	return &out
}

// outward is the scope so many queries further out; nil beyond the outermost.
func (s *scope) outward(up int) *scope {
	for ; up > 0 && s != nil; up-- {
		s = s.outer
	}
	return s
}

// mayStand says where a function is called as it cannot be, or where it may not.
func (a *analysis) mayStand(c *candidate, x *pg_query.FuncCall, out *FunctionCall, sc *scope) {
	if err := a.calledRightly(c, x, out); err != nil {
		a.problem(err)
		return
	}
	switch {
	case out.Over != nil:
		if sc.clause != nil && !sc.clause.windows {
			a.problem(failf(out.Place, windowingError, "window functions are not allowed in %s", sc.clause.name))
		}
		if contains(out, isWindowed) {
			a.problem(failf(out.Place, windowingError, "window function calls cannot be nested"))
		}
	case c.kind == 'a':
		up, _ := leastLevel(out)
		if owner := sc.outward(up); owner != nil && owner.clause != nil && !owner.clause.aggregates {
			a.problem(failf(out.Place, groupingError, "aggregate functions are not allowed in %s", owner.clause.name))
		}
		a.inAggregate(out, up)
	case c.set && sc.clause != nil && !sc.clause.sets:
		a.problem(failf(out.Place, featureNotSupported, "set-returning functions are not allowed in %s", sc.clause.name))
	}
}

// inAggregate says what may not be in an aggregate's arguments.
func (a *analysis) inAggregate(out *FunctionCall, up int) {
	switch {
	case contains(out, func(f *FunctionCall) bool {
		inner, _ := leastLevel(f)
		return f.Kind == AggregateFunction && f.Over == nil && inner == up
	}):
		a.problem(failf(out.Place, groupingError, "aggregate function calls cannot be nested"))
	case contains(out, isWindowed):
		a.problem(failf(out.Place, groupingError, "aggregate function calls cannot contain window function calls"))
	case contains(out, func(f *FunctionCall) bool { return f.Set }):
		a.problem(failf(out.Place, featureNotSupported, "aggregate function calls cannot contain set-returning function calls"))
	}
}

func isWindowed(f *FunctionCall) bool { return f.Over != nil }

// contains tells whether there is a call of some sort in a value, at its own level and not the value itself.
func contains(v Value, wanted func(*FunctionCall) bool) bool {
	found := false
	Walk(v, func(x Value, level int) bool {
		if f, ok := x.(*FunctionCall); ok && x != v && level == 0 && wanted(f) {
			found = true
		}
		return !found && level == 0
	})
	return found
}

// orderedSets are the built-in aggregates that are called WITHIN GROUP.
var orderedSets = map[string]bool{"percentile_cont": true, "percentile_disc": true, "mode": true}

// calledRightly tells which words a call has that its function cannot have, or lacks.
func (a *analysis) calledRightly(c *candidate, x *pg_query.FuncCall, out *FunctionCall) error {
	wrong := func(format string) error { return failf(out.Place, wrongObjectType, format, c.sig.name) }
	unsupported := func(message string) error { return failf(out.Place, featureNotSupported, "%s", message) }
	ordered := c.kind == 'a' && out.Builtin && (orderedSets[c.sig.name] || hypothetical[c.sig.name])
	switch {
	case c.kind == 'p' && !a.calling:
		return hinted(out.Place, wrongObjectType, "To call a procedure, use CALL.", "%s is a procedure", c.sig.name)
	case c.kind == 'f' || c.kind == 'p':
		for _, word := range []struct {
			there bool
			text  string
		}{
			{x.AggStar, "%[1]s(*) specified, but %[1]s is not an aggregate function"},
			{x.AggDistinct, "DISTINCT specified, but %s is not an aggregate function"},
			{x.AggWithinGroup, "WITHIN GROUP specified, but %s is not an aggregate function"},
			{len(x.AggOrder) > 0, "ORDER BY specified, but %s is not an aggregate function"},
			{x.AggFilter != nil, "FILTER specified, but %s is not an aggregate function"},
			{x.Over != nil, "OVER specified, but %s is not a window function nor an aggregate function"},
		} {
			if word.there {
				return wrong(word.text)
			}
		}
	case c.kind == 'w' && x.Over == nil:
		return wrong("window function %s requires an OVER clause")
	case c.kind == 'w' && x.AggFilter != nil:
		return unsupported("FILTER is not implemented for non-aggregate window functions")
	case x.Over != nil && x.AggDistinct:
		if ordered {
			return wrong("WITHIN GROUP is required for ordered-set aggregate %s")
		}
		return unsupported("DISTINCT is not implemented for window functions")
	case ordered && !x.AggWithinGroup:
		return wrong("WITHIN GROUP is required for ordered-set aggregate %s")
	case ordered && x.Over != nil:
		return failf(out.Place, featureNotSupported, "OVER is not supported for ordered-set aggregate %s", c.sig.name)
	case x.Over != nil && len(x.AggOrder) > 0:
		return unsupported("aggregate ORDER BY is not implemented for window functions")
	case x.AggWithinGroup && !ordered && out.Builtin:
		return wrong("%s is not an ordered-set aggregate, so it cannot have WITHIN GROUP")
	case c.kind == 'a' && !x.AggStar && len(out.Args) == 0:
		return wrong("%s(*) must be used to call a parameterless aggregate function")
	case x.AggDistinct && !allIn(out.Order, out.Args):
		return failf(out.Place, invalidColumnReference, "in an aggregate with DISTINCT, ORDER BY expressions must appear in argument list")
	}
	return nil
}

// allIn tells whether all values are among others.
func allIn(some, all []Value) bool {
	keys := map[string]bool{}
	for _, v := range all {
		keys[valueKey(v)] = true
	}
	return !slices.ContainsFunc(some, func(v Value) bool { return !keys[valueKey(v)] })
}

// noSets says where a set stands in CASE or COALESCE, which would have to leave it out.
func (a *analysis) noSets(v Value, word string) {
	if contains(v, func(f *FunctionCall) bool { return f.Set }) {
		a.problem(failf(spanOr(v.At(), a.st.head()), featureNotSupported, "set-returning functions are not allowed in %s", word))
	}
}

// noColumnsIn says where LIMIT uses columns.
func (a *analysis) noColumnsIn(t term, word string) term {
	if usesColumns(t.v) {
		a.problem(failf(a.placeOf(t), invalidColumnReference, "argument of %s must not contain variables", word))
	}
	return t
}

// checkDistinct says where ORDER BY does not go with DISTINCT.
func (a *analysis) checkDistinct(on []Value, q *Query, columns []scopeColumn) {
	if !q.Distinct {
		return
	}
	at := a.st.head()
	if len(on) == 0 {
		var all []Value
		for _, c := range columns {
			all = append(all, c.v)
		}
		if !allIn(q.Order, all) {
			a.problem(failf(firstSpan(q.Order, at), invalidColumnReference, "for SELECT DISTINCT, ORDER BY expressions must appear in select list"))
		}
		return
	}
	if first := q.Order[:min(len(q.Order), len(on))]; !allIn(first, on) {
		a.problem(failf(firstSpan(on, at), invalidColumnReference, "SELECT DISTINCT ON expressions must match initial ORDER BY expressions"))
	}
}

func firstSpan(list []Value, otherwise source.Span) source.Span {
	if len(list) > 0 && list[0] != nil {
		return spanOr(list[0].At(), otherwise)
	}
	return otherwise
}
