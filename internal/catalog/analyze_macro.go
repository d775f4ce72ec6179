package catalog

import (
	"strings"

	pg_query "github.com/pganalyze/pg_query_go/v5"

	"github.com/trefoil-sql/trefoil/internal/source"
)

// macro is a parameter by sqlc's name for it.
type macro struct {
	name            string
	nullable, slice bool
	span            source.Span
}

// macros finds sqlc's names for parameters in a statement's tree, and puts a numbered parameter in the place of each. They
// take the numbers that are free, as sqlc does, in the order of the tree.
type macros struct {
	st     *statement
	params *parameters
	taken  map[int]bool
	named  map[string]int
	next   int
}

// rewriteMacros makes the parameters of a statement.
func rewriteMacros(st *statement) *parameters {
	p := &parameters{numbered: map[int]*boundParameter{}, embedded: map[*pg_query.ColumnRef]bool{}, macros: map[*pg_query.ParamRef]macro{}}
	if text := st.file.Text[st.start:st.end]; !strings.Contains(text, "@") && !strings.Contains(lowerASCII(text), "sqlc") {
		return p
	}
	m := &macros{st: st, params: p, taken: map[int]bool{}, named: map[string]int{}, next: 1}
	each := func(visit func(message any)) {
		messagesIn(st.node, visit)
		for _, n := range st.returning {
			messagesIn(n, visit)
		}
	}
	each(func(n any) {
		if ref, ok := n.(*pg_query.ParamRef); ok {
			m.taken[int(ref.Number)] = true
		}
	})
	each(func(n any) {
		if node, ok := n.(*pg_query.Node); ok {
			m.node(node)
		}
	})
	return p
}

func (m *macros) node(n *pg_query.Node) {
	switch x := n.Node.(type) {
	case *pg_query.Node_FuncCall:
		m.call(n, x.FuncCall)
	case *pg_query.Node_AExpr:
		if x.AExpr.Lexpr == nil && x.AExpr.Kind == pg_query.A_Expr_Kind_AEXPR_OP && strings.Join(stringsOf(x.AExpr.Name), ".") == "@" {
			m.sign(n, x.AExpr)
		}
	}
}

// call is sqlc.arg(name), sqlc.narg(name), sqlc.slice(name) or sqlc.embed(table).
func (m *macros) call(n *pg_query.Node, x *pg_query.FuncCall) {
	schemaName, name := splitName(stringsOf(x.Funcname))
	if schemaName != "sqlc" || len(x.Args) != 1 {
		return
	}
	arg := x.Args[0].GetAConst().GetSval().GetSval()
	if ref := x.Args[0].GetColumnRef(); ref != nil {
		arg = strings.Join(stringsOf(ref.Fields), "")
	}
	switch name {
	case "embed":
		ref := &pg_query.ColumnRef{Location: x.Location, Fields: []*pg_query.Node{
			pg_query.MakeStrNode(arg), {Node: &pg_query.Node_AStar{AStar: &pg_query.A_Star{}}},
		}}
		m.params.embedded[ref] = true
		n.Node = &pg_query.Node_ColumnRef{ColumnRef: ref}
	case "arg", "narg", "slice":
		span := m.st.at(x.Location)
		span.End = callEnd(m.st.file.Text, span.End)
		m.put(n, macro{name: arg, nullable: name == "narg", slice: name == "slice", span: span}, x.Location)
	}
}

// callEnd is behind the parenthesis that closes a call.
func callEnd(text string, from int) int {
	depth := 0
	for pos := skipSpace(text, from); pos < len(text); pos = skipSpace(text, pos) {
		end := tokenEnd(text, pos)
		switch text[pos:end] {
		case "(":
			depth++
		case ")":
			if depth--; depth == 0 {
				return end
			}
		}
		if end <= pos {
			break
		}
		pos = end
	}
	return from
}

// sign is @name or @name::type: the operator @ before a column's name.
func (m *macros) sign(n *pg_query.Node, x *pg_query.A_Expr) {
	arg, cast := x.Rexpr, x.Rexpr.GetTypeCast()
	for arg.GetTypeCast() != nil {
		cast, arg = arg.GetTypeCast(), arg.GetTypeCast().Arg
	}
	ref := arg.GetColumnRef()
	if ref == nil {
		return
	}
	name := strings.Join(stringsOf(ref.Fields), "")
	span := m.st.at(x.Location)
	span.End = m.st.name(ref.Location).End
	value := macro{name: name, span: span}
	if cast == nil {
		m.put(n, value, x.Location)
		return
	}
	m.put(arg, value, x.Location)
	n.Node = x.Rexpr.Node
}

// put writes a numbered parameter over a node.
func (m *macros) put(n *pg_query.Node, value macro, location int32) {
	number, ok := m.named[value.name]
	if !ok {
		for m.taken[m.next] {
			m.next++
		}
		number = m.next
		m.taken[number], m.named[value.name] = true, number
	}
	ref := &pg_query.ParamRef{Number: int32(number), Location: location}
	m.params.macros[ref] = value
	n.Node = &pg_query.Node_ParamRef{ParamRef: ref}
}
