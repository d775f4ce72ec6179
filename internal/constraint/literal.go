package constraint

import (
	"math/big"
	"slices"
	"strings"

	"github.com/trefoil-sql/trefoil/internal/catalog"
)

// untypedClass is a quoted string or NULL that takes its type from what it stands beside. No tree that is finished holds
// one, except under IsNull.
const untypedClass Class = "untyped"

var untyped = Type{Class: untypedClass}

func (c compiler) literal(e *catalog.Literal) Node {
	switch e.Kind {
	case catalog.IntLiteral, catalog.NumericLiteral:
		if k, ok := numberConst(e.Value); ok {
			return k
		}
	case catalog.StringLiteral:
		return Const{Type: untyped, Text: e.Value}
	case catalog.BoolLiteral:
		return boolConst(e.Value == "true")
	case catalog.NullLiteral:
		return Const{Type: untyped, Null: true}
	}
	return c.unknown(e, "the constant has no form in the clients")
}

// numberConst reads a number in SQL: the smallest of int4, int8 and numeric that holds it.
func numberConst(s string) (Const, bool) {
	if n, ok := new(big.Int).SetString(s, 10); ok {
		for _, t := range []Type{int4Type, int8Type} {
			if inRange(n, t.Size) {
				return Const{Type: t, Text: n.String()}, true
			}
		}
	}
	n, ok := parseNumeric(s)
	return Const{Type: numericType, Text: n.String()}, ok
}

// coerce makes a node one of a type: a string without a type is read as PostgreSQL reads it, and numbers and strings are
// cast where PostgreSQL would do so by itself.
func coerce(n Node, to Type) (Node, bool) {
	from := TypeOf(n)
	if k, ok := n.(Const); ok {
		if from.Class == untypedClass || k.Null {
			return coerceLiteral(k, to)
		}
		if cast, ok := castConst(k, to); ok {
			return cast, true
		}
	}
	switch {
	case from.Class == OtherClass || to.Class == OtherClass:
		return n, false
	case from.Class == to.Class && from.Class == EnumClass:
		return n, from.Enum == to.Enum
	case from.Class == to.Class && from.Class == ArrayClass:
		return n, from.Elem.Class == to.Elem.Class && from.Elem.Size == to.Elem.Size && from.Elem.Enum == to.Elem.Enum
	case from.Class == to.Class && from.Size == to.Size:
		return n, true
	}
	switch (CastPair{from.Class, to.Class}) {
	case CastPair{IntClass, IntClass}, CastPair{FloatClass, FloatClass}:
		return Cast{X: n, To: to}, from.Size < to.Size
	case CastPair{IntClass, NumericClass}, CastPair{IntClass, FloatClass}, CastPair{NumericClass, FloatClass},
		CastPair{PaddedClass, TextClass}, CastPair{FoldedClass, TextClass}, CastPair{DateClass, TimestampClass}:
		return Cast{X: n, To: to}, to.Class != FloatClass || to.Size == 8
	}
	return n, false
}

// coerceLiteral reads a string as a constant of a type.
func coerceLiteral(k Const, to Type) (Node, bool) {
	switch {
	case k.Null:
		return Const{Type: to, Null: true}, to.Class != OtherClass
	case to.Class == untypedClass:
		return k, true
	case to.Class == ArrayClass:
		return arrayConst(k.Text, to)
	case to.Class == PaddedClass:
		return Const{Type: to, Text: strings.TrimRight(k.Text, " ")}, true
	case to.Class == TextClass || to.Class == FoldedClass:
		return Const{Type: to, Text: k.Text}, true
	case to.Class == OtherClass:
		return k, false
	}
	v, ok := readInput(k.Text, to)
	if !ok {
		return k, false
	}
	return constOf(v, to)
}

// castConst casts a constant that has a type already, where the tree can say it.
func castConst(k Const, to Type) (Node, bool) {
	if k.Type.Class == to.Class && k.Type.Size == to.Size && to.Class != ArrayClass && to.Class != EnumClass {
		return k, true
	}
	pair := CastPair{k.Type.Class, to.Class}
	switch pair {
	case CastPair{IntClass, IntClass}, CastPair{IntClass, NumericClass}, CastPair{IntClass, FloatClass},
		CastPair{NumericClass, FloatClass}, CastPair{FloatClass, FloatClass}, CastPair{DateClass, TimestampClass},
		CastPair{PaddedClass, TextClass}, CastPair{FoldedClass, TextClass}:
		v, err := Evaluate(Cast{X: k, To: to}, nil)
		if err != nil {
			return k, false
		}
		return constOf(v, to)
	}
	return k, false
}

// unify gives nodes one type, as the branches of a CASE have it.
func unify(nodes []Node) (out []Node, t Type, ok bool) {
	t = untyped
	for _, n := range nodes {
		if t, ok = common(t, TypeOf(n)); !ok {
			return nil, t, false
		}
	}
	if t.Class == FloatClass && slices.ContainsFunc(nodes, func(n Node) bool { return narrower(TypeOf(n), t) }) {
		return nil, t, false
	}
	if isString(t.Class) && t.Class != TextClass {
		return nil, t, false
	}
	if t.Class == untypedClass {
		t = textType
	}
	for _, n := range nodes {
		n, ok := coerce(n, t)
		if !ok {
			return nil, t, false
		}
		out = append(out, n)
	}
	return out, t, true
}

// narrower tells a real among other numbers: PostgreSQL makes all of them reals, unless there is a double.
func narrower(t, of Type) bool { return t.Class == FloatClass && t.Size < of.Size }

// common is the type that values of two types are brought to. Strings that compare in a way of their own have none.
func common(a, b Type) (Type, bool) {
	switch {
	case a.Class == untypedClass:
		return b, b.Class != OtherClass && b.Class != PaddedClass && b.Class != FoldedClass
	case b.Class == untypedClass:
		return a, true
	case a.isNumber() && b.isNumber():
		return commonNumber(a, b), true
	case a.Class == DateClass && b.Class == TimestampClass:
		return b, true
	case a.Class == TimestampClass && b.Class == DateClass:
		return a, true
	case a.Class == ArrayClass && b.Class == ArrayClass:
		return a, a.Elem.Class == b.Elem.Class && a.Elem.Size == b.Elem.Size && a.Elem.Enum == b.Elem.Enum && a.Elem.Class != OtherClass
	}
	return a, a.Class == b.Class && a.Enum == b.Enum && a.Class != OtherClass
}

func commonNumber(a, b Type) Type {
	switch {
	case a.Class == b.Class:
		return Type{Class: a.Class, Size: max(a.Size, b.Size)}
	case a.Class == FloatClass || b.Class == FloatClass:
		return float8Type
	default:
		return numericType
	}
}

func (t Type) isNumber() bool {
	return t.Class == IntClass || t.Class == NumericClass || t.Class == FloatClass
}
