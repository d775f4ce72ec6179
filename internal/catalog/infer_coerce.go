package catalog

import (
	"github.com/trefoil-sql/trefoil/internal/source"
)

// acceptsAll are the pseudo types that take a value as it is.
var acceptsAll = map[string]bool{
	"any": true, "anyelement": true, "anynonarray": true, "anycompatible": true, "anycompatiblenonarray": true,
}

// coerce turns a value into a type that it is known to go to: PostgreSQL's coerce_type. Modifiers are not looked at.
func (a *analysis) coerce(t term, to typeRef, implicit bool) term {
	to = unmodified(to)
	switch {
	case to.typ == nil:
		return t
	case t.typ.sameType(to):
		return t
	case to.typ.kind == PseudoType && !to.array && acceptsAll[to.typ.name]:
		return t
	case to.typ.kind == PseudoType && !to.array && to.typ.name != "record" && to.typ.name != "_record" && !t.isUnknown():
		return t
	case isRecord(to) && isComposite(t.typ), to.array && isRecord(element(to)) && t.typ.array && isComposite(element(t.typ)):
		return t
	}
	if t.isUnknown() {
		if out, ok := a.coerceUnknown(t, to); ok {
			return out
		}
	}
	a.wrap(t.v, t.typ, to)
	if row, ok := t.v.(*RowValue); ok && baseOf(to).typ.rel != nil && !baseOf(to).array {
		t.v = a.coerceRow(row, t.row, baseOf(to).typ.rel)
	} else if _, whole := t.v.(*WholeRow); !ok && !whole && isRecord(t.typ) && isComposite(baseOf(to)) {
		a.problem(failf(a.placeOf(t), cannotCoerce, "cannot cast type record to %s", a.typeText(to)))
	}
	cast := &CastValue{Typed: typed(to, t.at()), Arg: t.v, Implicit: implicit, Strict: a.r.castIsStrict(t.typ, to)}
	return term{typ: to, v: cast}
}

func isRecord(t typeRef) bool {
	return t.typ != nil && t.typ.name == "record" && t.typ.kind == PseudoType && !t.array
}

func isComposite(t typeRef) bool { return t.typ != nil && t.typ.kind == CompositeType && !t.array }

// coerceUnknown gives a constant or a parameter its type.
func (a *analysis) coerceUnknown(t term, to typeRef) (term, bool) {
	switch v := t.v.(type) {
	case *Constant:
		a.literal(v, to)
		a.wrap(v, t.typ, to)
		out := *v
		out.Type = to.freeze()
		a.moved(v, &out)
		return term{typ: to, v: &out}, true
	case *ParameterValue:
		a.bindParameter(v, to)
		return term{typ: to, v: v}, true
	}
	return t, false
}

// coerceRow brings a row's fields to those of a composite type.
func (a *analysis) coerceRow(row *RowValue, fields []scopeColumn, rel *relation) Value {
	if len(fields) != len(rel.columns) {
		a.problem(failf(row.Place, cannotCoerce, "cannot cast type record to %s", a.typeText(typeRef{typ: rel.rowType})))
		return row
	}
	out := &RowValue{Typed: row.Typed}
	for i, c := range rel.columns {
		f := term{typ: fields[i].typ, v: row.Fields[i], row: fields[i].row}
		if f, ok := a.coerceTo(f, c.typ, explicitCast); ok {
			out.Fields = append(out.Fields, f.v)
		} else {
			out.Fields = append(out.Fields, f.v)
		}
	}
	return out
}

// coerceTo turns a value into a type with its modifiers: PostgreSQL's coerce_to_target_type. The second result is false
// where there is no such conversion.
func (a *analysis) coerceTo(t term, to typeRef, context castContext) (term, bool) {
	if to.typ == nil {
		return t, true
	}
	if !a.r.casts(t.typ, to, context) {
		return t, false
	}
	out := a.coerce(t, to, context != explicitCast)
	if out.typ.same(to) || !out.typ.sameType(to) {
		return out, true
	}
	if c, ok := out.v.(*Constant); ok {
		c.Type = to.freeze()
		return term{typ: to, v: c}, true
	}
	if cast, ok := out.v.(*CastValue); ok && out.v != t.v {
		cast.Type = to.freeze()
		return term{typ: to, v: cast, row: out.row}, true
	}
	return term{typ: to, v: &CastValue{Typed: typed(to, out.at()), Arg: out.v, Implicit: context != explicitCast, Strict: true}}, true
}

// boolean is a value that must be a condition.
func (a *analysis) boolean(t term, what string) term {
	to := a.builtin("bool")
	if t.typ.typ == nil && t.v == nil {
		return t
	}
	out, ok := a.coerceTo(t, to, assignmentCast)
	if !ok {
		a.problem(failf(a.placeOf(t), datatypeMismatch, "argument of %s must be type boolean, not type %s", what, a.typeText(t.typ)))
		return term{typ: to, v: t.v}
	}
	return out
}

// specific is a value that must be of a type, such as LIMIT's.
func (a *analysis) specific(t term, name, what string) term {
	to := a.builtin(name)
	out, ok := a.coerceTo(t, to, assignmentCast)
	if !ok {
		a.problem(failf(a.placeOf(t), datatypeMismatch, "argument of %s must be type %s, not type %s", what, a.typeText(to), a.typeText(t.typ)))
	}
	return out
}

// castIsStrict tells whether a conversion makes NULL of NULL and of nothing else. The migrations' own functions may do as
// they like, and since PostgreSQL 18 jsonb's null becomes NULL.
func (r *replay) castIsStrict(from, to typeRef) bool {
	from, to = baseOf(from), baseOf(to)
	if from.typ == nil || to.typ == nil || from.typ.name == "jsonb" && from.typ.schema.builtin && categoryOf(to) != 'S' && to.typ.name != "json" {
		return false
	}
	rule, ok := r.castRule(from, to)
	return !ok || rule.strict && (rule.method != 'f' || from.typ.schema.builtin && to.typ.schema.builtin)
}

// spanOr is the first span that is one.
func spanOr(a, b source.Span) source.Span {
	if a.IsZero() {
		return b
	}
	return a
}
