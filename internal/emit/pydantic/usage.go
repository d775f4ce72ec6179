package pydantic

import (
	"cmp"
	"regexp"

	"github.com/trefoil-sql/trefoil/internal/model"
)

// static is what a type checker sees of the names in types.tmpl.
var static = map[string]string{
	"Bool": "bool", "Int2": "int", "Int4": "int", "Int8": "int", "Oid": "int", "Float4": "float", "Float8": "float",
	"Numeric": "Decimal", "Text": "str", "AsText": "str", "Bits": "str", "Bytea": "bytes", "Uuid": "UUID",
	"Date": "date", "Time": "time", "Timetz": "time", "Timestamp": "datetime", "Timestamptz": "datetime",
	"Interval": "str", "Address": "str", "Vector": "list[float]", "Hstore": "dict[str, str | None] | str",
}

// staticDriver is what it sees of the names in driver.tmpl.
var staticDriver = map[string]string{
	"DateParam": "date | str", "TimeParam": "time | str", "TimestampParam": "datetime | date | str", "IntervalParam": "timedelta | str",
	"JsonParam": "JsonValue", "JsonbParam": "JsonValue", "Inet": "IPv4Address | IPv6Address", "Cidr": "IPv4Network | IPv6Network",
	"InetParam": "IPv4Address | IPv6Address | str", "CidrParam": "IPv4Network | IPv6Network | str", "HstoreParam": "dict[str, str | None] | str",
	"Composite": "str | tuple[Any, ...]",
}

// Types are the Python types of each object's fields as a type checker sees them, in their order, without what says
// that a field may be None.
func Types(m *model.Model, o Options) map[*model.Object][]string {
	types := map[*model.Object][]string{}
	add := func(object *model.Object) {
		if object == nil || types[object] != nil {
			return
		}
		s := seen{o.Driver, baseOf[object.Variant] == "InputModel"}
		list := make([]string, len(object.Fields))
		for i, f := range object.Fields {
			list[i] = s.field(f)
		}
		types[object] = list
	}
	for _, o := range m.Composites {
		add(o)
	}
	for _, r := range m.Relations {
		add(r.Row)
		add(r.Insert)
		add(r.Update)
	}
	for _, q := range m.Queries {
		add(q.Row)
		add(q.Params)
	}
	return types
}

// seen is how a type checker sees types: those of a wire, as they are read or as they are written.
type seen struct{ driver, written bool }

func (s seen) field(f model.Field) string {
	if of, ok := f.Type.(model.ObjectRef); ok && f.Embed {
		return of.Object.Name
	}
	return s.static(f.Type)
}

// static is a type that is not null.
func (s seen) static(t model.Type) string {
	switch t := t.(type) {
	case model.Scalar:
		return orItself(rowOf[t.Kind].in(s.driver, s.written).code)
	case model.EnumRef:
		return t.Enum.Name
	case model.ObjectRef:
		if s.driver {
			return staticDriver["Composite"]
		}
		return t.Object.Name
	case model.Array:
		code := s.static(t.Elem)
		if !t.NotNullElements {
			code += " | None"
		}
		for range max(1, t.Dims) {
			code = "list[" + code + "]"
		}
		return code
	case model.Range:
		if s.driver {
			return instance.ReplaceAllString(rangeCell(t, s.written).code, "$1")
		}
		return static["Text"]
	case model.JSONOf:
		if t.Shape == "object" {
			return "dict[str, JsonValue]"
		}
		return "list[JsonValue]"
	case model.Custom:
		return t.Code
	}
	return ""
}

// instance is a class of which Pydantic only asks whether a value is of it.
var instance = regexp.MustCompile(`InstanceOf\[(\w+\[\w+\])\]`)

func orItself(code string) string {
	return cmp.Or(static[code], staticDriver[code], code)
}
