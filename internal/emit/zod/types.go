package zod

import (
	"cmp"

	"github.com/trefoil-sql/trefoil/internal/model"
)

// form is a type in TypeScript, its schema, and what is put round the schema and its checks ("" for nothing). limited is
// the schema of a type with modifiers, where it is not the row's, and limitedWrap what is put round that.
type form struct{ ts, schema, wrap, limited, limitedWrap string }

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
	// driver are the forms of what node-postgres hands over and of what it can send, where they are not those of JSON.
	driver forms
	// lists tells that node-postgres makes an array of an array of these; of others it hands over PostgreSQL's text.
	lists bool
}

// text is a kind that travels as a string in PostgreSQL's own notation. Its notation is not checked: PostgreSQL reads
// more forms of it than it writes, and some depend on its settings.
var text = both("string", "pg.text()")

// anyJSON is the form of json and jsonb. JSON's null is among the values, whether or not the column is NOT NULL.
var anyJSON = both("Json", "pg.json()")

// scalars is the type table. The wire is JSON as row_to_json and PostgREST send it, and as json_populate_record reads
// it, or what node-postgres hands over and takes. The options string, bigint and date are for other drivers, and for type
// parsers of the user's own.
//
// What a schema refuses although PostgreSQL has it, since its TypeScript type promises otherwise: a number inside json that
// JavaScript cannot hold (1e400); infinity where times are Dates.
//
// What it accepts although PostgreSQL refuses it: text with \u0000 or half a surrogate pair, the notation of the kinds that
// are plain strings, a date or time that does not begin like 2024-02-29, and a float4 so small that it would become 0.
var scalars = []scalar{
	{kind: model.Bool, forms: both("boolean", "pg.bool()"), lists: true},
	{kind: model.Int2, forms: both("number", "pg.int2()"), lists: true},
	{kind: model.Int4, forms: both("number", "pg.int4()"), lists: true},
	// PostgreSQL's JSON has int8 as a number. JSON.parse rounds it beyond 2^53, but refusing it there would refuse a row
	// that is in the database, so z.int(), which stops at 2^53, is not used.
	{kind: model.Int8, option: "number", forms: both("number", "pg.int8()"), lists: true},
	{kind: model.Int8, option: "bigint", forms: both("bigint", "pg.int8BigInt()"), lists: true},
	{
		kind: model.Int8, option: "string", forms: both("string", "pg.int8Text()"), lists: true,
		driver: forms{form{ts: "string", schema: "pg.int8Text()"}, form{ts: "string | number | bigint", schema: "pg.int8Param()"}},
	},
	// Floats hold NaN and infinities, which JSON has as strings. They are read as the numbers they are, and written as
	// strings. z.float32() stops before the largest float4 as PostgreSQL prints it, 3.4028235e+38.
	{kind: model.Float4, forms: float("pg.float4()"), lists: true, driver: driverFloat("pg.float4()")},
	{kind: model.Float8, forms: float("pg.number()"), lists: true, driver: driverFloat("pg.number()")},
	// Numeric as a number loses digits beyond the 15th. It is read as floats are, and written as floats are, but that its type
	// stays number: few who compute with amounts have NaN in mind.
	{
		kind: model.Numeric, option: "number", limited: "pg.numeric(%d, %d)", lists: true, driver: driverFloat("pg.number()"),
		forms: forms{
			read:  form{ts: "number", schema: "pg.number()", wrap: "pg.readNumber(%s)"},
			write: form{ts: "number", schema: "pg.number()", wrap: "pg.writeNumeric(%s)", limitedWrap: "pg.writeDecimal(%s)"},
		},
	},
	{
		kind: model.Numeric, option: "string", limited: "pg.numericTextOf(%d, %d)", forms: both("string", "pg.numericText()"), lists: true,
		driver: forms{
			read:  form{ts: "string", schema: "pg.numericText()"},
			write: form{ts: "string | number | bigint", schema: "pg.numericParam()", limited: "pg.numericParamOf(%d, %d)"},
		},
	},
	// money is printed in the server's locale: "$1,000.00".
	{kind: model.Money, forms: text, lists: true},
	{kind: model.Text, forms: text, lists: true},
	{kind: model.Varchar, limited: "pg.varchar(%d)", forms: text, lists: true},
	// char(n) comes padded with spaces to n characters.
	{kind: model.Char, limited: "pg.char(%d)", forms: text, lists: true},
	{kind: model.CIText, forms: text},
	// name and "char" are cut silently when too long.
	{kind: model.NameKind, forms: text},
	{kind: model.InternChar, forms: text},
	// bytea is hexadecimal after \x, or PostgreSQL's older escapes. A driver's Buffer is a Uint8Array.
	{
		kind: model.Bytea, forms: text, lists: true,
		driver: forms{form{ts: "Uint8Array", schema: "pg.bytes()"}, form{ts: "Uint8Array | string", schema: "pg.bytesParam()"}},
	},
	// z.uuid() refuses values of no RFC 9562 version, which PostgreSQL stores.
	{kind: model.UUID, forms: both("string", "pg.uuid()"), lists: true},
	// Dates and times may be infinite, before Christ or after the year 9999, which z.iso.datetime() refuses and a Date
	// cannot always hold. Drivers that make Dates do so for all three of these.
	{kind: model.Date, option: "string", forms: both("string", "pg.date()"), lists: true},
	{kind: model.Date, option: "date", forms: both("Date", "pg.jsDate()"), lists: true, driver: driverTime("pg.date()")},
	{kind: model.Timestamp, option: "string", forms: both("string", "pg.timestamp()"), lists: true},
	{kind: model.Timestamp, option: "date", forms: both("Date", "pg.jsDate()"), lists: true, driver: driverTime("pg.timestamp()")},
	{kind: model.TimestampTZ, option: "string", forms: both("string", "pg.timestamptz()"), lists: true},
	{kind: model.TimestampTZ, option: "date", forms: both("Date", "pg.jsDate()"), lists: true, driver: driverTime("pg.timestamptz()")},
	{kind: model.Time, forms: both("string", "pg.time()"), lists: true},
	{kind: model.TimeTZ, forms: both("string", "pg.time()"), lists: true},
	{
		kind: model.Interval, forms: text, lists: true,
		driver: forms{
			form{ts: "pg.Interval", schema: "pg.interval()"},
			form{ts: "pg.IntervalParam | string", schema: "pg.intervalParam()"},
		},
	},
	{kind: model.JSON, forms: anyJSON, lists: true, driver: driverJSON},
	{kind: model.JSONB, forms: anyJSON, lists: true, driver: driverJSON},
	{kind: model.JSONPath, forms: text},
	{kind: model.XML, forms: text},
	{kind: model.Inet, forms: text, lists: true},
	{kind: model.CIDR, forms: text, lists: true},
	{kind: model.MACAddr, forms: text, lists: true},
	{kind: model.MACAddr8, forms: text},
	// Bits are written as 101, b101 or x5.
	{kind: model.Bit, limited: "pg.bit(%d)", forms: both("string", "pg.bits()")},
	{kind: model.Varbit, limited: "pg.varbit(%d)", forms: both("string", "pg.bits()")},
	{
		kind: model.Point, forms: text, lists: true,
		driver: forms{form{ts: "pg.Point", schema: "pg.point()"}, form{ts: "pg.Point | string", schema: "pg.pointParam()"}},
	},
	{kind: model.Line, forms: text},
	{kind: model.LSeg, forms: text},
	{kind: model.Box, forms: text},
	{kind: model.Path, forms: text},
	{kind: model.Polygon, forms: text},
	{
		kind: model.Circle, forms: text,
		driver: forms{form{ts: "pg.Circle", schema: "pg.circle()"}, form{ts: "pg.Circle | string", schema: "pg.circleParam()"}},
	},
	{kind: model.TSVector, forms: text},
	{kind: model.TSQuery, forms: text},
	// Only int2, int4, int8, the floats and numeric are numbers in PostgreSQL's JSON: object and transaction identifiers
	// are strings.
	{
		kind: model.OID, forms: text, lists: true,
		driver: forms{form{ts: "number", schema: "pg.oid()"}, form{ts: "string | number", schema: "pg.oidParam()"}},
	},
	{kind: model.RegType, forms: text},
	{kind: model.XID, forms: text},
	{kind: model.XID8, forms: text},
	{kind: model.PGLSN, forms: text},
	{kind: model.LTree, forms: text},
	// hstore brings a cast to json, which row_to_json uses; there is none back, so that text is sent.
	{kind: model.HStore, driver: text, forms: forms{
		read:  form{ts: "{ [key: string]: string | null }", schema: "pg.hstoreObject()"},
		write: form{ts: "pg.HStore", schema: "pg.hstore()"},
	}},
	// A vector is [1,2,3] in a string.
	{kind: model.Vector, forms: text},
	// PostGIS casts to json as GeoJSON and reads GeoJSON, WKT and hexadecimal WKB.
	{
		kind: model.Geometry, driver: text,
		forms: both("string | { [key: string]: Json }", "pg.geometry()"),
	},
	{kind: model.AnyKind, forms: both("unknown", "pg.anything()")},
}

