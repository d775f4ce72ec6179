package catalog

import (
	"fmt"
	"strings"

	pg_query "github.com/pganalyze/pg_query_go/v5"
	"google.golang.org/protobuf/proto"
	"google.golang.org/protobuf/reflect/protoreflect"
)

// canonicalSQL writes an expression out in one form, whatever case, spacing and parentheses the statement had. It is
// "" for what the parser's own printer has no form for.
func canonicalSQL(n *pg_query.Node) string {
	if n == nil {
		return ""
	}
	if sql, ok := printPlain(n); ok {
		return sql
	}
	return checkedSQL(n)
}

// checkedSQL prints an expression by way of the parser's printer, and reads it again to see that all brackets are there.
func checkedSQL(n *pg_query.Node) string {
	sql := printExpression(n)
	if sql == "" || sameExpression(sql, n) {
		return sql
	}
	if bracketed := printBracketed(n); sameExpression(bracketed, n) {
		return bracketed
	}
	return sql
}

// printBracketed prints an expression with brackets around all operands that are not plain, where the parser's printer
// leaves out some that are needed. A name stands for each of them while the rest is printed.
func printBracketed(n *pg_query.Node) string {
	clone := proto.Clone(n).(*pg_query.Node)
	var texts []string
	bracketOperands(clone.ProtoReflect(), &texts)
	sql := printExpression(clone)
	for i, text := range texts {
		sql = strings.Replace(sql, operandName(i), "("+text+")", 1)
	}
	return sql
}

func operandName(i int) string { return fmt.Sprintf("trefoil_operand_%d_", i) }

func bracketOperands(m protoreflect.Message, texts *[]string) {
	var operands []*pg_query.Node
	switch x := m.Interface().(type) {
	case *pg_query.TypeCast:
		operands = []*pg_query.Node{x.Arg}
	case *pg_query.CollateClause:
		operands = []*pg_query.Node{x.Arg}
	case *pg_query.A_Indirection:
		operands = []*pg_query.Node{x.Arg}
	case *pg_query.NullTest:
		operands = []*pg_query.Node{x.Arg}
	case *pg_query.BooleanTest:
		operands = []*pg_query.Node{x.Arg}
	case *pg_query.A_Expr:
		operands = []*pg_query.Node{x.Lexpr, x.Rexpr}
	case *pg_query.FuncCall:
		if x.Funcformat == pg_query.CoercionForm_COERCE_SQL_SYNTAX {
			operands = x.Args
		}
	}
	for _, o := range operands {
		if o != nil && !isPlainOperand(o) {
			name := operandName(len(*texts))
			*texts = append(*texts, canonicalSQL(o))
			o.Node = &pg_query.Node_ColumnRef{ColumnRef: &pg_query.ColumnRef{Fields: []*pg_query.Node{pg_query.MakeStrNode(name)}}}
		}
	}
	eachMessage(m, func(below protoreflect.Message) { bracketOperands(below, texts) })
}

// isPlainOperand tells what never needs brackets, or, as a list, has its own.
func isPlainOperand(n *pg_query.Node) bool {
	switch x := n.Node.(type) {
	case *pg_query.Node_AConst:
		return x.AConst.GetIval().GetIval() >= 0 && !strings.HasPrefix(x.AConst.GetFval().GetFval(), "-")
	case *pg_query.Node_FuncCall:
		return x.FuncCall.Funcformat == pg_query.CoercionForm_COERCE_EXPLICIT_CALL && x.FuncCall.Over == nil
	case *pg_query.Node_ColumnRef, *pg_query.Node_ParamRef, *pg_query.Node_List, *pg_query.Node_AArrayExpr, *pg_query.Node_TypeCast,
		*pg_query.Node_CaseExpr, *pg_query.Node_CoalesceExpr, *pg_query.Node_MinMaxExpr, *pg_query.Node_SqlvalueFunction,
		*pg_query.Node_RowExpr:
		return true
	}
	return false
}

func printExpression(n *pg_query.Node) string {
	target := &pg_query.ResTarget{Val: n}
	sel := &pg_query.SelectStmt{
		TargetList:  []*pg_query.Node{{Node: &pg_query.Node_ResTarget{ResTarget: target}}},
		LimitOption: pg_query.LimitOption_LIMIT_OPTION_DEFAULT,
		Op:          pg_query.SetOperation_SETOP_NONE,
	}
	sql, _ := strings.CutPrefix(canonicalStatement(&pg_query.Node{Node: &pg_query.Node_SelectStmt{SelectStmt: sel}}), "SELECT")
	return strings.TrimSpace(sql)
}

// sameExpression tells whether a text parses to an expression.
func sameExpression(sql string, n *pg_query.Node) bool {
	result, err := pg_query.Parse("SELECT " + sql)
	if err != nil || len(result.Stmts) != 1 {
		return false
	}
	targets := result.Stmts[0].Stmt.GetSelectStmt().GetTargetList()
	if len(targets) != 1 {
		return false
	}
	again, want := targets[0].GetResTarget().GetVal(), proto.Clone(n).(*pg_query.Node)
	withoutPlaces(again.ProtoReflect())
	withoutPlaces(want.ProtoReflect())
	return proto.Equal(again, want)
}

// withoutPlaces sets every location in a tree to the same.
func withoutPlaces(m protoreflect.Message) {
	if f := m.Descriptor().Fields().ByName("location"); f != nil {
		m.Set(f, protoreflect.ValueOfInt32(0))
	}
	eachMessage(m, withoutPlaces)
}

func eachMessage(m protoreflect.Message, visit func(protoreflect.Message)) {
	m.Range(func(f protoreflect.FieldDescriptor, v protoreflect.Value) bool {
		switch {
		case f.Message() == nil:
		case f.IsList():
			for i := range v.List().Len() {
				visit(v.List().Get(i).Message())
			}
		default:
			visit(v.Message())
		}
		return true
	})
}

// canonicalStatement writes a statement out, "" if the parser's printer cannot.
func canonicalStatement(n *pg_query.Node) string {
	sql, err := pg_query.Deparse(&pg_query.ParseResult{Stmts: []*pg_query.RawStmt{{Stmt: n}}})
	if err != nil {
		return ""
	}
	return sql
}
