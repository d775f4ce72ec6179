package catalogtest_test

import (
	"context"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/trefoil-sql/trefoil/internal/catalog"
	"github.com/trefoil-sql/trefoil/internal/catalog/catalogtest"
	"github.com/trefoil-sql/trefoil/internal/pgtest"
	"github.com/trefoil-sql/trefoil/internal/server"
	"github.com/trefoil-sql/trefoil/internal/source"
	"github.com/trefoil-sql/trefoil/internal/verify"
)

// TestCorpora applies real projects' migrations to the server and replays them: nothing is refused, and the catalogs
// are the same.
func TestCorpora(t *testing.T) {
	for _, c := range catalogtest.Projects {
		t.Run(c.Name, func(t *testing.T) {
			ctx := context.Background()
			files := c.Files(t)
			conn := pgtest.New(t).Conn(ctx)
			for _, f := range files {
				require.NoError(t, catalogtest.ApplyFile(ctx, conn, f))
			}
			server, err := server.Read(ctx, conn)
			require.NoError(t, err)
			cat, notes, err := catalog.Load(files)
			require.NoError(t, err)
			for _, n := range notes {
				if n.Severity == source.Warning {
					t.Logf("%s", source.List{n}.Error())
				}
			}
			ours := cat.Document()
			diffs, err := catalogtest.Reconcile(ctx, conn, ours, verify.Compare(ours, server))
			require.NoError(t, err)
			diffs, undetermined := verify.SplitUndetermined(ours, diffs)
			t.Logf("%d relations; %d view columns of a type that is not known", len(ours.Relations), len(undetermined))
			var words []string
			for _, d := range diffs {
				words = append(words, catalogtest.Describe(d))
			}
			words = unknown(t, c.Name, words)
			if len(words) > 0 {
				t.Errorf("%d differences:\n%s", len(words), strings.Join(words, "\n"))
			}
		})
	}
}
