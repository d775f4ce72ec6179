package catalog

import (
	pg_query "github.com/pganalyze/pg_query_go/v5"
)

func (a *analysis) insert(n *pg_query.InsertStmt, outer *scope) (*Query, []scopeColumn) {
	q, item, sc := a.writing(InsertCommand, n.Relation, n.WithClause, outer)
	columns := a.insertColumns(n, item, q.Write)
	a.checkUpdatable(item, "insert", q.Write.Columns[:min(len(n.Cols), len(q.Write.Columns))])
	if n.SelectStmt != nil {
		q.Write.Input = a.inserted(n.SelectStmt.GetSelectStmt(), columns, len(n.Cols) > 0, item, sc)
	}
	named := sc.only(single(item))
	if n.OnConflictClause != nil {
		a.onConflict(n.OnConflictClause, item, named, q.Write)
	}
	return q, a.returning(n.ReturningList, named, q)
}

// insertColumns are the columns that INSERT fills: those that it names, or all.
func (a *analysis) insertColumns(n *pg_query.InsertStmt, item *scopeItem, w *Write) []assignment {
	var out []assignment
	overriding := n.Override == pg_query.OverridingKind_OVERRIDING_SYSTEM_VALUE || n.Override == pg_query.OverridingKind_OVERRIDING_USER_VALUE
	for _, c := range n.Cols {
		x := c.GetResTarget()
		out = append(out, assignment{name: x.Name, steps: x.Indirection, at: a.st.at(x.Location), inserted: true, overriding: overriding})
		w.Columns = append(w.Columns, x.Name)
	}
	if len(n.Cols) == 0 {
		for _, c := range item.columns {
			out = append(out, assignment{name: c.name, at: a.st.head(), inserted: true, overriding: overriding})
			w.Columns = append(w.Columns, c.name)
		}
	}
	seen := map[string]bool{}
	for _, s := range out {
		if outputIndex(item.columns, s.name) < 0 && !item.open {
			a.problem(hinted(s.at, undefinedColumn, columnHint(s.name, &scope{columns: item.columns}),
				"column %q of relation %q does not exist", s.name, relationName(item)))
		}
		if seen[s.name] && len(s.steps) == 0 {
			a.problem(failf(s.at, duplicateColumn, "column %q specified more than once", s.name))
		}
		seen[s.name] = true
	}
	return out
}

// inserted is what INSERT reads: VALUES, whose values go straight to the columns' types, or any other query.
func (a *analysis) inserted(n *pg_query.SelectStmt, columns []assignment, named bool, item *scopeItem, sc *scope) *Query {
	simple := len(n.ValuesLists) > 0 && len(n.SortClause) == 0 && n.LimitCount == nil && n.LimitOffset == nil && len(n.LockingClause) == 0 && n.WithClause == nil
	if simple {
		q := &Query{Command: SelectCommand, Span: a.st.span()}
		inner := sc.inner().at(inValues)
		if len(n.ValuesLists) == 1 {
			inner = inner.at(inValuesRow)
		}
		for _, list := range n.ValuesLists {
			items := list.GetList().GetItems()
			q.Rows = append(q.Rows, a.insertRow(a.sourceExprs(items, inner), items, columns, named, item, inner))
		}
		for i := range q.Rows[0] {
			q.Columns = append(q.Columns, ResultColumn{Name: valuesColumn(i), Type: a.columnType(item, columns, i)})
		}
		return q
	}
	q, result := a.selectStmt(n, sc, true)
	terms := make([]term, len(result))
	for i, c := range result {
		terms[i] = c.term
		if c.v == nil || !c.isUnknown() { // a column of the query
			terms[i].v = &ColumnValue{Typed: typed(c.typ, c.at()), Name: c.name, Origin: c.origin}
			if parameterIn(c.v) != nil {
				terms[i].v = c.v
			}
		}
	}
	if hasUnknown(result) {
		return q
	}
	for i, v := range a.insertRow(terms, nil, columns, named, item, sc) {
		if result[i].isUnknown() && result[i].v != nil {
			q.Columns[i].Value, q.Columns[i].Type = v, v.Result()
		}
	}
	return q
}

// columnType is the type of the column that a value goes to.
func (a *analysis) columnType(item *scopeItem, columns []assignment, i int) Type {
	if i < len(columns) {
		if at := outputIndex(item.columns, columns[i].name); at >= 0 {
			return item.columns[at].typ.freeze()
		}
	}
	return Type{Kind: UnknownType}
}

// insertRow brings one row to the columns' types.
func (a *analysis) insertRow(terms []term, nodes []*pg_query.Node, columns []assignment, named bool, item *scopeItem, sc *scope) []Value {
	switch {
	case len(terms) > len(columns) && !item.open:
		a.problem(failf(a.placeOf(terms[len(columns)]), syntaxError, "INSERT has more expressions than target columns"))
	case len(terms) < len(columns) && named:
		a.problem(failf(columns[len(terms)].at, syntaxError, "INSERT has more target columns than expressions"))
	}
	out := values(terms)
	for i := range min(len(terms), len(columns)) {
		s := columns[i]
		if outputIndex(item.columns, s.name) < 0 {
			continue
		}
		s.term = terms[i]
		if nodes != nil {
			s.node = nodes[i]
		}
		out[i] = a.assign(s, item, sc)
	}
	return out
}

// onConflict is ON CONFLICT: its conditions and values see the row that was to be inserted as excluded.
func (a *analysis) onConflict(x *pg_query.OnConflictClause, item *scopeItem, sc *scope, w *Write) {
	if in := x.Infer; in != nil {
		for _, e := range in.IndexElems {
			if name := e.GetIndexElem().GetName(); name != "" {
				if outputIndex(item.columns, name) < 0 && !item.open {
					a.problem(failf(a.st.at(in.Location), undefinedColumn, "column %q does not exist", name))
				}
				continue
			}
			a.expr(e.GetIndexElem().GetExpr(), sc)
		}
		if in.WhereClause != nil {
			a.boolean(a.expr(in.WhereClause, sc), "WHERE")
		}
		if in.Conname != "" && item.rel != nil && item.rel.constraint(in.Conname) == nil {
			a.problem(failf(a.st.at(in.Location), undefinedObject, "constraint %q for table %q does not exist", in.Conname, item.rel.name))
		}
	}
	w.OnConflict = "nothing"
	if x.Action != pg_query.OnConflictAction_ONCONFLICT_UPDATE {
		return
	}
	w.OnConflict = "update"
	if x.Infer == nil {
		a.problem(hinted(a.st.at(x.Location), syntaxError, "For example, ON CONFLICT (column_name).",
			"ON CONFLICT DO UPDATE requires inference specification or constraint name"))
	}
	excluded := &scopeItem{name: "excluded", columns: derived(item.columns), source: &Source{Alias: "excluded", Relation: item.source.Relation, Excluded: true}}
	excluded.bind()
	both := sc.with(single(excluded))
	w.Set = a.set(x.TargetList, item, both.at(inUpdate))
	if x.WhereClause != nil {
		w.ConflictWhere = a.boolean(a.expr(x.WhereClause, both), "WHERE").v
	}
}
