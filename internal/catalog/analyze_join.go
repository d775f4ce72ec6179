package catalog

import (
	"slices"

	pg_query "github.com/pganalyze/pg_query_go/v5"
)

var joinKinds = map[pg_query.JoinType]string{
	pg_query.JoinType_JOIN_INNER: "inner", pg_query.JoinType_JOIN_LEFT: "left", pg_query.JoinType_JOIN_RIGHT: "right",
	pg_query.JoinType_JOIN_FULL: "full",
}

// join brings both sides; USING and NATURAL merge columns, which then come first.
func (a *analysis) join(j *pg_query.JoinExpr, sc *scope) namespace {
	left := a.from(j.Larg, sc)
	seen := left
	if j.Jointype == pg_query.JoinType_JOIN_RIGHT || j.Jointype == pg_query.JoinType_JOIN_FULL {
		seen = left.hidden()
	}
	right := a.from(j.Rarg, sc.with(seen))
	a.sameNames(left.items, right.items)
	merged := stringsOf(j.UsingClause)
	if j.IsNatural {
		merged = commonNames(left.columns, right.columns)
	}
	out := &Join{Kind: joinKinds[j.Jointype], Left: left.from, Right: right.from}
	ns := namespace{items: append(slices.Clone(left.items), right.items...), from: out}
	var tests []Value
	for _, name := range merged {
		c, test := a.mergedColumn(j, name, left, right)
		ns.columns = append(ns.columns, c)
		if c.v != nil {
			out.Using = append(out.Using, c.v)
		}
		if test != nil {
			tests = append(tests, test)
		}
	}
	for _, c := range append(slices.Clone(left.columns), right.columns...) {
		if !slices.Contains(merged, c.name) {
			ns.columns = append(ns.columns, c)
		}
	}
	switch {
	case j.Quals != nil:
		out.On = a.boolean(a.expr(j.Quals, sc.only(ns).at(inJoin)), "JOIN/ON").v
	case len(tests) == 1:
		out.On = tests[0]
	case len(tests) > 1:
		out.On = &Logic{Typed: typed(a.builtin("bool"), a.st.head()), Op: And, Args: tests}
	}
	return a.named(j, ns, merged)
}

// hidden are the same entries, marked as such that may not be used.
func (ns namespace) hidden() namespace {
	out := namespace{items: make([]*scopeItem, len(ns.items)), columns: slices.Clone(ns.columns), from: ns.from}
	for i, item := range ns.items {
		copied := *item
		copied.beyond = true
		out.items[i] = &copied
	}
	for i := range out.columns {
		out.columns[i].beyond = true
	}
	return out
}

// named gives a join its own name, or the columns of USING one.
func (a *analysis) named(j *pg_query.JoinExpr, ns namespace, merged []string) namespace {
	if u := j.JoinUsingAlias; u != nil {
		item := &scopeItem{name: u.Aliasname, columns: slices.Clone(ns.columns[:len(merged)]), joined: true}
		ns.items = append(ns.items, item)
	}
	if j.Alias == nil {
		return ns
	}
	item := &scopeItem{name: j.Alias.Aliasname, columns: renamed(ns.columns, stringsOf(j.Alias.Colnames)), joined: true}
	a.tooManyNames(item, j.Alias, len(ns.columns))
	item.open = ns.isOpen()
	return namespace{items: []*scopeItem{item}, columns: item.columns, from: ns.from}
}

func commonNames(left, right []scopeColumn) []string {
	var names []string
	for _, c := range left {
		if _, count := findColumn(right, c.name); count > 0 {
			names = append(names, c.name)
		}
	}
	return names
}

// mergedColumn is a column of USING, with the equality that it stands for. It has the type common to both sides; in a full
// join it is the one that is there, else that of the side which is kept.
func (a *analysis) mergedColumn(j *pg_query.JoinExpr, name string, left, right namespace) (scopeColumn, Value) {
	l, inLeft := findColumn(left.columns, name)
	r, inRight := findColumn(right.columns, name)
	for _, side := range []struct {
		count int
		word  string
		ns    namespace
	}{{inLeft, "left", left}, {inRight, "right", right}} {
		if side.count == 0 && !j.IsNatural && !side.ns.isOpen() {
			a.problem(failf(a.st.find(name, a.st.start), undefinedColumn,
				"column %q specified in USING clause does not exist in %s table", name, side.word))
		}
		if side.count > 1 {
			a.problem(failf(a.st.find(name, a.st.start), ambiguousColumn, "common column name %q appears more than once in %s table", name, side.word))
		}
	}
	for _, c := range []scopeColumn{l, r} {
		if c.col != nil {
			a.refs = append(a.refs, reference{obj: c.col})
		}
	}
	if l.v == nil || r.v == nil {
		return scopeColumn{name: name, term: l.term, col: l.col}, nil
	}
	lt, rt := l.term, r.term
	test := a.applyOperator(equalSign, &lt, &rt, -1).v
	return a.merge(j, name, l, r), test
}

// merge is buildMergedJoinVar.
func (a *analysis) merge(j *pg_query.JoinExpr, name string, l, r scopeColumn) scopeColumn {
	sides := []term{l.term, r.term}
	common, ok := a.commonType(sides)
	if !ok || common.typ == nil {
		return scopeColumn{name: name, term: term{v: l.v}}
	}
	left, right := a.mergeSide(l, r, common), a.mergeSide(r, l, common)
	out := scopeColumn{name: name, term: left, col: l.col}
	switch j.Jointype {
	case pg_query.JoinType_JOIN_RIGHT:
		out.term, out.col = right, r.col
	case pg_query.JoinType_JOIN_FULL:
		out.term = term{typ: left.typ, v: &CoalesceValue{Typed: typed(left.typ, a.st.head()), Args: []Value{left.v, right.v}}}
	case pg_query.JoinType_JOIN_INNER:
		if left.v != l.v && right.v == r.v { // that which is taken as it is
			out.term, out.col = right, r.col
		}
	}
	if !l.typ.same(r.typ) {
		out.col = nil
	}
	return out
}

// mergeSide is one side as the merged column has it: of the common type, without modifiers that the other has not.
func (a *analysis) mergeSide(c, other scopeColumn, common typeRef) term {
	switch t := c.term; {
	case !t.typ.sameType(common):
		return a.coerce(t, common, true)
	case t.typ.isModified() && !t.typ.same(other.typ):
		return term{typ: common, v: &CastValue{Typed: typed(common, t.at()), Arg: t.v, Implicit: true, Strict: true}, origin: t.origin}
	default:
		return t
	}
}
