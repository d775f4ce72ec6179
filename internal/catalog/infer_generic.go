package catalog

import "strings"

// generics are what the polymorphic types of one call stand for. The families any and anycompatible are apart.
type generics struct {
	any, compatible family
}

// family is what one of the two families stands for; a zero type is one that no argument tells.
type family struct {
	used, enum, plain       bool
	elem, array, rng, multi typeRef
	// elems are the types that anycompatible's common type is made of.
	elems []typeRef
}

// polymorphic takes a polymorphic type's name apart: its family, and what it is of the family.
func polymorphic(t typeRef) (compatible bool, form string, ok bool) {
	if t.typ == nil || t.array || t.typ.kind != PseudoType {
		return false, "", false
	}
	if form, ok := strings.CutPrefix(t.typ.name, "anycompatible"); ok {
		return true, form, true
	}
	form, ok = strings.CutPrefix(t.typ.name, "any")
	return false, form, ok && form != ""
}

func (g *generics) of(compatible bool) *family {
	if compatible {
		return &g.compatible
	}
	return &g.any
}

// elementOf is what the elements of an array are; a domain over an array is one.
func (r *replay) elementOf(t typeRef) (typeRef, bool) {
	t = baseOf(t)
	switch {
	case t.typ == nil:
		return typeRef{}, false
	case t.array:
		return element(t), true
	case t.typ.name == "int2vector" && t.typ.schema.builtin:
		return r.db.builtinRef("int2"), true
	case t.typ.name == "oidvector" && t.typ.schema.builtin:
		return r.db.builtinRef("oid"), true
	}
	return typeRef{}, false
}

func (r *replay) isArray(t typeRef) bool {
	_, ok := r.elementOf(t)
	return ok
}

// bind finds what the polymorphic arguments of a call stand for; ok is false where they do not agree.
func (r *replay) bind(want, have []typeRef) (g generics, ok bool) {
	for i, w := range want {
		compatible, form, ok := polymorphic(w)
		if !ok {
			continue
		}
		f := g.of(compatible)
		f.used = true
		f.enum, f.plain = f.enum || form == "enum", f.plain || form == "nonarray"
		if have[i].typ == nil || isUnknownLiteral(have[i]) {
			continue
		}
		if !f.add(r, form, unmodified(have[i]), compatible) {
			return g, false
		}
	}
	return g, g.any.settle(r, false) && g.compatible.settle(r, true)
}

// add takes one argument's type in.
func (f *family) add(r *replay, form string, have typeRef, compatible bool) bool {
	same := func(slot *typeRef, t typeRef) bool {
		if slot.typ != nil && !slot.sameType(t) {
			return false
		}
		*slot = t
		return true
	}
	switch form {
	case "array":
		base := baseOf(have)
		if compatible {
			elem, ok := r.elementOf(base)
			f.elems = append(f.elems, elem)
			return ok
		}
		return same(&f.array, base)
	case "range":
		base := baseOf(have)
		return base.typ.kind == RangeType && same(&f.rng, base)
	case "multirange":
		base := baseOf(have)
		return base.typ.kind == MultirangeType && same(&f.multi, base)
	}
	if compatible {
		f.elems = append(f.elems, have)
		return true
	}
	return same(&f.elem, have)
}

// settle makes the parts of a family agree.
func (f *family) settle(r *replay, compatible bool) bool {
	if !f.used {
		return true
	}
	if f.multi.typ != nil {
		rng := typeRef{typ: f.multi.typ.other}
		if f.rng.typ != nil && !f.rng.sameType(rng) {
			return false
		}
		f.rng = rng
	}
	if f.rng.typ != nil && f.multi.typ == nil {
		f.multi = typeRef{typ: f.rng.typ.other}
	}
	if compatible {
		return f.settleCommon(r)
	}
	if f.array.typ != nil && f.array.typ.name != "anyarray" {
		elem, ok := r.elementOf(f.array)
		if !ok || f.elem.typ != nil && !f.elem.sameType(elem) {
			return false
		}
		f.elem = elem
	}
	if f.rng.typ != nil {
		if f.elem.typ != nil && !f.elem.sameType(f.rng.typ.base) {
			return false
		}
		f.elem = unmodified(f.rng.typ.base)
	}
	if f.array.typ == nil {
		f.array = arrayOf(f.elem)
	}
	return !(f.enum && (f.elem.typ == nil || f.elem.typ.kind != EnumType || f.elem.array)) && !(f.plain && r.isArray(f.elem))
}

func (f *family) settleCommon(r *replay) bool {
	if f.rng.typ != nil {
		f.elem = unmodified(f.rng.typ.base)
		f.array = arrayOf(f.elem)
		for _, t := range f.elems {
			if !r.casts(t, f.elem, implicitCast) {
				return false
			}
		}
		return true
	}
	if len(f.elems) == 0 {
		return true
	}
	common, ok := r.commonOf(f.elems)
	for _, t := range f.elems {
		ok = ok && r.casts(t, common, implicitCast)
	}
	f.elem, f.array = common, arrayOf(common)
	return ok
}

// actual is what a type of a signature stands for in the call; all constants without a type make anycompatible text.
func (g *generics) actual(r *replay, t typeRef) typeRef {
	compatible, form, ok := polymorphic(t)
	if !ok {
		return t
	}
	f := *g.of(compatible)
	if compatible && f.elem.typ == nil {
		f.elem = r.db.builtinRef("text")
		f.array = arrayOf(f.elem)
	}
	switch form {
	case "array":
		return f.array
	case "range":
		return f.rng
	case "multirange":
		return f.multi
	}
	return f.elem
}

// arrayOf is the array of a type. There is no array of an array.
func arrayOf(t typeRef) typeRef {
	if t.typ == nil || t.array {
		return typeRef{}
	}
	return typeRef{typ: t.typ, array: true, dims: 1, mods: t.mods, fields: t.fields}
}
