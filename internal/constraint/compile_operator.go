package constraint

import "github.com/trefoil-sql/trefoil/internal/catalog"

var compareOps = map[string]CompareOp{
	"<": LT, "<=": LE, ">": GT, ">=": GE, "=": EQ, "<>": NE, "!=": NE,
}

var arithOps = map[string]ArithOp{"+": Add, "-": Sub, "*": Mul, "/": Div, "%": Mod}

// operator compiles left op right; left is nil for a prefix operator. e is the *catalog.Op, perhaps made for the purpose.
func (c compiler) operator(e *catalog.Op, left, right catalog.Expr) Node {
	if e.Schema != "" && e.Schema != "pg_catalog" || c.isUsers(e.Schema, e.Name) {
		return c.unknownf(e, "operator %s is not PostgreSQL's own", e.Name)
	}
	if left == nil {
		return c.prefix(e, right)
	}
	if op, ok := compareOps[e.Name]; ok {
		return c.compare(e, op, left, right)
	}
	if p, ok := patternOps[e.Name]; ok {
		return c.match(e, p, left, right)
	}
	xs, unknown := c.values(e, left, right)
	if unknown != nil {
		return unknown
	}
	if op, ok := arithOps[e.Name]; ok {
		return c.arith(e, op, xs[0], xs[1])
	}
	switch e.Name {
	case "||":
		return c.concat(e, xs[0], xs[1])
	case "^@":
		return c.function(e, "starts_with", xs)
	case "->", "->>", "#>", "#>>":
		return c.jsonPath(e, xs[0], right, xs[1])
	case "?":
		return c.jsonHas(e, xs[0], xs[1])
	case "?|", "?&":
		return c.jsonHasEach(e, xs[0], right)
	case "@>":
		return c.contains(e, xs[0], xs[1])
	case "<@":
		return c.contains(e, xs[1], xs[0])
	case "&&":
		return c.arrays(e, ArrayOverlaps, xs[0], xs[1])
	}
	return c.unknownf(e, "operator %s is not evaluated by the clients", e.Name)
}

func (c compiler) prefix(e *catalog.Op, right catalog.Expr) Node {
	xs, unknown := c.values(e, right)
	if unknown != nil {
		return unknown
	}
	t := TypeOf(xs[0])
	switch {
	case !t.isNumber():
	case e.Name == "+":
		return xs[0]
	case e.Name == "-" && t.Class == FloatClass:
		if k, ok := xs[0].(Const); ok && !k.Null {
			k.Text = negatedText(k.Text)
			return k
		}
	case e.Name == "-":
		// -2147483648 is the negation of an int8.
		zero := Const{Type: t, Text: "0"}
		return c.fold(e, Arith{Op: Sub, Left: zero, Right: xs[0], Type: t})
	}
	return c.unknownf(e, "operator %s is not evaluated by the clients", e.Name)
}

func negatedText(s string) string {
	switch {
	case s == "NaN" || s == "0":
		return s
	case s[0] == '-':
		return s[1:]
	}
	return "-" + s
}

// arith compiles arithmetic of numbers. Beside a number a string is one of the same type.
func (c compiler) arith(e *catalog.Op, op ArithOp, x, y Node) Node {
	a, b := TypeOf(x), TypeOf(y)
	if a.Class == untypedClass {
		a = b
	}
	if b.Class == untypedClass {
		b = a
	}
	if !a.isNumber() || !b.isNumber() {
		return c.unknownf(e, "%s is only computed with numbers by the clients", e.Name)
	}
	t := commonNumber(a, b)
	if t.Class == FloatClass && (t.Size == 4 || op == Mod) {
		return c.unknown(e, "arithmetic in single precision is not evaluated by the clients")
	}
	var ok, fine bool
	if t.Class == IntClass {
		x, ok = coerce(x, a)
		y, fine = coerce(y, b)
	} else {
		x, ok = coerce(x, t)
		y, fine = coerce(y, t)
	}
	if !ok || !fine {
		return c.unknown(e, "the constant has no form in the clients")
	}
	return c.fold(e, Arith{Op: op, Left: x, Right: y, Type: t})
}

// concat compiles text || text. With an array or JSON it is another operator.
func (c compiler) concat(e catalog.Expr, x, y Node) Node {
	a, b := TypeOf(x).Class, TypeOf(y).Class
	stringOrLiteral := func(class Class) bool { return isString(class) || class == untypedClass }
	if !stringOrLiteral(a) || !stringOrLiteral(b) || a == untypedClass && b == untypedClass {
		return c.unknown(e, "|| is only evaluated with strings by the clients")
	}
	// char(n) || char(n) keeps no trailing spaces either: there is only ||(text, text).
	texts := make([]Node, 2)
	for i, n := range []Node{x, y} {
		if k, ok := n.(Const); ok && k.Type.Class == untypedClass {
			n, _ = coerceLiteral(k, textType)
		}
		texts[i] = asText(n)
	}
	return c.fold(e, Func{Name: Concat, Args: texts, Type: textType})
}

// contains compiles x @> y.
func (c compiler) contains(e catalog.Expr, x, y Node) Node {
	if TypeOf(x).Class == ArrayClass || TypeOf(y).Class == ArrayClass {
		return c.arrays(e, ArrayContains, x, y)
	}
	if TypeOf(x).Class != JSONClass && TypeOf(y).Class != JSONClass {
		return c.unknown(e, "containment is evaluated for jsonb and arrays only")
	}
	x, ok := coerce(x, jsonType)
	y, fine := coerce(y, jsonType)
	if !ok || !fine {
		return c.unknown(e, "containment is evaluated for jsonb and arrays only")
	}
	return c.fold(e, Func{Name: JSONContains, Args: []Node{x, y}, Type: boolType})
}

// arrays compiles an operator of two arrays.
func (c compiler) arrays(e catalog.Expr, name FuncName, x, y Node) Node {
	t := TypeOf(x)
	if t.Class != ArrayClass {
		t = TypeOf(y)
	}
	if t.Class != ArrayClass || !comparableElement(*t.Elem) {
		return c.unknown(e, "no client compares the elements of these arrays")
	}
	x, ok := coerce(x, t)
	y, fine := coerce(y, t)
	if !ok || !fine {
		return c.unknown(e, "no client compares the elements of these arrays")
	}
	return c.computed(e, Func{Name: name, Args: []Node{x, y}, Type: boolType})
}
