package constraint

import (
	"math/big"
	"regexp"
	"strings"
)

var decimalForm = regexp.MustCompile(`^\s*[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d{1,4})?\s*$`)

// Decimal normalises a finite decimal number: no exponent, no leading plus, no trailing zeros after the point.
func Decimal(s string) (string, bool) {
	if !decimalForm.MatchString(s) {
		return "", false
	}
	r, ok := new(big.Rat).SetString(strings.TrimSpace(s))
	if !ok {
		return "", false
	}
	return formatRat(r), true
}

// formatRat writes a rational whose denominator is a product of 2s and 5s exactly.
func formatRat(r *big.Rat) string {
	prec, exact := r.FloatPrec()
	if !exact {
		return r.RatString()
	}
	return r.FloatString(prec)
}

// integerBound turns a comparison of an integer with any decimal into one with an integer: x > 0.5 is x >= 1.
// ok is false where no integer bound says the same (x = 0.5).
func integerBound(op CompareOp, value string) (CompareOp, string, bool) {
	r, ok := new(big.Rat).SetString(value)
	if !ok {
		return op, value, false
	}
	if r.IsInt() {
		return op, r.Num().String(), true
	}
	floor := new(big.Int).Div(r.Num(), r.Denom()) // Euclidean division: the floor, since Denom is positive
	switch op {
	case LT, LE:
		return LE, floor.String(), true
	case GT, GE:
		return GE, floor.Add(floor, big.NewInt(1)).String(), true
	default:
		return op, value, false
	}
}

// outside tells that a bound lies outside an integer type's range, so that a client's type cannot hold it. No value of
// the type is refused by such a bound, or all are; either way the type, or the server, answers.
func outside(t Type, bound string) bool {
	n, isInt := new(big.Int).SetString(bound, 10)
	return !isInt || !inRange(n, t.Size)
}
