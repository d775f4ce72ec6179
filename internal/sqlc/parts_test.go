package sqlc_test

import (
	"context"
	"fmt"
	"maps"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"golang.org/x/tools/txtar"

	"github.com/trefoil-sql/trefoil/internal/catalog"
	"github.com/trefoil-sql/trefoil/internal/catalog/catalogtest"
	"github.com/trefoil-sql/trefoil/internal/config"
	"github.com/trefoil-sql/trefoil/internal/migration"
	"github.com/trefoil-sql/trefoil/internal/model"
	"github.com/trefoil-sql/trefoil/internal/source"
	"github.com/trefoil-sql/trefoil/internal/sqlc"
	"github.com/trefoil-sql/trefoil/test/bench/project"
	"github.com/trefoil-sql/trefoil/test/corpora"
	"github.com/trefoil-sql/trefoil/test/effort"
)

// inputOf takes a project on the disk through every stage before this one. It is false for one that has no Go with
// queries, or mistakes.
func inputOf(t *testing.T, dir string) (sqlc.Input, bool) {
	t.Helper()
	cfg, err := config.Load(dir, "")
	if err != nil || cfg.SQL[0].Go == nil {
		return sqlc.Input{}, false
	}
	entry := cfg.SQL[0]
	files, _, err := migration.Read(cfg.Dir, slices.Concat(cfg.Shared.Prelude, entry.Schema), migration.Options{Layout: cfg.Shared.Layout})
	require.NoError(t, err)
	cat, _, err := catalog.Load(files)
	if err != nil {
		return sqlc.Input{}, false
	}
	return sqlc.Input{
		Config: cfg, SQL: entry, Catalog: cat, WantQueries: len(entry.Queries) > 0,
		Enums:      model.Lower(cfg, entry, model.ValueLists(cat, cfg.Shared.DefaultSchema)),
		KeepPlural: model.KeepPlural(cat, cfg.Shared.DefaultSchema),
	}, true
}

// compare holds what parts make against what one run makes, byte for byte, and tells whether there were parts.
func compare(t *testing.T, in sqlc.Input, deals int) bool {
	t.Helper()
	ctx := context.Background()
	whole, err := sqlc.Whole(ctx, in)
	require.NoError(t, err)
	random := rand.New(rand.NewPCG(1, 2))
	for i := range deals + 1 {
		var parts *sqlc.Result
		if i == 0 {
			parts, err = sqlc.EachFile(ctx, in)
		} else {
			parts, err = sqlc.Dealt(ctx, in, random)
		}
		require.NoError(t, err)
		if parts == nil {
			return false
		}
		assert.Equal(t, slices.Sorted(maps.Keys(whole.Files)), slices.Sorted(maps.Keys(parts.Files)))
		for name, text := range whole.Files {
			assert.Equal(t, string(text), string(parts.Files[name]), name)
		}
		assert.Equal(t, whole.Queries, parts.Queries)
	}
	return true
}

func write(t *testing.T, dir string, files map[string]string) {
	t.Helper()
	for name, text := range files {
		p := filepath.Join(dir, filepath.FromSlash(name))
		require.NoError(t, os.MkdirAll(filepath.Dir(p), 0o755))
		require.NoError(t, os.WriteFile(p, []byte(text), 0o644))
	}
}

func TestPartsOfASyntheticProject(t *testing.T) {
	dir := t.TempDir()
	require.NoError(t, project.Write(dir, 60))
	in, ok := inputOf(t, dir)
	require.True(t, ok)
	assert.Zero(t, sqlc.Parts(in), "a small project is one run")
	assert.True(t, compare(t, in, 2))

	require.NoError(t, project.Write(dir, 210))
	in, ok = inputOf(t, dir)
	require.True(t, ok)
	assert.Greater(t, sqlc.Parts(in), 1)
}

// TestPartsOfTheRepositorysOwnProject has a bulk command.
func TestPartsOfTheRepositorysOwnProject(t *testing.T) {
	in, ok := inputOf(t, "../..")
	require.True(t, ok)
	assert.True(t, compare(t, in, 2))
}

