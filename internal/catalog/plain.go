package catalog

import (
	pg_query "github.com/pganalyze/pg_query_go/v5"
)

// PlainColumn is a column of a relation, used as it is.
type PlainColumn struct {
	// Table is the relation as FROM names it; Schema is "" without one.
	Table  Name
	Column string
}

// PlainOutputs tells, for each column that a query returns, whether it is a column of a table as it is: candidates are
// the tables that the column may belong to, more than one where the query does not say and a caller must look for the
// one that has the column. It is empty for expressions, for columns of subqueries, WITH queries and functions, and for
// all of a UNION.
func (f Flow) PlainOutputs() (candidates [][]PlainColumn) {
	if len(f.tree.Stmts) == 0 {
		return nil
	}
	targets, from, ctes := outputsOf(f.tree.Stmts[0].Stmt)
	tables := map[string]Name{}
	var names []string // in order, for columns without a qualifier
	for _, n := range from {
		names = sourcesOf(n, ctes, tables, names)
	}
	for _, n := range targets {
		candidates = append(candidates, plainColumn(n.GetResTarget().GetVal(), tables, names))
	}
	return candidates
}

// outputsOf finds what a statement returns, where its columns come from, and the names that WITH hides.
func outputsOf(n *pg_query.Node) (targets, from []*pg_query.Node, ctes map[string]bool) {
	var with *pg_query.WithClause
	switch {
	case n.GetSelectStmt() != nil:
		s := n.GetSelectStmt()
		targets, from, with = s.TargetList, s.FromClause, s.WithClause // no targets in a UNION
	case n.GetInsertStmt() != nil:
		s := n.GetInsertStmt()
		targets, from, with = s.ReturningList, rangeVars(s.Relation), s.WithClause
	case n.GetUpdateStmt() != nil:
		s := n.GetUpdateStmt()
		targets, from, with = s.ReturningList, append(rangeVars(s.Relation), s.FromClause...), s.WithClause
	case n.GetDeleteStmt() != nil:
		s := n.GetDeleteStmt()
		targets, from, with = s.ReturningList, append(rangeVars(s.Relation), s.UsingClause...), s.WithClause
	}
	ctes = map[string]bool{}
	for _, c := range with.GetCtes() {
		ctes[c.GetCommonTableExpr().GetCtename()] = true
	}
	return targets, from, ctes
}

func rangeVars(v *pg_query.RangeVar) []*pg_query.Node {
	return []*pg_query.Node{{Node: &pg_query.Node_RangeVar{RangeVar: v}}}
}

// sourcesOf notes the tables of a FROM item by the name that the query calls them.
func sourcesOf(n *pg_query.Node, ctes map[string]bool, tables map[string]Name, names []string) []string {
	if j := n.GetJoinExpr(); j != nil {
		names = sourcesOf(j.Larg, ctes, tables, names)
		return sourcesOf(j.Rarg, ctes, tables, names)
	}
	v := n.GetRangeVar()
	if v == nil || v.Schemaname == "" && ctes[v.Relname] || len(v.Alias.GetColnames()) > 0 {
		return names
	}
	called := v.Relname
	if v.Alias != nil {
		called = v.Alias.Aliasname
	}
	tables[called] = Name{Schema: v.Schemaname, Name: v.Relname}
	return append(names, called)
}

func plainColumn(value *pg_query.Node, tables map[string]Name, names []string) []PlainColumn {
	fields := value.GetColumnRef().GetFields()
	if len(fields) == 0 || fields[len(fields)-1].GetAStar() != nil {
		return nil
	}
	column := fields[len(fields)-1].GetString_().GetSval()
	if len(fields) > 1 {
		table, ok := tables[fields[len(fields)-2].GetString_().GetSval()]
		if !ok {
			return nil
		}
		return []PlainColumn{{table, column}}
	}
	found := make([]PlainColumn, len(names))
	for i, called := range names {
		found[i] = PlainColumn{tables[called], column}
	}
	return found
}
