package catalogtest_test

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"golang.org/x/tools/txtar"

	"github.com/trefoil-sql/trefoil/internal/catalog/catalogtest"
	"github.com/trefoil-sql/trefoil/internal/pgtest"
)

// minStatements is how many scripts there must be, so that none is lost unseen.
const minStatements = 400

// TestStatements applies each script of testdata/statements to the server and replays it.
func TestStatements(t *testing.T) {
	conn := pgtest.New(t).Conn(context.Background())
	families, err := filepath.Glob("testdata/statements/*.txtar")
	require.NoError(t, err)
	scripts := 0
	for _, path := range families {
		content, err := os.ReadFile(path)
		require.NoError(t, err)
		family := strings.TrimSuffix(filepath.Base(path), ".txtar")
		for _, f := range txtar.Parse(content).Files {
			scripts++
			t.Run(family+"/"+strings.TrimSuffix(f.Name, ".sql"), func(t *testing.T) {
				diffs, err := catalogtest.Check(context.Background(), conn, string(f.Data))
				require.NoError(t, err)
				if diffs = unknown(t, family+"/"+f.Name, diffs); len(diffs) > 0 {
					t.Errorf("%s\n%s", f.Data, strings.Join(diffs, "\n"))
				}
			})
		}
	}
	assert.GreaterOrEqual(t, scripts, minStatements)
}
