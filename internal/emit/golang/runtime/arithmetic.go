package runtime

import (
	"math"
	"math/big"
)

// trefoilInt is an integer of a column or a constant.
func trefoilInt(n int64) any { return big.NewInt(n) }

// trefoilSized raises an error where an integer of so many bytes does not hold a number.
func trefoilSized(n *big.Int, bytes int) any {
	if !n.IsInt64() || n.Int64() < math.MinInt64>>(64-8*bytes) || n.Int64() > math.MaxInt64>>(64-8*bytes) {
		panic(trefoilRaised{})
	}
	return n
}

// trefoilIntArith computes with integers of so many bytes.
func trefoilIntArith(x any, op string, y any, bytes int) any {
	return trefoilOf2(x, y, func(a, b *big.Int) any {
		out := new(big.Int)
		switch {
		case op == "+":
			out.Add(a, b)
		case op == "-":
			out.Sub(a, b)
		case op == "*":
			out.Mul(a, b)
		case b.Sign() == 0:
			panic(trefoilRaised{})
		case op == "/":
			out.Quo(a, b)
		default:
			out.Rem(a, b)
		}
		return trefoilSized(out, bytes)
	})
}

func trefoilNumericArith(x any, op string, y any) any {
	return trefoilOf2(x, y, func(x, y trefoilNumber) any {
		a, b, scale := trefoilAlign(x.finite(), y.finite())
		switch {
		case op == "+":
			return trefoilNumber{unscaled: a.Add(a, b), scale: scale}
		case op == "-":
			return trefoilNumber{unscaled: a.Sub(a, b), scale: scale}
		case op == "*":
			return trefoilNumber{unscaled: a.Mul(x.unscaled, y.unscaled), scale: x.scale + y.scale}
		case b.Sign() == 0:
			panic(trefoilRaised{})
		case op == "/":
			return x.divide(y)
		}
		return trefoilNumber{unscaled: a.Rem(a, b), scale: scale}
	})
}

// trefoilFloatArith raises an error where finite numbers overflow, or come to zero without a reason.
func trefoilFloatArith(x any, op string, y any) any {
	return trefoilOf2(x, y, func(a, b float64) any {
		var out float64
		lost := false
		switch op {
		case "+":
			out = a + b
		case "-":
			out = a - b
		case "*":
			out = a * b
			lost = a != 0 && b != 0
		case "/":
			if b == 0 && !math.IsNaN(a) {
				panic(trefoilRaised{})
			}
			out = a / b
			lost = a != 0 && !math.IsInf(b, 0)
		default:
			panic(trefoilUndecided{})
		}
		if lost && out == 0 || math.IsInf(out, 0) && !math.IsInf(a, 0) && !math.IsInf(b, 0) {
			panic(trefoilRaised{})
		}
		return out
	})
}

func trefoilIntAbs(x any, bytes int) any {
	return trefoilOf(x, func(n *big.Int) any { return trefoilSized(new(big.Int).Abs(n), bytes) })
}

func trefoilNumericAbs(x any) any {
	return trefoilOf(x, func(n trefoilNumber) any {
		return trefoilNumber{unscaled: new(big.Int).Abs(n.finite().unscaled), scale: n.scale}
	})
}

func trefoilFloatAbs(x any) any { return trefoilOf(x, func(f float64) any { return math.Abs(f) }) }

func trefoilRound(x, places any) any { return trefoilPlaces(x, places, true) }

func trefoilTrunc(x, places any) any { return trefoilPlaces(x, places, false) }

func trefoilPlaces(x, places any, up bool) any {
	return trefoilOf2(x, places, func(n trefoilNumber, places *big.Int) any {
		if places.CmpAbs(big.NewInt(1000)) > 0 {
			panic(trefoilUndecided{})
		}
		return n.finite().cut(int(places.Int64()), up)
	})
}

func trefoilNumericFloor(x any) any {
	return trefoilOf(x, func(n trefoilNumber) any { return n.finite().floor() })
}

func trefoilNumericCeil(x any) any {
	return trefoilOf(x, func(n trefoilNumber) any { return n.finite().negated().floor().negated() })
}

func trefoilFloatFloor(x any) any { return trefoilOf(x, func(f float64) any { return math.Floor(f) }) }

func trefoilFloatCeil(x any) any { return trefoilOf(x, func(f float64) any { return math.Ceil(f) }) }
