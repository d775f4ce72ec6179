package config

import (
	"fmt"

	"go.yaml.in/yaml/v3"
)

// plugins holds plugins: against sqlc's rules and returns the names that it declares, nil if it cannot be read.
func (r *reader) plugins(top mapping) map[string]bool {
	declared := map[string]bool{}
	list, ok := top.get("plugins")
	if ok && list.value.Kind != yaml.SequenceNode {
		return nil
	}
	for i, p := range r.items(list) {
		path := fmt.Sprintf("plugins[%d]", i)
		name := text(p, "name")
		switch {
		case name == "":
			r.missing(p, "name", path)
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
