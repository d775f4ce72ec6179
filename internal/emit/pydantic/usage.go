package pydantic

import "github.com/trefoil-sql/trefoil/internal/model"

// static is what a type checker sees of the names in types.tmpl.
var static = map[string]string{
	"Bool": "bool", "Int2": "int", "Int4": "int", "Int8": "int", "Oid": "int", "Float4": "float", "Float8": "float",
	"Numeric": "Decimal", "Text": "str", "AsText": "str", "Bits": "str", "Bytea": "bytes", "Uuid": "UUID",
	"Date": "date", "Time": "time", "Timetz": "time", "Timestamp": "datetime", "Timestamptz": "datetime",
	"Interval": "str", "Address": "str", "Vector": "list[float]",
	"Hstore": "dict[str, str | None] | str",
}

// Types are the Python types of each object's fields as a type checker sees them, in their order, without what says
// that a field may be None.
func Types(m *model.Model) map[*model.Object][]string {
	types := map[*model.Object][]string{}
	add := func(o *model.Object) {
		if o == nil || types[o] != nil {
			return
		}
		list := make([]string, len(o.Fields))
		for i, f := range o.Fields {
			list[i] = staticType(f.Type)
		}
		types[o] = list
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

// staticType is a type that is not null.
func staticType(t model.Type) string {
	switch t := t.(type) {
	case model.Scalar:
		code := rowOf[t.Kind].code
		if seen, ok := static[code]; ok {
			return seen
		}
		return code
	case model.EnumRef:
		return t.Enum.Name
	case model.ObjectRef:
		return t.Object.Name
	case model.Array:
		code := staticType(t.Elem)
		if !t.NotNullElements {
			code += " | None"
		}
		for range max(1, t.Dims) {
			code = "list[" + code + "]"
		}
		return code
	case model.Range:
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
