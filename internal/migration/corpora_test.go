package migration_test

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	pg_query "github.com/pganalyze/pg_query_go/v5"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/trefoil-sql/trefoil/internal/migration"
	"github.com/trefoil-sql/trefoil/internal/pgtest"
	"github.com/trefoil-sql/trefoil/internal/source"
	"github.com/trefoil-sql/trefoil/test/corpora"
)

// corpus is a real project's migrations. The README beside the directories tells where each is from.
type corpus struct {
	name string
	// layout is what the directory is recognised as. With the layout forced, if there is one, the same files come in the
	// same order.
	layout, forced string
	// files go up, and make so many tables with so many columns: what the README says.
	files, tables, columns int
	// order is groups of paths that follow each other, at places where another order suggests itself.
	order [][]string
	// skip is a file that needs what is not there.
	skip string
	// replace is pairs: what has to be replaced in SQL for another database.
	replace []string
	// before runs first.
	before string
}

var projects = []corpus{
	{name: "cds", layout: "sql-migrate", files: 317, tables: 151, columns: 1229, order: [][]string{
		{"000_create_all.sql", "001_event.sql"}, {"099_hook_ref.sql", "100_deployment_platform_shared.sql"},
	}},
	// Versions of 14 and of 18 digits, with dashes and without.
	{name: "crates-io", layout: "diesel", files: 285, tables: 35, columns: 206, order: [][]string{
		{"20170820180453_readme_rendering_tracking/up.sql", "2017-08-31-230457_invitations/up.sql"},
		{
			"2026-05-26-120000-0000_semver_ord_v2/up.sql", "2026-05-27-120000_add_username_to_users/up.sql",
			"2026-05-27-120000-0000_semver_ord_v2_not_null/up.sql",
		},
	}},
	{name: "crystal-kitchen-sink", layout: "plain", files: 1, tables: 142, columns: 610},
	{name: "harbor", layout: "golang-migrate", files: 39, tables: 49, columns: 392, order: [][]string{
		{"0005_1.8.2_schema.up.sql", "0010_1.9.0_schema.up.sql"}, {"0091_2.6.2_schema.up.sql", "0100_2.7.0_schema.up.sql"},
	}},
	// The file that is skipped renames tables that a step in Go has made.
	{
		name: "hatchet", layout: "goose", files: 224, tables: 180, columns: 1825, skip: "20260424205453_v1_0_100.sql",
		order: [][]string{{"20241011205314_0_49_3.sql", "20241014194326_v0_50_0.sql"}},
	},
	{name: "hoppscotch", layout: "prisma", files: 21, tables: 23, columns: 171, order: [][]string{
		{"20230406064219_init/migration.sql", "20231106120154_embeds_addition/migration.sql"},
	}},
	// Nothing in the directory says that it is SQLx's.
	{name: "lakekeeper", layout: "plain", forced: "sqlx", files: 70, tables: 49, columns: 375, order: [][]string{
		{"05_table.sql", "20240620151429_timecolumns.sql"},
	}},
	{
		name: "lnd", layout: "golang-migrate", files: 15, tables: 37, columns: 194,
		order: [][]string{{"000009_graph_v2.up.sql", "000010_payments.up.sql"}},
		replace: []string{
			"BLOB", "BYTEA", "INTEGER PRIMARY KEY", "BIGSERIAL PRIMARY KEY", "UNHEX(", "DECODE(",
		},
	},
	{name: "marquez", layout: "flyway", files: 84, tables: 30, columns: 199, order: [][]string{
		{
			"V2__add_job_contexts.sql", "V2.1__alter_job_versions_to_add_job_context_uuid.sql",
			"V3__drop_not_null_constraint_on_job_location.sql",
		},
		{"V9__alter_sources_to_drop_composite_unique_constraint.sql", "V10__drop_unique_constraint_on_job_name.sql"},
		{
			"V74__alter_jobs_to_add_current_run_uuid.sql", "R__Datasets_view.sql",
			"R__Jobs_view_and_rewrite_function.sql", "R__Runs_view.sql",
		},
	}},
	{name: "minder", layout: "golang-migrate", files: 117, tables: 30, columns: 197, order: [][]string{
		{"000001_init.up.sql", "000002_repolister_provider.up.sql"},
	}},
	{name: "openfga", layout: "goose", files: 6, tables: 5, columns: 34, order: [][]string{
		{"001_initialize_schema.sql", "002_add_authorization_model_version.sql"},
	}},
	{name: "openmeter", layout: "golang-migrate", files: 269, tables: 93, columns: 1429, order: [][]string{
		{"20240826120919_init.up.sql", "20240903155435_entitlement-expired-index.up.sql"},
	}},
	{name: "postgres-meta", layout: "plain", files: 2, tables: 13, columns: 41},
	// A type and an index of another kind stand in for the extension vector, which servers do not come with.
	{
		name: "sim", layout: "drizzle", files: 299, tables: 112, columns: 1330, before: vector,
		replace: []string{
			"CREATE EXTENSION IF NOT EXISTS vector", "SELECT 1",
			`USING hnsw ("embedding" vector_cosine_ops)`, "USING hash ((1))",
			"WITH (m = 16, ef_construction = 64)", "", "WITH (m=16,ef_construction=64)", "",
		},
		order: [][]string{{"0099_deep_sir_ram.sql", "0100_public_black_cat.sql"}},
	},
	// A file whose number has one zero more than the others'.
	{name: "supabase-storage", layout: "plain", forced: "sql-migrate", files: 63, tables: 10, columns: 89, order: [][]string{
		{
			"0009-fix-search-function.sql", "00010-search-files-search-function.sql",
			"0011-add-trigger-to-auto-update-updated_at-column.sql",
		},
	}},
	{name: "temporal", layout: "versions", files: 25, tables: 38, columns: 221, order: [][]string{
		{"v1.9/history_tasks_table.sql", "v1.10/task_queue_user_data.sql"},
	}},
}

