package sqlc

import (
	"bytes"
	"context"
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/trefoil-sql/trefoil/internal/catalog"
)

// sqlcOK runs an input that must succeed without a warning.
func sqlcOK(t *testing.T, in Input) *Result {
	t.Helper()
	result, notes, err := Run(context.Background(), in)
	require.NoError(t, err)
	require.Empty(t, notes)
	return result
}

func query(t *testing.T, r *Result, name string) Query {
	t.Helper()
	for _, q := range r.Queries {
		if q.Name == name {
			return q
		}
	}
	t.Fatalf("no query %s", name)
	return Query{}
}

// columns is name: type, with * for NOT NULL, and the source column.
func describe(c Column) string {
	s := c.Name + " " + c.Type.String()
	if c.Array {
		s += "[]"
	}
	if c.NotNull {
		s += "*"
	}
	if c.Table != nil {
		s += " = " + c.Table.String() + "." + c.OriginalName
	}
	if c.Embed != nil {
		s += " embeds " + c.Embed.String()
	}
	return s
}

func describeAll(columns []Column) []string {
	var all []string
	for _, c := range columns {
		all = append(all, describe(c))
	}
	return all
}

func params(q Query) []string {
	var all []string
	for _, p := range q.Params {
		s := describe(p.Column)
		if p.Assigned != nil {
			s += " -> " + p.Assigned.Column
		}
		all = append(all, s)
	}
	return all
}

const someQueries = goConfig + `
-- queries/b.sql --
-- name: ByProvider :many
-- Calls of one provider.
--   Indented.
-- @sqlc-vet-disable
SELECT id, provider, lower(provider) AS lowered, coalesce(provider, 'none') AS shown
FROM llm_usage WHERE provider = $1 AND model LIKE @pattern AND lower(provider) = @lowered AND created_at BETWEEN @lo AND @hi;
-- queries/a.sql --
-- name: Add :one
INSERT INTO llm_usage (id, provider, latency_ms, model) VALUES ($1, @provider, sqlc.narg('ms'), initcap(@model)) RETURNING *;

-- name: Joined :many
SELECT a.id, b.provider, sqlc.embed(a), b.latency_ms FROM llm_usage a LEFT JOIN llm_usage b ON a.id = b.user_id;

-- name: Inner :many
SELECT x.provider, x.model, l.model AS real FROM (SELECT id, model AS provider, coalesce(model, '') AS model FROM llm_usage) x, llm_usage l;

-- name: Set :exec
UPDATE llm_usage SET model = @model, latency_ms = coalesce(sqlc.narg('ms'), latency_ms) WHERE provider = ANY(@providers) OR id IN (@id);
`

func TestQueriesSayWhereTheirColumnsComeFrom(t *testing.T) {
	in := project(t, someQueries, usage())
	in.Enums = []Enum{provider()}
	r := sqlcOK(t, in)

	add := query(t, r, "Add")
	assert.Equal(t, name("llm_usage"), *add.InsertInto)
	assert.Equal(t, ":one", add.Cmd)
	assert.Equal(t, "a.sql", add.File)
	assert.Equal(t, "INSERT INTO llm_usage (id, provider, latency_ms, model) VALUES ($1, $2, $3, initcap($4)) "+
		"RETURNING id, user_id, provider, model, input_tokens, latency_ms, created_at", add.Text)
	assert.Equal(t, []string{
		"id uuid* = public.llm_usage.id",
		"user_id uuid = public.llm_usage.user_id",
		"provider public.llm_usage_provider* = public.llm_usage.provider",
		"model pg_catalog.varchar* = public.llm_usage.model",
		"input_tokens pg_catalog.int4* = public.llm_usage.input_tokens",
		"latency_ms pg_catalog.int4 = public.llm_usage.latency_ms",
		"created_at pg_catalog.timestamptz* = public.llm_usage.created_at",
	}, describeAll(add.Columns))
	assert.Equal(t, []string{
		"id uuid* = public.llm_usage.id -> id",
		"provider public.llm_usage_provider* = public.llm_usage.provider -> provider",
		"ms pg_catalog.int4 = public.llm_usage.latency_ms -> latency_ms",
		"model text*",
	}, params(add))

	by := query(t, r, "ByProvider")
	assert.Equal(t, "ByProvider", by.NameSpan.Text())
	assert.Contains(t, by.Span.Text(), "ByProvider")
	assert.NotContains(t, by.Span.Text(), ":one")
	assert.Equal(t, []string{"Calls of one provider.", "  Indented."}, by.Comments)
	assert.Equal(t, []string{
		"id uuid* = public.llm_usage.id",
		"provider public.llm_usage_provider* = public.llm_usage.provider",
		"lowered text*",
		"shown pg_catalog.varchar*",
	}, describeAll(by.Columns))
	assert.Equal(t, []string{
		"provider public.llm_usage_provider* = public.llm_usage.provider",
		"pattern pg_catalog.varchar*",
		"lowered pg_catalog.varchar*",
		"lo pg_catalog.timestamptz* = public.llm_usage.created_at",
		"hi pg_catalog.timestamptz* = public.llm_usage.created_at",
	}, params(by))

	assert.Equal(t, []string{
		"id uuid* = public.llm_usage.id",
		"provider public.llm_usage_provider = public.llm_usage.provider",
		"llm_usage  embeds public.llm_usage",
		"latency_ms pg_catalog.int4 = public.llm_usage.latency_ms",
	}, describeAll(query(t, r, "Joined").Columns))

	assert.Equal(t, []string{
		"provider pg_catalog.varchar*", "model pg_catalog.varchar*", "real pg_catalog.varchar* = public.llm_usage.model",
	}, describeAll(query(t, r, "Inner").Columns))

	assert.Equal(t, []string{
		"model pg_catalog.varchar* = public.llm_usage.model -> model",
		"ms pg_catalog.int4",
		"providers public.llm_usage_provider* = public.llm_usage.provider",
		"id uuid* = public.llm_usage.id",
	}, params(query(t, r, "Set")))

	var order []string
	for _, q := range r.Queries {
		order = append(order, q.Name)
	}
	assert.Equal(t, []string{"Add", "Joined", "Inner", "Set", "ByProvider"}, order)
}