const corpusConfig = `version: "2"
sql:
  - engine: postgresql
    schema: migrations
    queries: queries
    gen: {go: {package: db, out: gen/go, sql_package: pgx/v5, emit_interface: true%s}}
`

// TestPartsOfCorpora: the queries of real projects, as one interface with all of their methods. Elsewhere than in CI it is
// one project.
func TestPartsOfCorpora(t *testing.T) {
	projects := corpora.SqlcProjects
	if !effort.InCI() {
		projects = []string{"lnd"}
	}
	for _, name := range projects {
		for _, options := range []string{"", ", emit_json_tags: true, emit_methods_with_db_argument: true"} {
			in, ok := inputOf(t, corpora.SqlcProject(t, name, fmt.Sprintf(corpusConfig, options)))
			require.True(t, ok, name)
			assert.True(t, compare(t, in, 2), name)
		}
	}
}

// TestPartsOfGoldenCases: whatever the golden cases show of queries, in files of one query each.
func TestPartsOfGoldenCases(t *testing.T) {
	paths, err := filepath.Glob("../../test/golden/testdata/*.txtar")
	require.NoError(t, err)
	compared := 0
	for _, p := range paths {
		in, ok := inputOf(t, golden(t, p))
		if !ok || !in.WantQueries {
			continue
		}
		if _, err := sqlc.Whole(context.Background(), in); err != nil {
			continue
		}
		if compare(t, oneQueryAFile(t, in), 1) {
			compared++
		}
	}
	t.Logf("compared %d golden cases", compared)
	assert.Positive(t, compared)
}

// golden is the project of a golden case.
func golden(t *testing.T, path string) string {
	t.Helper()
	archive, err := txtar.ParseFile(path)
	require.NoError(t, err)
	dir := t.TempDir()
	for _, f := range archive.Files {
		if !strings.HasPrefix(f.Name, "want/") {
			write(t, dir, map[string]string{f.Name: string(f.Data)})
		}
	}
	return dir
}

// modelsOf is an input without queries: a project's config, and another catalog.
func modelsOf(t *testing.T, options string, cat *catalog.Catalog) sqlc.Input {
	t.Helper()
	dir := t.TempDir()
	write(t, dir, map[string]string{
		"schema.sql": "", "sqlc.yaml": strings.Replace(fmt.Sprintf(namesConfig, options), "    queries: queries\n", "", 1),
	})
	in, ok := inputOf(t, dir)
	require.True(t, ok)
	in.Catalog = cat
	in.Enums = model.Lower(in.Config, in.SQL, model.ValueLists(cat, "public"))
	in.KeepPlural = model.KeepPlural(cat, "public")
	return in
}

// tableOptions are those that change what is written of tables; elsewhere than in CI all of them at once are enough.
func tableOptions() []string {
	all := []string{", emit_json_tags: true, emit_enum_valid_method: true, emit_pointers_for_null_types: true"}
	if effort.InCI() {
		all = append(all, "")
	}
	return all
}

// TestPartsOfTables: without queries the tables themselves are dealt out. Elsewhere than in CI the longest histories are
// left out.
func TestPartsOfTables(t *testing.T) {
	compared := 0
	for _, project := range catalogtest.Projects {
		files := project.Files(t)
		if !effort.InCI() && len(files) > 100 {
			continue
		}
		cat, _, err := catalog.Load(files)
		require.NoError(t, err, project.Name)
		for _, options := range tableOptions() {
			if compare(t, modelsOf(t, options, cat), 1) {
				compared++
			}
		}
	}
	t.Logf("compared %d projects and options", compared)
	assert.GreaterOrEqual(t, compared, 10)
}

