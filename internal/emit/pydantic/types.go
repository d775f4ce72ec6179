package pydantic

import (
	"maps"
	"strings"

	"github.com/trefoil-sql/trefoil/internal/model"
)

// row is what a scalar kind is in Python.
type row struct {
	kind model.Kind
	// code is the annotation, and from says where its names come from. Types of our own are in templates/pydantic/types.tmpl.
	code string
	from imports
	// limit is the annotation's argument for the type's modifier, written where it has one: {n} is the length, {p} and {s}
	// are precision and scale.
	limit string
	// limitFrom says where limit's name comes from.
	limitFrom imports
	// driver is the annotation of what psycopg hands over, and param of what is sent through it, where they are not code;
	// param is driver if it is not given. Types of our own are in templates/pydantic/driver.tmpl.
	driver, param cell
}

// cell is an annotation and where its names come from.
type cell struct {
	code string
	from imports
}

// imports maps a name to its module. A module of the package itself starts with a dot.
type imports map[string]string

const (
	types  = "._types"
	driver = "._driver"
	bases  = "._base"
	py     = "builtins"
	pyd    = "pydantic"
	typing = "typing"
)

// Sources of the names in the table.
var (
	str     = imports{"str": py}
	jsonAny = imports{"JsonValue": pyd}
)

func ours(name string) imports { return imports{name: types} }

func driven(name string) cell { return cell{name, imports{name: driver}} }

func datetime(name string) cell { return cell{name, imports{name: "datetime"}} }

// in is the row's annotation for values of a wire, as they are read or as they are written.
func (r row) in(driver, written bool) cell {
	switch {
	case driver && written && r.param.code != "":
		return r.param
	case driver && r.driver.code != "":
		return r.driver
	}
	return cell{r.code, r.from}
}

// numbers are what stands for the braces in limit.
func (r row) numbers(t model.Scalar) map[string]int {
	return map[string]int{"{n}": t.Length, "{p}": t.Precision, "{s}": t.Scale}
}

