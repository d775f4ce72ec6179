package catalog

import (
	"slices"

	pg_query "github.com/pganalyze/pg_query_go/v5"
)

// maxRows is how many rows a query may go over before its result counts as undecided.
const maxRows = 2_000_000

// query computes a SELECT. why is not "" where its rows cannot be known.
func (ev *evaluator) query(n *pg_query.SelectStmt, outer *frame) (rowSet, string) {
	if n == nil {
		return rowSet{}, "a statement that is no query"
	}
	f := &frame{outer: outer}
	if why := ev.withClause(n.WithClause, f); why != "" {
		return rowSet{}, why
	}
	switch {
	case n.Larg != nil:
		return ev.setOperation(n, f)
	case len(n.ValuesLists) > 0:
		return ev.valuesRows(n, f), ""
	}
	frames, why := ev.fromFrames(n.FromClause, f)
	if why != "" {
		return rowSet{}, why
	}
	if frames, why = ev.filter(frames, n.WhereClause); why != "" {
		return rowSet{}, why
	}
	return ev.selectRows(n, frames, f)
}

func (ev *evaluator) withClause(w *pg_query.WithClause, f *frame) string {
	for _, n := range w.GetCtes() {
		cte := n.GetCommonTableExpr()
		if f.ctes == nil {
			f.ctes = map[string]rowSet{}
		}
		rows, why := ev.query(cte.Ctequery.GetSelectStmt(), f)
		if why != "" || w.Recursive {
			return "the rows of " + cte.Ctename
		}
		for i, name := range stringsOf(cte.Aliascolnames) {
			rows.columns[i] = name
		}
		f.ctes[cte.Ctename] = rows
	}
	return ""
}

func (ev *evaluator) setOperation(n *pg_query.SelectStmt, f *frame) (rowSet, string) {
	left, why := ev.query(n.Larg, f)
	if why != "" {
		return left, why
	}
	right, why := ev.query(n.Rarg, f)
	if why != "" || n.Op != pg_query.SetOperation_SETOP_UNION {
		return left, "a set operation"
	}
	left.rows = append(left.rows, right.rows...)
	if !n.All {
		return distinctRows(left)
	}
	return left, ""
}

func (ev *evaluator) valuesRows(n *pg_query.SelectStmt, f *frame) rowSet {
	var out rowSet
	for _, l := range n.ValuesLists {
		out.rows = append(out.rows, ev.evalAll(l.GetList().GetItems(), f))
	}
	for i := range out.rows[0] {
		out.columns = append(out.columns, valuesColumn(i))
	}
	return out
}

// fromFrames are the combinations of rows of all entries of FROM.
func (ev *evaluator) fromFrames(from []*pg_query.Node, f *frame) ([]*frame, string) {
	frames := []*frame{{outer: f}}
	for _, n := range from {
		var next []*frame
		for _, at := range frames {
			more, why := ev.join(n, at)
			if why != "" {
				return nil, why
			}
			next = append(next, more...)
			if len(next) > maxRows {
				return nil, "a query over very many rows"
			}
		}
		frames = next
	}
	return frames, ""
}

// join extends a frame by the rows of one entry of FROM.
func (ev *evaluator) join(n *pg_query.Node, at *frame) ([]*frame, string) {
	j := n.GetJoinExpr()
	if j == nil {
		set, name, why := ev.entry(n, at)
		if why != "" {
			return nil, why
		}
		out := make([]*frame, 0, len(set.rows))
		for _, row := range set.rows {
			out = append(out, at.with(frameItem{name, &set, row}))
		}
		return out, ""
	}
	left, why := ev.join(j.Larg, at)
	if why != "" {
		return nil, why
	}
	if j.Jointype != pg_query.JoinType_JOIN_INNER && j.Jointype != pg_query.JoinType_JOIN_LEFT || j.IsNatural {
		return nil, "a join of a rare kind"
	}
	var out []*frame
	for _, l := range left {
		right, why := ev.joinRight(j, l)
		if why != "" {
			return nil, why
		}
		out = append(out, right...)
		if len(out) > maxRows {
			return nil, "a query over very many rows"
		}
	}
	return out, ""
}

