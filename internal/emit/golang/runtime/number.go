package runtime

import (
	"math/big"
	"strings"
)

// trefoilNumber is a numeric with the scale that division looks at: unscaled / 10^scale, or a special value.
type trefoilNumber struct {
	unscaled *big.Int
	scale    int
	special  trefoilSpecial
}

// trefoilStored gives a decimal the scale that its column has.
func trefoilStored(d trefoilDecimal, scale int) any {
	n := trefoilNumberOf(d)
	if n.special == trefoilFinite && n.scale < scale {
		n = trefoilNumber{unscaled: n.rescaled(scale), scale: scale}
	}
	return n
}

func trefoilNumberOf(d trefoilDecimal) trefoilNumber {
	switch {
	case d.special != trefoilFinite:
		return trefoilNumber{special: d.special}
	case d.exp > trefoilDigits || d.exp < -trefoilDigits:
		panic(trefoilUndecided{})
	case d.exp > 0:
		return trefoilNumber{unscaled: new(big.Int).Mul(d.number(), trefoilPower(int(d.exp)))}
	}
	return trefoilNumber{unscaled: d.number(), scale: -int(d.exp)}
}

// trefoilRead reads a numeric's text.
func trefoilRead(text string) trefoilDecimal {
	d, ok := trefoilParseDecimal(text)
	if !ok {
		panic(trefoilUndecided{})
	}
	return d
}

// trefoilNumberConst is a numeric that the generator wrote down.
func trefoilNumberConst(text string) any { return trefoilNumberOf(trefoilRead(text)) }

func (n trefoilNumber) rescaled(scale int) *big.Int {
	return new(big.Int).Mul(n.unscaled, trefoilPower(scale-n.scale))
}

func trefoilAlign(x, y trefoilNumber) (a, b *big.Int, scale int) {
	scale = max(x.scale, y.scale)
	return x.rescaled(scale), y.rescaled(scale), scale
}

func (n trefoilNumber) order(other any) int {
	m := other.(trefoilNumber)
	if n.special != trefoilFinite || m.special != trefoilFinite {
		return int(n.special) - int(m.special)
	}
	a, b, _ := trefoilAlign(n, m)
	return a.Cmp(b)
}

func (n trefoilNumber) finite() trefoilNumber {
	if n.special != trefoilFinite {
		panic(trefoilUndecided{})
	}
	return n
}

// cut drops digits after some places, which may be negative; up tells to round half away from zero.
func (n trefoilNumber) cut(places int, up bool) trefoilNumber {
	if places >= n.scale {
		return trefoilNumber{unscaled: n.rescaled(places), scale: places}
	}
	unit := trefoilPower(n.scale - places)
	quotient, rest := new(big.Int).QuoRem(n.unscaled, unit, new(big.Int))
	if up && rest.Sign() != 0 && rest.Lsh(rest, 1).CmpAbs(unit) >= 0 {
		quotient.Add(quotient, big.NewInt(int64(n.unscaled.Sign())))
	}
	if places < 0 {
		return trefoilNumber{unscaled: quotient.Mul(quotient, trefoilPower(-places))}
	}
	return trefoilNumber{unscaled: quotient, scale: places}
}

func (n trefoilNumber) floor() trefoilNumber {
	t := n.cut(0, false)
	if t.order(n) > 0 {
		t.unscaled.Sub(t.unscaled, big.NewInt(1))
	}
	return t
}

func (n trefoilNumber) negated() trefoilNumber {
	return trefoilNumber{unscaled: new(big.Int).Neg(n.unscaled), scale: n.scale}
}

// divide divides to 16 significant digits at least, counted in PostgreSQL's groups of four, half away from zero.
func (n trefoilNumber) divide(by trefoilNumber) trefoilNumber {
	weight, first := n.leading()
	byWeight, byFirst := by.leading()
	weight -= byWeight
	if first <= byFirst {
		weight--
	}
	scale := min(max(16-weight*4, n.scale, by.scale, 0), 1000)
	num := new(big.Int).Mul(n.unscaled, trefoilPower(scale+by.scale))
	den := new(big.Int).Mul(by.unscaled, trefoilPower(n.scale))
	quotient, rest := new(big.Int).QuoRem(num, den, new(big.Int))
	if rest.Lsh(rest, 1).CmpAbs(den) >= 0 {
		quotient.Add(quotient, big.NewInt(int64(num.Sign()*den.Sign())))
	}
	return trefoilNumber{unscaled: quotient, scale: scale}
}

// leading gives the first base-10000 digit and the power of 10000 that it stands for.
func (n trefoilNumber) leading() (weight, digit int) {
	if n.unscaled.Sign() == 0 {
		return 0, 0
	}
	digits := strings.TrimPrefix(n.unscaled.String(), "-")
	exponent := len(digits) - 1 - n.scale
	weight = (exponent - (exponent%4+4)%4) / 4
	unscaled, shift := new(big.Int).Abs(n.unscaled), weight*4+n.scale
	if shift >= 0 {
		unscaled.Quo(unscaled, trefoilPower(shift))
	} else {
		unscaled.Mul(unscaled, trefoilPower(-shift))
	}
	return weight, int(unscaled.Int64())
}
