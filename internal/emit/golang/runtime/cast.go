package runtime

import (
	"math"
	"math/big"
	"regexp"
	"strconv"
	"strings"
)

func trefoilIntToInt(x any, bytes int) any {
	return trefoilOf(x, func(n *big.Int) any { return trefoilSized(n, bytes) })
}

func trefoilIntToNumeric(x any) any {
	return trefoilOf(x, func(n *big.Int) any { return trefoilNumber{unscaled: n} })
}

func trefoilIntToFloat(x any) any {
	return trefoilOf(x, func(n *big.Int) any { f, _ := new(big.Float).SetInt(n).Float64(); return f })
}

func trefoilIntToText(x any) any {
	return trefoilOf(x, func(n *big.Int) any { return n.String() })
}

func trefoilNumericToInt(x any, bytes int) any {
	return trefoilOf(x, func(n trefoilNumber) any {
		if n.special != trefoilFinite {
			panic(trefoilRaised{})
		}
		return trefoilSized(n.cut(0, true).unscaled, bytes)
	})
}

func trefoilNumericToFloat(x any) any {
	return trefoilOf(x, func(n trefoilNumber) any {
		switch n.special {
		case trefoilNaN:
			return math.NaN()
		case trefoilPosInf, trefoilNegInf:
			return math.Inf(int(n.special))
		}
		f, _ := new(big.Rat).SetFrac(n.unscaled, trefoilPower(n.scale)).Float64()
		if math.IsInf(f, 0) || f == 0 && n.unscaled.Sign() != 0 {
			panic(trefoilUndecided{})
		}
		return f
	})
}

func trefoilBoolToInt(x any) any {
	return trefoilOf(x, func(b bool) any { return big.NewInt(int64(trefoilBit(b))) })
}

func trefoilBoolToText(x any) any {
	return trefoilOf(x, func(b bool) any { return strconv.FormatBool(b) })
}

// trefoilPlain are the texts of numbers that are read here; others are PostgreSQL's to read.
var trefoilPlain = regexp.MustCompile(`^[ \t\n\v\f\r]*[+-]?[0-9]+(\.[0-9]*)?[ \t\n\v\f\r]*$`)

func trefoilTextToInt(x any, bytes int) any {
	return trefoilOf(x, func(s string) any {
		n, ok := new(big.Int).SetString(strings.Trim(s, " \t\n\v\f\r"), 10)
		if !ok || !trefoilPlain.MatchString(s) {
			panic(trefoilUndecided{})
		}
		return trefoilSized(n, bytes)
	})
}

func trefoilTextToNumeric(x any) any {
	return trefoilOf(x, func(s string) any {
		if !trefoilPlain.MatchString(s) {
			panic(trefoilUndecided{})
		}
		return trefoilNumberOf(trefoilRead(s))
	})
}

// trefoilFloatConst is a float that the generator wrote down.
func trefoilFloatConst(text string) any {
	f, err := strconv.ParseFloat(text, 64)
	if err != nil {
		panic("no float: " + text)
	}
	return f
}
