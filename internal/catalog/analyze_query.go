package catalog

import (
	"slices"

	pg_query "github.com/pganalyze/pg_query_go/v5"
)

// subquery walks a statement that is a query: SELECT, or one with RETURNING. Constants without a type are text in it.
func (a *analysis) subquery(n *pg_query.Node, outer *scope) (*Query, []scopeColumn) {
	switch x := n.GetNode().(type) {
	case *pg_query.Node_SelectStmt:
		return a.selectStmt(x.SelectStmt, outer, false)
	case *pg_query.Node_InsertStmt:
		return a.insert(x.InsertStmt, outer)
	case *pg_query.Node_UpdateStmt:
		return a.update(x.UpdateStmt, outer)
	case *pg_query.Node_DeleteStmt:
		return a.delete(x.DeleteStmt, outer)
	case *pg_query.Node_MergeStmt:
		return a.merging(x.MergeStmt, outer)
	}
	return &Query{Command: OtherCommand}, nil
}

// selectStmt walks a query and returns its columns. keep leaves constants without a type as they are.
func (a *analysis) selectStmt(n *pg_query.SelectStmt, outer *scope, keep bool) (*Query, []scopeColumn) {
	if n == nil {
		return &Query{Command: SelectCommand}, nil
	}
	sc := outer.inner()
	q := &Query{Command: SelectCommand, Span: a.st.span()}
	if n.WithClause != nil {
		q.With = a.withClause(n.WithClause, sc)
	}
	var columns []scopeColumn
	switch {
	case n.Larg != nil:
		columns = a.setOperation(n, sc, q, nil)
		a.sortAndLimit(n, sc.only(namespace{columns: derived(columns)}), q)
	case len(n.ValuesLists) > 0:
		columns = a.valuesLists(n, sc, q)
		a.sortAndLimit(n, sc.only(namespace{columns: derived(columns)}), q)
	default:
		columns = a.plainSelect(n, sc, q)
	}
	if !keep {
		columns = a.resolved(columns)
	}
	a.checkLocking(n, q, sc)
	if q.Distinct || q.SetOp != nil && !q.SetOp.All {
		for _, c := range columns {
			a.sortable(c.term, false)
		}
	}
	q.setColumns(columns)
	return q, columns
}

// setColumns writes the select list into the query.
func (q *Query) setColumns(columns []scopeColumn) {
	q.Columns = make([]ResultColumn, len(columns))
	for i, c := range columns {
		q.Columns[i] = ResultColumn{Name: c.name, Type: c.typ.freeze(), Value: c.v, Source: c.origin}
		if c.embed != nil {
			q.Columns[i].Embed, q.Columns[i].EmbedOf = c.embed.Relation, c.embed
		}
	}
}

// plainSelect walks SELECT in the order in which PostgreSQL does, as it decides the types of parameters.
func (a *analysis) plainSelect(n *pg_query.SelectStmt, sc *scope, q *Query) []scopeColumn {
	ns, from := a.fromClause(n.FromClause, sc)
	sc.items, sc.columns, q.From = ns.items, ns.columns, from
	for _, w := range n.WindowClause {
		if def := w.GetWindowDef(); sc.query.window(def.Name, nil) != nil {
			a.problem(failf(a.st.at(def.Location), windowingError, "window %q is already defined", def.Name))
		} else {
			sc.query.windows = append(sc.query.windows, def)
		}
	}
	columns := a.targets(n.TargetList, sc.at(inSelect))
	if n.WhereClause != nil {
		q.Where = a.boolean(a.expr(n.WhereClause, sc.at(inWhere)), "WHERE").v
	}
	if n.HavingClause != nil {
		q.Having = a.boolean(a.expr(n.HavingClause, sc.at(inHaving)), "HAVING").v
	}
	q.Order = a.order(n.SortClause, sc.at(inSort), columns)
	q.Group = a.group(n.GroupClause, sc.at(inGroup), columns)
	a.groupedByKey(n, sc)
	var on []Value
	for _, d := range n.DistinctClause {
		q.Distinct = true
		if d.GetNode() != nil { // plain DISTINCT is a list of one empty node
			t := a.orderItem(d, sc.at(inDistinct), columns)
			a.sortable(t, true)
			on = append(on, t.v)
		}
	}
	a.checkDistinct(on, q, columns)
	a.limits(n, sc, q)
	for _, w := range n.WindowClause {
		a.window(w.GetWindowDef(), sc)
	}
	q.Grouped = len(q.Group) > 0 || q.Having != nil || sc.query.grouped
	a.checkGrouping(q, sc, columns)
	return columns
}

// sortAndLimit is what may stand after VALUES or a set operation.
func (a *analysis) sortAndLimit(n *pg_query.SelectStmt, sc *scope, q *Query) {
	if q.SetOp != nil {
		a.sortOutputs(n.SortClause, sc, q)
	} else {
		q.Order = a.order(n.SortClause, sc.at(inSort), sc.columns)
	}
	a.limits(n, sc, q)
}

// sortOutputs is ORDER BY of a set operation: only its columns can be named.
func (a *analysis) sortOutputs(list []*pg_query.Node, sc *scope, q *Query) {
	for _, n := range list {
		value := n.GetSortBy().GetNode()
		t := a.orderItem(n, sc.at(inSort), sc.columns)
		if _, number := value.GetAConst().GetVal().(*pg_query.A_Const_Ival); !number && value.GetColumnRef() == nil {
			a.problem(hinted(a.placeOf(t), featureNotSupported, "Add the expression/function to every SELECT, or move the UNION into a FROM clause.",
				"invalid UNION/INTERSECT/EXCEPT ORDER BY clause"))
		}
		a.sortable(t, len(n.GetSortBy().GetUseOp()) == 0)
		q.Order = append(q.Order, t.v)
	}
}

