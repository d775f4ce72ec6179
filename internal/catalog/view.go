package catalog

import (
	"slices"

	pg_query "github.com/pganalyze/pg_query_go/v5"
	"google.golang.org/protobuf/proto"

	"github.com/trefoil-sql/trefoil/internal/source"
)

// createView is CREATE [OR REPLACE] VIEW.
func (r *replay) createView(st *statement, n *pg_query.ViewStmt) error {
	span := st.rangeVarSpan(n.View)
	query, columns, err := r.viewQuery(st, n.Query, stringsOf(n.Aliases))
	if err != nil {
		return err
	}
	in, err := r.relationSchema(n.View, span)
	if err != nil {
		return err
	}
	old := in.relations[n.View.Relname]
	if !in.temporary && query.usesTemporary() {
		in = r.temporary()
		old = in.relations[n.View.Relname]
	}
	if old != nil && n.Replace {
		return r.replaceView(old, query, columns, span)
	}
	v := proto.Clone(n.View).(*pg_query.RangeVar)
	if in.temporary {
		v.Relpersistence, v.Schemaname = "t", ""
	}
	rel, err := r.newRelation(st, v, plainView, false)
	if err != nil {
		return err
	}
	return r.addView(st, rel, query, columns, span)
}

// addView makes a relation of a query's columns.
func (r *replay) addView(st *statement, rel *relation, query *expr, columns []scopeColumn, span source.Span) error {
	rel.query = query
	for _, c := range columns {
		if rel.column(c.name) != nil {
			return failf(span, duplicateColumn, "column %q specified more than once", c.name)
		}
		r.addViewColumn(rel, c, span)
	}
	r.db.addRelation(rel, span)
	r.unknownColumns(st, rel)
	return nil
}

func (r *replay) addViewColumn(rel *relation, c scopeColumn, span source.Span) {
	col := &column{header: header{name: c.name, span: span}, rel: rel, typ: c.typ, collation: r.derivedCollation(c), local: true}
	r.db.identify(&col.header)
	rel.columns = append(rel.columns, col)
}

// unknownColumns says which columns of a view have a type that could not be determined.
func (r *replay) unknownColumns(st *statement, rel *relation) {
	for _, c := range rel.columns {
		if c.typ.typ == nil {
			r.list = append(r.list, source.Diagnostic{
				Span: st.head(), Severity: source.Info, Code: codeUnknownViewColumn,
				Message: "the type of column " + quoteIdent(c.name) + " of view " + quoteIdent(rel.name) + " is not known",
				Hint:    "A cast in the query tells it.",
			})
		}
	}
}

// viewQuery walks a view's query. Its columns have the names of the list, where there is one.
func (r *replay) viewQuery(st *statement, n *pg_query.Node, names []string) (*expr, []scopeColumn, error) {
	a := &analysis{r: r, st: st, starred: map[*pg_query.ColumnRef][]*column{}}
	_, columns := a.selectStmt(n.GetSelectStmt(), nil, false)
	query := &expr{node: n, file: st.file, offset: st.offset, start: st.start, end: st.end, refs: a.refs, stars: a.starred}
	if len(a.problems) > 0 {
		return nil, nil, a.problems[:1]
	}
	if len(names) > len(columns) {
		return nil, nil, failf(st.head(), syntaxError, "CREATE VIEW specifies more column names than columns")
	}
	return query, renamed(columns, names), nil
}

func (e *expr) usesTemporary() bool {
	return slices.ContainsFunc(e.refs, func(ref reference) bool {
		rel, ok := ref.obj.(*relation)
		return ok && rel.temporary && rel.kind != sequenceRel
	})
}

// replaceView is CREATE OR REPLACE: the columns that are there keep their names and types, new ones come after them.
func (r *replay) replaceView(old *relation, query *expr, columns []scopeColumn, span source.Span) error {
	if old.kind != plainView {
		return failf(span, wrongObjectType, "%q is not a view", old.name)
	}
	if len(columns) < len(old.columns) {
		return failf(span, invalidTableDefinition, "cannot drop columns from view")
	}
	for i, c := range columns {
		if i >= len(old.columns) {
			break
		}
		have := old.columns[i]
		if have.name != c.name {
			return hinted(span, invalidTableDefinition, "Use ALTER VIEW ... RENAME COLUMN ... to change name of view column instead.",
				"cannot change name of view column %q to %q", have.name, c.name)
		}
		if have.typ.typ != nil && c.typ.typ != nil && !have.typ.same(c.typ) {
			return failf(span, invalidTableDefinition, "cannot change data type of view column %q from %s to %s",
				have.name, r.typeText(have.typ), r.typeText(c.typ))
		}
	}
	for _, c := range columns[len(old.columns):] {
		r.addViewColumn(old, c, span)
	}
	old.query = query
	return nil
}
