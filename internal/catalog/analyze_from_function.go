package catalog

import (
	pg_query "github.com/pganalyze/pg_query_go/v5"
)

// fromFunction is a set-returning function in FROM: its columns are its OUT or TABLE arguments, the row type's, the
// definition list's, or one named after the alias or the function.
func (a *analysis) fromFunction(f *pg_query.RangeFunction, sc *scope) *scopeItem {
	item := &scopeItem{source: &Source{Lateral: true}}
	for _, n := range f.Functions {
		parts := n.GetList().GetItems()
		if len(parts) == 0 {
			continue
		}
		a.fromCall(item, f, parts, sc)
	}
	if f.Ordinality && len(f.Coldeflist) > 0 {
		a.problem(hinted(a.st.head(), syntaxError, "Put the column definition list inside ROWS FROM().",
			"WITH ORDINALITY cannot be used with a column definition list"))
	}
	if f.Ordinality {
		item.source.Ordinality = true
		item.columns = append(item.columns, scopeColumn{name: "ordinality", term: term{typ: a.builtin("int8")}})
	}
	if f.Ordinality || len(f.Functions) > 1 {
		item.scalar, item.rowType = false, nil
	}
	a.tooManyNames(item, f.Alias, len(item.columns))
	item.bind()
	return aliased(item, f.Alias)
}

// fromCall adds the columns of one function.
func (a *analysis) fromCall(item *scopeItem, f *pg_query.RangeFunction, parts []*pg_query.Node, sc *scope) {
	calls, defs := []*pg_query.Node{parts[0]}, f.Coldeflist
	if len(parts) > 1 && len(defs) == 0 {
		defs = parts[1].GetList().GetItems()
	}
	if list := unnestEach(parts[0], len(defs) > 0); list != nil {
		calls = list
	}
	for _, n := range calls {
		result := a.known(a.expr(n, sc.at(inFunction)))
		item.source.Calls = append(item.source.Calls, result.v)
		name := figureName(n)
		if item.name == "" {
			item.name = name
		}
		columns, open := a.functionColumns(result, defs)
		item.open = item.open || open
		if len(columns) == 1 && columns[0].name == "" {
			columns[0].name = name
			if f.Alias != nil && len(f.Functions) == 1 && len(calls) == 1 {
				columns[0].name = f.Alias.Aliasname
			}
		}
		item.scalar = len(calls) == 1 && len(columns) == 1 && isPlainValue(result.typ)
		if base := baseOf(result.typ); base.typ != nil && base.typ.rel != nil && !base.array && len(calls) == 1 {
			item.rowType = base.typ
		}
		item.columns = append(item.columns, columns...)
	}
}

// unnestEach is unnest of several arrays, which stands for one unnest of each.
func unnestEach(n *pg_query.Node, defined bool) []*pg_query.Node {
	x := n.GetFuncCall()
	if x == nil || len(x.Args) < 2 || defined || len(x.AggOrder) > 0 || x.AggStar || x.AggDistinct || x.FuncVariadic {
		return nil
	}
	schemaName, name := splitName(stringsOf(x.Funcname))
	if name != "unnest" || schemaName != "" && schemaName != "pg_catalog" {
		return nil
	}
	var out []*pg_query.Node
	for _, arg := range x.Args {
		call := &pg_query.FuncCall{Funcname: []*pg_query.Node{pg_query.MakeStrNode("pg_catalog"), pg_query.MakeStrNode("unnest")},
			Args: []*pg_query.Node{arg}, Funcformat: x.Funcformat, Location: x.Location}
		out = append(out, &pg_query.Node{Node: &pg_query.Node_FuncCall{FuncCall: call}})
	}
	return out
}

// uncallable are the pseudo types of functions that no query can call.
var uncallable = words("trigger event_trigger language_handler fdw_handler index_am_handler table_am_handler tsm_handler internal")

// isPlainValue tells a type that is no row.
func isPlainValue(t typeRef) bool {
	base := baseOf(t)
	return base.typ != nil && (base.array || base.typ.rel == nil && base.typ.name != "record")
}

// functionColumns are the columns that a function's result has in FROM; one without a name is a plain value.
func (a *analysis) functionColumns(result term, defs []*pg_query.Node) ([]scopeColumn, bool) {
	if len(defs) > 0 {
		switch {
		case result.row != nil:
			a.problem(failf(a.placeOf(result), syntaxError, "a column definition list is redundant for a function with OUT parameters"))
		case isComposite(baseOf(result.typ)):
			a.problem(failf(a.placeOf(result), syntaxError, "a column definition list is redundant for a function returning a named composite type"))
		case result.typ.typ != nil && !isRecord(result.typ):
			a.problem(failf(a.placeOf(result), syntaxError, "a column definition list is only allowed for functions returning \"record\""))
		}
		var out []scopeColumn
		for _, d := range defs {
			def := d.GetColumnDef()
			out = append(out, scopeColumn{name: def.GetColname(), term: term{typ: a.typeName(def.GetTypeName())}})
		}
		return out, false
	}
	if result.row != nil {
		return derived(result.row), false
	}
	base := baseOf(result.typ)
	if base.typ != nil && base.typ.rel != nil && !base.array {
		out := relationColumns(base.typ.rel)
		for i := range out {
			out[i].origin = nil // the function may give anything
		}
		return out, false
	}
	if base.typ != nil && base.typ.name == "record" && !base.array {
		a.problem(failf(a.placeOf(result), syntaxError, "a column definition list is required for functions returning \"record\""))
		return nil, true
	}
	if base.typ != nil && base.typ.kind == PseudoType && uncallable[base.typ.name] && result.call != nil {
		a.problem(failf(a.placeOf(result), datatypeMismatch, "function %q in FROM has unsupported return type %s", result.call.name, base.typ.name))
	}
	column := scopeColumn{term: term{typ: result.typ}}
	if result.call != nil {
		if outs := result.call.outputArgs(); len(outs) == 1 {
			column.name = outs[0].name
		}
	}
	return []scopeColumn{column}, base.typ == nil
}
