package zod

import (
	"fmt"
	"strings"

	"github.com/trefoil-sql/trefoil/internal/constraint"
	"github.com/trefoil-sql/trefoil/internal/model"
)

// operand is where a column's value is found: an expression of the type in the form that is read from the database, or
// that is sent to it.
type operand struct {
	value string
	typ   model.Type
	read  bool
	// fallback is what stands in for undefined, "" for null.
	fallback string
}

func (o operand) code() string {
	if o.fallback == "" {
		return o.value
	}
	return fmt.Sprintf("sql.withDefault(%s, %s)", o.value, o.fallback)
}

// bound reads a column's value as the tree holds it.
func (t treeWriter) bound(o operand, c constraint.Column) code {
	if c.Type.Class == constraint.JSONClass && t.Driver && !o.read {
		o.typ = model.Scalar{Kind: model.JSONB} // whatever its shape, it may be text
	}
	name, args := t.reader(c.Type, c.SQL.Mods, o.typ, o.read)
	return fn(name, raws(append([]string{o.code()}, args...))...)
}

// presence writes a value of which only matters whether it is NULL. A composite IS NULL when all its fields are.
func (t treeWriter) presence(n constraint.Node, composite bool) code {
	c, ok := n.(constraint.Column)
	if !ok {
		return t.node(n)
	}
	o := t.column(c)
	_, isObject := o.typ.(model.ObjectRef)
	switch {
	case composite && isObject:
		return fn("unreadable", raw(o.code()))
	case c.Type.Class == constraint.JSONClass && o.read:
		return t.bound(o, c)
	}
	return raw(o.code())
}

// counted writes an array whose elements do not matter, except that those of JSON may be dimensions.
func (t treeWriter) counted(n constraint.Node) code {
	if c, ok := n.(constraint.Column); ok && c.Type.Elem.Class != constraint.JSONClass {
		c.Type.Elem = &constraint.Type{}
		return t.node(c)
	}
	return t.node(n)
}

// readers are the functions that read a value, by class.
var readers = map[constraint.Class]string{
	constraint.OtherClass: "anything", constraint.BoolClass: "bool", constraint.IntClass: "int", constraint.NumericClass: "numeric",
	constraint.FloatClass: "float", constraint.TextClass: "text", constraint.PaddedClass: "text", constraint.FoldedClass: "text",
	constraint.JSONClass: "json", constraint.DateClass: "date", constraint.TimestampClass: "timestamp",
	constraint.TimestampTZClass: "timestamptz", constraint.UUIDClass: "text", constraint.ByteaClass: "bytea",
	constraint.EnumClass: "text", constraint.ArrayClass: "array",
}

// reader is the function that reads a value of a field's type, and what it takes after the value. mods are the modifiers of
// the type in SQL; an array's are its elements'.
func (w *writer) reader(t constraint.Type, mods []int32, typ model.Type, read bool) (name string, args []string) {
	name = readers[t.Class]
	if t.Class == constraint.OtherClass {
		return name, nil
	}
	if a, ok := typ.(model.Array); ok && t.Class == constraint.ArrayClass {
		return name, w.elementReader(*t.Elem, mods, a, read)
	}
	if !w.readable(t, mods, typ, read) {
		return "unreadable", nil
	}
	switch t.Class {
	case constraint.NumericClass:
		if scale, ok := scaleOf(mods); ok {
			args = append(args, fmt.Sprint(scale))
		}
	case constraint.FloatClass:
		if t.Size == 4 {
			name = "real"
		}
	case constraint.JSONClass:
		switch {
		case read:
			name = "readJson"
		case w.Driver:
			name = "jsonParam"
		}
	case constraint.TimestampClass, constraint.TimestampTZClass:
		if len(mods) > 0 && mods[0] >= 0 && mods[0] < 6 {
			args = append(args, fmt.Sprint(mods[0]))
		}
	}
	return name, args
}

// elementReader is how deep an array is and the function that reads its elements.
func (w *writer) elementReader(elem constraint.Type, mods []int32, a model.Array, read bool) []string {
	name, more := w.reader(elem, mods, a.Elem, read)
	switch {
	case elem.Class == constraint.JSONClass && w.Driver && !read:
		name = "unreadable"
	case elem.Class == constraint.JSONClass:
		name = "jsonElement"
	case elem.Class == constraint.NumericClass && w.Driver && read && !exact(mods):
		name, more = "unreadable", nil // numbers, whatever a numeric of its own is
	}
	function := "sql." + name
	if more != nil {
		function = fmt.Sprintf("(item) => sql.%s(item, %s)", name, strings.Join(more, ", "))
	}
	return []string{fmt.Sprint(max(1, a.Dims)), function}
}

// exactDigits is how many digits of any decimal a number of JavaScript keeps.
const exactDigits = 15

// readable tells whether the field's form says all of what is stored. A number has fewer digits than numeric, and a Date
// fewer than a timestamp; what they are sent as is known.
func (w *writer) readable(t constraint.Type, mods []int32, typ model.Type, read bool) bool {
	switch typ := typ.(type) {
	case model.EnumRef, model.JSONOf:
		return true
	case model.Scalar:
		row, ok := w.scalarOf(typ.Kind)
		switch {
		case !ok || typ.Kind == model.AnyKind:
			return false
		case !read:
			return true
		case t.Class == constraint.NumericClass && row.read.ts == "number":
			return exact(mods)
		}
		return !strings.Contains(row.read.ts, "Date")
	}
	return false
}

// exact tells whether a number of JavaScript keeps every digit of numeric(precision, scale).
func exact(mods []int32) bool { return len(mods) > 0 && mods[0] <= exactDigits }

// scaleOf is the scale of numeric(precision, scale).
func scaleOf(mods []int32) (scale int32, ok bool) {
	switch len(mods) {
	case 0:
		return 0, false
	case 1:
		return 0, true
	}
	return mods[1], true
}
