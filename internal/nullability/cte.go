package nullability

import (
	"slices"

	"github.com/trefoil-sql/trefoil/internal/catalog"
)

// commonTable is a common table expression of a scope.
type commonTable struct {
	cte    *catalog.CTE
	around *facts
	scope  *scope
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
		t.found = a.query(t.cte.Query, t.inside())
	}
	return t.found
}

// inside are the facts where the table's query stands: those around its WITH, in a scope that has the tables.
func (t *commonTable) inside() *facts {
	return t.around.copy(&scope{outer: t.around.scope, around: t.around, ctes: t.scope.ctes})
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
		found := a.query(q, t.inside()).verdicts()
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
