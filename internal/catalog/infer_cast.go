package catalog

// castContext is how a value is turned into another type.
type castContext byte

const (
	implicitCast   castContext = 'i'
	assignmentCast castContext = 'a'
	explicitCast   castContext = 'e'
)

// allows tells whether a cast of pg_cast works in a context.
func (c castContext) allows(kind byte) bool {
	switch c {
	case implicitCast:
		return kind == 'i'
	case assignmentCast:
		return kind != 'e'
	}
	return true
}

// coerces tells whether from is turned into to without being asked: PostgreSQL's can_coerce_type.
func (a *analysis) coerces(from, to typeRef) bool { return a.r.casts(from, to, implicitCast) }

// casts tells whether a value of one type can become another in a context. What is not known may.
func (r *replay) casts(from, to typeRef, context castContext) bool {
	switch {
	case from.typ == nil || to.typ == nil, from.sameType(to), isUnknownLiteral(from):
		return true
	case to.typ.kind == PseudoType && !to.array:
		return acceptsPseudo(from, to.typ.name) || to.typ.name == "record" && context == explicitCast && categoryOf(from) == 'S' && !from.array
	case to.typ.kind == DomainType && !to.array:
		return r.casts(from, to.typ.base, context)
	case r.hasCast(from, to, context):
		return true
	case from.typ.kind == DomainType && !from.array:
		return r.casts(from.typ.base, to, context)
	case to.array && r.isArray(from):
		elem, _ := r.elementOf(from)
		return r.casts(elem, element(to), context)
	case from.typ.kind == CompositeType && !from.array && !to.array && to.typ.kind == CompositeType:
		return inherits(from.typ.rel, to.typ.rel)
	case from.typ.name == "record" && to.typ.kind == CompositeType:
		return true
	}
	// A value can be written as text in an assignment, and read from text where a cast is written.
	return context != implicitCast && categoryOf(to) == 'S' && !to.array ||
		context == explicitCast && categoryOf(from) == 'S' && !from.array
}

// element is an array's element.
func element(t typeRef) typeRef {
	t.array, t.dims = false, 0
	return t
}

// hasCast looks in pg_cast, in that of the extensions that are there, and in the migrations' own.
func (r *replay) hasCast(from, to typeRef, context castContext) bool {
	if rule, ok := r.castRule(from, to); ok {
		return context.allows(rule.kind)
	}
	builtin := from.typ.schema.builtin && to.typ.schema.builtin
	for name := range r.db.extensions {
		if contents := extensions()[name]; !builtin && (contents == nil || contents.partial) && context != implicitCast {
			return true
		}
	}
	return false
}

// castRule is the row of pg_cast for two types.
func (r *replay) castRule(from, to typeRef) (castRule, bool) {
	pair := castPair{pgName(from), pgName(to)}
	if rule, ok := builtinCasts()[pair]; ok && from.typ.schema.builtin && to.typ.schema.builtin {
		return rule, true
	}
	for name := range r.db.extensions {
		if contents := extensions()[name]; contents != nil {
			if rule, ok := contents.casts[pair]; ok {
				return rule, true
			}
		}
	}
	for _, c := range r.db.casts {
		if c.from.sameType(from) && c.to.sameType(to) {
			return c.castRule, true
		}
	}
	return castRule{}, false
}

// userCast is what CREATE CAST made.
type userCast struct {
	from, to typeRef
	castRule
}

// pgName is a type's name in pg_type.
func pgName(t typeRef) string {
	if t.array {
		return "_" + t.typ.name
	}
	return t.typ.name
}

// acceptsPseudo tells what a pseudo type of an argument takes.
func acceptsPseudo(from typeRef, name string) bool {
	switch name {
	case "any", "anyelement", "anycompatible", "unknown":
		return true
	case "anyarray", "anycompatiblearray":
		return from.array || baseOf(from).array || from.typ.name == "int2vector" || from.typ.name == "oidvector" || from.typ.name == "anyarray"
	case "anynonarray", "anycompatiblenonarray":
		return !baseOf(from).array
	case "anyenum":
		return baseOf(from).typ.kind == EnumType && !baseOf(from).array
	case "anyrange", "anycompatiblerange":
		return baseOf(from).typ.kind == RangeType && !from.array
	case "anymultirange", "anycompatiblemultirange":
		return baseOf(from).typ.kind == MultirangeType && !from.array
	case "record":
		return from.typ.kind == CompositeType && !from.array || from.typ.name == "record"
	case "_record":
		return from.array && from.typ.kind == CompositeType
	case "cstring":
		return false
	}
	return false
}

func inherits(child, parent *relation) bool {
	if child == nil || parent == nil {
		return false
	}
	for _, p := range child.parents {
		if p == parent || inherits(p, parent) {
			return true
		}
	}
	return false
}
