package catalog

import (
	"github.com/trefoil-sql/trefoil/internal/source"
)

// term is an expression after analysis: its type, which is the zero typeRef where it is not known, and its value.
type term struct {
	typ typeRef
	v   Value
	// row are the fields of a record whose type has no name, where they are known.
	row []scopeColumn
	// origin is the table or view column that it is, taken as it is.
	origin *ColumnName
	// call is the function that gave it, if it is a call.
	call *function
}

// at is the term's place.
func (t term) at() source.Span {
	if t.v == nil {
		return source.Span{}
	}
	return t.v.At()
}

func (t term) isUnknown() bool { return isUnknownLiteral(t.typ) }

// typed is what all values hold.
func typed(t typeRef, at source.Span) Typed { return Typed{Type: t.freeze(), Place: at} }

// known is the type that a value has in a result: a constant or parameter without a type is text.
func (a *analysis) known(t term) term {
	if t.isUnknown() {
		return a.coerce(t, a.builtin("text"), true)
	}
	return t
}

// resolved is known for a list of columns.
func (a *analysis) resolved(columns []scopeColumn) []scopeColumn {
	out := append([]scopeColumn{}, columns...)
	for i := range out {
		out[i].term = a.known(out[i].term)
	}
	return out
}

func isUnknownLiteral(t typeRef) bool {
	return t.typ != nil && t.typ.name == "unknown" && !t.array && t.typ.kind == PseudoType
}

// baseOf is the type under a domain.
func baseOf(t typeRef) typeRef {
	for t.typ != nil && t.typ.kind == DomainType && !t.array {
		t = t.typ.base
	}
	return t
}

// commonType is the type of CASE, COALESCE, UNION and the like: PostgreSQL's select_common_type. The zero type means that
// one of them is not known; ok is false where they do not go together.
func (a *analysis) commonType(terms []term) (common typeRef, ok bool) {
	types := make([]typeRef, len(terms))
	for i, t := range terms {
		types[i] = t.typ
	}
	return a.r.commonOf(types)
}

func (r *replay) commonOf(types []typeRef) (typeRef, bool) {
	if len(types) == 0 {
		return r.db.builtinRef("text"), true
	}
	same := true
	for _, t := range types {
		if t.typ == nil {
			return typeRef{}, true
		}
		same = same && t.sameType(types[0])
	}
	if same && !isUnknownLiteral(types[0]) {
		return unmodified(types[0]), true
	}
	best := unmodified(baseOf(types[0]))
	for _, t := range types[1:] {
		next := unmodified(baseOf(t))
		switch {
		case isUnknownLiteral(next) || next.sameType(best):
		case isUnknownLiteral(best):
			best = next
		case categoryOf(next) != categoryOf(best):
			return best, false
		case !isPreferred(best) && r.casts(best, next, implicitCast) && !r.casts(next, best, implicitCast):
			best = next
		}
	}
	if isUnknownLiteral(best) {
		best = r.db.builtinRef("text")
	}
	return best, true
}

// common brings values to their common type, and says where they do not go together. The type has the modifiers that all
// of them share.
func (a *analysis) common(terms []term, what string) typeRef {
	to, ok := a.commonType(terms)
	if !ok {
		a.mismatch(terms, to, what)
		return typeRef{}
	}
	if to.typ == nil {
		return to
	}
	for i := range terms {
		if !a.coerces(terms[i].typ, to) {
			a.problem(failf(a.placeOf(terms[i]), cannotCoerce, "%s could not convert type %s to %s", what, a.typeText(terms[i].typ), a.typeText(to)))
			return typeRef{}
		}
		terms[i] = a.coerce(terms[i], to, true)
	}
	return sharedMods(terms, to)
}

// mismatch names the first type that does not go with those before it.
func (a *analysis) mismatch(terms []term, best typeRef, what string) {
	for i := range terms {
		if to, ok := a.commonType(terms[:i+1]); !ok {
			a.problem(failf(a.placeOf(terms[i]), datatypeMismatch, "%s types %s and %s cannot be matched", what,
				a.typeText(to), a.typeText(terms[i].typ)))
			return
		}
	}
}

// placeOf is a term's place, or the statement.
func (a *analysis) placeOf(t term) source.Span {
	if at := t.at(); !at.IsZero() {
		return at
	}
	return a.st.head()
}

// sharedMods adds to a type the modifiers that all values have, if they have the same.
func sharedMods(terms []term, to typeRef) typeRef {
	to = unmodified(to)
	for i, t := range terms {
		if !t.typ.sameType(to) || i > 0 && !t.typ.same(terms[0].typ) {
			return to
		}
	}
	if len(terms) > 0 {
		to.mods, to.fields = terms[0].typ.mods, terms[0].typ.fields
	}
	return to
}

func unmodified(t typeRef) typeRef { return typeRef{typ: t.typ, array: t.array, dims: t.dims} }

func (ref typeRef) isModified() bool { return len(ref.mods) > 0 || ref.fields != "" }

// categoryOf is pg_type.typcategory.
func categoryOf(t typeRef) byte {
	t = baseOf(t)
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
	case t.typ.category != 0:
		return t.typ.category
	}
	return 'U'
}

func isPreferred(t typeRef) bool {
	return t.typ != nil && !t.array && t.typ.schema.builtin && builtinTypes()[t.typ.name].preferred
}

// typeText spells a type for messages, without its modifiers.
func (a *analysis) typeText(t typeRef) string { return a.r.typeText(unmodified(t)) }
