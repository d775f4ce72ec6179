package catalogtest_test

import (
	"context"
	"fmt"
	"strings"
	"testing"

	pg_query "github.com/pganalyze/pg_query_go/v5"
	"github.com/stretchr/testify/require"

	"github.com/trefoil-sql/trefoil/internal/catalog/catalogtest"
	"github.com/trefoil-sql/trefoil/internal/pgtest"
	"github.com/trefoil-sql/trefoil/test/effort"
)

// envSequences sets how many sequences TestRandomSequences makes, and envSeed the seed of the first. Without it CI makes
// many, and everybody else as many as one likes to wait for.
const (
	envSequences = "TREFOIL_DDL_SEQUENCES"
	envSeed      = "TREFOIL_DDL_SEED"
	inCI         = 2000
	elsewhere    = 200
	maxFailures  = 10
)

// TestRandomSequences gives random statements, of which many must be refused, to the server and to the replay. After each
// sequence the refusals and the catalogs must be the same. A failure is printed with as few statements as show it.
func TestRandomSequences(t *testing.T) {
	n := effort.Count(t, envSequences, inCI, elsewhere)
	if testing.Short() {
		n = min(n, 100)
	}
	ctx := context.Background()
	conn := pgtest.New(t).Conn(ctx)
	first := effort.Setting(t, envSeed, 1)
	failures := 0
	for seed := first; seed < first+n && failures < maxFailures; seed++ {
		check := func(statements []string) []string {
			diffs, err := catalogtest.Check(ctx, conn, catalogtest.Script(statements))
			require.NoError(t, err, "seed %d", seed)
			return diffs
		}
		statements := catalogtest.Sequence(uint64(seed))
		if len(unknown(t, fmt.Sprintf("seed %d", seed), check(statements))) == 0 {
			continue
		}
		failures++
		statements = catalogtest.Minimise(statements, func(s []string) bool { return len(check(s)) > 0 })
		t.Errorf("seed %d:\n%s\n%s", seed, catalogtest.Script(statements), strings.Join(check(statements), "\n"))
	}
}

// TestSequencesAreUseful: the server accepts a good part of the statements and refuses a good part, for many reasons.
func TestSequencesAreUseful(t *testing.T) {
	ctx := context.Background()
	conn := pgtest.New(t).Conn(ctx)
	accepted, total := 0, 0
	reasons := map[string]int{}
	for seed := range uint64(100) {
		statements, err := catalogtest.Split(catalogtest.Script(catalogtest.Sequence(seed)))
		require.NoError(t, err)
		_, err = conn.Exec(ctx, "BEGIN")
		require.NoError(t, err)
		states, err := catalogtest.Apply(ctx, conn, statements)
		require.NoError(t, err)
		_, err = conn.Exec(ctx, "ROLLBACK")
		require.NoError(t, err)
		for _, s := range states {
			total++
			if s == "" {
				accepted++
			} else {
				reasons[s]++
			}
		}
	}
	t.Logf("%d of %d accepted, refusals by SQLSTATE: %v", accepted, total, reasons)
	require.Greater(t, accepted, total/3)
	require.Greater(t, len(reasons), 12)
}

// TestSequencesParse: what is refused is refused for what it says, not for how.
func TestSequencesParse(t *testing.T) {
	for seed := range uint64(300) {
		_, err := pg_query.Parse(catalogtest.Script(catalogtest.Sequence(seed)))
		require.NoError(t, err, "seed %d", seed)
	}
}
