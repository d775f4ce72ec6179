package catalog

import (
	"strings"

	pg_query "github.com/pganalyze/pg_query_go/v5"
)

// canonicalSQL writes an expression out in one form, whatever case, spacing and parentheses the statement had. It is
// "" for what the parser's own printer has no form for.
func canonicalSQL(n *pg_query.Node) string {
	if n == nil {
		return ""
	}
	target := &pg_query.ResTarget{Val: n}
	sel := &pg_query.SelectStmt{
		TargetList:  []*pg_query.Node{{Node: &pg_query.Node_ResTarget{ResTarget: target}}},
		LimitOption: pg_query.LimitOption_LIMIT_OPTION_DEFAULT,
		Op:          pg_query.SetOperation_SETOP_NONE,
	}
	sql, _ := strings.CutPrefix(canonicalStatement(&pg_query.Node{Node: &pg_query.Node_SelectStmt{SelectStmt: sel}}), "SELECT")
	return strings.TrimSpace(sql)
}

// canonicalStatement writes a statement out, "" if the parser's printer cannot.
func canonicalStatement(n *pg_query.Node) string {
	sql, err := pg_query.Deparse(&pg_query.ParseResult{Stmts: []*pg_query.RawStmt{{Stmt: n}}})
	if err != nil {
		return ""
	}
	return sql
}
