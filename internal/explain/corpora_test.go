package explain_test

import (
	"os"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/trefoil-sql/trefoil/internal/constraint"
	"github.com/trefoil-sql/trefoil/internal/explain"
	"github.com/trefoil-sql/trefoil/test/corpora"
)

// TestShareOfRealChecks counts how much of the CHECKs of real projects the clients enforce. A CHECK counts for the
// language that enforces least of it.
func TestShareOfRealChecks(t *testing.T) {
	dir := corpora.Dir(t)
	entries, err := os.ReadDir(dir)
	require.NoError(t, err)
	count := map[constraint.Level]int{}
	for _, e := range entries {
		if !e.IsDir() {
			continue
		}
		for _, r := range explain.Rules(corpora.Catalog(t, dir, e.Name())) {
			if r.Kind != explain.Check {
				continue
			}
			least := leastOf(r)
			count[least.Level]++
			if least.Level != constraint.Full {
				t.Logf("%s: %s %s is %s: %s", e.Name(), r.Object, r.Constraint, explain.SupportText(least), r.SQL)
			}
		}
	}
	all := count[constraint.Full] + count[constraint.Partly] + count[constraint.NotAtAll]
	require.NotZero(t, all)
	share := 100 * float64(count[constraint.Full]+count[constraint.Partly]) / float64(all)
	t.Logf("%d CHECKs: %d fully enforced, %d partly, %d not: %.1f%% fully or partly",
		all, count[constraint.Full], count[constraint.Partly], count[constraint.NotAtAll], share)
	require.GreaterOrEqual(t, share, 85.0)
}

func leastOf(r explain.Rule) constraint.Support {
	order := []constraint.Level{constraint.NotAtAll, constraint.Partly, constraint.Full}
	least := r.Support[explain.Languages[0]]
	for _, lang := range explain.Languages {
		if s := r.Support[lang]; slices.Index(order, s.Level) < slices.Index(order, least.Level) {
			least = s
		}
	}
	return least
}
