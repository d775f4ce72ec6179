package catalog

import (
	"slices"
	"strings"

	pg_query "github.com/pganalyze/pg_query_go/v5"
)

// checkGrouping says which columns a query that aggregates uses outside its aggregates without grouping by them.
func (a *analysis) checkGrouping(q *Query, sc *scope, columns []scopeColumn) {
	if !q.Grouped || slices.ContainsFunc(sc.items, func(i *scopeItem) bool { return i.open }) {
		return
	}
	c := &groupCheck{a: a, keys: map[string]bool{}, sc: sc}
	for _, g := range q.Group {
		for _, v := range g.Values {
			c.keys[valueKey(v)] = true
		}
	}
	for _, col := range columns {
		c.check(col.v)
	}
	c.check(q.Having)
	for _, v := range q.Order {
		c.check(v)
	}
}

// groupCheck looks at one query's values.
type groupCheck struct {
	a    *analysis
	sc   *scope
	keys map[string]bool
	done bool
}

func (c *groupCheck) check(v Value) {
	Walk(v, func(v Value, level int) bool {
		if c.done || level == 0 && c.keys[valueKey(v)] {
			return false
		}
		switch x := v.(type) {
		case *FunctionCall:
			up, uses := leastLevel(x)
			return x.Kind != AggregateFunction || x.Over != nil || uses && up < level
		case *Construct:
			if x.Name == "grouping" {
				c.grouping(x)
				return false
			}
		case *ColumnValue:
			c.column(x, level)
		case *WholeRow:
			if x.Level == level && !c.dependent(x.Of) {
				c.refuse(x, x.Of.Alias+".*", level)
			}
		}
		return true
	})
}

// grouping says where GROUPING asks about what is not grouped by.
func (c *groupCheck) grouping(x *Construct) {
	for _, v := range x.Args {
		if !c.keys[valueKey(v)] && !c.done {
			c.done = true
			c.a.problem(failf(x.Place, groupingError, "arguments to GROUPING must be grouping expressions of the associated query level"))
		}
	}
}

func (c *groupCheck) column(x *ColumnValue, level int) {
	if x.Level != level {
		return
	}
	near := *x
	near.Level = 0
	if !c.keys[valueKey(&near)] && !c.dependent(x.Of) {
		c.refuse(x, x.Of.Alias+"."+x.Name, level)
	}
}

func (c *groupCheck) refuse(v Value, name string, level int) {
	c.done = true
	at := c.a.placeOf(term{v: v})
	if level > 0 {
		c.a.problem(failf(at, groupingError, "subquery uses ungrouped column %q from outer query", name))
		return
	}
	c.a.problem(failf(at, groupingError, "column %q must appear in the GROUP BY clause or be used in an aggregate function", name))
}

// dependent tells an entry of FROM whose primary key is grouped by.
func (c *groupCheck) dependent(src *Source) bool {
	for _, i := range c.sc.items {
		if i.source != src || i.rel == nil || i.rel.primaryKey() == nil || i.rel.primaryKey().deferable {
			continue
		}
		return !slices.ContainsFunc(i.rel.primaryKey().columns, func(col *column) bool {
			at := slices.Index(i.rel.columns, col)
			return at < 0 || !c.keys[valueKey(&ColumnValue{Of: src, Index: at})]
		})
	}
	return false
}

// notEqual are the built-in types whose values cannot be told apart; notSorted have no order either.
var notEqual, notSorted = words("json xml point lseg path box polygon line circle pg_node_tree txid_snapshot pg_snapshot refcursor gtsvector"),
	words("xid cid aclitem")

func words(list string) map[string]bool {
	out := map[string]bool{}
	for _, w := range strings.Fields(list) {
		out[w] = true
	}
	return out
}

// sortable says where values cannot be grouped, told apart or sorted.
func (a *analysis) sortable(t term, sorted bool) {
	base := baseOf(t.typ)
	if base.array {
		base = baseOf(element(base))
	}
	if base.typ == nil || !base.typ.schema.builtin {
		return
	}
	switch {
	case sorted && (notEqual[base.typ.name] || notSorted[base.typ.name]):
		a.problem(failf(a.placeOf(t), undefinedFunction, "could not identify an ordering operator for type %s", a.typeText(t.typ)))
	case !sorted && notEqual[base.typ.name]:
		a.problem(failf(a.placeOf(t), undefinedFunction, "could not identify an equality operator for type %s", a.typeText(t.typ)))
	}
}

// checkLocking says where FOR UPDATE and the like have no rows of tables to lock.
func (a *analysis) checkLocking(n *pg_query.SelectStmt, q *Query, sc *scope) {
	if len(n.LockingClause) == 0 {
		return
	}
	with := ""
	switch {
	case q.SetOp != nil:
		with = "UNION/INTERSECT/EXCEPT"
	case q.Distinct:
		with = "DISTINCT clause"
	case len(q.Group) > 0:
		with = "GROUP BY clause"
	case q.Having != nil:
		with = "HAVING clause"
	case q.Grouped:
		with = "aggregate functions"
	case sc.query.windowed:
		with = "window functions"
	}
	words := map[pg_query.LockClauseStrength]string{
		pg_query.LockClauseStrength_LCS_FORKEYSHARE: "FOR KEY SHARE", pg_query.LockClauseStrength_LCS_FORSHARE: "FOR SHARE",
		pg_query.LockClauseStrength_LCS_FORNOKEYUPDATE: "FOR NO KEY UPDATE", pg_query.LockClauseStrength_LCS_FORUPDATE: "FOR UPDATE",
	}
	for _, l := range n.LockingClause {
		word := words[l.GetLockingClause().GetStrength()]
		if with != "" {
			a.problem(failf(a.st.head(), featureNotSupported, "%s is not allowed with %s", word, with))
		}
		for _, v := range l.GetLockingClause().GetLockedRels() {
			if name := v.GetRangeVar().GetRelname(); sc.item("", name) == nil {
				a.problem(failf(a.st.rangeVarSpan(v.GetRangeVar()), undefinedTable, "relation %q in %s clause not found in FROM clause", name, word))
			}
		}
	}
}