const vector = `
	CREATE TYPE vector;
	CREATE FUNCTION vector_in(cstring, oid, integer) RETURNS vector LANGUAGE internal AS 'varcharin';
	CREATE FUNCTION vector_out(vector) RETURNS cstring LANGUAGE internal AS 'varcharout';
	CREATE FUNCTION vector_typmod(cstring[]) RETURNS integer LANGUAGE internal AS 'varchartypmodin';
	CREATE TYPE vector (INPUT = vector_in, OUTPUT = vector_out, TYPMOD_IN = vector_typmod);`

func readCorpus(t *testing.T, c corpus, layout string) ([]*source.File, source.List) {
	files, found, err := migration.Read(filepath.Join(corpora.Dir(t), c.name), []string{"migrations"}, migration.Options{Layout: layout})
	require.NoError(t, err)
	return files, found
}

func paths(files []*source.File) []string {
	out := make([]string, len(files))
	for i, f := range files {
		out[i] = f.Path
	}
	return out
}

func TestCorporaAreReadInTheirOrder(t *testing.T) {
	for _, c := range projects {
		t.Run(c.name, func(t *testing.T) {
			files, found := readCorpus(t, c, "")
			assert.Contains(t, notes(found), fmt.Sprintf("read migrations as %s: %d file", c.layout, c.files))
			assert.Len(t, files, c.files)
			order := paths(files)
			for _, group := range c.order {
				first := slices.Index(order, "migrations/"+group[0])
				require.GreaterOrEqual(t, first, 0, group[0])
				for i, p := range group {
					assert.Equal(t, "migrations/"+p, order[first+i])
				}
			}
			forced, _ := readCorpus(t, c, c.layout)
			assert.Equal(t, order, paths(forced))
			if c.forced != "" {
				forced, _ := readCorpus(t, c, c.forced)
				assert.Equal(t, order, paths(forced))
			}
		})
	}
}

// TestCorporaApply: what is left of each file parses, and a server ends up with what the README says. That fails if a
// way down is run, or a way up is not.
func TestCorporaApply(t *testing.T) {
	for _, c := range projects {
		t.Run(c.name, func(t *testing.T) {
			dir := corpora.Dir(t)
			files, _ := readCorpus(t, c, "")
			conn := pgtest.New(t).Conn(context.Background())
			apply(t, conn, source.NewFile("before.sql", c.before))
			if prelude, err := os.ReadFile(filepath.Join(dir, c.name, "prelude.sql")); err == nil {
				apply(t, conn, source.NewFile("prelude.sql", string(prelude)))
			}
			for _, f := range files {
				onDisk, err := os.ReadFile(filepath.Join(dir, c.name, filepath.FromSlash(f.Path)))
				require.NoError(t, err)
				assertBlanked(t, string(onDisk), f.Text)
				replayed := source.NewFile(f.Path, strings.NewReplacer(c.replace...).Replace(f.Text))
				_, err = pg_query.Parse(replayed.Text)
				require.NoError(t, err, f.Path)
				if f.Path != "migrations/"+c.skip {
					apply(t, conn, replayed)
				}
			}
			all := tables(t, conn)
			assert.Len(t, all, c.tables)
			columns := 0
			for _, table := range all {
				columns += len(table.columns)
			}
			assert.Equal(t, c.columns, columns)
		})
	}
}

// assertBlanked: a text differs from the file's only by spaces in place of other bytes, and a semicolon in place of
// the comment at which a tool ends a statement.
func assertBlanked(t testing.TB, onDisk, text string) {
	t.Helper()
	require.Len(t, text, len(onDisk))
	for i := range len(text) {
		if text[i] == onDisk[i] || text[i] == ' ' && onDisk[i] != '\n' {
			continue
		}
		if text[i] == ';' && strings.HasPrefix(onDisk[i:], "--") {
			continue
		}
		t.Fatalf("byte %d of %q is %q", i, onDisk, text[i])
	}
}
