// Package nullability tells which columns of a query's result can be NULL, and why.
//
// It is sound: a column that is said never to be NULL is not, on any data that the schema permits. What cannot be proved
// is said to be nullable. The proofs come from the tables' constraints, from what conditions leave possible under
// three-valued logic, and from a list of functions that never give NULL for arguments that are not NULL.
package nullability

import "github.com/trefoil-sql/trefoil/internal/catalog"

// Verdict is whether a column can be NULL, and why: "id is NOT NULL", "outer side of a left join", "sum of no rows".
type Verdict struct {
	Nullable bool
	Reason   string
}

func never(reason string) Verdict   { return Verdict{Reason: reason} }
func perhaps(reason string) Verdict { return Verdict{Nullable: true, Reason: reason} }

// Columns gives one verdict for each of q.Columns, with the query's own marks ("total!", "total?") applied.
func Columns(c *catalog.Catalog, q *catalog.Query) []Verdict { return Of(c, q).Columns() }

// View is Columns for a view or materialized view; nil for other relations. The verdicts are kept for the catalog.
func View(c *catalog.Catalog, name catalog.Name) []Verdict {
	m := memoOf(c)
	return load(m, m.views, name, func() []Verdict {
		if q := c.View(name); q != nil {
			return Columns(c, q)
		}
		return nil
	})
}

// given are the facts where a select list is computed, or inside an aggregate where conditions are true.
func (a *analysis) given(r *answer, conditions []catalog.Value) *facts {
	f := r.output
	if len(conditions) > 0 && f.scope.rows != nil {
		f = f.scope.rows
	}
	for _, cond := range conditions {
		f = a.with(f, a.assume(cond, isTrue, f), "a condition rules NULL out")
	}
	return f
}
