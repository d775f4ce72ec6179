package constrainttest

import (
	"bytes"
	"encoding/json"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/trefoil-sql/trefoil/internal/constraint"
)

// valueOf reads a value from the JSON that PostgreSQL makes of it.
func valueOf(t testing.TB, raw json.RawMessage, typ constraint.Type) constraint.Value {
	d := json.NewDecoder(bytes.NewReader(raw))
	d.UseNumber()
	var v any
	require.NoError(t, d.Decode(&v))
	if typ.Class == constraint.JSONClass {
		return constraint.JSON{Value: v}
	}
	return value(v, typ)
}

func value(v any, typ constraint.Type) constraint.Value {
	switch v := v.(type) {
	case nil:
		return nil
	case bool:
		return v
	case []any:
		a := constraint.Array{}
		flatten(&a, v, *typ.Elem, 0)
		return a
	case string:
		return scalar(v, typ)
	}
	return scalar(v.(json.Number).String(), typ)
}

func scalar(text string, typ constraint.Type) constraint.Value {
	if typ.Class == constraint.ByteaClass {
		return strings.TrimPrefix(text, `\x`)
	}
	return constraint.Const{Type: typ, Text: text}.Value()
}

// flatten lists the elements of an array of any dimensions.
func flatten(a *constraint.Array, list []any, elem constraint.Type, depth int) {
	if len(list) == 0 {
		return
	}
	if len(a.Dims) == depth {
		a.Dims = append(a.Dims, len(list))
	}
	for _, v := range list {
		if inner, ok := v.([]any); ok {
			flatten(a, inner, elem, depth+1)
			continue
		}
		a.Elems = append(a.Elems, value(v, elem))
	}
}
