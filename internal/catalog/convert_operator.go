package catalog

import (
	pg_query "github.com/pganalyze/pg_query_go/v5"
)

// operator converts what the grammar gives as an A_Expr: operators and the predicates written with keywords.
func (c converter) operator(n *pg_query.Node, x *pg_query.A_Expr) Expr {
	names := stringsOf(x.Name)
	if len(names) == 0 {
		return c.opaque(n)
	}
	name := names[len(names)-1]
	switch x.Kind {
	case pg_query.A_Expr_Kind_AEXPR_OP:
		op := &Op{Place: c.place(n), Name: name, Left: c.optional(x.Lexpr), Right: c.optional(x.Rexpr)}
		if len(names) == 2 {
			op.Schema = names[0]
		}
		return op
	case pg_query.A_Expr_Kind_AEXPR_OP_ANY, pg_query.A_Expr_Kind_AEXPR_OP_ALL:
		all := x.Kind == pg_query.A_Expr_Kind_AEXPR_OP_ALL
		return &Quantified{c.place(n), name, all, c.expr(x.Lexpr), c.expr(x.Rexpr)}
	case pg_query.A_Expr_Kind_AEXPR_DISTINCT, pg_query.A_Expr_Kind_AEXPR_NOT_DISTINCT:
		not := x.Kind == pg_query.A_Expr_Kind_AEXPR_NOT_DISTINCT
		return &Distinct{c.place(n), not, c.expr(x.Lexpr), c.expr(x.Rexpr)}
	case pg_query.A_Expr_Kind_AEXPR_NULLIF:
		return &NullIf{c.place(n), c.expr(x.Lexpr), c.expr(x.Rexpr)}
	case pg_query.A_Expr_Kind_AEXPR_IN:
		return &In{c.place(n), name == "<>", c.expr(x.Lexpr), c.list(x.Rexpr.GetList().GetItems())}
	}
	if kind, ok := betweens[x.Kind]; ok {
		return c.between(n, x, kind)
	}
	if kind, ok := likes[x.Kind]; ok {
		return c.like(n, x, kind, name)
	}
	return c.opaque(n)
}

type betweenKind struct{ not, symmetric bool }

var betweens = map[pg_query.A_Expr_Kind]betweenKind{
	pg_query.A_Expr_Kind_AEXPR_BETWEEN:         {},
	pg_query.A_Expr_Kind_AEXPR_NOT_BETWEEN:     {not: true},
	pg_query.A_Expr_Kind_AEXPR_BETWEEN_SYM:     {symmetric: true},
	pg_query.A_Expr_Kind_AEXPR_NOT_BETWEEN_SYM: {not: true, symmetric: true},
}

func (c converter) between(n *pg_query.Node, x *pg_query.A_Expr, kind betweenKind) Expr {
	bounds := x.Rexpr.GetList().GetItems()
	if len(bounds) != 2 {
		return c.opaque(n)
	}
	return &Between{
		Place: c.place(n), Not: kind.not, Symmetric: kind.symmetric,
		Arg: c.expr(x.Lexpr), Low: c.expr(bounds[0]), High: c.expr(bounds[1]),
	}
}

var likes = map[pg_query.A_Expr_Kind]string{
	pg_query.A_Expr_Kind_AEXPR_LIKE:    "like",
	pg_query.A_Expr_Kind_AEXPR_ILIKE:   "ilike",
	pg_query.A_Expr_Kind_AEXPR_SIMILAR: "similar",
}

// like converts LIKE, ILIKE and SIMILAR TO. The grammar wraps the pattern in a function where ESCAPE was written, and
// always for SIMILAR TO.
func (c converter) like(n *pg_query.Node, x *pg_query.A_Expr, kind, operator string) Expr {
	out := &Like{Place: c.place(n), Kind: kind, Not: operator[0] == '!', Arg: c.expr(x.Lexpr)}
	pattern := x.Rexpr
	if args := escapeArgs(pattern); args != nil {
		pattern = args[0]
		if len(args) == 2 {
			out.Escape = c.expr(args[1])
		}
	}
	out.Pattern = c.expr(pattern)
	return out
}

// escapeArgs gives the arguments of the grammar's own call of an escape function, nil for another pattern.
func escapeArgs(n *pg_query.Node) []*pg_query.Node {
	call := n.GetFuncCall()
	names := stringsOf(call.GetFuncname())
	if len(names) != 2 || names[0] != "pg_catalog" || len(call.Args) == 0 {
		return nil
	}
	if names[1] == "like_escape" || names[1] == "similar_to_escape" {
		return call.Args
	}
	return nil
}
