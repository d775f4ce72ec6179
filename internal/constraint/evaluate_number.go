package constraint

import (
	"math"
	"math/big"
)

func arithmetic(n Arith, x, y Value) (Value, error) {
	switch x := x.(type) {
	case *big.Int:
		return integerArithmetic(n, x, y.(*big.Int))
	case Numeric:
		return numericArithmetic(n.Op, x, y.(Numeric))
	case float64:
		return floatArithmetic(n.Op, x, y.(float64))
	}
	return nil, ErrUndecided
}

func integerArithmetic(n Arith, x, y *big.Int) (Value, error) {
	out := new(big.Int)
	switch n.Op {
	case Add:
		out.Add(x, y)
	case Sub:
		out.Sub(x, y)
	case Mul:
		out.Mul(x, y)
	default:
		if y.Sign() == 0 {
			return nil, raised("division by zero")
		}
		if n.Op == Div {
			out.Quo(x, y)
		} else {
			out.Rem(x, y)
		}
	}
	return inSize(out, n.Type.Size)
}

func inSize(n *big.Int, size int) (Value, error) {
	if !inRange(n, size) {
		return nil, raised("integer out of range")
	}
	return n, nil
}

func numericArithmetic(op ArithOp, x, y Numeric) (Value, error) {
	if x.Special != Finite || y.Special != Finite {
		return nil, ErrUndecided
	}
	switch op {
	case Add, Sub:
		a, b, scale := align(x, y)
		if op == Sub {
			return Numeric{Unscaled: a.Sub(a, b), Scale: scale}, nil
		}
		return Numeric{Unscaled: a.Add(a, b), Scale: scale}, nil
	case Mul:
		return Numeric{Unscaled: new(big.Int).Mul(x.Unscaled, y.Unscaled), Scale: x.Scale + y.Scale}, nil
	}
	if y.Unscaled.Sign() == 0 {
		return nil, raised("division by zero")
	}
	if op == Div {
		return x.divide(y), nil
	}
	return x.modulo(y), nil
}

// floatArithmetic raises an error where a result of finite numbers is infinite, or is zero without a reason.
func floatArithmetic(op ArithOp, x, y float64) (Value, error) {
	var out float64
	switch op {
	case Add:
		out = x + y
	case Sub:
		out = x - y
	case Mul:
		out = x * y
		if out == 0 && x != 0 && y != 0 {
			return nil, raised("value out of range: underflow")
		}
	case Div:
		if y == 0 && !math.IsNaN(x) {
			return nil, raised("division by zero")
		}
		out = x / y
		if out == 0 && x != 0 && !math.IsInf(y, 0) {
			return nil, raised("value out of range: underflow")
		}
	default:
		return nil, ErrUndecided
	}
	if math.IsInf(out, 0) && !math.IsInf(x, 0) && !math.IsInf(y, 0) {
		return nil, raised("value out of range: overflow")
	}
	return out, nil
}

func cast(n Cast, v Value) (Value, error) {
	switch v := v.(type) {
	case *big.Int:
		return castInteger(v, n.To)
	case Numeric:
		return castNumeric(v, n.To)
	case bool:
		if n.To.Class == IntClass {
			return bigInt(boolOrder[v]), nil
		}
		return boolConst(v).Text, nil
	case string:
		if n.To.Class == TextClass && TypeOf(n.X).Class == PaddedClass {
			return trimPadding(v), nil
		}
		return castText(v, n.To)
	}
	return v, nil // real to double, and date to timestamp: the values are the same
}

func castInteger(v *big.Int, to Type) (Value, error) {
	switch to.Class {
	case IntClass:
		return inSize(v, to.Size)
	case NumericClass:
		return Numeric{Unscaled: v}, nil
	case FloatClass:
		f, _ := new(big.Float).SetInt(v).Float64()
		return f, nil
	default:
		return v.String(), nil
	}
}

func castNumeric(v Numeric, to Type) (Value, error) {
	switch {
	case to.Class == IntClass && v.Special != Finite:
		return nil, raised("cannot convert to integer")
	case to.Class == IntClass:
		return inSize(v.round(0).Unscaled, to.Size)
	case v.Special == Finite:
		f, _ := v.rat().Float64()
		if math.IsInf(f, 0) || f == 0 && v.Unscaled.Sign() != 0 {
			return nil, ErrUndecided
		}
		return f, nil
	}
	f, _ := readFloat(v.String(), 8)
	return f, nil
}

// castText reads an integer or a numeric in plain digits; other forms are PostgreSQL's to read.
func castText(s string, to Type) (Value, error) {
	switch to.Class {
	case TextClass:
		return s, nil
	case IntClass:
		if !plainInteger.MatchString(s) {
			return nil, ErrUndecided
		}
		n, _ := new(big.Int).SetString(trimSpace(s), 10)
		return inSize(n, to.Size)
	}
	if !plainDecimal.MatchString(s) {
		return nil, ErrUndecided
	}
	n, _ := parseNumeric(s)
	return n, nil
}
