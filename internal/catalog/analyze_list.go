package catalog

import (
	"slices"

	pg_query "github.com/pganalyze/pg_query_go/v5"
)

// in is [NOT] IN of a list. Where there are several values that use no column, they are brought to one type and compared as
// an array; each other one is compared for itself.
func (a *analysis) in(x *pg_query.A_Expr, sc *scope) term {
	result, at := a.builtin("bool"), a.st.at(x.Location)
	parts := stringsOf(x.Name)
	out := &ListTest{Typed: typed(result, at), Op: parts[len(parts)-1], All: parts[len(parts)-1] == "<>"}
	left := a.expr(x.Lexpr, sc)
	items := a.exprs(x.Rexpr.GetList().GetItems(), sc)
	var plain []int
	for i, t := range items {
		if !usesColumns(t.v) {
			plain = append(plain, i)
		}
	}
	compared := left
	asArray := len(plain) > 1 && a.inArray(x, left, items, plain, &compared)
	for i := range items {
		if asArray && slices.Contains(plain, i) {
			continue
		}
		l := left
		if x.Lexpr.GetRowExpr() != nil && isRow(items[i].v) {
			a.compareRows(x.Name, l, items[i], x.Location)
			continue
		}
		a.boolean(a.applyOperator(x.Name, &l, &items[i], x.Location), "IN")
		if !asArray && i == 0 {
			compared = l
		}
	}
	out.Left = compared.v
	for _, t := range items {
		out.List = append(out.List, t.v)
	}
	return term{typ: result, v: out}
}

func isRow(v Value) bool {
	_, ok := v.(*RowValue)
	return ok
}

// inArray compares with the values at some places as an array of their common type; false where they have none.
func (a *analysis) inArray(x *pg_query.A_Expr, left term, items []term, plain []int, compared *term) bool {
	all := []term{left}
	for _, i := range plain {
		all = append(all, items[i])
	}
	to, ok := a.commonType(all)
	if !ok || to.typ == nil || to.typ.name == "record" || to.array || slices.ContainsFunc(all, func(t term) bool { return !a.coerces(t.typ, to) }) {
		return false
	}
	for _, i := range plain {
		items[i] = a.coerce(items[i], to, true)
	}
	l, r := left, term{typ: to, v: items[plain[0]].v}
	a.boolean(a.applyOperator(x.Name, &l, &r, x.Location), "IN")
	for _, i := range plain {
		a.meet(l.v, items[i].v)
		items[i] = a.coerce(items[i], r.typ, true)
	}
	*compared = l
	return true
}

// anyOf is left op ANY or ALL of an array.
func (a *analysis) anyOf(x *pg_query.A_Expr, left, right term) term {
	result, at := a.builtin("bool"), a.st.at(x.Location)
	parts := stringsOf(x.Name)
	out := &ListTest{Typed: typed(result, at), Op: parts[len(parts)-1], All: x.Kind == pg_query.A_Expr_Kind_AEXPR_OP_ALL, Left: left.v, Array: right.v}
	if right.typ.typ == nil {
		return term{typ: result, v: out}
	}
	elem := right.typ
	if !right.isUnknown() {
		var ok bool
		if elem, ok = a.r.elementOf(right.typ); !ok {
			a.problem(failf(at, wrongObjectType, "op ANY/ALL (array) requires array on right side"))
			return term{typ: result, v: out}
		}
	}
	have := []typeRef{left.typ, unmodified(elem)}
	c, _ := a.findOperator(parts, have, false, at)
	if c == nil {
		return term{typ: result, v: out}
	}
	g, _ := a.r.bind(c.want, have)
	left = a.coerce(left, g.actual(a.r, c.want[0]), true)
	if to := g.actual(a.r, c.want[1]); !to.array {
		right = a.coerce(right, arrayOf(to), true)
	}
	a.meet(left.v, right.v)
	out.Left, out.Array = left.v, right.v
	return term{typ: result, v: out}
}
