package nullability

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/trefoil-sql/trefoil/internal/catalog"
)

// unlike stands in the shape of a value that is like no other: what is in it cannot be compared.
const unlike = "\x00"

// key is a text that two values share only if they are always equal in the same row, so that what is known of one is known
// of the other; "" for a value that has no like.
func (a *analysis) key(v catalog.Value, f *facts) string {
	if c, ok := v.(*catalog.ColumnValue); ok {
		if s := f.scope.find(c.Of); s != nil {
			return a.columnKey(s, c)
		}
		return ""
	}
	at := readIn(v, f)
	if k, ok := a.keys[at]; ok {
		return k
	}
	k := a.shape(v, f)
	if strings.Contains(k, unlike) { // what it reads may come into the scope later
		return ""
	}
	if changes(v) {
		k = ""
	}
	a.keys[at] = k
	return k
}

// readIn is a value where the facts hold.
func readIn(v catalog.Value, f *facts) read {
	if f.scope != nil && f.scope.standsFor != "" {
		return read{value: v, source: f.scope.standsFor}
	}
	return read{value: v, scope: f.scope}
}

// sourceKey is the key of a column of a source.
func (a *analysis) sourceKey(s *entry, i int) string {
	if i < len(s.keys) && s.keys[i] != "" {
		return s.keys[i]
	}
	k := "col#" + s.number + "." + strconv.Itoa(i) + ";"
	if _, ok := a.columns[k]; !ok {
		a.columns[k] = columnOf{s, i}
	}
	if i < len(s.keys) {
		s.keys[i] = k
	}
	return k
}

// columnKey is the key of a column; system columns go by name.
func (a *analysis) columnKey(s *entry, v *catalog.ColumnValue) string {
	if v.Index < 0 {
		return "col#" + s.number + "." + strconv.Quote(v.Name) + ";"
	}
	return a.sourceKey(s, v.Index)
}

// shape is a value's structure as a text.
func (a *analysis) shape(v catalog.Value, f *facts) string {
	switch v := v.(type) {
	case nil:
		return "-"
	case *catalog.ColumnValue:
		if s := f.scope.find(v.Of); s != nil {
			return a.columnKey(s, v)
		}
		return unlike
	case *catalog.WholeRow:
		if s := f.scope.find(v.Of); s != nil && s.isScalar() {
			return a.sourceKey(s, 0)
		} else if s != nil {
			return s.key
		}
		return unlike
	case *catalog.ParameterValue:
		return parameterKey(a.number(v.Param))
	case *catalog.SubqueryValue:
		return unlike
	}
	at := readIn(v, f)
	s, ok := a.shapes[at]
	if !ok {
		s = a.newShape(v, f)
		if !strings.Contains(s, unlike) { // what it reads may come into the scope later
			a.shapes[at] = s
		}
	}
	return s
}

func (a *analysis) newShape(v catalog.Value, f *facts) string {
	switch v := v.(type) {
	case *catalog.Constant:
		return "const(" + typeShape(v.Type) + " " + strconv.FormatBool(v.Null) + " " + strconv.Itoa(int(v.Kind)) + " " + escape(v.Text) + ")"
	case *catalog.FunctionCall:
		return a.callShape(v, f)
	}
	return a.nodeShape(v, f)
}

// callShape is that of a call. Sides of an equality have one order.
func (a *analysis) callShape(v *catalog.FunctionCall, f *facts) string {
	args := make([]string, len(v.Args))
	for i, arg := range v.Args {
		args[i] = a.shape(arg, f)
	}
	if v.Operator == "=" && len(args) == 2 && args[1] < args[0] {
		args[0], args[1] = args[1], args[0]
	}
	over := ""
	if v.Over != nil {
		over = fmt.Sprintf("%p", v.Over)
	}
	var b strings.Builder
	for _, part := range [...]string{"call(", escape(v.Schema), ".", escape(v.Name), " ", escape(v.Operator), " "} {
		b.WriteString(part)
	}
	for _, is := range [...]bool{v.Star, v.Distinct, v.Variadic} {
		b.WriteString(strconv.FormatBool(is))
		b.WriteByte(' ')
	}
	b.WriteString(over)
	b.WriteByte('|')
	b.WriteString(strings.Join(args, ","))
	b.WriteByte('|')
	a.writeShapes(&b, parts(v)[len(v.Args):], f)
	b.WriteByte(')')
	return b.String()
}

