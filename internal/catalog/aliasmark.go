package catalog

import (
	"strings"

	pg_query "github.com/pganalyze/pg_query_go/v5"
)

// AliasMark is the ! or ? by which a statement says whether a result column is null: AS "total!" or AS "total?".
type AliasMark struct {
	// At is the mark's offset; the quote comes after it.
	At   int
	Name string // the alias without the mark
	Mark NullMark
}

// AliasMarks finds the marks at the aliases of a statement's result columns, and at each later use of such an alias, as in
// ORDER BY "total!". Without these bytes the statement is what the server is sent. The error is the parser's.
func AliasMarks(sql string) ([]AliasMark, error) {
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
	marked := map[string]string{} // aliases, by the token that they are written as
	for _, target := range resultTargets(tree.Stmts[0].Stmt) {
		if name := target.GetResTarget().GetName(); hasAliasMark(name) {
			marked[quotedAlias(name)] = name
		}
	}
	var marks []AliasMark
	qualified := false
	for _, t := range tokens {
		if t.Comment {
			continue
		}
		if name, ok := marked[sql[t.Start:t.End]]; ok && !qualified {
			n := len(name) - 1
			marks = append(marks, AliasMark{At: t.End - 2, Name: name[:n], Mark: NullMark(name[n])})
		}
		qualified = sql[t.Start:t.End] == "."
	}
	return marks, nil
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
