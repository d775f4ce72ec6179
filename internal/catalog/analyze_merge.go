package catalog

import (
	pg_query "github.com/pganalyze/pg_query_go/v5"
)

func (a *analysis) merging(n *pg_query.MergeStmt, outer *scope) (*Query, []scopeColumn) {
	q, item, sc := a.writing(MergeCommand, n.Relation, n.WithClause, outer)
	ns, from := a.fromClause([]*pg_query.Node{n.SourceRelation}, sc.only(namespace{}))
	q.From = from
	target := single(item)
	a.sameNames(target.items, ns.items)
	both := sc.only(target).with(ns)
	q.Where = a.boolean(a.expr(n.JoinCondition, both.at(inJoin)), "ON").v
	last := map[bool]bool{} // whether there was a branch without a condition
	for _, w := range n.MergeWhenClauses {
		x := w.GetMergeWhenClause()
		if last[x.Matched] {
			a.problem(failf(a.st.head(), syntaxError, "unreachable WHEN clause specified after unconditional WHEN clause"))
		}
		last[x.Matched] = last[x.Matched] || x.Condition == nil
		branch := MergeBranch{Matched: x.Matched, Action: mergeActions[x.CommandType]}
		seen := both
		if !x.Matched {
			seen = sc.only(ns)
		}
		if x.Condition != nil {
			branch.Cond = a.boolean(a.expr(x.Condition, seen.at(inMerge)), "WHEN").v
		}
		if x.CommandType == pg_query.CmdType_CMD_INSERT {
			branch.Set = a.mergeInsert(x, item, seen)
		} else {
			branch.Set = a.set(x.TargetList, item, seen.at(inUpdate))
		}
		q.Write.Merge = append(q.Write.Merge, branch)
	}
	if n == a.st.node.GetMergeStmt() && a.st.cut {
		return q, a.returning(a.st.returning, sc.only(ns).with(target), q)
	}
	return q, nil
}

var mergeActions = map[pg_query.CmdType]string{
	pg_query.CmdType_CMD_INSERT: "insert", pg_query.CmdType_CMD_UPDATE: "update", pg_query.CmdType_CMD_DELETE: "delete",
	pg_query.CmdType_CMD_NOTHING: "nothing",
}

// mergeInsert is WHEN NOT MATCHED THEN INSERT.
func (a *analysis) mergeInsert(x *pg_query.MergeWhenClause, item *scopeItem, sc *scope) []SetColumn {
	w := &Write{}
	columns := a.insertColumns(&pg_query.InsertStmt{Cols: x.TargetList}, item, w)
	if len(x.Values) == 0 {
		return nil
	}
	row := a.insertRow(a.sourceExprs(x.Values, sc.at(inValues)), x.Values, columns, len(x.TargetList) > 0, item, sc)
	var out []SetColumn
	for i := range min(len(row), len(columns)) {
		out = append(out, SetColumn{Column: columns[i].name, Value: row[i]})
	}
	return out
}
