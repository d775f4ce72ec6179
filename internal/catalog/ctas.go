package catalog

import (
	pg_query "github.com/pganalyze/pg_query_go/v5"
)

// createTableAs is CREATE TABLE AS, CREATE MATERIALIZED VIEW and SELECT INTO.
func (r *replay) createTableAs(st *statement, n *pg_query.CreateTableAsStmt) error {
	kind := ordinary
	if n.Objtype == pg_query.ObjectType_OBJECT_MATVIEW {
		kind = matView
	}
	return r.intoRelation(st, n.Query, n.Into, kind, n.IfNotExists)
}

// selectStatement runs a SELECT: INTO makes a table, and functions of the migrations' own may run DDL.
func (r *replay) selectStatement(st *statement, n *pg_query.SelectStmt) error {
	into := n.IntoClause
	first := n
	for into == nil && first.Larg != nil {
		first = first.Larg
		into = first.IntoClause
	}
	if into != nil {
		return r.intoRelation(st, st.node, into, ordinary, false)
	}
	return r.selectCalls(st, n)
}

func (r *replay) intoRelation(st *statement, query *pg_query.Node, into *pg_query.IntoClause, kind relkind, ifNotExists bool) error {
	rel, taken := r.newRelation(st, into.Rel, kind, ifNotExists)
	if rel == nil && taken == nil {
		return nil
	}
	if query.GetSelectStmt() == nil { // EXECUTE of a prepared statement
		if taken != nil {
			return taken
		}
		r.warn(st.head(), codeUndecided, "Write the query out.", "the columns of %q are not known", rel.name)
		r.db.addRelation(rel, st.rangeVarSpan(into.Rel))
		return nil
	}
	e, columns, err := r.viewQuery(st, query, stringsOf(into.ColNames))
	if err != nil || taken != nil {
		return join(err, taken)
	}
	rel.dropCommit = into.OnCommit == pg_query.OnCommitAction_ONCOMMIT_DROP
	if kind == matView {
		return r.addView(st, rel, e, columns, st.rangeVarSpan(into.Rel))
	}
	return r.addView(st, rel, nil, columns, st.rangeVarSpan(into.Rel))
}
