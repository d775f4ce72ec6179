package zod

import (
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"

	"github.com/trefoil-sql/trefoil/internal/constraint"
)

// constant writes a constant of a condition as the module sql holds it.
func constant(k constraint.Const) code {
	if k.Null {
		return raw("null")
	}
	switch k.Type.Class {
	case constraint.BoolClass, constraint.FloatClass:
		return raw(k.Text)
	case constraint.IntClass:
		return raw(k.Text + "n")
	case constraint.NumericClass:
		return fn("numeric", raw(quote(k.Text)))
	case constraint.JSONClass:
		return fn("jsonOf", raw(jsonLiteral(k.Text)))
	case constraint.DateClass, constraint.TimestampClass, constraint.TimestampTZClass:
		return fn(readers[k.Type.Class], raw(quote(k.Text)))
	case constraint.ArrayClass:
		return fn("list", call{"[", constants(k.Elems), "]"})
	}
	return raw(quote(k.Text))
}

func constants(list []constraint.Const) []code {
	out := make([]code, len(list))
	for i, k := range list {
		out[i] = constant(k)
	}
	return out
}

// wireConst writes a constant as a field of its type may hold it. ok is false for JSON's null, which a field has not.
func wireConst(k constraint.Const) (wire string, ok bool) {
	if k.Null {
		return "null", true
	}
	switch k.Type.Class {
	case constraint.BoolClass:
		return k.Text, true
	case constraint.FloatClass:
		return k.Text, true
	case constraint.IntClass:
		return k.Text + "n", true
	case constraint.JSONClass:
		literal := jsonLiteral(k.Text)
		return literal, literal != "null" && !strings.Contains(literal, "NaN")
	case constraint.ByteaClass:
		return quote(`\x` + k.Text), true
	case constraint.ArrayClass:
		var elems []string
		for _, e := range k.Elems {
			elem, ok := wireConst(e)
			if !ok {
				return "", false
			}
			elems = append(elems, elem)
		}
		return "[" + strings.Join(elems, ", ") + "]", true
	}
	return quote(k.Text), true
}

// jsonLiteral writes JSON as a literal. A number that no number of JavaScript is written as becomes NaN: it equals none.
func jsonLiteral(s string) string {
	d := json.NewDecoder(strings.NewReader(s))
	d.UseNumber()
	var v any
	if d.Decode(&v) != nil {
		return "NaN"
	}
	return jsonValue(v)
}

func jsonValue(v any) string {
	switch v := v.(type) {
	case nil:
		return "null"
	case bool:
		return strconv.FormatBool(v)
	case string:
		return quote(v)
	case json.Number:
		if lit, ok := number(v.String()); ok && lit.sign == 0 {
			return lit.text
		}
		return "NaN"
	case []any:
		items := make([]string, len(v))
		for i, item := range v {
			items[i] = jsonValue(item)
		}
		return "[" + strings.Join(items, ", ") + "]"
	}
	members := v.(map[string]any)
	if len(members) == 0 {
		return "{}"
	}
	var list []string
	for _, name := range slices.Sorted(maps.Keys(members)) {
		list = append(list, key(name)+": "+jsonValue(members[name]))
	}
	return fmt.Sprintf("{ %s }", strings.Join(list, ", "))
}
