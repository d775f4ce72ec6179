package zod

import (
	"cmp"

	"github.com/trefoil-sql/trefoil/internal/model"
)

// form is a type in TypeScript, its schema, and what is put round the schema and its checks ("" for nothing).
type form struct{ ts, schema, wrap string }

// forms are a kind's form in what the database sends and in what is sent to it.
type forms struct{ read, write form }

// both is a kind that is read as it is written.
func both(ts, schema string) forms {
	f := form{ts: ts, schema: schema}
	return forms{f, f}
}

// scalar is one row of the type table.
type scalar struct {
	kind model.Kind
	// option is the value of the target's option that picks the row, "" for a kind without an option.
	option string
	forms
	// limited is the schema of a type with modifiers: its length, or its precision and scale.
	limited string
}

// text is a kind that travels as a string in PostgreSQL's own notation. Its notation is not checked: PostgreSQL reads
// more forms of it than it writes, and some depend on its settings.
var text = both("string", "z.string()")

// anyJSON is the form of json and jsonb. JSON's null is among the values, whether or not the column is NOT NULL.
var anyJSON = both("Json", "JsonSchema")

// scalars is the type table. The wire is JSON as row_to_json and PostgREST send it, and as json_populate_record reads
// it; the options string, bigint and date are for drivers that hand over such values.
//
// What a schema refuses although PostgreSQL has it, since its TypeScript type promises otherwise: an array with another
// number of dimensions than was declared; NaN and infinities written to a numeric that is a number; a number inside json
// that JavaScript cannot hold (1e400); infinity where times are Dates.
//
// What it accepts although PostgreSQL refuses it: text with \u0000 or half a surrogate pair, the notation of the kinds that
// are plain strings, a date or time that does not begin like 2024-02-29, and a float4 so small that it would become 0.
var scalars = []scalar{
	{kind: model.Bool, forms: both("boolean", "z.boolean()")},
	{kind: model.Int2, forms: both("number", "z.int().gte(-32768).lte(32767)")},
	{kind: model.Int4, forms: both("number", "z.int32()")},
	// PostgreSQL's JSON has int8 as a number. JSON.parse rounds it beyond 2^53, but refusing it there would refuse a row
	// that is in the database, so z.int(), which stops at 2^53, is not used.
	{kind: model.Int8, option: "number", forms: both("number", "pg.int8")},
	{kind: model.Int8, option: "bigint", forms: both("bigint", "z.int64()")},
	{kind: model.Int8, option: "string", forms: both("string", "pg.int8Text")},
	// Floats hold NaN and infinities, which JSON has as strings. They are read as the numbers they are, and written as
	// strings. z.float32() stops before the largest float4 as PostgreSQL prints it, 3.4028235e+38.
	{kind: model.Float4, forms: float("pg.float4")},
	{kind: model.Float8, forms: float("z.number()")},
	// Numeric as a number loses digits beyond the 15th. It is read as floats are; NaN and infinities can be written only
	// with numeric: string, so that amounts of money stay plain numbers.
	{
		kind: model.Numeric, option: "number", limited: "pg.numeric(%d, %d)",
		forms: forms{read: form{"number", "z.number()", "pg.readNumber(%s)"}, write: form{ts: "number", schema: "z.number()"}},
	},
	{kind: model.Numeric, option: "string", limited: "pg.numericTextOf(%d, %d)", forms: both("string", "pg.numericText")},
	// money is printed in the server's locale: "$1,000.00".
	{kind: model.Money, forms: text},
	{kind: model.Text, forms: text},
	{kind: model.Varchar, limited: "pg.varchar(%d)", forms: text},
	// char(n) comes padded with spaces to n characters.
	{kind: model.Char, limited: "pg.char(%d)", forms: text},
	{kind: model.CIText, forms: text},
	// name and "char" are cut silently when too long.
	{kind: model.NameKind, forms: text},
	{kind: model.InternChar, forms: text},
	// bytea is hexadecimal after \x, or PostgreSQL's older escapes.
	{kind: model.Bytea, forms: text},
	// z.uuid() refuses values of no RFC 9562 version, which PostgreSQL stores.
	{kind: model.UUID, forms: both("string", "pg.uuid")},
	// Dates and times may be infinite, before Christ or after the year 9999, which z.iso.datetime() refuses and a Date
	// cannot always hold. Drivers that make Dates do so for all three of these.
	{kind: model.Date, option: "string", forms: both("string", "pg.date")},
	{kind: model.Date, option: "date", forms: both("Date", "z.date()")},
	{kind: model.Timestamp, option: "string", forms: both("string", "pg.timestamp")},
	{kind: model.Timestamp, option: "date", forms: both("Date", "z.date()")},
	{kind: model.TimestampTZ, option: "string", forms: both("string", "pg.timestamptz")},
	{kind: model.TimestampTZ, option: "date", forms: both("Date", "z.date()")},
	{kind: model.Time, forms: both("string", "pg.time")},
	{kind: model.TimeTZ, forms: both("string", "pg.time")},
	{kind: model.Interval, forms: text},
	{kind: model.JSON, forms: anyJSON},
	{kind: model.JSONB, forms: anyJSON},
	{kind: model.JSONPath, forms: text},
	{kind: model.XML, forms: text},
	{kind: model.Inet, forms: text},
	{kind: model.CIDR, forms: text},
	{kind: model.MACAddr, forms: text},
	{kind: model.MACAddr8, forms: text},
	// Bits are written as 101, b101 or x5.
	{kind: model.Bit, forms: text},
	{kind: model.Varbit, forms: text},
	{kind: model.Point, forms: text},
	{kind: model.Line, forms: text},
	{kind: model.LSeg, forms: text},
	{kind: model.Box, forms: text},
	{kind: model.Path, forms: text},
	{kind: model.Polygon, forms: text},
	{kind: model.Circle, forms: text},
	{kind: model.TSVector, forms: text},
	{kind: model.TSQuery, forms: text},
	// Only int2, int4, int8, the floats and numeric are numbers in PostgreSQL's JSON: object and transaction identifiers
	// are strings.
	{kind: model.OID, forms: text},
	{kind: model.RegType, forms: text},
	{kind: model.XID, forms: text},
	{kind: model.XID8, forms: text},
	{kind: model.PGLSN, forms: text},
	{kind: model.LTree, forms: text},
	// hstore brings a cast to json, which row_to_json uses; there is none back.
	{kind: model.HStore, forms: forms{
		read:  form{ts: "{ [key: string]: string | null }", schema: "z.record(z.string(), z.string().nullable())"},
		write: text.write,
	}},
	// A vector is [1,2,3] in a string.
	{kind: model.Vector, forms: text},
	// PostGIS casts to json as GeoJSON and reads GeoJSON, WKT and hexadecimal WKB.
	{kind: model.Geometry, forms: both("string | { [key: string]: Json }", "z.union([z.string(), pg.jsonObject])")},
	{kind: model.AnyKind, forms: both("unknown", "z.unknown()")},
}

// Types that are no scalars.
var (
	// A range is PostgreSQL's own notation, such as [1,5) or empty.
	rangeForm  = form{ts: "string", schema: "z.string()"}
	objectForm = form{ts: "{ [key: string]: Json }", schema: "pg.jsonObject"}
	arrayForm  = form{ts: "Json[]", schema: "pg.jsonArray"}
)

func float(schema string) forms {
	return forms{
		read:  form{"number", schema, "pg.readNumber(%s)"},
		write: form{"number | pg.NonFinite", schema, "pg.writeNumber(%s)"},
	}
}

// option is the value of the option that picks among a kind's rows.
func (o Options) option(k model.Kind) string {
	switch k {
	case model.Int8:
		return cmp.Or(o.BigInt, "number")
	case model.Numeric:
		return cmp.Or(o.Numeric, "number")
	case model.Date, model.Timestamp, model.TimestampTZ:
		return cmp.Or(o.Timestamp, "string")
	default:
		return ""
	}
}

// scalarOf finds a kind's row.
func (o Options) scalarOf(k model.Kind) (scalar, bool) {
	for _, row := range scalars {
		if row.kind == k && row.option == o.option(k) {
			return row, true
		}
	}
	return scalar{}, false
}
