package nullability

import (
	"fmt"

	"github.com/trefoil-sql/trefoil/internal/catalog"
)

// answer is what is known of a query where it stands.
type answer struct {
	query *catalog.Query
	// output are the facts of the rows of the result, where the select list is computed.
	output *facts
	// givesRow tells that there is at least one row, whatever the data.
	givesRow bool
	// fixed are the verdicts of the columns, of queries whose columns have no values of their own.
	fixed []Verdict
	a     *analysis
}

// query answers for a query in the facts around it.
func (a *analysis) query(q *catalog.Query, around *facts) *answer {
	s := a.newScope(q, around)
	r := &answer{query: q, a: a}
	switch {
	case q.SetOp != nil:
		r.output = around.copy(s)
		a.setOperation(r, s)
	case q.Rows != nil:
		r.output = around.copy(s)
		r.fixed, r.givesRow = a.valueRows(q, r.output), len(q.Rows) > 0 && a.unlimited(q)
	case q.Write != nil:
		r.output = a.writeFacts(s, around)
	default:
		a.selectFacts(r, s, around)
	}
	return r
}

// verdicts are those of the query's columns.
func (r *answer) verdicts() []Verdict {
	out := make([]Verdict, len(r.query.Columns))
	for i := range out {
		out[i] = r.verdict(i, r.output)
	}
	return out
}

// verdict is that of a column, in the query's own facts or narrower ones.
func (r *answer) verdict(i int, f *facts) Verdict {
	if i >= len(r.query.Columns) {
		return perhaps("added by SEARCH or CYCLE")
	}
	c := r.query.Columns[i]
	switch {
	case c.Null == catalog.NeverMark:
		return never(fmt.Sprintf("the query says so (%q)", c.Name+"!"))
	case c.Null == catalog.PerhapsMark:
		return perhaps(fmt.Sprintf("the query says so (%q)", c.Name+"?"))
	case r.fixed != nil:
		return r.fixed[i]
	case c.Value == nil:
		return perhaps("not known")
	}
	return r.a.null(c.Value, f)
}

// selectFacts answers for a SELECT.
func (a *analysis) selectFacts(r *answer, s *scope, around *facts) {
	q := r.query
	from := a.fromFacts(s, around, q.From)
	all := q.Where == nil || a.possible(q.Where, from) == isTrue
	s.rows = a.where(s, from)
	s.forgetLateral()
	given := all && a.fromGivesRow(s)
	if !grouped(q) {
		s.filled = true
		r.output = s.rows
		r.givesRow = given && a.unlimited(q) && !returnsSet(q)
		return
	}
	s.filled = given || a.groupsAreFilled(q)
	r.output = a.groupFacts(s, around)
	oneRow := q.Group == nil && hasAggregate(q, belongsSurely)
	r.givesRow = (oneRow || given) && q.Having == nil && a.unlimited(q) && !returnsSet(q)
}

// where adds the condition to the facts of rows, and to the rules of the scope.
func (a *analysis) where(s *scope, rows *facts) *facts {
	cond := s.query.Where
	if cond == nil {
		return rows
	}
	s.rules = append(s.rules, func(f *facts) bool { return f.add(a.assume(cond, isTrue, f), "WHERE rules NULL out") })
	next := rows.copy(s)
	a.complete(next)
	return next
}

// forgetLateral drops what was answered before the facts of the rows were known.
func (s *scope) forgetLateral() {
	for _, src := range s.sources {
		if src.Lateral || len(src.Calls) > 0 {
			src.inner, src.columns = nil, nil
			src.narrowed = map[*facts]*facts{}
		}
	}
}

// fromGivesRow tells that FROM gives at least one row, whatever the data.
func (a *analysis) fromGivesRow(s *scope) bool {
	for _, n := range s.top {
		if !a.nodeGivesRow(n, s) {
			return false
		}
	}
	return true
}

// unlimited tells that LIMIT and OFFSET leave the first row.
func (a *analysis) unlimited(q *catalog.Query) bool {
	if q.Offset != nil {
		return false
	}
	if q.Limit == nil {
		return true
	}
	c, ok := plain(q.Limit).(*catalog.Constant)
	return ok && !c.Null && c.Kind == catalog.IntLiteral && c.Text != "0"
}

// valueRows are the verdicts of VALUES.
func (a *analysis) valueRows(q *catalog.Query, f *facts) []Verdict {
	out := make([]Verdict, len(q.Columns))
	for i := range out {
		out[i] = never("no row of VALUES has NULL")
		for _, row := range q.Rows {
			if i >= len(row) {
				out[i] = perhaps("not known")
				break
			}
			if v := a.null(row[i], f); v.Nullable {
				out[i] = v
				break
			}
		}
	}
	return out
}

// setOperation answers for UNION, INTERSECT and EXCEPT.
func (a *analysis) setOperation(r *answer, s *scope) {
	op := r.query.SetOp
	left, right := a.query(op.Left, r.output), a.query(op.Right, r.output)
	r.givesRow = op.Op == "union" && (left.givesRow || right.givesRow) && a.unlimited(r.query)
	r.fixed = combine(op.Op, left.verdicts(), right.verdicts())
	r.output = r.output.copy(s)
}

// combine are the verdicts of a set operation.
func combine(op string, left, right []Verdict) []Verdict {
	out := make([]Verdict, len(left))
	for i := range left {
		l, r := left[i], perhaps("not known")
		if i < len(right) {
			r = right[i]
		}
		switch {
		case op == "except":
			out[i] = l
		case l.Nullable == r.Nullable, l.Nullable == (op == "union"):
			out[i] = l
		default:
			out[i] = r
		}
	}
	return out
}
