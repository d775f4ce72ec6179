package pydantic

import (
	"fmt"
	"strings"

	"github.com/trefoil-sql/trefoil/internal/constraint"
	"github.com/trefoil-sql/trefoil/internal/model"
)

// readers are the functions of _rules.py that read a field's value, by class.
var readers = map[constraint.Class]string{
	constraint.BoolClass: "boolean", constraint.NumericClass: "numeric", constraint.FloatClass: "float8", constraint.TextClass: "text",
	constraint.PaddedClass: "unpadded", constraint.FoldedClass: "text", constraint.EnumClass: "text", constraint.DateClass: "date",
	constraint.TimestampClass: "timestamp", constraint.TimestampTZClass: "timestamptz", constraint.UUIDClass: "uuid",
	constraint.ByteaClass: "bytea",
}

// column reads a column's variable as a value of the tree.
func (t *tree) column(c constraint.Column) code {
	o, ok := t.operands[c.Name]
	if !ok {
		return t.fail("a condition reads the column %s, which the object does not have", c.Name)
	}
	variable := word(o.variable)
	if c.Type.Class == constraint.ArrayClass {
		elem := o.typ
		if array, ok := elem.(model.Array); ok {
			elem = array.Elem
		}
		return t.call("array", variable, t.elementReader(c, elem))
	}
	if c.Type.Class == constraint.JSONClass && !o.nullable && !opaque(o.typ) {
		return t.call("json_not_null", variable)
	}
	name, modifier := t.reader(c, c.Type, o.typ)
	return t.call(name, append([]code{variable}, modifier...)...)
}

// opaque tells a type whose values are not known here.
func opaque(t model.Type) bool {
	if s, ok := t.(model.Scalar); ok {
		return s.Kind == model.AnyKind
	}
	_, custom := t.(model.Custom)
	return custom
}

// reader is the function that reads a value of a type, and the column's modifier, which says how it is stored.
func (t *tree) reader(c constraint.Column, typ constraint.Type, field model.Type) (string, []code) {
	mods := c.SQL.Mods
	switch class := typ.Class; {
	case opaque(field):
		return "unread", nil
	case class == constraint.JSONClass:
		return "json", nil
	case class == constraint.IntClass:
		return t.number(typ), nil
	case class == constraint.FloatClass && typ.Size == 4:
		return "float4", nil
	case class == constraint.NumericClass && len(mods) == 2:
		return "numeric", []code{word(fmt.Sprint(mods[1]))}
	case (class == constraint.TimestampClass || class == constraint.TimestampTZClass) && len(mods) == 1:
		return readers[class], []code{word(fmt.Sprint(mods[0]))}
	}
	name, ok := readers[typ.Class]
	if !ok {
		t.fail("pydantic cannot read a value of class %q", typ.Class)
	}
	return name, nil
}

// elementReader is a function that reads an array's element.
func (t *tree) elementReader(c constraint.Column, field model.Type) code {
	if c.Type.Elem.Class == constraint.JSONClass && !opaque(field) {
		return word(t.pg + ".json_element")
	}
	name, modifier := t.reader(c, *c.Type.Elem, field)
	if len(modifier) == 0 {
		return word(t.pg + "." + name)
	}
	return prefixed{"lambda item: ", t.call(name, append([]code{word("item")}, modifier...)...)}
}

// constant writes a constant as a value of the tree.
func (t *tree) constant(k constraint.Const) code {
	if k.Null {
		return word("None")
	}
	switch k.Type.Class {
	case constraint.DateClass, constraint.TimestampClass, constraint.TimestampTZClass, constraint.UUIDClass:
		return t.call(readers[k.Type.Class], t.literal(k))
	case constraint.ArrayClass:
		return t.call("array", t.literal(k), t.elementReader(constraint.Column{Type: k.Type}, nil))
	}
	return t.literal(k)
}

// literal writes a constant as a field may hold it: the readers take it.
func (t *tree) literal(k constraint.Const) code {
	if k.Null {
		return word("None")
	}
	switch k.Type.Class {
	case constraint.BoolClass:
		return word(choose(k.Text == "true", "True", "False"))
	case constraint.IntClass:
		return word(k.Text)
	case constraint.NumericClass:
		return word(t.f.decimal(k.Text))
	case constraint.FloatClass:
		return t.float(k.Text)
	case constraint.ByteaClass:
		return call{t.f.builtin("bytes") + ".fromhex", []code{word(quote(k.Text))}}
	case constraint.JSONClass:
		return t.call("document", word(quote(k.Text)))
	case constraint.ArrayClass:
		elems := make([]string, len(k.Elems))
		for i, e := range k.Elems {
			elems[i] = t.literal(e).flat()
		}
		return word("[" + strings.Join(elems, ", ") + "]")
	}
	return word(quote(k.Text))
}

func (t *tree) float(text string) code {
	switch {
	case strings.Contains(text, "N") || strings.Contains(text, "I"):
		return t.call("float8", word(quote(text)))
	case strings.ContainsAny(text, ".e"):
		return word(text)
	}
	return word(text + ".0")
}
