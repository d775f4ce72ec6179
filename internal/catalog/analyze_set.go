package catalog

import (
	"slices"
	"strings"

	pg_query "github.com/pganalyze/pg_query_go/v5"
)

func setOperationName(op pg_query.SetOperation) string {
	return map[pg_query.SetOperation]string{
		pg_query.SetOperation_SETOP_UNION: "UNION", pg_query.SetOperation_SETOP_INTERSECT: "INTERSECT",
		pg_query.SetOperation_SETOP_EXCEPT: "EXCEPT",
	}[op]
}

// setOperation is UNION and the like: names are of the left side, types are common to both. between is called when the left
// side is known, and the right one is not yet.
func (a *analysis) setOperation(n *pg_query.SelectStmt, sc *scope, q *Query, between func([]scopeColumn)) []scopeColumn {
	name := setOperationName(n.Op)
	leftQuery, left := a.selectStmt(n.Larg, sc, true)
	if between != nil {
		between(left)
	}
	rightQuery, right := a.selectStmt(n.Rarg, sc, true)
	q.SetOp = &SetOperation{Op: strings.ToLower(name), All: n.All, Left: leftQuery, Right: rightQuery}
	if len(left) != len(right) && !hasUnknown(left) && !hasUnknown(right) {
		a.problem(failf(a.st.head(), syntaxError, "each %s query must have the same number of columns", name))
	}
	out := derived(left)
	for i := range out {
		out[i].col, out[i].embed = nil, nil
		if i >= len(right) {
			continue
		}
		sides := []term{left[i].term, right[i].term}
		out[i].typ = a.common(sides, name)
		if left[i].origin == nil || right[i].origin == nil || *left[i].origin != *right[i].origin {
			out[i].origin = nil
		}
		for k, side := range []struct {
			q *Query
			c []scopeColumn
		}{{leftQuery, left}, {rightQuery, right}} {
			if side.c[i].isUnknown() && side.c[i].v != nil && i < len(side.q.Columns) { // others are converted where they meet
				side.q.Columns[i].Value, side.q.Columns[i].Type = sides[k].v, sides[k].typ.freeze()
			}
		}
	}
	return out
}

// valuesLists is VALUES: each column has the type common to its rows.
func (a *analysis) valuesLists(n *pg_query.SelectStmt, sc *scope, q *Query) []scopeColumn {
	var rows [][]term
	for _, list := range n.ValuesLists {
		row := a.exprs(list.GetList().GetItems(), sc.at(inValues))
		if len(rows) > 0 && len(row) != len(rows[0]) {
			a.problem(failf(a.st.head(), syntaxError, "VALUES lists must all be the same length"))
			row = append(row, slices.Repeat([]term{{}}, max(0, len(rows[0])-len(row)))...)[:len(rows[0])]
		}
		rows = append(rows, row)
	}
	out := make([]scopeColumn, len(rows[0]))
	for i := range out {
		terms := make([]term, len(rows))
		for k, row := range rows {
			terms[k] = row[i]
		}
		out[i] = scopeColumn{name: valuesColumn(i), term: term{typ: a.common(terms, "VALUES")}}
		if len(terms) == 1 {
			out[i].row = terms[0].row
		}
		for k := range rows {
			rows[k][i] = terms[k]
		}
	}
	for _, row := range rows {
		q.Rows = append(q.Rows, values(row))
	}
	return out
}
