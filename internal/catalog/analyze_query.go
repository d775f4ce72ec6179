package catalog

import (
	"slices"

	pg_query "github.com/pganalyze/pg_query_go/v5"
)

// selectStmt walks a query and returns its columns. String constants without a type are text there.
func (a *analysis) selectStmt(n *pg_query.SelectStmt, outer *scope) []scopeColumn {
	if n == nil {
		return nil
	}
	sc := &scope{outer: outer}
	if n.WithClause != nil {
		sc = &scope{outer: outer, ctes: map[string]*scopeItem{}}
		a.withClause(n.WithClause, sc)
		sc = &scope{outer: sc}
	}
	if n.Larg != nil {
		return a.setOperation(n, sc)
	}
	if len(n.ValuesLists) > 0 {
		return a.values(n, sc)
	}
	for _, from := range n.FromClause {
		ns := a.from(from, sc)
		sc.items = append(sc.items, ns.items...)
		sc.columns = append(sc.columns, ns.columns...)
	}
	a.expr(n.WhereClause, sc)
	columns := a.targets(n.TargetList, sc)
	a.exprs(n.GroupClause, &scope{outer: groupScope(sc, columns)})
	a.groupedByKey(n, sc)
	a.expr(n.HavingClause, sc)
	a.exprs(n.WindowClause, sc)
	ordered := &scope{outer: sc, columns: columns}
	for _, list := range [][]*pg_query.Node{n.SortClause, n.DistinctClause} {
		for _, e := range list {
			if e.GetNode() != nil { // plain DISTINCT is a list of one empty node
				a.orderItem(e, sc, ordered)
			}
		}
	}
	a.expr(n.LimitCount, sc)
	a.expr(n.LimitOffset, sc)
	return columns
}

// groupedByKey notes the primary keys that a query groups by: other columns of the table may then be used plainly, and
// the query depends on the key.
func (a *analysis) groupedByKey(n *pg_query.SelectStmt, sc *scope) {
	if len(n.GroupClause) == 0 {
		return
	}
	quiet := &analysis{r: a.r, st: a.st, lenient: true, variables: a.variables}
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

// groupScope finds input columns first, and names of the select list after them.
func groupScope(sc *scope, columns []scopeColumn) *scope {
	return &scope{outer: &scope{outer: sc.outer, columns: columns}, items: sc.items, columns: sc.columns}
}

// orderItem is one of ORDER BY or DISTINCT ON: a plain name means the select list first.
func (a *analysis) orderItem(n *pg_query.Node, sc, ordered *scope) {
	value := n
	if s := n.GetSortBy(); s != nil {
		value = s.Node
	}
	if ref := value.GetColumnRef(); ref != nil && len(ref.Fields) == 1 {
		if _, count := findColumn(ordered.columns, ref.Fields[0].GetString_().GetSval()); count > 0 {
			return
		}
	}
	a.expr(value, sc)
}

// withClause adds the common table expressions to a scope, each seeing those before it.
func (a *analysis) withClause(w *pg_query.WithClause, sc *scope) {
	for _, n := range w.Ctes {
		cte := n.GetCommonTableExpr()
		item := &scopeItem{name: cte.Ctename}
		query := cte.Ctequery.GetSelectStmt()
		switch {
		case query == nil:
			a.modifying(cte.Ctequery, sc, item)
		case w.Recursive && query.Larg != nil:
			first := &scope{outer: sc, ctes: map[string]*scopeItem{cte.Ctename: {name: cte.Ctename, open: true}}}
			quiet := &analysis{r: a.r, st: a.st, variables: a.variables, lenient: true}
			item.columns = renamed(quiet.selectStmt(query.Larg, first), stringsOf(cte.Aliascolnames))
			item.columns = a.resolved(item.columns)
			sc.ctes[cte.Ctename] = item
			a.selectStmt(query, sc)
		default:
			item.columns = a.resolved(a.selectStmt(query, sc))
		}
		item.columns = renamed(item.columns, stringsOf(cte.Aliascolnames))
		item.open = item.open || cte.SearchClause != nil || cte.CycleClause != nil
		sc.ctes[cte.Ctename] = item
	}
}

// modifying is an INSERT, UPDATE or DELETE in WITH: only its RETURNING list matters, and is not looked at.
func (a *analysis) modifying(n *pg_query.Node, sc *scope, item *scopeItem) {
	quiet := &analysis{r: a.r, st: a.st, lenient: true}
	quiet.children(n, sc)
	item.open = true
}

// renamed gives the first columns the names of an alias list.
func renamed(columns []scopeColumn, names []string) []scopeColumn {
	out := append([]scopeColumn{}, columns...)
	for i := range min(len(names), len(out)) {
		out[i].name = names[i]
	}
	for i := len(out); i < len(names); i++ {
		out = append(out, scopeColumn{name: names[i]})
	}
	return out
}

// setOperation is UNION and the like: names are of the left side, types are common to both.
func (a *analysis) setOperation(n *pg_query.SelectStmt, sc *scope) []scopeColumn {
	left, right := a.selectStmt(n.Larg, sc), a.selectStmt(n.Rarg, sc)
	if len(left) != len(right) && !hasUnknown(left) && !hasUnknown(right) {
		a.problem(failf(a.st.head(), syntaxError, "each %s query must have the same number of columns", setOperationName(n.Op)))
	}
	out := append([]scopeColumn{}, left...)
	for i := range out {
		out[i].col = nil
		if i < len(right) {
			out[i].typ = a.commonType([]typeRef{left[i].typ, right[i].typ})
		}
	}
	return out
}

func setOperationName(op pg_query.SetOperation) string {
	return map[pg_query.SetOperation]string{
		pg_query.SetOperation_SETOP_UNION: "UNION", pg_query.SetOperation_SETOP_INTERSECT: "INTERSECT",
		pg_query.SetOperation_SETOP_EXCEPT: "EXCEPT",
	}[op]
}

// hasUnknown tells a list whose length may be wrong: * over an entry of unknown columns.
func hasUnknown(columns []scopeColumn) bool {
	for _, c := range columns {
		if c.name == "" {
			return true
		}
	}
	return false
}

func (a *analysis) values(n *pg_query.SelectStmt, sc *scope) []scopeColumn {
	var rows [][]typeRef
	for _, list := range n.ValuesLists {
		rows = append(rows, a.exprs(list.GetList().GetItems(), sc))
	}
	out := make([]scopeColumn, len(rows[0]))
	for i := range out {
		var types []typeRef
		for _, row := range rows {
			if i < len(row) {
				types = append(types, row[i])
			}
		}
		out[i] = scopeColumn{name: valuesColumn(i), typ: a.commonType(types)}
	}
	return out
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
		column := scopeColumn{name: target.GetName(), typ: a.expr(target.GetVal(), sc)}
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
	names := stringsOf(ref.Fields)
	columns := sc.columns
	if len(names) > 0 {
		schemaName, name := splitName(names)
		item := sc.itemOutward(schemaName, name)
		if item == nil {
			a.problem(failf(a.st.name(ref.Location), undefinedTable, "missing FROM-clause entry for table %q", name))
			return nil
		}
		columns = item.columns
	}
	out := append([]scopeColumn{}, columns...)
	for i := range out {
		if out[i].col != nil {
			a.refs = append(a.refs, reference{obj: out[i].col})
		}
	}
	return out
}

func (s *scope) itemOutward(schemaName, name string) *scopeItem {
	for ; s != nil; s = s.outer {
		if item := s.item(schemaName, name); item != nil {
			return item
		}
	}
	return nil
}
