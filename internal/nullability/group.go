package nullability

import (
	"maps"
	"strings"

	"github.com/trefoil-sql/trefoil/internal/catalog"
)

// grouped tells a query whose rows stand for groups.
func grouped(q *catalog.Query) bool {
	return q.Grouped || q.Group != nil || q.Having != nil || hasAggregate(q, belongsPerhaps)
}

// hasAggregate tells an aggregate of this query's own in its result, ORDER BY or HAVING. One in a subquery belongs here
// if it reads columns of this query and none of those between.
func hasAggregate(q *catalog.Query, belongs func(c *catalog.FunctionCall, own map[*catalog.Source]bool, depth int) bool) bool {
	own := map[*catalog.Source]bool{}
	for _, from := range q.From {
		collect(from, own)
	}
	found := false
	look := func(v catalog.Value) {
		visit(v, 0, func(v catalog.Value, depth int) {
			if c, ok := v.(*catalog.FunctionCall); ok && isAggregate(c) && belongs(c, own, depth) {
				found = true
			}
		})
	}
	for _, c := range q.Columns {
		look(c.Value)
	}
	for _, v := range q.Order {
		look(v)
	}
	look(q.Having)
	return found
}

// belongsSurely tells an aggregate that is of the query that has these sources, and of no other.
func belongsSurely(c *catalog.FunctionCall, own map[*catalog.Source]bool, depth int) bool {
	reads := sourcesIn(c)
	if depth == 0 && len(reads) == 0 {
		return true
	}
	here, elsewhere := false, false
	for s := range reads {
		here, elsewhere = here || own[s], elsewhere || !own[s]
	}
	return here && (depth == 0 || !elsewhere)
}

// belongsPerhaps tells an aggregate that may be of the query that has these sources.
func belongsPerhaps(c *catalog.FunctionCall, own map[*catalog.Source]bool, depth int) bool {
	for s := range sourcesIn(c) {
		if own[s] {
			return true
		}
	}
	return depth == 0
}

func isAggregate(c *catalog.FunctionCall) bool {
	return c.Kind == catalog.AggregateFunction && c.Over == nil
}

// sourcesIn are the entries of FROM that an aggregate reads.
func sourcesIn(c *catalog.FunctionCall) map[*catalog.Source]bool {
	found := map[*catalog.Source]bool{}
	for _, part := range parts(c) {
		visit(part, 0, func(v catalog.Value, _ int) {
			switch v := v.(type) {
			case *catalog.ColumnValue:
				found[v.Of] = true
			case *catalog.WholeRow:
				found[v.Of] = true
			}
		})
	}
	return found
}

// collect notes the sources of an entry of FROM.
func collect(from catalog.From, into map[*catalog.Source]bool) {
	switch from := from.(type) {
	case *catalog.Source:
		into[from] = true
	case *catalog.Join:
		collect(from.Left, into)
		collect(from.Right, into)
	}
}

// ownedBy tells an aggregate that is of the query of a scope.
func ownedBy(c *catalog.FunctionCall, s *scope) bool {
	own := map[*catalog.Source]bool{}
	for _, src := range s.sources {
		own[src.Source] = true
	}
	return belongsSurely(c, own, 0)
}

// groupsAreFilled tells a query whose groups all have a row: GROUP BY has an expression that no grouping set lacks.
func (a *analysis) groupsAreFilled(q *catalog.Query) bool {
	for _, g := range q.Group {
		if !g.Empties && len(g.Values) > 0 {
			return true
		}
	}
	return false
}

// groupFacts are the facts of the rows that stand for groups.
func (a *analysis) groupFacts(s *scope, around *facts) *facts {
	var f *facts
	if s.filled {
		f = s.rows.copy(a.grouping(s))
	} else {
		// A group of no rows: what WHERE says holds for none.
		f = around.copy(a.grouping(s))
	}
	a.blank(f, s)
	if s.query.Having != nil {
		f = a.with(f, a.assume(s.query.Having, isTrue, f), "HAVING rules NULL out")
	}
	// The scope is the copy of grouping, so that only values computed after the grouping see the groups.
	f.scope.groups = f
	return f
}

// grouping is the scope of the groups: the same sources, whose rows are not looked at any more.
func (a *analysis) grouping(s *scope) *scope {
	g := *s
	g.rules, g.sources = nil, nil
	for _, src := range s.sources {
		twin := *src
		twin.frozen = true
		g.sources = append(g.sources, &twin)
	}
	return &g
}

// anything is the key of blanked values that cannot be told from each other: those with subqueries.
const anything = "*"

// blank forgets what is known of values that grouping sets can replace by NULL, and of all that are made of them.
func (a *analysis) blank(f *facts, s *scope) {
	kept, blanked := map[string]bool{}, map[string]bool{}
	for _, g := range s.query.Group {
		for _, v := range g.Values {
			shape := a.shape(v, f)
			switch {
			case !g.Empties:
				kept[shape] = true
			case strings.Contains(shape, unlike):
				blanked[anything] = true
			default:
				blanked[shape] = true
			}
		}
	}
	maps.DeleteFunc(blanked, func(shape string, _ bool) bool { return kept[shape] })
	if len(blanked) == 0 {
		return
	}
	maps.Copy(blanked, f.blanked)
	f.blanked = blanked
	for _, src := range s.sources {
		f.forget(src)
	}
	maps.DeleteFunc(f.known, func(k string, _ fact) bool {
		for shape := range blanked {
			if strings.Contains(k, shape) {
				return true
			}
		}
		return false
	})
}