// joinRight extends a frame by the matching rows of a join's right side.
func (ev *evaluator) joinRight(j *pg_query.JoinExpr, l *frame) ([]*frame, string) {
	right, why := ev.join(j.Rarg, l)
	if why != "" {
		return nil, why
	}
	var out []*frame
	for _, r := range right {
		match := ev.eval(j.Quals, r)
		if j.Quals == nil {
			match = true
		}
		for _, name := range stringsOf(j.UsingClause) {
			match = and(match, usingEqual(r, len(l.items), name))
		}
		if isUndecided(match) {
			return nil, match.(undecided).why
		}
		if match == true {
			out = append(out, r)
		}
	}
	if len(out) == 0 && j.Jointype == pg_query.JoinType_JOIN_LEFT {
		set, name, why := ev.entry(j.Rarg, l)
		if why != "" {
			return nil, why
		}
		out = append(out, l.with(frameItem{name, &set, nil}))
	}
	return out, ""
}

func usingEqual(f *frame, split int, name string) value {
	left := &frame{items: f.items[:split]}
	right := &frame{items: f.items[split:]}
	a, okA := left.lookup("", name)
	b, okB := right.lookup("", name)
	if !okA || !okB {
		return undecidedf("column " + name)
	}
	return equal(a, b)
}

func (f *frame) with(item frameItem) *frame {
	return &frame{outer: f.outer, items: append(slices.Clone(f.items), item), ctes: f.ctes}
}

// entry is a relation, subquery or function in FROM.
func (ev *evaluator) entry(n *pg_query.Node, at *frame) (rowSet, string, string) {
	switch x := n.GetNode().(type) {
	case *pg_query.Node_RangeVar:
		set, why := ev.relationRows(x.RangeVar, at)
		name := x.RangeVar.Relname
		if x.RangeVar.Alias != nil {
			name = x.RangeVar.Alias.Aliasname
		}
		return set, name, why
	case *pg_query.Node_RangeSubselect:
		set, why := ev.query(x.RangeSubselect.Subquery.GetSelectStmt(), at)
		return aliasedRows(set, x.RangeSubselect.Alias), x.RangeSubselect.Alias.GetAliasname(), why
	case *pg_query.Node_RangeFunction:
		return ev.functionRows(x.RangeFunction, at)
	}
	return rowSet{}, "", "an entry of FROM of a rare kind"
}

func aliasedRows(set rowSet, alias *pg_query.Alias) rowSet {
	set.columns = slices.Clone(set.columns)
	for i, name := range stringsOf(alias.GetColnames()) {
		if i < len(set.columns) {
			set.columns[i] = name
		}
	}
	return set
}

// relationRows are the rows of a common table expression, of a system catalog, or of a table that is known to be empty.
func (ev *evaluator) relationRows(v *pg_query.RangeVar, at *frame) (rowSet, string) {
	for f := at; f != nil && v.Schemaname == ""; f = f.outer {
		if set, ok := f.ctes[v.Relname]; ok {
			return set, ""
		}
	}
	rel := ev.r.findRelation(v.Schemaname, v.Relname)
	switch {
	case rel == nil:
		return rowSet{}, "relation " + qualified(v)
	case rel.schema.builtin:
		if make, ok := systemRows[rel.schema.name+"."+rel.name]; ok {
			set := make(ev.r)
			set.hidden = columnNames(rel.columns)
			return set, ""
		}
	case rel.isTable() && !rel.written && !ev.r.db.unknownWrites:
		return rowSet{columns: columnNames(rel.columns)}, ""
	}
	return rowSet{}, "the rows of " + qualified(v)
}

