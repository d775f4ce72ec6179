package catalog

import (
	pg_query "github.com/pganalyze/pg_query_go/v5"

	"github.com/trefoil-sql/trefoil/internal/source"
	"github.com/trefoil-sql/trefoil/internal/suggest"
)

// columnRef resolves a name with or without its relation.
func (a *analysis) columnRef(ref *pg_query.ColumnRef, sc *scope) term {
	names := stringsOf(ref.Fields)
	if a.noColumns != "" && sc.outer == nil {
		a.problem(failf(a.st.name(ref.Location), featureNotSupported, "%s", a.noColumns))
		return term{}
	}
	if len(names) != len(ref.Fields) { // x.*
		return a.rowOf(ref, names, sc)
	}
	if len(names) == 1 {
		return a.plainColumn(ref, names[0], sc)
	}
	return a.qualifiedColumn(ref, names, sc)
}

// rowOf is x.* where one value is wanted: the whole row.
func (a *analysis) rowOf(ref *pg_query.ColumnRef, names []string, sc *scope) term {
	at := a.st.name(ref.Location)
	if len(names) > 0 {
		schemaName, name := splitName(names)
		for s := sc; s != nil; s = s.outer {
			if item := s.item(schemaName, name); item != nil {
				return a.wholeRow(item, sc.level-s.level, at)
			}
		}
	}
	return term{typ: a.builtin("record")}
}

// plainColumn looks in the innermost query first, then in those around it; then for a row of that name.
func (a *analysis) plainColumn(ref *pg_query.ColumnRef, name string, sc *scope) term {
	open, at := false, a.st.at(ref.Location)
	for s := sc; s != nil; s = s.outer {
		found, count := findColumn(s.columns, name)
		if count > 1 {
			a.problem(failf(at, ambiguousColumn, "column reference %q is ambiguous", name))
			return term{}
		}
		if count == 1 {
			a.mayReach(found.beyond, name, at)
			if found.col != nil {
				a.refer(ref, found.col)
			}
			return found.seen(sc.level-s.level, at)
		}
		if t, ok := a.systemColumn(s.items, name, sc.level-s.level, at); ok {
			return t
		}
		open = open || s.isOpen()
	}
	for s := sc; s != nil; s = s.outer {
		if item := s.item("", name); item != nil {
			return a.wholeRow(item, sc.level-s.level, at)
		}
	}
	if t, ok := a.variables[name]; ok {
		return term{typ: t, v: &Construct{Typed: typed(t, at), Name: "argument"}}
	}
	if !open {
		a.problem(hinted(at, undefinedColumn, columnHint(name, sc), "column %q does not exist", name))
	}
	return term{}
}

// mayReach says where LATERAL uses what may have no row.
func (a *analysis) mayReach(beyond bool, name string, at source.Span) {
	if beyond {
		a.problem(hinted(at, invalidColumnReference, "The combining JOIN type must be INNER or LEFT for a LATERAL reference.",
			"invalid reference to FROM-clause entry for table %q", name))
	}
}

// wholeRow is a relation's name used as a value. It depends on the relation, not on its columns.
func (a *analysis) wholeRow(item *scopeItem, up int, at source.Span) term {
	if item.rel != nil {
		t := typeRef{typ: item.rel.rowType}
		return term{typ: t, v: &WholeRow{Typed: typed(t, at), Of: item.source, Level: up}, row: raisedColumns(item.columns, up, at)}
	}
	if len(item.columns) == 1 && item.scalar {
		return item.columns[0].seen(up, at)
	}
	t := a.builtin("record")
	if item.rowType != nil {
		t = typeRef{typ: item.rowType}
	}
	fields := raisedColumns(item.columns, up, at)
	if item.joined {
		row := &RowValue{Typed: typed(t, at)}
		for _, c := range fields {
			row.Fields = append(row.Fields, c.v)
		}
		return term{typ: t, v: row, row: fields}
	}
	if item.open {
		fields = nil
	}
	return term{typ: t, v: &WholeRow{Typed: typed(t, at), Of: item.source, Level: up}, row: fields}
}

func raisedColumns(columns []scopeColumn, up int, at source.Span) []scopeColumn {
	out := make([]scopeColumn, len(columns))
	for i, c := range columns {
		out[i] = scopeColumn{name: c.name, term: c.seen(up, at), col: c.col}
	}
	return out
}

// qualifiedColumn resolves relation.column or schema.relation.column.
func (a *analysis) qualifiedColumn(ref *pg_query.ColumnRef, names []string, sc *scope) term {
	schemaName, relName, name := "", names[len(names)-2], names[len(names)-1]
	if len(names) > 2 {
		schemaName = names[len(names)-3]
	}
	for s := sc; s != nil; s = s.outer {
		if item := s.item(schemaName, relName); item != nil {
			return a.itemColumn(ref, item, name, sc.level-s.level)
		}
	}
	if t, ok := a.variables[relName]; ok {
		return a.field(nil, name, term{typ: t, v: &Construct{Typed: typed(t, a.st.at(ref.Location)), Name: "argument"}})
	}
	a.problem(failf(a.st.name(ref.Location), undefinedTable, "missing FROM-clause entry for table %q", relName))
	return term{}
}

func (a *analysis) itemColumn(ref *pg_query.ColumnRef, item *scopeItem, name string, up int) term {
	at := a.st.name(ref.Location)
	a.mayReach(item.beyond, item.name, at)
	found, count := findColumn(item.columns, name)
	if count > 1 {
		a.problem(failf(at, ambiguousColumn, "column reference %q is ambiguous", name))
		return term{}
	}
	if count > 0 {
		if found.col != nil {
			a.refer(ref, found.col)
		}
		return found.seen(up, at)
	}
	if t, ok := a.systemColumn([]*scopeItem{item}, name, up, at); ok {
		return t
	}
	if row := a.wholeRow(item, up, at); !item.open {
		if c := a.candidates([]string{name}, []typeRef{row.typ}, []string{""}, false); len(c) > 0 && row.typ.typ != nil {
			return a.field(nil, name, row)
		}
	}
	if !item.open {
		a.problem(hinted(at, undefinedColumn, suggest.Hint(name, scopeNames(item.columns)), "column %s.%s does not exist", item.name, name))
	}
	return term{}
}

// systemColumns are those that every table has.
var systemColumns = map[string]string{"tableoid": "oid", "ctid": "tid", "xmin": "xid", "xmax": "xid", "cmin": "cid", "cmax": "cid"}

func isSystemColumn(name string) bool { return systemColumns[name] != "" }

func (a *analysis) systemColumn(items []*scopeItem, name string, up int, at source.Span) (term, bool) {
	if !isSystemColumn(name) {
		return term{}, false
	}
	for _, i := range items {
		if i.rel == nil || i.source == nil || i.rel.kind == plainView {
			continue
		}
		t := a.builtin(systemColumns[name])
		return term{typ: t, v: &ColumnValue{Typed: typed(t, at), Of: i.source, Index: -1, Name: name, Level: up}}, true
	}
	return term{}, false
}
