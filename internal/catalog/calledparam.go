package catalog

import (
	"strings"

	pg_query "github.com/pganalyze/pg_query_go/v5"
)

// calledParams goes through a statement as sqlc does to name its parameters: by what stands closest around each.
type calledParams struct {
	macros map[*pg_query.ParamRef]macro
	names  map[int]CalledParam
	unsure map[int]bool
	seen   map[int]map[int32]bool // the places of each that have been named
}

// calledIn is what stands around an expression.
type calledIn struct {
	name string
	// known tells that a parameter here has the name.
	known bool
	null  NullMark
	// limit and offset are the numbers of the parameters that are a LIMIT and an OFFSET further out.
	limit, offset int32
}

func (in calledIn) named(name string, known bool) calledIn {
	in.name, in.known, in.null = name, known, NoMark
	return in
}

func (in calledIn) marked(m NullMark) calledIn {
	in.null = m
	return in
}

// note names a parameter. One that is called by two names has the first in sqlc's order, which is not followed here.
func (w *calledParams) note(p *pg_query.ParamRef, in calledIn) {
	n := int(p.Number)
	if w.seen[n] == nil {
		w.seen[n] = map[int32]bool{}
	}
	w.seen[n][p.Location] = true
	now := CalledParam{in.name, in.null}
	if m, ok := w.macros[p]; ok {
		now.Name, in.known = m.name, true
		if m.nullable {
			now.Null = PerhapsMark
		}
	}
	before, again := w.names[n]
	if again && before.Name != now.Name || !in.known {
		w.unsure[n] = true
	}
	if again && before.Null != now.Null {
		now.Null = NoMark
	}
	w.names[n] = now
}

func (w *calledParams) list(nodes []*pg_query.Node, in calledIn) {
	for _, n := range nodes {
		w.node(n, in)
	}
}

// node goes through an expression or an entry of FROM. What is not here has its parameters unnamed.
func (w *calledParams) node(n *pg_query.Node, in calledIn) {
	switch x := n.GetNode().(type) {
	case *pg_query.Node_ParamRef:
		w.param(x.ParamRef, in)
	case *pg_query.Node_AExpr:
		w.operator(x.AExpr, in)
	case *pg_query.Node_TypeCast:
		w.node(x.TypeCast.Arg, in.named("", true).marked(NeverMark))
	case *pg_query.Node_FuncCall:
		w.call(x.FuncCall, in)
	case *pg_query.Node_ResTarget:
		w.node(x.ResTarget.Val, in.named(x.ResTarget.Name, false))
	case *pg_query.Node_RangeFunction:
		w.list(x.RangeFunction.Functions, in.named("", false))
	case *pg_query.Node_CommonTableExpr:
		w.node(x.CommonTableExpr.Ctequery, in)
	default:
		if !w.plain(n, in) {
			w.statement(n, in)
		}
	}
}

// plain goes through what names no parameter itself.
func (w *calledParams) plain(n *pg_query.Node, in calledIn) bool {
	switch x := n.GetNode().(type) {
	case *pg_query.Node_List:
		w.list(x.List.Items, in)
	case *pg_query.Node_BoolExpr:
		w.list(x.BoolExpr.Args, in)
	case *pg_query.Node_CoalesceExpr:
		w.list(x.CoalesceExpr.Args, in)
	case *pg_query.Node_MinMaxExpr:
		w.list(x.MinMaxExpr.Args, in)
	case *pg_query.Node_RowExpr:
		w.list(x.RowExpr.Args, in)
	case *pg_query.Node_AArrayExpr:
		w.list(x.AArrayExpr.Elements, in)
	case *pg_query.Node_CaseExpr:
		w.list(append([]*pg_query.Node{x.CaseExpr.Arg, x.CaseExpr.Defresult}, x.CaseExpr.Args...), in)
	case *pg_query.Node_CaseWhen:
		w.list([]*pg_query.Node{x.CaseWhen.Expr, x.CaseWhen.Result}, in)
	case *pg_query.Node_NullTest:
		w.node(x.NullTest.Arg, in)
	case *pg_query.Node_SubLink:
		w.list([]*pg_query.Node{x.SubLink.Testexpr, x.SubLink.Subselect}, in)
	case *pg_query.Node_SortBy:
		w.node(x.SortBy.Node, in)
	case *pg_query.Node_JoinExpr:
		w.list([]*pg_query.Node{x.JoinExpr.Larg, x.JoinExpr.Rarg, x.JoinExpr.Quals}, in)
	case *pg_query.Node_RangeSubselect:
		w.node(x.RangeSubselect.Subquery, in)
	default:
		return false
	}
	return true
}

