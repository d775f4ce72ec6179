package catalog

import (
	"strconv"
	"strings"

	pg_query "github.com/pganalyze/pg_query_go/v5"

	"github.com/trefoil-sql/trefoil/internal/source"
)

// newExpression makes an Expression of a parsed one. start and end are its place in the file, in bytes; if they name
// no range, the place is what the tokens of the expression cover.
func newExpression(place exprPlace, n *pg_query.Node, start, end int) *Expression {
	return newConverter(place).expression(n, start, end)
}

// newDomainExpression is newExpression for a domain's CHECK, where VALUE is the value tested.
func newDomainExpression(place exprPlace, n *pg_query.Node, start, end int) *Expression {
	c := newConverter(place)
	c.domain = true
	return c.expression(n, start, end)
}

func (c converter) expression(n *pg_query.Node, start, end int) *Expression {
	tree := c.expr(n)
	place := c.exprPlace
	span := source.Span{File: place.file, Start: start, End: end}
	if place.file == nil || start < 0 || end <= start || end > len(place.file.Text) {
		span = tree.Span()
	}
	sql := canonicalSQL(n)
	if sql == "" {
		sql = strings.TrimSpace(span.Text())
	}
	return &Expression{SQL: sql, Tree: tree, Span: span}
}

// convertExpr turns an expression of the parser into the catalog's own tree. What that has no node for is Opaque.
func convertExpr(place exprPlace, n *pg_query.Node) Expr {
	return newConverter(place).expr(n)
}

type converter struct {
	exprPlace
	domain bool
	// extents keeps what each node of the tree covers, as every level asks for all below it.
	extents map[*pg_query.Node]extent
}

func newConverter(place exprPlace) converter {
	return converter{exprPlace: place, extents: map[*pg_query.Node]extent{}}
}

func (c converter) place(n *pg_query.Node) Place { return Place{At: c.spanOf(n)} }

// optional keeps a missing operand nil, not a typed nil.
func (c converter) optional(n *pg_query.Node) Expr {
	if n == nil {
		return nil
	}
	return c.expr(n)
}

func (c converter) list(nodes []*pg_query.Node) []Expr {
	var out []Expr
	for _, n := range nodes {
		out = append(out, c.expr(n))
	}
	return out
}

func (c converter) opaque(n *pg_query.Node) Expr { return &Opaque{c.place(n), canonicalSQL(n)} }

// expr converts one node; each kind of node is one line or one method.
func (c converter) expr(n *pg_query.Node) Expr {
	switch x := n.GetNode().(type) {
	case *pg_query.Node_ColumnRef:
		return c.columnRef(n, x.ColumnRef)
	case *pg_query.Node_AConst:
		return c.literal(n, x.AConst)
	case *pg_query.Node_TypeCast:
		return &Cast{c.place(n), c.expr(x.TypeCast.Arg), c.typeOf(x.TypeCast.TypeName)}
	case *pg_query.Node_AExpr:
		return c.operator(n, x.AExpr)
	case *pg_query.Node_BoolExpr:
		return &Bool{c.place(n), boolOps[x.BoolExpr.Boolop], c.list(x.BoolExpr.Args)}
	case *pg_query.Node_NullTest:
		not := x.NullTest.Nulltesttype == pg_query.NullTestType_IS_NOT_NULL
		return &NullTest{c.place(n), c.expr(x.NullTest.Arg), not}
	case *pg_query.Node_BooleanTest:
		t := boolTests[x.BooleanTest.Booltesttype]
		return &BoolTest{c.place(n), c.expr(x.BooleanTest.Arg), t.value, t.not}
	case *pg_query.Node_FuncCall:
		return c.call(n, x.FuncCall)
	case *pg_query.Node_SqlvalueFunction:
		return c.valueFunction(n, x.SqlvalueFunction)
	case *pg_query.Node_CaseExpr:
		return c.caseExpr(n, x.CaseExpr)
	case *pg_query.Node_CollateClause:
		names := stringsOf(x.CollateClause.Collname)
		return &Collate{c.place(n), c.expr(x.CollateClause.Arg), strings.Join(names, ".")}
	case *pg_query.Node_AIndirection:
		return c.indirection(n, x.AIndirection)
	default:
		return c.listLike(n)
	}
}

// listLike converts the constructs that hold a plain list of expressions.
func (c converter) listLike(n *pg_query.Node) Expr {
	switch x := n.GetNode().(type) {
	case *pg_query.Node_CoalesceExpr:
		return &Coalesce{c.place(n), c.list(x.CoalesceExpr.Args)}
	case *pg_query.Node_MinMaxExpr:
		greatest := x.MinMaxExpr.Op == pg_query.MinMaxOp_IS_GREATEST
		return &MinMax{c.place(n), greatest, c.list(x.MinMaxExpr.Args)}
	case *pg_query.Node_AArrayExpr:
		return &Array{c.place(n), c.list(x.AArrayExpr.Elements)}
	case *pg_query.Node_RowExpr:
		return &Row{c.place(n), c.list(x.RowExpr.Args)}
	}
	return c.opaque(n)
}

