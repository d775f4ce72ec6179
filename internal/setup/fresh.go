package setup

import (
	_ "embed"
	"fmt"
	"strings"
	"text/template"

	"go.yaml.in/yaml/v3"

	"github.com/trefoil-sql/trefoil/internal/config"
)

//go:embed sqlc.yaml.tmpl
var freshText string

var freshTemplate = template.Must(template.New(ConfigName).Funcs(template.FuncMap{"yaml": yamlScalar}).Parse(freshText))

// yamlScalar is a string as it stands in YAML, in quotes where it needs them.
func yamlScalar(s string) (string, error) {
	text, err := yaml.Marshal(s)
	return strings.TrimSpace(string(text)), err
}

// settings are what the template of a new config fills in.
type settings struct {
	Schema, SchemaComment string
	Queries               []string
	NoQueries             string // the folder to suggest where there are none
	Go                    *goSettings
	Targets               []target
	Prelude               string
}

type goSettings struct{ Package, Out, SQLPackage string }

// target is an entry of trefoil's under codegen:.
type target struct {
	Target       config.TargetKind
	Out, Comment string
}

// fresh plans a config for a project without one: for the languages that were found, or all three.
func (pl *plan) fresh() error {
	p := pl.p
	s := settings{Schema: "schema", SchemaComment: "The migrations: a folder, a file, a glob or a list of them.", NoQueries: "queries"}
	if p.Schema.Path != "" {
		s.Schema, s.SchemaComment = p.Schema.Path, "The migrations, read as "+p.Schema.Layout+" has them. A list of paths works too."
		if p.Schema.Layout == "plain" || p.Schema.Layout == "dump" {
			s.SchemaComment = "The schema: a folder, a file, a glob or a list of them."
		}
	} else {
		pl.advise("no SQL was found: put the migrations into %s, or write their folder into schema:", s.Schema)
	}
	for _, q := range p.Queries {
		s.Queries = append(s.Queries, q.Path)
	}
	if p.Go != nil || p.None() {
		out := p.goOut()
		s.Go = &goSettings{Package: goPackage(out), Out: out, SQLPackage: p.sqlPackage()}
	}
	s.Targets = pl.targets(p.None())
	s.Prelude = pl.prelude()
	var b strings.Builder
	if err := freshTemplate.Execute(&b, s); err != nil {
		return err
	}
	if _, err := checked(ConfigName, b.String()); err != nil {
		return fmt.Errorf("internal error: the new config is not valid: %w", err)
	}
	pl.files = append(pl.files, file{name: ConfigName, text: b.String()})
	return nil
}

// targets are those for the languages that were found, or all.
func (pl *plan) targets(all bool) (targets []target) {
	p := pl.p
	if p.TypeScript != nil || all {
		targets = append(targets, target{config.Zod, p.typeScriptOut(), "TypeScript: types and Zod 4 schemas."})
	}
	if p.Python != nil || all {
		targets = append(targets, target{config.Pydantic, p.pythonOut(), "Python: Pydantic 2 models."})
	}
	pl.adviseOn(p.TypeScript, "Zod", "4", "npm install zod")
	pl.adviseOn(p.Python, "Pydantic", "2", "add pydantic>=2 to its dependencies")
	return targets
}

// adviseOn tells what a module lacks for the client to run.
func (pl *plan) adviseOn(m *Module, library, version, remedy string) {
	switch {
	case m == nil:
	case m.Library == "":
		pl.advise("%s does not name %s: %s", m.File, library, remedy)
	case m.older(version):
		pl.advise("%s asks for %s %s, and the client needs %s %s", m.File, library, m.Version, library, version)
	}
}

func (pl *plan) advise(format string, args ...any) {
	pl.result.Advice = append(pl.result.Advice, fmt.Sprintf(format, args...))
}
