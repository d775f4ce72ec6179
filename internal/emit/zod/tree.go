package zod

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/trefoil-sql/trefoil/internal/constraint"
)

// tree writes a condition as calls of the module sql. column says where a column's value is found.
func (w *writer) tree(n constraint.Node, column func(constraint.Column) operand) code {
	w.usesSQL = true
	return treeWriter{w, column}.node(n)
}

type treeWriter struct {
	*writer
	column func(constraint.Column) operand
}

// fn is a call of one of the module's functions.
func fn(name string, args ...code) code { return call{"sql." + name + "(", args, ")"} }

// passes is a function that tells whether a value passes trees, each written by itself. It has no parameter that it does
// not use.
func passes(parameter string, trees []constraint.Node, write func(i int) code) code {
	reads := func(n constraint.Node) bool { return len(constraint.Columns(n)) > 0 }
	if !slices.ContainsFunc(trees, reads) {
		parameter = ""
	}
	thunks := make([]code, len(trees))
	for i := range trees {
		thunks[i] = thunk(write(i))
	}
	return prefixed{"(" + parameter + ") => ", fn("passes", thunks...)}
}

// thunk is a value that is only computed when it is asked for.
func thunk(c code) code { return prefixed{"() => ", c} }

func (t treeWriter) node(n constraint.Node) code {
	switch n := n.(type) {
	case constraint.Column:
		return t.bound(t.column(n), n)
	case constraint.Const:
		return constant(n)
	case constraint.Cmp:
		return fn(comparisonNames[n.Op], t.node(n.Left), t.node(n.Right))
	case constraint.Distinct:
		return negated(fn("distinct", t.node(n.Left), t.node(n.Right)), n.Not)
	case constraint.Member:
		return negated(fn("isIn", t.node(n.X), call{"[", constants(n.List), "]"}), n.Not)
	case constraint.Quantified:
		return fn(quantifier(n), t.node(n.X), raw("sql."+comparisonNames[n.Op]), t.node(n.Array))
	case constraint.All:
		return t.lazy("and", n.Args)
	case constraint.Any:
		return t.lazy("or", n.Args)
	case constraint.Coalesce:
		return t.lazy("coalesce", n.Args)
	case constraint.Negation:
		return negated(t.node(n.X), true)
	case constraint.Case:
		return t.caseOf(n)
	case constraint.Extremum:
		return fn(map[bool]string{true: "greatest", false: "least"}[n.Greatest], t.nodes(n.Args)...)
	}
	return t.computed(n)
}

// computed writes the nodes that take part in a computation, and those that look at a value as it is.
func (t treeWriter) computed(n constraint.Node) code {
	switch n := n.(type) {
	case constraint.IsNull:
		return prefixed{map[bool]string{true: "!"}[n.Not], fn("isNull", t.presence(n.X, true))}
	case constraint.Arith:
		return t.arithmetic(n)
	case constraint.Cast:
		return t.cast(n)
	case constraint.Func:
		return t.function(n)
	case constraint.Match:
		name := "matches"
		if n.Regex.ASCII {
			name = "matchesAscii"
		}
		return negated(fn(name, t.node(n.X), raw(regex(n.Regex))), n.Not)
	}
	t.fail(fmt.Errorf("no TypeScript for a condition of type %T", n))
	return raw("null")
}

func (t treeWriter) nodes(list []constraint.Node) []code {
	out := make([]code, len(list))
	for i, n := range list {
		out[i] = t.node(n)
	}
	return out
}

// lazy writes a call whose arguments after the first are only computed when they are needed.
func (t treeWriter) lazy(name string, args []constraint.Node) code {
	list := t.nodes(args)
	for i := range list[1:] {
		list[i+1] = thunk(list[i+1])
	}
	return fn(name, list...)
}

func (t treeWriter) caseOf(n constraint.Case) code {
	out := t.node(n.Else)
	for i := len(n.Whens) - 1; i >= 0; i-- {
		w := n.Whens[i]
		out = fn("choose", t.node(w.Cond), thunk(t.node(w.Result)), thunk(out))
	}
	return out
}

func negated(c code, not bool) code {
	if !not {
		return c
	}
	return fn("not", c)
}

