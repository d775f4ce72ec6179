package constraint

import (
	"fmt"
	"strings"

	"github.com/trefoil-sql/trefoil/internal/catalog"
)

// Resolver gives a column's base type, with domains resolved. A domain's CHECK resolves the name VALUE only.
type Resolver func(column string) (catalog.Type, bool)

// Compile turns one CHECK into a rule. It never fails: what it does not understand is Unknown in the tree.
func Compile(check catalog.Check, resolve Resolver) Rule {
	c := compiler{resolve: resolve}
	return Rule{
		Constraint: check.Name,
		SQL:        check.Expression.SQL,
		Tree:       c.condition(check.Expression.Tree),
		NotValid:   check.NotValid,
		Span:       check.Span,
	}
}

type compiler struct{ resolve Resolver }

// condition compiles a boolean expression.
func (c compiler) condition(e catalog.Expr) Node {
	switch e := e.(type) {
	case *catalog.Bool:
		return c.logic(e)
	case *catalog.Op:
		return c.comparison(e)
	case *catalog.In:
		return c.in(e)
	case *catalog.Quantified:
		return c.quantified(e)
	case *catalog.Between:
		return c.between(e)
	case *catalog.NullTest:
		return c.nullTest(e)
	case *catalog.Cast:
		if e.Type.Name.Name == "bool" && !e.Type.Array {
			return c.condition(e.Arg)
		}
	}
	return c.unknown(e, "no client evaluates this expression")
}

func (c compiler) logic(e *catalog.Bool) Node {
	if e.Op == catalog.Not {
		return negate(c.condition(e.Args[0]))
	}
	args := make([]Node, len(e.Args))
	for i, arg := range e.Args {
		args[i] = c.condition(arg)
	}
	if e.Op == catalog.And {
		return All{Args: flat(args, func(n Node) ([]Node, bool) { all, ok := n.(All); return all.Args, ok })}
	}
	return Any{Args: flat(args, func(n Node) ([]Node, bool) { any, ok := n.(Any); return any.Args, ok })}
}

// flat puts the arguments of nested nodes of the same sort in their place.
func flat(args []Node, same func(Node) ([]Node, bool)) []Node {
	var out []Node
	for _, arg := range args {
		if nested, ok := same(arg); ok {
			out = append(out, flat(nested, same)...)
			continue
		}
		out = append(out, arg)
	}
	return out
}

// negate pushes NOT into the nodes that can hold it; all of these are exact under three-valued logic.
func negate(n Node) Node {
	switch n := n.(type) {
	case Cmp:
		n.Op = n.Op.inverse()
		return n
	case Member:
		n.Not = !n.Not
		return n
	case IsNull:
		n.Not = !n.Not
		return n
	case Negation:
		return n.X
	case All:
		return Any{Args: negated(n.Args)}
	case Any:
		return All{Args: negated(n.Args)}
	default:
		return Negation{X: n}
	}
}

func negated(args []Node) []Node {
	out := make([]Node, len(args))
	for i, arg := range args {
		out[i] = negate(arg)
	}
	return out
}

func (op CompareOp) inverse() CompareOp {
	return map[CompareOp]CompareOp{LT: GE, LE: GT, GT: LE, GE: LT, EQ: NE, NE: EQ}[op]
}

func (op CompareOp) flip() CompareOp {
	switch op {
	case LT:
		return GT
	case LE:
		return GE
	case GT:
		return LT
	case GE:
		return LE
	default:
		return op
	}
}

func (c compiler) comparison(e *catalog.Op) Node {
	op := CompareOp(e.Name)
	switch op {
	case "!=":
		op = NE
	case LT, LE, GT, GE, EQ, NE:
	default:
		return c.unknown(e, fmt.Sprintf("operator %s is not evaluated by the clients", e.Name))
	}
	if e.Left == nil || (e.Schema != "" && e.Schema != "pg_catalog") {
		return c.unknown(e, fmt.Sprintf("operator %s is not PostgreSQL's own", e.Name))
	}
	return c.compare(e, op, e.Left, e.Right)
}

func (c compiler) compare(e catalog.Expr, op CompareOp, left, right catalog.Expr) Node {
	l, r := c.operand(left), c.operand(right)
	if _, ok := l.(Const); ok {
		l, r, right, op = r, l, left, op.flip()
	}
	for _, side := range []Node{l, r} {
		if u, ok := side.(Unknown); ok {
			return c.unknown(e, u.Reason)
		}
	}
	k, ok := r.(Const)
	if !ok {
		return c.unknown(e, "the comparison is not with a constant")
	}
	k, ok = coerce(k, classOfNode(l))
	if !ok || rounds(l, right) {
		return c.unknown(e, "the clients do not compare these types")
	}
	return Cmp{Op: op, Left: l, Right: k}
}

