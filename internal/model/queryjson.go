package model

import (
	"fmt"
	"slices"

	"github.com/trefoil-sql/trefoil/internal/catalog"
	"github.com/trefoil-sql/trefoil/internal/config"
	"github.com/trefoil-sql/trefoil/internal/naming"
	"github.com/trefoil-sql/trefoil/internal/query"
	"github.com/trefoil-sql/trefoil/internal/source"
)

// nesting says where JSON is built: what its objects are named after, and where they go.
type nesting struct {
	module string
	words  []string // of the name, so far
	what   string   // "in query ListOrders", for messages
	span   source.Span
	// objects takes the objects, each after those that it is made of.
	objects *[]*Object
}

func (n nesting) within(word string) nesting {
	n.words = append(slices.Clone(n.words), word)
	return n
}

// element is the nesting of an array's elements: one item of items.
func (n nesting) element() nesting {
	last := len(n.words) - 1
	words := slices.Clone(n.words)
	if last > 0 {
		words[last] = naming.Snake(naming.Singular(naming.Words(words[last])))
	}
	n.words = words
	return n
}

// nested is an object in JSON that has no name yet.
type nested struct {
	object *Object
	nesting
}

// wantsShapes: the structs of sqlc's hold JSON as text.
func (b *builder) wantsShapes() bool { return b.Language != naming.Go || b.Written }

// jsonValue is the type of a column that is JSON of a known shape.
func (b *builder) jsonValue(c *query.Column, n nesting) Type {
	return JSONValue{Binary: c.Type.Name.Name == "jsonb", Value: b.shapeType(c.JSON, n.within(c.Name)).typ}
}

// shapeType is the type of a JSON value of a shape, with its rules.
func (b *builder) shapeType(s *query.Shape, n nesting) resolved {
	switch s.Kind {
	case query.ObjectShape:
		return resolved{typ: ObjectRef{Object: b.jsonObject(s, n)}}
	case query.ArrayShape:
		elem := b.shapeType(s.Elem, n.element())
		list := Array{Elem: elem.typ, Dims: max(1, s.Dims), NotNullElements: !s.ElemNullable, Plain: s.Dims == 0}
		list.Rules, list.Tests = split(applying(elem.typ, elem.rules), false)
		return resolved{typ: list}
	case query.MapShape:
		return resolved{typ: JSONMap{Elem: b.shapeType(s.Elem, n.element()).typ, NotNullElements: !s.ElemNullable}}
	case query.EmptyShape:
		return resolved{typ: Array{Elem: anyJSON, Dims: 1, Plain: true}}
	case query.ScalarShape:
		return b.jsonScalar(s, n.span)
	}
	return resolved{typ: anyJSON}
}

// anyJSON is a part of JSON of which nothing is known.
var anyJSON = Scalar{Kind: JSONB}

func (b *builder) jsonScalar(s *query.Shape, span source.Span) resolved {
	r := b.queryType(s.Type, s.Values, place{span: span, query: true, json: true})
	switch t := r.typ.(type) {
	case ObjectRef:
		return resolved{typ: anyJSON}
	case Scalar:
		if t.Kind == AnyKind {
			return resolved{typ: anyJSON}
		}
	}
	return r
}

// jsonObject makes the object of a shape. Its name is found when all others have theirs.
func (b *builder) jsonObject(s *query.Shape, n nesting) *Object {
	o := &Object{Variant: JSONObject, Module: n.module}
	for _, k := range s.Keys {
		o.Fields = append(o.Fields, b.jsonField(k, n))
	}
	b.names.fields(o)
	*n.objects = append(*n.objects, o)
	b.nested = append(b.nested, nested{o, n})
	return o
}

func (b *builder) jsonField(k query.Key, n nesting) Field {
	f := Field{Column: k.Name, Nullable: k.Nullable, Optional: k.Optional}
	f.Name, f.Wire = b.names.key(k.Name, k.Name, JSONObject)
	if rel, col, ok := b.columnOf(k.Source); ok && k.Shape.Kind == query.ScalarShape {
		if fact := b.columnFact(rel, col); b.fitsJSON(fact.typ, col.Type) {
			f.Type, f.Doc = fact.typ, fact.tags.doc
			f.Rules, f.Tests = fact.stored, fact.storedTests
			return f
		}
	}
	r := b.shapeType(k.Shape, n.within(k.Name))
	f.Type = r.typ
	f.Rules, f.Tests = split(applying(r.typ, r.rules), false)
	return f
}

// fitsJSON tells a column's type that holds for its values inside JSON, too.
func (b *builder) fitsJSON(t Type, of catalog.Type) bool {
	switch t.(type) {
	case ObjectRef:
		return false
	case Custom:
		return b.Options.Wire != config.DriverWire || isJSON(of)
	}
	return true
}

func isJSON(t catalog.Type) bool {
	return !t.Array && t.Name.Schema == "pg_catalog" && (t.Name.Name == "json" || t.Name.Name == "jsonb")
}

// columnOf finds a column of a relation.
func (b *builder) columnOf(n *catalog.ColumnName) (*catalog.Relation, *catalog.Column, bool) {
	if n == nil {
		return nil, nil, false
	}
	rel, ok := b.catalogRel[n.Relation]
	if !ok {
		return nil, nil, false
	}
	col, ok := rel.Column(n.Column)
	return rel, col, ok
}

// nameNested names the objects in JSON after the query or view, the column and the keys on the way. Names that are taken
// get a number, since nobody chose these.
func (b *builder) nameNested() {
	if len(b.nested) == 0 {
		return
	}
	var scope naming.Scope
	for _, d := range b.declared {
		scope.Take(d.name)
	}
	for _, n := range b.nested {
		name := b.nestedName(n.words)
		for i := 2; !b.takeNested(&scope, n.object, name); i++ {
			name = fmt.Sprintf("%s%d", b.nestedName(n.words), i)
		}
		b.declareObject(n.object, n.span, "an object "+n.what, "an alias of the column")
	}
}

func (b *builder) nestedName(words []string) string {
	name := words[0]
	for _, w := range words[1:] {
		name += b.names.pascal(naming.Words(w))
	}
	return naming.Identifier(b.Language, naming.Type, name)
}

// takeNested gives an object a name if it and that of its schema are free.
func (b *builder) takeNested(scope *naming.Scope, o *Object, name string) bool {
	schema := name + "Schema"
	if b.Language == naming.TypeScript && !scope.Take(schema) || !scope.Take(name) {
		return false
	}
	o.Name, o.Schema = name, schema
	return true
}
