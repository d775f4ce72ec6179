package query

import (
	"fmt"
	"slices"
	"strings"

	"github.com/trefoil-sql/trefoil/internal/catalog"
	"github.com/trefoil-sql/trefoil/internal/nullability"
)

// call is the shape of what a function that returns JSON makes.
func (s shaper) call(c *catalog.FunctionCall) *Shape {
	if !c.Builtin || c.Variadic {
		return anyShape
	}
	if c.Operator != "" {
		return s.operator(c)
	}
	if shape, ok := shapeOf[strings.TrimPrefix(c.Name, "jsonb_")]; ok && strings.HasPrefix(c.Name, "jsonb_") {
		return shape(s, c)
	}
	if shape, ok := shapeOf[strings.TrimPrefix(c.Name, "json_")]; ok && strings.HasPrefix(c.Name, "json_") {
		return shape(s, c)
	}
	switch c.Name {
	case "to_json", "to_jsonb", "row_to_json", "array_to_json":
		return s.value(c.Args[0])
	}
	return anyShape
}

// shapeOf are the functions by their names after json_ and jsonb_.
var shapeOf map[string]func(s shaper, c *catalog.FunctionCall) *Shape

func init() {
	shapeOf = map[string]func(s shaper, c *catalog.FunctionCall) *Shape{
		"build_object": func(s shaper, c *catalog.FunctionCall) *Shape { return s.object(c.Args) },
		"build_array":  func(s shaper, c *catalog.FunctionCall) *Shape { return s.list(c.Args...) },
		"agg":          func(s shaper, c *catalog.FunctionCall) *Shape { return s.aggregate(c, c.Args[0]) },
		"object_agg":   shaper.mapOf,
		"objectagg":    shaper.mapOf,
		"arrayagg":     func(s shaper, c *catalog.FunctionCall) *Shape { return s.aggregate(c, c.Args[0]) },
		"strip_nulls":  func(s shaper, c *catalog.FunctionCall) *Shape { return stripped(s.json(c.Args[0])) },
	}
}

// mapOf is an object of keys that are not known, one for each row that reaches an aggregate.
func (s shaper) mapOf(c *catalog.FunctionCall) *Shape {
	list := s.aggregate(c, c.Args[1])
	return &Shape{Kind: MapShape, Elem: list.Elem, ElemNullable: list.ElemNullable}
}

// object is the shape of keys and values in turn. A key that is no constant makes any key possible.
func (s shaper) object(args []catalog.Value) *Shape {
	out := &Shape{Kind: ObjectShape}
	for i := 0; i+1 < len(args); i += 2 {
		name, ok := constantText(args[i])
		if !ok {
			return anyShape
		}
		out.Keys = withKey(out.Keys, s.key(name, args[i+1]))
	}
	return out
}

// withKey adds a key; of two with one name readers see the later value, in the place of the first.
func withKey(keys []Key, k Key) []Key {
	if i := slices.IndexFunc(keys, func(o Key) bool { return o.Name == k.Name }); i >= 0 {
		keys[i] = k
		return keys
	}
	return append(keys, k)
}

func constantText(v catalog.Value) (string, bool) {
	switch v := v.(type) {
	case *catalog.Constant:
		return v.Text, !v.Null && (v.Kind == catalog.StringLiteral || v.Kind == catalog.IntLiteral)
	case *catalog.CastValue:
		if t := v.Type; t.Name.Name == "text" && !t.Array {
			return constantText(v.Arg)
		}
	}
	return "", false
}

// operator is an object without a key (- 'key'), or two objects in one (||).
func (s shaper) operator(c *catalog.FunctionCall) *Shape {
	if len(c.Args) != 2 {
		return anyShape
	}
	left := s.json(c.Args[0])
	if left.Kind != ObjectShape {
		return anyShape
	}
	switch c.Operator {
	case "-":
		name, ok := constantText(c.Args[1])
		if !ok || c.Args[1].Result().Name.Name != "text" {
			return anyShape
		}
		keys := slices.DeleteFunc(slices.Clone(left.Keys), func(k Key) bool { return k.Name == name })
		return &Shape{Kind: ObjectShape, Keys: keys}
	case "||":
		right := s.json(c.Args[1])
		if right.Kind != ObjectShape || slices.ContainsFunc(right.Keys, func(k Key) bool { return k.Optional }) {
			return anyShape
		}
		keys := slices.Clone(left.Keys)
		for _, k := range right.Keys {
			keys = withKey(keys, k)
		}
		return &Shape{Kind: ObjectShape, Keys: keys}
	}
	return anyShape
}

// stripped is a shape without the members that are null, at all depths. A JSON document in it may have any.
func stripped(s *Shape) *Shape {
	out := *s
	switch s.Kind {
	case ObjectShape:
		out.Keys = slices.Clone(s.Keys)
		for i, k := range out.Keys {
			document := k.Shape.Kind == AnyShape || k.Shape.Kind == ScalarShape && isJSON(k.Shape.Type)
			out.Keys[i].Shape = stripped(k.Shape)
			out.Keys[i].Nullable, out.Keys[i].Optional = false, k.Optional || k.Nullable || document
		}
	case ArrayShape, MapShape:
		out.Elem = stripped(s.Elem)
		if s.Kind == MapShape {
			out.ElemNullable = false
		}
	}
	return &out
}

// row is the object that an entry of FROM becomes.
func (s shaper) row(of *catalog.Source) *Shape {
	out := &Shape{Kind: ObjectShape}
	if len(of.Calls) > 0 && len(of.Columns) < 2 { // the row of a function that returns one value is that value
		return anyShape
	}
	present := s.present(of)
	for i, c := range of.Columns {
		v := &catalog.ColumnValue{Typed: catalog.Typed{Type: c.Type}, Of: of, Index: i, Name: c.Name}
		k := s.key(s.rowKey(of, i), v)
		k.Nullable = k.Nullable && present[i].Nullable
		out.Keys = withKey(out.Keys, k)
	}
	return out
}

// present are the verdicts on the columns of an entry of FROM where its row is there: as if it were the only entry.
func (s shaper) present(of *catalog.Source) []nullability.Verdict {
	alone := &catalog.Query{Span: s.query.Span, Command: catalog.SelectCommand, From: []catalog.From{of}}
	for i, c := range of.Columns {
		alone.Columns = append(alone.Columns, catalog.ResultColumn{
			Name: c.Name, Type: c.Type,
			Value: &catalog.ColumnValue{Typed: catalog.Typed{Type: c.Type}, Of: of, Index: i, Name: c.Name},
		})
	}
	return nullability.Columns(s.Catalog, alone)
}

// rowKey is the name of a member of a row: a relation's type has the names of its own, whatever an alias calls them.
func (s shaper) rowKey(of *catalog.Source, i int) string {
	if of.Relation != nil {
		if r, ok := s.types.relations[*of.Relation]; ok && i < len(r.Columns) {
			return r.Columns[i].Name
		}
	}
	return of.Columns[i].Name
}

// anonymousRow is the object that ROW(…) becomes.
func (s shaper) anonymousRow(r *catalog.RowValue) *Shape {
	out := &Shape{Kind: ObjectShape}
	for i, v := range r.Fields {
		out.Keys = append(out.Keys, s.key(fmt.Sprintf("f%d", i+1), v))
	}
	return out
}
