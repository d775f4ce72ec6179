package catalog

import (
	"slices"

	pg_query "github.com/pganalyze/pg_query_go/v5"
)

// aggregates compute over a group's values; NULLs are left out, but not by array_agg.
var aggregates = map[string]func(values []value, args [][]value) value{
	"count": func(values []value, _ [][]value) value { return int64(len(values)) },
	"array_agg": func(values []value, _ [][]value) value {
		if len(values) == 0 {
			return nil
		}
		return array(values)
	},
	"string_agg": func(values []value, args [][]value) value {
		if len(values) == 0 {
			return nil
		}
		separator, _ := textOf(args[0][1])
		return joinTexts(separator, values)
	},
	"bool_or":  func(values []value, _ [][]value) value { return anyOf(values, true) },
	"bool_and": func(values []value, _ [][]value) value { return anyOf(values, false) },
	"max":      func(values []value, _ [][]value) value { return extreme(values, 1) },
	"min":      func(values []value, _ [][]value) value { return extreme(values, -1) },
}

func anyOf(values []value, want bool) value {
	if len(values) == 0 {
		return nil
	}
	return slices.Contains(values, value(want)) == want
}

func extreme(values []value, sign int) value {
	var best value
	for _, v := range values {
		if best == nil || orderOf(v, best)*sign > 0 {
			best = v
		}
	}
	return best
}

// hasAggregate tells whether a select list aggregates.
func hasAggregate(targets []*pg_query.Node) bool {
	found := false
	for _, t := range targets {
		walkNodes(t, func(n *pg_query.Node) bool {
			if n.GetSubLink() != nil {
				return false
			}
			if call := n.GetFuncCall(); call != nil && call.Over == nil {
				_, name := splitName(stringsOf(call.Funcname))
				found = found || aggregates[name] != nil || name == "sum" || name == "avg"
			}
			return true
		})
	}
	return found
}

// groups are the frames of GROUP BY: one for each different key, or one of all rows.
func (ev *evaluator) groups(n *pg_query.SelectStmt, frames []*frame, f *frame) ([]*frame, string) {
	var out []*frame
	if len(n.GroupClause) == 0 {
		all := &frame{outer: f, group: frames}
		if len(frames) > 0 {
			all.items = frames[0].items
		}
		if all.group == nil {
			all.group = []*frame{}
		}
		out = append(out, all)
	}
	index := map[string]*frame{}
	for _, at := range frames {
		if len(n.GroupClause) == 0 {
			break
		}
		keys := ev.evalAll(n.GroupClause, at)
		if u := firstUndecided(keys...); u != nil {
			return nil, u.(undecided).why
		}
		key, ok := arrayText(keys)
		if !ok {
			return nil, "rows that cannot be grouped"
		}
		if index[key] == nil {
			index[key] = &frame{outer: at.outer, items: at.items}
			out = append(out, index[key])
		}
		index[key].group = append(index[key].group, at)
	}
	return ev.filter(out, n.HavingClause)
}

// aggregate computes one aggregate over the group.
func (ev *evaluator) aggregate(compute func([]value, [][]value) value, x *pg_query.FuncCall, f *frame) value {
	_, name := splitName(stringsOf(x.Funcname))
	var values []value
	var args [][]value
	frames := slices.Clone(f.group)
	if len(x.AggOrder) > 0 {
		ev.sortFrames(frames, x.AggOrder)
	}
	for _, at := range frames {
		if x.AggFilter != nil {
			keep := ev.eval(x.AggFilter, at)
			if isUndecided(keep) {
				return keep
			}
			if keep != true {
				continue
			}
		}
		if x.AggStar {
			values = append(values, true)
			continue
		}
		row := ev.evalAll(x.Args, at)
		if u := firstUndecided(row...); u != nil {
			return u
		}
		if row[0] == nil && name != "array_agg" || x.AggDistinct && slices.ContainsFunc(values, func(v value) bool { return equal(v, row[0]) == true }) {
			continue
		}
		values = append(values, row[0])
		args = append(args, row)
	}
	return compute(values, args)
}

func (ev *evaluator) sortFrames(frames []*frame, by []*pg_query.Node) {
	slices.SortStableFunc(frames, func(a, b *frame) int {
		for _, s := range by {
			order := orderOf(ev.eval(s.GetSortBy().Node, a), ev.eval(s.GetSortBy().Node, b))
			if s.GetSortBy().SortbyDir == pg_query.SortByDir_SORTBY_DESC {
				order = -order
			}
			if order != 0 {
				return order
			}
		}
		return 0
	})
}
