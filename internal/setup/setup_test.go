package setup

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"golang.org/x/tools/txtar"

	"github.com/trefoil-sql/trefoil/internal/config"
)

// project writes files, given as txtar, into a folder.
func project(t *testing.T, files string) string {
	t.Helper()
	dir := t.TempDir()
	for _, f := range txtar.Parse([]byte(files)).Files {
		p := filepath.Join(dir, f.Name)
		require.NoError(t, os.MkdirAll(filepath.Dir(p), 0o755))
		require.NoError(t, os.WriteFile(p, f.Data, 0o644))
	}
	return dir
}

const monorepo = `
-- go.mod --
module example.com/app

require github.com/jackc/pgx/v5 v5.7.0
-- db/migrations/00001_a.sql --
-- +goose Up
CREATE TABLE a (id int);
-- db/migrations/00002_b.sql --
-- +goose Up
CREATE TABLE b (id int);
-- old/schema.sql --
CREATE TABLE old (id int);
-- db/queries/a.sql --
-- name: ListA :many
SELECT * FROM a;
-- db/reports/a.sql --
/* name: Report :many */
SELECT * FROM a;
-- db/scratch/a.sql --
SELECT 1;
-- package.json --
{"name": "root", "devDependencies": {"typescript": "^5.0.0"}}
-- apps/web/package.json --
{"name": "web", "dependencies": {"zod": "^3.23.0"}}
-- apps/web/src/index.ts --
-- apps/web/src/db/index.ts --
-- node_modules/zod/package.json --
{"name": "zod", "devDependencies": {"zod": "1", "typescript": "1"}}
-- worker/pyproject.toml --
[project]
name = "Doc-Worker"
dependencies = ["fastapi>=0.1", "pydantic[email]>=2.4; python_version > '3'"]
-- worker/src/doc_worker/__init__.py --
`

func TestLook(t *testing.T) {
	p, err := Look(project(t, monorepo))
	require.NoError(t, err)
	assert.Equal(t, []string{
		"db/migrations: goose, 2 files",
		"old/schema.sql: plain, 1 file (not used)",
		"db/queries: sqlc's queries, 1 file",
		"db/reports: sqlc's queries, 1 file",
		"go.mod: Go, example.com/app, with github.com/jackc/pgx/v5 v5.7.0",
		"apps/web/package.json: TypeScript, web, with zod ^3.23.0",
		"worker/pyproject.toml: Python, Doc-Worker, with pydantic >=2.4",
	}, p.Found())
}

func TestANewConfig(t *testing.T) {
	dir := project(t, monorepo)
	r, err := Run(dir)
	require.NoError(t, err)
	assert.Equal(t, []string{"sqlc.yaml"}, r.Written)
	assert.Equal(t, []string{"apps/web/package.json asks for Zod ^3.23.0, and the client needs Zod 4"}, r.Advice)
	c, err := config.Load(dir, "")
	require.NoError(t, err)
	s := c.SQL[0]
	assert.Equal(t, []string{"db/migrations"}, s.Schema)
	assert.Equal(t, []string{"db/queries", "db/reports"}, s.Queries)
	assert.Equal(t, [3]string{"internal/db", "db", "pgx/v5"}, [3]string{s.Go.Out, s.Go.Package, s.Go.SQLPackage})
	var outs []string
	for _, t := range s.Targets {
		outs = append(outs, string(t.Options.Target)+" "+t.Out)
	}
	assert.Equal(t, []string{"zod apps/web/src/generated/db", "pydantic worker/src/doc_worker/db"}, outs,
		"a folder that holds something is not taken")
}

func TestLanguages(t *testing.T) {
	for name, c := range map[string]struct{ files, want string }{
		"nothing":    {"", "zod gen/ts, pydantic gen/python/db, go gen/go db pgx/v5"},
		"go":         {"-- go.mod --\nmodule a\n\nrequire github.com/lib/pq v1.10.0\n", "go internal/db db database/sql"},
		"javascript": {"-- package.json --\n{\"name\": \"a\"}", "zod gen/ts, pydantic gen/python/db, go gen/go db pgx/v5"},
		"typescript": {"-- package.json --\n{\"name\": \"a\"}\n-- tsconfig.json --\n{}\n-- src/a.ts --\n", "zod src/db"},
		"python":     {"-- requirements.txt --\nfastapi\npydantic==1.10.2  # old\n", "pydantic gen/python/db"},
		"poetry": {"-- pyproject.toml --\n[tool.poetry]\nname = \"a-b\"\n[tool.poetry.dependencies.pydantic]\nversion = \"^2\"\n-- a_b/c.py --\n",
			"pydantic a_b/db"},
		"a taken folder": {"-- go.mod --\nmodule a\n-- internal/db/x.go --\n", "go internal/dbgen dbgen pgx/v5"},
		"not TOML":       {"-- pyproject.toml --\n[[[\n-- go.mod --\nmodule a\n", "go internal/db db pgx/v5"},
	} {
		dir := project(t, c.files)
		_, err := Run(dir)
		require.NoError(t, err, name)
		cfg, err := config.Load(dir, "")
		require.NoError(t, err, name)
		var got []string
		for _, t := range cfg.SQL[0].Targets {
			got = append(got, string(t.Options.Target)+" "+t.Out)
		}
		if g := cfg.SQL[0].Go; g != nil {
			got = append(got, "go "+g.Out+" "+g.Package+" "+g.SQLPackage)
		}
		assert.Equal(t, c.want, strings.Join(got, ", "), name)
	}
}

