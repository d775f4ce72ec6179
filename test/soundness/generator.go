package soundness

import (
	"fmt"
	"math/rand/v2"
	"strings"
)

// Generator makes random statements over the tables. The same seed makes the same statement.
type Generator struct {
	r       *rand.Rand
	grammar grammar
	tables  []table
	// ctes are those that the statement has so far; names counts the aliases.
	ctes   []table
	names  int
	params bool
}

// NewGenerator makes statements over these tables.
func NewGenerator(tables []table) *Generator {
	return &Generator{grammar: readGrammar(), tables: tables}
}

func (g *Generator) chance(percent int) bool { return g.r.IntN(100) < percent }

func pick[T any](g *Generator, from []T) T { return from[g.r.IntN(len(from))] }

// Generate makes the statement of a seed.
func (g *Generator) Generate(seed uint64) *Tree {
	g.r = rand.New(rand.NewPCG(seed, 1))
	g.ctes, g.names, g.params = nil, 0, g.chance(20)
	e := env{depth: 1 + g.r.IntN(3)}
	switch n := g.r.IntN(100); {
	case n < 18:
		return g.writes(e, g.wanted(4))
	case n < 40:
		return g.with(e)
	}
	q, _ := g.query(e, g.wanted(4), false)
	return q
}

// with is a query with one to three common table expressions, some of them recursive or data-modifying.
func (g *Generator) with(e env) *Tree {
	list := &Tree{Sep: ", "}
	for range 1 + g.r.IntN(2) {
		g.names++
		c := table{name: fmt.Sprintf("w%d", g.names)}
		want := g.wanted(3)
		for i, typ := range want {
			c.columns = append(c.columns, column{fmt.Sprintf("x%d", i+1), typ, true})
		}
		var body *Tree
		switch n := g.r.IntN(100); {
		case n < 25:
			c.columns = append(c.columns, column{"lvl", "int", true})
			body = g.recursive(e, c)
		case n < 45:
			body = g.writes(env{depth: 1}, want)
		default:
			body, _ = g.query(env{depth: e.depth - 1}, want, false)
		}
		list.Parts = append(list.Parts, clause(leaf(c.name+" ("+strings.Join(refs(c.columns), ", ")+") AS ("), body, leaf(")")))
		g.ctes = append(g.ctes, c)
	}
	q, _ := g.query(e, g.wanted(4), false)
	return &Tree{Kind: q.Kind, Parts: []*Tree{leaf("WITH RECURSIVE "), list, leaf(" "), q}}
}

func refs(columns []column) []string {
	var out []string
	for _, c := range columns {
		out = append(out, c.ref)
	}
	return out
}

// recursive is the two terms of a recursive expression, whose last column counts the levels: there are three at most.
func (g *Generator) recursive(e env, c table) *Tree {
	inner := env{depth: min(e.depth-1, 1)}
	last := len(c.columns) - 1
	first := g.terms(inner, c.columns[:last], "0")
	self := aliased{"self", c}
	from := &fromClause{tree: leaf(c.name + " AS self"), columns: self.columns()}
	if g.chance(40) {
		from = g.joinSelf(inner, from)
	}
	inner.columns = from.columns
	again := g.terms(inner, c.columns[:last], "self.lvl + 1")
	where := clause(leaf(" AND "), g.expr(inner, "bool"))
	return &Tree{Parts: []*Tree{
		leaf("SELECT "), first, leaf(" UNION " + pick(g, []string{"ALL ", "", ""}) + "SELECT "), again, leaf(" FROM "), from.tree, leaf(" WHERE self.lvl < 2"), where,
	}}
}

// terms is the select list of one term: values of just the columns' types, and the level.
func (g *Generator) terms(e env, columns []column, level string) *Tree {
	list := &Tree{Sep: ", "}
	for _, col := range columns {
		list.Parts = append(list.Parts, g.cast(g.expr(e, col.typ), col.typ))
	}
	list.Parts = append(list.Parts, leaf(level))
	return list
}

// joinSelf joins a source to the rows of the level before.
func (g *Generator) joinSelf(e env, self *fromClause) *fromClause {
	right := g.source(env{}, nil)
	kind := pick(g, []string{"JOIN", "LEFT JOIN"})
	both := &fromClause{columns: append(append([]column{}, self.columns...), right.columns...)}
	both.tree = &Tree{Sep: " ", Parts: []*Tree{self.tree, leaf(kind), right.tree, g.condition(e, kind, self, right, both)}}
	return both
}

// cast makes both terms of a recursive expression of one type.
func (g *Generator) cast(t *Tree, typ string) *Tree {
	return &Tree{Kind: typ, Parts: []*Tree{leaf("CAST("), t, leaf(" AS " + types[typ].sql + ")")}}
}
