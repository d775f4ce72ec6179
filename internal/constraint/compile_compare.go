package constraint

import (
	"math/big"
	"slices"

	"github.com/trefoil-sql/trefoil/internal/catalog"
)

// compare compiles left op right.
func (c compiler) compare(e catalog.Expr, op CompareOp, left, right catalog.Expr) Node {
	xs, unknown := c.values(e, left, right)
	if unknown != nil {
		return unknown
	}
	x, y, reason := c.pair(xs[0], xs[1], left, right)
	if reason != "" {
		return c.unknown(e, reason)
	}
	return c.compareNodes(e, op, x, y, binaryOrder(left, right))
}

// compareNodes compares two nodes of one class.
func (c compiler) compareNodes(e catalog.Expr, op CompareOp, x, y Node, binary bool) Node {
	if _, ok := x.(Const); ok {
		if _, both := y.(Const); !both {
			x, y, op = y, x, op.flip()
		}
	}
	equality := op == EQ || op == NE
	switch class := TypeOf(x).Class; {
	case class == TextClass && !equality && !binary:
		return c.unknown(e, "the order of strings depends on the collation")
	case class == EnumClass && !equality:
		return c.enumOrder(e, op, x, y)
	case (class == JSONClass || class == ArrayClass) && !equality:
		return c.unknown(e, "the clients do not order these types")
	}
	return c.fold(e, wholeBound(Cmp{Op: op, Left: x, Right: y}))
}

// pair brings two operands to the class that PostgreSQL compares them in. The reason tells why that cannot be.
func (c compiler) pair(x, y Node, left, right catalog.Expr) (Node, Node, string) {
	a, b := TypeOf(x), TypeOf(y)
	switch {
	case a.Class == untypedClass && b.Class == untypedClass:
		a, b = textType, textType
	case a.Class == untypedClass:
		a = b
	case b.Class == untypedClass:
		b = a
	}
	var ok, fine bool
	if x, ok = coerce(x, a); ok {
		y, fine = coerce(y, b)
	}
	if !ok || !fine {
		return nil, nil, noForm
	}
	if reason := c.looseness(left, right); reason != "" && (isText(a) || isText(b)) {
		return nil, nil, reason
	}
	switch {
	case a.Class == FoldedClass && b.Class == FoldedClass:
		return c.lowered(x, y)
	case a.Class == PaddedClass && b.Class == TextClass && isVarchar(c, right), a.Class == TextClass && b.Class == PaddedClass && isVarchar(c, left):
		return nil, nil, "char(n) and varchar are compared without trailing spaces of either"
	case isString(a.Class) && isString(b.Class):
		return asText(x), asText(y), ""
	}
	t, ok := common(a, b)
	if !ok {
		return nil, nil, "the clients do not compare these types"
	}
	if t.Class == ArrayClass && (t.Elem.Class == PaddedClass || t.Elem.Class == FoldedClass || t.Elem.Class == OtherClass) {
		return nil, nil, "the clients do not compare arrays of this type"
	}
	x, y, ok = bothOf(x, y, t)
	if !ok {
		return nil, nil, "the clients do not compare these types"
	}
	return x, y, ""
}

func bothOf(x, y Node, t Type) (Node, Node, bool) {
	if t.Class == IntClass {
		return widened(x, t), widened(y, t), true
	}
	x, ok := coerce(x, t)
	if !ok {
		return nil, nil, false
	}
	y, ok = coerce(y, t)
	return x, y, ok
}

// widened gives an integer constant the type of what it is compared with. Other integers are compared as they are.
func widened(n Node, t Type) Node {
	if k, ok := n.(Const); ok && !k.Null {
		k.Type = t
		return k
	}
	return n
}

// lowered compares citext: in lower case. Which other letters are the same is the locale's to say.
func (c compiler) lowered(x, y Node) (Node, Node, string) {
	out := make([]Node, 2)
	for i, n := range []Node{x, y} {
		lower := c.fold(nil, Func{Name: Lower, Args: []Node{asText(n)}, Type: textType})
		if u, ok := lower.(Unknown); ok {
			return nil, nil, u.Reason
		}
		out[i] = lower
	}
	return out[0], out[1], ""
}

