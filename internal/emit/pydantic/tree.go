package pydantic

import (
	"fmt"
	"strconv"

	"github.com/trefoil-sql/trefoil/internal/constraint"
	"github.com/trefoil-sql/trefoil/internal/model"
)

// operand is a column of a tree: the variable that holds its value and the field that the value is of.
type operand struct {
	variable string
	typ      model.Type
	nullable bool
}

// tree writes conditions as calls of _rules.py. The first error is kept.
type tree struct {
	f *file
	// pg is what the module calls _rules.py.
	pg       string
	operands map[string]operand
	err      error
}

func (t *tree) fail(format string, args ...any) code {
	if t.err == nil {
		t.err = fmt.Errorf(format, args...)
	}
	return word("None")
}

func (t *tree) call(name string, args ...code) code { return call{t.pg + "." + name, args} }

func (t *tree) nodes(list []constraint.Node) []code {
	out := make([]code, len(list))
	for i, n := range list {
		out[i] = t.node(n)
	}
	return out
}

func (t *tree) lazyNodes(list []constraint.Node) []code {
	out := t.nodes(list)
	for i := range out {
		out[i] = lazy(out[i])
	}
	return out
}

func (t *tree) node(n constraint.Node) code {
	switch n := n.(type) {
	case constraint.Column:
		return t.column(n)
	case constraint.Const:
		return t.constant(n)
	case constraint.All:
		return t.call("and_", t.lazyNodes(n.Args)...)
	case constraint.Any:
		return t.call("or_", t.lazyNodes(n.Args)...)
	case constraint.Coalesce:
		return t.call("coalesce", t.lazyNodes(n.Args)...)
	case constraint.Case:
		return t.caseOf(n)
	case constraint.Negation:
		return t.call("not_", t.node(n.X))
	case constraint.IsNull:
		return t.isNull(n)
	case constraint.Arith:
		return t.arithmetic(n)
	case constraint.Cast:
		return t.cast(n)
	case constraint.Func:
		return t.function(n)
	case constraint.Match:
		return t.match(n)
	}
	return t.comparison(n)
}

// compareFuncs are the comparisons in _rules.py.
var compareFuncs = map[constraint.CompareOp]string{
	constraint.LT: "lt", constraint.LE: "le", constraint.GT: "gt", constraint.GE: "ge", constraint.EQ: "eq", constraint.NE: "ne",
}

func (t *tree) comparison(n constraint.Node) code {
	switch n := n.(type) {
	case constraint.Cmp:
		return t.call(compareFuncs[n.Op], t.node(n.Left), t.node(n.Right))
	case constraint.Distinct:
		return t.call(choose(n.Not, "not_distinct", "distinct"), t.node(n.Left), t.node(n.Right))
	case constraint.Member:
		list := make([]code, len(n.List))
		for i, k := range n.List {
			list[i] = t.constant(k)
		}
		return t.call(choose(n.Not, "not_in", "in_"), t.node(n.X), call{"", list})
	case constraint.Quantified:
		return t.call(choose(n.All, "all_of", "any_of"), word(t.pg+"."+compareFuncs[n.Op]), t.node(n.X), t.node(n.Array))
	case constraint.Extremum:
		return t.call(choose(n.Greatest, "greatest", "least"), t.nodes(n.Args)...)
	}
	return t.fail("pydantic cannot write a condition with %T", n)
}

func choose(is bool, yes, no string) string {
	if is {
		return yes
	}
	return no
}

func (t *tree) caseOf(n constraint.Case) code {
	var args []code
	for _, w := range n.Whens {
		args = append(args, call{"", []code{lazy(t.node(w.Cond)), lazy(t.node(w.Result))}})
	}
	return t.call("case", append(args, prefixed{"otherwise=", lazy(t.node(n.Else))})...)
}

// isNull looks at a column's variable itself, whatever it holds.
func (t *tree) isNull(n constraint.IsNull) code {
	if raw, ok := t.raw(n.X); ok {
		return word(string(raw) + choose(n.Not, " is not None", " is None"))
	}
	return t.call(choose(n.Not, "is_not_null", "is_null"), t.node(n.X))
}

// raw is a column's variable, where it is None if and only if the column is NULL.
func (t *tree) raw(n constraint.Node) (word, bool) {
	c, ok := n.(constraint.Column)
	if !ok {
		return "", false
	}
	o, known := t.operands[c.Name]
	return word(o.variable), known && (c.Type.Class != constraint.JSONClass || o.nullable)
}

var arithmeticFuncs = map[constraint.ArithOp]string{
	constraint.Add: "add", constraint.Sub: "sub", constraint.Mul: "mul", constraint.Div: "div", constraint.Mod: "mod",
}

func (t *tree) arithmetic(n constraint.Arith) code {
	return t.call(t.number(n.Type)+"."+arithmeticFuncs[n.Op], t.node(n.Left), t.node(n.Right))
}

// number is the object that computes with a type's numbers.
func (t *tree) number(typ constraint.Type) string {
	switch {
	case typ.Class == constraint.IntClass:
		return "int" + strconv.Itoa(typ.Size)
	case typ.Class == constraint.NumericClass:
		return "numeric"
	case typ.Class == constraint.FloatClass && typ.Size == 8:
		return "float8"
	}
	t.fail("pydantic cannot compute with numbers of type %s%d", typ.Class, typ.Size)
	return ""
}

func (t *tree) cast(n constraint.Cast) code {
	from := constraint.TypeOf(n.X).Class
	switch {
	case from == constraint.PaddedClass, from == constraint.FoldedClass, from == constraint.EnumClass,
		from == constraint.DateClass && n.To.Class == constraint.TimestampClass, from == n.To.Class && from == constraint.TextClass:
		return t.node(n.X) // read in this form already
	case n.To.Class == constraint.TextClass:
		return t.call("as_text", t.node(n.X))
	}
	return t.call(t.number(n.To)+".cast", t.node(n.X))
}

// numberFuncs are the functions that a type of number has of its own; all others are called by PostgreSQL's names.
var numberFuncs = map[constraint.FuncName]bool{
	constraint.Abs: true, constraint.Round: true, constraint.Trunc: true, constraint.Floor: true, constraint.Ceil: true,
}

func (t *tree) function(n constraint.Func) code {
	switch {
	case numberFuncs[n.Name]:
		return t.call(t.number(n.Type)+"."+string(n.Name), t.nodes(n.Args)...)
	case n.Name == constraint.NumNulls || n.Name == constraint.NumNonNulls:
		args := make([]code, len(n.Args))
		for i, arg := range n.Args {
			if raw, ok := t.raw(arg); ok {
				args[i] = raw
			} else {
				args[i] = t.node(arg)
			}
		}
		return t.call(string(n.Name), args...)
	}
	return t.call(string(n.Name), t.nodes(n.Args)...)
}

func (t *tree) match(n constraint.Match) code {
	x := t.node(n.X)
	if n.Regex.ASCII {
		x = t.call("only_ascii", x)
	}
	out := t.call("matches", x, word(quote(n.Regex.Pattern)))
	if n.Regex.NotRE2 != "" {
		out = t.call("matches_re", x, word(quote(n.Regex.Python)))
	}
	if n.Not {
		return t.call("not_", out)
	}
	return out
}
