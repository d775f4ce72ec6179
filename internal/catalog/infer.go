package catalog

// known is the type that a value has in a result: a string constant without a type is text.
func (a *analysis) known(t typeRef) typeRef {
	if t.typ != nil && t.typ.name == "unknown" && t.typ.schema.builtin {
		return a.builtin("text")
	}
	return t
}

// resolved is known for a list of columns.
func (a *analysis) resolved(columns []scopeColumn) []scopeColumn {
	out := append([]scopeColumn{}, columns...)
	for i := range out {
		out[i].typ = a.known(out[i].typ)
	}
	return out
}

func isUnknownLiteral(t typeRef) bool { return t.typ != nil && t.typ.name == "unknown" }

// baseOf is the type under a domain.
func baseOf(t typeRef) typeRef {
	for t.typ != nil && t.typ.kind == DomainType && !t.array {
		t = t.typ.base
	}
	return t
}

// commonType is the type of CASE, COALESCE, UNION and the like: PostgreSQL's select_common_type.
func (a *analysis) commonType(types []typeRef) typeRef {
	if len(types) == 0 {
		return a.builtin("unknown")
	}
	same, sameMods := true, true
	for _, t := range types {
		if t.typ == nil {
			return typeRef{}
		}
		same = same && t.sameType(types[0])
		sameMods = sameMods && t.same(types[0])
	}
	if sameMods {
		return a.known(types[0])
	}
	if same {
		return a.known(typeRef{typ: types[0].typ, array: types[0].array, dims: types[0].dims})
	}
	best := unmodified(baseOf(types[0]))
	for _, t := range types[1:] {
		next := unmodified(baseOf(t))
		switch {
		case isUnknownLiteral(next) || next.sameType(best):
		case isUnknownLiteral(best):
			best = next
		case categoryOf(next) != categoryOf(best):
			return typeRef{}
		case !isPreferred(best) && a.coerces(best, next) && !a.coerces(next, best):
			best = next
		}
	}
	return a.known(best)
}

func unmodified(t typeRef) typeRef { return typeRef{typ: t.typ, array: t.array, dims: t.dims} }

// categoryOf is pg_type.typcategory.
func categoryOf(t typeRef) byte {
	switch {
	case t.array:
		return 'A'
	case t.typ == nil:
		return 0
	case t.typ.kind == EnumType:
		return 'E'
	case t.typ.kind == CompositeType:
		return 'C'
	case t.typ.kind == RangeType || t.typ.kind == MultirangeType:
		return 'R'
	case t.typ.schema.builtin:
		return builtinTypes()[t.typ.name].category
	case t.typ.name == "citext":
		return 'S'
	}
	return 'U'
}

func isPreferred(t typeRef) bool {
	return t.typ != nil && !t.array && t.typ.schema.builtin && builtinTypes()[t.typ.name].preferred
}
