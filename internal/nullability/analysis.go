package nullability

import (
	"slices"
	"strconv"

	"github.com/trefoil-sql/trefoil/internal/catalog"
)

// analysis is the work on one statement or view.
type analysis struct {
	catalog *catalog.Catalog
	root    *catalog.Query
	memo    *memo
	// uses are the verdicts for parameters by where they stand; nil until one is asked for.
	uses map[*catalog.Parameter]Verdict
	// numbers tell apart what keys speak of.
	numbers map[any]int
	next    int
	// columns are the columns that keys were made for.
	columns map[string]columnOf
	// shapes and keys are those of values that have been asked for before.
	shapes, keys map[read]string
	// expanded are lists as the comparisons that they stand for, and equalities those that inequalities deny.
	expanded   map[*catalog.ListTest]catalog.Value
	equalities map[*catalog.FunctionCall]*catalog.FunctionCall
	// verdicts of values under facts that are complete.
	verdicts map[place]Verdict
}

// place is a value under facts.
type place struct {
	value catalog.Value
	facts *facts
}

// read is a value where it is read: in a query's scope, or, for a table's CHECK, as of a source of that number.
type read struct {
	value  catalog.Value
	scope  *scope
	source string
}

// columnOf is a column of a source, by its place.
type columnOf struct {
	source *entry
	index  int
}

func newAnalysis(c *catalog.Catalog, q *catalog.Query) *analysis {
	a := &analysis{
		catalog: c, root: q, memo: memoOf(c), numbers: map[any]int{}, columns: map[string]columnOf{}, shapes: map[read]string{},
		keys:     map[read]string{},
		expanded: map[*catalog.ListTest]catalog.Value{}, equalities: map[*catalog.FunctionCall]*catalog.FunctionCall{},
		verdicts: map[place]Verdict{},
	}
	return a
}

// outermost are the facts of a statement that nothing surrounds.
func (a *analysis) outermost() *facts { return &facts{known: map[string]fact{}} }

// number tells a thing apart from others in keys.
func (a *analysis) number(of any) string {
	n, ok := a.numbers[of]
	if !ok {
		a.next++
		n = a.next
		a.numbers[of] = n
	}
	return strconv.Itoa(n)
}

// with are the facts f and what was learned; why says from what. The rules of the scopes around draw their conclusions.
func (a *analysis) with(f *facts, l learned, why string) *facts {
	next := f.copy(f.scope)
	if !next.add(l, why) {
		return f
	}
	a.complete(next)
	return next
}

// maxRounds bounds how often the rules are applied to each other's conclusions. Facts that are left out prove less, and
// nothing wrong.
const maxRounds = 6

// complete applies the rules of all scopes around to facts, until nothing new follows. It is false if something may still
// follow.
func (a *analysis) complete(f *facts) bool {
	var busy []*scope
	for s := f.scope; s != nil; s = s.outer {
		if !s.busy {
			s.busy = true
			busy = append(busy, s)
		}
	}
	f.open = true
	news := true
	for range maxRounds {
		news = a.presence(f)
		for _, s := range busy {
			for _, r := range s.rules {
				news = r(f) || news
			}
		}
		if !news || f.impossible {
			break
		}
	}
	for _, s := range busy {
		s.busy = false
	}
	f.open = false
	return !news || f.impossible
}

// presence draws conclusions from columns to rows: one that is not NULL has its row, and one that is NULL though the
// table does not permit it has none.
func (a *analysis) presence(f *facts) bool {
	var telling []string
	for key, k := range f.known {
		if c, ok := a.columns[key]; ok && !f.blanked[key] && a.rowOf(c, k, f) != everything {
			telling = append(telling, key)
		}
	}
	slices.Sort(telling) // whose reason is kept does not depend on the map's order
	news := false
	for _, key := range telling {
		k, c := f.known[key], a.columns[key]
		news = f.add(that(c.source.key, a.rowOf(c, k, f)), k.why) || news
	}
	return news
}

// rowOf is what a column says of its row that is not known yet.
func (a *analysis) rowOf(c columnOf, k fact, f *facts) outcomes {
	switch {
	case k.left&isNull == 0 && !f.holds(c.source.key):
		return notNull
	case k.left == isNull && !f.lacks(c.source.key) && !c.source.frozen && !a.stored(c.source, c.index, nil).Nullable:
		return isNull
	}
	return everything
}