// functionRows are unnest and generate_series.
func (ev *evaluator) functionRows(x *pg_query.RangeFunction, at *frame) (rowSet, string, string) {
	if len(x.Functions) != 1 {
		return rowSet{}, "", "functions in FROM"
	}
	call := x.Functions[0].GetList().GetItems()[0].GetFuncCall()
	if call == nil {
		return rowSet{}, "", "a function in FROM"
	}
	_, name := splitName(stringsOf(call.Funcname))
	values, why := ev.setOf(name, call, at)
	if why != "" {
		return rowSet{}, "", why
	}
	alias := name
	if x.Alias != nil {
		alias = x.Alias.Aliasname
	}
	set := rowSet{columns: []string{alias}}
	for i, v := range values {
		row := []value{v}
		if x.Ordinality {
			row = append(row, int64(i+1))
		}
		set.rows = append(set.rows, row)
	}
	if x.Ordinality {
		set.columns = append(set.columns, "ordinality")
	}
	return aliasedRows(set, x.Alias), alias, ""
}

// setOf computes a function that returns a set.
func (ev *evaluator) setOf(name string, call *pg_query.FuncCall, f *frame) ([]value, string) {
	args := ev.evalAll(call.Args, f)
	if u := firstUndecided(args...); u != nil {
		return nil, u.(undecided).why
	}
	switch name {
	case "unnest", "regexp_split_to_table", "string_to_table":
		if name != "unnest" && len(args) == 2 {
			l, _ := stringToArray(args).(array)
			return l, ""
		}
		if s, ok := args[0].(string); ok {
			if l, ok := parseArray(s); ok {
				return l, ""
			}
		}
		if l, ok := args[0].(array); ok {
			return l, ""
		}
	case "generate_series":
		from, ok1 := args[0].(int64)
		to, ok2 := args[1].(int64)
		step := int64(1)
		if len(args) > 2 {
			step, _ = args[2].(int64)
		}
		if ok1 && ok2 && step != 0 && (to-from)/step < 100_000 {
			var out []value
			for i := from; step > 0 && i <= to || step < 0 && i >= to; i += step {
				out = append(out, i)
			}
			return out, ""
		}
	}
	return nil, "the rows of " + name + "()"
}

// filter keeps the frames for which a condition is true.
func (ev *evaluator) filter(frames []*frame, where *pg_query.Node) ([]*frame, string) {
	if where == nil {
		return frames, ""
	}
	var out []*frame
	for _, f := range frames {
		switch v := ev.eval(where, f).(type) {
		case undecided:
			return nil, v.why
		case bool:
			if v {
				out = append(out, f)
			}
		}
	}
	return out, ""
}

// selectRows computes the select list for each row, or for each group.
func (ev *evaluator) selectRows(n *pg_query.SelectStmt, frames []*frame, f *frame) (rowSet, string) {
	if len(n.GroupClause) > 0 || n.HavingClause != nil || hasAggregate(n.TargetList) {
		var why string
		if frames, why = ev.groups(n, frames, f); why != "" {
			return rowSet{}, why
		}
	}
	var out rowSet
	for i, at := range frames {
		row, columns := ev.targetRow(n.TargetList, at)
		if i == 0 {
			out.columns = columns
		}
		out.rows = append(out.rows, row)
	}
	if len(frames) == 0 {
		_, out.columns = ev.targetRow(n.TargetList, f)
	}
	if why := ev.order(n, &out, frames); why != "" {
		return out, why
	}
	if len(n.DistinctClause) > 0 {
		var why string
		if out, why = distinctRows(out); why != "" {
			return out, why
		}
	}
	return ev.limit(n, out, f)
}

func (ev *evaluator) targetRow(targets []*pg_query.Node, at *frame) (row []value, columns []string) {
	for _, t := range targets {
		target := t.GetResTarget()
		if star := starOf(target.Val); star != nil {
			for _, item := range at.items {
				if names := stringsOf(star.Fields); len(names) > 0 && names[len(names)-1] != item.name {
					continue
				}
				for i, c := range item.set.columns {
					columns = append(columns, c)
					if item.row != nil {
						row = append(row, item.row[i])
					} else {
						row = append(row, nil)
					}
				}
			}
			continue
		}
		name := target.Name
		if name == "" {
			name = figureName(target.Val)
		}
		columns = append(columns, name)
		row = append(row, ev.eval(target.Val, at))
	}
	return row, columns
}