func TestFilesAreSqlcsAndNameNoTemporaryPath(t *testing.T) {
	r := sqlcOK(t, project(t, someQueries, usage()))
	var names []string
	for n, f := range r.Files {
		names = append(names, n)
		assert.NotContains(t, string(f), os.TempDir())
		assert.NotContains(t, string(f), "queries/")
		assert.True(t, bytes.HasPrefix(f, []byte("// Code generated by sqlc. DO NOT EDIT.\n")), n)
	}
	assert.ElementsMatch(t, []string{"a.sql.go", "b.sql.go", "db.go", "models.go"}, names)
}

func TestTheProjectIsNotWrittenTo(t *testing.T) {
	t.Setenv("TMPDIR", t.TempDir())
	in := project(t, someQueries, usage())
	sqlcOK(t, in)
	entries, err := os.ReadDir(in.Config.Dir)
	require.NoError(t, err)
	assert.Len(t, entries, 2) // sqlc.yaml, queries
	leftovers, err := filepath.Glob(filepath.Join(os.TempDir(), "trefoil-sqlc-*"))
	require.NoError(t, err)
	assert.Empty(t, leftovers)
}

func TestModelsOnly(t *testing.T) {
	const config = `
-- sqlc.yaml --
version: "2"
sql:
  - engine: postgresql
    schema: schema
    gen:
      go:
        out: gen/usage
        sql_package: pgx/v5
        emit_interface: true
        emit_prepared_queries: false
        omit_unused_structs: true
        output_models_file_name: tables.go
`
	r := sqlcOK(t, project(t, config, usage()))
	require.Len(t, r.Files, 1)
	assert.Contains(t, string(r.Files["tables.go"]), "package usage\n")
	assert.Contains(t, string(r.Files["tables.go"]), "type LlmUsage struct")
	assert.NotContains(t, string(r.Files["tables.go"]), "laceholder")
	assert.Empty(t, r.Queries)
}

func TestQueriesWithoutGo(t *testing.T) {
	r := sqlcOK(t, project(t, `
-- sqlc.yaml --
version: "2"
plugins: [{name: trefoil, process: {cmd: trefoil}}, {name: other, process: {cmd: does-not-exist}}]
sql:
  - engine: postgresql
    schema: schema
    queries: q/*.sql
    codegen:
      - {plugin: trefoil, out: gen/ts, options: {target: zod}}
      - {plugin: other, out: gen/other}
-- q/a.sql --
-- name: One :one
SELECT 1 AS one;
-- q/a.down.sql --
not read
-- q/.hidden.sql --
not read
-- q/readme.md --
not read
`, usage()))
	assert.Nil(t, r.Files)
	assert.Equal(t, []string{"one int*"}, describeAll(query(t, r, "One").Columns))
}

// Files of one name in two folders are one Go file in sqlc, and each has its own place in messages.
func TestQueryFilesOfOneName(t *testing.T) {
	const files = `
-- sqlc.yaml --
version: "2"
sql:
  - engine: postgresql
    schema: schema
    queries: [a, "b/[[]x].sql", c/**/x.sql]
    gen: {go: {out: go, package: usage, sql_package: pgx/v5}}
-- a/[x].sql --
-- name: A :one
SELECT 1;
-- b/[x].sql --
-- name: B :one
SELECT 1;
-- c/d/x.sql --
-- name: C :one
`
	r := sqlcOK(t, project(t, files+"SELECT 1;\n", usage()))
	assert.Equal(t, "[x].sql", query(t, r, "B").File)
	assert.Contains(t, r.Files, "[x].sql.go")
	assert.Contains(t, r.Files, "x.sql.go")
	list := diagnostics(t, project(t, files+"SELECT nope FROM llm_usage;\n", usage()))
	assert.Equal(t, `c/d/x.sql:2:8: error[TF401]: query C: column "nope" does not exist`, brief(list))
}

