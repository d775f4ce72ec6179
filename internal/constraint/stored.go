package constraint

import (
	"strings"
	"unicode/utf8"

	"github.com/trefoil-sql/trefoil/internal/catalog"
)

// Stored is what a column of a base type holds when a default is stored in it; ok is false where that is not a constant
// that the tree can hold. Without a default it is NULL.
func Stored(c *catalog.Catalog, def *catalog.Expression, t catalog.Type) (k Const, ok bool) {
	comp := compiler{Scope{Catalog: c, Column: func(string) (catalog.Type, bool) { return catalog.Type{}, false }}}
	typ := comp.typeOf(t)
	if def == nil {
		return Const{Type: typ, Null: true}, true
	}
	n, ok := coerce(comp.value(def.Tree), typ)
	if !ok {
		return Const{}, false
	}
	k, ok = n.(Const)
	if !ok || k.Null || len(t.Mods) == 0 {
		return k, ok
	}
	return limit(k, t.Mods)
}

// limit applies a type's modifiers to a constant. What the type would refuse, or pad, is not ok.
func limit(k Const, mods []int32) (Const, bool) {
	switch k.Type.Class {
	case TextClass:
		return k, utf8.RuneCountInString(k.Text) <= int(mods[0])
	case PaddedClass:
		return k, utf8.RuneCountInString(strings.TrimRight(k.Text, " ")) <= int(mods[0])
	case NumericClass:
		n, ok := parseNumeric(k.Text)
		if !ok || n.Special != Finite || len(mods) < 2 || mods[1] < 0 {
			return k, false
		}
		n = n.round(int(mods[1]))
		k.Text = n.String()
		return k, len(strings.TrimLeft(n.Unscaled.String(), "-0")) <= int(mods[0])
	}
	return k, false
}
