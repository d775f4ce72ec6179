package runtime

import (
	"cmp"
	"math"
	"math/big"
	"strings"
)

// trefoilOrder compares two values that have an order: -1, 0 or 1.
func trefoilOrder(x, y any) int {
	switch x := x.(type) {
	case bool:
		return trefoilBit(x) - trefoilBit(y.(bool))
	case *big.Int:
		return x.Cmp(y.(*big.Int))
	case float64:
		return trefoilOrderFloats(x, y.(float64))
	case string:
		return strings.Compare(x, y.(string)) // UTF-8 keeps the order of code points
	case interface{ order(other any) int }:
		return x.order(y)
	}
	panic(trefoilUndecided{})
}

// trefoilOrderFloats has NaN above all and equal to itself.
func trefoilOrderFloats(x, y float64) int {
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

func trefoilBit(b bool) int {
	if b {
		return 1
	}
	return 0
}

func trefoilSame(x, y any) bool {
	if x, ok := x.(interface{ equals(other any) bool }); ok {
		return x.equals(y)
	}
	return trefoilOrder(x, y) == 0
}

func trefoilEQ(x, y any) any {
	return trefoilOf2(x, y, func(x, y any) any { return trefoilSame(x, y) })
}

func trefoilNE(x, y any) any {
	return trefoilOf2(x, y, func(x, y any) any { return !trefoilSame(x, y) })
}

func trefoilLT(x, y any) any {
	return trefoilOf2(x, y, func(x, y any) any { return trefoilOrder(x, y) < 0 })
}

func trefoilLE(x, y any) any {
	return trefoilOf2(x, y, func(x, y any) any { return trefoilOrder(x, y) <= 0 })
}

func trefoilGT(x, y any) any {
	return trefoilOf2(x, y, func(x, y any) any { return trefoilOrder(x, y) > 0 })
}

func trefoilGE(x, y any) any {
	return trefoilOf2(x, y, func(x, y any) any { return trefoilOrder(x, y) >= 0 })
}

// trefoilDistinct is IS DISTINCT FROM.
func trefoilDistinct(x, y any) any {
	if x == nil || y == nil {
		return x != y
	}
	return !trefoilSame(x, y)
}

// trefoilIn is IN: NULL where the value is not found and the list holds NULL.
func trefoilIn(x any, list ...any) any {
	if x == nil {
		return nil
	}
	var out any = false
	for _, k := range list {
		if k == nil {
			out = nil
		} else if trefoilSame(x, k) {
			return true
		}
	}
	return out
}

func trefoilGreatest(args ...any) any { return trefoilExtremum(args, 1) }

func trefoilLeast(args ...any) any { return trefoilExtremum(args, -1) }

// trefoilExtremum leaves out NULLs.
func trefoilExtremum(args []any, sign int) any {
	var best any
	for _, v := range args {
		if v != nil && (best == nil || trefoilOrder(v, best)*sign > 0) {
			best = v
		}
	}
	return best
}

func trefoilNumNulls(args ...any) any {
	n := int64(0)
	for _, arg := range args {
		if arg == nil {
			n++
		}
	}
	return big.NewInt(n)
}

func trefoilNumNonNulls(args ...any) any {
	n := int64(0)
	for _, arg := range args {
		if arg != nil {
			n++
		}
	}
	return big.NewInt(n)
}
