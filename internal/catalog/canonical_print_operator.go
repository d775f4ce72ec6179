package catalog

import (
	"strconv"
	"strings"

	pg_query "github.com/pganalyze/pg_query_go/v5"
)

// operator prints operators and the predicates that are written with keywords.
func (p *plainPrinter) operator(x *pg_query.A_Expr) bool {
	if len(x.Name) != 1 {
		return false
	}
	name := x.Name[0].GetString_().GetSval()
	switch x.Kind {
	case pg_query.A_Expr_Kind_AEXPR_OP:
		left := x.Lexpr == nil || p.side(x.Lexpr) && p.oneOf(" ")
		return left && isOperator(name) && p.oneOf(name+" ") && p.side(x.Rexpr)
	case pg_query.A_Expr_Kind_AEXPR_DISTINCT:
		return p.side(x.Lexpr) && p.oneOf(" IS DISTINCT FROM ") && p.side(x.Rexpr)
	case pg_query.A_Expr_Kind_AEXPR_NOT_DISTINCT:
		return p.operand(x.Lexpr) && p.oneOf(" IS NOT DISTINCT FROM ") && p.operand(x.Rexpr)
	case pg_query.A_Expr_Kind_AEXPR_NULLIF:
		return p.oneOf("NULLIF(") && p.operand(x.Lexpr) && p.oneOf(", ") && p.operand(x.Rexpr) && p.oneOf(")")
	case pg_query.A_Expr_Kind_AEXPR_OP_ANY:
		return p.quantified(x, name, " ANY(")
	case pg_query.A_Expr_Kind_AEXPR_OP_ALL:
		return p.quantified(x, name, " ALL(")
	case pg_query.A_Expr_Kind_AEXPR_LIKE, pg_query.A_Expr_Kind_AEXPR_ILIKE:
		return p.operand(x.Lexpr) && p.oneOf(likeWords[name]) && p.operand(x.Rexpr)
	case pg_query.A_Expr_Kind_AEXPR_IN:
		return p.operand(x.Lexpr) && p.oneOf(inWords[name]) && x.Rexpr.GetList() != nil && p.list("(", x.Rexpr.GetList().Items, ", ", ")")
	}
	if _, ok := betweens[x.Kind]; ok {
		return p.between(x, name)
	}
	return false
}

var (
	likeWords = map[string]string{"~~": " LIKE ", "!~~": " NOT LIKE ", "~~*": " ILIKE ", "!~~*": " NOT ILIKE "}
	inWords   = map[string]string{"=": " IN ", "<>": " NOT IN "}
)

// side prints an operand of an operator, where the printer puts the brackets that are needed for most kinds.
func (p *plainPrinter) side(n *pg_query.Node) bool {
	switch n.GetNode().(type) {
	case *pg_query.Node_AExpr, *pg_query.Node_BoolExpr, *pg_query.Node_NullTest, *pg_query.Node_BooleanTest:
		return p.inBrackets(n)
	}
	return p.operand(n)
}

func (p *plainPrinter) quantified(x *pg_query.A_Expr, name, word string) bool {
	if _, ok := likeWords[name]; ok || !isOperator(name) {
		return false
	}
	return p.operand(x.Lexpr) && p.oneOf(" "+name+word) && p.operand(x.Rexpr) && p.oneOf(")")
}

// between prints the bounds without brackets.
func (p *plainPrinter) between(x *pg_query.A_Expr, name string) bool {
	bounds := x.Rexpr.GetList().GetItems()
	for _, b := range bounds {
		p.unsure = p.unsure || !isPlainOperand(b)
	}
	return len(bounds) == 2 && p.operand(x.Lexpr) && p.list(" "+name+" ", bounds, " AND ", "")
}

// isOperator tells a name of nothing but the characters of operators.
func isOperator(name string) bool { return name != "" && strings.Trim(name, operatorBytes) == "" }

// plainTypes are the names of pg_catalog's types that have a form of their own and take no modifiers of their own kind.
var plainTypes = map[string]string{
	"varchar": "varchar", "numeric": "numeric", "bool": "boolean", "int2": "smallint", "int4": "int", "int8": "bigint",
	"float4": "real", "float8": "double precision", "time": "time", "timestamp": "timestamp",
}

// timeTypes are those that are printed here only without modifiers.
var timeTypes = map[string]string{
	"timestamptz": "timestamp with time zone", "timetz": "time with time zone", "interval": "interval",
}

// cast prints arg::type of an argument that needs no brackets.
func (p *plainPrinter) cast(x *pg_query.TypeCast) bool {
	if !isPlainOperand(x.Arg) {
		return false
	}
	c := x.Arg.GetAConst()
	names := stringsOf(x.TypeName.GetNames())
	if c != nil && len(names) == 1 && names[0] == "point" {
		return false
	}
	if s := c.GetSval(); s != nil && len(names) == 2 && names[0] == "pg_catalog" && names[1] == "bool" && (s.Sval == "t" || s.Sval == "f") {
		p.unsure = true // it is read as a constant without a cast
		return p.oneOf(strconv.FormatBool(s.Sval == "t"))
	}
	number := c.GetFval() != nil
	if number {
		p.WriteByte('(')
	}
	if !p.expr(x.Arg) {
		return false
	}
	if number {
		p.WriteByte(')')
	}
	p.WriteString("::")
	return p.typeName(x.TypeName, names)
}

func (p *plainPrinter) typeName(t *pg_query.TypeName, names []string) bool {
	if t.Setof || t.PctType || len(names) != len(t.Names) {
		return false
	}
	if len(names) == 2 && names[0] == "pg_catalog" {
		word := plainTypes[names[1]]
		if len(t.Typmods) == 0 && word == "" {
			word = timeTypes[names[1]]
		}
		if !p.oneOf(word) {
			return false
		}
	} else if !p.name(t.Names) {
		return false
	}
	for _, m := range t.Typmods {
		if m.GetAConst() == nil {
			return false
		}
	}
	if len(t.Typmods) > 0 && !p.list("(", t.Typmods, ", ", ")") {
		return false
	}
	for _, b := range t.ArrayBounds {
		p.WriteByte('[')
		if n := b.GetInteger(); n != nil && n.Ival != -1 {
			p.WriteString(strconv.Itoa(int(n.Ival)))
		}
		p.WriteByte(']')
	}
	return true
}
