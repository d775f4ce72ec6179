package model

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/trefoil-sql/trefoil/internal/catalog"
	"github.com/trefoil-sql/trefoil/internal/config"
	"github.com/trefoil-sql/trefoil/internal/naming"
)

// namer gives names in one target. What the user named comes first (options, then smart tags), then what the target's
// language makes of the database's name.
type namer struct {
	lang          naming.Language
	shared        config.Shared
	options       config.Options
	sqlc          sqlcNames // Go's names are sqlc's; of no use to other targets
	modules       *naming.Scope
	enumFiles     *naming.Scope
	queryModules  map[string]string     // by query file
	plural        map[catalog.Name]bool // relations that are not put in the singular, in other targets
	defaultSchema string
}

func newNamer(in Input) namer {
	n := namer{
		lang: in.Language, shared: in.Config.Shared, options: in.Options,
		modules: &naming.Scope{Fold: true}, enumFiles: &naming.Scope{Fold: true}, queryModules: map[string]string{}, defaultSchema: in.Config.Shared.DefaultSchema,
	}
	if n.lang == naming.Go {
		n.sqlc = newSQLCNames(in)
	} else {
		n.plural = plurals(in.Catalog)
	}
	for _, m := range ownModules {
		n.modules.Take(m)
	}
	return n
}

// ownModules are the files that the emitters write beside those of relations and queries.
var ownModules = []string{enumModule, compositeModule, "index", "json", "runtime", "sql"}

const (
	enumModule      = "enums"
	compositeModule = "composites"
)

// subject is what a template of config.Naming is expanded for.
type subject struct{ name, table, query string }

// fill puts the names into a template.
func (s subject) fill(template string) string {
	var b strings.Builder
	b.Grow(len(template) + max(len(s.name), len(s.table), len(s.query)))
	for template != "" {
		switch {
		case take(&template, "{name}"):
			b.WriteString(s.name)
		case take(&template, "{table}"):
			b.WriteString(s.table)
		case take(&template, "{query}"):
			b.WriteString(s.query)
		default:
			b.WriteByte(template[0])
			template = template[1:]
		}
	}
	return b.String()
}

// take cuts a prefix off a text that has it.
func take(text *string, prefix string) bool {
	rest, ok := strings.CutPrefix(*text, prefix)
	*text = rest
	return ok
}

// expand fills in a template and makes the result a name of a type.
func (n namer) expand(template string, s subject) string {
	name := s.fill(template)
	if n.lang == naming.Go {
		return name
	}
	return naming.Identifier(n.lang, naming.Type, name)
}

// templates are those of the type and of the schema of a variant.
func (n namer) templates(v Variant) (typ, schema string) {
	o := n.options.Naming
	switch v {
	case Row:
		typ, schema = o.Row, o.RowSchema
	case Insert:
		typ, schema = o.Insert, o.InsertSchema
	case Update:
		typ, schema = o.Update, o.UpdateSchema
	case QueryRow:
		typ, schema = o.QueryRow, o.QuerySchema
	case Params:
		typ, schema = o.Params, o.ParamsSchema
	}
	return orDefault(typ, defaultTemplates[v][0]), orDefault(schema, defaultTemplates[v][1])
}

// defaultTemplates are those of Go, where they are sqlc's, and of composites. They are the defaults of config.Naming too,
// which Load fills in.
var defaultTemplates = map[Variant][2]string{
	Row:       {"{name}", "{name}Schema"},
	Insert:    {"{name}Insert", "{name}InsertSchema"},
	Update:    {"{name}Update", "{name}UpdateSchema"},
	Composite: {"{name}", "{name}Schema"},
	QueryRow:  {"{query}Row", "{query}RowSchema"},
	Params:    {"{query}Params", "{query}ParamsSchema"},
}

func orDefault(template, def string) string {
	if template == "" {
		return def
	}
	return template
}

// typeForm takes a name that the user wrote: as it stands where it has a type's form, else as words.
func (n namer) typeForm(name string) string {
	first, _ := utf8.DecodeRuneInString(name)
	if unicode.IsUpper(first) && !strings.ContainsFunc(name, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) }) {
		return name
	}
	return n.pascal(naming.Words(name))
}

func (n namer) pascal(words []string) string { return naming.Pascal(words, n.shared.Initialisms) }

// words are those of a type's or relation's name; the schema is part of it where it is not the default one.
func (n namer) words(name catalog.Name) []string {
	words := naming.Words(name.Name)
	if name.Schema != n.defaultSchema && name.Schema != "" {
		words = append(naming.Words(name.Schema), words...)
	}
	return words
}

// relation is the singular name that the templates of a relation's variants expand, and its own name beside it.
func (n namer) relation(rel *catalog.Relation, tags tagged) subject {
	s := subject{table: n.pascal(n.words(rel.Name))}
	renamed, ok := n.qualified(n.shared.Rename.Tables, rel.Name)
	switch {
	case n.lang == naming.Go:
		s.name = n.sqlc.relation(rel.Name)
	case ok:
		s.name = n.typeForm(renamed)
	case tags.name != "":
		s.name = n.typeForm(tags.name)
	case n.plural[rel.Name]:
		s.name = s.table
	default:
		s.name = n.pascal(naming.Singular(n.words(rel.Name)))
	}
	return s
}

func (n namer) composite(comp catalog.Composite, tags tagged) subject {
	renamed, ok := n.qualified(n.shared.Rename.Tables, comp.Name)
	switch {
	case ok:
		return subject{name: n.typeForm(renamed)}
	case tags.name != "":
		return subject{name: n.typeForm(tags.name)}
	}
	return subject{name: n.pascal(n.words(comp.Name))}
}

func (n namer) query(name string) subject {
	if n.lang == naming.Go {
		return subject{query: name}
	}
	return subject{query: n.typeForm(name)}
}

// qualified looks a name up by schema.name, then by the name alone where its schema is the default one.
func (n namer) qualified(names map[string]string, name catalog.Name) (string, bool) {
	if len(names) == 0 {
		return "", false
	}
	if to, ok := names[name.Schema+"."+name.Name]; ok {
		return to, true
	}
	to, ok := names[name.Name]
	return to, ok && name.Schema == n.defaultSchema
}

// module is the file of a relation.
func (n namer) module(rel *catalog.Relation) string {
	return n.modules.Unique(naming.Identifier(n.lang, naming.Module, naming.Snake(n.words(rel.Name))))
}

// enumFile is the file of an enum that has one.
func (n namer) enumFile(name string) string {
	return n.enumFiles.Unique(naming.Identifier(n.lang, naming.Module, naming.Snake(naming.Words(name))))
}

// queryModule is the file of the queries of a query file: its name, or name_queries where a relation has that.
func (n namer) queryModule(file string) string {
	if m, ok := n.queryModules[file]; ok {
		return m
	}
	m := naming.Identifier(n.lang, naming.Module, naming.Snake(naming.Words(stem(file))))
	if !n.modules.Take(m) {
		m = n.modules.Unique(m + "_queries")
	}
	n.queryModules[file] = m
	return m
}
