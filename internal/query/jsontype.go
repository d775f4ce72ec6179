package query

import (
	"reflect"

	"github.com/trefoil-sql/trefoil/internal/catalog"
)

// ofType is what to_json makes of values of a type: an array of an array, an object of a composite or a relation's row.
func (s shaper) ofType(t catalog.Type, values *Values, depth int) *Shape {
	if values != nil && len(values.Columns) == 0 {
		values = nil
	}
	if depth > maxDepth {
		return anyShape
	}
	if t.Array {
		return &Shape{
			Kind: ArrayShape, Elem: s.ofType(t.Element(), values, depth+1), ElemNullable: !s.types.neverNull(t.Element()),
			Dims: max(1, t.Dims),
		}
	}
	switch t.Kind {
	case catalog.DomainType:
		if d, ok := s.types.domains[t.Name]; ok && s.isNested(d.Type) {
			return s.ofType(d.Type, nil, depth+1)
		}
	case catalog.CompositeType:
		return s.composite(t.Name, depth)
	case catalog.PseudoType, catalog.UnknownType:
		return anyShape
	}
	return &Shape{Kind: ScalarShape, Type: t, Values: values}
}

// isNested tells a type that is no scalar in JSON.
func (s shaper) isNested(t catalog.Type) bool {
	if t.Kind == catalog.DomainType && !t.Array {
		d, ok := s.types.domains[t.Name]
		return ok && s.isNested(d.Type)
	}
	return t.Array || t.Kind == catalog.CompositeType
}

// composite is the object of a value of a composite type, whose attributes may all be null: a NOT NULL of the table whose row
// it is does not bind values elsewhere.
func (s shaper) composite(n catalog.Name, depth int) *Shape {
	var columns []catalog.Column
	if c, ok := s.types.composites[n]; ok {
		columns = c.Attributes
	} else if r, ok := s.types.relations[n]; ok {
		columns = r.Columns
	} else {
		return anyShape
	}
	out := &Shape{Kind: ObjectShape}
	for _, c := range columns {
		out.Keys = append(out.Keys, Key{Name: c.Name, Nullable: !s.types.neverNull(c.Type), Shape: s.ofType(c.Type, nil, depth+1)})
	}
	return out
}

// merged is the shape of a value that has one of several.
func merged(all ...*Shape) *Shape {
	if len(all) == 0 {
		return anyShape
	}
	out := all[0]
	for _, s := range all[1:] {
		out = merge(out, s)
	}
	return out
}

func merge(a, b *Shape) *Shape {
	switch {
	case a.Kind == EmptyShape && (b.Kind == ArrayShape || b.Kind == EmptyShape):
		return b
	case b.Kind == EmptyShape && a.Kind == ArrayShape:
		return a
	case a.Kind != b.Kind || a.Kind == AnyShape:
		return anyShape
	case a.Kind == ScalarShape:
		return mergeScalars(a, b)
	case a.Kind == ObjectShape:
		return mergeObjects(a, b)
	}
	return &Shape{
		Kind: a.Kind, Elem: merge(a.Elem, b.Elem), ElemNullable: a.ElemNullable || b.ElemNullable, Dims: max(a.Dims, b.Dims),
	}
}

func mergeScalars(a, b *Shape) *Shape {
	if !reflect.DeepEqual(a.Type, b.Type) {
		return anyShape
	}
	out := &Shape{Kind: ScalarShape, Type: a.Type}
	if reflect.DeepEqual(a.Values, b.Values) {
		out.Values = a.Values
	}
	return out
}

// mergeObjects has the keys of both; one that only one of them has can be left out.
func mergeObjects(a, b *Shape) *Shape {
	out := &Shape{Kind: ObjectShape}
	for _, k := range a.Keys {
		if o, ok := b.key(k.Name); ok {
			k = mergeKeys(k, o)
		} else {
			k.Optional = true
		}
		out.Keys = append(out.Keys, k)
	}
	for _, k := range b.Keys {
		if _, ok := a.key(k.Name); !ok {
			k.Optional = true
			out.Keys = append(out.Keys, k)
		}
	}
	return out
}

func mergeKeys(a, b Key) Key {
	out := Key{
		Name: a.Name, Nullable: a.Nullable || b.Nullable, Optional: a.Optional || b.Optional, Shape: merge(a.Shape, b.Shape),
	}
	if reflect.DeepEqual(a.Source, b.Source) {
		out.Source = a.Source
	}
	return out
}

// key finds a key of an object.
func (s *Shape) key(name string) (Key, bool) {
	for _, k := range s.Keys {
		if k.Name == name {
			return k, true
		}
	}
	return Key{}, false
}
