package constraint

import (
	"slices"
	"strings"

	"github.com/trefoil-sql/trefoil/internal/catalog"
)

func (c compiler) in(e *catalog.In) Node {
	op := EQ
	if e.Not {
		op = NE
	}
	return c.each(e, string(op), e.Left, constantsFirst(e.List), e.Not)
}

// constantsFirst orders the items of IN as PostgreSQL looks at them: several without columns are one array.
func constantsFirst(list []catalog.Expr) []catalog.Expr {
	var constants, others []catalog.Expr
	for _, item := range list {
		if len(ColumnsOf(item)) == 0 {
			constants = append(constants, item)
		} else {
			others = append(others, item)
		}
	}
	if len(constants) < 2 {
		return list
	}
	return append(constants, others...)
}

// quantified reads x op ANY (ARRAY[…]) as the tests with each element, joined by OR, and ALL by AND. An array that is no
// list of constants is searched by the clients.
func (c compiler) quantified(e *catalog.Quantified) Node {
	list, isList := elements(e.Right)
	if !isList {
		return c.search(e)
	}
	if len(list) == 0 {
		if !neverFails(c.value(e.Left)) {
			return c.unknown(e, "the list is empty")
		}
		return boolConst(e.All)
	}
	return c.each(e, e.Op, e.Left, list, e.All)
}

// each compiles x op item for every item. Equality with constants is a Member.
func (c compiler) each(e catalog.Expr, op string, left catalog.Expr, list []catalog.Expr, all bool) Node {
	if c.mixed(left, list) {
		return c.unknown(e, "numbers of several types are brought to a type that rounds")
	}
	if c.mixedStrings(left, list) {
		return c.unknown(e, noCommonType)
	}
	tests := make([]Node, len(list))
	for i, item := range list {
		tests[i] = c.operator(&catalog.Op{Place: catalog.Place{At: e.Span()}, Name: op, Left: left, Right: item}, left, item)
		if u, ok := tests[i].(Unknown); ok {
			return c.unknown(e, u.Reason)
		}
	}
	if m, ok := memberOf(tests, all); ok {
		return m
	}
	if len(tests) == 1 {
		return tests[0]
	}
	if all {
		return allOf(tests...)
	}
	return anyOf(tests...)
}

// mixed tells a list that PostgreSQL brings to double, so that a numeric in it loses digits, or to real.
func (c compiler) mixed(left catalog.Expr, list []catalog.Expr) bool {
	if len(list) < 2 {
		return false
	}
	var isReal, isDouble, isExact, isInteger bool
	for _, e := range append([]catalog.Expr{left}, list...) {
		switch t := TypeOf(c.value(e)); {
		case t.Class == FloatClass && t.Size == 4:
			isReal = true
		case t.Class == FloatClass:
			isDouble = true
		case t.Class == NumericClass || t.Class == IntClass && t.Size == 8:
			isExact = true
		case t.Class == IntClass:
			isInteger = true
		}
	}
	return isReal && (isDouble || isExact || isInteger) || isDouble && isExact
}

// mixedStrings tells a list in which strings are brought to char(n) or citext, or from it.
func (c compiler) mixedStrings(left catalog.Expr, list []catalog.Expr) bool {
	first := TypeOf(c.value(left)).Class
	for _, item := range list {
		class := TypeOf(c.value(item)).Class
		own := class == PaddedClass || class == FoldedClass || first == PaddedClass || first == FoldedClass
		if own && class != first && class != untypedClass {
			return true
		}
	}
	return false
}

// memberOf joins comparisons of one value with constants: equalities by OR, or inequalities by AND.
func memberOf(tests []Node, not bool) (Node, bool) {
	op := EQ
	if not {
		op = NE
	}
	var m Member
	for i, test := range tests {
		if k, ok := test.(Const); ok && k.Null && i > 0 {
			m.List = append(m.List, Const{Type: TypeOf(m.X), Null: true})
			continue
		}
		cmp, ok := test.(Cmp)
		if !ok || cmp.Op != op {
			return nil, false
		}
		k, ok := cmp.Right.(Const)
		if !ok || i > 0 && !sameNode(m.X, cmp.Left) {
			return nil, false
		}
		m.X, m.Not = cmp.Left, not
		m.List = append(m.List, k)
	}
	return m, len(tests) > 1 || len(m.List) == 1
}

