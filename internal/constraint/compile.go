package constraint

import (
	"fmt"

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
	case k.Null:
		return k, with != otherClass
	case with.isNumber() && (k.Type.Class == NumericClass || k.Type.Class == TextClass):
		n, ok := Decimal(k.Text)
		return Const{Type: numericType, Text: n}, ok
	case with == textClass && k.Type.Class == TextClass:
		return k, true
	case with == boolClass && k.Type.Class == BoolClass:
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
	return ok && (classOf(column.SQL) == numericClass || column.SQL.Name.Name == "int8")
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

func (c compiler) unknown(e catalog.Expr, reason string) Node {
	u := Unknown{Reason: reason, Columns: columnsOf(e)}
	if e != nil {
		u.SQL = e.Span().Text()
	}
	return u
}
