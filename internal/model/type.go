package model

// Type is what a field holds. Every emitter has a row for each Kind in its types.go.
type Type interface{ isType() }

type (
	// Scalar is a built-in type with the limits of its modifiers.
	Scalar struct {
		Kind Kind
		// Length is n of varchar(n), char(n), bit(n) and varbit(n); 0 without one.
		Length int
		// Precision and Scale are those of numeric(p,s); HasPrecision tells that they were given.
		Precision, Scale int
		HasPrecision     bool
	}

	// EnumRef is an enum of the model. Constraint is the CHECK that lists the values for this column or domain, "" for a
	// CREATE TYPE: several columns can share an Enum, and each has a constraint of its own.
	EnumRef struct {
		Enum       *Enum
		Constraint string
		// Cut is n of a column of varchar(n) that has a value of n characters: spaces after those are cut. Else it is 0.
		Cut int
	}

	// ObjectRef is a composite, or a relation's row, by its object.
	ObjectRef struct{ Object *Object }

	// Array is a PostgreSQL array. Dimensions are not enforced by PostgreSQL: Dims is what was declared, at least 1.
	// Elements may be null unless NotNullElements. Rules and Tests hold for each element that is not null: those of the
	// elements' domain.
	Array struct {
		Elem            Type
		Dims            int
		NotNullElements bool
		// OfDomain tells that the elements' type is a domain: drivers know no arrays of those.
		OfDomain bool
		// Plain tells an array of JSON's own, which has the one dimension that it says.
		Plain bool
		Rules []Rule
		Tests []Test
	}

	// Range is a range of a scalar; Multi a multirange.
	Range struct {
		Elem  Type
		Multi bool
		Name  string // int4range
	}

	// JSONOf is json or jsonb whose top level is known to be an object or an array.
	JSONOf struct {
		Binary bool
		Shape  string // object, array
	}

	// JSONValue is json or jsonb whose content a query builds. Value and all in it have the form that to_json gives.
	JSONValue struct {
		Binary bool
		Value  Type
	}

	// JSONMap is a JSON object whose keys are not known; it stands in a JSONValue only.
	JSONMap struct {
		Elem            Type
		NotNullElements bool
	}

	// Custom is a type that the user named for this target. Code is written as it stands; Imports are the lines that it needs.
	Custom struct {
		Code   string
		Import *Import
		// Schema is the expression for its schema (zod); "" lets anything through as Code.
		Schema string
	}
)

// Import is what a Custom type needs: a module and the names to take from it.
type Import struct {
	Module string
	Names  []string
}

func (Scalar) isType()    {}
func (EnumRef) isType()   {}
func (ObjectRef) isType() {}
func (Array) isType()     {}
func (Range) isType()     {}
func (JSONOf) isType()    {}
func (JSONValue) isType() {}
func (JSONMap) isType()   {}
func (Custom) isType()    {}

// Kind is a built-in scalar type, by PostgreSQL's internal name where it has one.
type Kind string

// Kinds. AnyKind stands for what sqlc or the replay could not type.
const (
	Bool        Kind = "bool"
	Int2        Kind = "int2"
	Int4        Kind = "int4"
	Int8        Kind = "int8"
	Float4      Kind = "float4"
	Float8      Kind = "float8"
	Numeric     Kind = "numeric"
	Money       Kind = "money"
	Text        Kind = "text"
	Varchar     Kind = "varchar"
	Char        Kind = "bpchar"
	CIText      Kind = "citext"
	NameKind    Kind = "name"
	InternChar  Kind = "char" // the one-byte "char"
	Bytea       Kind = "bytea"
	UUID        Kind = "uuid"
	Date        Kind = "date"
	Time        Kind = "time"
	TimeTZ      Kind = "timetz"
	Timestamp   Kind = "timestamp"
	TimestampTZ Kind = "timestamptz"
	Interval    Kind = "interval"
	JSON        Kind = "json"
	JSONB       Kind = "jsonb"
	JSONPath    Kind = "jsonpath"
	XML         Kind = "xml"
	Inet        Kind = "inet"
	CIDR        Kind = "cidr"
	MACAddr     Kind = "macaddr"
	MACAddr8    Kind = "macaddr8"
	Bit         Kind = "bit"
	Varbit      Kind = "varbit"
	Point       Kind = "point"
	Line        Kind = "line"
	LSeg        Kind = "lseg"
	Box         Kind = "box"
	Path        Kind = "path"
	Polygon     Kind = "polygon"
	Circle      Kind = "circle"
	TSVector    Kind = "tsvector"
	TSQuery     Kind = "tsquery"
	OID         Kind = "oid"
	RegType     Kind = "regtype" // any reg* type: sent as text
	XID         Kind = "xid"
	XID8        Kind = "xid8"
	PGLSN       Kind = "pg_lsn"
	LTree       Kind = "ltree"
	HStore      Kind = "hstore"
	Vector      Kind = "vector"
	Geometry    Kind = "geometry" // PostGIS geometry and geography
	AnyKind     Kind = "any"
)

// Kinds lists every scalar kind, for the tables' completeness tests and docs.
var Kinds = []Kind{
	Bool, Int2, Int4, Int8, Float4, Float8, Numeric, Money, Text, Varchar, Char, CIText, NameKind, InternChar, Bytea,
	UUID, Date, Time, TimeTZ, Timestamp, TimestampTZ, Interval, JSON, JSONB, JSONPath, XML, Inet, CIDR, MACAddr, MACAddr8,
	Bit, Varbit, Point, Line, LSeg, Box, Path, Polygon, Circle, TSVector, TSQuery, OID, RegType, XID, XID8, PGLSN, LTree,
	HStore, Vector, Geometry, AnyKind,
}
