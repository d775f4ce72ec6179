package catalog

import (
	"slices"

	pg_query "github.com/pganalyze/pg_query_go/v5"
	"google.golang.org/protobuf/reflect/protoreflect"
)

// Comparisons finds the parameters that a statement compares with a column as they are, and the columns' names: $1 in
// name = $1, name IN ($1), name = ANY ($1), name BETWEEN $1 AND $2, but not in lower(name) = $1 or name LIKE $1.
func (f Flow) Comparisons() map[int][]string {
	found := map[int][]string{}
	walk(f.tree.ProtoReflect(), func(e *pg_query.A_Expr) {
		if !compares(e) {
			return
		}
		sides := append(operands(e.Lexpr), operands(e.Rexpr)...)
		for _, s := range sides {
			fields := s.GetColumnRef().GetFields()
			if len(fields) == 0 {
				continue
			}
			column := fields[len(fields)-1].GetString_().GetSval()
			for _, other := range sides {
				if p := other.GetParamRef(); p != nil && !slices.Contains(found[int(p.Number)], column) {
					found[int(p.Number)] = append(found[int(p.Number)], column)
				}
			}
		}
	})
	return found
}

var comparisonOps = []string{"=", "<>", "<", "<=", ">", ">="}

func compares(e *pg_query.A_Expr) bool {
	switch e.Kind {
	case pg_query.A_Expr_Kind_AEXPR_LIKE, pg_query.A_Expr_Kind_AEXPR_ILIKE, pg_query.A_Expr_Kind_AEXPR_SIMILAR,
		pg_query.A_Expr_Kind_AEXPR_NULLIF:
		return false
	case pg_query.A_Expr_Kind_AEXPR_BETWEEN, pg_query.A_Expr_Kind_AEXPR_NOT_BETWEEN,
		pg_query.A_Expr_Kind_AEXPR_BETWEEN_SYM, pg_query.A_Expr_Kind_AEXPR_NOT_BETWEEN_SYM:
		return true
	}
	return len(e.Name) == 1 && slices.Contains(comparisonOps, e.Name[0].GetString_().GetSval())
}

// operands are the items of a list, or the one operand.
func operands(n *pg_query.Node) []*pg_query.Node {
	if l := n.GetList(); l != nil {
		return l.Items
	}
	return []*pg_query.Node{n}
}

// walk calls visit for every operator expression below a message.
func walk(m protoreflect.Message, visit func(*pg_query.A_Expr)) {
	if e, ok := m.Interface().(*pg_query.A_Expr); ok {
		visit(e)
	}
	m.Range(func(f protoreflect.FieldDescriptor, v protoreflect.Value) bool {
		switch {
		case f.Message() == nil:
		case f.IsList():
			for i := range v.List().Len() {
				walk(v.List().Get(i).Message(), visit)
			}
		default:
			walk(v.Message(), visit)
		}
		return true
	})
}
