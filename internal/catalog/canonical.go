package catalog

import (
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
	sql := printExpression(n)
	if sql == "" || sameExpression(sql, n) {
		return sql
	}
	// The printer leaves out parentheses around a AT TIME ZONE b and the like: they are function calls.
	calls := proto.Clone(n).(*pg_query.Node)
	plainCalls(calls.ProtoReflect())
	if plain := printExpression(calls); sameExpression(plain, calls) {
		return plain
	}
	return sql
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

// plainCalls turns special forms of functions into calls by name.
func plainCalls(m protoreflect.Message) {
	if call, ok := m.Interface().(*pg_query.FuncCall); ok {
		call.Funcformat = pg_query.CoercionForm_COERCE_EXPLICIT_CALL
	}
	eachMessage(m, plainCalls)
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
