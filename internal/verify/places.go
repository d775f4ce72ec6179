package verify

import (
	"github.com/trefoil-sql/trefoil/internal/catalog"
	"github.com/trefoil-sql/trefoil/internal/source"
)

// places are where the migrations make things, by path of a difference.
type places map[string]source.Span

func (p places) add(at []Step, span source.Span) {
	if !span.IsZero() {
		p[joined(at)] = span
	}
}

func (p places) expression(at []Step, e *catalog.Expression) {
	if e != nil {
		p.add(at, e.Span)
	}
}

// of is the place of a path, or of the nearest thing around it.
func (p places) of(at []Step) source.Span {
	for n := len(at); n > 0; n-- {
		if span, ok := p[joined(at[:n])]; ok {
			return span
		}
	}
	return source.Span{}
}

func below(at []Step, key, name string) []Step {
	return append(at[:len(at):len(at)], Step{key, name})
}

// placesOf collects the places of a catalog. The document is the same catalog, and has its lists in the same order.
func placesOf(c *catalog.Catalog) places {
	p := places{}
	top := func(key string, n catalog.Name, span source.Span) []Step {
		at := []Step{{key, n.Schema + "." + n.Name}}
		p.add(at, span)
		return at
	}
	for _, s := range c.Schemas {
		p.add([]Step{{"schemas", s.Name}}, s.Span)
	}
	for _, e := range c.Extensions {
		p.add([]Step{{"extensions", e.Name}}, e.Span)
	}
	for _, e := range c.Enums {
		top("enums", e.Name, e.Span)
	}
	for _, d := range c.Domains {
		at := top("domains", d.Name, d.Span)
		p.expression(below(at, "default", ""), d.Default)
		p.checks(at, d.Checks)
	}
	for _, t := range c.Composites {
		p.columns(top("composites", t.Name, t.Span), "attributes", t.Attributes)
	}
	for _, r := range c.Ranges {
		top("ranges", r.Name, r.Span)
	}
	for _, r := range c.Relations {
		p.relation(top("relations", r.Name, r.Span), r)
	}
	for _, s := range c.Sequences {
		top("sequences", s.Name, s.Span)
	}
	for i, doc := range c.Document().Functions {
		p.add([]Step{{"functions", nameOfFunction(doc)}}, c.Functions[i].Span)
	}
	return p
}

func (p places) relation(at []Step, r catalog.Relation) {
	p.columns(at, "columns", r.Columns)
	if r.PrimaryKey != nil {
		p.add(below(at, "primary_key", ""), r.PrimaryKey.Span)
	}
	for _, k := range r.Uniques {
		p.add(below(at, "uniques", k.Name), k.Span)
	}
	for _, k := range r.ForeignKeys {
		p.add(below(at, "foreign_keys", k.Name), k.Span)
	}
	p.checks(at, r.Checks)
	for _, i := range r.Indexes {
		index := below(at, "indexes", i.Name)
		p.add(index, i.Span)
		p.expression(below(index, "where", ""), i.Where)
	}
	for _, policy := range r.Policies {
		here := below(at, "policies", policy.Name)
		p.add(here, policy.Span)
		p.expression(below(here, "using", ""), policy.Using)
		p.expression(below(here, "with_check", ""), policy.WithCheck)
	}
}

func (p places) columns(at []Step, key string, columns []catalog.Column) {
	for _, c := range columns {
		column := below(at, key, c.Name)
		p.add(column, c.Span)
		p.expression(below(column, "default", ""), c.Default)
	}
}

func (p places) checks(at []Step, checks []catalog.Check) {
	for _, c := range checks {
		check := below(at, "checks", c.Name)
		p.add(check, c.Span)
		p.expression(below(check, "expression", ""), &c.Expression)
	}
}
