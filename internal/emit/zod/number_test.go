package zod

import (
	"math"
	"math/big"
	"math/rand/v2"
	"strconv"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/trefoil-sql/trefoil/internal/constraint"
)

func TestNumberIsTheNearest(t *testing.T) {
	for in, want := range map[string]string{
		"0": "0", "-5": "-5", "1000000": "1000000", "0.000001": "0.000001", "0.0000001": "1e-07",
		"1000000000000000000000": "1e+21", "9007199254740993": "9007199254740992", "0.10": "0.1",
	} {
		lit, ok := number(in)
		require.True(t, ok)
		require.Equal(t, want, lit.text, in)
	}
	_, ok := number("1e400")
	require.False(t, ok)
}

// TestNudgedComparison holds the comparison of numbers that is written against the comparison of decimals that is meant:
// of the decimal that JavaScript prints for a number, with the constant.
func TestNudgedComparison(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 2))
	for range 20000 {
		constant := randomDecimal(random)
		lit, ok := number(constant)
		require.True(t, ok)
		f, err := strconv.ParseFloat(lit.text, 64)
		require.NoError(t, err)
		exact, _ := new(big.Rat).SetString(constant)
		for _, value := range []float64{f, math.Nextafter(f, math.Inf(1)), math.Nextafter(f, math.Inf(-1)), -f, f * 2} {
			printed, _ := new(big.Rat).SetString(strconv.FormatFloat(value, 'g', -1, 64))
			for op := range methods {
				require.Equal(t, holds(op, printed.Cmp(exact)), holdsFloat(lit.nudged(op), value, f), "%v %s %s", value, op, constant)
			}
		}
	}
}

func randomDecimal(random *rand.Rand) string {
	digits := make([]byte, 1+random.IntN(30))
	for i := range digits {
		digits[i] = byte('0' + random.IntN(10))
	}
	point := random.IntN(len(digits) + 1)
	text := string(digits[:point]) + "." + string(digits[point:]) + "0"
	if random.IntN(2) == 0 {
		text = "-" + text
	}
	return text
}

func holds(op constraint.CompareOp, cmp int) bool {
	switch op {
	case constraint.LT:
		return cmp < 0
	case constraint.LE:
		return cmp <= 0
	case constraint.GT:
		return cmp > 0
	default:
		return cmp >= 0
	}
}

func holdsFloat(op constraint.CompareOp, a, b float64) bool {
	switch {
	case a < b:
		return holds(op, -1)
	case a > b:
		return holds(op, 1)
	default:
		return holds(op, 0)
	}
}
