package nullability

import (
	"regexp"
	"slices"
	"strings"

	"github.com/trefoil-sql/trefoil/internal/catalog"
)

// foreignKeyMatches tells an outer join whose condition is a foreign key of the inner side, on columns that are not NULL:
// every row finds the row that it references.
func (a *analysis) foreignKeyMatches(f *facts, n, inner, outer *node) bool {
	to := outer.source
	if to == nil || n.join.On == nil || !a.isWholeTable(to) {
		return false
	}
	pairs, ok := equalities(n.join.On)
	if !ok {
		return false
	}
	for _, from := range inner.leaves() {
		if a.keyTo(f, from, to, pairs) {
			return true
		}
	}
	return false
}

// keyTo tells that a foreign key of one table makes the conditions true for a row of the other.
func (a *analysis) keyTo(f *facts, from, to *entry, pairs []equality) bool {
	if from.scope.partial || to.scope.partial || from.Relation == nil || from.Target || from.Excluded || !f.holds(from.key) || a.memo.relations[*from.Relation] == nil {
		return false
	}
	for _, k := range a.memo.relations[*from.Relation].ForeignKeys {
		if a.keyHolds(from, k) && k.References == *to.Relation && a.keyGives(f, from, to, k, pairs) {
			return true
		}
	}
	return false
}

// isWholeTable tells a table all of whose rows a query sees.
func (a *analysis) isWholeTable(s *entry) bool {
	if s.Relation == nil || s.Target || s.Excluded {
		return false
	}
	rel := a.memo.relations[*s.Relation]
	return rel != nil && (rel.Kind == catalog.Table || rel.Kind == catalog.PartitionedTable) && !rel.RowSecurity
}

// keyHolds tells a foreign key that holds at any time, for all rows that a query of the table reads: tables that inherit
// from it in the old way do not have it.
func (a *analysis) keyHolds(s *entry, k catalog.ForeignKey) bool {
	return !k.NotValid && !k.Deferrable && !slices.ContainsFunc(a.memo.children[*s.Relation],
		func(child *catalog.Relation) bool { return child.PartitionOf == nil })
}

// partly finds what keeps a row that a foreign key references from being seen, or what looks like it: a sample, ONLY of a
// table with children, and locks, which after waiting read the new version of one row beside old ones of others.
var partly = regexp.MustCompile(`(?i)\btablesample\b|\bonly\s*[("\w]|\bfor\s+(no\s+key\s+|key\s+)?(update|share)\b`)

// seesPart tells a query that may not see all rows of its tables as of one moment.
func seesPart(q *catalog.Query) bool {
	if q.Span.File == nil {
		return true
	}
	text := q.Span.File.Text[q.Span.Start:q.Span.End]
	return hasAnyWord(text, "tablesample", "only", "for") && partly.MatchString(text)
}

// hasAnyWord tells a text in which one of some words stands, in whatever case. It is quicker than a pattern, and most queries
// have none.
func hasAnyWord(text string, words ...string) bool {
	for i := range len(text) {
		for _, w := range words {
			if text[i]|0x20 == w[0] && i+len(w) <= len(text) && strings.EqualFold(text[i:i+len(w)], w) {
				return true
			}
		}
	}
	return false
}

// equality is a condition that two columns are equal.
type equality struct{ left, right *catalog.ColumnValue }

// keyGives tells that a foreign key makes the condition true: it asks for no more than the key says, and no column of the
// key is NULL.
func (a *analysis) keyGives(f *facts, from, to *entry, k catalog.ForeignKey, pairs []equality) bool {
	for _, p := range pairs {
		if p.left.Of == to.Source {
			p.left, p.right = p.right, p.left
		}
		if p.left.Of != from.Source || p.right.Of != to.Source {
			return false
		}
		i := slices.Index(k.Columns, a.nameOf(from, p.left.Index))
		if i < 0 || i >= len(k.RefColumns) || k.RefColumns[i] != a.nameOf(to, p.right.Index) {
			return false
		}
	}
	for _, name := range k.Columns {
		i := slices.IndexFunc(a.memo.relations[*from.Relation].Columns, func(c catalog.Column) bool { return c.Name == name })
		if i < 0 || a.columnIn(from, i, f).Nullable {
			return false
		}
	}
	return len(pairs) > 0
}

// nameOf is a column's name in its table, which an alias in FROM can hide.
func (a *analysis) nameOf(s *entry, i int) string {
	columns := a.memo.relations[*s.Relation].Columns
	if i < 0 || i >= len(columns) {
		return ""
	}
	return columns[i].Name
}

// equalities are the conditions of a conjunction, if all are that two columns are equal.
func equalities(on catalog.Value) ([]equality, bool) {
	switch v := on.(type) {
	case *catalog.Logic:
		if v.Op != catalog.And {
			return nil, false
		}
		var all []equality
		for _, arg := range v.Args {
			some, ok := equalities(arg)
			if !ok {
				return nil, false
			}
			all = append(all, some...)
		}
		return all, true
	case *catalog.FunctionCall:
		if v.Operator != "=" || !v.Builtin || len(v.Args) != 2 {
			return nil, false
		}
		left, ok := plain(v.Args[0]).(*catalog.ColumnValue)
		right, also := plain(v.Args[1]).(*catalog.ColumnValue)
		return []equality{{left, right}}, ok && also
	}
	return nil, false
}