func TestMistakesInQueryPaths(t *testing.T) {
	in := project(t, `
-- sqlc.yaml --
version: "2"
sql:
  - engine: postgresql
    schema: schema
    queries:
      - none
      - q/*.sqlx
      - q/note.txt
      - latin.sql
    gen: {go: {out: go, package: usage, sql_package: pgx/v5}}
-- q/note.txt --
-- latin.sql --
`, usage())
	require.NoError(t, os.WriteFile(filepath.Join(in.Config.Dir, "latin.sql"), []byte("-- caf\xe9\nSELECT 1;"), 0o644))
	assert.Equal(t, `latin.sql:1:7: error[TF403]: latin.sql is not UTF-8
  hint: save the file as UTF-8
sqlc.yaml:6:9: error[TF402]: none does not exist
  hint: paths are relative to the folder of the config
sqlc.yaml:7:9: error[TF402]: q/*.sqlx names no query file
  hint: query files end in .sql
sqlc.yaml:8:9: error[TF402]: q/note.txt names no query file
  hint: query files end in .sql`, brief(diagnostics(t, in)))
}

func TestDuplicatesInSeveralFiles(t *testing.T) {
	in := project(t, goConfig+`
-- queries/a.sql --
-- name: A :one
SELECT 1;
-- queries/b.sql --
-- é
-- name: B :one
SELECT 2;
-- name: A :one
SELECT 3;
`, usage())
	assert.Equal(t, "queries/b.sql:4:10: error[TF404]: there are two queries named A\n"+
		"  note: queries/a.sql:1:10: the first one is here", brief(diagnostics(t, in)))
}

func TestSettingsThatNeedADatabaseAreLeftOut(t *testing.T) {
	in := project(t, `
-- sqlc.yaml --
version: "2"
cloud: {project: "1"}
sql:
  - engine: postgresql
    schema: schema
    queries: queries
    database: {uri: "postgres://localhost:1/none"}
    rules: [sqlc/db-prepare]
    gen: {go: {out: go, package: usage, sql_package: pgx/v5}}
-- queries/a.sql --
-- name: A :one
SELECT 1;
`, usage())
	_, notes, err := Run(context.Background(), in)
	require.NoError(t, err)
	assert.Equal(t, "sqlc.yaml:7:15: warning[TF408]: database: is not used: queries are analysed against the schema that the migrations make",
		brief(notes))
}

func TestErrorsOfSqlcsGoGenerator(t *testing.T) {
	in := project(t, `
-- sqlc.yaml --
version: "2"
sql:
  - engine: postgresql
    schema: schema
    queries: queries
    gen:
      go:
        out: go
        package: usage
        sql_package: pgx/v5
        emit_prepared_queries: true
        emit_methods_with_db_argument: true
-- queries/a.sql --
-- name: A :one
SELECT 1;
`, usage())
	assert.Equal(t, "sqlc.yaml:8:14: error[TF407]: sqlc cannot generate Go: invalid options: "+
		"emit_methods_with_db_argument and emit_prepared_queries options are mutually exclusive", brief(diagnostics(t, in)))
}

func TestRunStopsWithItsContext(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	_, _, err := Run(ctx, project(t, someQueries, usage()))
	assert.ErrorIs(t, err, context.Canceled)
}

func TestEmptyCatalog(t *testing.T) {
	r := sqlcOK(t, project(t, goConfig+"-- queries/a.sql --\n-- name: A :one\nSELECT 1 AS a;\n", &catalog.Catalog{}))
	assert.Contains(t, r.Files, "models.go")
}

func TestOptionsReachSqlc(t *testing.T) {
	in := project(t, `
-- sqlc.yaml --
version: "2"
overrides:
  go:
    rename: {llm_usage_provider: Wrong, model: ModelName}
    overrides: &types
      - {db_type: uuid, go_type: {import: example.com/ids, type: ID}}
sql:
  - engine: postgresql
    schema: schema
    queries: queries
    strict_order_by: false
    gen:
      go:
        out: go
        package: usage
        sql_package: pgx/v5
        rename: {llm_usage_provider: AlsoWrong, input_tokens: Sent}
        overrides: *types
-- queries/a.sql --
-- name: A :many
SELECT model FROM llm_usage ORDER BY nothing;
`, usage())
	in.Enums = []Enum{provider()}
	models := string(sqlcOK(t, in).Files["models.go"])
	assert.Contains(t, models, "type LLMProvider string")
	assert.Contains(t, models, `LLMProviderGoogleGLA LLMProvider = "google-gla"`)
	assert.NotContains(t, models, "Wrong")
	assert.Regexp(t, `ModelName +string`, models)
	assert.Regexp(t, `Sent +int32`, models)
	assert.Regexp(t, `ID +ids.ID`, models)
}
