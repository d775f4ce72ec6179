package catalog

import pg_query "github.com/pganalyze/pg_query_go/v5"

// statement goes through the parts of a statement or subquery that hold expressions.
func (w *calledParams) statement(n *pg_query.Node, in calledIn) {
	in = in.named("", false)
	switch x := n.GetNode().(type) {
	case *pg_query.Node_SelectStmt:
		w.query(x.SelectStmt, in)
	case *pg_query.Node_InsertStmt:
		w.insert(x.InsertStmt, in)
	case *pg_query.Node_UpdateStmt:
		s := x.UpdateStmt
		w.list(s.WithClause.GetCtes(), in)
		w.assignments(s.TargetList, in)
		w.list(s.FromClause, in)
		w.node(s.WhereClause, in)
		w.list(s.ReturningList, in)
	case *pg_query.Node_DeleteStmt:
		s := x.DeleteStmt
		w.list(s.WithClause.GetCtes(), in)
		w.list(s.UsingClause, in)
		w.node(s.WhereClause, in)
		w.list(s.ReturningList, in)
	}
}

func (w *calledParams) query(s *pg_query.SelectStmt, in calledIn) {
	if s == nil {
		return
	}
	if p := s.LimitCount.GetParamRef(); p != nil {
		in.limit = p.Number
	}
	if p := s.LimitOffset.GetParamRef(); p != nil {
		in.offset = p.Number
	}
	w.list(s.WithClause.GetCtes(), in)
	for _, list := range [][]*pg_query.Node{
		s.DistinctClause, s.TargetList, s.FromClause, {s.WhereClause}, s.GroupClause, {s.HavingClause}, s.ValuesLists, s.SortClause,
		{s.LimitCount, s.LimitOffset},
	} {
		w.list(list, in)
	}
	w.query(s.Larg, in)
	w.query(s.Rarg, in)
}

// insert names the parameters that are values after the columns that the statement names.
func (w *calledParams) insert(s *pg_query.InsertStmt, in calledIn) {
	w.list(s.WithClause.GetCtes(), in)
	if q := s.SelectStmt.GetSelectStmt(); q != nil {
		for _, row := range q.ValuesLists {
			w.values(s.Cols, row.GetList().GetItems())
		}
		var values []*pg_query.Node
		for _, t := range q.TargetList {
			values = append(values, t.GetResTarget().GetVal())
		}
		w.values(s.Cols, values)
	}
	w.node(s.SelectStmt, in)
	if c := s.OnConflictClause; c != nil {
		w.assignments(c.TargetList, in)
		w.node(c.WhereClause, in)
	}
	w.list(s.ReturningList, in)
}

func (w *calledParams) values(columns, values []*pg_query.Node) {
	for i, v := range values {
		if p := v.GetParamRef(); p != nil && i < len(columns) {
			w.note(p, calledIn{name: columns[i].GetResTarget().GetName(), known: true})
		}
	}
}

// assignments are those of SET: what is stored as it is, and what an expression without a name of its own has in it, is
// called as the column.
func (w *calledParams) assignments(targets []*pg_query.Node, in calledIn) {
	for _, t := range targets {
		target := t.GetResTarget()
		w.node(target.GetVal(), in.named(target.GetName(), true))
	}
}
