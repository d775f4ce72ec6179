package runtime

import (
	"bytes"
	"encoding/json"
	"io"
	"math/big"
	"regexp"
	"slices"
	"strconv"
)

// trefoilJSON is a JSON value, its numbers as written; nil is JSON's null.
type trefoilJSON struct{ value any }

// trefoilDocument reads JSON text.
func trefoilDocument(text []byte) any {
	d := json.NewDecoder(bytes.NewReader(text))
	d.UseNumber()
	var v any
	if d.Decode(&v) != nil {
		panic(trefoilUndecided{})
	}
	if _, err := d.Token(); err != io.EOF {
		panic(trefoilUndecided{})
	}
	return trefoilJSON{v}
}

func (x trefoilJSON) equals(other any) bool {
	return trefoilEqualJSON(x.value, other.(trefoilJSON).value)
}

// trefoilEqualJSON compares as jsonb does: numbers by value, objects without order.
func trefoilEqualJSON(x, y any) bool {
	switch x := x.(type) {
	case map[string]any:
		y, ok := y.(map[string]any)
		if !ok || len(x) != len(y) {
			return false
		}
		for key, v := range x {
			if other, has := y[key]; !has || !trefoilEqualJSON(v, other) {
				return false
			}
		}
		return true
	case []any:
		y, ok := y.([]any)
		return ok && slices.EqualFunc(x, y, trefoilEqualJSON)
	case json.Number:
		y, ok := y.(json.Number)
		return ok && trefoilRead(x.String()).cmp(trefoilRead(y.String())) == 0
	}
	return x == y
}

// trefoilJSONContains is @>. An array holds a scalar as well, but only at the top.
func trefoilJSONContains(x, y any) any {
	return trefoilOf2(x, y, func(x, y trefoilJSON) any { return trefoilHolds(x.value, y.value, true) })
}

func trefoilHolds(x, y any, top bool) bool {
	list, isList := x.([]any)
	switch y := y.(type) {
	case map[string]any:
		x, ok := x.(map[string]any)
		if !ok {
			return false
		}
		for key, v := range y {
			if inner, has := x[key]; !has || !trefoilHolds(inner, v, false) {
				return false
			}
		}
		return true
	case []any:
		for _, v := range y {
			if !slices.ContainsFunc(list, func(inner any) bool { return trefoilHolds(inner, v, false) }) {
				return false
			}
		}
		return isList
	}
	if isList && top {
		return slices.ContainsFunc(list, func(inner any) bool { return trefoilEqualJSON(inner, y) })
	}
	return trefoilEqualJSON(x, y)
}

func trefoilJSONTypeOf(x any) any {
	return trefoilOf(x, func(x trefoilJSON) any {
		switch x.value.(type) {
		case map[string]any:
			return "object"
		case []any:
			return "array"
		case string:
			return "string"
		case json.Number:
			return "number"
		case bool:
			return "boolean"
		}
		return "null"
	})
}

func trefoilJSONArrayLength(x any) any {
	return trefoilOf(x, func(x trefoilJSON) any {
		list, ok := x.value.([]any)
		if !ok {
			panic(trefoilRaised{})
		}
		return big.NewInt(int64(len(list)))
	})
}

func trefoilJSONKey(x, key any) any {
	return trefoilOf2(x, key, func(x trefoilJSON, key string) any {
		object, _ := x.value.(map[string]any)
		if member, has := object[key]; has {
			return trefoilJSON{member}
		}
		return nil
	})
}

// trefoilJSONIndex leaves the first element of a scalar to PostgreSQL: jsonb has one, json has none.
func trefoilJSONIndex(x, at any) any {
	return trefoilOf2(x, at, func(x trefoilJSON, at *big.Int) any {
		i := at.Int64()
		switch v := x.value.(type) {
		case []any:
			return trefoilElement(v, i)
		case map[string]any:
			return nil
		}
		if i == 0 || i == -1 {
			panic(trefoilUndecided{})
		}
		return nil
	})
}

// trefoilElement counts from 0, and from the end where it is negative.
func trefoilElement(list []any, i int64) any {
	if i < 0 {
		i += int64(len(list))
	}
	if i < 0 || i >= int64(len(list)) {
		return nil
	}
	return trefoilJSON{list[i]}
}

// trefoilJSONStep is a step of #>.
func trefoilJSONStep(x, step any) any {
	return trefoilOf2(x, step, func(x trefoilJSON, step string) any {
		list, ok := x.value.([]any)
		if !ok {
			return trefoilJSONKey(x, step)
		}
		i, err := strconv.ParseInt(step, 10, 32)
		if err != nil {
			return nil
		}
		return trefoilElement(list, i)
	})
}

// trefoilPlainJSON are numbers whose text ->> repeats.
var trefoilPlainJSON = regexp.MustCompile(`^(0|-?[1-9][0-9]{0,14})$`)

// trefoilJSONText is the text that ->> gives.
func trefoilJSONText(x any) any {
	return trefoilOf(x, func(x trefoilJSON) any {
		switch v := x.value.(type) {
		case nil:
			return nil
		case string:
			return v
		case bool:
			return strconv.FormatBool(v)
		case json.Number:
			if trefoilPlainJSON.MatchString(v.String()) {
				return v.String()
			}
		}
		panic(trefoilUndecided{})
	})
}

// trefoilJSONHas is ?.
func trefoilJSONHas(x, key any) any {
	return trefoilOf2(x, key, func(x trefoilJSON, key string) any {
		switch v := x.value.(type) {
		case map[string]any:
			_, ok := v[key]
			return ok
		case []any:
			return slices.ContainsFunc(v, func(elem any) bool { return elem == any(key) })
		}
		return x.value == any(key)
	})
}
