package golang

import (
	"strconv"

	"github.com/trefoil-sql/trefoil/internal/constraint"
)

// node writes an expression of a tree as calls of the runtime's functions.
func (g *generator) node(n constraint.Node, in map[string]pair) string {
	switch n := n.(type) {
	case constraint.Column:
		return variable(in[n.Name])
	case constraint.Const:
		return g.value(n)
	case constraint.All:
		return g.lazy("trefoilAll", in, n.Args...)
	case constraint.Any:
		return g.lazy("trefoilAny", in, n.Args...)
	case constraint.Coalesce:
		return g.lazy("trefoilCoalesce", in, n.Args...)
	case constraint.Case:
		return g.lazy("trefoilCase", in, constraint.Children(n)...)
	case constraint.Cmp:
		return g.call(comparisons[n.Op], g.eager(in, n.Left, n.Right)...)
	case constraint.Distinct:
		return g.not(n.Not, g.call("trefoilDistinct", g.eager(in, n.Left, n.Right)...))
	case constraint.Member:
		return g.not(n.Not, g.call("trefoilIn", append(g.eager(in, n.X), g.values(n.List)...)...))
	case constraint.Negation:
		return g.not(true, g.node(n.X, in))
	case constraint.IsNull:
		return g.not(n.Not, g.call("trefoilIsNull", g.eager(in, n.X)...))
	case constraint.Extremum:
		name := "trefoilLeast"
		if n.Greatest {
			name = "trefoilGreatest"
		}
		return g.call(name, g.eager(in, n.Args...)...)
	case constraint.Quantified:
		g.used[comparisons[n.Op]] = true
		return g.call("trefoilQuantified", g.node(n.X, in), comparisons[n.Op], strconv.FormatBool(n.All), g.node(n.Array, in))
	case constraint.Arith:
		return g.arithmetic(n, in)
	case constraint.Match:
		name := "trefoilMatch"
		if n.Regex.ASCII {
			name = "trefoilMatchASCII"
		}
		return g.not(n.Not, g.call(name, g.node(n.X, in), g.pattern(n.Regex)))
	case constraint.Cast:
		return g.cast(n, in)
	case constraint.Func:
		return g.postgres(n, in)
	}
	panic("the model gave an expression that is not enforceable")
}

var comparisons = map[constraint.CompareOp]string{
	constraint.LT: "trefoilLT", constraint.LE: "trefoilLE", constraint.GT: "trefoilGT", constraint.GE: "trefoilGE",
	constraint.EQ: "trefoilEQ", constraint.NE: "trefoilNE",
}

func (g *generator) not(not bool, x string) string {
	if not {
		return g.call("trefoilNot", x)
	}
	return x
}

func (g *generator) eager(in map[string]pair, args ...constraint.Node) []string {
	var code []string
	for _, arg := range args {
		code = append(code, g.node(arg, in))
	}
	return code
}

// lazy calls a function with arguments that are evaluated only when they are reached.
func (g *generator) lazy(name string, in map[string]pair, args ...constraint.Node) string {
	var code []string
	for _, arg := range args {
		code = append(code, function("() any", g.node(arg, in)))
	}
	g.used[name] = true
	return stacked(name, code)
}

func (g *generator) values(list []constraint.Const) []string {
	var code []string
	for _, k := range list {
		code = append(code, g.value(k))
	}
	return code
}

// value writes a constant.
func (g *generator) value(k constraint.Const) string {
	if k.Null {
		return "nil"
	}
	switch k.Type.Class {
	case constraint.BoolClass:
		return strconv.FormatBool(k.Text == "true")
	case constraint.IntClass:
		return g.call("trefoilInt", k.Text)
	case constraint.NumericClass:
		return g.call("trefoilNumberConst", lit(k.Text))
	case constraint.FloatClass:
		return g.call("trefoilFloatConst", lit(k.Text))
	case constraint.DateClass, constraint.TimestampClass, constraint.TimestampTZClass:
		return g.call("trefoilMomentConst", lit(k.Text))
	case constraint.JSONClass:
		return g.call("trefoilDocument", apply("[]byte", lit(k.Text)))
	case constraint.ArrayClass:
		return g.call("trefoilListConst", g.values(k.Elems)...)
	default:
		return lit(k.Text)
	}
}

func (g *generator) arithmetic(n constraint.Arith, in map[string]pair) string {
	args := []string{g.node(n.Left, in), lit(string(n.Op)), g.node(n.Right, in)}
	switch n.Type.Class {
	case constraint.IntClass:
		return g.call("trefoilIntArith", append(args, strconv.Itoa(n.Type.Size))...)
	case constraint.NumericClass:
		return g.call("trefoilNumericArith", args...)
	default:
		return g.call("trefoilFloatArith", args...)
	}
}

