package migration_test

import (
	"context"
	"strings"
	"testing"

	"github.com/jackc/pgx/v5"
	pg_query "github.com/pganalyze/pg_query_go/v5"
	"github.com/stretchr/testify/require"

	"github.com/trefoil-sql/trefoil/internal/pgtest"
	"github.com/trefoil-sql/trefoil/internal/source"
)

func TestMain(m *testing.M) { pgtest.Main(m) }

// apply runs a file as tools do: in a transaction, or without one if it cannot run in one.
func apply(t testing.TB, conn *pgx.Conn, f *source.File) {
	t.Helper()
	statements, err := pg_query.SplitWithParser(f.Text, false)
	require.NoError(t, err, f.Path)
	within := run(conn, append([]string{"BEGIN"}, statements...))
	if within == nil {
		require.NoError(t, run(conn, []string{"COMMIT"}), f.Path)
		return
	}
	require.NoError(t, run(conn, []string{"ROLLBACK"}), f.Path)
	if err := run(conn, statements); err != nil {
		t.Fatalf("%s: %v (and in a transaction: %v)", f.Path, err, within)
	}
}

func run(conn *pgx.Conn, statements []string) error {
	for _, s := range statements {
		if _, err := conn.PgConn().Exec(context.Background(), s).ReadAll(); err != nil {
			return err
		}
	}
	return nil
}

// table is what a server holds: its name with the schema's, and its columns with their types.
type table struct {
	name    string
	columns []string
}

// tables are the permanent tables by name.
func tables(t testing.TB, conn *pgx.Conn) []table {
	t.Helper()
	rows, err := conn.Query(context.Background(), `
		SELECT n.nspname || '.' || c.relname, coalesce(columns, '{}')
		FROM pg_catalog.pg_class c
		JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
		CROSS JOIN LATERAL (
			SELECT array_agg(attname || ' ' || format_type(atttypid, atttypmod) ORDER BY attnum) AS columns
			FROM pg_catalog.pg_attribute WHERE attrelid = c.oid AND attnum > 0 AND NOT attisdropped
		) a
		WHERE c.relkind IN ('r', 'p') AND c.relpersistence <> 't'
			AND n.nspname NOT IN ('pg_catalog', 'information_schema')
		ORDER BY n.nspname, c.relname`)
	require.NoError(t, err)
	all, err := pgx.CollectRows(rows, func(row pgx.CollectableRow) (t table, err error) {
		return t, row.Scan(&t.name, &t.columns)
	})
	require.NoError(t, err)
	return all
}

// notes is the messages of a list, one a line.
func notes(l source.List) string {
	var b strings.Builder
	for _, d := range l {
		b.WriteString(d.Severity.String() + " " + d.Message + "\n")
	}
	return b.String()
}
