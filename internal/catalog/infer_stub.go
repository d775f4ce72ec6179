package catalog

import pg_query "github.com/pganalyze/pg_query_go/v5"

func (a *analysis) coerces(from, to typeRef) bool { return false }

func (a *analysis) call(x *pg_query.FuncCall, sc *scope) typeRef {
	a.exprs(x.Args, sc)
	return typeRef{}
}

func (a *analysis) operator(x *pg_query.A_Expr, sc *scope) typeRef {
	a.expr(x.Lexpr, sc)
	a.expr(x.Rexpr, sc)
	return typeRef{}
}

func (a *analysis) outColumns(call *pg_query.FuncCall) ([]scopeColumn, bool) { return nil, false }
