package golang

import (
	"strconv"
	"strings"

	"github.com/trefoil-sql/trefoil/internal/constraint"
)

// opaqueHolds is what those Go types hold whose values only trees look at, and the field that has it.
var opaqueHolds = map[string]struct{ kind, field string }{
	"bool": {"bool", ""}, "*bool": {"bool", ""}, "pgtype.Bool": {"bool", "Bool"}, "sql.NullBool": {"bool", "Bool"},
	"time.Time": {"time", ""}, "*time.Time": {"time", ""}, "sql.NullTime": {"time", "Time"},
	"pgtype.Date": {"pgxDate", ""}, "pgtype.Timestamp": {"pgxTimestamp", ""}, "pgtype.Timestamptz": {"pgxTimestamptz", ""},
	"pgtype.UUID": {"uuid", "Bytes"}, "uuid.UUID": {"uuid", ""}, "*uuid.UUID": {"uuid", ""}, "uuid.NullUUID": {"uuid", "UUID"},
}

var carrierKinds = map[carrier]string{text: "text", integer: "integer", float: "float", pgxNumeric: "pgxNumeric", bytes_: "bytes"}

// moments are the runtime's functions that read dates and times.
var moments = map[constraint.Class]map[string]string{
	constraint.DateClass:        {"time": "trefoilDay", "pgxDate": "trefoilPgxDate"},
	constraint.TimestampClass:   {"time": "trefoilWall", "pgxTimestamp": "trefoilPgxTimestamp"},
	constraint.TimestampTZClass: {"time": "trefoilInstant", "pgxTimestamptz": "trefoilPgxTimestamptz"},
}

// bind gives a field's value, which is not null, as an expression of the runtime's, and whether the Go type allows
// that.
func (g *generator) bind(p pair, c constraint.Column) (expr string, t goType, ok bool) {
	t, known := g.goType(p)
	if !known || p.Embed || p.goType == "interface{}" {
		return "", t, false
	}
	value := p.value()
	if c.Type.Class == constraint.OtherClass {
		return "true", t, true
	}
	if elem, isSlice := strings.CutPrefix(p.goType, "[]"); isSlice && c.Type.Class == constraint.ArrayClass {
		expr, ok = g.bindList(p, elem, c)
		return expr, t, ok
	}
	kind, field := carrierKinds[t.carrier], t.field
	if opaque, has := opaqueHolds[p.goType]; has {
		kind, field = opaque.kind, opaque.field
	}
	if t.null == pointer {
		value = "*" + value
	}
	if field != "" {
		value += "." + field
	}
	expr, ok = g.convert(value, kind, c, p.goType)
	return expr, t, ok
}

// bindList reads a slice whose elements have no NULL.
func (g *generator) bindList(p pair, elem string, c constraint.Column) (string, bool) {
	inner := pair{Field: p.Field, goType: elem, local: p.value() + "[i]"}
	column := constraint.Column{Type: *c.Type.Elem}
	if len(c.SQL.Mods) > 0 || column.Type.Class == constraint.ArrayClass {
		return "", false
	}
	expr, t, ok := g.bind(inner, column)
	if !ok || t.null != never {
		return "", false
	}
	return g.call("trefoilListOf", apply("len", p.value()), function("(i int) any", expr)), true
}

// convert makes of a Go value what the column stores.
func (g *generator) convert(value, kind string, c constraint.Column, goType string) (string, bool) {
	switch class := c.Type.Class; class {
	case constraint.TextClass, constraint.PaddedClass, constraint.FoldedClass, constraint.EnumClass:
		value = apply("string", value)
		if class == constraint.TextClass && len(c.SQL.Mods) > 0 {
			value = g.call("trefoilCut", value, strconv.Itoa(int(c.SQL.Mods[0])))
		}
		return value, kind == "text"
	case constraint.IntClass:
		return g.call("trefoilInt", apply("int64", value)), kind == "integer"
	case constraint.FloatClass:
		if c.Type.Size == 4 {
			value = apply("float32", value)
		}
		return apply("float64", value), kind == "float"
	case constraint.NumericClass:
		return g.convertNumeric(value, kind, c)
	case constraint.BoolClass:
		return apply("bool", value), kind == "bool"
	case constraint.JSONClass:
		return g.call("trefoilDocument", value), kind == "bytes"
	case constraint.ByteaClass:
		return g.call("trefoilHex", value), kind == "bytes" && goType == "[]byte"
	case constraint.UUIDClass:
		return g.call("trefoilUUID", value), kind == "uuid"
	default:
		read, ok := moments[class][kind]
		if !ok {
			return "", false
		}
		expr := g.call(read, value)
		if len(c.SQL.Mods) > 0 {
			expr = g.call("trefoilToPrecision", expr, strconv.Itoa(int(c.SQL.Mods[0])))
		}
		return expr, true
	}
}

func (g *generator) convertNumeric(value, kind string, c constraint.Column) (string, bool) {
	var read string
	switch kind {
	case "pgxNumeric":
		read = g.call("trefoilNumeric", value)
	case "text":
		read = g.call("trefoilRead", value)
	default:
		return "", false
	}
	scale := 0
	if mods := c.SQL.Mods; len(mods) > 0 {
		if len(mods) > 1 {
			scale = int(mods[1])
		}
		read = apply(read+".round", strconv.Itoa(scale))
	}
	return g.call("trefoilStored", read, strconv.Itoa(scale)), true
}
