package config

import (
	"cmp"
	"maps"
	"reflect"
	"slices"

	"go.yaml.in/yaml/v3"

	"github.com/trefoil-sql/trefoil/internal/suggest"
)

// codegen reads one codegen: entry. Those of other plugins are run by sqlc.
func (r *reader) codegen(s *SQL, m mapping, declared map[string]bool, path string) {
	plugin := text(m, "plugin")
	switch {
	case plugin == "":
		r.missing(m, "plugin", path)
		return
	case declared != nil && !declared[plugin]:
		e, _ := m.get("plugin")
		hint := suggest.Hint(plugin, append(slices.Collect(maps.Keys(declared)), PluginName))
		switch {
		case plugin == PluginName:
			hint = pluginHint
		case hint == "":
			hint = "declare it under plugins:"
		}
		r.reportAt(e.value, CodePlugin, hint, "%s uses the plugin %s, which plugins: does not declare", path, plugin)
	}
	if plugin == PluginName {
		s.Targets = append(s.Targets, r.targetOf(m, path))
		return
	}
	out, span := r.out(m, path)
	s.Others = append(s.Others, Other{Name: plugin, Out: out, Node: m.node, Span: span})
}

// json reads gen: json:, the analysed queries as sqlc writes them for the user.
func (r *reader) json(s *SQL, entry mapping, at string) {
	gen, ok := entry.get("gen")
	if !ok || gen.value.Kind != yaml.MappingNode {
		return
	}
	e, ok := r.mapping(gen.value, true).get("json")
	if !ok || e.value.Kind != yaml.MappingNode {
		return
	}
	out, span := r.out(r.mapping(e.value, true), at+".gen.json")
	s.Others = append(s.Others, Other{Name: JSONName, Out: out, Node: e.value, Span: span})
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
	if t.Options.Wire == DriverWire {
		driverDefaults(&t.Options)
	}
	fillDefaults(reflect.ValueOf(&t.Options).Elem())
	return t
}

// driverDefaults are what node-postgres does unless it is told otherwise, for options that were not given.
func driverDefaults(o *Options) {
	o.Numeric = cmp.Or(o.Numeric, "string")
	o.BigInt = cmp.Or(o.BigInt, "string")
	o.Timestamp = cmp.Or(o.Timestamp, "date")
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
