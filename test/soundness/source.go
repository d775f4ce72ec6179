package soundness

import (
	"fmt"
	"strings"
)

// source is a table, a subquery, a function, or a common table expression. It may refer to the columns before it.
func (g *Generator) source(e env, before []column) *fromClause {
	g.names++
	alias := fmt.Sprintf("s%d", g.names)
	n := g.r.IntN(100)
	if e.depth <= 0 {
		n = 99
	}
	switch {
	case n < 18:
		return g.subquery(e, before, alias)
	case n < 28:
		return g.function(e, before, alias)
	}
	all := g.tables
	if len(g.ctes) > 0 && g.chance(50) {
		all = g.ctes
	}
	return tableSource(aliased{alias, pick(g, all)})
}

func tableSource(a aliased) *fromClause {
	return &fromClause{
		tree: &Tree{Kind: "from", Text: a.table.name + " AS " + a.alias}, columns: a.columns(), tables: []aliased{a},
	}
}

func (g *Generator) subquery(e env, before []column, alias string) *fromClause {
	inner := env{outer: e.outer, depth: e.depth - 1}
	lateral := len(before) > 0 && g.chance(50)
	if lateral {
		inner.outer = append(append([]column{}, before...), e.outer...)
	}
	want := g.wanted(3)
	q, names := g.query(inner, want, false)
	open := "("
	if lateral {
		open = "LATERAL ("
	}
	out := &fromClause{tree: &Tree{Kind: "from", Parts: []*Tree{leaf(open), q, leaf(") AS " + alias)}}}
	for i, name := range names {
		out.columns = append(out.columns, column{alias + "." + name, want[i], true})
	}
	return out
}

// function is a function in FROM, often WITH ORDINALITY.
func (g *Generator) function(e env, before []column, alias string) *fromClause {
	signature := pick(g, []string{"int", "int,text", "text,json", "text,text", "json", "text", "int,int"})
	template := pick(g, g.grammar["from"][signature])
	inner := env{outer: append(append([]column{}, before...), e.outer...), depth: min(e.depth, 1)}
	types := strings.Split(signature, ",")
	names := []string{"f1", "f2", "f3"}[:len(types)]
	parts := g.pieces(template, inner, "")
	if g.chance(25) {
		parts = append(parts, leaf(" WITH ORDINALITY"))
		types, names = append(types, "big"), append(names, "ord")
	}
	parts = append(parts, leaf(fmt.Sprintf(" AS %s (%s)", alias, strings.Join(names, ", "))))
	out := &fromClause{tree: &Tree{Kind: "from", Parts: parts}}
	for i, name := range names {
		out.columns = append(out.columns, column{alias + "." + name, types[i], true})
	}
	return out
}

// wanted are one to n random types.
func (g *Generator) wanted(n int) []string {
	var out []string
	for range 1 + g.r.IntN(n) {
		out = append(out, pick(g, typeNames))
	}
	return out
}
