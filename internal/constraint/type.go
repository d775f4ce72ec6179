package constraint

import "github.com/trefoil-sql/trefoil/internal/catalog"

// Type is the type of a value in the tree: its class, and what the class needs to be exact.
type Type struct {
	Class Class
	// Size is the width of an integer (2, 4 or 8) or of a float (4 or 8), in bytes.
	Size int
	// Elem is the type of an array's elements.
	Elem *Type
	// Enum is an enum's name and Labels are its values, in order.
	Enum   catalog.Name
	Labels []string
}

// Class groups types by what can be done with their values. The comments say how a Const of the class is written.
type Class string

const (
	// OtherClass values are only tested for NULL and counted by num_nulls; there are no constants.
	OtherClass Class = ""
	// BoolClass: true, false.
	BoolClass Class = "bool"
	// IntClass are int2, int4 and int8, by Size: 0, -12.
	IntClass Class = "int"
	// NumericClass: decimal digits without an exponent, with the scale that PostgreSQL gives the constant: 0.50. Or NaN,
	// Infinity, -Infinity.
	NumericClass Class = "numeric"
	// FloatClass are float4 and float8, by Size: the shortest text that reads back as the same double, or NaN, Infinity,
	// -Infinity. A float4 is a double that real can hold.
	FloatClass Class = "float"
	// TextClass are text and varchar: the string.
	TextClass Class = "text"
	// PaddedClass is char(n), which stands only under IsNull, num_nulls and Cast to text: that strips trailing spaces.
	PaddedClass Class = "bpchar"
	// FoldedClass is citext, which stands only under IsNull, num_nulls and Cast to text: the same string.
	FoldedClass Class = "citext"
	// JSONClass are json and jsonb: JSON text. Equality and containment are jsonb's.
	JSONClass Class = "json"
	// DateClass: 2024-02-29, infinity, -infinity. Years are 0001 to 9999.
	DateClass Class = "date"
	// TimestampClass is timestamp without time zone: 2024-02-29T12:30:00, with .ffffff where there is a fraction;
	// infinity, -infinity.
	TimestampClass Class = "timestamp"
	// TimestampTZClass is an instant: as TimestampClass in UTC, with Z; infinity, -infinity.
	TimestampTZClass Class = "timestamptz"
	// UUIDClass: 32 lower-case digits in groups, as PostgreSQL prints.
	UUIDClass Class = "uuid"
	// ByteaClass: pairs of lower-case hexadecimal digits.
	ByteaClass Class = "bytea"
	// EnumClass: the label. Enums are only compared for equality; an order comparison with a constant is a Member.
	EnumClass Class = "enum"
	// ArrayClass: Const.Elems. Elements may be NULL; an array of several dimensions is the list of all its elements for
	// everything but array_length.
	ArrayClass Class = "array"
)

// Types without parameters.
var (
	boolType    = Type{Class: BoolClass}
	int4Type    = Type{Class: IntClass, Size: 4}
	int8Type    = Type{Class: IntClass, Size: 8}
	numericType = Type{Class: NumericClass}
	float8Type  = Type{Class: FloatClass, Size: 8}
	textType    = Type{Class: TextClass}
	jsonType    = Type{Class: JSONClass}
)

// baseTypes are the built-in types, and citext, by PostgreSQL's internal name. name is left out: it is cut to 63 bytes.
var baseTypes = map[string]Type{
	"bool": boolType,
	"int2": {Class: IntClass, Size: 2}, "int4": int4Type, "int8": int8Type,
	"numeric": numericType,
	"float4":  {Class: FloatClass, Size: 4}, "float8": float8Type,
	"text": textType, "varchar": textType,
	"bpchar": {Class: PaddedClass}, "citext": {Class: FoldedClass},
	"json": jsonType, "jsonb": jsonType,
	"date": {Class: DateClass}, "timestamp": {Class: TimestampClass}, "timestamptz": {Class: TimestampTZClass},
	"uuid": {Class: UUIDClass}, "bytea": {Class: ByteaClass},
}

// TypeOf is a node's type.
func TypeOf(n Node) Type {
	switch n := n.(type) {
	case Column:
		return n.Type
	case Const:
		return n.Type
	case Arith:
		return n.Type
	case Cast:
		return n.To
	case Func:
		return n.Type
	case Case:
		return n.Type
	case Coalesce:
		return TypeOf(n.Args[0])
	case Extremum:
		return TypeOf(n.Args[0])
	case Unknown:
		return Type{}
	default:
		return boolType
	}
}
