package soundness

import (
	"fmt"
	"strings"
)

// fromClause is FROM, with what can be referred to.
type fromClause struct {
	tree    *Tree
	columns []column
	tables  []aliased
}

// aliased is a table in FROM.
type aliased struct {
	alias string
	table table
}

// keyed is a table of the clause by whose primary key one can group, with all its columns.
func (f *fromClause) keyed(g *Generator) (string, []column) {
	var fit []aliased
	for _, a := range f.tables {
		if a.table.key != nil {
			fit = append(fit, a)
		}
	}
	if len(fit) == 0 {
		return "", nil
	}
	a := pick(g, fit)
	var key []string
	for _, c := range a.table.key {
		key = append(key, a.alias+"."+c)
	}
	return strings.Join(key, ", "), a.columns()
}

func (a aliased) columns() []column {
	var out []column
	for _, c := range a.table.columns {
		out = append(out, column{a.alias + "." + c.ref, c.typ, true})
	}
	return out
}

// counts are how many entries FROM has.
var counts = []int{0, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 2, 2, 2}

// from makes a FROM clause: no, one or two entries.
func (g *Generator) from(e env) *fromClause {
	out := &fromClause{}
	entries := &Tree{Sep: ", "}
	for i := range pick(g, counts) {
		entry := g.joined(e, out.columns)
		entry.tree.Optional = i > 0
		entries.Parts = append(entries.Parts, entry.tree)
		out.columns = append(out.columns, entry.columns...)
		out.tables = append(out.tables, entry.tables...)
	}
	if len(entries.Parts) > 0 {
		out.tree = &Tree{Parts: []*Tree{leaf("FROM "), entries}}
	}
	return out
}

// joined is an entry of FROM: a source, or up to four joined.
func (g *Generator) joined(e env, before []column) *fromClause {
	left := g.source(e, before)
	for n := g.r.IntN(100); n < 55; n += 20 {
		left = g.join(e, before, left)
	}
	return left
}

// join adds a source to an entry.
func (g *Generator) join(e env, before []column, left *fromClause) *fromClause {
	kind := pick(g, []string{"JOIN", "LEFT JOIN", "LEFT JOIN", "LEFT JOIN", "RIGHT JOIN", "FULL JOIN", "CROSS JOIN"})
	visible := before
	if kind != "RIGHT JOIN" && kind != "FULL JOIN" {
		visible = append(append([]column{}, before...), left.columns...)
	} else {
		visible = nil
	}
	right := g.partner(left)
	switch {
	case right != nil:
	case g.chance(15) && e.depth > 0:
		right = g.join(e, nil, g.source(e, nil))
		right.tree = &Tree{Kind: "from", Parts: []*Tree{leaf("("), right.tree, leaf(")")}}
	default:
		right = g.source(e, visible)
	}
	out := &fromClause{columns: append(append([]column{}, left.columns...), right.columns...), tables: append(append([]aliased{}, left.tables...), right.tables...)}
	parts := []*Tree{left.tree, leaf(kind), right.tree}
	switch on := g.foreignKey(left, right); {
	case kind == "CROSS JOIN":
	case on != "" && g.chance(50):
		parts = append(parts, leaf("ON "+on))
	default:
		parts = append(parts, g.condition(e, kind, left, right, out))
	}
	out.tree = &Tree{Kind: "from", Sep: " ", Parts: parts}
	return out
}

// partner is, now and then, a table that a table on the left references, or is referenced by.
func (g *Generator) partner(left *fromClause) *fromClause {
	if len(left.tables) == 0 || !g.chance(35) {
		return nil
	}
	one := pick(g, left.tables)
	var fit []table
	for _, t := range g.tables {
		other := aliased{"", t}
		if len(keyConditions(one, other)) > 0 || len(keyConditions(other, one)) > 0 {
			fit = append(fit, t)
		}
	}
	if len(fit) == 0 {
		return nil
	}
	g.names++
	return tableSource(aliased{fmt.Sprintf("s%d", g.names), pick(g, fit)})
}

// condition is ON or USING of a join. USING adds the merged column.
func (g *Generator) condition(e env, kind string, left, right, out *fromClause) *Tree {
	if name, typ := g.shared(left, right); name != "" && g.chance(15) {
		if g.chance(50) {
			g.names++
			out.columns = append(out.columns, column{fmt.Sprintf("u%d.%s", g.names, name), typ, true})
			return leaf(fmt.Sprintf("USING (%s) AS u%d", name, g.names))
		}
		out.columns = append(out.columns, column{name, typ, true})
		return leaf(fmt.Sprintf("USING (%s)", name))
	}
	equal := g.equality(left, right)
	both := e
	both.columns, both.depth = out.columns, min(e.depth, 2)
	switch n := g.r.IntN(100); {
	case n < 8:
		return &Tree{Text: "ON true"}
	case n < 12:
		return &Tree{Text: "ON false"}
	case equal != "" && (n < 65 || kind == "FULL JOIN"):
		t := &Tree{Parts: []*Tree{leaf("ON "), {Kind: "bool", Text: equal, Least: []string{"true", "false"}}}}
		if kind != "FULL JOIN" && g.chance(15) {
			t.Parts = append(t.Parts, clause(leaf(" AND "), g.expr(both, "bool")))
		}
		return t
	case kind == "FULL JOIN":
		return leaf("ON true")
	}
	return &Tree{Parts: []*Tree{leaf("ON "), g.expr(both, "bool")}}
}

// equality is a column of each side.
func (g *Generator) equality(left, right *fromClause) string {
	for range 5 {
		if len(left.columns) == 0 || len(right.columns) == 0 {
			return ""
		}
		l, r := pick(g, left.columns), pick(g, right.columns)
		if l.typ == r.typ && l.typ != "json" && l.typ != "pair" {
			return l.ref + " = " + r.ref
		}
	}
	return ""
}

// foreignKey is the condition of a foreign key between the sides, "" without one.
func (g *Generator) foreignKey(left, right *fromClause) string {
	var fit []string
	for _, l := range left.tables {
		for _, r := range right.tables {
			fit = append(fit, keyConditions(l, r)...)
			fit = append(fit, keyConditions(r, l)...)
		}
	}
	if len(fit) == 0 {
		return ""
	}
	return pick(g, fit)
}

func keyConditions(from, to aliased) []string {
	var out []string
	for _, k := range from.table.foreign {
		if k.to != to.table.name {
			continue
		}
		var on []string
		for i := range k.columns {
			on = append(on, fmt.Sprintf("%s.%s = %s.%s", from.alias, k.columns[i], to.alias, k.referenced[i]))
		}
		out = append(out, strings.Join(on, " AND "))
	}
	return out
}

// shared is a column name that a table of each side has, with one type.
func (g *Generator) shared(left, right *fromClause) (name, typ string) {
	if len(left.tables) != 1 || len(right.tables) != 1 {
		return "", ""
	}
	var fit []column
	for _, c := range left.tables[0].table.columns {
		for _, d := range right.tables[0].table.columns {
			if c.ref == d.ref && c.typ == d.typ && c.typ != "json" && c.typ != "pair" {
				fit = append(fit, c)
			}
		}
	}
	if len(fit) == 0 {
		return "", ""
	}
	c := pick(g, fit)
	return c.ref, c.typ
}
