package nullability

import (
	"context"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/trefoil-sql/trefoil/internal/pgtest"
)

// TestSystem asks a server whether the columns that are listed are NOT NULL, where it has them.
func TestSystem(t *testing.T) {
	rows, err := pgtest.New(t).Conn(context.Background()).Query(context.Background(), `
		SELECT c.relname, array_agg(a.attname ORDER BY a.attnum) FROM pg_class AS c JOIN pg_attribute AS a ON a.attrelid = c.oid
		WHERE c.relnamespace = 'pg_catalog'::regnamespace AND NOT a.attnotnull AND a.attnum > 0 GROUP BY c.relname`)
	require.NoError(t, err)
	nullable, tables := map[string][]string{}, 0
	for rows.Next() {
		var table string
		var columns []string
		require.NoError(t, rows.Scan(&table, &columns))
		nullable[table] = columns
		tables++
	}
	require.NoError(t, rows.Err())
	assert.Positive(t, tables)
	for table, columns := range systemColumns() {
		for _, c := range columns {
			assert.NotContains(t, nullable[table], c, table)
		}
	}
}
