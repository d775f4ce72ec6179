package catalog

import (
	"strings"

	pg_query "github.com/pganalyze/pg_query_go/v5"

	"github.com/trefoil-sql/trefoil/internal/suggest"
)

// columnRef resolves a name with or without its relation.
func (a *analysis) columnRef(ref *pg_query.ColumnRef, sc *scope) typeRef {
	names := stringsOf(ref.Fields)
	if a.noColumns != "" && sc.outer == nil {
		a.problem(failf(a.st.name(ref.Location), featureNotSupported, "%s", a.noColumns))
		return typeRef{}
	}
	if len(names) != len(ref.Fields) { // x.*
		return a.builtin("record")
	}
	if len(names) == 1 {
		return a.plainColumn(ref, names[0], sc)
	}
	return a.qualifiedColumn(ref, names, sc)
}

// plainColumn looks in the innermost query first, then in those around it.
func (a *analysis) plainColumn(ref *pg_query.ColumnRef, name string, sc *scope) typeRef {
	open := false
	for s := sc; s != nil; s = s.outer {
		found, count := findColumn(s.columns, name)
		if count > 1 {
			a.problem(failf(a.st.at(ref.Location), ambiguousColumn, "column reference %q is ambiguous", name))
			return typeRef{}
		}
		if count == 1 {
			if found.col != nil {
				a.refer(ref, found.col)
			}
			return found.typ
		}
		if item := s.item("", name); item != nil { // a whole row
			return a.wholeRow(item)
		}
		open = open || s.isOpen()
	}
	if t, ok := a.variables[name]; ok {
		return t
	}
	if !open && !isSystemColumn(name) {
		a.problem(hinted(a.st.at(ref.Location), undefinedColumn, columnHint(name, sc), "column %q does not exist", name))
	}
	return typeRef{}
}

// wholeRow is a relation's name used as a value. It depends on the relation, not on its columns.
func (a *analysis) wholeRow(item *scopeItem) typeRef {
	if item.rel != nil {
		return typeRef{typ: item.rel.rowType}
	}
	if len(item.columns) == 1 && (item.scalar || item.columns[0].name == item.name) {
		return item.columns[0].typ
	}
	return a.builtin("record")
}

func findColumn(columns []scopeColumn, name string) (scopeColumn, int) {
	var found scopeColumn
	count := 0
	for _, c := range columns {
		if c.name == name {
			if count == 0 {
				found = c
			}
			count++
		}
	}
	return found, count
}

// qualifiedColumn resolves relation.column, schema.relation.column, or relation.column.field written without
// parentheses.
func (a *analysis) qualifiedColumn(ref *pg_query.ColumnRef, names []string, sc *scope) typeRef {
	schemaName, relName, name := "", names[len(names)-2], names[len(names)-1]
	if len(names) > 2 {
		schemaName = names[len(names)-3]
	}
	for s := sc; s != nil; s = s.outer {
		if item := s.item(schemaName, relName); item != nil {
			return a.itemColumn(ref, item, name)
		}
	}
	if t, ok := a.variables[relName]; ok {
		return a.field(nil, name, t)
	}
	a.problem(failf(a.st.name(ref.Location), undefinedTable, "missing FROM-clause entry for table %q", relName))
	return typeRef{}
}

func (a *analysis) itemColumn(ref *pg_query.ColumnRef, item *scopeItem, name string) typeRef {
	if found, count := findColumn(item.columns, name); count > 0 {
		if found.col != nil {
			a.refer(ref, found.col)
		}
		return found.typ
	}
	if !item.open && !isSystemColumn(name) {
		a.problem(hinted(a.st.name(ref.Location), undefinedColumn, suggest.Hint(name, scopeNames(item.columns)),
			"column %s.%s does not exist", item.name, name))
	}
	if name == "tableoid" || name == "ctid" {
		return a.builtin(map[string]string{"tableoid": "oid", "ctid": "tid"}[name])
	}
	return typeRef{}
}

// isSystemColumn tells the columns that every table has.
func isSystemColumn(name string) bool {
	return strings.Contains(" tableoid ctid xmin xmax cmin cmax ", " "+name+" ")
}

func (s *scope) item(schemaName, name string) *scopeItem {
	for _, i := range s.items {
		if i.name == name && (schemaName == "" || i.schema == schemaName) {
			return i
		}
	}
	return nil
}

func (s *scope) isOpen() bool {
	for _, i := range s.items {
		if i.open {
			return true
		}
	}
	return false
}

func scopeNames(columns []scopeColumn) []string {
	names := make([]string, len(columns))
	for i, c := range columns {
		names[i] = c.name
	}
	return names
}

func columnHint(name string, sc *scope) string {
	var names []string
	for s := sc; s != nil; s = s.outer {
		names = append(names, scopeNames(s.columns)...)
	}
	return suggest.Hint(name, names)
}
