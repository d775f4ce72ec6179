package soundness

import (
	"context"
	_ "embed"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/trefoil-sql/trefoil/internal/nullability"
	"github.com/trefoil-sql/trefoil/internal/source"
)

//go:embed testdata/traps.sql
var trapsSQL string

// trapData is how many sets of data the traps run on.
const trapData = 60

// TestTraps: what looks as if it could not be NULL, and is for some data, is called nullable.
func TestTraps(t *testing.T) {
	ctx := context.Background()
	w := startWorkers(t)[0]
	traps := w.world.Catalog.Analyse(source.NewFile("traps.sql", trapsSQL), "")
	require.Greater(t, len(traps), 60)
	seen := make([]bool, len(traps))
	for seed := range uint64(trapData) {
		require.NoError(t, w.checker.Begin(ctx, w.world.Data(seed)))
		for i, a := range traps {
			sql := a.Span.Text()
			require.NotNil(t, a.Query, sql)
			there, err := w.checker.server.Describe(ctx, sql)
			require.NoError(t, err, sql)
			require.Empty(t, there.Refused, sql)
			result := w.checker.conn.PgConn().ExecPrepared(ctx, "", nil, nil, nil).Read()
			for _, row := range result.Rows {
				seen[i] = seen[i] || row[0] == nil
			}
			require.NoError(t, w.checker.rollBack(ctx, Statement{SQL: "RETURNING"}, there))
		}
		require.NoError(t, w.checker.End(ctx))
	}
	for i, a := range traps {
		sql := a.Span.Text()
		assert.True(t, seen[i], "no trap, since it is NULL for no data: %s", sql)
		assert.True(t, nullability.Columns(w.world.Catalog, a.Query)[0].Nullable, "called not-null: %s", sql)
	}
}
