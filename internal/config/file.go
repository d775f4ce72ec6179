package config

import (
	"fmt"
	"reflect"
	"strings"

	"go.yaml.in/yaml/v3"
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
	c.Shared = r.shared(top)
	r.entries(c, top, declared)
	r.outs(c)
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
func (r *reader) shared(top mapping) Shared {
	var s Shared
	if options, ok := top.get("options"); ok && options.value.Kind == yaml.MappingNode {
		if own, ok := r.mapping(options.value, true).get(PluginName); ok {
			r.decode(own.value, reflect.ValueOf(&s).Elem(), "options.trefoil", field{})
		}
	}
	for i, word := range s.Initialisms {
		s.Initialisms[i] = strings.ToLower(word)
	}
	fillDefaults(reflect.ValueOf(&s).Elem())
	return s
}

// plugins holds plugins: against sqlc's rules and returns the names that it declares.
func (r *reader) plugins(top mapping) map[string]bool {
	declared := map[string]bool{}
	list, _ := top.get("plugins")
	for i, p := range r.items(list) {
		path := fmt.Sprintf("plugins[%d]", i)
		name := text(p, "name")
		switch {
		case name == "":
			r.reportAt(p.node, CodePlugin, "", "%s has no name", path)
		case name == "go" || name == "json":
			r.reportAt(p.node, CodePlugin, "", "%s: sqlc has a plugin named %s of its own", path, name)
		case declared[name]:
			r.reportAt(p.node, CodePlugin, "", "%s: plugin %s stands twice", path, name)
		}
		declared[name] = true
		r.plugin(p, name, path)
	}
	return declared
}

// plugin tells whether one plugin says how it is run.
func (r *reader) plugin(p mapping, name, path string) {
	process, isProcess := p.get("process")
	wasm, isWASM := p.get("wasm")
	switch {
	case isProcess && isWASM:
		r.reportAt(p.node, CodePlugin, "", "%s has both process and wasm", path)
	case name == PluginName && isWASM:
		r.reportAt(wasm.key, CodePlugin, pluginHint, "plugin trefoil is a process, not wasm")
	case isProcess:
		if process.value.Kind == yaml.MappingNode && text(r.mapping(process.value, true), "cmd") == "" {
			r.reportAt(process.key, CodePlugin, "add cmd: and the program's name", "%s.process has no cmd", path)
		}
	case !isWASM:
		r.reportAt(p.node, CodePlugin, "add process: {cmd: …}", "%s has neither process nor wasm", path)
	}
}

const pluginHint = "write plugins: [{name: trefoil, process: {cmd: trefoil}}]"

// items lists the mappings of a list; what is none has been reported.
func (r *reader) items(list entry) []mapping {
	if list.value == nil || list.value.Kind != yaml.SequenceNode {
		return nil
	}
	var items []mapping
	for _, n := range list.value.Content {
		if n = follow(n); n.Kind == yaml.MappingNode {
			items = append(items, r.mapping(n, true))
		}
	}
	return items
}

// text is the text of a key's scalar, "" if there is none.
func text(m mapping, name string) string {
	if e, ok := m.get(name); ok && e.value.Kind == yaml.ScalarNode {
		return e.value.Value
	}
	return ""
}

// texts are the scalars of a key: of its list, or the one that it has instead of a list.
func texts(m mapping, name string) []string {
	e, ok := m.get(name)
	if !ok {
		return nil
	}
	if e.value.Kind == yaml.ScalarNode {
		return []string{e.value.Value}
	}
	list := []string{}
	for _, n := range e.value.Content {
		list = append(list, follow(n).Value)
	}
	return list
}