// order sorts by the values of ORDER BY; rows that are known apart from their order stay as they are.
func (ev *evaluator) order(n *pg_query.SelectStmt, out *rowSet, frames []*frame) string {
	if len(n.SortClause) == 0 || len(frames) != len(out.rows) {
		return ""
	}
	type keyed struct {
		keys []value
		row  []value
	}
	rows := make([]keyed, len(out.rows))
	for i := range out.rows {
		for _, s := range n.SortClause {
			key := ev.orderKey(s.GetSortBy().Node, out, out.rows[i], frames[i])
			if isUndecided(key) {
				return key.(undecided).why
			}
			rows[i].keys = append(rows[i].keys, key)
		}
		rows[i].row = out.rows[i]
	}
	slices.SortStableFunc(rows, func(a, b keyed) int {
		for k, s := range n.SortClause {
			order := orderOf(a.keys[k], b.keys[k])
			if s.GetSortBy().SortbyDir == pg_query.SortByDir_SORTBY_DESC {
				order = -order
			}
			if order != 0 {
				return order
			}
		}
		return 0
	})
	for i := range rows {
		out.rows[i] = rows[i].row
	}
	return ""
}

func (ev *evaluator) orderKey(n *pg_query.Node, out *rowSet, row []value, f *frame) value {
	if c := n.GetAConst(); c != nil {
		if i, ok := constantValue(c).(int64); ok && i >= 1 && int(i) <= len(row) {
			return row[i-1]
		}
	}
	if ref := n.GetColumnRef(); ref != nil && len(ref.Fields) == 1 {
		if i := slices.Index(out.columns, ref.Fields[0].GetString_().GetSval()); i >= 0 {
			return row[i]
		}
	}
	return ev.eval(n, f)
}

// orderOf sorts NULL last.
func orderOf(a, b value) int {
	switch {
	case a == nil && b == nil:
		return 0
	case a == nil:
		return 1
	case b == nil:
		return -1
	}
	order, _ := compareValues(a, b)
	return order
}

func distinctRows(set rowSet) (rowSet, string) {
	seen := map[string]bool{}
	var rows [][]value
	for _, row := range set.rows {
		if u := firstUndecided(row...); u != nil {
			return set, u.(undecided).why
		}
		key, ok := arrayText(row)
		if !ok {
			return set, "rows that cannot be compared"
		}
		if !seen[key] {
			seen[key] = true
			rows = append(rows, row)
		}
	}
	set.rows = rows
	return set, ""
}

func (ev *evaluator) limit(n *pg_query.SelectStmt, out rowSet, f *frame) (rowSet, string) {
	for _, part := range []struct {
		node *pg_query.Node
		cut  func(int64)
	}{
		{n.LimitOffset, func(i int64) { out.rows = out.rows[min(int(i), len(out.rows)):] }},
		{n.LimitCount, func(i int64) { out.rows = out.rows[:min(int(i), len(out.rows))] }},
	} {
		if part.node == nil {
			continue
		}
		v := ev.eval(part.node, f)
		if i, ok := v.(int64); ok {
			part.cut(max(0, i))
		} else if v != nil {
			return out, "a LIMIT"
		}
	}
	return out, ""
}

// subLink is EXISTS, a scalar subquery, IN (SELECT …) and ARRAY (SELECT …).
func (ev *evaluator) subLink(x *pg_query.SubLink, f *frame) value {
	set, why := ev.query(x.Subselect.GetSelectStmt(), f)
	if why != "" {
		return undecidedf(why)
	}
	switch x.SubLinkType {
	case pg_query.SubLinkType_EXISTS_SUBLINK:
		return len(set.rows) > 0
	case pg_query.SubLinkType_EXPR_SUBLINK:
		if len(set.rows) == 0 {
			return nil
		}
		return set.rows[0][0]
	case pg_query.SubLinkType_ARRAY_SUBLINK:
		return array(firstColumn(set))
	case pg_query.SubLinkType_ANY_SUBLINK:
		if op := stringsOf(x.OperName); len(op) == 0 || op[0] == "=" {
			return anyEqual(ev.eval(x.Testexpr, f), firstColumn(set))
		}
	}
	return undecidedf("a subquery")
}

func firstColumn(set rowSet) []value {
	out := []value{}
	for _, row := range set.rows {
		out = append(out, row[0])
	}
	return out
}
