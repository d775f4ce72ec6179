package nullability

import "github.com/trefoil-sql/trefoil/internal/catalog"

// referenced tells a scalar subquery that finds the row which a foreign key of the query outside references:
// (SELECT name FROM account WHERE account.id = booking.account_id).
func (a *analysis) referenced(r *answer, f *facts) bool {
	q := r.query
	if q.Where == nil || grouped(q) || len(q.From) != 1 || q.SetOp != nil || q.Write != nil || !a.unlimited(q) || returnsSet(q) {
		return false
	}
	of, ok := q.From[0].(*catalog.Source)
	if !ok {
		return false
	}
	to := r.output.scope.find(of)
	if to == nil || !a.isWholeTable(to) {
		return false
	}
	pairs, ok := equalities(q.Where)
	if !ok {
		return false
	}
	for s := f.scope; s != nil; s = s.outer {
		for _, from := range s.sources {
			if a.keyTo(f, from, to, pairs) {
				return true
			}
		}
	}
	return false
}
