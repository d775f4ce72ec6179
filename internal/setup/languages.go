package setup

import (
	"encoding/json"
	"maps"
	"path"
	"regexp"
	"slices"
	"strings"

	"github.com/pelletier/go-toml/v2"
	"golang.org/x/mod/modfile"
)

// Languages are the languages that a project has a module, package or project in; nil for one that it has not.
type Languages struct {
	Go         *Module
	TypeScript *Module
	Python     *Module
}

// None tells that no language was found.
func (l Languages) None() bool { return l.Go == nil && l.TypeScript == nil && l.Python == nil }

// Module is a unit of code in one language.
type Module struct {
	File string // go.mod, package.json, pyproject.toml or requirements.txt
	Name string // "" if it does not say
	// Library is the library that the client builds on and the version that the file asks for: github.com/jackc/pgx/v5
	// and v5.7.0, or zod and ^4.1.0. It is "" if the file does not name it.
	Library, Version string
}

// Dir is the module's folder, "" for the project's own.
func (m *Module) Dir() string {
	if dir := path.Dir(m.File); dir != "." {
		return dir
	}
	return ""
}

func (p *Project) findLanguages() {
	p.Go = p.best([]string{"go.mod"}, goModule)
	p.TypeScript = p.best([]string{"package.json"}, func(text []byte, file string) *Module {
		return typeScriptPackage(text, file, p.tree.has(path.Join(path.Dir(file), "tsconfig.json")))
	})
	p.Python = p.best([]string{"pyproject.toml", "requirements.txt"}, pythonProject)
}

// best is the shallowest module that names its library or, without one, the shallowest.
func (p *Project) best(names []string, read func(text []byte, file string) *Module) *Module {
	var first *Module
	for _, name := range names {
		for _, file := range p.tree.named(name) {
			m := read(p.read(file), file)
			if m != nil && m.Library != "" {
				return m
			}
			if first == nil {
				first = m
			}
		}
	}
	return first
}

// pgx is the driver that trefoil's Go is written for where there is a choice.
const pgx = "github.com/jackc/pgx/v5"

// standard are drivers that are used through database/sql.
var standard = []string{"github.com/lib/pq", "github.com/jackc/pgx/v4"}

func goModule(text []byte, file string) *Module {
	f, err := modfile.ParseLax(file, text, nil)
	if err != nil || f.Module == nil {
		return nil
	}
	m := &Module{File: file, Name: f.Module.Mod.Path}
	for _, library := range append([]string{pgx}, standard...) {
		i := slices.IndexFunc(f.Require, func(r *modfile.Require) bool { return r.Mod.Path == library })
		if i >= 0 {
			m.Library, m.Version = library, f.Require[i].Mod.Version
			break
		}
	}
	return m
}

// typeScriptPackage is nil for a package of JavaScript alone.
func typeScriptPackage(text []byte, file string, configured bool) *Module {
	var p struct {
		Name                                            string
		Dependencies, DevDependencies, PeerDependencies map[string]string
	}
	if json.Unmarshal(text, &p) != nil {
		return nil
	}
	m := &Module{File: file, Name: p.Name}
	typed := configured
	for _, needs := range []map[string]string{p.Dependencies, p.DevDependencies, p.PeerDependencies} {
		if _, ok := needs["typescript"]; ok {
			typed = true
		}
		if version, ok := needs["zod"]; ok && m.Library == "" {
			m.Library, m.Version, typed = "zod", version, true
		}
	}
	if !typed {
		return nil
	}
	return m
}

// requirement is a line of requirements.txt, or a dependency in pyproject.toml: pydantic[email]>=2.4; python_version > "3".
var requirement = regexp.MustCompile(`(?mi)^\s*pydantic\s*(?:\[[^\]]*\])?\s*([=<>~!(@][^;#\n]*)?(?:[;#].*)?$`)

func pythonProject(text []byte, file string) *Module {
	m := &Module{File: file}
	if path.Base(file) == "requirements.txt" {
		m.require(string(text))
		return m
	}
	var doc map[string]any
	if toml.Unmarshal(text, &doc) != nil {
		return nil
	}
	for _, at := range [][]string{{"project"}, {"tool", "poetry"}} {
		table := doc
		for _, key := range at {
			table, _ = table[key].(map[string]any)
		}
		if name, ok := table["name"].(string); ok && m.Name == "" {
			m.Name = name
		}
	}
	m.search(doc)
	return m
}

// search looks for pydantic in all that a pyproject.toml holds: each tool has a place of its own for dependencies.
func (m *Module) search(value any) {
	switch v := value.(type) {
	case string:
		m.require(v)
	case []any:
		for _, item := range v {
			m.search(item)
		}
	case map[string]any:
		for _, key := range slices.Sorted(maps.Keys(v)) {
			if strings.EqualFold(key, "pydantic") {
				m.require("pydantic @" + poetryVersion(v[key]))
				continue
			}
			m.search(v[key])
		}
	}
}

// poetryVersion is the version in a dependency as Poetry writes them: "^2.4", or a table with more about it.
func poetryVersion(value any) string {
	if table, ok := value.(map[string]any); ok {
		value = table["version"]
	}
	version, _ := value.(string)
	return version
}

func (m *Module) require(text string) {
	if found := requirement.FindStringSubmatch(text); found != nil && m.Library == "" {
		m.Library, m.Version = "pydantic", strings.TrimSpace(strings.TrimPrefix(found[1], "@"))
	}
}

// major is the first number of a version, such as 4 of ^4.1.0.
var major = regexp.MustCompile(`^[^\d]*(\d+)`)

// older tells whether a file asks for a library of an earlier major version than this one.
func (m *Module) older(than string) bool {
	found := major.FindStringSubmatch(m.Version)
	return found != nil && (len(found[1]) < len(than) || len(found[1]) == len(than) && found[1] < than)
}
