package constraint_test

import (
	"fmt"
	"strings"

	"github.com/trefoil-sql/trefoil/internal/catalog"
	"github.com/trefoil-sql/trefoil/internal/constraint"
)

// The functions of this file build the trees that the parser gives for the SQL that sql() writes for them.

func col(name string) catalog.Expr { return &catalog.ColumnRef{Name: name} }

func str(s string) catalog.Expr {
	return &catalog.Literal{Kind: catalog.StringLiteral, Value: s}
}

func num(s string) catalog.Expr {
	if digits, ok := strings.CutPrefix(s, "-"); ok {
		return &catalog.Op{Name: "-", Right: num(digits)}
	}
	kind := catalog.IntLiteral
	if strings.ContainsAny(s, ".e") {
		kind = catalog.NumericLiteral
	}
	return &catalog.Literal{Kind: kind, Value: s}
}

func null() catalog.Expr { return &catalog.Literal{Kind: catalog.NullLiteral} }

func boolean(b bool) catalog.Expr {
	return &catalog.Literal{Kind: catalog.BoolLiteral, Value: fmt.Sprint(b)}
}

func op(left catalog.Expr, name string, right catalog.Expr) catalog.Expr {
	return &catalog.Op{Name: name, Left: left, Right: right}
}

func and(args ...catalog.Expr) catalog.Expr { return &catalog.Bool{Op: catalog.And, Args: args} }
func or(args ...catalog.Expr) catalog.Expr  { return &catalog.Bool{Op: catalog.Or, Args: args} }
func not(arg catalog.Expr) catalog.Expr {
	return &catalog.Bool{Op: catalog.Not, Args: []catalog.Expr{arg}}
}

func isNull(arg catalog.Expr) catalog.Expr    { return &catalog.NullTest{Arg: arg} }
func isNotNull(arg catalog.Expr) catalog.Expr { return &catalog.NullTest{Arg: arg, Not: true} }

func in(left catalog.Expr, list ...catalog.Expr) catalog.Expr {
	return &catalog.In{Left: left, List: list}
}

func notIn(left catalog.Expr, list ...catalog.Expr) catalog.Expr {
	return &catalog.In{Left: left, List: list, Not: true}
}

func between(arg, low, high catalog.Expr) catalog.Expr {
	return &catalog.Between{Arg: arg, Low: low, High: high}
}

func call(name string, args ...catalog.Expr) catalog.Expr {
	return &catalog.Call{Name: name, Args: args}
}

func cast(arg catalog.Expr, typ string, mods ...int32) catalog.Expr {
	t := base(typ, mods...)
	if elem, ok := strings.CutSuffix(typ, "[]"); ok {
		t = base(elem, mods...)
		t.Array, t.Dims = true, 1
	}
	return &catalog.Cast{Arg: arg, Type: t}
}

func array(elements ...catalog.Expr) catalog.Expr { return &catalog.Array{Elements: elements} }

func anyOf(left, right catalog.Expr) catalog.Expr {
	return &catalog.Quantified{Op: "=", Left: left, Right: right}
}

func allOf(left, right catalog.Expr) catalog.Expr {
	return &catalog.Quantified{Op: "<>", All: true, Left: left, Right: right}
}

func base(name string, mods ...int32) catalog.Type {
	return catalog.Type{Name: catalog.Name{Schema: "pg_catalog", Name: name}, Kind: catalog.BaseType, Mods: mods}
}

// columns are those of the table that the tests' CHECKs are on.
var columns = map[string]catalog.Type{
	"t": base("text"), "v": base("varchar", 8), "w": base("text"), "c": base("bpchar", 4),
	"s": base("int2"), "i": base("int4"), "b": base("int8"), "n": base("numeric", 12, 4), "u": base("numeric"),
	"f": base("float8"), "r": base("float4"), "j": base("jsonb"), "k": base("json"), "o": base("bool"),
	"a": {Name: catalog.Name{Schema: "pg_catalog", Name: "text"}, Kind: catalog.BaseType, Array: true, Dims: 1},
}

func compile(e catalog.Expr) constraint.Rule {
	check := catalog.Check{Name: "k", Expression: catalog.Expression{Tree: e, SQL: sql(e)}}
	return constraint.Compile(check, constraint.Scope{Column: func(name string) (catalog.Type, bool) {
		t, ok := columns[name]
		return t, ok
	}})
}

// sql writes a tree as SQL.
func sql(e catalog.Expr) string {
	switch e := e.(type) {
	case *catalog.ColumnRef:
		return e.Name
	case *catalog.Literal:
		return literalSQL(e)
	case *catalog.Cast:
		return fmt.Sprintf("(%s)::%s", sql(e.Arg), typeSQL(e.Type))
	case *catalog.Op:
		if e.Left == nil {
			return fmt.Sprintf("(%s %s)", e.Name, sql(e.Right))
		}
		return fmt.Sprintf("(%s %s %s)", sql(e.Left), e.Name, sql(e.Right))
	case *catalog.Quantified:
		word := "ANY"
		if e.All {
			word = "ALL"
		}
		return fmt.Sprintf("(%s %s %s (%s))", sql(e.Left), e.Op, word, sql(e.Right))
	case *catalog.In:
		return fmt.Sprintf("(%s %sIN (%s))", sql(e.Left), unless(e.Not), list(e.List, ", "))
	case *catalog.Between:
		symmetric := ""
		if e.Symmetric {
			symmetric = "SYMMETRIC "
		}
		return fmt.Sprintf("(%s %sBETWEEN %s%s AND %s)", sql(e.Arg), unless(e.Not), symmetric, sql(e.Low), sql(e.High))
	case *catalog.Bool:
		if e.Op == catalog.Not {
			return fmt.Sprintf("(NOT %s)", sql(e.Args[0]))
		}
		return "(" + list(e.Args, " "+strings.ToUpper(string(e.Op))+" ") + ")"
	case *catalog.NullTest:
		return fmt.Sprintf("(%s IS %sNULL)", sql(e.Arg), unless(e.Not))
	case *catalog.Call:
		return fmt.Sprintf("%s(%s)", e.Name, list(e.Args, ", "))
	case *catalog.Like:
		word := map[string]string{"like": "LIKE", "ilike": "ILIKE", "similar": "SIMILAR TO"}[e.Kind]
		return fmt.Sprintf("(%s %s%s %s)", sql(e.Arg), unless(e.Not), word, sql(e.Pattern))
	case *catalog.Opaque:
		return e.SQL
	case *catalog.Array:
		return fmt.Sprintf("ARRAY[%s]", list(e.Elements, ", "))
	}
	panic(fmt.Sprintf("no SQL for %T", e))
}

func literalSQL(e *catalog.Literal) string {
	switch e.Kind {
	case catalog.StringLiteral:
		return "'" + strings.ReplaceAll(e.Value, "'", "''") + "'"
	case catalog.NullLiteral:
		return "NULL"
	default:
		return e.Value
	}
}

func unless(not bool) string {
	if not {
		return "NOT "
	}
	return ""
}

func list(exprs []catalog.Expr, sep string) string {
	parts := make([]string, len(exprs))
	for i, e := range exprs {
		parts[i] = sql(e)
	}
	return strings.Join(parts, sep)
}

func typeSQL(t catalog.Type) string {
	s := t.Name.Name
	if len(t.Mods) > 0 {
		s += strings.ReplaceAll(fmt.Sprintf("(%v)", t.Mods), " ", ",")
		s = strings.NewReplacer("([", "(", "])", ")").Replace(s)
	}
	if t.Array {
		s += "[]"
	}
	return s
}
