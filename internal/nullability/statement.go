package nullability

import "github.com/trefoil-sql/trefoil/internal/catalog"

// Statement is a query of which several things are asked: what is found out for one answer serves the next. It is not for
// concurrent use; statements of one catalog may be asked side by side.
type Statement struct {
	catalog *catalog.Catalog
	query   *catalog.Query
	a       *analysis
	answer  *answer
}

// Of is the statement of a query of the catalog. Nothing is found out until it is asked.
func Of(c *catalog.Catalog, q *catalog.Query) *Statement { return &Statement{catalog: c, query: q} }

// asked does the work on the statement, at the first question.
func (s *Statement) asked() (*analysis, *answer) {
	if s.a == nil {
		s.a = newAnalysis(s.catalog, s.query)
		s.answer = s.a.query(s.query, s.a.outermost())
	}
	return s.a, s.answer
}

// Columns gives one verdict for each of the query's columns, with its own marks applied.
func (s *Statement) Columns() []Verdict {
	_, r := s.asked()
	return r.verdicts()
}

// Absent tells whether an entry of the query's FROM can be absent from a row: the outer side of a join, so that all its
// columns are NULL.
func (s *Statement) Absent(of *catalog.Source) bool {
	_, r := s.asked()
	found := r.output.scope.find(of)
	return found == nil || !r.output.impossible && !r.output.holds(found.key)
}

// Value is the verdict for a value of the query's select list. Where given conditions are true too, such as an aggregate's
// FILTER, they and the value are taken to be inside the aggregate.
func (s *Statement) Value(v catalog.Value, given ...catalog.Value) Verdict {
	a, r := s.asked()
	return a.null(v, a.given(r, given))
}

// Elements is the verdict for the elements of an array in the query's select list, with conditions as those of Value.
func (s *Statement) Elements(v catalog.Value, given ...catalog.Value) Verdict {
	a, r := s.asked()
	return a.elements(v, a.given(r, given))
}

// Params tells of each of the query's Params whether NULL makes sense for it: where it is stored in a column that may be
// NULL, or used where NULL is looked at. Compared by an operator, NULL finds nothing.
func (s *Statement) Params() []Verdict {
	a, r := s.asked()
	rows := r.output.scope.rows
	out := make([]Verdict, len(s.query.Params))
	for i, p := range s.query.Params {
		out[i] = a.use(p)
		if out[i].Nullable && !p.Nullable && rows != nil && rows.holds(parameterKey(a.number(p))) {
			out[i] = never("NULL would find no row")
		}
	}
	return out
}
