package catalog

import (
	pg_query "github.com/pganalyze/pg_query_go/v5"
)

// indirection is arg[i], arg[i:j] or (arg).field.
func (a *analysis) indirection(x *pg_query.A_Indirection, sc *scope) term {
	return a.steps(a.expr(x.Arg, sc), x.Indirection, sc)
}

// steps follows subscripts and fields. Subscripts that stand together are one.
func (a *analysis) steps(t term, list []*pg_query.Node, sc *scope) term {
	for i := 0; i < len(list); i++ {
		switch s := list[i].Node.(type) {
		case *pg_query.Node_AIndices:
			var indices []*pg_query.A_Indices
			for ; i < len(list) && list[i].GetAIndices() != nil; i++ {
				indices = append(indices, list[i].GetAIndices())
			}
			i--
			t = a.subscript(t, indices, sc)
		case *pg_query.Node_String_:
			t = a.field(list[i], s.String_.Sval, t)
		default:
			t = term{v: t.v}
		}
	}
	return t
}

// plainElements of types that are no arrays, but have numbered parts.
var partTypes = map[string]string{
	"name": "char", "point": "float8", "lseg": "point", "box": "point", "line": "float8",
}

// subscript is an element or a slice.
func (a *analysis) subscript(t term, indices []*pg_query.A_Indices, sc *scope) term {
	out := &SubscriptValue{Arg: t.v}
	out.Place = t.at()
	for _, x := range indices {
		out.Slice = out.Slice || x.IsSlice
	}
	base := baseOf(t.typ)
	result, index := base, "int4"
	elem, isArray := a.r.elementOf(base)
	switch {
	case base.typ == nil:
	case isArray:
		if !out.Slice {
			result = elem
		}
	case base.typ.schema.builtin && base.typ.name == "jsonb":
		index = ""
	case base.typ.name == "hstore":
		index, result = "text", a.builtin("text")
	case base.typ.schema.builtin && partTypes[base.typ.name] != "":
		result = a.builtin(partTypes[base.typ.name])
	default:
		a.problem(failf(a.placeOf(t), datatypeMismatch, "cannot subscript type %s because it does not support subscripting", a.typeText(base)))
		result = typeRef{}
	}
	for _, x := range indices {
		for _, n := range []*pg_query.Node{x.Lidx, x.Uidx} {
			if n != nil {
				out.Indices = append(out.Indices, a.index(a.expr(n, sc), index))
			}
		}
	}
	out.Type = result.freeze()
	return term{typ: result, v: out}
}

// index is a subscript: of jsonb a number or a key.
func (a *analysis) index(t term, name string) Value {
	if name == "" {
		name = "text"
		if !t.isUnknown() && a.coerces(t.typ, a.builtin("int4")) {
			name = "int4"
		}
	}
	out, ok := a.coerceTo(t, a.builtin(name), assignmentCast)
	if !ok {
		a.problem(failf(a.placeOf(t), datatypeMismatch, "array subscript must have type integer"))
	}
	return out.v
}

// field selects from a row. Of none that is known it is a function's call, or a mistake.
func (a *analysis) field(node any, name string, t term) term {
	if out, ok := a.fieldOf(node, name, t); ok {
		return out
	}
	none := term{v: &FieldValue{Typed: Typed{Type: Type{Kind: UnknownType}, Place: t.at()}, Arg: t.v, Field: name}}
	base := baseOf(t.typ)
	if base.typ == nil || base.typ.name == "record" && t.row == nil {
		return none
	}
	if c := a.candidates([]string{name}, []typeRef{t.typ}, []string{""}, false); len(c) > 0 {
		if best, _ := a.choose(c, []typeRef{t.typ}); best != nil {
			x := &pg_query.FuncCall{Funcname: []*pg_query.Node{pg_query.MakeStrNode(name)}, Location: -1}
			given := &arguments{terms: []term{t}, names: []string{""}}
			return a.applied(best, x, given, &FunctionCall{Typed: Typed{Place: t.at()}}, &scope{query: &queryState{}})
		}
	}
	switch {
	case base.typ.name == "record":
		a.problem(failf(a.placeOf(t), undefinedColumn, "could not identify column %q in record data type", name))
	case base.typ.rel != nil && !base.array:
		a.problem(failf(a.placeOf(t), undefinedColumn, "column %q not found in data type %s", name, a.typeText(base)))
	default:
		a.problem(failf(a.placeOf(t), wrongObjectType, "column notation .%s applied to type %s, which is not a composite type", name, a.typeText(t.typ)))
	}
	return none
}

// fieldOf is a field of a row, if it has it.
func (a *analysis) fieldOf(node any, name string, t term) (term, bool) {
	for i, c := range t.row {
		if c.name != name {
			continue
		}
		if _, whole := t.v.(*WholeRow); whole && c.v != nil {
			if c.col != nil {
				a.refer(node, c.col)
			}
			return c.term, true
		}
		if row, ok := t.v.(*RowValue); ok && i < len(row.Fields) {
			return term{typ: c.typ, v: row.Fields[i], row: c.row}, true
		}
		return term{typ: c.typ, row: c.row, v: &FieldValue{Typed: typed(c.typ, t.at()), Arg: t.v, Field: name}}, true
	}
	base := baseOf(t.typ)
	if base.typ == nil || base.typ.rel == nil || base.array {
		return term{}, false
	}
	c := base.typ.rel.column(name)
	if c == nil {
		return term{}, false
	}
	a.refer(node, c)
	return term{typ: c.typ, v: &FieldValue{Typed: typed(c.typ, t.at()), Arg: t.v, Field: name}}, true
}

// rowColumns are the fields of a row value, each as a value of its own.
func (a *analysis) rowColumns(t term) []scopeColumn {
	var out []scopeColumn
	if t.row != nil {
		for _, c := range t.row {
			f, _ := a.fieldOf(nil, c.name, t)
			out = append(out, scopeColumn{name: c.name, term: f, col: c.col})
		}
		return out
	}
	if base := baseOf(t.typ); base.typ != nil && base.typ.rel != nil && !base.array {
		for _, c := range base.typ.rel.columns {
			f, _ := a.fieldOf(nil, c.name, t)
			out = append(out, scopeColumn{name: c.name, term: f})
		}
	}
	return out
}

// expanded is (arg).* written out.
func (a *analysis) expanded(x *pg_query.A_Indirection, sc *scope) []scopeColumn {
	t := a.steps(a.expr(x.Arg, sc), x.Indirection[:len(x.Indirection)-1], sc)
	out := a.rowColumns(t)
	if out == nil && t.typ.typ != nil && baseOf(t.typ).typ.name != "record" {
		a.problem(failf(a.placeOf(t), wrongObjectType, "type %s is not composite", a.typeText(t.typ)))
	}
	return out
}
