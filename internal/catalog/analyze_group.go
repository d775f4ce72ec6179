package catalog

import (
	"slices"
	"strings"

	pg_query "github.com/pganalyze/pg_query_go/v5"
)

// order is ORDER BY: a plain name or a number means the select list first.
func (a *analysis) order(list []*pg_query.Node, sc *scope, columns []scopeColumn) []Value {
	var out []Value
	for _, n := range list {
		t := a.orderItem(n, sc, columns)
		a.sortable(t, len(n.GetSortBy().GetUseOp()) == 0)
		out = append(out, t.v)
	}
	return out
}

// orderItem is one of ORDER BY or DISTINCT ON.
func (a *analysis) orderItem(n *pg_query.Node, sc *scope, columns []scopeColumn) term {
	value := n
	if s := n.GetSortBy(); s != nil {
		value = s.Node
	}
	if ref := value.GetColumnRef(); ref != nil && len(ref.Fields) == 1 {
		name := ref.Fields[0].GetString_().GetSval()
		if at := a.namedOutput(columns, name, "ORDER BY", ref.Location); at >= 0 {
			return a.output(columns, at)
		}
	}
	if t, ok := a.position(value, columns, "ORDER BY"); ok {
		return t
	}
	return a.known(a.expr(value, sc))
}

// outputIndex is the column of the select list that a name means, -1 for none.
func outputIndex(columns []scopeColumn, name string) int {
	for i, c := range columns {
		if c.name == name {
			return i
		}
	}
	return -1
}

// namedOutput is outputIndex where a name must mean one value only.
func (a *analysis) namedOutput(columns []scopeColumn, name, clause string, location int32) int {
	at := outputIndex(columns, name)
	for _, c := range columns[max(at, 0):] {
		if at >= 0 && c.name == name && valueKey(c.v) != valueKey(columns[at].v) {
			a.problem(failf(a.st.at(location), ambiguousColumn, "%s %q is ambiguous", clause, name))
			break
		}
	}
	return at
}

// output is a column of the select list that ORDER BY or GROUP BY names: a constant without a type becomes text there.
func (a *analysis) output(columns []scopeColumn, i int) term {
	columns[i].term = a.known(columns[i].term)
	return columns[i].term
}

// position is a number that means a column of the select list.
func (a *analysis) position(n *pg_query.Node, columns []scopeColumn, clause string) (term, bool) {
	c, ok := n.GetAConst().GetVal().(*pg_query.A_Const_Ival)
	if !ok {
		return term{}, false
	}
	at := int(c.Ival.Ival)
	if at < 1 || at > len(columns) {
		if !hasUnknown(columns) {
			a.problem(failf(a.st.at(n.GetAConst().Location), invalidColumnReference, "%s position %d is not in select list", clause, at))
		}
		return term{}, true
	}
	return a.output(columns, at-1), true
}

// group is GROUP BY.
func (a *analysis) group(list []*pg_query.Node, sc *scope, columns []scopeColumn) []GroupItem {
	var out []GroupItem
	for _, n := range list {
		set := n.GetGroupingSet()
		if set == nil {
			out = append(out, GroupItem{Values: []Value{a.groupValue(n, sc, columns)}})
			continue
		}
		item := GroupItem{Values: a.groupingSet(set, sc, columns)}
		item.Empties = set.Kind != pg_query.GroupingSetKind_GROUPING_SET_SIMPLE
		out = append(out, item)
	}
	return out
}

// groupingSet are the expressions in GROUPING SETS, ROLLUP or CUBE.
func (a *analysis) groupingSet(set *pg_query.GroupingSet, sc *scope, columns []scopeColumn) []Value {
	var out []Value
	for _, n := range set.Content {
		switch {
		case n.GetGroupingSet() != nil:
			out = append(out, a.groupingSet(n.GetGroupingSet(), sc, columns)...)
		case n.GetRowExpr() != nil:
			for _, arg := range n.GetRowExpr().Args {
				out = append(out, a.groupValue(arg, sc, columns))
			}
		case n.GetList() != nil:
			for _, arg := range n.GetList().Items {
				out = append(out, a.groupValue(arg, sc, columns))
			}
		default:
			out = append(out, a.groupValue(n, sc, columns))
		}
	}
	return out
}

