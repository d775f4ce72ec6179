package queries

import (
	"context"
	"testing"

	"github.com/stretchr/testify/require"
)

// leastOfBuiltin is the share that must be the server's; what is not is on the list.
const leastOfBuiltin = 0.99

// TestBuiltin: queries derived from what the server has: each operator and function once, and all pairs of many types as
// cast, as comparison, as sum and as common type. What the server refuses must be refused with the same SQLSTATE.
func TestBuiltin(t *testing.T) {
	ctx := context.Background()
	cat, server := rich(t)
	operators, err := OperatorQueries(ctx, server.conn)
	require.NoError(t, err)
	functions, err := FunctionQueries(ctx, server.conn)
	require.NoError(t, err)
	for _, source := range []struct {
		name    string
		queries []string
	}{
		{"operators", operators},
		{"functions", functions},
		{"casts", PairQueries("SELECT NULL::%s::%s")},
		{"equality", PairQueries("SELECT NULL::%s = NULL::%s")},
		{"sums", PairQueries("SELECT NULL::%s + NULL::%s")},
		{"concatenations", PairQueries("SELECT NULL::%s || NULL::%s")},
		{"common-types", PairQueries("SELECT coalesce(NULL::%s, NULL::%s)")},
		{"unions", PairQueries("SELECT NULL::%s UNION ALL SELECT NULL::%s")},
		{"arrays", PairQueries("SELECT ARRAY[NULL::%s, NULL::%s]")},
	} {
		t.Run(source.name, func(t *testing.T) {
			require.Greater(t, len(source.queries), 500)
			analysed := analyseAll(t, cat, source.queries)
			tally := NewTally(t, source.name)
			for i, sql := range source.queries {
				there, err := server.Describe(ctx, sql)
				require.NoError(t, err, sql)
				tally.Add(sql, "", Differences(Describe(cat, analysed[i]), there))
			}
			tally.Report(t, leastOfBuiltin)
		})
	}
}