// coerce reads a constant as PostgreSQL would beside an operand of the class: a quoted number is a number there.
func coerce(k Const, with class) (Const, bool) {
	switch {
	case k.Kind == NullConst:
		return k, with != otherClass
	case with.isNumber() && (k.Kind == NumberConst || k.Kind == TextConst):
		n, ok := Decimal(k.Text)
		return Const{Kind: NumberConst, Text: n}, ok
	case with == textClass && k.Kind == TextConst:
		return k, true
	case with == boolClass && k.Kind == BoolConst:
		return k, true
	}
	return k, false
}

// rounds tells that PostgreSQL compares in double precision because the constant is cast to it, though the operand has
// more digits than that.
func rounds(operand Node, constant catalog.Expr) bool {
	cast, ok := constant.(*catalog.Cast)
	if !ok || classOf(cast.Type) != floatClass {
		return false
	}
	column, ok := operand.(Column)
	return ok && (classOf(column.Type) == numericClass || column.Type.Name.Name == "int8")
}

func (c compiler) in(e *catalog.In) Node {
	return c.member(e, e.Left, e.List, e.Not)
}

// quantified reads x = ANY (ARRAY[…]) as x IN (…) and x <> ALL (ARRAY[…]) as x NOT IN (…).
func (c compiler) quantified(e *catalog.Quantified) Node {
	not := e.Op == "<>" && e.All
	if !not && (e.Op != "=" || e.All) {
		return c.unknown(e, fmt.Sprintf("%s with an array is not evaluated by the clients", e.Op))
	}
	list, ok := elements(e.Right)
	if !ok {
		return c.unknown(e, "the array is not a list of constants")
	}
	return c.member(e, e.Left, list, not)
}

