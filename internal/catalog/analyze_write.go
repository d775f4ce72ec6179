package catalog

import (
	"slices"

	pg_query "github.com/pganalyze/pg_query_go/v5"

	"github.com/trefoil-sql/trefoil/internal/source"
)

// target is the table that a statement writes to.
func (a *analysis) target(v *pg_query.RangeVar, sc *scope) *scopeItem {
	bare := *sc
	bare.ctes, bare.outer = nil, nil
	item := a.fromRelation(v, &bare)
	if item.source == nil {
		item.source = &Source{}
		item.bind()
	}
	item.source.Alias, item.source.Target = item.name, true
	return item
}

// writing begins a statement that writes.
func (a *analysis) writing(command Command, v *pg_query.RangeVar, with *pg_query.WithClause, outer *scope) (*Query, *scopeItem, *scope) {
	sc := outer.inner()
	q := &Query{Command: command, Span: a.st.span(), Write: &Write{}}
	if with != nil {
		q.With = a.withClause(with, sc)
	}
	item := a.target(v, sc)
	q.Write.Target = item.source
	return q, item, sc
}

// returning is the RETURNING list.
func (a *analysis) returning(list []*pg_query.Node, sc *scope, q *Query) []scopeColumn {
	columns := a.resolved(a.targets(list, sc.at(inReturning)))
	q.setColumns(columns)
	return columns
}

func (a *analysis) update(n *pg_query.UpdateStmt, outer *scope) (*Query, []scopeColumn) {
	q, item, sc := a.writing(UpdateCommand, n.Relation, n.WithClause, outer)
	sc = sc.only(single(item))
	ns, from := a.fromClause(n.FromClause, sc)
	a.sameNames(sc.items, ns.items)
	sc, q.From = sc.with(ns), from
	if n.WhereClause != nil {
		q.Where = a.boolean(a.expr(n.WhereClause, sc.at(inWhere)), "WHERE").v
	}
	columns := a.returning(n.ReturningList, sc, q)
	q.Write.Set = a.set(n.TargetList, item, sc.at(inUpdate))
	var names []string
	for _, s := range q.Write.Set {
		names = append(names, s.Column)
	}
	a.checkUpdatable(item, "update", names)
	return q, columns
}

func (a *analysis) delete(n *pg_query.DeleteStmt, outer *scope) (*Query, []scopeColumn) {
	q, item, sc := a.writing(DeleteCommand, n.Relation, n.WithClause, outer)
	a.checkUpdatable(item, "delete", nil)
	sc = sc.only(single(item))
	ns, from := a.fromClause(n.UsingClause, sc)
	a.sameNames(sc.items, ns.items)
	sc, q.From = sc.with(ns), from
	if n.WhereClause != nil {
		q.Where = a.boolean(a.expr(n.WhereClause, sc.at(inWhere)), "WHERE").v
	}
	return q, a.returning(n.ReturningList, sc, q)
}

// assignment is a value on its way into a column.
type assignment struct {
	name  string
	steps []*pg_query.Node
	at    source.Span
	term  term
	node  *pg_query.Node
	// inserted tells INSERT; overriding that it says OVERRIDING.
	inserted, overriding bool
}

// set is SET: all values are walked before the first is brought to its column's type.
func (a *analysis) set(list []*pg_query.Node, item *scopeItem, sc *scope) []SetColumn {
	var todo []assignment
	var many []term
	for _, n := range list {
		x := n.GetResTarget()
		s := assignment{name: x.Name, steps: x.Indirection, at: a.st.at(x.Location), node: x.Val}
		if multi := x.Val.GetMultiAssignRef(); multi != nil {
			if multi.Colno == 1 {
				many = a.multiAssign(multi, sc)
			}
			if i := int(multi.Colno) - 1; i < len(many) {
				s.term = many[i]
			}
			if row := multi.Source.GetRowExpr(); row != nil && int(multi.Colno) <= len(row.Args) {
				s.node = row.Args[multi.Colno-1]
			}
		} else {
			s.term = a.sourceExpr(x.Val, sc)
		}
		todo = append(todo, s)
	}
	var out []SetColumn
	seen := map[string]bool{}
	for _, s := range todo {
		if seen[s.name] && len(s.steps) == 0 {
			a.problem(failf(s.at, syntaxError, "multiple assignments to same column %q", s.name))
		}
		seen[s.name] = true
		out = append(out, SetColumn{Column: s.name, Value: a.assign(s, item, sc)})
	}
	return out
}

