package constraint

import "math/big"

// Limits of PostgreSQL's numeric division, from its sources: at least so many significant digits, and at most so many
// after the point.
const (
	minSignificantDigits = 16
	maxDisplayScale      = 1000
	baseDigits           = 4 // PostgreSQL keeps numerics in digits of base 10000
)

// divide divides as PostgreSQL does: to DivisionScale, rounding half away from zero.
func (n Numeric) divide(by Numeric) Numeric {
	scale := DivisionScale(n, by)
	// n / by * 10^scale, rounded: the fraction's halves go away from zero.
	num := new(big.Int).Mul(n.Unscaled, pow10(scale+by.Scale))
	den := new(big.Int).Mul(by.Unscaled, pow10(n.Scale))
	quotient, rest := new(big.Int).QuoRem(num, den, new(big.Int))
	if rest.Mul(rest, big.NewInt(2)).CmpAbs(den) >= 0 {
		quotient.Add(quotient, big.NewInt(int64(num.Sign()*den.Sign())))
	}
	return Numeric{Unscaled: quotient, Scale: scale}
}

// DivisionScale is the scale that PostgreSQL gives the quotient of two finite numerics: enough for 16 significant
// digits, counted in its own digits of base 10000, and not below either's scale.
func DivisionScale(n, by Numeric) int {
	weight1, first1 := leading(n)
	weight2, first2 := leading(by)
	weight := weight1 - weight2
	if first1 <= first2 {
		weight--
	}
	scale := minSignificantDigits - weight*baseDigits
	return min(max(scale, n.Scale, by.Scale, 0), maxDisplayScale)
}

// leading gives the first base-10000 digit of a number and its weight: the power of 10000 that it stands for. Zero has
// none: both are 0.
func leading(n Numeric) (weight, digit int) {
	unscaled := new(big.Int).Abs(n.Unscaled)
	if unscaled.Sign() == 0 {
		return 0, 0
	}
	// The exponent of the first decimal digit, then of the group of four that it is in.
	exponent := len(unscaled.String()) - 1 - n.Scale
	weight = floorDiv(exponent, baseDigits)
	shift := weight*baseDigits + n.Scale
	if shift >= 0 {
		unscaled.Quo(unscaled, pow10(shift))
	} else {
		unscaled.Mul(unscaled, pow10(-shift))
	}
	return weight, int(unscaled.Int64())
}

func floorDiv(a, b int) int {
	q := a / b
	if a%b < 0 {
		q--
	}
	return q
}

// modulo is the rest of the division towards zero, with the dividend's sign.
func (n Numeric) modulo(by Numeric) Numeric {
	x, y, scale := align(n, by)
	return Numeric{Unscaled: x.Rem(x, y), Scale: scale}
}
