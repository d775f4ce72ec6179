package catalog

import (
	"strings"

	pg_query "github.com/pganalyze/pg_query_go/v5"
	"google.golang.org/protobuf/reflect/protoreflect"
)

// NormalSQL brings an expression to one form: spelling, parentheses and the schemas public and pg_catalog do not count. Text
// that does not parse is left as it is.
func NormalSQL(sql string) string { return rewrite(sql, unqualify) }

// SQLWithoutCasts is NormalSQL that leaves out casts without a modifier as well. A server keeps a cast that a column's former
// type asked for; writing the expression down again does not bring it back.
func SQLWithoutCasts(sql string) string {
	return rewrite(sql, func(n *pg_query.Node) {
		dropCast(n)
		unqualify(n)
	})
}

func rewrite(sql string, change func(*pg_query.Node)) string {
	tree, err := pg_query.Parse("SELECT " + sql)
	if err != nil || len(tree.Stmts) != 1 {
		return sql
	}
	everyNode(tree.ProtoReflect(), change)
	out, err := pg_query.Deparse(tree)
	if err != nil {
		return sql
	}
	return strings.TrimPrefix(out, "SELECT ")
}

// everyNode calls change for each node, those below it first.
func everyNode(m protoreflect.Message, change func(*pg_query.Node)) {
	m.Range(func(f protoreflect.FieldDescriptor, v protoreflect.Value) bool {
		switch {
		case f.Message() == nil:
		case f.IsList():
			for i := range v.List().Len() {
				everyNode(v.List().Get(i).Message(), change)
			}
		default:
			everyNode(v.Message(), change)
		}
		return true
	})
	if n, ok := m.Interface().(*pg_query.Node); ok {
		change(n)
	}
}

// unqualify takes public and pg_catalog off the names of functions, types and operators, and off the text of a regclass.
func unqualify(n *pg_query.Node) {
	switch x := n.Node.(type) {
	case *pg_query.Node_FuncCall:
		x.FuncCall.Funcname = unqualified(x.FuncCall.Funcname)
	case *pg_query.Node_AExpr:
		x.AExpr.Name = unqualified(x.AExpr.Name)
	case *pg_query.Node_CollateClause:
		x.CollateClause.Collname = unqualified(x.CollateClause.Collname)
	case *pg_query.Node_TypeCast:
		names := unqualified(x.TypeCast.TypeName.GetNames())
		literal := x.TypeCast.Arg.GetAConst().GetSval()
		if literal != nil && len(names) == 1 && names[0].GetString_().GetSval() == "regclass" {
			literal.Sval = strings.TrimPrefix(strings.ReplaceAll(literal.Sval, `"`, ""), "public.")
		}
		if len(x.TypeCast.TypeName.GetNames()) == 2 && names[0].GetString_().GetSval() != "bpchar" &&
			x.TypeCast.TypeName.Names[0].GetString_().GetSval() == "public" {
			x.TypeCast.TypeName.Names = names
		}
	}
}

func unqualified(names []*pg_query.Node) []*pg_query.Node {
	if len(names) == 2 {
		if schema := names[0].GetString_().GetSval(); schema == "public" || schema == "pg_catalog" {
			return names[1:]
		}
	}
	return names
}

func dropCast(n *pg_query.Node) {
	if c, ok := n.Node.(*pg_query.Node_TypeCast); ok && len(c.TypeCast.TypeName.GetTypmods()) == 0 {
		n.Node = c.TypeCast.Arg.Node
	}
}
