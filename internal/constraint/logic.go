package constraint

import (
	"strings"

	"github.com/trefoil-sql/trefoil/internal/catalog"
)

func (c compiler) logic(e *catalog.Bool) Node {
	if e.Op == catalog.Not {
		return negate(c.condition(e.Args[0]))
	}
	args := make([]Node, len(e.Args))
	for i, arg := range e.Args {
		args[i] = c.condition(arg)
	}
	if e.Op == catalog.And {
		return allOf(args...)
	}
	return anyOf(args...)
}

func allOf(args ...Node) Node {
	return All{Args: flat(args, func(n Node) ([]Node, bool) { all, ok := n.(All); return all.Args, ok })}
}

func anyOf(args ...Node) Node {
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

// negate pushes NOT into the nodes that can hold it; all of these are exact under three-valued logic, and evaluate the
// same operands in the same order.
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
	case Distinct:
		n.Not = !n.Not
		return n
	case Match:
		n.Not = !n.Not
		return n
	case Negation:
		return n.X
	case All:
		return Any{Args: negated(n.Args)}
	case Any:
		return All{Args: negated(n.Args)}
	case Const:
		if !n.Null {
			return boolConst(n.Text != "true")
		}
		return n
	case Unknown:
		return n
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

// nullTest reads x IS [NOT] NULL; of a row it is true where all fields are, or are not.
func (c compiler) nullTest(e *catalog.NullTest) Node {
	if row, ok := e.Arg.(*catalog.Row); ok && len(row.Fields) > 0 {
		tests := make([]Node, len(row.Fields))
		for i, field := range row.Fields {
			tests[i] = c.nullTest(&catalog.NullTest{Place: e.Place, Arg: field, Not: e.Not})
		}
		return allOf(tests...)
	}
	if ref, ok := e.Arg.(*catalog.ColumnRef); ok {
		if t, ok := c.Column(ref.Name); ok && !t.Array && t.Kind == catalog.CompositeType {
			return c.unknown(e, "the clients do not test composites for null")
		}
	}
	xs, unknown := c.values(e, e.Arg)
	if unknown != nil {
		return unknown
	}
	return c.fold(e, IsNull{X: xs[0], Not: e.Not})
}

// boolTest reads x IS TRUE as x, or false where that is NULL, and so on.
func (c compiler) boolTest(e *catalog.BoolTest) Node {
	x := c.condition(e.Arg)
	if u, ok := x.(Unknown); ok {
		return c.unknown(e, u.Reason)
	}
	var n Node
	switch strings.ToLower(e.Value) {
	case "true":
		n = Coalesce{Args: []Node{x, boolConst(false)}}
	case "false":
		n = Coalesce{Args: []Node{negate(x), boolConst(false)}}
	default:
		n = IsNull{X: x}
	}
	if e.Not {
		n = negate(n)
	}
	return c.fold(e, n)
}

func boolConst(b bool) Const {
	if b {
		return Const{Type: boolType, Text: "true"}
	}
	return Const{Type: boolType, Text: "false"}
}
