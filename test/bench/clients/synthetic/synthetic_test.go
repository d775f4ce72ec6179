package synthetic_test

import (
	"context"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/trefoil-sql/trefoil/internal/generate"
	"github.com/trefoil-sql/trefoil/internal/pgtest"
	"github.com/trefoil-sql/trefoil/test/bench/clients/synthetic"
)

func TestMain(m *testing.M) {
	generate.Child()
	pgtest.Main(m)
}

// TestPostgreSQLTakesTheSchema: a benchmark of what no server takes would measure nothing.
func TestPostgreSQLTakesTheSchema(t *testing.T) {
	pgtest.New(t).Exec(t, synthetic.Schema(50))
}

func TestNamesAreDistinct(t *testing.T) {
	seen := map[string]bool{}
	for i := range synthetic.MaxTables {
		assert.False(t, seen[synthetic.Name(i)], synthetic.Name(i))
		seen[synthetic.Name(i)] = true
	}
	assert.Greater(t, synthetic.MaxTables, 3000)
}

// TestGenerates: all three languages come of a project.
func TestGenerates(t *testing.T) {
	dir := t.TempDir()
	require.NoError(t, synthetic.Write(dir, 12))
	result, err := generate.Run(context.Background(), generate.Options{Dir: dir})
	require.NoError(t, err)
	require.Len(t, result.Targets, 3)
	for _, target := range result.Targets {
		found := false
		for _, text := range target.Tree {
			found = found || strings.Contains(string(text), "BillingAction")
		}
		assert.True(t, found, target.Dir)
	}
}
