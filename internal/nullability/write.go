package nullability

import "github.com/trefoil-sql/trefoil/internal/catalog"

// writeFacts are the facts of the rows of RETURNING.
//
// The columns of the table written to come back as they were stored: after triggers, which can change any column, and so
// with nothing but the table's constraints to go by. What WHERE says of them is about the old row. A DELETE gives the old
// row itself.
func (a *analysis) writeFacts(s *scope, around *facts) *facts {
	q := s.query
	target := a.addSource(s, q.Write.Target)
	target.node = &node{key: target.key, source: target}
	s.top = append(s.top, target.node)
	if q.Command == catalog.InsertCommand {
		s.rows = around.copy(s)
		s.rows.add(that(target.key, notNull), "")
		s.rules = append(s.rules, a.checkRule(target))
		a.complete(s.rows)
		return s.rows
	}
	rows := a.fromFacts(s, around, q.From)
	if q.Command == catalog.MergeCommand {
		return a.merged(s, target)
	}
	s.rows = a.where(s, rows)
	s.forgetLateral()
	if q.Command == catalog.DeleteCommand {
		return s.rows
	}
	return a.written(s, s.rows, target)
}

// merged are the facts of the rows of MERGE: the target's are as they were written, and of one that matched nothing the
// other side is absent. The ON condition is not true for all.
func (a *analysis) merged(s *scope, target *entry) *facts {
	f := s.around.copy(s)
	f.add(that(target.key, notNull), "")
	return a.written(s, f, target)
}

// written are the facts of rows after they were written, from those before.
func (a *analysis) written(s *scope, before *facts, target *entry) *facts {
	after := *s
	after.rules = nil
	f := before.copy(&after)
	f.forget(target)
	after.rules = []rule{a.checkRule(target)}
	a.complete(f)
	return f
}
