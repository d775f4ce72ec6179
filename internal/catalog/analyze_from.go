package catalog

import (
	"slices"
	"strconv"

	pg_query "github.com/pganalyze/pg_query_go/v5"
)

// namespace is what an entry of FROM brings: names to qualify with, and columns to name plainly.
type namespace struct {
	items   []*scopeItem
	columns []scopeColumn
}

func single(item *scopeItem) namespace {
	return namespace{items: []*scopeItem{item}, columns: item.columns}
}

// from walks an entry of FROM. Entries may see those before them (LATERAL); those are in sc already.
func (a *analysis) from(n *pg_query.Node, sc *scope) namespace {
	switch x := n.GetNode().(type) {
	case *pg_query.Node_RangeVar:
		return single(a.fromRelation(x.RangeVar, sc))
	case *pg_query.Node_RangeSubselect:
		columns := a.resolved(a.selectStmt(x.RangeSubselect.Subquery.GetSelectStmt(), sc))
		return single(aliased(&scopeItem{columns: columns}, x.RangeSubselect.Alias))
	case *pg_query.Node_RangeFunction:
		return single(a.fromFunction(x.RangeFunction, sc))
	case *pg_query.Node_JoinExpr:
		return a.join(x.JoinExpr, sc)
	case *pg_query.Node_RangeTableSample:
		return a.from(x.RangeTableSample.Relation, sc)
	case *pg_query.Node_RangeTableFunc:
		return single(a.xmlTable(x.RangeTableFunc, sc))
	}
	a.children(n, sc)
	return single(&scopeItem{open: true})
}

// aliased applies AS name (columns).
func aliased(item *scopeItem, alias *pg_query.Alias) *scopeItem {
	if alias != nil {
		item.name, item.schema = alias.Aliasname, ""
		item.columns = renamed(item.columns, stringsOf(alias.Colnames))
	}
	return item
}

func (a *analysis) fromRelation(v *pg_query.RangeVar, sc *scope) *scopeItem {
	if v.Schemaname == "" {
		for s := sc; s != nil; s = s.outer {
			if cte, ok := s.ctes[v.Relname]; ok {
				return aliased(&scopeItem{name: cte.name, columns: cte.columns, open: cte.open}, v.Alias)
			}
		}
	}
	rel, err := a.r.findRelation(v.Schemaname, v.Relname), error(nil)
	if rel == nil { // a query does not tell a schema that is not there
		err = a.r.noSuchRelation(a.st.rangeVarSpan(v), v.Schemaname, v.Relname)
	}
	if err != nil {
		a.problem(err)
		return aliased(&scopeItem{name: v.Relname, open: true}, v.Alias)
	}
	a.refer(v, rel)
	item := &scopeItem{name: rel.name, schema: rel.schema.name, columns: relationColumns(rel), rel: rel}
	if rel.kind == sequenceRel {
		item.columns = []scopeColumn{{name: "last_value", typ: a.builtin("int8")},
			{name: "log_cnt", typ: a.builtin("int8")}, {name: "is_called", typ: a.builtin("bool")}}
	}
	return aliased(item, v.Alias)
}

// fromFunction is a set-returning function in FROM: its columns are its OUT or TABLE arguments, the row type's, the
// definition list's, or one named after the alias or the function.
func (a *analysis) fromFunction(f *pg_query.RangeFunction, sc *scope) *scopeItem {
	item := &scopeItem{}
	for _, n := range f.Functions {
		parts := n.GetList().GetItems()
		if len(parts) == 0 {
			continue
		}
		result := a.expr(parts[0], sc)
		name := figureName(parts[0])
		if item.name == "" {
			item.name = name
		}
		defs := f.Coldeflist
		if len(parts) > 1 && len(defs) == 0 {
			defs = parts[1].GetList().GetItems()
		}
		columns, open := a.functionColumns(parts[0].GetFuncCall(), result, defs)
		item.open = item.open || open
		if len(columns) == 1 && columns[0].name == "" {
			columns[0].name = name
			if f.Alias != nil && len(f.Functions) == 1 {
				columns[0].name = f.Alias.Aliasname
			}
		}
		item.scalar = len(f.Functions) == 1 && !f.Ordinality && len(columns) == 1 && isPlainValue(result)
		item.columns = append(item.columns, columns...)
	}
	if f.Ordinality {
		item.columns = append(item.columns, scopeColumn{name: "ordinality", typ: a.builtin("int8")})
	}
	return aliased(item, f.Alias)
}

