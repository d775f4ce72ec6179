package catalog

import (
	pg_query "github.com/pganalyze/pg_query_go/v5"

	"github.com/trefoil-sql/trefoil/internal/source"
)

// A column's type changes under the conditions and indexes that use it. PostgreSQL stores them with every cast that the
// old types asked for, prints them so, and reads that again with the new type.

// dependentExprs are the expressions of a table's own that use a column, as places to put others in.
func dependentExprs(col *column) []**expr {
	var out []**expr
	add := func(e **expr) {
		if (*e).uses(col) {
			out = append(out, e)
		}
	}
	for _, con := range col.rel.constraints {
		add(&con.expr)
	}
	for _, idx := range col.rel.indexes {
		for k := range idx.index.keys {
			add(&idx.index.keys[k].expr)
		}
		add(&idx.index.where)
	}
	return out
}

// retype gives a column its new type, and reads the expressions that use it again.
func (c *tableChange) retype(col *column, to typeRef, span source.Span) error {
	if col.typ.typ == nil || to.typ == nil || storedAlike(unmodified(col.typ), unmodified(to)) {
		col.typ = to
		return nil
	}
	places := dependentExprs(col)
	for _, p := range places {
		*p = c.r.explicitExpr(*p, col.rel)
	}
	col.typ = to
	for _, p := range places {
		a := &analysis{r: c.r, st: &statement{file: (*p).file, offset: (*p).offset}}
		a.expr((*p).node, relationScope(col.rel))
		if len(a.problems) > 0 {
			d := a.problems[0]
			d.Span = span
			return source.List{d}
		}
	}
	return nil
}

// explicitExpr is an expression with a cast wherever an operator or function takes another type than it is given. One
// that cannot be read again stays as it is.
func (r *replay) explicitExpr(e *expr, rel *relation) *expr {
	clone := e.copyFor(rel, rel)
	path := r.searchPath()
	clone.writeNames(func(s *schema) bool {
		for _, p := range path {
			if p == s {
				return true
			}
		}
		return false
	})
	a := &analysis{r: r, st: &statement{file: e.file, offset: e.offset}, wrapping: true}
	a.expr(clone.node, relationScope(rel))
	if len(a.problems) > 0 {
		return e
	}
	clone.refs = a.refs
	return clone
}

// wrap makes the cast of an argument explicit. The node itself becomes the cast, as lists and operators point at it.
func (a *analysis) wrap(v Value, have, want typeRef) {
	n := a.nodes[v]
	if !a.wrapping || n == nil || have.typ == nil || want.typ.kind == PseudoType {
		return
	}
	delete(a.nodes, v)
	name := &pg_query.TypeName{
		Names:   []*pg_query.Node{pg_query.MakeStrNode(want.typ.schema.name), pg_query.MakeStrNode(want.typ.name)},
		Typemod: -1, Location: -1,
	}
	if want.array {
		name.ArrayBounds = []*pg_query.Node{{Node: &pg_query.Node_Integer{Integer: &pg_query.Integer{Ival: -1}}}}
	}
	if !want.typ.schema.builtin {
		a.refer(name, want.typ)
	}
	arg := &pg_query.Node{Node: n.Node}
	n.Node = &pg_query.Node_TypeCast{TypeCast: &pg_query.TypeCast{Arg: arg, TypeName: name, Location: -1}}
}
