package catalogtest_test

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/jackc/pgx/v5"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"golang.org/x/tools/txtar"

	"github.com/trefoil-sql/trefoil/internal/catalog"
	"github.com/trefoil-sql/trefoil/internal/catalog/catalogtest"
	"github.com/trefoil-sql/trefoil/internal/pgtest"
	"github.com/trefoil-sql/trefoil/internal/server"
	"github.com/trefoil-sql/trefoil/internal/verify"
)

// plainConn is a connection that sends each statement when its turn comes.
func plainConn(t *testing.T, db *pgtest.DB) *pgx.Conn {
	conn, err := pgx.Connect(context.Background(), db.URL()+"&default_query_exec_mode=exec")
	require.NoError(t, err)
	t.Cleanup(func() { _ = conn.Close(context.Background()) })
	return conn
}

// paths are the differences by place, without those that could not be compared.
func paths(diffs []verify.Difference) []string {
	out := []string{}
	for _, d := range diffs {
		out = append(out, d.Path)
	}
	return out
}

// bothReconcile asserts that asking the server with EXPLAIN, which writes nothing, drops the same differences as giving it
// the expressions and printing them back.
func bothReconcile(t *testing.T, conn *pgx.Conn, ours, there catalog.Document) {
	ctx := context.Background()
	diffs := verify.Compare(ours, there)
	written, err := catalogtest.Reconcile(ctx, conn, ours, diffs)
	require.NoError(t, err)
	session, err := server.Within(ctx, conn)
	require.NoError(t, err)
	read, unknown, err := verify.Reconcile(ctx, session, there, diffs)
	require.NoError(t, err)
	assert.Empty(t, unknown)
	assert.ElementsMatch(t, paths(written), paths(read))
	for _, d := range read {
		t.Log(d.Path, d.Ours, d.Server)
	}
}

// TestExplainAgreesOnStatements compares both ways after each script of testdata/statements.
func TestExplainAgreesOnStatements(t *testing.T) {
	ctx := context.Background()
	conn := plainConn(t, pgtest.New(t))
	families, err := filepath.Glob("testdata/statements/*.txtar")
	require.NoError(t, err)
	for _, path := range families {
		content, err := os.ReadFile(path)
		require.NoError(t, err)
		for _, f := range txtar.Parse(content).Files {
			t.Run(strings.TrimSuffix(filepath.Base(path), ".txtar")+"/"+f.Name, func(t *testing.T) {
				statements, err := catalogtest.Split(string(f.Data))
				require.NoError(t, err)
				_, err = conn.Exec(ctx, "BEGIN")
				require.NoError(t, err)
				defer func() { _, _ = conn.Exec(ctx, "ROLLBACK") }()
				_, err = catalogtest.Apply(ctx, conn, statements)
				require.NoError(t, err)
				there, err := server.Read(ctx, conn)
				require.NoError(t, err)
				cat, _, err := catalogtest.Replay(string(f.Data), statements)
				require.NoError(t, err)
				bothReconcile(t, conn, cat.Document(), there)
			})
		}
	}
}

// TestExplainAgreesOnCorpora compares both ways on real projects.
func TestExplainAgreesOnCorpora(t *testing.T) {
	for _, c := range catalogtest.Projects {
		t.Run(c.Name, func(t *testing.T) {
			ctx := context.Background()
			files := c.Files(t)
			conn := plainConn(t, pgtest.New(t))
			for _, f := range files {
				require.NoError(t, catalogtest.ApplyFile(ctx, conn, f))
			}
			there, err := server.Read(ctx, conn)
			require.NoError(t, err)
			cat, _, err := catalog.Load(files)
			require.NoError(t, err)
			_, err = conn.Exec(ctx, "BEGIN")
			require.NoError(t, err)
			bothReconcile(t, conn, cat.Document(), there)
		})
	}
}