func TestVersions(t *testing.T) {
	for requirement, want := range map[string]string{
		"pydantic": "", "pydantic>=2,<3": ">=2,<3", "Pydantic ~= 1.10": "~= 1.10", "pydantic[email,dotenv] (>=2)": "(>=2)",
		"pydantic-settings>=2": "none", "pydantic.mypy": "none", "my-pydantic==1": "none", "pydantic @ git+https://x": "git+https://x",
	} {
		m := &Module{}
		m.require(requirement)
		got := "none"
		if m.Library != "" {
			got = m.Version
		}
		assert.Equal(t, want, got, requirement)
	}
	for version, old := range map[string]bool{"^3.23.0": true, "4": false, "^4.1": false, "10.0": false, "latest": false, "": false} {
		assert.Equal(t, old, (&Module{Version: version}).older("4"), version)
	}
}

func TestTheSchemaThatIsTaken(t *testing.T) {
	for want, files := range map[string]string{
		"prisma/migrations: prisma, 1 file":     "-- prisma/migrations/1_a/migration.sql --\n-- schema/a.sql --\n",
		"supabase/migrations: supabase, 1 file": "-- supabase/migrations/1_a.sql --\n-- schema.sql --\n",
		"drizzle: drizzle, 1 file":              "-- drizzle/0000_a.sql --\n-- drizzle/meta/_journal.json --\n{\"entries\": [{\"tag\": \"0000_a\"}]}\n",
		"api/internal/store/migrations: golang-migrate, 1 file": "-- api/internal/store/migrations/1_a.up.sql --\n-- api/internal/store/migrations/1_a.down.sql --\n" +
			"-- migrations/README.md --\n-- schema/a.sql --\n",
		"db/structure.sql: dump, 1 file": "-- db/structure.sql --\n-- db/migrate/1_a.rb --\n",
		"schema: plain, 2 files":         "-- schema/a.sql --\n-- schema/b.sql --\n-- sql/schema/a.sql --\n",
		"schema.sql: plain, 1 file":      "-- schema.sql --\n-- vendor/db/migrations/1_a.up.sql --\n-- .hidden/migrations/1_a.up.sql --\n",
	} {
		p, err := Look(project(t, files))
		require.NoError(t, err)
		assert.Equal(t, want, p.Schema.String())
	}
}

func TestWhatIsThereIsNotOverwritten(t *testing.T) {
	const mine = "version: \"2\"\nplugins: [{name: trefoil, process: {cmd: trefoil}}]\nsql:\n" +
		"  - engine: postgresql\n    schema: schema\n    codegen: [{plugin: trefoil, out: web, options: {target: zod}}]\n"
	dir := project(t, "-- sqlc.yml --\n"+mine)
	r, err := Run(dir)
	require.NoError(t, err)
	assert.Empty(t, r.Written)
	assert.Equal(t, []string{"sqlc.yml:6: target zod in web"}, r.Present)
	text, err := os.ReadFile(filepath.Join(dir, "sqlc.yml"))
	require.NoError(t, err)
	assert.Equal(t, mine, string(text))

	for name, files := range map[string]string{
		"sqlc.yaml:2:1: error[TF102]": "-- sqlc.yaml --\nversion: \"2\"\nsqll: []\n",
		"two configs":                 "-- sqlc.yaml --\n-- sqlc.json --\n",
		"cannot be added to":          "-- sqlc.yaml --\nversion: \"2\"\nsql:\n  - engine: postgresql\n    schema: a\n    codegen: null\n",
	} {
		dir := project(t, files)
		before, err := os.ReadFile(filepath.Join(dir, "sqlc.yaml"))
		require.NoError(t, err)
		_, err = Run(dir)
		assert.ErrorContains(t, err, name)
		after, err := os.ReadFile(filepath.Join(dir, "sqlc.yaml"))
		require.NoError(t, err)
		assert.Equal(t, string(before), string(after))
	}
	assert.ErrorContains(t, create(filepath.Join(dir, "sqlc.yml"), "x"), "exists already")
	changed := "something else"
	assert.ErrorContains(t, file{name: "sqlc.yml", text: "x", replaces: &changed}.write(dir), "changed meanwhile")
}

func TestAnExistingConfigIsAddedTo(t *testing.T) {
	const before = "\ufeffversion: \"2\" # sqlc\nsql:\n  - engine: postgresql\n    schema: db/migrations\n    gen:\n      go: {out: server/db} # ours\n"
	dir := project(t, monorepo+"-- real.yaml --\n"+before)
	require.NoError(t, os.Chmod(filepath.Join(dir, "real.yaml"), 0o640))
	require.NoError(t, os.Symlink("real.yaml", filepath.Join(dir, "sqlc.yaml")))
	_, err := Run(dir)
	require.NoError(t, err)
	after, err := os.ReadFile(filepath.Join(dir, "real.yaml"))
	require.NoError(t, err)
	assert.True(t, survives(before, string(after)), string(after))
	info, err := os.Stat(filepath.Join(dir, "real.yaml"))
	require.NoError(t, err)
	assert.Equal(t, os.FileMode(0o640), info.Mode().Perm())
	c, err := config.Load(dir, "")
	require.NoError(t, err)
	assert.Len(t, c.SQL[0].Targets, 2)
	assert.Equal(t, "server/db", c.SQL[0].Go.Out)
	r, err := Run(dir)
	require.NoError(t, err)
	assert.Len(t, r.Present, 2)
}
