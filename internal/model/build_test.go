package model_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/trefoil-sql/trefoil/internal/catalog"
	"github.com/trefoil-sql/trefoil/internal/config"
	"github.com/trefoil-sql/trefoil/internal/model"
	"github.com/trefoil-sql/trefoil/internal/naming"
	"github.com/trefoil-sql/trefoil/internal/query"
	"github.com/trefoil-sql/trefoil/internal/source"
	"github.com/trefoil-sql/trefoil/internal/sqlc"
)

// target is a model to build in a test: its config, as text under options: trefoil: and under the target's options:, and
// its queries.
type target struct {
	lang    naming.Language
	shared  string
	options string
	gopts   string // under gen: go:
	queries []sqlc.Query
	prelude bool // the schema's file is the prelude
	entries int  // further sql: entries
}

// input writes the config to a file and reads it, as a run does.
func (g target) input(t *testing.T, s *schema) model.Input {
	t.Helper()
	cfg := g.config(t)
	in := model.Input{
		Config: cfg, Entry: cfg.SQL[0], Catalog: &s.catalog, Queries: answers(&s.catalog, cfg, g.queries), Language: g.lang,
		Lists: model.ValueLists(&s.catalog, cfg.Shared.DefaultSchema),
	}
	if g.prelude {
		in.Prelude = map[*source.File]bool{s.file: true}
	}
	if g.lang != naming.Go {
		in.Options = cfg.SQL[0].Targets[0].Options
	}
	return in
}

func (g target) config(t *testing.T) *config.Config {
	t.Helper()
	kind := map[naming.Language]string{naming.TypeScript: "zod", naming.Python: "pydantic", naming.Go: "zod"}[g.lang]
	entry := "  - engine: postgresql\n    schema: schema\n"
	text := "version: \"2\"\nplugins:\n  - name: trefoil\n    process:\n      cmd: trefoil\nsql:\n" + entry +
		"    gen:\n      go:\n        package: db\n        out: gen/go\n" + indent(g.gopts, "        ") +
		"    codegen:\n      - plugin: trefoil\n        out: gen/out\n        options:\n          target: " + kind + "\n" +
		indent(g.options, "          ")
	for range g.entries {
		text += entry + "    gen:\n      go:\n        package: other\n        out: gen/other\n"
	}
	if g.shared != "" {
		text += "options:\n  trefoil:\n" + indent(g.shared, "    ")
	}
	dir := t.TempDir()
	require.NoError(t, os.WriteFile(filepath.Join(dir, "sqlc.yaml"), []byte(text), 0o644))
	cfg, err := config.Load(dir, "sqlc.yaml")
	require.NoError(t, err, text)
	return cfg
}

func indent(text, by string) string {
	var b strings.Builder
	for line := range strings.Lines(strings.TrimSpace(text)) {
		b.WriteString(by + strings.TrimRight(line, "\n") + "\n")
	}
	return b.String()
}

func (g target) build(t *testing.T, s *schema) *model.Model {
	t.Helper()
	m, _, err := model.Build(g.input(t, s))
	require.NoError(t, err)
	return m
}

// warns builds a model and gives what Build warns of, as text.
func (g target) warns(t *testing.T, s *schema) string {
	t.Helper()
	_, notes, err := model.Build(g.input(t, s))
	require.NoError(t, err)
	var b strings.Builder
	require.NoError(t, notes.Write(&b))
	return b.String()
}

// fails builds a model that must not be, and returns the messages.
func (g target) fails(t *testing.T, s *schema) string {
	t.Helper()
	_, _, err := model.Build(g.input(t, s))
	require.Error(t, err)
	return err.Error() + "\n"
}

var (
	zod    = target{lang: naming.TypeScript}
	python = target{lang: naming.Python}
	golang = target{lang: naming.Go}
)

// answers describes queries by what sqlc says of them.
func answers(c *catalog.Catalog, cfg *config.Config, queries []sqlc.Query) []query.Query {
	lists := model.ValueLists(c, cfg.Shared.DefaultSchema)
	return query.Answers(query.Input{
		Catalog: c, DefaultSchema: cfg.Shared.DefaultSchema, Queries: queries, Enums: model.Lower(cfg, cfg.SQL[0], lists),
	})
}