// comparisonNames are the functions for the operators.
var comparisonNames = map[constraint.CompareOp]string{
	constraint.LT: "lt", constraint.LE: "le", constraint.GT: "gt", constraint.GE: "ge", constraint.EQ: "eq", constraint.NE: "ne",
}

func quantifier(n constraint.Quantified) string {
	if n.All {
		return "every"
	}
	return "some"
}

// classNames end the names of functions that there are for several classes.
var classNames = map[constraint.Class]string{
	constraint.BoolClass: "Bool", constraint.IntClass: "Int", constraint.NumericClass: "Numeric", constraint.FloatClass: "Float",
	constraint.TextClass: "Text",
}

var arithNames = map[constraint.ArithOp]string{
	constraint.Add: "add", constraint.Sub: "sub", constraint.Mul: "mul", constraint.Div: "div", constraint.Mod: "mod",
}

func (t treeWriter) arithmetic(n constraint.Arith) code {
	args := []code{t.node(n.Left), t.node(n.Right)}
	return fn(arithNames[n.Op]+classNames[n.Type.Class], sized(args, n.Type)...)
}

// sized adds the width of an integer that a function gives.
func sized(args []code, t constraint.Type) []code {
	if t.Class == constraint.IntClass {
		return append(args, raw(strconv.Itoa(t.Size)))
	}
	return args
}

// cast writes the casts that change how a value is held here.
func (t treeWriter) cast(n constraint.Cast) code {
	x := t.node(n.X)
	from := constraint.TypeOf(n.X)
	pair := constraint.CastPair{From: from.Class, To: n.To.Class}
	switch {
	case pair.From == constraint.PaddedClass:
		return fn("unpadded", x)
	case pair.From == constraint.IntClass && pair.To == constraint.IntClass:
		if n.To.Size >= from.Size {
			return x
		}
		return fn("toInt", sized([]code{x}, n.To)...)
	case pair.To == constraint.TextClass && (pair.From == constraint.IntClass || pair.From == constraint.BoolClass):
		return fn("toText", x)
	case classNames[pair.From] == "" || classNames[pair.To] == "" || pair.From == pair.To:
		return x
	}
	args := []code{x}
	if pair.From == constraint.NumericClass || pair.From == constraint.TextClass {
		args = sized(args, n.To)
	}
	return fn(strings.ToLower(classNames[pair.From])+"To"+classNames[pair.To], args...)
}

// function writes a call of a function of PostgreSQL's.
func (t treeWriter) function(n constraint.Func) code {
	class := constraint.TypeOf(n.Args[0]).Class
	switch n.Name {
	case constraint.NumNulls, constraint.NumNonNulls:
		args := make([]code, len(n.Args))
		for i, arg := range n.Args {
			args[i] = t.presence(arg, false)
		}
		return fn(functionName(n.Name), args...)
	case constraint.OctetLength:
		if class == constraint.ByteaClass {
			return fn("byteLength", t.node(n.Args[0]))
		}
	case constraint.Abs, constraint.Floor, constraint.Ceil:
		return fn(string(n.Name)+classNames[class], sized(t.nodes(n.Args), n.Type)...)
	case constraint.Round, constraint.Trunc:
		return fn(string(n.Name), t.node(n.Args[0]), plainInt(n.Args[1]))
	case constraint.ArrayLength:
		return fn("arrayLength", t.counted(n.Args[0]), plainInt(n.Args[1]))
	case constraint.Cardinality:
		return fn("cardinality", t.counted(n.Args[0]))
	}
	return fn(functionName(n.Name), t.nodes(n.Args)...)
}

// functionName is a function's name in TypeScript: charLength for char_length.
func functionName(name constraint.FuncName) string {
	switch name {
	case constraint.NumNonNulls:
		return "numNonNulls"
	case constraint.NumNulls:
		return "numNulls"
	}
	words := strings.Split(string(name), "_")
	for i, word := range words[1:] {
		words[i+1] = strings.ToUpper(word[:1]) + word[1:]
	}
	return strings.Join(words, "")
}

// plainInt writes a constant integer as a number.
func plainInt(n constraint.Node) code {
	if k, ok := n.(constraint.Const); ok && !k.Null {
		return raw(k.Text)
	}
	return raw("null")
}
