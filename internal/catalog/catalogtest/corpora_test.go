package catalogtest_test

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/jackc/pgx/v5"
	"github.com/stretchr/testify/require"

	"github.com/trefoil-sql/trefoil/internal/catalog"
	"github.com/trefoil-sql/trefoil/internal/catalog/catalogtest"
	"github.com/trefoil-sql/trefoil/internal/migration"
	"github.com/trefoil-sql/trefoil/internal/pgtest"
	"github.com/trefoil-sql/trefoil/internal/server"
	"github.com/trefoil-sql/trefoil/internal/source"
	"github.com/trefoil-sql/trefoil/internal/verify"
	"github.com/trefoil-sql/trefoil/test/corpora"
)

// corpus is a real project's migrations. The README beside the directories tells where each is from.
type corpus struct {
	name string
	// before runs first, on both sides, for what a server does not come with.
	before string
	// skip is a file that needs what a step in another language makes.
	skip string
	// replace is pairs: what has to be replaced in SQL for another database.
	replace []string
}

// vector stands in for the extension of that name.
const vector = `
	CREATE TYPE vector;
	CREATE FUNCTION vector_in(cstring, oid, integer) RETURNS vector LANGUAGE internal AS 'varcharin';
	CREATE FUNCTION vector_out(vector) RETURNS cstring LANGUAGE internal AS 'varcharout';
	CREATE FUNCTION vector_typmod(cstring[]) RETURNS integer LANGUAGE internal AS 'bittypmodin';
	CREATE TYPE vector (INPUT = vector_in, OUTPUT = vector_out, TYPMOD_IN = vector_typmod);`

var projects = []corpus{
	{name: "cds"}, {name: "crates-io"}, {name: "crystal-kitchen-sink"}, {name: "harbor"},
	{name: "hatchet", skip: "migrations/20260424205453_v1_0_100.sql"},
	{name: "hoppscotch"}, {name: "lakekeeper"},
	{name: "lnd", replace: []string{
		"BLOB", "BYTEA", "INTEGER PRIMARY KEY", "BIGSERIAL PRIMARY KEY", "UNHEX(", "DECODE(",
	}},
	{name: "marquez"}, {name: "minder"}, {name: "openfga"}, {name: "openmeter"}, {name: "postgres-meta"},
	{name: "sim", before: vector, replace: []string{
		"CREATE EXTENSION IF NOT EXISTS vector", "SELECT 1",
		`USING hnsw ("embedding" vector_cosine_ops)`, "USING hash ((1))",
		"WITH (m = 16, ef_construction = 64)", "", "WITH (m=16,ef_construction=64)", "",
	}},
	{name: "supabase-storage"}, {name: "temporal"},
}

// files reads a corpus in the order to apply it in, with what goes before it.
func (c corpus) files(t *testing.T) []*source.File {
	root := filepath.Join(corpora.Dir(t), c.name)
	read, _, err := migration.Read(root, []string{"migrations"}, migration.Options{})
	require.NoError(t, err)
	var out []*source.File
	if c.before != "" {
		out = append(out, source.NewFile("before.sql", c.before))
	}
	if prelude, err := os.ReadFile(filepath.Join(root, "prelude.sql")); err == nil {
		out = append(out, source.NewFile("prelude.sql", string(prelude)))
	}
	for _, f := range read {
		if f.Path != c.skip {
			out = append(out, source.NewFile(f.Path, strings.NewReplacer(c.replace...).Replace(f.Text)))
		}
	}
	return out
}

// TestCorpora applies real projects' migrations to the server and replays them: nothing is refused, and the catalogs
// are the same.
func TestCorpora(t *testing.T) {
	for _, c := range projects {
		t.Run(c.name, func(t *testing.T) {
			ctx := context.Background()
			files := c.files(t)
			conn := pgtest.New(t).Conn(ctx)
			for _, f := range files {
				applyFile(t, conn, f)
			}
			server, err := server.Read(ctx, conn)
			require.NoError(t, err)
			cat, notes, err := catalog.Load(files)
			require.NoError(t, err)
			for _, n := range notes {
				if n.Severity == source.Warning {
					t.Logf("%s", source.List{n}.Error())
				}
			}
			ours := cat.Document()
			diffs, err := catalogtest.Reconcile(ctx, conn, ours, verify.Compare(ours, server))
			require.NoError(t, err)
			diffs, undetermined := verify.SplitUndetermined(ours, diffs)
			t.Logf("%d relations; %d view columns of a type that is not known", len(ours.Relations), len(undetermined))
			var words []string
			for _, d := range diffs {
				words = append(words, catalogtest.Describe(d))
			}
			words = unknown(t, c.name, words)
			if len(words) > 0 {
				t.Errorf("%d differences:\n%s", len(words), strings.Join(words, "\n"))
			}
		})
	}
}

// applyFile runs a file as tools do: in a transaction, or statement by statement if it cannot run in one.
func applyFile(t *testing.T, conn *pgx.Conn, f *source.File) {
	t.Helper()
	statements, err := catalogtest.Split(f.Text)
	require.NoError(t, err, f.Path)
	within := run(conn, "BEGIN", statements, "COMMIT")
	if within == nil {
		return
	}
	_, err = conn.Exec(context.Background(), "ROLLBACK")
	require.NoError(t, err, f.Path)
	if err := run(conn, "", statements, ""); err != nil {
		t.Fatalf("%s: %v (and in a transaction: %v)", f.Path, err, within)
	}
}

func run(conn *pgx.Conn, begin string, statements []catalogtest.Statement, end string) error {
	for _, s := range append(append([]catalogtest.Statement{{SQL: begin}}, statements...), catalogtest.Statement{SQL: end}) {
		if _, err := conn.PgConn().Exec(context.Background(), s.SQL).ReadAll(); err != nil {
			return fmt.Errorf("%.200s: %w", s.SQL, err)
		}
	}
	return nil
}