// rows has one row for each kind. A kind is what row_to_json sends it as, so that a row can be read as it arrives.
var rows = []row{
	{kind: model.Bool, code: "Bool", from: ours("Bool")},
	{kind: model.Int2, code: "Int2", from: ours("Int2")},
	{kind: model.Int4, code: "Int4", from: ours("Int4")},
	{kind: model.Int8, code: "Int8", from: ours("Int8")},
	{kind: model.Float4, code: "Float4", from: ours("Float4")},
	{kind: model.Float8, code: "Float8", from: ours("Float8")},
	{kind: model.Numeric, code: "Numeric", from: ours("Numeric"), limit: "Precision({p}, {s})", limitFrom: ours("Precision")},
	// money is sent with its currency sign, as lc_monetary has it: $1.50.
	{kind: model.Money, code: "AsText", from: ours("AsText")},
	{kind: model.Text, code: "Text", from: ours("Text")},
	{kind: model.Varchar, code: "Text", from: ours("Text"), limit: "Length({n})", limitFrom: ours("Length")},
	// A char(n) is sent padded with spaces, and taken without them.
	{kind: model.Char, code: "Text", from: ours("Text"), limit: "Length({n})", limitFrom: ours("Length")},
	{kind: model.CIText, code: "Text", from: ours("Text")},
	// PostgreSQL cuts a name to 63 bytes, and a "char" to one, where others refuse: no limit is tested.
	{kind: model.NameKind, code: "Text", from: ours("Text")},
	{kind: model.InternChar, code: "Text", from: ours("Text")},
	// Hexadecimal after \x in JSON.
	{kind: model.Bytea, code: "Bytea", from: ours("Bytea")},
	{kind: model.UUID, code: "Uuid", from: ours("Uuid")},
	{kind: model.Date, code: "Date", from: ours("Date"), driver: datetime("date"), param: driven("DateParam")},
	{kind: model.Time, code: "Time", from: ours("Time"), driver: datetime("time"), param: driven("TimeParam")},
	{kind: model.TimeTZ, code: "Timetz", from: ours("Timetz"), driver: datetime("time"), param: driven("TimeParam")},
	{kind: model.Timestamp, code: "Timestamp", from: ours("Timestamp"), driver: datetime("datetime"), param: driven("TimestampParam")},
	{kind: model.TimestampTZ, code: "Timestamptz", from: ours("Timestamptz"), driver: datetime("datetime"), param: driven("TimestampParam")},
	// timedelta has no months, and how text looks depends on intervalstyle.
	{kind: model.Interval, code: "Interval", from: ours("Interval"), driver: datetime("timedelta"), param: driven("IntervalParam")},
	{kind: model.JSON, code: "JsonValue", from: jsonAny, param: driven("JsonParam")},
	{kind: model.JSONB, code: "JsonValue", from: jsonAny, param: driven("JsonbParam")},
	{kind: model.JSONPath, code: "str", from: str},
	{kind: model.XML, code: "Text", from: ours("Text")},
	// ipaddress does not know the short forms that PostgreSQL takes, such as 10.0/16.
	{kind: model.Inet, code: "Address", from: ours("Address"), driver: driven("Inet"), param: driven("InetParam")},
	{kind: model.CIDR, code: "Address", from: ours("Address"), driver: driven("Cidr"), param: driven("CidrParam")},
	{kind: model.MACAddr, code: "str", from: str},
	{kind: model.MACAddr8, code: "str", from: str},
	{kind: model.Bit, code: "Bits", from: ours("Bits"), limit: "BitLength({n})", limitFrom: ours("BitLength")},
	{kind: model.Varbit, code: "Bits", from: ours("Bits"), limit: "BitLength({n}, varying=True)", limitFrom: ours("BitLength")},
	// Geometric types are sent as text: (1,2).
	{kind: model.Point, code: "str", from: str},
	{kind: model.Line, code: "str", from: str},
	{kind: model.LSeg, code: "str", from: str},
	{kind: model.Box, code: "str", from: str},
	{kind: model.Path, code: "str", from: str},
	{kind: model.Polygon, code: "str", from: str},
	{kind: model.Circle, code: "str", from: str},
	{kind: model.TSVector, code: "Text", from: ours("Text")},
	{kind: model.TSQuery, code: "Text", from: ours("Text")},
	// An oid is sent as text and taken as a number too.
	{kind: model.OID, code: "Oid", from: ours("Oid")},
	{kind: model.RegType, code: "AsText", from: ours("AsText")},
	{kind: model.XID, code: "AsText", from: ours("AsText")},
	{kind: model.XID8, code: "AsText", from: ours("AsText")},
	{kind: model.PGLSN, code: "str", from: str},
	{kind: model.LTree, code: "Text", from: ours("Text")},
	// Text, or a dict after register_hstore.
	{kind: model.HStore, code: "Hstore", from: ours("Hstore"), param: driven("HstoreParam")},
	{
		kind: model.Vector, code: "Vector", from: ours("Vector"),
		limit: "Field(min_length={n}, max_length={n})", limitFrom: imports{"Field": pyd},
	},
	// Geometry is sent as GeoJSON; geography, and what is taken, as text.
	{
		kind: model.Geometry, code: "dict[str, JsonValue] | str", from: imports{"dict": py, "str": py, "JsonValue": pyd},
		driver: cell{"str", str},
	},
	{kind: model.AnyKind, code: "Any", from: imports{"Any": typing}},
}

// unknownToPsycopg are kinds that it has no arrays of, unless the user registers their types.
var unknownToPsycopg = map[model.Kind]bool{
	model.CIText: true, model.LTree: true, model.HStore: true, model.Vector: true, model.Geometry: true,
	model.RegType: true, // some of which it does not know
}

// bounds are the bounds of the ranges that psycopg knows.
var bounds = map[string]cell{
	"int4range": {"int", imports{"int": py}}, "int8range": {"int", imports{"int": py}}, "numrange": {"Decimal", imports{"Decimal": "decimal"}},
	"daterange": datetime("date"), "tsrange": datetime("datetime"), "tstzrange": datetime("datetime"),
}

// rangeCell is the annotation of a range. One of the schema's own is text, unless it is registered with psycopg.
func rangeCell(t model.Range, written bool) cell {
	name := strings.Replace(t.Name, "multirange", "range", 1)
	bound, known := bounds[name]
	if !known {
		bound = cell{"Any", imports{"Any": typing}}
	}
	class, module := "Range", "psycopg.types.range"
	if t.Multi {
		class, module = "Multirange", "psycopg.types.multirange"
	}
	c := cell{"InstanceOf[" + class + "[" + bound.code + "]]", imports{"InstanceOf": pyd, class: module}}
	maps.Copy(c.from, bound.from)
	if !known || written {
		c.code += " | str"
		c.from["str"] = py
	}
	return c
}

// rowOf is rows by kind.
var rowOf = func() map[model.Kind]*row {
	m := map[model.Kind]*row{}
	for i, r := range rows {
		m[r.kind] = &rows[i]
	}
	return m
}()