func (a *analysis) limits(n *pg_query.SelectStmt, sc *scope, q *Query) {
	if n.LimitOffset != nil {
		q.Offset = a.specific(a.noColumnsIn(a.expr(n.LimitOffset, sc.at(inOffset)), "OFFSET"), "int8", "OFFSET").v
	}
	if n.LimitCount != nil {
		q.Limit = a.specific(a.noColumnsIn(a.expr(n.LimitCount, sc.at(inLimit)), "LIMIT"), "int8", "LIMIT").v
	}
}

// firstColumn is a query's only value.
func (a *analysis) firstColumn(q *Query, columns []scopeColumn) term {
	if len(columns) == 0 {
		return term{v: &SubqueryValue{Typed: Typed{Type: Type{Kind: UnknownType}}, Kind: "scalar", Query: q}}
	}
	t := columns[0].term
	return term{typ: t.typ, row: t.row, v: &SubqueryValue{Typed: typed(t.typ, t.at()), Kind: "scalar", Query: q}}
}

// groupedByKey notes the primary keys that a query groups by: other columns of the table may then be used plainly, and
// the query depends on the key.
func (a *analysis) groupedByKey(n *pg_query.SelectStmt, sc *scope) {
	if len(n.GroupClause) == 0 {
		return
	}
	quiet := a.quiet()
	quiet.exprs(n.GroupClause, sc)
	grouped := map[object]bool{}
	for _, ref := range quiet.refs {
		grouped[ref.obj] = true
	}
	for _, item := range sc.items {
		if item.rel == nil || item.rel.primaryKey() == nil {
			continue
		}
		key := item.rel.primaryKey()
		covered := !slices.ContainsFunc(key.columns, func(c *column) bool { return !grouped[c] })
		others := slices.ContainsFunc(a.refs, func(ref reference) bool {
			c, ok := ref.obj.(*column)
			return ok && c.rel == item.rel && !grouped[c]
		})
		if covered && others {
			a.refer(nil, key)
		}
	}
}

// quiet is an analysis that leaves no trace.
func (a *analysis) quiet() *analysis {
	return &analysis{r: a.r, st: a.st, variables: a.variables, lenient: true}
}

// hasUnknown tells a list whose length may be wrong: * over an entry of unknown columns.
func hasUnknown(columns []scopeColumn) bool {
	return slices.ContainsFunc(columns, func(c scopeColumn) bool { return c.name == "" })
}

// targets is a select list, with * written out.
func (a *analysis) targets(list []*pg_query.Node, sc *scope) []scopeColumn {
	var out []scopeColumn
	for _, n := range list {
		target := n.GetResTarget()
		if star := starOf(target.GetVal()); star != nil {
			out = append(out, a.star(star, sc)...)
			continue
		}
		if ind := target.GetVal().GetAIndirection(); ind != nil && ind.Indirection[len(ind.Indirection)-1].GetAStar() != nil {
			out = append(out, a.expanded(ind, sc)...)
			continue
		}
		column := scopeColumn{name: target.GetName(), term: a.expr(target.GetVal(), sc)}
		if column.name == "" {
			column.name = figureName(target.GetVal())
		}
		out = append(out, column)
	}
	return out
}

func starOf(n *pg_query.Node) *pg_query.ColumnRef {
	ref := n.GetColumnRef()
	if ref == nil || ref.Fields[len(ref.Fields)-1].GetAStar() == nil {
		return nil
	}
	return ref
}

// star writes out * or name.*.
func (a *analysis) star(ref *pg_query.ColumnRef, sc *scope) []scopeColumn {
	names, at := stringsOf(ref.Fields), a.st.name(ref.Location)
	columns, up := sc.columns, 0
	var embed *Source
	if len(names) > 0 {
		schemaName, name := splitName(names)
		item, s := sc.itemOutward(schemaName, name)
		if item == nil {
			a.problem(failf(at, undefinedTable, "missing FROM-clause entry for table %q", name))
			return nil
		}
		columns, up = item.columns, sc.level-s.level
		if a.params.embeds(ref) {
			embed = item.source
		}
	} else if len(sc.items) == 0 && len(columns) == 0 {
		a.problem(failf(at, syntaxError, "SELECT * with no tables specified is not valid"))
	}
	out := make([]scopeColumn, 0, len(columns))
	was, known := a.stars[ref]
	for _, c := range columns {
		if known && c.col != nil && !slices.Contains(was, c.col) {
			continue // it came later
		}
		if c.col != nil {
			a.refs = append(a.refs, reference{obj: c.col})
			if a.starred != nil {
				a.starred[ref] = append(a.starred[ref], c.col)
			}
		}
		out = append(out, scopeColumn{name: c.name, term: c.seen(up, at), col: c.col, embed: embed})
	}
	return out
}

func (s *scope) itemOutward(schemaName, name string) (*scopeItem, *scope) {
	for ; s != nil; s = s.outer {
		if item := s.item(schemaName, name); item != nil {
			return item, s
		}
	}
	return nil, nil
}