// search compiles x op ANY (array).
func (c compiler) search(e *catalog.Quantified) Node {
	op, ok := compareOps[e.Op]
	if !ok {
		return c.unknownf(e, "no client evaluates %s with an array", e.Op)
	}
	xs, unknown := c.values(e, e.Left, e.Right)
	if unknown != nil {
		return unknown
	}
	t := TypeOf(xs[1])
	if t.Class != ArrayClass || !comparableElement(*t.Elem) {
		return c.unknown(e, "no client searches an array of this type")
	}
	x, ok := coerce(xs[0], *t.Elem)
	if !ok || TypeOf(x).Class != t.Elem.Class {
		return c.unknown(e, "no client searches an array of this type")
	}
	if reason := c.looseness(e.Left, e.Right); reason != "" && isText(t) {
		return c.unknown(e, reason)
	}
	if op != EQ && op != NE && !ordered(*t.Elem) {
		return c.unknown(e, "the order of the elements is not known to the clients")
	}
	return Quantified{X: x, Op: op, All: e.All, Array: xs[1]}
}

// comparableElement tells the element types that are compared as they are.
func comparableElement(t Type) bool {
	switch t.Class {
	case OtherClass, PaddedClass, FoldedClass, ArrayClass, JSONClass:
		return false
	}
	return true
}

// ordered tells the types whose order is the same everywhere.
func ordered(t Type) bool {
	switch t.Class {
	case TextClass, EnumClass, JSONClass, ArrayClass, OtherClass, PaddedClass, FoldedClass:
		return false
	}
	return true
}

// constArray compiles ARRAY[…] of constants. t is the type that it is cast to, of class OtherClass for none.
func (c compiler) constArray(e *catalog.Array, t Type, sql catalog.Type) Node {
	var nodes []Node
	for _, elem := range e.Elements {
		if t.Class == ArrayClass {
			elem = &catalog.Cast{Place: e.Place, Arg: elem, Type: sql.Element()}
		}
		k, ok := c.value(elem).(Const)
		if !ok {
			return c.unknown(e, "no client evaluates rows, elements, fields or computed arrays")
		}
		nodes = append(nodes, k)
	}
	if len(nodes) == 0 && t.Class == ArrayClass {
		return Const{Type: t}
	}
	nodes, elem, ok := unify(nodes)
	if !ok || !comparableElement(elem) {
		return c.unknown(e, "no client has arrays of this type")
	}
	k := Const{Type: Type{Class: ArrayClass, Elem: &elem}}
	for _, n := range nodes {
		k.Elems = append(k.Elems, n.(Const))
	}
	return k
}

// arrayConst reads an array literal of one dimension.
func arrayConst(s string, t Type) (Node, bool) {
	words, ok := arrayWords(s)
	if !ok || !comparableElement(*t.Elem) {
		return nil, false
	}
	k := Const{Type: t}
	for _, w := range words {
		n, ok := coerceLiteral(Const{Type: untyped, Text: w}, *t.Elem)
		if !ok {
			return nil, false
		}
		k.Elems = append(k.Elems, n.(Const))
	}
	return k, true
}

// arrayWords splits '{a,b}'. A literal with quotes, escapes, braces or NULL is left to the server.
func arrayWords(s string) ([]string, bool) {
	body, ok := strings.CutPrefix(trimSpace(s), "{")
	body, end := strings.CutSuffix(body, "}")
	if !ok || !end || strings.ContainsAny(body, `"\{}`) {
		return nil, false
	}
	if trimSpace(body) == "" {
		return nil, true
	}
	words := strings.Split(body, ",")
	for i, w := range words {
		words[i] = trimSpace(w)
	}
	bad := func(w string) bool { return w == "" || strings.EqualFold(w, "null") }
	return words, !slices.ContainsFunc(words, bad)
}

// elements lists the members of an array constructor, or of an array literal of plain words.
func elements(e catalog.Expr) ([]catalog.Expr, bool) {
	switch e := e.(type) {
	case *catalog.Array:
		return e.Elements, true
	case *catalog.Literal:
		if e.Kind != catalog.StringLiteral {
			return nil, false
		}
		words, ok := arrayWords(e.Value)
		list := make([]catalog.Expr, len(words))
		for i, w := range words {
			list[i] = &catalog.Literal{Place: e.Place, Kind: catalog.StringLiteral, Value: w}
		}
		return list, ok
	case *catalog.Cast:
		if !e.Type.Array {
			return nil, false
		}
		list, ok := elements(e.Arg)
		casts := make([]catalog.Expr, len(list))
		for i, item := range list {
			casts[i] = &catalog.Cast{Place: e.Place, Arg: item, Type: e.Type.Element()}
		}
		return casts, ok
	}
	return nil, false
}
