package sqlc

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/trefoil-sql/trefoil/internal/catalog"
)

// canonical writes the schema that sqlc is shown; see the package's documentation.
func canonical(c *catalog.Catalog, enums []Enum, names typeNames) string {
	w := &schemaWriter{catalog: c, enums: enums, lowering: newLowering(c, enums), names: names}
	w.schemas()
	for _, e := range c.Extensions {
		w.statement("CREATE EXTENSION %s", ident(e.Name))
	}
	for _, e := range c.Enums {
		w.enum(e.Name, e.Values)
	}
	for _, e := range enums {
		w.enum(e.Name, e.Values)
	}
	w.inOrder()
	for _, f := range c.Functions {
		w.function(f)
	}
	w.comments()
	return w.String()
}

type schemaWriter struct {
	strings.Builder
	lowering
	catalog *catalog.Catalog
	enums   []Enum
	names   typeNames
}

func (w *schemaWriter) statement(format string, args ...any) {
	fmt.Fprintf(w, format+";\n", args...)
}

// list writes a statement that ends in a list in parentheses, an item a line.
func (w *schemaWriter) list(head string, items []string) {
	if len(items) == 0 {
		w.statement("%s ()", head)
		return
	}
	w.statement("%s (\n  %s\n)", head, strings.Join(items, ",\n  "))
}

// schemas declares every schema that something is in, also one that only an extension made.
func (w *schemaWriter) schemas() {
	for _, s := range slices.Sorted(maps.Keys(schemasOf(w.catalog, w.enums))) {
		if s != publicSchema && s != builtinSchema && s != "information_schema" {
			w.statement("CREATE SCHEMA %s", ident(s))
		}
	}
}

// schemasOf is every schema that the catalog names, and those that always are.
func schemasOf(c *catalog.Catalog, enums []Enum) map[string]bool {
	all := set(publicSchema, builtinSchema, "information_schema")
	add := func(s string) {
		if s != "" {
			all[s] = true
		}
	}
	for _, s := range c.Schemas {
		add(s.Name)
	}
	for _, e := range c.Extensions {
		add(e.Schema)
	}
	for _, e := range enums {
		add(e.Name.Schema)
	}
	for _, e := range c.Enums {
		add(e.Name.Schema)
	}
	for _, t := range c.Composites {
		add(t.Name.Schema)
	}
	for _, r := range c.Ranges {
		add(r.Name.Schema)
	}
	for _, r := range c.Relations {
		add(r.Name.Schema)
		for _, col := range r.Columns {
			add(col.Type.Name.Schema)
		}
	}
	for _, f := range c.Functions {
		add(f.Name.Schema)
	}
	return all
}

func (w *schemaWriter) enum(name catalog.Name, values []string) {
	items := make([]string, len(values))
	for i, v := range values {
		items[i] = literal(goText(v))
	}
	w.list("CREATE TYPE "+qualified(name)+" AS ENUM", items)
}

func (w *schemaWriter) rangeType(r *catalog.Range) {
	items := []string{"subtype = " + w.typeOf(r.Subtype)}
	if r.Multirange.Name != "" {
		items = append(items, "multirange_type_name = "+qualified(r.Multirange))
	}
	w.list("CREATE TYPE "+qualified(r.Name)+" AS RANGE", items)
}

func (w *schemaWriter) composite(t *catalog.Composite) {
	items := make([]string, len(t.Attributes))
	for i, a := range t.Attributes {
		items[i] = ident(a.Name) + " " + w.typeOf(a.Type)
	}
	w.list("CREATE TYPE "+qualified(t.Name)+" AS", items)
}

func (w *schemaWriter) relation(r *catalog.Relation) {
	items := make([]string, len(r.Columns))
	for i, c := range r.Columns {
		t, notNull := w.column(r.Name, c)
		items[i] = ident(c.Name) + " " + w.names.sql(t)
		if notNull {
			items[i] += " NOT NULL"
		}
	}
	w.list("CREATE TABLE "+qualified(r.Name), items)
}

func (w *schemaWriter) typeOf(t catalog.Type) string {
	t, _ = w.lower(t)
	return w.names.sql(t)
}

// byteOrderMark may stand at the start of a Go file only, not in its comments.
const byteOrderMark = "\uFEFF"

// comments keeps those that sqlc puts on Go's types and fields.
func (w *schemaWriter) comments() {
	comment := func(kind, name, text string) {
		text = strings.ReplaceAll(text, byteOrderMark, "")
		if text != "" {
			w.statement("COMMENT ON %s %s IS %s", kind, name, literal(text))
		}
	}
	for _, e := range w.catalog.Enums {
		comment("TYPE", qualified(e.Name), e.Comment)
	}
	for _, e := range w.enums {
		if len(e.Domains) > 0 {
			comment("TYPE", qualified(e.Name), w.domains[e.Domains[0]].Comment)
		}
	}
	for _, r := range w.catalog.Relations {
		comment("TABLE", qualified(r.Name), r.Comment)
		for _, c := range r.Columns {
			comment("COLUMN", qualified(r.Name)+"."+ident(c.Name), c.Comment)
		}
	}
}