// isPlainValue tells a type that is no row.
func isPlainValue(t typeRef) bool {
	base := baseOf(t)
	return base.typ != nil && (base.array || base.typ.rel == nil && base.typ.name != "record")
}

// functionColumns are the columns that a function's result has in FROM; one without a name is a plain value.
func (a *analysis) functionColumns(call *pg_query.FuncCall, result typeRef, defs []*pg_query.Node) ([]scopeColumn, bool) {
	if len(defs) > 0 {
		var out []scopeColumn
		for _, d := range defs {
			def := d.GetColumnDef()
			out = append(out, scopeColumn{name: def.GetColname(), typ: a.typeName(def.GetTypeName())})
		}
		return out, false
	}
	if columns, ok := a.outColumns(call); ok {
		return columns, false
	}
	base := result
	for base.typ != nil && base.typ.kind == DomainType && !base.array {
		base = base.typ.base
	}
	if base.typ != nil && base.typ.rel != nil && !base.array {
		return relationColumns(base.typ.rel), false
	}
	open := base.typ == nil || base.typ.kind == PseudoType && base.typ.name == "record"
	return []scopeColumn{{typ: result}}, open
}

// join brings both sides; USING and NATURAL merge columns, which then come first.
func (a *analysis) join(j *pg_query.JoinExpr, sc *scope) namespace {
	left := a.from(j.Larg, sc)
	lateral := &scope{outer: sc.outer, items: append(slices.Clone(sc.items), left.items...),
		columns: append(slices.Clone(sc.columns), left.columns...), ctes: sc.ctes}
	right := a.from(j.Rarg, lateral)
	merged := stringsOf(j.UsingClause)
	if j.IsNatural {
		merged = commonNames(left.columns, right.columns)
	}
	out := namespace{items: append(slices.Clone(left.items), right.items...)}
	for _, name := range merged {
		out.columns = append(out.columns, a.mergedColumn(j, name, left.columns, right.columns))
	}
	for _, c := range append(slices.Clone(left.columns), right.columns...) {
		if !slices.Contains(merged, c.name) {
			out.columns = append(out.columns, c)
		}
	}
	a.expr(j.Quals, &scope{outer: sc.outer, items: append(slices.Clone(sc.items), out.items...),
		columns: append(slices.Clone(sc.columns), out.columns...), ctes: sc.ctes})
	if j.Alias != nil {
		return single(aliased(&scopeItem{columns: out.columns}, j.Alias))
	}
	return out
}

func commonNames(left, right []scopeColumn) []string {
	var names []string
	for _, c := range left {
		if _, count := findColumn(right, c.name); count > 0 {
			names = append(names, c.name)
		}
	}
	return names
}

// mergedColumn has the type common to both sides; of an outer join on the right it is the right one's.
func (a *analysis) mergedColumn(j *pg_query.JoinExpr, name string, left, right []scopeColumn) scopeColumn {
	l, inLeft := findColumn(left, name)
	r, inRight := findColumn(right, name)
	for _, side := range []struct {
		count int
		word  string
	}{{inLeft, "left"}, {inRight, "right"}} {
		if side.count == 0 && !j.IsNatural && l.name+r.name != "" {
			a.problem(failf(a.st.find(name, a.st.start), undefinedColumn,
				"column %q specified in USING clause does not exist in %s table", name, side.word))
		}
	}
	for _, c := range []scopeColumn{l, r} {
		if c.col != nil {
			a.refs = append(a.refs, reference{obj: c.col})
		}
	}
	out := scopeColumn{name: name, typ: l.typ, col: l.col}
	if !l.typ.same(r.typ) {
		out.typ = a.commonType([]typeRef{l.typ, r.typ})
		out.col = nil
	}
	return out
}

// xmlTable is XMLTABLE: its columns say their types.
func (a *analysis) xmlTable(t *pg_query.RangeTableFunc, sc *scope) *scopeItem {
	a.expr(t.Docexpr, sc)
	a.expr(t.Rowexpr, sc)
	item := &scopeItem{name: "xmltable"}
	for _, n := range t.Columns {
		c := n.GetRangeTableFuncCol()
		typ := a.builtin("int4")
		if !c.ForOrdinality {
			typ = a.typeName(c.TypeName)
		}
		item.columns = append(item.columns, scopeColumn{name: c.Colname, typ: typ})
	}
	return aliased(item, t.Alias)
}

func valuesColumn(i int) string { return "column" + strconv.Itoa(i+1) }
