package runtime

import (
	"math/big"
	"strconv"
	"strings"
)

// trefoilDecimal is a numeric: coef * 10^exp, or one of the special values. A number that fits is in small, and coef is nil
// then: so that most numbers are computed with without allocations.
type trefoilDecimal struct {
	coef    *big.Int
	small   int64
	exp     int32
	special trefoilSpecial
}

// trefoilSpecial orders the special values as PostgreSQL does: NaN is above everything.
type trefoilSpecial int8

const (
	trefoilNegInf trefoilSpecial = -1
	trefoilFinite trefoilSpecial = 0
	trefoilPosInf trefoilSpecial = 1
	trefoilNaN    trefoilSpecial = 2
)

// trefoilDecimalOf is n * 10^exp; nil is zero.
func trefoilDecimalOf(n *big.Int, exp int32) trefoilDecimal {
	switch {
	case n == nil:
		return trefoilDecimal{exp: exp}
	case n.IsInt64():
		return trefoilDecimal{small: n.Int64(), exp: exp}
	}
	return trefoilDecimal{coef: n, exp: exp}
}

// number is the coefficient, whatever its size.
func (d trefoilDecimal) number() *big.Int {
	if d.coef == nil {
		return big.NewInt(d.small)
	}
	return d.coef
}

// trefoilParseDecimal reads a numeric as PostgreSQL writes it; ok is false for text that is none. Forms that only newer
// servers take, such as 0x1F and 1_000, are read as well.
func trefoilParseDecimal(text string) (d trefoilDecimal, ok bool) {
	text = strings.Trim(text, " \t\n\v\f\r")
	switch strings.ToLower(text) {
	case "nan":
		return trefoilDecimal{special: trefoilNaN}, true
	case "infinity", "+infinity", "inf", "+inf":
		return trefoilDecimal{special: trefoilPosInf}, true
	case "-infinity", "-inf":
		return trefoilDecimal{special: trefoilNegInf}, true
	}
	mantissa, exponent, hasExponent := text, "0", false
	if at := strings.IndexAny(text, "eE"); at >= 0 && !strings.ContainsAny(text, "xX") {
		mantissa, exponent, hasExponent = text[:at], text[at+1:], true
	}
	exp, err := strconv.ParseInt(exponent, 10, 32)
	if err != nil {
		return d, false
	}
	whole, fraction, _ := strings.Cut(mantissa, ".")
	digits := whole + fraction
	if hasExponent || len(whole) < len(mantissa) {
		if strings.Trim(strings.TrimLeft(digits, "+-"), "0123456789") != "" {
			return d, false
		}
	}
	n, ok := new(big.Int).SetString(digits, trefoilBase(digits))
	return trefoilDecimalOf(n, int32(exp)-int32(len(fraction))), ok
}

// trefoilBase is 0, which reads prefixes and underscores, for a number that has them, and 10 for others, whose leading
// zeros would else make them octal.
func trefoilBase(digits string) int {
	if strings.ContainsAny(digits, "xXoObB_") {
		return 0
	}
	return 10
}

// trefoilDigits is more than the digits of any numeric on either side of its point; powers beyond it are not computed.
const trefoilDigits = 1 << 18

// round is the value at a scale, half away from zero, as a column numeric(p,s) stores it. A value that needs no
// rounding is returned as it is.
func (d trefoilDecimal) round(scale int) trefoilDecimal {
	drop := -int(d.exp) - scale
	switch {
	case d.special != trefoilFinite || drop <= 0:
		return d
	case drop > trefoilDigits:
		return trefoilDecimal{}
	case d.coef == nil:
		return trefoilDecimal{small: trefoilRounded(d.small, drop), exp: int32(-scale)}
	}
	unit := trefoilPower(drop)
	half := new(big.Int).Rsh(unit, 1)
	sum := new(big.Int).Abs(d.coef)
	sum.Add(sum, half).Quo(sum, unit)
	if d.coef.Sign() < 0 {
		sum.Neg(sum)
	}
	return trefoilDecimalOf(sum, int32(-scale))
}

// overflows tells whether a rounded value does not fit numeric(precision, scale). NaN always fits, infinity never.
func (d trefoilDecimal) overflows(precision, scale int) bool {
	if d.special != trefoilFinite {
		return d.special != trefoilNaN
	}
	room := precision - scale - int(d.exp) // |coef| < 10^room
	switch {
	case d.sign() == 0 || room > trefoilDigits:
		return false
	case room <= 0:
		return true
	case d.coef == nil:
		return room < trefoilTens && trefoilMagnitude(d.small) >= trefoilTen(room)
	}
	// A number of n bits has at most n*log10(2)+1 digits.
	if d.coef.BitLen()*30103/100000+1 <= room {
		return false
	}
	return d.coef.CmpAbs(trefoilPower(room)) >= 0
}

// cmp compares as PostgreSQL does: -1, 0 or 1.
func (d trefoilDecimal) cmp(other trefoilDecimal) int {
	if d.special != trefoilFinite || other.special != trefoilFinite {
		return int(max(-1, min(1, d.special-other.special)))
	}
	a, b := d.sign(), other.sign()
	if a != b || a == 0 {
		return max(-1, min(1, a-b))
	}
	switch {
	case d.coef == nil && other.coef == nil:
		return a * trefoilCompare(trefoilMagnitude(d.small), d.exp, trefoilMagnitude(other.small), other.exp)
	case d.exp == other.exp:
		return d.number().Cmp(other.number())
	case int(d.exp)-int(other.exp) > trefoilDigits:
		return a
	case int(other.exp)-int(d.exp) > trefoilDigits:
		return -a
	case d.exp > other.exp:
		scaled := trefoilPower(int(d.exp - other.exp))
		return scaled.Mul(scaled, d.number()).Cmp(other.number())
	default:
		scaled := trefoilPower(int(other.exp - d.exp))
		return d.number().Cmp(scaled.Mul(scaled, other.number()))
	}
}

func (d trefoilDecimal) sign() int {
	switch {
	case d.coef != nil:
		return d.coef.Sign()
	case d.small != 0:
		return int(d.small>>63) | 1
	}
	return 0
}

func trefoilPower(n int) *big.Int {
	return new(big.Int).Exp(big.NewInt(10), big.NewInt(int64(n)), nil)
}

// trefoilConstant is a decimal that the generator wrote down.
func trefoilConstant(text string) trefoilDecimal {
	d, ok := trefoilParseDecimal(text)
	if !ok {
		panic("no decimal: " + text)
	}
	return d
}
