package config

import (
	"reflect"
	"strings"

	"go.yaml.in/yaml/v3"

	"github.com/trefoil-sql/trefoil/internal/suggest"
)

// read reads the whole document into a config whose File and Dir are set.
func (r *reader) read(doc *yaml.Node) *Config {
	c := &Config{File: r.file, Node: doc}
	root := follow(doc.Content[0])
	if isNull(root) {
		root = &yaml.Node{Kind: yaml.MappingNode, Tag: "!!map", Line: 1, Column: 1}
	}
	if !r.wants(root, yaml.MappingNode, "a mapping", r.file.Path) {
		return c
	}
	top := r.mapping(root, true)
	if !r.version(top) {
		return c
	}
	r.sqlcKnows(root, sqlcFile, "")
	declared := r.plugins(top)
	c.Shared = r.shared(top, declared)
	r.entries(c, top, declared)
	r.goJSON(c)
	r.outs(c)
	r.overSources(c)
	return c
}

// version refuses files that sqlc reads by other rules; nothing else is said of them.
func (r *reader) version(top mapping) bool {
	v, ok := top.get("version")
	switch {
	case !ok:
		r.reportAt(top.node, CodeVersion, `write version: "2" at the top`, "%s has no version", r.file.Path)
	case v.value.Kind == yaml.ScalarNode && v.value.Value == "2":
		return true
	case v.value.Kind == yaml.ScalarNode && v.value.Value == "1":
		r.reportAt(v.value, CodeVersion, "sqlc's documentation says how to bring a file to version 2",
			`trefoil reads version "2" of sqlc's config only, and this is version 1`)
	default:
		r.reportAt(v.value, CodeVersion, `write version: "2"`, `trefoil reads version "2" of sqlc's config only`)
	}
	return false
}

// shared reads options: trefoil:. Other plugins' options are theirs.
func (r *reader) shared(top mapping, declared map[string]bool) Shared {
	var s Shared
	if own, ok := r.ownOptions(top, declared); ok {
		r.decode(own.value, reflect.ValueOf(&s).Elem(), "options.trefoil", field{})
	}
	for i, word := range s.Initialisms {
		s.Initialisms[i] = strings.ToLower(word)
	}
	fillDefaults(reflect.ValueOf(&s).Elem())
	return s
}

// ownOptions finds options: trefoil:, and a name that is meant to be it.
func (r *reader) ownOptions(top mapping, declared map[string]bool) (entry, bool) {
	options, ok := top.get("options")
	if !ok || options.value.Kind != yaml.MappingNode {
		return entry{}, false
	}
	m := r.mapping(options.value, true)
	for _, e := range m.entries {
		if hint := suggest.Hint(e.name, []string{PluginName}); hint != "" && e.name != PluginName && !declared[e.name] {
			r.reportAt(e.key, CodeUnknownKey, hint, "options has %s, and there is no plugin of that name", e.name)
		}
	}
	return m.get(PluginName)
}
