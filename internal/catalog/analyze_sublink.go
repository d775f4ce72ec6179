package catalog

import (
	pg_query "github.com/pganalyze/pg_query_go/v5"
)

// subLink is a subquery in an expression.
func (a *analysis) subLink(x *pg_query.SubLink, sc *scope) term {
	at := a.st.at(x.Location)
	if a.noSubqueries != "" {
		a.problem(failf(at, featureNotSupported, "cannot use subquery in %s", a.noSubqueries))
	}
	boolean := a.builtin("bool")
	switch x.SubLinkType {
	case pg_query.SubLinkType_EXISTS_SUBLINK:
		q, _ := a.nested(x, sc)
		return term{typ: boolean, v: &SubqueryValue{Typed: typed(boolean, at), Kind: "exists", Query: q}}
	case pg_query.SubLinkType_ANY_SUBLINK, pg_query.SubLinkType_ALL_SUBLINK:
		return a.anyLink(x, sc)
	}
	q, columns := a.nested(x, sc)
	a.oneColumn(columns, x)
	t := a.firstColumn(q, columns)
	t.v.(*SubqueryValue).Place = at
	if x.SubLinkType == pg_query.SubLinkType_ARRAY_SUBLINK {
		if _, isArray := a.r.elementOf(t.typ); !isArray || baseOf(t.typ).typ.kind == PseudoType {
			t.typ = arrayOf(t.typ)
		}
		t.v = &SubqueryValue{Typed: typed(t.typ, at), Kind: "array", Query: q}
		t.row = nil
	}
	return t
}

// nested walks a sublink's query.
func (a *analysis) nested(x *pg_query.SubLink, sc *scope) (*Query, []scopeColumn) {
	a.depth++
	defer func() { a.depth-- }()
	return a.subquery(x.Subselect, sc)
}

func (a *analysis) oneColumn(columns []scopeColumn, x *pg_query.SubLink) {
	if len(columns) != 1 && !hasUnknown(columns) {
		message := "subquery must return only one column"
		if len(columns) == 0 {
			message = "subquery must return a column"
		}
		a.problem(failf(a.st.at(x.Location), syntaxError, "%s", message))
	}
}

// anyLink is left op ANY or ALL of a subquery, and IN.
func (a *analysis) anyLink(x *pg_query.SubLink, sc *scope) term {
	names := x.OperName
	if len(names) == 0 {
		names = equalSign
	}
	left := a.expr(x.Testexpr, sc)
	q, columns := a.nested(x, sc)
	kind := "any"
	if x.SubLinkType == pg_query.SubLinkType_ALL_SUBLINK {
		kind = "all"
	}
	return a.compareLink(x, names, kind, left, q, columns)
}

// rowLink is a row compared with a subquery's only row.
func (a *analysis) rowLink(row *pg_query.Node, names []*pg_query.Node, x *pg_query.SubLink, sc *scope) term {
	if a.noSubqueries != "" {
		a.problem(failf(a.st.at(x.Location), featureNotSupported, "cannot use subquery in %s", a.noSubqueries))
	}
	left := a.expr(row, sc)
	q, columns := a.nested(x, sc)
	return a.compareLink(x, names, "row", left, q, columns)
}

// compareLink compares a value or row with the columns of a subquery.
func (a *analysis) compareLink(x *pg_query.SubLink, names []*pg_query.Node, kind string, left term, q *Query, columns []scopeColumn) term {
	result := a.builtin("bool")
	parts := stringsOf(names)
	out := &SubqueryValue{Typed: typed(result, a.st.at(x.Location)), Kind: kind, Op: parts[len(parts)-1], Test: left.v, Query: q}
	sides := rowTerms(left)
	if len(sides) != len(columns) && !hasUnknown(columns) {
		word := map[bool]string{true: "many", false: "few"}[len(columns) > len(sides)]
		a.problem(failf(out.Place, syntaxError, "subquery has too %s columns", word))
		return term{typ: result, v: out}
	}
	for i := range min(len(sides), len(columns)) {
		right := term{typ: columns[i].typ, v: &ColumnValue{Typed: typed(columns[i].typ, out.Place), Name: columns[i].name, Origin: columns[i].origin}}
		a.applyOperator(names, &sides[i], &right, x.Location)
		if len(sides) == 1 {
			out.Test = sides[0].v
		}
	}
	return term{typ: result, v: out}
}
