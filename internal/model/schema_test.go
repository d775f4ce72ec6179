package model_test

import (
	"cmp"
	"slices"
	"strings"

	"github.com/trefoil-sql/trefoil/internal/catalog"
	"github.com/trefoil-sql/trefoil/internal/source"
)

// schema builds a catalog by hand. Every object stands on a line of its own in a file, so that messages have places.
type schema struct {
	catalog catalog.Catalog
	file    *source.File
}

func newSchema() *schema { return &schema{file: source.NewFile("schema.sql", "")} }

// place writes a line into the file and returns its span.
func (s *schema) place(text string) source.Span {
	start := len(s.file.Text)
	s.file.Text += text + "\n"
	return source.Span{File: s.file, Start: start, End: start + len(text)}
}

// name splits schema.name; public is the schema of what has none.
func name(n string) catalog.Name {
	if schema, rest, ok := strings.Cut(n, "."); ok {
		return catalog.Name{Schema: schema, Name: rest}
	}
	return catalog.Name{Schema: "public", Name: n}
}

type columnOption func(*catalog.Column)

func (s *schema) table(n string, columns ...catalog.Column) *catalog.Relation {
	return s.relation(catalog.Table, n, columns...)
}

func (s *schema) relation(kind catalog.RelationKind, n string, columns ...catalog.Column) *catalog.Relation {
	r := catalog.Relation{Name: name(n), Kind: kind, Span: s.place(n)}
	for _, c := range columns {
		c.Span = s.place("  " + c.Name)
		r.Columns = append(r.Columns, c)
	}
	at, _ := slices.BinarySearchFunc(s.catalog.Relations, r.Name, func(o catalog.Relation, n catalog.Name) int {
		return cmp.Or(cmp.Compare(o.Name.Schema, n.Schema), cmp.Compare(o.Name.Name, n.Name))
	})
	s.catalog.Relations = slices.Insert(s.catalog.Relations, at, r)
	return &s.catalog.Relations[at]
}

func (s *schema) enum(n string, values ...string) {
	s.catalog.Enums = append(s.catalog.Enums, catalog.Enum{Name: name(n), Values: values, Span: s.place(n)})
}

func (s *schema) domain(n string, t catalog.Type, checks ...catalog.Expr) *catalog.Domain {
	d := catalog.Domain{Name: name(n), Type: t, Span: s.place(n)}
	for _, c := range checks {
		d.Checks = append(d.Checks, catalog.Check{Name: d.Name.Name + "_check", Expression: catalog.Expression{Tree: c}})
	}
	s.catalog.Domains = append(s.catalog.Domains, d)
	return &s.catalog.Domains[len(s.catalog.Domains)-1]
}

func (s *schema) composite(n string, attributes ...catalog.Column) {
	s.catalog.Composites = append(s.catalog.Composites, catalog.Composite{Name: name(n), Attributes: attributes, Span: s.place(n)})
}

// check adds a CHECK to a relation.
func check(r *catalog.Relation, constraint string, e catalog.Expr) *catalog.Check {
	r.Checks = append(r.Checks, catalog.Check{Name: constraint, Expression: catalog.Expression{Tree: e}})
	return &r.Checks[len(r.Checks)-1]
}

// column makes a column of a type as typ spells it.
func column(n, t string, options ...columnOption) catalog.Column {
	c := catalog.Column{Name: n, Type: typ(t)}
	for _, o := range options {
		o(&c)
	}
	return c
}

func notNull(c *catalog.Column) { c.NotNull = true }

func comment(text string) columnOption { return func(c *catalog.Column) { c.Comment = text } }

func def(e catalog.Expr) columnOption {
	return func(c *catalog.Column) { c.Default = &catalog.Expression{Tree: e} }
}

func generated(c *catalog.Column) { c.Generated = catalog.GeneratedStored }

func identity(i catalog.Identity) columnOption {
	return func(c *catalog.Column) { c.Identity, c.NotNull = i, true }
}

// typ reads a built-in type: int4, text[], varchar(50), numeric(10,6); and a kind with a name: enum mood, domain email.
func typ(t string) catalog.Type {
	var out catalog.Type
	if elem, ok := strings.CutSuffix(t, "[]"); ok {
		out = typ(elem)
		out.Array, out.Dims = true, out.Dims+1
		return out
	}
	if kind, n, ok := strings.Cut(t, " "); ok {
		return catalog.Type{Name: name(n), Kind: catalog.TypeKind(kind)}
	}
	base, mods, _ := strings.Cut(strings.TrimSuffix(t, ")"), "(")
	out = catalog.Type{Name: catalog.Name{Schema: "pg_catalog", Name: base}, Kind: catalog.BaseType}
	for _, m := range strings.FieldsFunc(mods, func(r rune) bool { return r == ',' }) {
		out.Mods = append(out.Mods, atoi(m))
	}
	return out
}

func atoi(s string) int32 {
	if rest, ok := strings.CutPrefix(s, "-"); ok {
		return -atoi(rest)
	}
	n := int32(0)
	for _, r := range s {
		n = 10*n + r - '0'
	}
	return n
}

func ref(column string) catalog.Expr { return &catalog.ColumnRef{Name: column} }

func str(s string) catalog.Expr { return &catalog.Literal{Kind: catalog.StringLiteral, Value: s} }

func num(s string) catalog.Expr {
	if strings.Contains(s, ".") {
		return &catalog.Literal{Kind: catalog.NumericLiteral, Value: s}
	}
	return &catalog.Literal{Kind: catalog.IntLiteral, Value: s}
}

func boolean(s string) catalog.Expr { return &catalog.Literal{Kind: catalog.BoolLiteral, Value: s} }

func null() catalog.Expr { return &catalog.Literal{Kind: catalog.NullLiteral} }

func call(name string, args ...catalog.Expr) catalog.Expr {
	return &catalog.Call{Name: name, Args: args}
}

func cast(e catalog.Expr, t string) catalog.Expr { return &catalog.Cast{Arg: e, Type: typ(t)} }

func op(l catalog.Expr, name string, r catalog.Expr) catalog.Expr {
	return &catalog.Op{Name: name, Left: l, Right: r}
}

func in(column string, values ...string) catalog.Expr {
	e := &catalog.In{Left: ref(column)}
	for _, v := range values {
		e.List = append(e.List, str(v))
	}
	return e
}

func isNotNull(column string) catalog.Expr { return &catalog.NullTest{Arg: ref(column), Not: true} }
