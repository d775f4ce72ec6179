package nullability

import (
	"slices"

	"github.com/trefoil-sql/trefoil/internal/catalog"
)

// commonTable is a common table expression of a scope.
type commonTable struct {
	cte   *catalog.CTE
	scope *scope
	// found is what is known of a table that is not recursive; nil until asked for.
	found *answer
	// assumed are the verdicts of a recursive table, while they are being found and after.
	assumed []Verdict
}

// columnsOf are the verdicts of a common table's columns.
func (a *analysis) columnsOf(t *commonTable) []Verdict {
	if !t.cte.Recursive {
		return a.tableAnswer(t).verdicts()
	}
	if t.assumed == nil {
		a.recursive(t)
	}
	return t.assumed
}

// tableAnswer is the answer for a table that is not recursive. Its query sees the tables of its WITH.
func (a *analysis) tableAnswer(t *commonTable) *answer {
	if t.found == nil {
		t.found = a.query(t.cte.Query, t.scope.inside())
	}
	return t.found
}

// inside are the facts where the queries of a scope's WITH and its FROM stand: those around the scope, with its common
// tables.
func (s *scope) inside() *facts {
	if s.within == nil {
		s.within = s.around.copy(&scope{outer: s.around.scope, around: s.around, ctes: s.ctes})
	}
	return s.within
}

// recursive finds the verdicts of a table that refers to itself: those of the first part, then of all that follow from
// them, until none changes.
func (a *analysis) recursive(t *commonTable) {
	q := t.cte.Query
	n := len(q.Columns)
	t.assumed = slices.Repeat([]Verdict{never("no row of the recursion has NULL")}, n)
	if q.SetOp == nil {
		t.assumed = slices.Repeat([]Verdict{perhaps("not known")}, n)
		return
	}
	for {
		found := a.query(q, t.scope.inside()).verdicts()
		news := false
		for i, v := range found {
			if v.Nullable && !t.assumed[i].Nullable {
				t.assumed[i], news = v, true
			}
		}
		if !news {
			t.assumed = found
			return
		}
	}
}
