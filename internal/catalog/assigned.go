package catalog

import (
	pg_query "github.com/pganalyze/pg_query_go/v5"
)

// Assignment says that a statement stores a parameter's value in a column as it is: $1 alone, in VALUES, SET or the
// select list of INSERT … SELECT. A cast, a call or COALESCE around the parameter makes another value of it.
type Assignment struct {
	// Param is the parameter's number: 1 for $1.
	Param int
	// Table is the target as it is written; Schema is "" without one.
	Table Name
	// Column is "" for an INSERT without a list of columns; then Position says which column it is.
	Column string
	// Position is the column's place in the INSERT's list or, without a list, in the table; counted from 0. It is -1 in
	// an UPDATE.
	Position int
}

// Assignments finds the direct assignments of a statement, in its order: those of INSERT, ON CONFLICT DO UPDATE, UPDATE
// and MERGE, also in WITH. Elements of arrays and fields of composites (SET a[1] = $1) are no columns.
func (f Flow) Assignments() []Assignment {
	var finder assignmentFinder
	for _, raw := range f.tree.Stmts {
		finder.statement(raw.Stmt)
	}
	return finder.found
}

type assignmentFinder struct{ found []Assignment }

func (f *assignmentFinder) statement(n *pg_query.Node) {
	switch {
	case n.GetInsertStmt() != nil:
		f.insert(n.GetInsertStmt())
	case n.GetUpdateStmt() != nil:
		u := n.GetUpdateStmt()
		f.with(u.WithClause)
		f.set(u.Relation, u.TargetList)
	case n.GetMergeStmt() != nil:
		f.merge(n.GetMergeStmt())
	case n.GetSelectStmt() != nil:
		f.with(n.GetSelectStmt().WithClause)
	case n.GetDeleteStmt() != nil:
		f.with(n.GetDeleteStmt().WithClause)
	}
}

func (f *assignmentFinder) with(w *pg_query.WithClause) {
	for _, n := range w.GetCtes() {
		f.statement(n.GetCommonTableExpr().GetCtequery())
	}
}

func (f *assignmentFinder) insert(s *pg_query.InsertStmt) {
	f.with(s.WithClause)
	sel := s.SelectStmt.GetSelectStmt()
	f.with(sel.GetWithClause())
	for _, list := range sel.GetValuesLists() {
		f.row(s.Relation, s.Cols, list.GetList().GetItems())
	}
	var targets []*pg_query.Node
	for _, n := range sel.GetTargetList() {
		targets = append(targets, n.GetResTarget().GetVal())
	}
	f.row(s.Relation, s.Cols, targets)
	f.set(s.Relation, s.OnConflictClause.GetTargetList())
}

func (f *assignmentFinder) merge(s *pg_query.MergeStmt) {
	f.with(s.WithClause)
	for _, n := range s.MergeWhenClauses {
		when := n.GetMergeWhenClause()
		if when.CommandType == pg_query.CmdType_CMD_INSERT {
			f.row(s.Relation, when.TargetList, when.Values)
			continue
		}
		f.set(s.Relation, when.TargetList)
	}
}

// row pairs the values of one row with the columns of an INSERT's list.
func (f *assignmentFinder) row(table *pg_query.RangeVar, cols, values []*pg_query.Node) {
	for i, v := range values {
		switch {
		case len(cols) == 0:
			f.add(table, "", i, v)
		case i < len(cols) && len(cols[i].GetResTarget().GetIndirection()) == 0:
			f.add(table, cols[i].GetResTarget().GetName(), i, v)
		}
	}
}

// set reads the assignments of SET, also those of SET (a, b) = (x, y).
func (f *assignmentFinder) set(table *pg_query.RangeVar, targets []*pg_query.Node) {
	for _, n := range targets {
		t := n.GetResTarget()
		if t == nil || len(t.Indirection) > 0 {
			continue
		}
		value := t.Val
		if multi := t.Val.GetMultiAssignRef(); multi != nil {
			args := multi.Source.GetRowExpr().GetArgs()
			if int(multi.Colno) > len(args) {
				continue // SET (a, b) = (SELECT …)
			}
			value = args[multi.Colno-1]
		}
		f.add(table, t.Name, -1, value)
	}
}

func (f *assignmentFinder) add(table *pg_query.RangeVar, column string, position int, value *pg_query.Node) {
	if p := value.GetParamRef(); p != nil {
		name := Name{Schema: table.GetSchemaname(), Name: table.GetRelname()}
		f.found = append(f.found, Assignment{int(p.Number), name, column, position})
	}
}
