package zod

import (
	"math"
	"math/big"
	"strconv"

	"github.com/trefoil-sql/trefoil/internal/constraint"
)

// numberLiteral is the number of JavaScript that is nearest to a decimal.
type numberLiteral struct {
	text string
	// sign says where the decimal that JavaScript prints for the number lies: 0 on the constant, below or above it. That
	// printed decimal is what PostgreSQL is sent.
	sign int
}

// number reads a decimal constant. ok is false when it is beyond all numbers of JavaScript.
func number(decimal string) (lit numberLiteral, ok bool) {
	exact, ok := new(big.Rat).SetString(decimal)
	if !ok {
		return lit, false
	}
	f, _ := exact.Float64()
	if math.IsInf(f, 0) {
		return lit, false
	}
	format := byte('f')
	if size := math.Abs(f); size != 0 && (size < 1e-6 || size >= 1e21) {
		format = 'e' // where JavaScript begins to use exponents
	}
	lit.text = strconv.FormatFloat(f, format, -1, 64)
	printed, _ := new(big.Rat).SetString(lit.text)
	lit.sign = printed.Cmp(exact)
	return lit, true
}

// methods are Zod's checks for the operators that have one.
var methods = map[constraint.CompareOp]string{
	constraint.LT: "lt", constraint.LE: "lte", constraint.GT: "gt", constraint.GE: "gte",
}

// nudged is the operator that says of the literal what op says of the constant that it is nearest to. No number of
// JavaScript lies between the two, so only equality matters.
func (l numberLiteral) nudged(op constraint.CompareOp) constraint.CompareOp {
	switch below, above := l.sign < 0, l.sign > 0; {
	case op == constraint.LT && below:
		return constraint.LE
	case op == constraint.LE && above:
		return constraint.LT
	case op == constraint.GT && above:
		return constraint.GE
	case op == constraint.GE && below:
		return constraint.GT
	}
	return op
}
