package catalog

import (
	"slices"
	"sort"
	"strings"

	pg_query "github.com/pganalyze/pg_query_go/v5"

	"github.com/trefoil-sql/trefoil/internal/source"
	"github.com/trefoil-sql/trefoil/internal/suggest"
)

// temporarySchema is where temporary relations are; it is searched first.
const temporarySchema = "pg_temp"

// searchPath is the schemas that unqualified names are looked for in, in order.
func (r *replay) searchPath() []*schema {
	path := make([]*schema, 0, len(r.db.path)+2)
	add := func(name string) {
		if s := r.db.schemas[name]; s != nil && !slices.Contains(path, s) {
			path = append(path, s)
		}
	}
	if !slices.Contains(r.db.path, temporarySchema) {
		add(temporarySchema)
	}
	if !slices.Contains(r.db.path, "pg_catalog") {
		add("pg_catalog")
	}
	for _, name := range r.db.path {
		add(name)
	}
	return path
}

// creationSchema is where an unqualified new object goes.
func (r *replay) creationSchema(span source.Span) (*schema, error) {
	for _, name := range r.db.path {
		if s := r.db.schemas[name]; s != nil {
			return s, nil
		}
	}
	return nil, failf(span, invalidSchemaName, "no schema has been selected to create in")
}

func (r *replay) schemaNamed(name string, span source.Span) (*schema, error) {
	if s := r.db.schemas[name]; s != nil {
		return s, nil
	}
	if name == temporarySchema || strings.HasPrefix(name, "pg_temp_") {
		return r.temporary(), nil
	}
	var names []string
	for n := range r.db.schemas {
		names = append(names, n)
	}
	return nil, hinted(span, invalidSchemaName, suggest.Hint(name, names), "schema %q does not exist", name)
}

// temporary is the session's schema of temporary objects.
func (r *replay) temporary() *schema {
	if s := r.db.schemas[temporarySchema]; s != nil {
		return s
	}
	s := r.db.addSchema(temporarySchema, source.Span{})
	s.temporary = true
	return s
}

// schemaFor is where a new object of a name that may be qualified goes.
func (r *replay) schemaFor(schemaName string, span source.Span) (*schema, error) {
	if schemaName == "" {
		return r.creationSchema(span)
	}
	return r.schemaNamed(schemaName, span)
}

// findRelation looks a relation up; nil if there is none. The name of a schema that is not there finds nothing.
func (r *replay) findRelation(schemaName, name string) *relation {
	if schemaName != "" {
		if s := r.db.schemas[schemaName]; s != nil {
			return r.relationIn(s, name)
		}
		return nil
	}
	for _, s := range r.searchPath() {
		if rel := r.relationIn(s, name); rel != nil {
			return rel
		}
	}
	return nil
}

func (r *replay) relationIn(s *schema, name string) *relation {
	if rel := s.relations[name]; rel != nil || !s.builtin {
		return rel
	}
	return r.db.builtinRelation(s, name)
}

// relation looks up what a statement names, of any kind.
func (r *replay) relation(st *statement, v *pg_query.RangeVar) (*relation, error) {
	if rel := r.findRelation(v.Schemaname, v.Relname); rel != nil {
		return rel, nil
	}
	return nil, r.noRelation(st.rangeVarSpan(v), v.Schemaname, v.Relname)
}

// noRelation says that a relation is not there, or else its schema.
func (r *replay) noRelation(span source.Span, schemaName, name string) error {
	if schemaName != "" {
		if _, err := r.schemaNamed(schemaName, span); err != nil {
			return err
		}
	}
	return r.noSuchRelation(span, schemaName, name)
}

func (r *replay) noSuchRelation(span source.Span, schemaName, name string) error {
	full := name
	if schemaName != "" {
		full = schemaName + "." + name
	}
	return hinted(span, undefinedTable, r.relationHint(schemaName, name), "relation %q does not exist", full)
}

// relationHint names a relation of the same name elsewhere on the server, or else one with a name much like it.
func (r *replay) relationHint(schemaName, name string) string {
	var like []string
	for _, s := range r.db.sortedSchemas() {
		if s.builtin {
			continue
		}
		if s.name != schemaName && s.relations[name] != nil {
			return "There is a relation " + s.name + "." + name + "."
		}
		if schemaName == "" || s.name == schemaName {
			for n := range s.relations {
				like = append(like, n)
			}
		}
	}
	return suggest.Hint(name, like)
}

func (db *database) sortedSchemas() []*schema {
	out := make([]*schema, 0, len(db.schemas))
	for _, s := range db.schemas {
		out = append(out, s)
	}
	sort.Slice(out, func(i, j int) bool { return out[i].name < out[j].name })
	return out
}

// columnOf finds a column of a relation, or says that it is not there.
func columnOf(rel *relation, name string, span source.Span) (*column, error) {
	if c := rel.column(name); c != nil {
		return c, nil
	}
	return nil, hinted(span, undefinedColumn, suggest.Hint(name, columnNames(rel.columns)),
		"column %q of relation %q does not exist", name, rel.name)
}

func columnNames(columns []*column) []string {
	names := make([]string, len(columns))
	for i, c := range columns {
		names[i] = c.name
	}
	return names
}

// splitName takes a list of name parts apart. A database's name before the schema is left out.
func splitName(parts []string) (schemaName, name string) {
	if len(parts) == 0 {
		return "", ""
	}
	name = parts[len(parts)-1]
	if len(parts) > 1 {
		schemaName = parts[len(parts)-2]
	}
	return schemaName, name
}

// findType looks a type up by name; nil if there is none.
func (r *replay) findType(schemaName, name string) *typ {
	if schemaName != "" {
		if s := r.db.schemas[schemaName]; s != nil {
			return r.typeIn(s, name)
		}
		return nil
	}
	for _, s := range r.searchPath() {
		if t := r.typeIn(s, name); t != nil {
			return t
		}
	}
	return nil
}

func (r *replay) typeIn(s *schema, name string) *typ {
	if t := s.types[name]; t != nil {
		return t
	}
	if rel := r.relationIn(s, name); rel != nil {
		return rel.rowType
	}
	return nil
}

// visible tells whether a plain name finds an object of this schema.
func (r *replay) visible(s *schema, finds func(*schema) bool) bool {
	for _, p := range r.searchPath() {
		if finds(p) {
			return p == s
		}
	}
	return false
}
