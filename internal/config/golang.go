package config

import (
	"maps"
	"path"

	"go.yaml.in/yaml/v3"
)

// globalRename is overrides: go: rename:, which sqlc puts over the entries' own.
func (r *reader) globalRename(top mapping) map[string]string {
	for _, name := range []string{"overrides", "go", "rename"} {
		e, ok := top.get(name)
		if !ok || e.value.Kind != yaml.MappingNode {
			return nil
		}
		top = r.mapping(e.value, true)
	}
	return dictOf(top)
}

func dictOf(m mapping) map[string]string {
	d := map[string]string{}
	for _, e := range m.entries {
		d[e.name] = scalar(e.value)
	}
	return d
}

// golang reads what trefoil needs of gen: go:; nil without it.
func (r *reader) golang(entry mapping, globals map[string]string, at string) *Go {
	gen, ok := entry.get("gen")
	if !ok || gen.value.Kind != yaml.MappingNode {
		return nil
	}
	e, ok := r.mapping(gen.value, true).get("go")
	if !ok || e.value.Kind != yaml.MappingNode {
		return nil
	}
	m := r.mapping(e.value, true)
	out, span := r.out(m, at+".gen.go")
	g := &Go{
		Package: text(m, "package"), Out: out, SQLPackage: text(m, "sql_package"), Initialisms: []string{"id"},
		Rename: map[string]string{}, Node: e.value, Span: span,
	}
	if g.Package == "" {
		g.Package = path.Base(out)
	}
	if g.SQLPackage == "" {
		g.SQLPackage = "database/sql"
	}
	if e, ok := m.get("initialisms"); ok {
		g.Initialisms = []string{}
		for _, n := range texts(e) {
			g.Initialisms = append(g.Initialisms, scalar(n))
		}
	}
	if own, ok := m.get("rename"); ok && own.value.Kind == yaml.MappingNode {
		g.Rename = dictOf(r.mapping(own.value, true))
	}
	maps.Copy(g.Rename, globals)
	return g
}

// goJSON refuses go_json where sqlc's structs have no keys, or other types than those whose JSON is known.
func (r *reader) goJSON(c *Config) {
	if !c.Shared.GoJSON {
		return
	}
	for _, s := range c.SQL {
		if s.Go == nil {
			continue
		}
		m := r.mapping(s.Go.Node, true)
		if s.Go.SQLPackage != "pgx/v5" || text(m, "emit_json_tags") != "true" {
			r.reportAt(s.Go.Node, CodeCombination, "write sql_package: pgx/v5 and emit_json_tags: true here",
				"options.trefoil.go_json needs the types of pgx/v5 and tags for JSON in gen.go")
		}
	}
}
