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
	q.Where = a.boolean(a.expr(n.JoinCondition, both), "ON").v
	for _, w := range n.MergeWhenClauses {
		x := w.GetMergeWhenClause()
		branch := MergeBranch{Matched: x.Matched, Action: mergeActions[x.CommandType]}
		seen := both
		if !x.Matched {
			seen = sc.only(ns)
		}
		if x.Condition != nil {
			branch.Cond = a.boolean(a.expr(x.Condition, seen), "WHEN").v
		}
		if x.CommandType == pg_query.CmdType_CMD_INSERT {
			branch.Set = a.mergeInsert(x, item, seen)
		} else {
			branch.Set = a.set(x.TargetList, item, seen)
		}
		q.Write.Merge = append(q.Write.Merge, branch)
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
	row := a.insertRow(a.exprs(x.Values, sc), x.Values, columns, len(x.TargetList) > 0, item, sc)
	var out []SetColumn
	for i := range min(len(row), len(columns)) {
		out = append(out, SetColumn{Column: columns[i].name, Value: row[i]})
	}
	return out
}
