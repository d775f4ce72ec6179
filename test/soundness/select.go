package soundness

import (
	"fmt"
	"strings"
)

// query makes a query with columns of these types, as a kind of tree that another of the same types can stand for. It gives
// the columns' names. One tells that it may have at most one row.
func (g *Generator) query(e env, want []string, one bool) (*Tree, []string) {
	kind := "query " + strings.Join(want, " ")
	n := g.r.IntN(100)
	var t *Tree
	var names []string
	switch {
	case n < 10 && e.depth > 0:
		t, names = g.setOperation(e, want)
	case n < 14:
		t, names = g.values(e, want)
	default:
		t, names = g.selects(e, want)
	}
	t = &Tree{Kind: kind, Sep: " ", Parts: []*Tree{t}}
	if one {
		t.Parts = append(t.Parts, leaf("LIMIT 1"))
	} else if g.chance(5) {
		t.Parts = append(t.Parts, optional(pick(g, []string{"LIMIT 1", "LIMIT 2 OFFSET 1", "OFFSET 1", "LIMIT 0"})))
	}
	return t, names
}

func optional(text string) *Tree { return &Tree{Text: text, Optional: true} }

// clause is an optional part of a query.
func clause(parts ...*Tree) *Tree { return &Tree{Parts: parts, Optional: true} }

func (g *Generator) setOperation(e env, want []string) (*Tree, []string) {
	e.depth--
	left, names := g.query(e, want, false)
	right, _ := g.query(e, want, false)
	op := pick(g, []string{"UNION", "UNION ALL", "UNION ALL", "INTERSECT", "INTERSECT ALL", "EXCEPT", "EXCEPT ALL"})
	return &Tree{Parts: []*Tree{leaf("("), left, leaf(") " + op + " ("), right, leaf(")")}}, names
}

// values is VALUES of one to three rows.
func (g *Generator) values(e env, want []string) (*Tree, []string) {
	rows := &Tree{Sep: ", "}
	for range 1 + g.r.IntN(3) {
		row := &Tree{Sep: ", "}
		for _, typ := range want {
			row.Parts = append(row.Parts, g.expr(e.deeper(), typ))
		}
		rows.Parts = append(rows.Parts, clause(leaf("("), row, leaf(")")))
	}
	var names []string
	for i := range want {
		names = append(names, fmt.Sprintf("column%d", i+1))
	}
	return &Tree{Parts: []*Tree{leaf("VALUES "), rows}}, names
}

// selects is a SELECT.
func (g *Generator) selects(e env, want []string) (*Tree, []string) {
	from := g.from(e)
	rows := e
	rows.columns = from.columns
	t := &Tree{Sep: " "}
	var where, group, having *Tree
	if g.chance(35) {
		where = clause(leaf("WHERE "), g.expr(rows, "bool"))
	}
	list := rows
	list.win = true
	if g.chance(40) {
		group, list = g.group(rows, from)
		if g.chance(25) {
			conditions := list
			conditions.win = false
			having = clause(leaf("HAVING "), g.expr(conditions, "bool"))
		}
	}
	items, names := g.list(list, want, group == nil)
	head := "SELECT"
	if g.chance(7) {
		head = "SELECT DISTINCT"
	}
	t.Parts = append(t.Parts, &Tree{Text: head, Least: []string{"SELECT"}}, items)
	for _, part := range []*Tree{from.tree, where, group, having} {
		if part != nil {
			t.Parts = append(t.Parts, part)
		}
	}
	if g.chance(10) {
		t.Parts = append(t.Parts, optional("ORDER BY 1"))
	}
	return t, names
}

// list is the select list; sets tells that functions that return sets may stand there.
func (g *Generator) list(e env, want []string, sets bool) (*Tree, []string) {
	t := &Tree{Sep: ", "}
	var names []string
	for _, typ := range want {
		g.names++
		name := fmt.Sprintf("o%d", g.names)
		names = append(names, name)
		item := g.item(e, typ, sets)
		t.Parts = append(t.Parts, &Tree{Optional: true, Parts: []*Tree{item, leaf(" AS " + name)}})
	}
	return t, names
}

func (g *Generator) item(e env, typ string, sets bool) *Tree {
	if sets && g.chance(4) {
		if templates := g.grammar.of("set", typ); len(templates) > 0 {
			e.win = false
			return g.fill(pick(g, templates), e.deeper(), typ)
		}
	}
	return g.expr(e, typ)
}

// group makes GROUP BY, or none for an aggregate over all rows. It gives the place of the select list.
func (g *Generator) group(rows env, from *fromClause) (*Tree, env) {
	list := rows
	list.rows, list.columns, list.agg, list.win = rows.columns, nil, true, g.chance(20)
	n := g.r.IntN(100)
	if n < 30 {
		return &Tree{}, list
	}
	if key, columns := from.keyed(g); n < 40 && key != "" {
		list.columns = columns
		return &Tree{Text: "GROUP BY " + key}, list
	}
	var by []*Tree
	for range 1 + g.r.IntN(2) {
		typ := pick(g, ordered)
		item := g.expr(env{columns: rows.columns, outer: rows.outer, depth: g.r.IntN(2)}, typ)
		text := item.Statement()
		if len(text.Args) > 0 || isConstant(item.Text) {
			continue // a parameter would be another one in the select list; a number would be a position
		}
		by = append(by, leaf(text.SQL))
		list.columns = append(list.columns, column{text.SQL, typ, isColumn(text.SQL, rows.columns)})
	}
	if len(by) == 0 {
		return &Tree{}, list
	}
	items := &Tree{Parts: by, Sep: ", "}
	shapes := [][2]string{{"", ""}, {"", ""}, {"ROLLUP (", ")"}, {"CUBE (", ")"}, {"GROUPING SETS ((", "), ())"}}
	shape := pick(g, shapes)
	if len(by) == 2 && g.chance(25) {
		shape, items.Sep = [2]string{"GROUPING SETS ((", "))"}, "), ("
	} else if len(by) == 2 && g.chance(15) {
		shape, items.Sep = [2]string{"", ")"}, ", ROLLUP ("
	}
	return &Tree{Parts: []*Tree{leaf("GROUP BY " + shape[0]), items, leaf(shape[1])}}, list
}

func isConstant(text string) bool {
	for _, t := range types {
		for _, v := range t.values {
			if v == text {
				return true
			}
		}
	}
	return strings.HasPrefix(text, "NULL::")
}

func isColumn(ref string, columns []column) bool {
	for _, c := range columns {
		if c.ref == ref && c.whole {
			return true
		}
	}
	return false
}
