package catalog

import (
	pg_query "github.com/pganalyze/pg_query_go/v5"
)

// transaction is what a COMMIT or ROLLBACK ends.
type transaction struct {
	rollsBack  bool // the file has a ROLLBACK: BEGIN keeps a copy of the state
	start      *database
	savepoints []savepoint
	path       *[]string // the search path to return to after SET LOCAL
}

type savepoint struct {
	name string
	db   *database
}

// hasRollback tells whether copies of the state may be needed.
func hasRollback(statements []*statement) bool {
	for _, st := range statements {
		switch st.node.GetTransactionStmt().GetKind() {
		case pg_query.TransactionStmtKind_TRANS_STMT_ROLLBACK, pg_query.TransactionStmtKind_TRANS_STMT_ROLLBACK_TO:
			return true
		}
	}
	return false
}

// transaction is BEGIN, COMMIT, ROLLBACK and savepoints.
func (r *replay) transaction(st *statement, n *pg_query.TransactionStmt) error {
	switch n.Kind {
	case pg_query.TransactionStmtKind_TRANS_STMT_BEGIN, pg_query.TransactionStmtKind_TRANS_STMT_START:
		if r.tx.rollsBack && r.tx.start == nil {
			r.tx.start = r.db.clone()
		}
	case pg_query.TransactionStmtKind_TRANS_STMT_COMMIT, pg_query.TransactionStmtKind_TRANS_STMT_PREPARE:
		r.endTransaction()
	case pg_query.TransactionStmtKind_TRANS_STMT_ROLLBACK:
		if r.tx.start != nil {
			r.db = r.tx.start
			r.tx.path = nil
		}
		r.endTransaction()
	case pg_query.TransactionStmtKind_TRANS_STMT_SAVEPOINT:
		if r.tx.rollsBack {
			r.tx.savepoints = append(r.tx.savepoints, savepoint{n.SavepointName, r.db.clone()})
		}
	case pg_query.TransactionStmtKind_TRANS_STMT_ROLLBACK_TO:
		for i := len(r.tx.savepoints) - 1; i >= 0; i-- {
			if s := r.tx.savepoints[i]; s.name == n.SavepointName {
				r.db = s.db.clone()
				r.tx.savepoints = r.tx.savepoints[:i+1]
				return nil
			}
		}
		return failf(st.last(n.SavepointName), "3B001", "savepoint %q does not exist", n.SavepointName)
	}
	return nil
}

// endTransaction drops what lives as long as a transaction.
func (r *replay) endTransaction() {
	if r.tx.path != nil {
		r.db.path = *r.tx.path
	}
	r.tx = transaction{rollsBack: r.tx.rollsBack}
	s := r.db.schemas[temporarySchema]
	if s == nil {
		return
	}
	for _, rel := range s.relations {
		if rel.dropCommit {
			r.remove(r.closure([]object{rel}).objects)
		}
	}
}
