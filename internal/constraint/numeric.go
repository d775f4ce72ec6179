package constraint

import (
	"math/big"
	"regexp"
	"strconv"
	"strings"
)

// Numeric is a value of PostgreSQL's numeric: Unscaled / 10^Scale, or what Special says. The scale, which is never
// negative, counts for division only.
type Numeric struct {
	Unscaled *big.Int
	Scale    int
	Special  Special
}

// Special is a numeric that is no number. They are in PostgreSQL's order: -Infinity below all numbers, NaN above all.
type Special int

const (
	Finite Special = iota
	NegativeInfinity
	PositiveInfinity
	NaN
)

var specials = map[string]Special{"nan": NaN, "infinity": PositiveInfinity, "+infinity": PositiveInfinity, "-infinity": NegativeInfinity}

var numericForm = regexp.MustCompile(`^([+-]?)(\d*)(?:\.(\d*))?(?:[eE]([+-]?\d{1,4}))?$`)

// parseNumeric reads what PostgreSQL takes for a numeric, with the scale that it has there.
func parseNumeric(s string) (Numeric, bool) {
	s = trimSpace(s)
	if special, ok := specials[strings.ToLower(s)]; ok {
		return Numeric{Special: special}, true
	}
	m := numericForm.FindStringSubmatch(s)
	if m == nil || m[2]+m[3] == "" {
		return Numeric{}, false
	}
	unscaled, _ := new(big.Int).SetString(m[1]+m[2]+m[3], 10)
	scale := len(m[3])
	if m[4] != "" {
		exponent, err := strconv.Atoi(m[4])
		if err != nil {
			return Numeric{}, false
		}
		scale -= exponent
	}
	n := Numeric{Unscaled: unscaled, Scale: scale}
	if scale < 0 {
		n = Numeric{Unscaled: unscaled.Mul(unscaled, pow10(-scale))}
	}
	return n, true
}

func pow10(n int) *big.Int { return new(big.Int).Exp(big.NewInt(10), big.NewInt(int64(n)), nil) }

func (n Numeric) String() string {
	switch n.Special {
	case NaN:
		return "NaN"
	case PositiveInfinity:
		return "Infinity"
	case NegativeInfinity:
		return "-Infinity"
	}
	if n.Unscaled == nil {
		return "0"
	}
	digits := new(big.Int).Abs(n.Unscaled).String()
	if len(digits) <= n.Scale {
		digits = strings.Repeat("0", n.Scale-len(digits)+1) + digits
	}
	if n.Scale > 0 {
		digits = digits[:len(digits)-n.Scale] + "." + digits[len(digits)-n.Scale:]
	}
	if n.Unscaled.Sign() < 0 {
		return "-" + digits
	}
	return digits
}

// rescaled gives the unscaled value at a scale that is not below the numeric's.
func (n Numeric) rescaled(scale int) *big.Int {
	return new(big.Int).Mul(n.Unscaled, pow10(scale-n.Scale))
}

// align brings two numerics to one scale.
func align(a, b Numeric) (x, y *big.Int, scale int) {
	scale = max(a.Scale, b.Scale)
	return a.rescaled(scale), b.rescaled(scale), scale
}

// Compare orders numerics as PostgreSQL does.
func (n Numeric) Compare(m Numeric) int {
	if n.Special != Finite || m.Special != Finite {
		return rank[n.Special] - rank[m.Special]
	}
	x, y, _ := align(n, m)
	return x.Cmp(y)
}

var rank = map[Special]int{NegativeInfinity: -1, Finite: 0, PositiveInfinity: 1, NaN: 2}

// round rounds half away from zero to a number of places, which may be negative.
func (n Numeric) round(places int) Numeric {
	return n.cut(places, func(rest, half *big.Int) bool { return rest.CmpAbs(half) >= 0 })
}

// truncate rounds towards zero.
func (n Numeric) truncate(places int) Numeric {
	return n.cut(places, func(_, _ *big.Int) bool { return false })
}

// cut drops the digits after some places; up tells, of the rest and half a unit, whether to go away from zero by one.
func (n Numeric) cut(places int, up func(rest, half *big.Int) bool) Numeric {
	if places >= n.Scale {
		return Numeric{Unscaled: n.rescaled(places), Scale: places}
	}
	unit := pow10(n.Scale - places)
	quotient, rest := new(big.Int).QuoRem(n.Unscaled, unit, new(big.Int))
	if rest.Sign() != 0 && up(new(big.Int).Mul(rest, big.NewInt(2)), unit) {
		quotient.Add(quotient, big.NewInt(int64(n.Unscaled.Sign())))
	}
	if places < 0 {
		return Numeric{Unscaled: quotient.Mul(quotient, pow10(-places))}
	}
	return Numeric{Unscaled: quotient, Scale: places}
}

// floor is the largest integer that is not above the numeric.
func (n Numeric) floor() Numeric {
	t := n.truncate(0)
	if t.Compare(n) > 0 {
		t.Unscaled.Sub(t.Unscaled, big.NewInt(1))
	}
	return t
}

func (n Numeric) negated() Numeric {
	return Numeric{Unscaled: new(big.Int).Neg(n.Unscaled), Scale: n.Scale}
}

// rat is the number as a fraction.
func (n Numeric) rat() *big.Rat { return new(big.Rat).SetFrac(n.Unscaled, pow10(n.Scale)) }
