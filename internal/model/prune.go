package model

import (
	"slices"

	"github.com/trefoil-sql/trefoil/internal/naming"
)

// prune drops the enums and composites that the target has no use for: those that no object refers to, and that are
// not wanted for themselves.
func (b *builder) prune() {
	if b.Language == naming.Go {
		return
	}
	used := map[any]bool{}
	for _, o := range b.roots() {
		for _, f := range o.Fields {
			markUsed(used, f.Type)
		}
	}
	drop := func(owner any) bool { return b.unwanted[owner] && !used[owner] }
	b.model.Enums = slices.DeleteFunc(b.model.Enums, func(e *Enum) bool { return drop(e) })
	b.model.Composites = slices.DeleteFunc(b.model.Composites, func(o *Object) bool { return drop(o) })
	b.declared = slices.DeleteFunc(b.declared, func(d declaration) bool { return drop(d.owner) })
}

// roots lists the objects that are emitted whatever refers to them.
func (b *builder) roots() []*Object {
	var all []*Object
	for _, r := range b.model.Relations {
		all = append(all, r.Row, r.Insert, r.Update)
	}
	for _, q := range b.model.Queries {
		all = append(all, q.Row, q.Params)
	}
	for _, c := range b.model.Composites {
		if !b.unwanted[c] {
			all = append(all, c)
		}
	}
	return slices.DeleteFunc(all, func(o *Object) bool { return o == nil })
}

// markUsed follows a type to the enums and objects that it is made of.
func markUsed(used map[any]bool, t Type) {
	switch t := t.(type) {
	case EnumRef:
		used[t.Enum] = true
	case ObjectRef:
		if used[t.Object] {
			return
		}
		used[t.Object] = true
		for _, f := range t.Object.Fields {
			markUsed(used, f.Type)
		}
	case Array:
		markUsed(used, t.Elem)
	case JSONValue:
		markUsed(used, t.Value)
	case JSONMap:
		markUsed(used, t.Elem)
	case Range:
		markUsed(used, t.Elem)
	}
}