// casts are the runtime's functions; "" keeps the value as it is. Those to an integer take its size as well.
var casts = map[constraint.CastPair]string{
	{From: constraint.IntClass, To: constraint.IntClass}:        "trefoilIntToInt",
	{From: constraint.IntClass, To: constraint.NumericClass}:    "trefoilIntToNumeric",
	{From: constraint.IntClass, To: constraint.FloatClass}:      "trefoilIntToFloat",
	{From: constraint.IntClass, To: constraint.TextClass}:       "trefoilIntToText",
	{From: constraint.NumericClass, To: constraint.IntClass}:    "trefoilNumericToInt",
	{From: constraint.NumericClass, To: constraint.FloatClass}:  "trefoilNumericToFloat",
	{From: constraint.FloatClass, To: constraint.FloatClass}:    "",
	{From: constraint.BoolClass, To: constraint.IntClass}:       "trefoilBoolToInt",
	{From: constraint.BoolClass, To: constraint.TextClass}:      "trefoilBoolToText",
	{From: constraint.PaddedClass, To: constraint.TextClass}:    "trefoilUnpadded",
	{From: constraint.FoldedClass, To: constraint.TextClass}:    "",
	{From: constraint.DateClass, To: constraint.TimestampClass}: "",
	{From: constraint.TextClass, To: constraint.IntClass}:       "trefoilTextToInt",
	{From: constraint.TextClass, To: constraint.NumericClass}:   "trefoilTextToNumeric",
	{From: constraint.UUIDClass, To: constraint.TextClass}:      "",
	{From: constraint.EnumClass, To: constraint.TextClass}:      "",
}

func (g *generator) cast(n constraint.Cast, in map[string]pair) string {
	from := constraint.TypeOf(n.X).Class
	name := casts[constraint.CastPair{From: from, To: n.To.Class}]
	switch {
	case name == "":
		return g.node(n.X, in)
	case n.To.Class == constraint.IntClass && from != constraint.BoolClass:
		return g.call(name, g.node(n.X, in), strconv.Itoa(n.To.Size))
	}
	return g.call(name, g.node(n.X, in))
}

// functions are the runtime's, by their names in PostgreSQL. Those that differ by class are in postgres.
var functions = map[constraint.FuncName]string{
	constraint.CharLength: "trefoilCharLength", constraint.OctetLength: "trefoilOctetLength",
	constraint.Lower: "trefoilLower", constraint.Upper: "trefoilUpper", constraint.BTrim: "trefoilBTrim",
	constraint.LTrim: "trefoilLTrim", constraint.RTrim: "trefoilRTrim", constraint.Concat: "trefoilConcat",
	constraint.StartsWith: "trefoilStartsWith", constraint.StrPos: "trefoilStrPos", constraint.Left: "trefoilLeft",
	constraint.Right: "trefoilRight", constraint.Substr: "trefoilSubstr", constraint.Replace: "trefoilReplace",
	constraint.Round: "trefoilRound", constraint.Trunc: "trefoilTrunc",
	constraint.JSONTypeOf: "trefoilJSONTypeOf", constraint.JSONArrayLength: "trefoilJSONArrayLength",
	constraint.JSONKey: "trefoilJSONKey", constraint.JSONIndex: "trefoilJSONIndex", constraint.JSONStep: "trefoilJSONStep",
	constraint.JSONText: "trefoilJSONText", constraint.JSONHas: "trefoilJSONHas", constraint.JSONContains: "trefoilJSONContains",
	constraint.Cardinality: "trefoilCardinality", constraint.ArrayLength: "trefoilArrayLength",
	constraint.ArrayContains: "trefoilArrayContains", constraint.ArrayOverlaps: "trefoilArrayOverlaps",
	constraint.ArrayPosition: "trefoilArrayPosition",
	constraint.NumNonNulls:   "trefoilNumNonNulls", constraint.NumNulls: "trefoilNumNulls",
}

// postgres calls one of PostgreSQL's functions.
func (g *generator) postgres(n constraint.Func, in map[string]pair) string {
	args := g.eager(in, n.Args...)
	var of constraint.Type
	if len(n.Args) > 0 {
		of = constraint.TypeOf(n.Args[0])
	}
	kind := map[constraint.Class]string{
		constraint.IntClass: "Int", constraint.NumericClass: "Numeric", constraint.FloatClass: "Float",
	}[of.Class]
	switch {
	case n.Name == constraint.OctetLength && of.Class == constraint.ByteaClass:
		return g.call("trefoilByteaLength", args...)
	case n.Name == constraint.Abs && of.Class == constraint.IntClass:
		return g.call("trefoilIntAbs", append(args, strconv.Itoa(n.Type.Size))...)
	case n.Name == constraint.Abs:
		return g.call("trefoil"+kind+"Abs", args...)
	case n.Name == constraint.Floor:
		return g.call("trefoil"+kind+"Floor", args...)
	case n.Name == constraint.Ceil:
		return g.call("trefoil"+kind+"Ceil", args...)
	}
	return g.call(functions[n.Name], args...)
}
