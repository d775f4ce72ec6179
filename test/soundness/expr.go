package soundness

import (
	"strings"
)

// column is what an expression can refer to. Whole tells that it is a column, and not an expression that is grouped by.
type column struct {
	ref, typ string
	whole    bool
}

// env is where an expression stands.
type env struct {
	// columns are those of this query, outer those of the queries around it.
	columns, outer []column
	// rows are the columns inside an aggregate, where aggregate calls may stand.
	rows  []column
	agg   bool
	win   bool
	depth int
}

// within is the place of a subquery in an expression: what is a column here is an outer one there.
func (e env) within() env {
	out := env{depth: e.depth - 1}
	for _, c := range e.columns {
		if c.whole {
			out.outer = append(out.outer, c)
		}
	}
	out.outer = append(out.outer, e.outer...)
	return out
}

func (e env) deeper() env { e.depth--; return e }

// expr makes an expression of a type.
func (g *Generator) expr(e env, typ string) *Tree {
	if e.depth <= 0 || g.chance(35) {
		return g.atom(e, typ)
	}
	if e.agg && g.chance(40) {
		if templates := g.grammar.of("agg", typ); len(templates) > 0 {
			inside := e.deeper()
			inside.columns, inside.rows, inside.agg, inside.win = e.rows, nil, false, false
			return g.fill(pick(g, templates), inside, typ)
		}
	}
	if e.win && g.chance(25) {
		if templates := g.grammar.of("win", typ); len(templates) > 0 {
			inside := e.deeper()
			inside.win = false
			return g.fill(pick(g, templates), inside, typ)
		}
	}
	return g.fill(pick(g, g.grammar.of("", typ)), e.deeper(), typ)
}

// atom is a column, a literal, NULL or a parameter.
func (g *Generator) atom(e env, typ string) *Tree {
	t := &Tree{Kind: typ, Least: least(typ)}
	n := g.r.IntN(100)
	from := e.columns
	if n < 12 && len(e.outer) > 0 {
		from = e.outer
	}
	if fit := ofType(from, typ); n < 75 && len(fit) > 0 {
		t.Text = pick(g, fit).ref
		return t
	}
	sql := types[typ].sql
	switch {
	case n < 85 || n >= 95 && !g.params:
		t.Text = pick(g, types[typ].values)
	case n < 95:
		t.Text = "NULL::" + sql
	default:
		t.Parts = []*Tree{{Param: g.param(typ)}, leaf("::" + sql)}
	}
	return t
}

// param is a value for a parameter: NULL, or one of the type's.
func (g *Generator) param(typ string) *Param {
	if g.chance(40) {
		return &Param{}
	}
	text := map[string]string{
		"int": "1", "big": "2", "num": "1.5", "text": "a", "bool": "t", "date": "2020-01-01", "ints": "{1,2}", "json": `{"n": 1}`, "mood": "fine", "pair": "(1,)",
	}[typ]
	return &Param{Value: &text}
}

func least(typ string) []string {
	return append([]string{types[typ].values[0]}, "NULL::"+types[typ].sql)
}

func ofType(columns []column, typ string) []column {
	var out []column
	for _, c := range columns {
		if c.typ == typ {
			out = append(out, c)
		}
	}
	return out
}

// fill makes what a template says.
func (g *Generator) fill(template string, e env, typ string) *Tree {
	t := &Tree{Kind: typ, Least: least(typ)}
	t.Parts = g.pieces(template, e, typ)
	if needsParentheses(template) {
		t.Parts = append(append([]*Tree{leaf("(")}, t.Parts...), leaf(")"))
	}
	return t
}

// needsParentheses tells a template that is more than one call.
func needsParentheses(template string) bool {
	return strings.Contains(template, " ") && !strings.HasPrefix(template, "CASE ") || strings.Contains(template, "::")
}

// pieces cuts a template at its placeholders.
func (g *Generator) pieces(template string, e env, typ string) []*Tree {
	var parts []*Tree
	ord := pick(g, ordered)
	at := 0
	for _, m := range placeholder.FindAllStringSubmatchIndex(template, -1) {
		parts = append(parts, leaf(template[at:m[0]]), g.hole(template[m[2]:m[3]], e, typ, ord))
		at = m[1]
	}
	return append(parts, leaf(template[at:]))
}

// hole makes what stands for a placeholder.
func (g *Generator) hole(name string, e env, typ, ord string) *Tree {
	kind, inner, isQuery := strings.Cut(name, ":")
	if isQuery {
		q, _ := g.query(e.within(), []string{g.typeOf(inner, typ, ord)}, kind == "q")
		return q
	}
	if name == "win" {
		return &Tree{Kind: "frame", Parts: g.pieces(pick(g, g.grammar[""]["frame"]), e, typ), Optional: true}
	}
	return g.expr(e, g.typeOf(name, typ, ord))
}

// typeOf is the type that a word of a placeholder stands for.
func (g *Generator) typeOf(name, typ, ord string) string {
	switch name {
	case "T":
		return typ
	case "X", "Y":
		return pick(g, typeNames)
	case "ord":
		return ord
	}
	return name
}