// TestPartsOfTablesThatMeetInGo: two tables of one name in Go, or a table and an enum, are left to one run.
func TestPartsOfTablesThatMeetInGo(t *testing.T) {
	for _, schema := range []string{
		"CREATE TABLE a_b (id int); CREATE TABLE a__b (id int); CREATE TABLE c (id int);",
		"CREATE TABLE a_b (id int); CREATE TABLE a__b (id text); CREATE TABLE c (id int);",
		"CREATE TYPE a_b AS ENUM ('a'); CREATE TABLE a__b (id int); CREATE TABLE c (id int);",
		"CREATE TYPE mood AS ENUM ('a'); CREATE TABLE null_mood (id int); CREATE TABLE c (id int);",
	} {
		cat, _, err := catalog.Load([]*source.File{source.NewFile("schema.sql", schema)})
		require.NoError(t, err)
		parts, err := sqlc.EachFile(context.Background(), modelsOf(t, "", cat))
		require.NoError(t, err)
		assert.Nil(t, parts, schema)
	}
}

// oneQueryAFile is an input with its queries in a file each.
func oneQueryAFile(t *testing.T, in sqlc.Input) sqlc.Input {
	t.Helper()
	files, err := sqlc.ReadQueries(in).Files()
	require.NoError(t, err)
	dir := t.TempDir()
	n := 0
	for _, f := range files {
		for _, text := range strings.Split("\n"+f.Text, "\n-- name:")[1:] {
			n++
			write(t, dir, map[string]string{fmt.Sprintf("q%03d.sql", n): "-- name:" + text})
		}
	}
	if n > 0 {
		in.SQL.Queries = []string{dir}
	}
	return in
}

const namesConfig = `version: "2"
sql:
  - engine: postgresql
    schema: schema.sql
    queries: queries
    gen: {go: {package: db, out: go, sql_package: pgx/v5%s}}
`

const namesSchema = `CREATE TYPE mood AS ENUM ('ok', 'sad');
CREATE SCHEMA other;
CREATE TYPE other.mood AS ENUM ('fine');
CREATE TYPE pair AS (a mood, b int);
CREATE DOMAIN label AS text CHECK (VALUE IN ('x', 'y'));
CREATE TABLE a (id int PRIMARY KEY, m mood, l label, "Time" timestamptz NOT NULL);
CREATE TABLE b (id int PRIMARY KEY, a_id int REFERENCES a, om other.mood NOT NULL, p pair);
CREATE TABLE text (id int, body text NOT NULL);
CREATE TABLE "Mixed Case" (id int);
CREATE VIEW v AS SELECT a.id, b.om FROM a LEFT JOIN b ON b.a_id = a.id;
CREATE FUNCTION all_b() RETURNS SETOF b LANGUAGE sql AS 'SELECT * FROM b';
CREATE FUNCTION moody(x int) RETURNS mood LANGUAGE sql AS $$SELECT 'ok'::mood$$;
`

