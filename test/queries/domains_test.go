package queries

import (
	"context"
	"fmt"
	"strings"
	"testing"

	"github.com/jackc/pgx/v5"
	"github.com/stretchr/testify/require"

	"github.com/trefoil-sql/trefoil/internal/catalog"
	"github.com/trefoil-sql/trefoil/internal/pgtest"
)

// TestDomains: columns of domains are of those domains. The wire does not tell: a view of the query does.
func TestDomains(t *testing.T) {
	ctx := context.Background()
	cat, server := rich(t)
	var sqls []string
	for _, o := range ownQueries(t, "own") {
		if strings.HasPrefix(o.SQL, "SELECT") && !strings.Contains(o.SQL, "$") && o.From <= pgtest.ServerVersion(t)/10000 {
			sqls = append(sqls, o.SQL)
		}
	}
	tally := NewTally(t, "domains")
	domains := 0
	for i, a := range analyseAll(t, cat, sqls) {
		if a.Query == nil || len(a.Query.Columns) == 0 {
			continue // told of by TestOwnQueries
		}
		there, ok, err := viewTypes(ctx, server.conn, sqls[i], len(a.Query.Columns))
		require.NoError(t, err, sqls[i])
		if !ok {
			continue
		}
		var diffs []string
		for j, c := range a.Query.Columns {
			if c.Type.Kind == catalog.DomainType {
				domains++
			}
			if ours := catalog.FormatType(c.Type); ours != there[j] {
				diffs = append(diffs, fmt.Sprintf("column %d: ours is %s %s, the server has %s", j+1, c.Name, ours, there[j]))
			}
		}
		tally.Add(sqls[i], sqls[i], diffs)
	}
	t.Logf("%d columns of domains", domains)
	require.Greater(t, domains, 100)
	require.Greater(t, tally.All, 1000)
	tally.Report(t, 1)
}

// viewTypes are the types of a view of the query. It is not ok where there can be none, such as of a query that writes.
func viewTypes(ctx context.Context, conn *pgx.Conn, sql string, columns int) (types []string, ok bool, _ error) {
	names := make([]string, columns)
	for i := range names {
		names[i] = fmt.Sprintf("c%d", i)
	}
	if _, err := conn.Exec(ctx, "BEGIN"); err != nil {
		return nil, false, err
	}
	defer func() { _, _ = conn.Exec(ctx, "ROLLBACK") }()
	if _, err := conn.Exec(ctx, fmt.Sprintf("CREATE TEMP VIEW of_query (%s) AS %s", strings.Join(names, ", "), sql)); err != nil {
		return nil, false, nil
	}
	rows, err := conn.Query(ctx, "SELECT format_type(atttypid, atttypmod) FROM pg_attribute WHERE attrelid = 'of_query'::regclass AND attnum > 0 ORDER BY attnum")
	if err != nil {
		return nil, false, err
	}
	types, err = pgx.CollectRows(rows, pgx.RowTo[string])
	return types, true, err
}