// sourceExpr is a value for a column, which DEFAULT may stand for.
func (a *analysis) sourceExpr(n *pg_query.Node, sc *scope) term {
	if x := n.GetSetToDefault(); x != nil {
		t := a.builtin("unknown")
		return term{typ: t, v: &Construct{Typed: typed(t, a.st.at(x.Location)), Name: "default"}}
	}
	return a.expr(n, sc)
}

func (a *analysis) sourceExprs(nodes []*pg_query.Node, sc *scope) []term {
	out := make([]term, len(nodes))
	for i, n := range nodes {
		out[i] = a.sourceExpr(n, sc)
	}
	return out
}

// multiAssign is the row of (a, b) = (…): written out, or of a subquery.
func (a *analysis) multiAssign(x *pg_query.MultiAssignRef, sc *scope) []term {
	if row := x.Source.GetRowExpr(); row != nil {
		if len(row.Args) != int(x.Ncolumns) {
			a.problem(failf(a.st.at(row.Location), syntaxError, "number of columns does not match number of values"))
		}
		return a.sourceExprs(row.Args, sc)
	}
	link := x.Source.GetSubLink()
	if link == nil {
		a.expr(x.Source, sc)
		a.problem(failf(a.st.head(), featureNotSupported, "source for a multiple-column UPDATE item must be a sub-SELECT or ROW() expression"))
		return nil
	}
	q, columns := a.nested(link, sc)
	if len(columns) != int(x.Ncolumns) && !hasUnknown(columns) {
		a.problem(failf(a.st.at(link.Location), syntaxError, "number of columns does not match number of values"))
	}
	row := &SubqueryValue{Typed: typed(a.builtin("record"), a.st.at(link.Location)), Kind: "scalar", Query: q}
	var out []term
	for _, c := range columns {
		out = append(out, term{typ: c.typ, row: c.row, v: &FieldValue{Typed: typed(c.typ, row.Place), Arg: row, Field: c.name}})
	}
	return out
}

// assign brings a value to its column's type.
func (a *analysis) assign(s assignment, item *scopeItem, sc *scope) Value {
	at := slices.IndexFunc(item.columns, func(c scopeColumn) bool { return c.name == s.name })
	if at < 0 {
		if !item.open {
			a.problem(hinted(s.at, undefinedColumn, columnHint(s.name, &scope{columns: item.columns}),
				"column %q of relation %q does not exist", s.name, relationName(item)))
		}
		return s.term.v
	}
	c := item.columns[at]
	if c.col != nil {
		a.refer(nil, c.col)
	}
	a.mayWrite(s, c.col)
	to := a.targetType(c.typ, s.steps, sc)
	if s.node.GetSetToDefault() != nil {
		return &Construct{Typed: typed(to, s.at), Name: "default"}
	}
	if to.typ == nil || s.term.typ.typ == nil {
		return s.term.v
	}
	out, ok := a.coerceTo(s.term, to, assignmentCast)
	if !ok {
		a.problem(hinted(a.placeOf(s.term), datatypeMismatch, "You will need to rewrite or cast the expression.",
			"column %q is of type %s but expression is of type %s", s.name, a.typeText(to), a.typeText(s.term.typ)))
	}
	if len(s.steps) == 0 {
		stored(out.v, c.origin)
	}
	return out.v
}

// mayWrite says where a statement writes to a column that PostgreSQL alone fills.
func (a *analysis) mayWrite(s assignment, col *column) {
	if col == nil || s.node.GetSetToDefault() != nil {
		return
	}
	switch {
	case s.inserted && (col.generated != NotGenerated || col.identity == IdentityAlways && !s.overriding):
		a.problem(failf(a.placeOf(s.term), generatedAlways, "cannot insert a non-DEFAULT value into column %q", s.name))
	case !s.inserted && (col.generated != NotGenerated || col.identity == IdentityAlways):
		a.problem(failf(a.placeOf(s.term), generatedAlways, "column %q can only be updated to DEFAULT", s.name))
	}
}

// relationName is what an entry's table is called in messages.
func relationName(item *scopeItem) string {
	if item.rel != nil {
		return item.rel.name
	}
	return item.name
}

// targetType is the type of a column's part: of an element, or of a field.
func (a *analysis) targetType(t typeRef, steps []*pg_query.Node, sc *scope) typeRef {
	if len(steps) == 0 {
		return t
	}
	if base := baseOf(t); base.typ != nil && steps[0].GetString_() != nil && (base.typ.rel == nil || base.array) {
		a.problem(failf(a.st.head(), datatypeMismatch, "cannot assign to field %q because its type %s is not a composite type",
			steps[0].GetString_().Sval, a.typeText(t)))
		return typeRef{}
	}
	return a.steps(term{typ: t, v: &Construct{Typed: Typed{Type: t.freeze()}, Name: "column"}}, steps, sc).typ
}