// param is a use of a parameter that no list of values has named.
func (w *calledParams) param(p *pg_query.ParamRef, in calledIn) {
	switch {
	case w.seen[int(p.Number)][p.Location]:
	case in.offset != 0 && p.Number == in.offset:
		w.note(p, in.named("offset", true))
	case in.limit != 0 && p.Number == in.limit:
		w.note(p, in.named("limit", true))
	default:
		w.note(p, in)
	}
}

// operator names a parameter after the first column on the left, or else on the right.
func (w *calledParams) operator(x *pg_query.A_Expr, in calledIn) {
	switch x.Kind {
	case pg_query.A_Expr_Kind_AEXPR_IN:
		in = in.named("", false)
	case pg_query.A_Expr_Kind_AEXPR_BETWEEN, pg_query.A_Expr_Kind_AEXPR_NOT_BETWEEN:
		w.between(x, in)
		return
	case pg_query.A_Expr_Kind_AEXPR_BETWEEN_SYM, pg_query.A_Expr_Kind_AEXPR_NOT_BETWEEN_SYM:
		in = in.named("", false)
	default:
		name, known := onlyColumn(x.Lexpr)
		if known && name == "" {
			name, known = onlyColumn(x.Rexpr)
		}
		in = in.named(name, known)
		if known && name == "" {
			in = in.marked(PerhapsMark)
		}
	}
	w.node(x.Lexpr, in)
	w.node(x.Rexpr, in)
}

// between names the ends after the column that is between them.
func (w *calledParams) between(x *pg_query.A_Expr, in calledIn) {
	key := ""
	if fields := stringsOf(x.Lexpr.GetColumnRef().GetFields()); len(fields) > 0 {
		key = fields[len(fields)-1]
	}
	w.node(x.Lexpr, in.named("", false))
	for i, end := range x.Rexpr.GetList().GetItems() {
		prefix := [...]string{"from_", "to_"}[min(i, 1)]
		w.node(end, in.named(prefix+key, key != "" && end.GetParamRef() != nil))
	}
}

// call has parameters of names that only sqlc's own list of functions tells.
func (w *calledParams) call(x *pg_query.FuncCall, in calledIn) {
	in = in.named("", false)
	for _, a := range x.Args {
		if named := a.GetNamedArgExpr(); named != nil {
			a = named.Arg
		}
		w.node(a, in)
	}
	w.list(x.AggOrder, in)
	w.node(x.AggFilter, in)
}

// onlyColumn is the name of the columns in an expression, if all have one: "" for none. It is unsure of what it does not
// look into.
func onlyColumn(n *pg_query.Node) (string, bool) {
	switch x := n.GetNode().(type) {
	case nil, *pg_query.Node_AConst, *pg_query.Node_ParamRef:
		return "", true
	case *pg_query.Node_ColumnRef:
		fields := stringsOf(x.ColumnRef.Fields)
		return strings.Join(fields[max(0, len(fields)-1):], ""), len(fields) == len(x.ColumnRef.Fields)
	case *pg_query.Node_TypeCast:
		return onlyColumn(x.TypeCast.Arg)
	case *pg_query.Node_FuncCall:
		return onlyColumnOf(x.FuncCall.Args)
	case *pg_query.Node_CoalesceExpr:
		return onlyColumnOf(x.CoalesceExpr.Args)
	case *pg_query.Node_AExpr:
		return onlyColumnOf([]*pg_query.Node{x.AExpr.Lexpr, x.AExpr.Rexpr})
	}
	return "", false
}

func onlyColumnOf(nodes []*pg_query.Node) (string, bool) {
	found := ""
	for _, n := range nodes {
		name, known := onlyColumn(n)
		if !known || found != "" && name != "" && name != found {
			return "", false
		}
		if name != "" {
			found = name
		}
	}
	return found, true
}
