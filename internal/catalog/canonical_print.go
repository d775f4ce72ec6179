package catalog

import (
	"strconv"
	"strings"

	pg_query "github.com/pganalyze/pg_query_go/v5"
)

// printPlain prints an expression of the common kinds as the parser's printer does, without the detour through its message
// format. It is false for what it does not print, and where it is not sure that the text parses to the expression.
func printPlain(n *pg_query.Node) (string, bool) {
	var p plainPrinter
	if !p.expr(n) || p.bracketed && p.unsure {
		return "", false
	}
	return p.String(), true
}

// plainPrinter writes one expression. Its methods are false for what they do not print.
type plainPrinter struct {
	strings.Builder
	// bracketed: an operand that is not plain stands in brackets. Without such ones there is but one form, sure or not.
	bracketed bool
	// unsure: there is something in the text that may not be read as it was meant.
	unsure bool
}

func (p *plainPrinter) expr(n *pg_query.Node) bool {
	switch x := n.GetNode().(type) {
	case *pg_query.Node_ColumnRef:
		return p.name(x.ColumnRef.Fields)
	case *pg_query.Node_AConst:
		return p.constant(x.AConst)
	case *pg_query.Node_TypeCast:
		return p.cast(x.TypeCast)
	case *pg_query.Node_FuncCall:
		return p.call(x.FuncCall)
	case *pg_query.Node_AExpr:
		return p.operator(x.AExpr)
	case *pg_query.Node_BoolExpr:
		return p.logic(x.BoolExpr)
	case *pg_query.Node_NullTest:
		return p.operand(x.NullTest.Arg) && p.oneOf(nullTestWords[x.NullTest.Nulltesttype])
	case *pg_query.Node_BooleanTest:
		arg := x.BooleanTest.Arg
		return (arg.GetBoolExpr() != nil && p.inBrackets(arg) || p.operand(arg)) && p.oneOf(boolTestWords[x.BooleanTest.Booltesttype])
	case *pg_query.Node_SqlvalueFunction:
		return p.valueFunction(x.SqlvalueFunction)
	case *pg_query.Node_AArrayExpr:
		return p.list("ARRAY[", x.AArrayExpr.Elements, ", ", "]")
	case *pg_query.Node_CoalesceExpr:
		return p.list("COALESCE(", x.CoalesceExpr.Args, ", ", ")")
	}
	return false
}

var nullTestWords = map[pg_query.NullTestType]string{
	pg_query.NullTestType_IS_NULL: " IS NULL", pg_query.NullTestType_IS_NOT_NULL: " IS NOT NULL",
}

var boolTestWords = map[pg_query.BoolTestType]string{
	pg_query.BoolTestType_IS_TRUE: " IS TRUE", pg_query.BoolTestType_IS_NOT_TRUE: " IS NOT TRUE",
	pg_query.BoolTestType_IS_FALSE: " IS FALSE", pg_query.BoolTestType_IS_NOT_FALSE: " IS NOT FALSE",
	pg_query.BoolTestType_IS_UNKNOWN: " IS UNKNOWN", pg_query.BoolTestType_IS_NOT_UNKNOWN: " IS NOT UNKNOWN",
}

// oneOf writes a word out of a table, which has none for what is not printed.
func (p *plainPrinter) oneOf(word string) bool {
	p.WriteString(word)
	return word != ""
}

// operand prints an operand that needs no brackets.
func (p *plainPrinter) operand(n *pg_query.Node) bool {
	return n != nil && isPlainOperand(n) && p.expr(n)
}

func (p *plainPrinter) inBrackets(n *pg_query.Node) bool {
	p.bracketed = true
	p.WriteByte('(')
	ok := p.expr(n)
	p.WriteByte(')')
	return ok
}

func (p *plainPrinter) list(before string, nodes []*pg_query.Node, between, after string) bool {
	p.WriteString(before)
	for i, n := range nodes {
		if i > 0 {
			p.WriteString(between)
		}
		if !p.expr(n) {
			return false
		}
	}
	p.WriteString(after)
	return true
}

