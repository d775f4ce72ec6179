package constraint_test

import (
	"cmp"
	"slices"
	"strconv"
	"unicode/utf8"

	"github.com/trefoil-sql/trefoil/internal/constraint"
)

// truth is SQL's: false, unknown or true, in this order, so that AND is the least and OR the greatest.
type truth int

const (
	isFalse truth = iota
	isUnknown
	isTrue
)

func truthOf(b bool) truth {
	if b {
		return isTrue
	}
	return isFalse
}

// isKnown tells that a tree has no Unknown and compares no strings by order, which takes the column's collation.
func isKnown(n constraint.Node) bool {
	switch n := n.(type) {
	case constraint.Unknown:
		return false
	case constraint.All:
		return !slices.ContainsFunc(n.Args, func(a constraint.Node) bool { return !isKnown(a) })
	case constraint.Any:
		return !slices.ContainsFunc(n.Args, func(a constraint.Node) bool { return !isKnown(a) })
	case constraint.Negation:
		return isKnown(n.X)
	case constraint.Cmp:
		return isKnown(n.Left) && isKnown(n.Right)
	case constraint.Member:
		return isKnown(n.X)
	default:
		return true
	}
}

// evaluate computes a condition in three-valued logic.
func evaluate(n constraint.Node, r row) truth {
	switch n := n.(type) {
	case constraint.All:
		out := isTrue
		for _, a := range n.Args {
			out = min(out, evaluate(a, r))
		}
		return out
	case constraint.Any:
		out := isFalse
		for _, a := range n.Args {
			out = max(out, evaluate(a, r))
		}
		return out
	case constraint.Negation:
		return isTrue - evaluate(n.X, r)
	case constraint.IsNull:
		_, ok := value(n.X, r)
		return truthOf(ok == n.Not)
	case constraint.Cmp:
		return evaluateCompare(n.Left, n.Op, n.Right.(constraint.Const), r)
	case constraint.Member:
		out := isFalse
		for _, k := range n.List {
			out = max(out, evaluateCompare(n.X, constraint.EQ, k, r))
		}
		if n.Not {
			out = isTrue - out
		}
		return out
	}
	panic("not a condition")
}

func evaluateCompare(left constraint.Node, op constraint.CompareOp, right constraint.Const, r row) truth {
	v, ok := value(left, r)
	if !ok || right.Null {
		return isUnknown
	}
	if right.Type.Class == constraint.NumericClass {
		return truthOf(holds(op, number(v).Cmp(number(right.Text))))
	}
	return truthOf(holds(op, cmp.Compare(v, right.Text)))
}

// value is an operand's text; ok is false for NULL.
func value(n constraint.Node, r row) (text string, ok bool) {
	switch n := n.(type) {
	case constraint.Column:
		text, ok = r[n.Name]
		return text, ok
	case constraint.Func:
		arg, ok := value(n.Args[0], r)
		if !ok {
			return "", false
		}
		switch n.Name {
		case constraint.CharLength:
			return strconv.Itoa(utf8.RuneCountInString(arg)), true
		case constraint.OctetLength:
			return strconv.Itoa(len(arg)), true
		default:
			return jsonTypeOf(arg), true
		}
	}
	panic("not an operand")
}
