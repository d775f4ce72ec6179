package explain_test

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/trefoil-sql/trefoil/internal/catalog"
	"github.com/trefoil-sql/trefoil/internal/constraint"
	"github.com/trefoil-sql/trefoil/internal/explain"
	"github.com/trefoil-sql/trefoil/internal/migration"
	"github.com/trefoil-sql/trefoil/internal/source"
	"github.com/trefoil-sql/trefoil/test/corpora"
)

// adapted are what has to be replaced in the SQL of a project that is written for another database too, and files that
// need what a step in another language makes.
var (
	adapted = map[string]*strings.Replacer{
		"lnd": strings.NewReplacer("BLOB", "BYTEA", "INTEGER PRIMARY KEY", "BIGSERIAL PRIMARY KEY", "UNHEX(", "DECODE("),
	}
	skipped = []string{"migrations/20260424205453_v1_0_100.sql"}
)

func replay(t *testing.T, dir, name string) *catalog.Catalog {
	t.Helper()
	root := filepath.Join(dir, name)
	read, _, err := migration.Read(root, []string{"migrations"}, migration.Options{})
	require.NoError(t, err)
	var files []*source.File
	if text, err := os.ReadFile(filepath.Join(root, "prelude.sql")); err == nil {
		files = append(files, source.NewFile("prelude.sql", string(text)))
	}
	for _, f := range read {
		if r, ok := adapted[name]; ok {
			f = source.NewFile(f.Path, r.Replace(f.Text))
		}
		if !slices.Contains(skipped, f.Path) {
			files = append(files, f)
		}
	}
	c, _, err := catalog.Load(files)
	require.NoError(t, err)
	return c
}

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
		for _, r := range explain.Rules(replay(t, dir, e.Name())) {
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