// name prints a name that may be qualified.
func (p *plainPrinter) name(parts []*pg_query.Node) bool {
	for i, part := range parts {
		s := part.GetString_()
		if s == nil {
			return false
		}
		if i > 0 {
			p.WriteByte('.')
		}
		p.WriteString(quoteIdent(s.Sval))
		p.unsure = p.unsure || isKeyword(s.Sval)
	}
	return len(parts) > 0
}

func (p *plainPrinter) constant(c *pg_query.A_Const) bool {
	switch v := c.Val.(type) {
	case *pg_query.A_Const_Ival:
		p.WriteString(strconv.Itoa(int(v.Ival.GetIval())))
	case *pg_query.A_Const_Fval:
		p.WriteString(v.Fval.GetFval())
	case *pg_query.A_Const_Boolval:
		p.WriteString(strconv.FormatBool(v.Boolval.GetBoolval()))
	case *pg_query.A_Const_Sval:
		p.text(v.Sval.GetSval())
	default:
		p.WriteString("NULL")
		return c.Val == nil && c.Isnull
	}
	return true
}

// text prints a string, with doubled quotes and backslashes.
func (p *plainPrinter) text(s string) {
	if strings.Contains(s, `\`) {
		p.WriteByte('E')
		s = strings.ReplaceAll(s, `\`, `\\`)
	}
	p.WriteByte('\'')
	p.WriteString(strings.ReplaceAll(s, "'", "''"))
	p.WriteByte('\'')
}

// call prints a call that is written as one, and is no aggregate's.
func (p *plainPrinter) call(c *pg_query.FuncCall) bool {
	special := len(c.Funcname) == 2 && c.Funcname[0].GetString_().GetSval() == "pg_catalog"
	if special || c.Funcformat != pg_query.CoercionForm_COERCE_EXPLICIT_CALL || c.AggStar || c.AggDistinct || c.FuncVariadic ||
		c.AggWithinGroup || len(c.AggOrder) > 0 || c.AggFilter != nil || c.Over != nil {
		return false
	}
	return p.name(c.Funcname) && p.list("(", c.Args, ", ", ")")
}

var valueFunctionWords = map[pg_query.SQLValueFunctionOp]string{
	pg_query.SQLValueFunctionOp_SVFOP_CURRENT_DATE:        "current_date",
	pg_query.SQLValueFunctionOp_SVFOP_CURRENT_TIME:        "current_time",
	pg_query.SQLValueFunctionOp_SVFOP_CURRENT_TIMESTAMP:   "current_timestamp",
	pg_query.SQLValueFunctionOp_SVFOP_CURRENT_TIMESTAMP_N: "current_timestamp",
	pg_query.SQLValueFunctionOp_SVFOP_LOCALTIMESTAMP:      "localtimestamp",
	pg_query.SQLValueFunctionOp_SVFOP_CURRENT_USER:        "current_user",
	pg_query.SQLValueFunctionOp_SVFOP_SESSION_USER:        "session_user",
}

func (p *plainPrinter) valueFunction(f *pg_query.SQLValueFunction) bool {
	ok := p.oneOf(valueFunctionWords[f.Op])
	if f.Typmod != -1 {
		p.WriteString("(" + strconv.Itoa(int(f.Typmod)) + ")")
	}
	return ok
}

// logic prints AND, OR and NOT. The parser puts an AND that begins another one into it: such a tree is none of its own.
func (p *plainPrinter) logic(x *pg_query.BoolExpr) bool {
	between := ""
	switch {
	case x.Boolop == pg_query.BoolExprType_NOT_EXPR && len(x.Args) == 1:
		p.WriteString("NOT ")
	case x.Boolop == pg_query.BoolExprType_AND_EXPR:
		between = " AND "
	case x.Boolop == pg_query.BoolExprType_OR_EXPR:
		between = " OR "
	default:
		return false
	}
	for i, arg := range x.Args {
		inner := arg.GetBoolExpr()
		if i > 0 {
			p.WriteString(between)
		}
		p.unsure = p.unsure || i == 0 && between != "" && inner.GetBoolop() == x.Boolop
		if inner != nil && inner.Boolop != pg_query.BoolExprType_NOT_EXPR {
			p.WriteByte('(')
		}
		if !p.expr(arg) {
			return false
		}
		if inner != nil && inner.Boolop != pg_query.BoolExprType_NOT_EXPR {
			p.WriteByte(')')
		}
	}
	return true
}
