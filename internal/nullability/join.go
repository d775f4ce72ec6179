package nullability

import "github.com/trefoil-sql/trefoil/internal/catalog"

// joinRule is what follows from a join, for the final rows: which parts are there, and when its condition was true. It
// does what reducing outer joins does in a planner: a condition that needs a column of the outer side needs its row.
func (a *analysis) joinRule(n *node) rule {
	switch n.join.Kind {
	case "left":
		return func(f *facts) bool { return a.outerJoin(f, n, n.left, n.right) }
	case "right":
		return func(f *facts) bool { return a.outerJoin(f, n, n.right, n.left) }
	case "full":
		return func(f *facts) bool { return a.fullJoin(f, n) }
	}
	return func(f *facts) bool { return a.innerJoin(f, n) }
}

// there and gone note that a node's part of the row exists, or does not.
func there(f *facts, n *node) bool { return !f.holds(n.key) && f.add(that(n.key, notNull), "") }
func gone(f *facts, n *node) bool  { return !f.lacks(n.key) && f.add(that(n.key, isNull), "") }

// matched notes what follows from the join's condition being true.
func (a *analysis) matched(f *facts, n *node) bool {
	if n.join.On == nil {
		return false
	}
	return f.add(a.assume(n.join.On, isTrue, f), "the join's condition rules NULL out")
}

func (a *analysis) innerJoin(f *facts, n *node) bool {
	parts := []*node{n, n.left, n.right}
	news := false
	for _, p := range parts {
		if f.holds(p.key) {
			for _, other := range parts {
				news = there(f, other) || news
			}
			return a.matched(f, n) || news
		}
		if f.lacks(p.key) {
			for _, other := range parts {
				news = gone(f, other) || news
			}
			return news
		}
	}
	return false
}

// outerJoin is a left join of inner with outer; a right join has them the other way round.
func (a *analysis) outerJoin(f *facts, n, inner, outer *node) bool {
	news := false
	if f.holds(outer.key) {
		news = there(f, n) || news
	}
	if f.holds(n.key) || f.holds(inner.key) {
		news = there(f, n) || news
		news = there(f, inner) || news
	}
	if f.lacks(n.key) || f.lacks(inner.key) {
		for _, p := range []*node{n, inner, outer} {
			news = gone(f, p) || news
		}
		return news
	}
	if f.holds(inner.key) && !f.holds(outer.key) && (a.alwaysMatches(f, n, outer) || a.foreignKeyMatches(f, n, inner, outer)) {
		news = there(f, outer) || news
	}
	if f.holds(outer.key) {
		news = a.matched(f, n) || news
	}
	return news
}

func (a *analysis) fullJoin(f *facts, n *node) bool {
	news := false
	sides := []*node{n.left, n.right}
	for i, side := range sides {
		other := sides[1-i]
		switch {
		case f.holds(side.key):
			news = there(f, n) || news
		case f.lacks(side.key) && f.holds(n.key):
			news = there(f, other) || news
		case f.lacks(side.key) && f.lacks(other.key):
			news = gone(f, n) || news
		case f.lacks(n.key):
			news = gone(f, side) || news
		}
	}
	if f.holds(n.left.key) && f.holds(n.right.key) {
		news = a.matched(f, n) || news
	}
	return news
}

// alwaysMatches tells an outer side that has a row for every row of the inner side: it gives at least one, and the
// condition is true.
func (a *analysis) alwaysMatches(f *facts, n, outer *node) bool {
	return a.alwaysTrue(n, f.scope) && a.nodeGivesRow(outer, f.scope)
}

// alwaysTrue tells a join's condition that is true for any two rows. What is known of the final rows does not count here:
// the condition is asked of rows that do not become final ones too.
func (a *analysis) alwaysTrue(n *node, s *scope) bool {
	if n.join.On == nil {
		return true
	}
	if n.always == 0 {
		n.always = a.possible(n.join.On, &facts{known: map[string]fact{}, scope: s})
	}
	return n.always == isTrue
}

// nodeGivesRow tells a node that gives at least one row, whatever the data.
func (a *analysis) nodeGivesRow(n *node, s *scope) bool {
	if n.join == nil {
		return n.source != nil && a.sourceGivesRow(n.source)
	}
	left, right := a.nodeGivesRow(n.left, s), a.nodeGivesRow(n.right, s)
	switch n.join.Kind {
	case "left":
		return left
	case "right":
		return right
	case "full":
		return left || right
	}
	return left && right && a.alwaysTrue(n, s)
}

// sourceGivesRow tells a source that gives at least one row. A function that returns no set gives one, of NULL perhaps.
func (a *analysis) sourceGivesRow(s *entry) bool {
	for _, c := range s.Calls {
		if call, ok := c.(*catalog.FunctionCall); ok && !call.Set && call.Kind == catalog.PlainFunction {
			return true
		}
	}
	inner := a.innerOf(s)
	return inner != nil && inner.givesRow
}
