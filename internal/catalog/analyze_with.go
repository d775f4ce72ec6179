package catalog

import (
	pg_query "github.com/pganalyze/pg_query_go/v5"
)

// withClause adds the common table expressions to a scope. Each sees those before it; with RECURSIVE all see each other.
func (a *analysis) withClause(w *pg_query.WithClause, sc *scope) []*CTE {
	sc.ctes = map[string]*scopeItem{}
	made := make([]*CTE, len(w.Ctes))
	var define func(i int)
	define = func(i int) {
		if made[i] != nil {
			return
		}
		made[i] = &CTE{Name: w.Ctes[i].GetCommonTableExpr().GetCtename()}
		if w.Recursive {
			named := relationNames(w.Ctes[i])
			for k, n := range w.Ctes {
				if k > i && named[n.GetCommonTableExpr().GetCtename()] {
					define(k)
				}
			}
		}
		a.commonTable(w.Ctes[i].GetCommonTableExpr(), made[i], sc, w.Recursive)
	}
	for i, n := range w.Ctes {
		for k := range i {
			if name := n.GetCommonTableExpr().GetCtename(); w.Ctes[k].GetCommonTableExpr().GetCtename() == name {
				a.problem(failf(a.st.at(n.GetCommonTableExpr().Location), duplicateAlias, "WITH query name %q specified more than once", name))
			}
		}
		define(i)
	}
	return made
}

// relationNames are the plain names of relations in a tree.
func relationNames(n *pg_query.Node) map[string]bool {
	out := map[string]bool{}
	messagesIn(n, func(m any) {
		if v, ok := m.(*pg_query.RangeVar); ok && v.Schemaname == "" {
			out[v.Relname] = true
		}
	})
	return out
}

// commonTable is one common table expression.
func (a *analysis) commonTable(x *pg_query.CommonTableExpr, cte *CTE, sc *scope, recursive bool) {
	item := &scopeItem{name: x.Ctename, cte: cte}
	at := a.st.at(x.Location)
	if x.Ctequery.GetSelectStmt() == nil && sc.outer != nil {
		a.problem(failf(at, featureNotSupported, "WITH clause containing a data-modifying statement must be at the top level"))
	}
	if recursive && relationNames(x.Ctequery)[x.Ctename] && x.Ctequery.GetSelectStmt().GetOp() != pg_query.SetOperation_SETOP_UNION {
		a.problem(failf(at, invalidRecursion, "recursive query %q does not have the form non-recursive-term UNION [ALL] recursive-term", x.Ctename))
		sc.ctes[x.Ctename] = &scopeItem{name: x.Ctename, cte: cte, open: true}
	}
	names := stringsOf(x.Aliascolnames)
	query := x.Ctequery.GetSelectStmt()
	var columns []scopeColumn
	if recursive && query.GetLarg() != nil {
		cte.Query, columns = a.recursiveQuery(x, item, sc, names)
	} else {
		cte.Query, columns = a.subquery(x.Ctequery, sc)
	}
	if len(names) > len(columns) && !hasUnknown(columns) {
		a.problem(failf(a.st.at(x.Location), invalidColumnReference, "WITH query %q has %d columns available but %d columns specified",
			x.Ctename, len(columns), len(names)))
	}
	item.columns = renamed(columns, names)
	item.open = item.open || hasUnknown(columns)
	a.searchAndCycle(x, item, sc)
	for _, c := range item.columns {
		cte.Columns = append(cte.Columns, SourceColumn{Name: c.name, Type: c.typ.freeze()})
	}
	sc.ctes[x.Ctename] = item
}

// recursiveQuery is a set operation whose right side may use the query itself: its columns are then those of the left side.
func (a *analysis) recursiveQuery(x *pg_query.CommonTableExpr, item *scopeItem, sc *scope, names []string) (*Query, []scopeColumn) {
	n := x.Ctequery.GetSelectStmt()
	inner := sc.inner()
	q := &Query{Command: SelectCommand, Span: a.st.span()}
	if n.WithClause != nil {
		q.With = a.withClause(n.WithClause, inner)
	}
	var first []scopeColumn
	columns := a.setOperation(n, inner, q, func(left []scopeColumn) {
		first = derived(renamed(left, names))
		for i := range first {
			if first[i].isUnknown() {
				first[i].typ = a.builtin("text")
			}
			first[i].origin = nil
		}
		item.columns, item.open = first, hasUnknown(first)
		item.self = true
		inner.ctes = withItem(inner.ctes, x.Ctename, item)
	})
	item.self = false
	a.checkRecursion(x, item, q)
	a.sortAndLimit(n, inner.only(namespace{columns: derived(columns)}), q)
	columns = a.resolved(columns)
	for i := range columns {
		columns[i].origin = nil
		if item.cte.Recursive && i < len(first) && first[i].typ.typ != nil && columns[i].typ.typ != nil && !first[i].typ.same(columns[i].typ) {
			a.problem(hinted(a.st.at(x.Location), datatypeMismatch, "Cast the output of the non-recursive term to the correct type.",
				"recursive query %q column %d has type %s in non-recursive term but type %s overall",
				x.Ctename, i+1, a.r.typeText(first[i].typ), a.r.typeText(columns[i].typ)))
		}
	}
	q.setColumns(columns)
	return q, columns
}

// checkRecursion says what the right side of a recursive query may not be.
func (a *analysis) checkRecursion(x *pg_query.CommonTableExpr, item *scopeItem, q *Query) {
	at := a.st.at(x.Location)
	if item.uses > 1 {
		a.problem(failf(at, invalidRecursion, "recursive reference to query %q must not appear more than once", x.Ctename))
	}
	n := x.Ctequery.GetSelectStmt()
	for _, word := range []struct {
		there bool
		text  string
	}{{len(n.SortClause) > 0, "ORDER BY"}, {n.LimitOffset != nil, "OFFSET"}, {n.LimitCount != nil, "LIMIT"}, {len(n.LockingClause) > 0, "FOR UPDATE/SHARE"}} {
		if word.there && item.uses > 0 {
			a.problem(failf(at, featureNotSupported, "%s in a recursive query is not implemented", word.text))
		}
	}
	if item.uses > 0 && q.SetOp.Right.Grouped {
		a.problem(failf(at, invalidRecursion, "aggregate functions are not allowed in a recursive query's recursive term"))
	}
}

func withItem(ctes map[string]*scopeItem, name string, item *scopeItem) map[string]*scopeItem {
	out := map[string]*scopeItem{name: item}
	for n, i := range ctes {
		out[n] = i
	}
	return out
}

// searchAndCycle adds the columns of SEARCH and CYCLE.
func (a *analysis) searchAndCycle(x *pg_query.CommonTableExpr, item *scopeItem, sc *scope) {
	path := arrayOf(a.builtin("record"))
	if s := x.SearchClause; s != nil {
		t := path
		if s.SearchBreadthFirst {
			t = a.builtin("record")
		}
		item.columns = append(item.columns, scopeColumn{name: s.SearchSeqColumn, term: term{typ: t}})
	}
	if c := x.CycleClause; c != nil {
		marks := []term{a.expr(c.CycleMarkValue, sc), a.expr(c.CycleMarkDefault, sc)}
		mark := a.common(marks, "CYCLE")
		item.columns = append(item.columns, scopeColumn{name: c.CycleMarkColumn, term: term{typ: mark}},
			scopeColumn{name: c.CyclePathColumn, term: term{typ: path}})
	}
}
