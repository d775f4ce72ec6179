package catalog

import (
	"strings"

	pg_query "github.com/pganalyze/pg_query_go/v5"
)

// AliasMarks finds where a statement marks its result columns by their aliases: the offsets of the ! or ? in AS "total!" and
// AS "total?", and in each later use of such an alias, as ORDER BY "total!". Without these bytes the statement is what the
// server is sent. The error is the parser's.
func AliasMarks(sql string) ([]int, error) {
	if !strings.Contains(sql, `!"`) && !strings.Contains(sql, `?"`) {
		return nil, nil
	}
	tree, err := pg_query.Parse(sql)
	if err != nil || len(tree.Stmts) == 0 {
		return nil, err
	}
	tokens, err := Scan(sql)
	if err != nil {
		return nil, err
	}
	marked := map[string]bool{}
	for _, target := range resultTargets(tree.Stmts[0].Stmt) {
		if name := target.GetResTarget().GetName(); hasAliasMark(name) {
			marked[quotedAlias(name)] = true
		}
	}
	var at []int
	qualified := false
	for _, t := range tokens {
		if t.Comment {
			continue
		}
		if marked[sql[t.Start:t.End]] && !qualified {
			at = append(at, t.End-2)
		}
		qualified = sql[t.Start:t.End] == "."
	}
	return at, nil
}

// hasAliasMark tells an alias that ends in a mark and is not the mark alone.
func hasAliasMark(alias string) bool {
	n := len(alias)
	return n > 1 && (NullMark(alias[n-1]) == NeverMark || NullMark(alias[n-1]) == PerhapsMark)
}

func quotedAlias(name string) string { return `"` + strings.ReplaceAll(name, `"`, `""`) + `"` }

// resultTargets are the items that a statement returns: of a set operation those of its leftmost query, which names the
// columns.
func resultTargets(n *pg_query.Node) []*pg_query.Node {
	switch {
	case n.GetSelectStmt() != nil:
		s := n.GetSelectStmt()
		for s.Larg != nil {
			s = s.Larg
		}
		return s.TargetList
	case n.GetInsertStmt() != nil:
		return n.GetInsertStmt().ReturningList
	case n.GetUpdateStmt() != nil:
		return n.GetUpdateStmt().ReturningList
	case n.GetDeleteStmt() != nil:
		return n.GetDeleteStmt().ReturningList
	}
	return nil
}