// elements lists the members of an array constructor, or of an array literal of plain words.
func elements(e catalog.Expr) ([]catalog.Expr, bool) {
	switch e := e.(type) {
	case *catalog.Array:
		return e.Elements, true
	case *catalog.Literal:
		if e.Kind == catalog.StringLiteral {
			return arrayLiteral(e)
		}
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

// arrayLiteral splits '{a,b}'. A literal with quotes, escapes, braces or NULL is left to the server.
func arrayLiteral(lit *catalog.Literal) ([]catalog.Expr, bool) {
	body, ok := strings.CutPrefix(strings.TrimSpace(lit.Value), "{")
	body, end := strings.CutSuffix(body, "}")
	if !ok || !end || strings.ContainsAny(body, `"\{}`) || strings.TrimSpace(body) == "" {
		return nil, false
	}
	var list []catalog.Expr
	for word := range strings.SplitSeq(body, ",") {
		word = strings.TrimSpace(word)
		if word == "" || strings.EqualFold(word, "null") {
			return nil, false
		}
		list = append(list, &catalog.Literal{Place: lit.Place, Kind: catalog.StringLiteral, Value: word})
	}
	return list, true
}

func (c compiler) member(e, left catalog.Expr, list []catalog.Expr, not bool) Node {
	if len(list) == 0 {
		return c.unknown(e, "the list is empty, which even NULL fails")
	}
	x := c.operand(left)
	if u, ok := x.(Unknown); ok {
		return c.unknown(e, u.Reason)
	}
	with := classOfNode(x)
	var consts []Const
	for _, item := range list {
		k, ok := c.operand(item).(Const)
		if ok {
			k, ok = coerce(k, with)
		}
		ok = ok && !rounds(x, item)
		if !ok {
			return c.unknown(e, "the list is not of constants that the clients can compare")
		}
		consts = append(consts, k)
	}
	return Member{X: x, List: consts, Not: not}
}

func (c compiler) between(e *catalog.Between) Node {
	if e.Symmetric {
		return c.unknown(e, "BETWEEN SYMMETRIC is not evaluated by the clients")
	}
	both := All{Args: []Node{
		c.compare(e, GE, e.Arg, e.Low),
		c.compare(e, LE, e.Arg, e.High),
	}}
	if e.Not {
		return negate(both)
	}
	return both
}

func (c compiler) nullTest(e *catalog.NullTest) Node {
	x := c.operand(e.Arg)
	if _, ok := x.(Column); !ok {
		return c.unknown(e, "only a column is tested for null by the clients")
	}
	return IsNull{X: x, Not: e.Not}
}

// operand compiles a value: a column, a constant, or a function of a column.
func (c compiler) operand(e catalog.Expr) Node {
	switch e := e.(type) {
	case *catalog.ColumnRef:
		if t, ok := c.resolve(e.Name); ok {
			return Column{Name: e.Name, Type: t}
		}
	case *catalog.Literal:
		return constant(e)
	case *catalog.Cast:
		return c.cast(e)
	case *catalog.Op:
		return c.signed(e)
	case *catalog.Call:
		return c.call(e)
	}
	return c.unknown(e, "no client evaluates this expression")
}

func constant(e *catalog.Literal) Node {
	switch e.Kind {
	case catalog.IntLiteral, catalog.NumericLiteral:
		if n, ok := Decimal(e.Value); ok {
			return Const{Kind: NumberConst, Text: n}
		}
	case catalog.StringLiteral:
		return Const{Kind: TextConst, Text: e.Value}
	case catalog.BoolLiteral:
		return Const{Kind: BoolConst, Text: e.Value}
	case catalog.NullLiteral:
		return Const{Kind: NullConst}
	}
	return Unknown{SQL: e.Value, Reason: "the constant has no form in the clients"}
}

// signed reads -1 and +1, which the parser gives as an operator.
func (c compiler) signed(e *catalog.Op) Node {
	if k, ok := c.operandOrNil(e.Right).(Const); ok && e.Left == nil && k.Kind == NumberConst {
		switch e.Name {
		case "-":
			n, ok := Decimal("-" + k.Text)
			if strings.HasPrefix(k.Text, "-") {
				n, ok = k.Text[1:], true
			}
			if ok {
				return Const{Kind: NumberConst, Text: n}
			}
		case "+":
			return k
		}
	}
	return c.unknown(e, fmt.Sprintf("operator %s is not evaluated by the clients", e.Name))
}

func (c compiler) operandOrNil(e catalog.Expr) Node {
	if e == nil {
		return nil
	}
	return c.operand(e)
}

// cast drops the casts that change nothing: between text and varchar without a length, and of a constant to a type of
// its own class.
func (c compiler) cast(e *catalog.Cast) Node {
	arg := c.operand(e.Arg)
	to := classOf(e.Type)
	switch arg := arg.(type) {
	case Column:
		if classOf(arg.Type) == textClass && to == textClass && len(e.Type.Mods) == 0 && e.Type.Name.Name != "name" {
			return arg
		}
		if classOf(arg.Type) == integerClass && (to == numericClass || to == integerClass && wider(e.Type, arg.Type)) && len(e.Type.Mods) == 0 {
			return arg
		}
	case Func:
		if arg.Name == JSONTypeOf && to == textClass && len(e.Type.Mods) == 0 {
			return arg
		}
	case Const:
		if arg.Kind == NullConst {
			return arg
		}
		if len(e.Type.Mods) == 0 {
			if to == textClass && arg.Kind == TextConst && e.Type.Name.Name != "name" {
				return arg
			}
			if k, ok := coerce(arg, to); ok && exactIn(k, to) {
				return k
			}
		}
	}
	return c.unknown(e, "the cast is not evaluated by the clients")
}

// exactIn tells that a number constant keeps its value in the class: 0.5::int would not.
func exactIn(k Const, to class) bool {
	return to != integerClass || !strings.Contains(k.Text, ".")
}

var integerSize = map[string]int{"int2": 2, "int4": 4, "int8": 8}

func wider(to, from catalog.Type) bool {
	return integerSize[to.Name.Name] >= integerSize[from.Name.Name]
}

var functions = map[string]FuncName{
	"length": CharLength, "char_length": CharLength, "character_length": CharLength,
	"octet_length": OctetLength,
	"jsonb_typeof": JSONTypeOf, "json_typeof": JSONTypeOf,
}

func (c compiler) call(e *catalog.Call) Node {
	name, ok := functions[e.Name]
	if !ok || len(e.Args) != 1 || (e.Schema != "" && e.Schema != "pg_catalog") {
		return c.unknown(e, fmt.Sprintf("function %s is not evaluated by the clients", e.Name))
	}
	arg, ok := c.operand(e.Args[0]).(Column)
	if !ok {
		return c.unknown(e, fmt.Sprintf("the argument of %s is not a column", e.Name))
	}
	switch cl := classOf(arg.Type); {
	case name == JSONTypeOf && cl == jsonClass,
		name == CharLength && (cl == textClass || cl == foldedClass),
		name == OctetLength && (cl == textClass || cl == foldedClass):
		return Func{Name: name, Arg: arg}
	}
	return c.unknown(e, fmt.Sprintf("%s of this type is not evaluated by the clients", e.Name))
}

func (c compiler) unknown(e catalog.Expr, reason string) Node {
	u := Unknown{Reason: reason, Columns: columnsOf(e)}
	if e != nil {
		u.SQL = e.Span().Text()
	}
	return u
}
