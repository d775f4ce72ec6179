package nullability

import (
	"fmt"
	"sort"
	"strconv"
	"strings"

	"github.com/trefoil-sql/trefoil/internal/catalog"
)

// unlike stands in the shape of a value that is like no other: what is in it cannot be compared.
const unlike = "\x00"

// key is a text that two values share only if they are always equal in the same row, so that what is known of one is known
// of the other; "" for a value that has no like.
func (a *analysis) key(v catalog.Value, f *facts) string {
	k := a.shape(v, f)
	if strings.Contains(k, unlike) || changes(v) {
		return ""
	}
	return k
}

// sourceKey is the key of a column of a source.
func (a *analysis) sourceKey(s *entry, i int) string {
	k := "col#" + s.number + "." + strconv.Itoa(i) + ";"
	if _, ok := a.columns[k]; !ok {
		a.columns[k] = columnOf{s, i}
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
	case *catalog.Constant:
		return fmt.Sprintf("const(%s %t %d %s)", typeShape(v.Type), v.Null, v.Kind, escape(v.Text))
	case *catalog.ParameterValue:
		return parameterKey(a.number(v.Param))
	case *catalog.SubqueryValue:
		return unlike
	}
	at := read{value: v, scope: f.scope}
	if f.scope != nil && f.scope.standsFor != "" {
		at = read{value: v, source: f.scope.standsFor}
	}
	s, ok := a.shapes[at]
	if !ok {
		if call, isCall := v.(*catalog.FunctionCall); isCall {
			s = a.callShape(call, f)
		} else {
			s = a.nodeShape(v, f)
		}
		if !strings.Contains(s, unlike) { // what it reads may come into the scope later
			a.shapes[at] = s
		}
	}
	return s
}

// callShape is that of a call. Sides of an equality have one order.
func (a *analysis) callShape(v *catalog.FunctionCall, f *facts) string {
	args := make([]string, len(v.Args))
	for i, arg := range v.Args {
		args[i] = a.shape(arg, f)
	}
	if v.Operator == "=" && len(args) == 2 {
		sort.Strings(args)
	}
	var rest []catalog.Value
	for _, p := range parts(v)[len(v.Args):] {
		rest = append(rest, p)
	}
	over := ""
	if v.Over != nil {
		over = fmt.Sprintf("%p", v.Over)
	}
	return fmt.Sprintf("call(%s.%s %s %t %t %t %s|%s|%s)", escape(v.Schema), escape(v.Name), escape(v.Operator), v.Star, v.Distinct, v.Variadic, over,
		strings.Join(args, ","), a.shapesOf(rest, f))
}

func (a *analysis) shapesOf(list []catalog.Value, f *facts) string {
	out := make([]string, len(list))
	for i, v := range list {
		out[i] = a.shape(v, f)
	}
	return strings.Join(out, ",")
}

// nodeShape is that of the other nodes: what they say beside their parts.
func (a *analysis) nodeShape(v catalog.Value, f *facts) string {
	said := ""
	switch v := v.(type) {
	case *catalog.CastValue:
		said = typeShape(v.Type)
	case *catalog.Logic:
		said = string(v.Op)
	case *catalog.IsNull:
		said = strconv.FormatBool(v.Not)
	case *catalog.IsBool:
		said = v.Is + strconv.FormatBool(v.Not)
	case *catalog.IsDistinct:
		said = strconv.FormatBool(v.Not)
	case *catalog.MinMaxValue:
		said = strconv.FormatBool(v.Greatest)
	case *catalog.SubscriptValue:
		said = strconv.FormatBool(v.Slice)
	case *catalog.FieldValue:
		said = escape(v.Field)
	case *catalog.ListTest:
		said = fmt.Sprint(v.Op, v.All, len(v.List))
	case *catalog.BetweenValue:
		said = fmt.Sprint(v.Not, v.Symmetric)
	case *catalog.Construct:
		said = v.Name
	}
	return fmt.Sprintf("%T(%s %s)", v, said, a.shapesOf(parts(v), f))
}

func typeShape(t catalog.Type) string { return fmt.Sprint(t.Name, t.Mods, t.Fields, t.Array) }

// escape keeps a text from being taken for a part of a key.
func escape(text string) string { return escapes.Replace(strconv.QuoteToASCII(text)) }

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
