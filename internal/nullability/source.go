package nullability

import "github.com/trefoil-sql/trefoil/internal/catalog"

// innerOf is the answer for the query that a source stands for; nil for tables, functions and recursive tables.
func (a *analysis) innerOf(s *entry) *answer {
	if s.inner != nil || s.answering {
		return s.inner
	}
	s.answering = true
	defer func() { s.answering = false }()
	switch {
	case s.Target:
	case s.Query != nil:
		s.inner = a.query(s.Query, a.beside(s))
	case s.CTE != nil:
		if t := s.scope.table(s.CTE); t != nil && !s.CTE.Recursive {
			s.inner = a.tableAnswer(t)
		}
	case s.Relation != nil:
		if q := a.viewQuery(*s.Relation); q != nil {
			s.inner = a.query(q, a.outermost())
		}
	}
	return s.inner
}

// beside are the facts that a subquery in FROM sees: those around its query, and if it is LATERAL those of the rows it
// becomes part of, once they are known.
func (a *analysis) beside(s *entry) *facts {
	switch {
	case !s.Lateral:
		return s.scope.inside()
	case s.scope.rows != nil:
		return s.scope.rows
	}
	return s.scope.around.copy(s.scope)
}

// column is the verdict for a column of an entry of FROM.
func (a *analysis) column(v *catalog.ColumnValue, f *facts) Verdict {
	s := f.scope.find(v.Of)
	if s == nil {
		return perhaps(v.Name + " is not known")
	}
	if v.Index < 0 {
		if f.holds(s.key) {
			return never("every row has a " + v.Name)
		}
		return perhaps(s.node.outerSide())
	}
	out := a.columnIn(s, v.Index, f)
	if out.Nullable && v.Origin != nil && s.Relation != nil && f.holds(s.key) && !f.blanked[a.sourceKey(s, v.Index)] && isSystemColumn(*v.Origin) {
		return never(v.Origin.Column + " is NOT NULL")
	}
	return out
}

// columnIn is the verdict for a column of a source, by its place.
func (a *analysis) columnIn(s *entry, i int, f *facts) Verdict {
	key := a.sourceKey(s, i)
	if k, ok := f.known[key]; ok && k.left&isNull == 0 {
		if f.open {
			return never(k.why)
		}
		if out := a.stored(s, i, f); !out.Nullable {
			return out
		}
		return never(k.why)
	}
	switch {
	case f.blanked[key]:
		return perhaps("not in all grouping sets")
	case !f.holds(s.key):
		return perhaps(s.node.outerSide())
	}
	out := a.stored(s, i, f)
	if out.Nullable {
		if g := a.narrow(s, f); g != nil {
			return s.inner.verdict(i, g)
		}
	}
	return out
}

// stored is the verdict for a column of a row that is there.
func (a *analysis) stored(s *entry, i int, f *facts) Verdict {
	if s.Excluded {
		return perhaps("the row that was to be inserted may have NULL")
	}
	if s.Target {
		return a.targetColumn(s, i)
	}
	if s.Relation != nil && !a.isView(*s.Relation) {
		return a.tableColumn(s, i, f)
	}
	if s.columns == nil {
		s.columns = a.sourceColumns(s)
	}
	if i < len(s.columns) {
		return s.columns[i]
	}
	return perhaps("not known")
}

// targetColumn is a column of the table that a statement writes to, as it is stored.
func (a *analysis) targetColumn(s *entry, i int) Verdict {
	if s.Relation == nil {
		return perhaps("not known")
	}
	if a.isView(*s.Relation) {
		return perhaps("what is written through a view comes back as its triggers make it")
	}
	return a.table(*s.Relation).column(i)
}

// sourceColumns are the verdicts for what is not a table.
func (a *analysis) sourceColumns(s *entry) []Verdict {
	if len(s.Calls) > 0 {
		return a.callColumns(s)
	}
	if s.CTE != nil && s.CTE.Recursive {
		if t := s.scope.table(s.CTE); t != nil {
			return a.columnsOf(t)
		}
		return nil
	}
	if inner := a.innerOf(s); inner != nil {
		return inner.verdicts()
	}
	return nil
}

// narrow are the facts inside a subquery, CTE or view for the rows that its columns' facts outside leave; nil if they say
// no more.
func (a *analysis) narrow(s *entry, f *facts) *facts {
	if f.open {
		return nil
	}
	if g, ok := s.narrowed[f]; ok {
		return g
	}
	s.narrowed[f] = nil
	inner := a.innerOf(s)
	if inner == nil || inner.fixed != nil {
		return nil
	}
	g := inner.output
	for i, c := range inner.query.Columns {
		key := a.sourceKey(s, i)
		if k, ok := f.known[key]; ok && c.Value != nil && !f.blanked[key] {
			g = a.with(g, a.assume(c.Value, k.left, g), k.why)
		}
	}
	if g == inner.output {
		return nil
	}
	s.narrowed[f] = g
	return g
}

// tableColumn is the verdict for a column of a table that is read. A generated column is what its expression gives.
func (a *analysis) tableColumn(s *entry, i int, f *facts) Verdict {
	t := a.table(*s.Relation)
	if t == nil {
		return perhaps(s.Columns[i].Name + " may be NULL")
	}
	out := t.column(i)
	if g, ok := t.generated[i]; ok && out.Nullable && f != nil && !f.open {
		if !a.null(g.Value, a.standIn(g.Of, s, f)).Nullable {
			return never(t.columns[i].Name + " is generated from what is not NULL")
		}
	}
	return out
}

// standIn are the facts f where a constraint's own source is s. They share what is known with f.
func (a *analysis) standIn(of *catalog.Source, s *entry, f *facts) *facts {
	twin := *s
	twin.Source = of
	g := *f
	g.scope = &scope{query: s.scope.query, outer: f.scope, around: f, sources: []*entry{&twin}, busy: f.open, standsFor: s.number}
	return &g
}
