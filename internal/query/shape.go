package query

import "github.com/trefoil-sql/trefoil/internal/catalog"

// Shape is what is known of a JSON value that a query builds. Its parts have the form that to_json gives: an ISO string for
// a timestamp, a number for a numeric.
type Shape struct {
	Kind ShapeKind
	// Type is that of a scalar's SQL value; arrays and composites among them are what to_json makes of them.
	Type catalog.Type
	// Values are as those of a Column, for a scalar.
	Values *Values
	// Keys are those of an object, in order.
	Keys []Key
	// Elem is each element of an array, or each value of a map. ElemNullable tells that one can be JSON's null.
	Elem         *Shape
	ElemNullable bool
	// Dims is the number of dimensions that a PostgreSQL array was declared with, of whose elements Elem is; it may have
	// others. It is 0 for an array of JSON's own.
	Dims int
}

// ShapeKind is the sort of a Shape.
type ShapeKind string

// Kinds of shapes. An AnyShape may be any JSON; an EmptyShape is an array without elements, which any ArrayShape covers.
const (
	ObjectShape ShapeKind = "object"
	ArrayShape  ShapeKind = "array"
	MapShape    ShapeKind = "map" // an object whose keys are not known
	ScalarShape ShapeKind = "scalar"
	EmptyShape  ShapeKind = "empty"
	AnyShape    ShapeKind = "any"
)

// Key is a member of an object.
type Key struct {
	Name string
	// Nullable tells that it can be JSON's null, Optional that it can be left out.
	Nullable, Optional bool
	Shape              *Shape
	// Source is the column that the value is, taken as it is.
	Source *catalog.ColumnName
}