// TestPartsHaveAllThatQueriesName, and what that has in its turn: casts to types of no column in the part, functions that
// return a table, tables that are called as the type that a function returns, names in quotes, WITH queries, embeds.
func TestPartsHaveAllThatQueriesName(t *testing.T) {
	queries := map[string]string{
		"a":     "-- name: As :many\nSELECT * FROM a;\n",
		"b":     "-- name: Bs :many\nSELECT * FROM b WHERE om = $1;\n",
		"cast":  "-- name: Cast :one\nSELECT $1::mood AS m, $2::other.mood AS o, $3::label AS l, $4::pair AS p, $5::mood[] AS ms;\n",
		"embed": "-- name: Embed :many\nSELECT sqlc.embed(a), sqlc.embed(b) FROM a JOIN b ON a.id = b.a_id;\n",
		"func":  "-- name: AllB :many\nSELECT * FROM all_b();\n\n-- name: Moody :one\nSELECT moody($1);\n",
		"lower": "-- name: Lower :many\nSELECT lower(m.id::text), lower($1) FROM \"Mixed Case\" m;\n",
		"text":  "-- name: Texts :many\nSELECT body FROM public.\"text\";\n",
		"time":  "-- name: Time :many\nSELECT \"Time\", m FROM A WHERE \"Time\" > @time;\n",
		"with":  "-- name: With :many\nWITH c AS (SELECT l, m FROM a) SELECT c.l, c.m, v.om FROM c, v;\n",
		"write": "-- name: Write :one\nINSERT INTO b (id, om, p) VALUES ($1, $2, $3) RETURNING *;\n\n-- name: Gone :execrows\nDELETE FROM a USING b WHERE a.id = b.a_id AND b.om = $1;\n",
		"bulk":  "-- name: Bulk :copyfrom\nINSERT INTO a (id, \"Time\") VALUES ($1, $2);\n\n-- name: Many :batchmany\nSELECT * FROM a WHERE id = $1;\n",
		"more":  "-- name: More :batchexec\nUPDATE a SET m = $1 WHERE id = $2;\n",
	}
	for options, split := range map[string]bool{
		"": true, ", emit_interface: true": true, ", emit_pointers_for_null_types: true, emit_enum_valid_method: true": true,
		", omit_unused_structs: true": false, ", emit_exported_queries: true": false,
		", query_parameter_limit: 0, emit_params_struct_pointers: true, output_querier_file_name: q.go, emit_interface: true":  true,
		", output_files_suffix: _gen, output_db_file_name: d.go, output_models_file_name: m.go, output_batch_file_name: ba.go": true,
	} {
		dir := t.TempDir()
		write(t, dir, map[string]string{"sqlc.yaml": fmt.Sprintf(namesConfig, options), "schema.sql": namesSchema})
		for name, text := range queries {
			write(t, dir, map[string]string{"queries/" + name + ".sql": text})
		}
		in, ok := inputOf(t, dir)
		require.True(t, ok)
		assert.Equal(t, split, compare(t, in, 3), options)
	}
}

// TestPartsWithAFileCalledLikeTheirOwn: a query file of the name that trefoil's own placeholder has.
func TestPartsWithAFileCalledLikeTheirOwn(t *testing.T) {
	dir := t.TempDir()
	write(t, dir, map[string]string{
		"sqlc.yaml": fmt.Sprintf(namesConfig, ""), "schema.sql": namesSchema,
		"queries/a.sql":           "-- name: A :many\nSELECT * FROM a;\n",
		"queries/placeholder.sql": "-- name: B :many\nSELECT * FROM b;\n",
	})
	in, ok := inputOf(t, dir)
	require.True(t, ok)
	assert.True(t, compare(t, in, 3))
}

// TestPartsThatOneRunWouldRefuse are none: the mistake is told as ever.
func TestPartsThatOneRunWouldRefuse(t *testing.T) {
	for name, second := range map[string]string{
		"a name twice":          "-- name: A :one\nSELECT 1;\n",
		"no such table":         "-- name: B :one\nSELECT * FROM nowhere;\n",
		"a panic":               "-- name: B :one\nSELECT * FROM (SELECT 1);\n",
		"names with escapes":    "-- name: B :many\nSELECT * FROM U&\"\\0061\";\n",
		"a name that is cut":    "-- name: B :many\nSELECT id AS " + strings.Repeat("x", 70) + " FROM a;\n",
		"files of no query":     "-- nothing\n",
		"a conflict in structs": "-- name: B :many\nSELECT 1;\n",
	} {
		dir := t.TempDir()
		schema := "CREATE TABLE a (id int);\n"
		if name == "a conflict in structs" {
			schema += "CREATE TYPE user_x AS ENUM ('a'); CREATE TABLE user_x_s (id int); CREATE TABLE users_x (id int);\n"
		}
		write(t, dir, map[string]string{
			"sqlc.yaml": fmt.Sprintf(namesConfig, ""), "schema.sql": schema,
			"queries/a.sql": "-- name: A :one\nSELECT * FROM a;\n", "queries/b.sql": second,
		})
		in, ok := inputOf(t, dir)
		require.True(t, ok)
		parts, err := sqlc.EachFile(context.Background(), in)
		require.NoError(t, err, name)
		if name != "a conflict in structs" {
			assert.Nil(t, parts, name)
		}
	}
}