// columnRef leaves x.* to Opaque: it is no single value.
func (c converter) columnRef(n *pg_query.Node, ref *pg_query.ColumnRef) Expr {
	names := stringsOf(ref.Fields)
	if len(names) == 0 || len(names) != len(ref.Fields) {
		return c.opaque(n)
	}
	last := len(names) - 1
	name := names[last]
	if c.domain && last == 0 && name == "value" {
		name = "VALUE" // to the parser it is a name like any other
	}
	return &ColumnRef{c.place(n), qualifier(names[:last]), name}
}

// stringsOf lists the String nodes of a name.
func stringsOf(nodes []*pg_query.Node) []string {
	var out []string
	for _, n := range nodes {
		if s := n.GetString_(); s != nil {
			out = append(out, s.Sval)
		}
	}
	return out
}

func (c converter) literal(n *pg_query.Node, k *pg_query.A_Const) Expr {
	kind, value := NullLiteral, ""
	switch v := k.Val.(type) {
	case *pg_query.A_Const_Ival:
		kind, value = IntLiteral, strconv.Itoa(int(v.Ival.GetIval()))
	case *pg_query.A_Const_Fval:
		kind, value = numberKind(v.Fval.GetFval()), v.Fval.GetFval()
	case *pg_query.A_Const_Boolval:
		kind, value = BoolLiteral, strconv.FormatBool(v.Boolval.GetBoolval())
	case *pg_query.A_Const_Sval:
		kind, value = StringLiteral, v.Sval.GetSval()
	case *pg_query.A_Const_Bsval:
		kind, value = BitLiteral, v.Bsval.GetBsval()
	}
	return &Literal{c.place(n), kind, value}
}

// numberKind tells an integer too large for int4, which the parser gives as a float, from a numeric.
func numberKind(text string) LiteralKind {
	if _, err := strconv.ParseInt(text, 0, 64); err == nil {
		return IntLiteral
	}
	return NumericLiteral
}

// typeOf resolves a type's name; one that is not there is kept by name and of unknown kind.
func (c converter) typeOf(t *pg_query.TypeName) Type {
	if c.resolve != nil {
		if resolved, ok := c.resolve(t); ok {
			return resolved
		}
	}
	out := Type{Kind: UnknownType, Array: len(t.GetArrayBounds()) > 0, Dims: len(t.GetArrayBounds())}
	names := stringsOf(t.GetNames())
	if len(names) > 0 {
		out.Name.Name = names[len(names)-1]
		out.Name.Schema = strings.Join(names[:len(names)-1], ".")
	}
	return out
}

var boolOps = map[pg_query.BoolExprType]BoolOp{
	pg_query.BoolExprType_AND_EXPR: And,
	pg_query.BoolExprType_OR_EXPR:  Or,
	pg_query.BoolExprType_NOT_EXPR: Not,
}

var boolTests = map[pg_query.BoolTestType]struct {
	value string
	not   bool
}{
	pg_query.BoolTestType_IS_TRUE:        {"true", false},
	pg_query.BoolTestType_IS_NOT_TRUE:    {"true", true},
	pg_query.BoolTestType_IS_FALSE:       {"false", false},
	pg_query.BoolTestType_IS_NOT_FALSE:   {"false", true},
	pg_query.BoolTestType_IS_UNKNOWN:     {"unknown", false},
	pg_query.BoolTestType_IS_NOT_UNKNOWN: {"unknown", true},
}

func (c converter) caseExpr(n *pg_query.Node, x *pg_query.CaseExpr) Expr {
	out := &Case{Place: c.place(n), Arg: c.optional(x.Arg), Else: c.optional(x.Defresult)}
	for _, arg := range x.Args {
		when := arg.GetCaseWhen()
		out.Whens = append(out.Whens, When{Cond: c.expr(when.GetExpr()), Result: c.expr(when.GetResult())})
	}
	return out
}

// indirection turns a chain of subscripts and fields into nested nodes.
func (c converter) indirection(n *pg_query.Node, x *pg_query.A_Indirection) Expr {
	place := c.place(n)
	e := c.expr(x.Arg)
	for _, step := range x.Indirection {
		switch s := step.GetNode().(type) {
		case *pg_query.Node_AIndices:
			i := s.AIndices
			e = &Subscript{Place: place, Arg: e, Low: c.optional(i.Lidx), High: c.optional(i.Uidx), Slice: i.IsSlice}
			if !i.IsSlice {
				e = &Subscript{Place: place, Arg: e.(*Subscript).Arg, Low: c.optional(i.Uidx)}
			}
		case *pg_query.Node_String_:
			e = &FieldSelect{place, e, s.String_.Sval}
		default:
			return c.opaque(n) // (x).* is no single value
		}
	}
	return e
}

// qualifier copies the names before a column's own; nil without any.
func qualifier(names []string) []string {
	if len(names) == 0 {
		return nil
	}
	return append([]string(nil), names...)
}