// Types that are no scalars.
var (
	// A range is PostgreSQL's own notation, such as [1,5) or empty.
	rangeForm  = form{ts: "string", schema: "pg.text()"}
	objectForm = form{ts: "{ [key: string]: Json }", schema: "pg.jsonObject()"}
	arrayForm  = form{ts: "Json[]", schema: "pg.jsonArray()"}
)

func float(schema string) forms {
	return forms{
		read:  form{ts: "number", schema: schema, wrap: "pg.readNumber(%s)"},
		write: form{ts: "number | pg.NonFinite", schema: schema, wrap: "pg.writeNumber(%s)"},
	}
}

// driverFloat is a number that may be NaN or infinite. A numeric with limits may only be NaN.
func driverFloat(schema string) forms {
	f := form{ts: "number", schema: schema, wrap: "pg.anyNumber(%s)", limitedWrap: "pg.orNaN(%s)"}
	return forms{f, f}
}

// driverTime is a Date, or the number Infinity or -Infinity. What a Date cannot hold is sent as text.
func driverTime(text string) forms {
	return forms{
		form{ts: "Date | number", schema: "pg.driverTime()"},
		form{ts: "Date | number | string", schema: "pg.driverTimeParam(" + text + ")"},
	}
}

// driverJSON is parsed already. It is sent as text, which node-postgres makes of objects; a string has to be JSON text.
var driverJSON = forms{read: anyJSON.read, write: form{ts: "Json", schema: "pg.jsonParam()"}}

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

// scalarOf finds a kind's row, with the forms of the target's wire.
func (o Options) scalarOf(k model.Kind) (scalar, bool) {
	option := o.option(k)
	for i := range scalars {
		if scalars[i].kind != k || scalars[i].option != option {
			continue
		}
		row := scalars[i]
		if o.Driver && row.driver != (forms{}) {
			row.forms = row.driver
		}
		return row, true
	}
	return scalar{}, false
}

// lists tells whether node-postgres makes an array of an array of a type.
func (o Options) lists(a model.Array) bool {
	if a.OfDomain {
		return false
	}
	switch t := a.Elem.(type) {
	case model.Scalar:
		row, _ := o.scalarOf(t.Kind)
		return row.lists || t.Kind == model.AnyKind
	case model.EnumRef:
		return t.Constraint != "" || t.Enum.Constraint != "" // text with a CHECK
	case model.Range:
		return t.Name == "numrange"
	case model.ObjectRef:
		return false
	}
	return true
}
