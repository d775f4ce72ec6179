package config

import (
	"fmt"
	"path"
	"reflect"

	"go.yaml.in/yaml/v3"

	"github.com/trefoil-sql/trefoil/internal/source"
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
			Schema: r.inputs(m, "schema", path), Queries: r.inputs(m, "queries", path),
		}
		r.engine(m, path)
		if _, ok := m.get("schema"); !ok {
			r.reportAt(m.node, CodeMissing, "add schema: and the folder of the migrations", "%s has no schema", path)
		}
		s.Go = r.golang(m, globals, path)
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
	default:
		hint := "give entries of other engines a config of their own, for sqlc alone"
		if _, near := suggest.Nearest(e.value.Value, []string{engine}); near || e.value.Value == "postgres" {
			hint = "write engine: postgresql"
		}
		r.reportAt(e.value, CodeEngine, hint, "trefoil reads PostgreSQL only; engine %s is none", e.value.Value)
	}
}

// inputs are the paths of schema: or queries:.
func (r *reader) inputs(m mapping, name, path string) []string {
	e, ok := m.get(name)
	if !ok {
		return nil
	}
	list := texts(m, name)
	if len(list) == 0 && e.value.Kind == yaml.SequenceNode && name == "schema" {
		r.reportAt(e.value, CodeMissing, "add a file, a folder or a glob", "%s.%s is empty", path, name)
	}
	for i, p := range list {
		if p != "" {
			continue
		}
		at := e.value
		if at.Kind == yaml.SequenceNode {
			at = at.Content[i]
		}
		r.reportAt(at, CodeValue, "", "%s.%s has an empty path", path, name)
	}
	return list
}

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
		d[e.name] = e.value.Value
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
	if words := texts(m, "initialisms"); words != nil {
		g.Initialisms = words
	}
	if own, ok := m.get("rename"); ok && own.value.Kind == yaml.MappingNode {
		g.Rename = dictOf(r.mapping(own.value, true))
	}
	for from, to := range globals {
		g.Rename[from] = to
	}
	return g
}

// codegen reads one codegen: entry. Those of other plugins are sqlc's to run.
func (r *reader) codegen(s *SQL, m mapping, declared map[string]bool, path string) {
	plugin := text(m, "plugin")
	switch {
	case plugin == "":
		r.reportAt(m.node, CodePlugin, "", "%s has no plugin", path)
		return
	case !declared[plugin]:
		e, _ := m.get("plugin")
		hint := "declare it under plugins:"
		if plugin == PluginName {
			hint = pluginHint
		}
		r.reportAt(e.value, CodePlugin, hint, "%s uses the plugin %s, which plugins: does not declare", path, plugin)
	}
	if plugin == PluginName {
		s.Targets = append(s.Targets, r.targetOf(m, path))
	} else if text(m, "out") == "" {
		r.reportAt(m.node, CodeMissing, "", "%s has no out", path)
	}
}

// targetOf reads an entry of the plugin trefoil.
func (r *reader) targetOf(m mapping, path string) Target {
	var t Target
	t.Out, t.Span = r.out(m, path)
	options, ok := m.get("options")
	if !ok {
		r.reportAt(m.node, CodeMissing, "add options: {target: zod} or options: {target: pydantic}", "%s has no options", path)
		return t
	}
	if options.value.Kind == yaml.MappingNode {
		r.target = TargetKind(text(r.mapping(options.value, true), "target"))
		if r.target != Zod && r.target != Pydantic {
			r.target = ""
		}
	}
	r.decode(options.value, reflect.ValueOf(&t.Options).Elem(), path+".options", field{})
	r.target = ""
	fillDefaults(reflect.ValueOf(&t.Options).Elem())
	return t
}

// fillDefaults gives every empty string of a struct its field's default.
func fillDefaults(v reflect.Value) {
	for i := range v.NumField() {
		f, value := v.Field(i), v.Type().Field(i).Tag.Get("default")
		switch {
		case f.Kind() == reflect.Struct:
			fillDefaults(f)
		case value == "":
		case f.Kind() == reflect.String && f.String() == "":
			f.SetString(value)
		case f.Type() == reflect.TypeFor[*string]() && f.IsNil():
			f.Set(reflect.ValueOf(&value))
		}
	}
}

// spanOf is where a key's value stands, or its mapping without the key.
func (r *reader) spanOf(m mapping, name string) source.Span {
	if e, ok := m.get(name); ok {
		return r.node(e.value)
	}
	return r.node(m.node)
}
