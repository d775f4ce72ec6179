package catalogtest

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/jackc/pgx/v5"

	"github.com/trefoil-sql/trefoil/internal/migration"
	"github.com/trefoil-sql/trefoil/internal/source"
	"github.com/trefoil-sql/trefoil/test/corpora"
)

// Corpus is a real project's migrations. The README beside the directories tells where each is from.
type Corpus struct {
	Name string
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

// Projects are the corpora, in order of name.
var Projects = []Corpus{
	{Name: "cds"}, {Name: "crates-io"}, {Name: "crystal-kitchen-sink"}, {Name: "harbor"},
	{Name: "hatchet", skip: "migrations/20260424205453_v1_0_100.sql"},
	{Name: "hoppscotch"}, {Name: "lakekeeper"},
	{Name: "lnd", replace: []string{
		"BLOB", "BYTEA", "INTEGER PRIMARY KEY", "BIGSERIAL PRIMARY KEY", "UNHEX(", "DECODE(",
	}},
	{Name: "marquez"}, {Name: "minder"}, {Name: "openfga"}, {Name: "openmeter"}, {Name: "postgres-meta"},
	{Name: "sim", before: vector, replace: []string{
		"CREATE EXTENSION IF NOT EXISTS vector", "SELECT 1",
		`USING hnsw ("embedding" vector_cosine_ops)`, "USING hash ((1))",
		"WITH (m = 16, ef_construction = 64)", "", "WITH (m=16,ef_construction=64)", "",
	}},
	{Name: "supabase-storage"}, {Name: "temporal"},
}

// Files reads a corpus in the order to apply it in, with what goes before it.
func (c Corpus) Files(t testing.TB) []*source.File {
	t.Helper()
	root := filepath.Join(corpora.Dir(t), c.Name)
	read, _, err := migration.Read(root, []string{"migrations"}, migration.Options{})
	if err != nil {
		t.Fatal(err)
	}
	var out []*source.File
	if c.before != "" {
		out = append(out, source.NewFile("before.sql", c.before))
	}
	if prelude, err := os.ReadFile(filepath.Join(root, "prelude.sql")); err == nil {
		out = append(out, source.NewFile("prelude.sql", string(prelude)))
	}
	for _, f := range read {
		if f.Path != c.skip {
			out = append(out, c.ForServer(f))
		}
	}
	return out
}

// ForServer is a file of the corpus in PostgreSQL's SQL.
func (c Corpus) ForServer(f *source.File) *source.File {
	return source.NewFile(f.Path, strings.NewReplacer(c.replace...).Replace(f.Text))
}

// ApplyFile runs a file as tools do: in a transaction, or statement by statement if it cannot run in one.
func ApplyFile(ctx context.Context, conn *pgx.Conn, f *source.File) error {
	statements, err := Split(f.Text)
	if err != nil {
		return fmt.Errorf("%s: %w", f.Path, err)
	}
	within := run(ctx, conn, "BEGIN", statements, "COMMIT")
	if within == nil {
		return nil
	}
	if _, err = conn.Exec(ctx, "ROLLBACK"); err != nil {
		return fmt.Errorf("%s: %w", f.Path, err)
	}
	if err := run(ctx, conn, "", statements, ""); err != nil {
		return fmt.Errorf("%s: %w (and in a transaction: %w)", f.Path, err, within)
	}
	return nil
}

func run(ctx context.Context, conn *pgx.Conn, begin string, statements []Statement, end string) error {
	for _, s := range append(append([]Statement{{SQL: begin}}, statements...), Statement{SQL: end}) {
		if _, err := conn.PgConn().Exec(ctx, s.SQL).ReadAll(); err != nil {
			return fmt.Errorf("%.200s: %w", s.SQL, err)
		}
	}
	return nil
}