func isString(c Class) bool { return c == TextClass || c == PaddedClass || c == FoldedClass }

// asText makes a string of any sort text.
func asText(n Node) Node {
	switch t := TypeOf(n); t.Class {
	case PaddedClass, FoldedClass:
		if k, ok := n.(Const); ok {
			return Const{Type: textType, Null: k.Null, Text: k.Text}
		}
		return Cast{X: n, To: textType}
	}
	return n
}

// isVarchar tells an operand that PostgreSQL would rather make char(n) than text.
func isVarchar(c compiler, e catalog.Expr) bool {
	switch e := e.(type) {
	case *catalog.ColumnRef:
		t, ok := c.Column(e.Name)
		return ok && t.Name.Name == "varchar"
	case *catalog.Cast:
		return e.Type.Name.Name == "varchar"
	case *catalog.Collate:
		return isVarchar(c, e.Arg)
	}
	return false
}

// enumOrder reads e > 'b' as e IN (the values after b).
func (c compiler) enumOrder(e catalog.Expr, op CompareOp, x, y Node) Node {
	k, ok := y.(Const)
	t := TypeOf(x)
	if !ok || len(t.Labels) == 0 {
		return c.unknown(e, "the clients do not order enums")
	}
	if k.Null {
		return Const{Type: boolType, Null: true}
	}
	at := slices.Index(t.Labels, k.Text)
	m := Member{X: x}
	for i, label := range t.Labels {
		if op.holds(i - at) {
			m.List = append(m.List, Const{Type: t, Text: label})
		}
	}
	if len(m.List) == 0 {
		return Case{Whens: []When{{IsNull{X: x, Not: true}, boolConst(false)}}, Else: Const{Type: boolType, Null: true}, Type: boolType}
	}
	return m
}

// wholeBound compares an integer with an integer, where the constant's fraction allows it: x > 0.5 is x >= 1.
func wholeBound(n Cmp) Node {
	cast, isCast := n.Left.(Cast)
	k, isConst := n.Right.(Const)
	if !isCast || !isConst || k.Null || TypeOf(cast.X).Class != IntClass {
		return n
	}
	t := TypeOf(cast.X)
	if cast.To.Class == FloatClass && t.Size == 8 || cast.To.Class != FloatClass && cast.To.Class != NumericClass {
		return n
	}
	value, ok := Decimal(k.Text)
	if !ok {
		return n
	}
	op, bound, ok := integerBound(n.Op, value)
	if i, isInt := new(big.Int).SetString(bound, 10); !ok || !isInt || !inRange(i, 8) {
		return n
	} else if !inRange(i, t.Size) {
		t = int8Type
	}
	return Cmp{Op: op, Left: cast.X, Right: Const{Type: t, Text: bound}}
}

// distinct compiles x IS [NOT] DISTINCT FROM y.
func (c compiler) distinct(e *catalog.Distinct) Node {
	xs, unknown := c.values(e, e.Left, e.Right)
	if unknown != nil {
		return unknown
	}
	x, y, reason := c.pair(xs[0], xs[1], e.Left, e.Right)
	if reason != "" {
		return c.unknown(e, reason)
	}
	if _, ok := x.(Const); ok {
		x, y = y, x
	}
	if k, ok := y.(Const); ok && k.Null {
		return c.fold(e, IsNull{X: x, Not: !e.Not})
	}
	return c.fold(e, Distinct{Left: x, Right: y, Not: e.Not})
}

func (c compiler) between(e *catalog.Between) Node {
	within := func(low, high catalog.Expr) Node {
		return allOf(c.compare(e, GE, e.Arg, low), c.compare(e, LE, e.Arg, high))
	}
	n := within(e.Low, e.High)
	if e.Symmetric {
		n = anyOf(n, within(e.High, e.Low))
	}
	if e.Not {
		n = negate(n)
	}
	return n
}
