package nullability

import (
	"slices"

	"github.com/trefoil-sql/trefoil/internal/catalog"
)

// scope is the FROM of one query, as it is evaluated once: the same query met twice has two scopes.
type scope struct {
	query *catalog.Query
	outer *scope
	// around are the facts that hold where the query stands; within are the same with the scope's common tables.
	around  *facts
	within  *facts
	sources []*entry
	ctes    map[*catalog.CTE]*commonTable
	top     []*node
	rules   []rule
	busy    bool
	// rows are the facts of the rows that FROM and WHERE give, nil until they are known.
	rows *facts
	// groups are the facts of the rows that stand for groups, nil without.
	groups *facts
	// partial tells that the query may not see all rows of its tables.
	partial bool
	// filled tells that there is at least one such row for every group.
	filled bool
	// standsFor is the number of the one source of a scope in which a table's CHECK is read; "" for a query's.
	standsFor string
}

// rule adds what follows to facts that are being completed, and tells whether that was new.
type rule func(f *facts) bool

// node is an entry of FROM: a source, or a join of two nodes. Its key's NULL means that the row has no part of it.
type node struct {
	key         string
	source      *entry
	join        *catalog.Join
	left, right *node
	parent      *node
	// always are the outcomes of the join's condition on any two rows; 0 until asked for.
	always outcomes
}

// entry is an entry of FROM in a scope.
type entry struct {
	*catalog.Source
	key    string
	number string
	scope  *scope
	node   *node
	// inner is the query that it stands for: of a subquery, CTE or view.
	inner     *answer
	answering bool
	// columns are the verdicts for a row that is there; nil until asked for.
	columns []Verdict
	// frozen tells that columns that are NULL say nothing of the row, as grouping sets can replace them.
	frozen bool
	// keys are those of its columns that have been asked for, which its twins share.
	keys []string
	// narrowed are the facts inside of inner, by the facts outside.
	narrowed map[*facts]*facts
}

// mark is what keys of its columns contain.
func (s *entry) mark() string { return "#" + s.number + "." }

// isScalar tells a function in FROM whose result is no row: its name stands for the value.
func (s *entry) isScalar() bool {
	if len(s.Calls) != 1 || len(s.Columns) != 1 || s.Ordinality {
		return false
	}
	t := s.Calls[0].Result()
	return t.Array || t.Kind != catalog.CompositeType && t.Name.Name != "record"
}

// find is the source that stands for one of the tree, here or further out.
func (s *scope) find(of *catalog.Source) *entry {
	for ; s != nil; s = s.outer {
		for _, have := range s.sources {
			if have.Source == of {
				return have
			}
		}
	}
	return nil
}

// table is the common table that a reference means.
func (s *scope) table(c *catalog.CTE) *commonTable {
	for ; s != nil; s = s.outer {
		if t, ok := s.ctes[c]; ok {
			return t
		}
	}
	return nil
}

// newScope makes the scope of a query in the facts around it.
func (a *analysis) newScope(q *catalog.Query, outer *facts) *scope {
	s := &scope{query: q, outer: outer.scope, around: outer, ctes: map[*catalog.CTE]*commonTable{}}
	s.partial = seesPart(q) || s.outer != nil && s.outer.partial
	for _, c := range q.With {
		s.ctes[c] = &commonTable{cte: c, scope: s}
	}
	return s
}

// addSource makes a source of the scope.
func (a *analysis) addSource(s *scope, of *catalog.Source) *entry {
	src := &entry{Source: of, scope: s, keys: make([]string, len(of.Columns)), narrowed: map[*facts]*facts{}}
	src.number = a.number(src)
	src.key = "row#" + src.number
	s.sources = append(s.sources, src)
	return src
}

// addFrom makes the nodes of an entry of FROM.
func (a *analysis) addFrom(s *scope, from catalog.From) *node {
	switch from := from.(type) {
	case *catalog.Source:
		src := a.addSource(s, from)
		src.node = &node{key: src.key, source: src}
		return src.node
	case *catalog.Join:
		n := &node{join: from, left: a.addFrom(s, from.Left), right: a.addFrom(s, from.Right)}
		n.key = "join#" + a.number(n)
		n.left.parent, n.right.parent = n, n
		s.rules = append(s.rules, a.joinRule(n))
		return n
	}
	return &node{}
}

// fromFacts are the facts of the rows of FROM, before WHERE.
func (a *analysis) fromFacts(s *scope, outer *facts, entries []catalog.From) *facts {
	f := outer.copy(s)
	for _, from := range entries {
		s.top = append(s.top, a.addFrom(s, from))
	}
	for _, src := range s.sources {
		s.rules = append(s.rules, a.checkRule(src))
	}
	for _, n := range s.top {
		f.add(that(n.key, notNull), "")
	}
	a.complete(f)
	return f
}

// leaves are the sources under a node.
func (n *node) leaves() []*entry {
	if n.join == nil {
		if n.source == nil {
			return nil
		}
		return []*entry{n.source}
	}
	return slices.Concat(n.left.leaves(), n.right.leaves())
}

// outerSide says which join can leave a source out.
func (n *node) outerSide() string {
	for ; n != nil && n.parent != nil; n = n.parent {
		j := n.parent
		switch {
		case j.join.Kind == "full":
			return "either side of a full join"
		case j.join.Kind == "left" && n == j.right, j.join.Kind == "right" && n == j.left:
			return "outer side of a " + j.join.Kind + " join"
		}
	}
	return "its row may be absent"
}