// groupValue is one expression of GROUP BY: a plain name is a column of FROM, else one of the select list.
func (a *analysis) groupValue(n *pg_query.Node, sc *scope, columns []scopeColumn) Value {
	if ref := n.GetColumnRef(); ref != nil && len(ref.Fields) == 1 {
		name := ref.Fields[0].GetString_().GetSval()
		if _, count := findColumn(sc.columns, name); count == 0 {
			if at := a.namedOutput(columns, name, "GROUP BY", ref.Location); at >= 0 {
				return a.grouped(a.output(columns, at))
			}
		}
	}
	if t, ok := a.position(n, columns, "GROUP BY"); ok {
		return a.grouped(t)
	}
	return a.grouped(a.known(a.expr(n, sc)))
}

func (a *analysis) grouped(t term) Value {
	a.sortable(t, false)
	return t.v
}

// Bits of WindowDef.frameOptions.
const (
	frameNonDefault        = 0x1
	frameRange             = 0x2
	frameEndPreceding      = 0x1000
	frameStartFollowing    = 0x2000
	frameExcludeCurrent    = 0x8000
	frameExcludeGroup      = 0x10000
	frameMayLeaveOutItself = frameEndPreceding | frameStartFollowing | frameExcludeCurrent | frameExcludeGroup
)

// window is OVER (…) or a WINDOW clause's definition, written out.
func (a *analysis) window(def *pg_query.WindowDef, sc *scope) *Window {
	out := &Window{}
	sc.query.windowed = true
	sc = sc.at(inWindow)
	base := def.Refname
	if base == "" && !slices.Contains(sc.query.windows, def) {
		base = def.Name // OVER name
	}
	if base != "" {
		named := sc.query.window(base, def)
		if named == nil {
			a.problem(failf(a.st.at(def.Location), undefinedObject, "window %q does not exist", base))
			return out
		}
		*out = *a.window(named, sc)
		if base == def.Refname {
			a.mayOverride(def, named, base)
		}
	}
	for _, n := range def.PartitionClause {
		out.Partition = append(out.Partition, a.known(a.expr(n, sc)).v)
	}
	var sorted typeRef
	for _, n := range def.OrderClause {
		t := a.known(a.expr(n.GetSortBy().GetNode(), sc))
		sorted = t.typ
		out.Order = append(out.Order, t.v)
	}
	if def.FrameOptions&frameNonDefault != 0 {
		out.Frame = true
		out.MayBeEmpty = def.FrameOptions&frameMayLeaveOutItself != 0
	}
	for _, n := range []*pg_query.Node{def.StartOffset, def.EndOffset} {
		if n != nil {
			a.frameOffset(a.expr(n, sc), sorted, def.FrameOptions&frameRange != 0)
		}
	}
	return out
}

// window is the definition of a name; one of the WINDOW clause itself sees only those before it.
func (q *queryState) window(name string, from *pg_query.WindowDef) *pg_query.WindowDef {
	for _, w := range q.windows {
		if w == from {
			break
		}
		if w.Name == name {
			return w
		}
	}
	return nil
}

// mayOverride says what a window that is made of another may not change.
func (a *analysis) mayOverride(def, base *pg_query.WindowDef, name string) {
	at := a.st.at(def.Location)
	switch {
	case len(def.PartitionClause) > 0:
		a.problem(failf(at, windowingError, "cannot override PARTITION BY clause of window %q", name))
	case len(def.OrderClause) > 0 && len(base.OrderClause) > 0:
		a.problem(failf(at, windowingError, "cannot override ORDER BY clause of window %q", name))
	case base.FrameOptions&frameNonDefault != 0:
		a.problem(failf(at, windowingError, "cannot copy window %q because it has a frame clause", name))
	}
}

// frameOffset is a number of rows, or a distance in the order's type.
func (a *analysis) frameOffset(t term, sorted typeRef, isRange bool) {
	if !isRange {
		a.specific(t, "int8", "ROWS")
		return
	}
	if sorted.typ == nil || !t.isUnknown() {
		return
	}
	if strings.ContainsRune("DT", rune(categoryOf(sorted))) {
		sorted = a.builtin("interval")
	}
	a.coerce(t, baseOf(sorted), true)
}
