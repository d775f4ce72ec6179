package constraint

import (
	"cmp"
	"encoding/json"
	"math"
	"math/big"
	"slices"
)

func compareValues(op CompareOp, x, y Value) (Value, error) {
	if op == EQ || op == NE {
		equal, err := equalValues(x, y)
		if err != nil {
			return nil, err
		}
		return equal == (op == EQ), nil
	}
	sign, err := order(x, y)
	if err != nil {
		return nil, err
	}
	return op.holds(sign), nil
}

// holds tells what an operator says of two values of which the first is smaller (-1), equal (0) or greater (1).
func (op CompareOp) holds(sign int) bool {
	switch op {
	case LT:
		return sign < 0
	case LE:
		return sign <= 0
	case GT:
		return sign > 0
	case GE:
		return sign >= 0
	case EQ:
		return sign == 0
	default:
		return sign != 0
	}
}

// order compares two values of one class that has an order.
func order(x, y Value) (int, error) {
	switch x := x.(type) {
	case bool:
		return boolOrder[x] - boolOrder[y.(bool)], nil
	case *big.Int:
		return x.Cmp(y.(*big.Int)), nil
	case Numeric:
		return x.Compare(y.(Numeric)), nil
	case float64:
		return orderFloats(x, y.(float64)), nil
	case string:
		return cmp.Compare(x, y.(string)), nil // UTF-8 keeps the order of code points
	case Moment:
		return cmp.Compare(x, y.(Moment)), nil
	}
	return 0, ErrUndecided
}

var boolOrder = map[bool]int{false: 0, true: 1}

// orderFloats has NaN above all and equal to itself.
func orderFloats(x, y float64) int {
	switch {
	case math.IsNaN(x) && math.IsNaN(y):
		return 0
	case math.IsNaN(x):
		return 1
	case math.IsNaN(y):
		return -1
	}
	return cmp.Compare(x, y)
}

func equalValues(x, y Value) (bool, error) {
	switch x := x.(type) {
	case JSON:
		return equalJSON(x.Value, y.(JSON).Value), nil
	case Array:
		return equalArrays(x, y.(Array))
	}
	sign, err := order(x, y)
	return sign == 0, err
}

// equalArrays takes NULLs for equal, as PostgreSQL does for whole arrays.
func equalArrays(x, y Array) (bool, error) {
	if len(x.Dims) > 1 || len(y.Dims) > 1 {
		return false, ErrUndecided
	}
	if len(x.Elems) != len(y.Elems) {
		return false, nil
	}
	for i := range x.Elems {
		d, err := distinct(Distinct{}, x.Elems[i], y.Elems[i])
		if err != nil || d == true {
			return false, err
		}
	}
	return true, nil
}

// equalJSON compares as jsonb does: numbers by value, objects without order.
func equalJSON(x, y any) bool {
	switch x := x.(type) {
	case map[string]any:
		y, ok := y.(map[string]any)
		if !ok || len(x) != len(y) {
			return false
		}
		for key, v := range x {
			if other, has := y[key]; !has || !equalJSON(v, other) {
				return false
			}
		}
		return true
	case []any:
		y, ok := y.([]any)
		return ok && slices.EqualFunc(x, y, equalJSON)
	case json.Number:
		y, ok := y.(json.Number)
		if !ok {
			return false
		}
		a, isA := parseNumeric(x.String())
		b, isB := parseNumeric(y.String())
		return isA && isB && a.Compare(b) == 0
	}
	return x == y
}

// containsJSON is x @> y. An array holds a scalar as well, but only at the top.
func containsJSON(x, y any, top bool) bool {
	switch y := y.(type) {
	case map[string]any:
		x, ok := x.(map[string]any)
		if !ok {
			return false
		}
		for key, v := range y {
			if inner, has := x[key]; !has || !containsJSON(inner, v, false) {
				return false
			}
		}
		return true
	case []any:
		x, ok := x.([]any)
		if !ok {
			return false
		}
		for _, v := range y {
			if !slices.ContainsFunc(x, func(inner any) bool { return containsJSON(inner, v, false) }) {
				return false
			}
		}
		return true
	}
	if list, ok := x.([]any); ok && top {
		return slices.ContainsFunc(list, func(inner any) bool { return equalJSON(inner, y) })
	}
	return equalJSON(x, y)
}
