package catalog

import (
	"slices"

	"github.com/trefoil-sql/trefoil/internal/source"
	"github.com/trefoil-sql/trefoil/internal/suggest"

	pg_query "github.com/pganalyze/pg_query_go/v5"
)

// scopeColumn is a column that a query can name. Its value is as it is seen where the entry of FROM stands. col is the
// column that is referred to, nil if it is of no relation.
type scopeColumn struct {
	name string
	term
	col *column
	// embed is the entry that sqlc.embed wrote the column out of.
	embed *Source
	// beyond tells a column of the left side of a right or full join, which LATERAL on the right may not use.
	beyond bool
}

// scopeItem is an entry of FROM. open tells that it may have columns that are not known.
type scopeItem struct {
	name    string
	schema  string
	columns []scopeColumn
	rel     *relation
	open    bool
	// scalar tells a function's plain value: the item's name means it.
	scalar bool
	source *Source
	cte    *CTE
	// self tells a common table expression that is being walked: a use makes it recursive.
	self bool
	uses int
	// joined tells a join that has a name; it is no entry of FROM.
	joined bool
	// beyond tells the left side of a right or full join, seen from the right.
	beyond bool
	// rowType is the composite type of a function's rows.
	rowType *typ
}

// scope is what names mean at a place of a query. level counts the queries around.
type scope struct {
	outer   *scope
	items   []*scopeItem
	columns []scopeColumn // those that a plain name finds, in the order of *
	ctes    map[string]*scopeItem
	level   int
	query   *queryState
	clause  *clause
}

// queryState is what is known of the query that a scope is of.
type queryState struct {
	grouped, windowed bool
	windows           []*pg_query.WindowDef // those of the WINDOW clause
}

// inner is the scope of a query within this one.
func (s *scope) inner() *scope {
	if s == nil {
		return &scope{query: &queryState{}}
	}
	return &scope{outer: s, level: s.level + 1, query: &queryState{}}
}

// with is the scope with further entries.
func (s *scope) with(ns namespace) *scope {
	out := *s
	out.items = append(slices.Clone(s.items), ns.items...)
	out.columns = append(slices.Clone(s.columns), ns.columns...)
	return &out
}

// only is the scope with no entries but these.
func (s *scope) only(ns namespace) *scope {
	out := *s
	out.items, out.columns = ns.items, ns.columns
	return &out
}

// aggregates notes an aggregate in the query that it belongs to: the innermost whose columns it uses.
func (s *scope) aggregates(call *FunctionCall) {
	up, ok := leastLevel(call)
	if !ok {
		up = 0
	}
	for ; s != nil && s.query != nil; s = s.outer {
		if up == 0 {
			s.query.grouped = true
			return
		}
		up--
	}
}

// relationScope is the scope of a table's own expressions.
func relationScope(rel *relation) *scope { return itemScope(relationItem(rel)) }

func itemScope(item *scopeItem) *scope {
	return &scope{items: []*scopeItem{item}, columns: item.columns, query: &queryState{}}
}

func relationItem(rel *relation) *scopeItem {
	name := rel.qualified()
	src := &Source{Alias: rel.name, Relation: &name}
	item := &scopeItem{name: rel.name, schema: rel.schema.name, rel: rel, source: src}
	item.columns = relationColumns(rel)
	item.bind()
	return item
}

func relationColumns(rel *relation) []scopeColumn {
	out := make([]scopeColumn, len(rel.columns))
	origins := make([]ColumnName, len(rel.columns))
	for i, c := range rel.columns {
		out[i] = scopeColumn{name: c.name, term: term{typ: c.typ}, col: c}
		if rel.rowType != nil && rel.kind != composite {
			origins[i] = ColumnName{Relation: rel.qualified(), Column: c.name}
			out[i].origin = &origins[i]
		}
	}
	return out
}

// bind makes the item's columns those of its source.
func (i *scopeItem) bind() {
	i.source.Columns = make([]SourceColumn, len(i.columns))
	values := make([]ColumnValue, len(i.columns))
	for k := range i.columns {
		c := &i.columns[k]
		t := c.typ.freeze()
		i.source.Columns[k] = SourceColumn{Name: c.name, Type: t}
		values[k] = ColumnValue{Typed: Typed{Type: t}, Of: i.source, Index: k, Name: c.name, Origin: c.origin}
		c.v = &values[k]
	}
}

// seen is a column as it is seen from queries further in, at a place.
func (c scopeColumn) seen(up int, at source.Span) term {
	t := c.term
	if t.v != nil {
		t.v = seenFrom(t.v, up, at)
	}
	return t
}

// seenFrom is the value of a column, merged or not, as it is seen from further in.
func seenFrom(v Value, up int, at source.Span) Value {
	switch x := v.(type) {
	case *ColumnValue:
		out := *x
		out.Level, out.Place = x.Level+up, spanOr(at, x.Place)
		return &out
	case *CoalesceValue:
		out := *x
		out.Args, out.Place = allSeenFrom(x.Args, up, at), spanOr(at, x.Place)
		return &out
	case *CastValue:
		out := *x
		out.Arg, out.Place = seenFrom(x.Arg, up, at), spanOr(at, x.Place)
		return &out
	}
	return v
}

func allSeenFrom(list []Value, up int, at source.Span) []Value {
	out := make([]Value, len(list))
	for i, v := range list {
		out[i] = seenFrom(v, up, at)
	}
	return out
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
	return slices.ContainsFunc(s.items, func(i *scopeItem) bool { return i.open })
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
