package config

import (
	"fmt"

	"go.yaml.in/yaml/v3"

	"github.com/trefoil-sql/trefoil/internal/suggest"
)

// engine is the only value of engine: that trefoil reads.
const engine = "postgresql"

// entries reads sql:. What has the wrong kind has been reported.
func (r *reader) entries(c *Config, top mapping, declared map[string]bool) {
	list, ok := top.get("sql")
	if !ok || list.value.Kind == yaml.SequenceNode && len(list.value.Content) == 0 {
		r.reportAt(top.node, CodeMissing, "add sql: [{engine: postgresql, schema: …}]", "%s has no sql entries", r.file.Path)
		return
	}
	globals := r.globalRename(top)
	for i, m := range r.items(list) {
		path := fmt.Sprintf("sql[%d]", i)
		s := SQL{
			Name: text(m, "name"), Index: i, Node: m.node, Span: r.node(m.node),
			Schema: r.schema(m, path), Queries: r.inputs(m, "queries", path),
		}
		r.engine(m, path)
		s.Go = r.golang(m, globals, path)
		r.json(&s, m, path)
		codegen, _ := m.get("codegen")
		for j, g := range r.items(codegen) {
			r.codegen(&s, g, declared, fmt.Sprintf("%s.codegen[%d]", path, j))
		}
		c.SQL = append(c.SQL, s)
	}
}

// engine refuses every engine but PostgreSQL.
func (r *reader) engine(m mapping, path string) {
	e, ok := m.get("engine")
	switch {
	case !ok:
		r.reportAt(m.node, CodeEngine, "add engine: postgresql", "%s has no engine", path)
	case e.value.Kind != yaml.ScalarNode || e.value.Value == engine:
	case e.value.Value == "postgres" || suggest.Hint(e.value.Value, []string{engine}) != "":
		r.reportAt(e.value, CodeEngine, "write engine: postgresql", "unknown engine %s", e.value.Value)
	default:
		r.reportAt(e.value, CodeEngine, "give entries of other engines a config of their own, for sqlc alone",
			"trefoil reads PostgreSQL only; engine %s is not supported", e.value.Value)
	}
}

// inputs are the paths of schema: or queries:.
func (r *reader) inputs(m mapping, name, path string) []string {
	e, ok := m.get(name)
	if !ok {
		return nil
	}
	var paths []string
	for _, n := range texts(e) {
		p := scalar(n)
		if p == "" {
			r.reportAt(n, CodeValue, "", "%s.%s has an empty path", path, name)
		}
		paths = append(paths, p)
	}
	return paths
}

// schema is inputs of schema:, which every entry needs.
func (r *reader) schema(m mapping, path string) []string {
	e, ok := m.get("schema")
	switch {
	case !ok:
		r.reportAt(m.node, CodeMissing, "add schema: and the folder of the migrations", "%s has no schema", path)
	case e.value.Kind == yaml.SequenceNode && len(e.value.Content) == 0:
		r.reportAt(e.value, CodeMissing, "add a file, a folder or a glob", "%s.schema is empty", path)
	}
	return r.inputs(m, "schema", path)
}
