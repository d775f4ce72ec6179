package soundness

import (
	"fmt"
	"strings"
)

// writes is INSERT, UPDATE or DELETE that returns columns of these types.
func (g *Generator) writes(e env, want []string) *Tree {
	g.names++
	target := aliased{fmt.Sprintf("t%d", g.names), g.target()}
	from := &fromClause{columns: target.columns(), tables: []aliased{target}}
	var body *Tree
	switch n := g.r.IntN(100); {
	case n < 40:
		body = g.insert(e, target)
	case n < 75:
		body = g.update(e, target, from)
	default:
		body = g.delete(e, target, from)
	}
	returning, _ := g.list(env{columns: from.columns, depth: e.depth}, want, false)
	return &Tree{Kind: "writes", Sep: " ", Parts: []*Tree{body, leaf("RETURNING"), returning}}
}

// target is a table to write to; most often the one with few constraints.
func (g *Generator) target() table {
	name := pick(g, []string{"w", "w", "w", "w", "a", "b", "c", "e", "f", "base", "child", "part", "v_trap"})
	for _, t := range g.tables {
		if t.name == name {
			return t
		}
	}
	panic("no table " + name)
}

func (g *Generator) insert(e env, target aliased) *Tree {
	var names, want []string
	for _, c := range target.table.columns {
		if !target.table.fixed[c.ref] && g.chance(70) {
			names, want = append(names, c.ref), append(want, c.typ)
		}
	}
	head := "INSERT INTO " + target.table.name + " AS " + target.alias
	if len(names) == 0 {
		return leaf(head + " DEFAULT VALUES")
	}
	input, _ := g.query(env{depth: e.depth - 1}, want, false)
	return &Tree{Sep: " ", Parts: []*Tree{leaf(fmt.Sprintf("%s (%s)", head, strings.Join(names, ", "))), input, g.conflict(e, target)}}
}

// conflict is ON CONFLICT, or nothing.
func (g *Generator) conflict(e env, target aliased) *Tree {
	if len(target.table.key) == 0 || g.chance(40) {
		return leaf("")
	}
	if g.chance(40) {
		return optional("ON CONFLICT DO NOTHING")
	}
	excluded := aliased{"excluded", target.table}
	place := env{columns: append(target.columns(), excluded.columns()...), depth: min(e.depth, 1)}
	return clause(leaf("ON CONFLICT ("+strings.Join(target.table.key, ", ")+") DO UPDATE SET "), g.assignments(place, target))
}

// assignments are one or two of SET.
func (g *Generator) assignments(e env, target aliased) *Tree {
	list := &Tree{Sep: ", "}
	seen := map[string]bool{}
	for range 1 + g.r.IntN(2) {
		c := pick(g, target.table.columns)
		if seen[c.ref] || target.table.fixed[c.ref] {
			continue
		}
		seen[c.ref] = true
		list.Parts = append(list.Parts, clause(leaf(c.ref+" = "), g.expr(e, c.typ)))
	}
	if len(list.Parts) == 0 {
		list.Parts = []*Tree{leaf(target.table.columns[0].ref + " = DEFAULT")}
	}
	return list
}

func (g *Generator) update(e env, target aliased, from *fromClause) *Tree {
	more := g.further(e, from, "FROM ")
	place := env{columns: from.columns, depth: min(e.depth, 1)}
	return &Tree{Sep: " ", Parts: []*Tree{
		leaf("UPDATE " + target.table.name + " AS " + target.alias + " SET"), g.assignments(place, target), more, g.where(place),
	}}
}

func (g *Generator) delete(e env, target aliased, from *fromClause) *Tree {
	more := g.further(e, from, "USING ")
	place := env{columns: from.columns, depth: min(e.depth, 1)}
	return &Tree{Sep: " ", Parts: []*Tree{leaf("DELETE FROM " + target.table.name + " AS " + target.alias), more, g.where(place)}}
}

// further are the other tables of UPDATE and DELETE, added to what can be referred to.
func (g *Generator) further(e env, from *fromClause, word string) *Tree {
	if g.chance(50) {
		return leaf("")
	}
	joined := g.joined(env{depth: e.depth - 1}, nil)
	from.columns = append(from.columns, joined.columns...)
	from.tables = append(from.tables, joined.tables...)
	return clause(leaf(word), joined.tree)
}

func (g *Generator) where(e env) *Tree {
	if g.chance(30) {
		return leaf("")
	}
	return clause(leaf("WHERE "), g.expr(e, "bool"))
}
