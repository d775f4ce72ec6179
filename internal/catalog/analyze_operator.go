package catalog

import (
	pg_query "github.com/pganalyze/pg_query_go/v5"
)

// operator walks an operator and the constructs that the parser writes as one.
func (a *analysis) operator(x *pg_query.A_Expr, sc *scope) term {
	switch x.Kind {
	case pg_query.A_Expr_Kind_AEXPR_OP:
		return a.plainOperator(x, sc)
	case pg_query.A_Expr_Kind_AEXPR_LIKE, pg_query.A_Expr_Kind_AEXPR_ILIKE, pg_query.A_Expr_Kind_AEXPR_SIMILAR:
		left, right := a.expr(x.Lexpr, sc), a.expr(x.Rexpr, sc)
		return a.applyOperator(x.Name, &left, &right, x.Location)
	case pg_query.A_Expr_Kind_AEXPR_NULLIF:
		return a.nullIf(x, sc)
	case pg_query.A_Expr_Kind_AEXPR_IN:
		return a.in(x, sc)
	case pg_query.A_Expr_Kind_AEXPR_DISTINCT, pg_query.A_Expr_Kind_AEXPR_NOT_DISTINCT:
		return a.distinct(x, sc)
	case pg_query.A_Expr_Kind_AEXPR_OP_ANY, pg_query.A_Expr_Kind_AEXPR_OP_ALL:
		left, right := a.expr(x.Lexpr, sc), a.expr(x.Rexpr, sc)
		return a.anyOf(x, left, right)
	}
	return a.between(x, sc)
}

func (a *analysis) plainOperator(x *pg_query.A_Expr, sc *scope) term {
	if link := x.Rexpr.GetSubLink(); x.Lexpr.GetRowExpr() != nil && link.GetSubLinkType() == pg_query.SubLinkType_EXPR_SUBLINK {
		return a.rowLink(x.Lexpr, x.Name, link, sc)
	}
	if x.Lexpr == nil {
		right := a.expr(x.Rexpr, sc)
		return a.applyOperator(x.Name, nil, &right, x.Location)
	}
	left, right := a.expr(x.Lexpr, sc), a.expr(x.Rexpr, sc)
	if x.Lexpr.GetRowExpr() != nil && x.Rexpr.GetRowExpr() != nil {
		return a.compareRows(x.Name, left, right, x.Location)
	}
	return a.applyOperator(x.Name, &left, &right, x.Location)
}

// compareRows compares two rows field by field.
func (a *analysis) compareRows(names []*pg_query.Node, left, right term, location int32) term {
	l, r := rowTerms(left), rowTerms(right)
	result := a.builtin("bool")
	at := a.st.at(location)
	if len(l) != len(r) {
		a.problem(failf(at, syntaxError, "unequal number of entries in row expressions"))
		return term{typ: result, v: &Construct{Typed: typed(result, at), Name: "row"}}
	}
	tests := make([]Value, len(l))
	for i := range l {
		tests[i] = a.boolean(a.applyOperator(names, &l[i], &r[i], location), "row comparison").v
	}
	if len(tests) == 1 {
		return term{typ: result, v: tests[0]}
	}
	parts := stringsOf(names)
	switch parts[len(parts)-1] {
	case "=":
		return term{typ: result, v: &Logic{Typed: typed(result, at), Op: And, Args: tests}}
	case "<>":
		return term{typ: result, v: &Logic{Typed: typed(result, at), Op: Or, Args: tests}}
	}
	return term{typ: result, v: &Construct{Typed: typed(result, at), Name: "row", Args: tests}}
}

// rowTerms are the fields of a row as it is written.
func rowTerms(t term) []term {
	row, ok := t.v.(*RowValue)
	if !ok {
		return []term{t}
	}
	out := make([]term, len(row.Fields))
	for i, f := range row.Fields {
		out[i] = term{typ: t.row[i].typ, v: f, row: t.row[i].row}
	}
	return out
}

var equalSign = []*pg_query.Node{pg_query.MakeStrNode("=")}

func (a *analysis) nullIf(x *pg_query.A_Expr, sc *scope) term {
	left, right := a.expr(x.Lexpr, sc), a.expr(x.Rexpr, sc)
	a.boolean(a.applyOperator(equalSign, &left, &right, x.Location), "NULLIF")
	return term{typ: left.typ, v: &NullIfValue{Typed: typed(left.typ, a.st.at(x.Location)), Left: left.v, Right: right.v}}
}

// distinct is IS [NOT] DISTINCT FROM. With NULL it is a test for it; but of a row IS NULL would look at the fields, and this
// does not.
func (a *analysis) distinct(x *pg_query.A_Expr, sc *scope) term {
	result, at := a.builtin("bool"), a.st.at(x.Location)
	not := x.Kind == pg_query.A_Expr_Kind_AEXPR_NOT_DISTINCT
	left, right := a.expr(x.Lexpr, sc), a.expr(x.Rexpr, sc)
	if x.Lexpr.GetAConst().GetIsnull() || x.Rexpr.GetAConst().GetIsnull() {
		arg := left
		if x.Lexpr.GetAConst().GetIsnull() {
			arg = right
		}
		if isRowType(arg.v.Result()) {
			return term{typ: result, v: &IsDistinct{Typed: typed(result, at), Not: not, Left: left.v, Right: right.v}}
		}
		return term{typ: result, v: &IsNull{Typed: typed(result, at), Arg: arg.v, Not: !not}}
	}
	if x.Lexpr.GetRowExpr() != nil && x.Rexpr.GetRowExpr() != nil {
		a.compareRows(equalSign, left, right, x.Location)
	} else {
		a.boolean(a.applyOperator(equalSign, &left, &right, x.Location), "IS DISTINCT FROM")
	}
	return term{typ: result, v: &IsDistinct{Typed: typed(result, at), Not: not, Left: left.v, Right: right.v}}
}

func isRowType(t Type) bool {
	return !t.Array && (t.Kind == CompositeType || t.Kind == PseudoType && t.Name.Name == "record")
}

// between is [NOT] BETWEEN [SYMMETRIC]: two comparisons each way.
func (a *analysis) between(x *pg_query.A_Expr, sc *scope) term {
	result, at := a.builtin("bool"), a.st.at(x.Location)
	items := x.Rexpr.GetList().GetItems()
	out := &BetweenValue{Typed: typed(result, at)}
	switch x.Kind {
	case pg_query.A_Expr_Kind_AEXPR_NOT_BETWEEN:
		out.Not = true
	case pg_query.A_Expr_Kind_AEXPR_BETWEEN_SYM:
		out.Symmetric = true
	case pg_query.A_Expr_Kind_AEXPR_NOT_BETWEEN_SYM:
		out.Not, out.Symmetric = true, true
	}
	if len(items) != 2 {
		return term{typ: result, v: out}
	}
	compare := func(op string, limit *pg_query.Node) (term, term) {
		arg, to := a.expr(x.Lexpr, sc), a.expr(limit, sc)
		name := []*pg_query.Node{pg_query.MakeStrNode(op)}
		a.boolean(a.applyOperator(name, &arg, &to, x.Location), "BETWEEN")
		return arg, to
	}
	low, high := ">=", "<="
	if out.Not {
		low, high = "<", ">"
	}
	arg, least := compare(low, items[0])
	_, most := compare(high, items[1])
	out.Arg, out.Low, out.High = arg.v, least.v, most.v
	if out.Symmetric {
		compare(low, items[1])
		compare(high, items[0])
	}
	return term{typ: result, v: out}
}
