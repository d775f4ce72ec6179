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
	from    From
}

func (ns namespace) isOpen() bool {
	return slices.ContainsFunc(ns.items, func(i *scopeItem) bool { return i.open })
}

func single(item *scopeItem) namespace {
	if item.source == nil {
		item.source = &Source{}
		item.bind()
	}
	item.source.Alias = item.name
	return namespace{items: []*scopeItem{item}, columns: item.columns, from: item.source}
}

// fromClause walks a list of entries, each seeing those before it if it is LATERAL.
func (a *analysis) fromClause(list []*pg_query.Node, sc *scope) (namespace, []From) {
	var all namespace
	var out []From
	for _, n := range list {
		ns := a.from(n, sc.with(all))
		a.sameNames(all.items, ns.items)
		all.items = append(all.items, ns.items...)
		all.columns = append(all.columns, ns.columns...)
		out = append(out, ns.from)
	}
	return all, out
}

// sameNames says where two entries of FROM have one name. Two tables of different schemas may.
func (a *analysis) sameNames(before, after []*scopeItem) {
	for _, x := range before {
		for _, y := range after {
			if x.name != y.name || x.name == "" || x.schema != "" && y.schema != "" && x.rel != y.rel {
				continue
			}
			a.problem(failf(a.st.head(), duplicateAlias, "table name %q specified more than once", x.name))
		}
	}
}

// from walks an entry of FROM. Entries may see those before them (LATERAL); those are in sc already.
func (a *analysis) from(n *pg_query.Node, sc *scope) namespace {
	switch x := n.GetNode().(type) {
	case *pg_query.Node_RangeVar:
		return single(a.fromRelation(x.RangeVar, sc))
	case *pg_query.Node_RangeSubselect:
		return a.fromQuery(x.RangeSubselect, sc)
	case *pg_query.Node_RangeFunction:
		return single(a.fromFunction(x.RangeFunction, sc))
	case *pg_query.Node_JoinExpr:
		return a.join(x.JoinExpr, sc)
	case *pg_query.Node_RangeTableSample:
		ns := a.from(x.RangeTableSample.Relation, sc)
		for _, n := range x.RangeTableSample.Args {
			a.specific(a.expr(n, sc.at(inFunction)), "float4", "TABLESAMPLE")
		}
		if x.RangeTableSample.Repeatable != nil {
			a.specific(a.expr(x.RangeTableSample.Repeatable, sc), "float8", "REPEATABLE")
		}
		return ns
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
		if item.source != nil {
			item.bind()
		}
	}
	return item
}

// renamed gives the first columns the names of an alias list.
func renamed(columns []scopeColumn, names []string) []scopeColumn {
	out := append([]scopeColumn{}, columns...)
	for i := range min(len(names), len(out)) {
		out[i].name = names[i]
	}
	return out
}

// tooManyNames says where an alias list is longer than the columns.
func (a *analysis) tooManyNames(item *scopeItem, alias *pg_query.Alias, columns int) {
	if names := len(alias.GetColnames()); names > columns && !item.open {
		a.problem(failf(a.st.find(alias.Aliasname, a.st.start), invalidColumnReference,
			"table %q has %d columns available but %d columns specified", alias.Aliasname, columns, names))
	}
}

func (a *analysis) fromQuery(x *pg_query.RangeSubselect, sc *scope) namespace {
	outer := sc
	if !x.Lateral {
		outer = sc.only(namespace{})
	}
	q, columns := a.subquery(x.Subquery, outer)
	item := &scopeItem{columns: derived(columns), source: &Source{Query: q, Lateral: x.Lateral}, open: hasUnknown(columns)}
	a.tooManyNames(item, x.Alias, len(columns))
	item.bind()
	return single(aliased(item, x.Alias))
}

// derived are a query's columns as an entry of FROM has them.
func derived(columns []scopeColumn) []scopeColumn {
	out := slices.Clone(columns)
	for i := range out {
		out[i].v = nil
	}
	return out
}

func (a *analysis) fromRelation(v *pg_query.RangeVar, sc *scope) *scopeItem {
	if v.Schemaname == "" {
		for s := sc; s != nil; s = s.outer {
			if cte, ok := s.ctes[v.Relname]; ok {
				if cte.self {
					cte.cte.Recursive = true
					cte.uses++
				}
				if q := cte.cte.Query; q != nil && q.Write != nil && len(q.Columns) == 0 {
					a.problem(failf(a.st.rangeVarSpan(v), featureNotSupported, "WITH query %q does not have a RETURNING clause", v.Relname))
				}
				item := &scopeItem{name: cte.name, columns: derived(cte.columns), open: cte.open, source: &Source{CTE: cte.cte}}
				a.tooManyNames(item, v.Alias, len(cte.columns))
				item.bind()
				return aliased(item, v.Alias)
			}
		}
	}
	rel := a.r.findRelation(v.Schemaname, v.Relname)
	if rel == nil { // a query does not tell a schema that is not there
		a.problem(a.r.noSuchRelation(a.st.rangeVarSpan(v), v.Schemaname, v.Relname))
		return aliased(&scopeItem{name: v.Relname, open: true}, v.Alias)
	}
	a.refer(v, rel)
	if rel.kind == indexKind || rel.kind == composite {
		a.problem(failf(a.st.rangeVarSpan(v), wrongObjectType, "cannot open relation %q", rel.name))
	}
	item := relationItem(rel)
	if rel.kind == sequenceRel {
		item.columns = []scopeColumn{{name: "last_value", term: term{typ: a.builtin("int8")}},
			{name: "log_cnt", term: term{typ: a.builtin("int8")}}, {name: "is_called", term: term{typ: a.builtin("bool")}}}
		item.bind()
	}
	a.tooManyNames(item, v.Alias, len(item.columns))
	return aliased(item, v.Alias)
}

// xmlTable is XMLTABLE: its columns say their types.
func (a *analysis) xmlTable(t *pg_query.RangeTableFunc, sc *scope) *scopeItem {
	item := &scopeItem{name: "xmltable", source: &Source{Lateral: true}}
	call := &Construct{Typed: typed(a.builtin("record"), a.st.at(t.Location)), Name: "xmltable"}
	call.Args = append(call.Args, a.specific(a.expr(t.Rowexpr, sc), "text", "XMLTABLE").v, a.specific(a.expr(t.Docexpr, sc), "xml", "XMLTABLE").v)
	for _, n := range t.Namespaces {
		call.Args = append(call.Args, a.specific(a.expr(n.GetResTarget().GetVal(), sc), "text", "XMLTABLE").v)
	}
	for _, n := range t.Columns {
		c := n.GetRangeTableFuncCol()
		typ := a.builtin("int4")
		if !c.ForOrdinality {
			typ = a.typeName(c.TypeName)
		}
		if c.Colexpr != nil {
			call.Args = append(call.Args, a.specific(a.expr(c.Colexpr, sc), "text", "XMLTABLE").v)
		}
		if c.Coldefexpr != nil {
			if def, ok := a.coerceTo(a.expr(c.Coldefexpr, sc), typ, assignmentCast); ok {
				call.Args = append(call.Args, def.v)
			}
		}
		item.columns = append(item.columns, scopeColumn{name: c.Colname, term: term{typ: typ}})
	}
	item.source.Calls = []Value{call}
	item.bind()
	return aliased(item, t.Alias)
}

func valuesColumn(i int) string { return "column" + strconv.Itoa(i+1) }
