package catalog

import (
	"slices"

	pg_query "github.com/pganalyze/pg_query_go/v5"
	"google.golang.org/protobuf/proto"
)

// newExpr keeps a parsed expression with the objects it uses. Its error says which of them do not exist.
func (r *replay) newExpr(st *statement, n *pg_query.Node, sc *scope) (*expr, error) {
	e, _, err := r.typedExpr(st, n, sc)
	return e, err
}

// typedExpr is newExpr with the expression's type.
func (r *replay) typedExpr(st *statement, n *pg_query.Node, sc *scope) (*expr, typeRef, error) {
	if n == nil {
		return nil, typeRef{}, nil
	}
	a := &analysis{r: r, st: st}
	t := a.expr(n, sc).typ
	e := &expr{node: n, file: st.file, offset: st.offset, refs: a.refs}
	if len(a.problems) > 0 {
		return e, t, a.problems[:1]
	}
	return e, t, nil
}

// uses tells whether an expression refers to an object.
func (e *expr) uses(obj object) bool {
	return e != nil && slices.ContainsFunc(e.refs, func(r reference) bool { return r.obj == obj })
}

// columnsOf lists the columns of a relation that an expression uses, each once, in the order of the text.
func (e *expr) columnsOf(rel *relation) []*column {
	var out []*column
	for _, ref := range e.refs {
		if c, ok := ref.obj.(*column); ok && c.rel == rel && !slices.Contains(out, c) {
			out = append(out, c)
		}
	}
	return out
}

// copyFor is the expression on another relation: its columns are those of the same name there.
func (e *expr) copyFor(from, to *relation) *expr {
	if e == nil {
		return nil
	}
	nodes := map[proto.Message]proto.Message{}
	clone := cloneWith(e.node, nodes).(*pg_query.Node)
	out := &expr{node: clone, file: e.file, offset: e.offset, start: e.start, end: e.end}
	for _, ref := range e.refs {
		if m, ok := ref.node.(proto.Message); ok && m != nil {
			ref.node = nodes[m]
		}
		switch obj := ref.obj.(type) {
		case *column:
			if c := to.column(obj.name); obj.rel == from && c != nil {
				ref.obj = c
			}
		case *relation:
			if obj == from {
				ref.obj = to
			}
		}
		out.refs = append(out.refs, ref)
	}
	return out
}

// writeNames writes the present names of the objects that an expression uses into its tree.
func (e *expr) writeNames(path func(*schema) bool) {
	for _, ref := range e.refs {
		switch n := ref.node.(type) {
		case *pg_query.ColumnRef:
			if last := &n.Fields[len(n.Fields)-1]; (*last).GetString_().GetSval() != ref.obj.head().name {
				*last = pg_query.MakeStrNode(ref.obj.head().name)
			}
		case *pg_query.Node:
			if s := n.GetString_(); s != nil {
				s.Sval = ref.obj.head().name
			}
		case *pg_query.FuncCall:
			n.Funcname = writeName(n.Funcname, ref.obj.head(), path)
		case *pg_query.TypeName:
			if !ref.obj.head().schema.builtin && !n.PctType {
				n.Names = writeName(n.Names, ref.obj.head(), path)
			}
		case *pg_query.A_Const:
			if t, ok := ref.obj.(*typ); ok {
				n.GetSval().Sval = t.labelNow(ref.label, ref.since)
				break
			}
			n.GetSval().Sval = quotedName(ref.obj.head(), path)
		case *pg_query.RangeVar:
			writeRangeVar(n, ref.obj.head())
		}
	}
}

// writeName changes a name only where it is no longer true, so that what was written stays as it was.
func writeName(parts []*pg_query.Node, h *header, path func(*schema) bool) []*pg_query.Node {
	schemaName, name := splitName(stringsOf(parts))
	if name == h.name && (schemaName == h.schema.name || schemaName == "" && path(h.schema)) {
		return parts
	}
	out := []*pg_query.Node{pg_query.MakeStrNode(h.name)}
	if schemaName != "" || !path(h.schema) {
		out = append([]*pg_query.Node{pg_query.MakeStrNode(h.schema.name)}, out...)
	}
	return out
}

// quotedName is how regclass prints a relation.
func quotedName(h *header, path func(*schema) bool) string {
	if path(h.schema) {
		return quoteIdent(h.name)
	}
	return quoteIdent(h.schema.name) + "." + quoteIdent(h.name)
}

// writeRangeVar keeps the name that the query's columns are qualified with.
func writeRangeVar(n *pg_query.RangeVar, h *header) {
	if n.Relname != h.name && n.Alias == nil {
		n.Alias = &pg_query.Alias{Aliasname: n.Relname}
	}
	n.Relname = h.name
	if n.Schemaname != "" || h.schema.name != "public" {
		n.Schemaname = h.schema.name
	}
}

// freezeExpr makes the value of an expression.
func (r *replay) freezeExpr(e *expr, domain bool) *Expression {
	if e == nil {
		return nil
	}
	e.writeNames(defaultPath)
	st := &statement{file: e.file, offset: e.offset}
	place := exprPlace{file: e.file, offset: e.offset, resolve: func(n *pg_query.TypeName) (Type, bool) {
		ref, err := r.resolveType(st, n)
		return ref.freeze(), err == nil
	}}
	if domain {
		return newDomainExpression(place, e.node, e.start, e.end)
	}
	return newExpression(place, e.node, e.start, e.end)
}

// defaultPath is the search path that names are written for.
func defaultPath(s *schema) bool { return s.name == "public" || s.name == "pg_catalog" }