func (a *analysis) writeShapes(b *strings.Builder, list []catalog.Value, f *facts) {
	for i, v := range list {
		if i > 0 {
			b.WriteByte(',')
		}
		b.WriteString(a.shape(v, f))
	}
}

// nodeShape is that of the other nodes: what they say beside their parts.
func (a *analysis) nodeShape(v catalog.Value, f *facts) string {
	var b strings.Builder
	kind, said := nodeSays(v)
	for _, part := range [...]string{kind, "(", said, " "} {
		b.WriteString(part)
	}
	a.writeShapes(&b, parts(v), f)
	b.WriteByte(')')
	return b.String()
}

// nodeSays is the kind of a node, and what it says beside its parts.
func nodeSays(v catalog.Value) (kind, said string) {
	switch v := v.(type) {
	case *catalog.CastValue:
		return "cast", typeShape(v.Type)
	case *catalog.Logic:
		return "logic", string(v.Op)
	case *catalog.IsNull:
		return "null", strconv.FormatBool(v.Not)
	case *catalog.IsBool:
		return "is", v.Is + strconv.FormatBool(v.Not)
	case *catalog.IsDistinct:
		return "distinct", strconv.FormatBool(v.Not)
	case *catalog.MinMaxValue:
		return "minmax", strconv.FormatBool(v.Greatest)
	case *catalog.SubscriptValue:
		return "subscript", strconv.FormatBool(v.Slice)
	case *catalog.FieldValue:
		return "field", escape(v.Field)
	case *catalog.ListTest:
		return "list", v.Op + " " + strconv.FormatBool(v.All) + strconv.Itoa(len(v.List))
	case *catalog.BetweenValue:
		return "between", strconv.FormatBool(v.Not) + strconv.FormatBool(v.Symmetric)
	case *catalog.Construct:
		return "construct", v.Name
	}
	return fmt.Sprintf("%T", v), ""
}

func typeShape(t catalog.Type) string {
	s := escape(t.Name.Schema) + "." + escape(t.Name.Name)
	if len(t.Mods) > 0 || t.Fields != "" {
		s += fmt.Sprint(t.Mods, t.Fields)
	}
	if t.Array {
		s += "[]"
	}
	return s
}

// escape keeps a text from being taken for a part of a key.
func escape(text string) string {
	for i := range len(text) {
		if c := text[i]; c < ' ' || c > '~' || c == '"' || c == '\\' || c == '#' {
			return escapes.Replace(strconv.QuoteToASCII(text))
		}
	}
	return `"` + text + `"`
}

var escapes = strings.NewReplacer("#", `\h`)

// changes tells a value that can differ when it is computed twice in the same row: a function of the schema's own may not
// be what it is declared to be, and a setting can be set in between.
func changes(v catalog.Value) bool {
	found := false
	visit(v, 0, func(v catalog.Value, _ int) {
		if c, ok := v.(*catalog.FunctionCall); ok && (!c.Builtin || c.Volatile || c.Name == "current_setting") {
			found = true
		}
	})
	return found
}

// numberedAfter tells a key that speaks of a source or join that was numbered later.
func numberedAfter(key string, number int) bool {
	for _, part := range strings.Split(key, "#")[1:] {
		end := strings.IndexFunc(part, func(c rune) bool { return c < '0' || c > '9' })
		if end < 0 {
			end = len(part)
		}
		if n, err := strconv.Atoi(part[:end]); err == nil && n > number {
			return true
		}
	}
	return false
}
