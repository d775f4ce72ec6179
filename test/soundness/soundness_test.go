package soundness

import (
	"context"
	"fmt"
	"os"
	"runtime"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"golang.org/x/sync/errgroup"

	"github.com/trefoil-sql/trefoil/internal/catalog"
	"github.com/trefoil-sql/trefoil/internal/nullability"
	"github.com/trefoil-sql/trefoil/internal/pgtest"
	"github.com/trefoil-sql/trefoil/test/effort"
)

// TestMain starts a server for these tests alone where it can: a random query may end one, and others' tests with it.
func TestMain(m *testing.M) {
	if _, err := pgtest.Find(); err == nil {
		_ = os.Unsetenv(pgtest.EnvURL)
	}
	pgtest.Main(m)
}

// envCount sets how many queries TestSoundness makes, and envSeed the seed of the first. Without it CI makes many, and
// everybody else as many as one likes to wait for.
const (
	envCount    = "TREFOIL_QUERY_COUNT"
	envSeed     = "TREFOIL_QUERY_SEED"
	inCI        = 20000
	elsewhere   = 2000
	maxFailures = 20
	// perData is how many queries run on one set of data, tries how many smaller ones are tried to make a failure small.
	perData = 50
	tries   = 400
	// mostLost is how often a server may end: PostgreSQL 18 does at one random query in some ten thousand.
	mostLost = 3
)

// TestSoundness: whatever the query and whatever the data, no column that is called not-null holds a NULL, and names and
// types are the server's. A failure is printed as the smallest query that shows it, with the seed that makes it again.
func TestSoundness(t *testing.T) {
	first, n := effort.Setting(t, envSeed, 1), effort.Count(t, envCount, inCI, elsewhere)
	workers := startWorkers(t)
	var group errgroup.Group
	sets := make(chan seeds, n/perData+2)
	for from := first; from < first+n; {
		to := min(from+perData-from%perData, first+n)
		sets <- seeds{from, to}
		from = to
	}
	close(sets)
	for _, w := range workers {
		group.Go(func() error { return w.work(t.Context(), sets) })
	}
	require.NoError(t, group.Wait())
	var total Counts
	var failures []string
	for _, w := range workers {
		total.add(w.checker.Counts)
		failures = append(failures, w.failures...)
	}
	slices.Sort(failures)
	for _, f := range failures {
		t.Error(f)
	}
	for _, w := range workers {
		for _, sql := range w.lost {
			t.Logf("the server ended as this or another statement ran: %s", sql)
		}
	}
	t.Logf("%d statements: %d refused by the server, %d failed as they ran, %d gave no rows", total.All, total.Refused, total.Failed, total.Empty)
	t.Logf("%d columns with rows: %d held no NULL, %d were called not-null", total.Columns, total.Never, total.Proven)
	if n >= 1000 {
		assertUseful(t, total)
	}
}

// assertUseful: most random statements run and many give rows, with and without NULL.
func assertUseful(t *testing.T, c Counts) {
	assert.Less(t, c.Refused, c.All/10)
	assert.Less(t, c.Failed, c.All/6)
	assert.Less(t, c.Empty, c.All/2)
	assert.Greater(t, c.Proven, c.Columns/3)
	assert.Less(t, c.Never, c.Columns*9/10)
}

// seeds are those of one set of data.
type seeds struct{ from, to int }

// worker checks statements in a database of its own.
type worker struct {
	world     *World
	checker   *Checker
	generator *Generator
	failures  []string
	url       string
	lost      []string // statements at which the server ended
}

func startWorkers(t *testing.T) []*worker {
	t.Helper()
	world, err := NewWorld()
	require.NoError(t, err)
	var out []*worker
	for range min(4, runtime.GOMAXPROCS(0)) {
		db := pgtest.New(t)
		db.Exec(t, schemaSQL)
		w := &worker{world: world, generator: NewGenerator(world.Tables), url: db.URL()}
		require.NoError(t, w.connect(context.Background()))
		t.Cleanup(func() { _ = w.checker.conn.Close(context.Background()) })
		out = append(out, w)
	}
	return out
}

// connect opens the connection, again after it was lost: a server that ended is soon back.
func (w *worker) connect(ctx context.Context) error {
	var counts Counts
	if w.checker != nil {
		counts = w.checker.Counts
	}
	var conn *pgx.Conn
	var err error
	for range 100 {
		if conn, err = pgx.Connect(ctx, w.url); err == nil {
			break
		}
		time.Sleep(100 * time.Millisecond)
	}
	if err != nil {
		return err
	}
	w.checker = NewChecker(w.world, conn)
	w.checker.Counts = counts
	_, err = conn.Exec(ctx, "SET statement_timeout = 2000")
	return err
}

func (w *worker) work(ctx context.Context, sets <-chan seeds) error {
	for set := range sets {
		if len(w.failures) >= maxFailures {
			return nil
		}
		if err := w.set(ctx, set); err != nil {
			return fmt.Errorf("seeds from %d: %w", set.from, err)
		}
	}
	return nil
}

// set checks the statements of one set of data. Where the server ends at one, it goes on after it.
func (w *worker) set(ctx context.Context, set seeds) error {
	data := w.world.Data(uint64(set.from / perData))
	if err := w.checker.Begin(ctx, data); err != nil {
		if err = w.again(ctx, data); err != nil {
			return err
		}
	}
	for seed := set.from; seed < set.to; seed++ {
		err := w.check(ctx, uint64(seed))
		if err != nil && w.checker.conn.IsClosed() && len(w.lost) < mostLost {
			w.lost = append(w.lost, w.generator.Generate(uint64(seed)).Statement().SQL)
			err = w.again(ctx, data)
		}
		if err != nil {
			return fmt.Errorf("seed %d: %w", seed, err)
		}
	}
	if w.checker.conn.IsClosed() {
		return nil
	}
	return w.checker.End(ctx)
}

// again starts a set of data again after the server ended: it may end the new connection too, while it recovers.
func (w *worker) again(ctx context.Context, data string) (err error) {
	for range 10 {
		if err = w.connect(ctx); err == nil {
			if err = w.checker.Begin(ctx, data); err == nil {
				return nil
			}
		}
		time.Sleep(300 * time.Millisecond)
	}
	return err
}

// check makes the statement of a seed and notes what is wrong with it, made as small as it goes.
func (w *worker) check(ctx context.Context, seed uint64) error {
	tree := w.generator.Generate(seed)
	failure, err := w.checker.Check(ctx, tree.Statement())
	if failure == nil || err != nil {
		return err
	}
	counts := w.checker.Counts
	tree.Shrink(func(s Statement) bool {
		again, failed := w.checker.Check(ctx, s)
		if failed != nil {
			err = failed
		}
		if again == nil || again.Kind != failure.Kind {
			return false
		}
		failure = again
		return true
	}, tries)
	w.checker.Counts = counts
	s := tree.Statement()
	w.failures = append(w.failures, fmt.Sprintf("seed %d: %s\n    %s%s", seed, failure.Text, s.SQL, arguments(s)))
	return err
}

func arguments(s Statement) string {
	out := ""
	for i, a := range s.Args {
		if a == nil {
			out += fmt.Sprintf("\n    parameter %d is NULL", i+1)
		} else {
			out += fmt.Sprintf("\n    parameter %d is %s", i+1, *a)
		}
	}
	return out
}

// TestQueriesAreVaried: each clause is in some of the statements, and a seed always makes the same one.
func TestQueriesAreVaried(t *testing.T) {
	world, err := NewWorld()
	require.NoError(t, err)
	g := NewGenerator(world.Tables)
	counts := map[string]int{}
	words := []string{
		" JOIN ", "LEFT JOIN", "RIGHT JOIN", "FULL JOIN", "CROSS JOIN", "LATERAL (", "USING (", "UNION ALL", "UNION (", "INTERSECT", "EXCEPT", "VALUES (", "WITH RECURSIVE",
		"AS self", "GROUP BY", "ROLLUP", "CUBE", "GROUPING SETS", "HAVING", "FILTER (", "OVER (", "EXCLUDE", "SELECT DISTINCT", "ORDER BY 1", "LIMIT", "OFFSET", "INSERT INTO",
		"UPDATE ", "DELETE FROM", "ON CONFLICT", "RETURNING", "WITH ORDINALITY", "ROWS FROM", "EXISTS (", "CASE ", "coalesce(", "NOT IN (", "ARRAY(", "sqlc.narg(", "$1", "v_over", "a_row(",
	}
	for seed := range uint64(1500) {
		sql := g.Generate(seed).Statement().SQL
		require.Equal(t, sql, g.Generate(seed).Statement().SQL)
		for _, word := range words {
			if strings.Contains(sql, word) {
				counts[word]++
			}
		}
	}
	for _, word := range words {
		assert.GreaterOrEqual(t, counts[word], 5, word)
	}
}

// TestJudgeSeesNull: a NULL in a column that is called not-null is a failure, and only there.
func TestJudgeSeesNull(t *testing.T) {
	c := &Checker{}
	q := &catalog.Query{Columns: []catalog.ResultColumn{{Name: "a"}, {Name: "b"}}}
	rows := [][][]byte{{[]byte("1"), nil}, {[]byte("2"), []byte("")}}
	assert.Nil(t, c.judge(q, []nullability.Verdict{{}, {Nullable: true}}, rows))
	failure := c.judge(q, []nullability.Verdict{{}, {Reason: "so it is"}}, rows)
	require.NotNil(t, failure)
	assert.Equal(t, Failure{"null", "column 2, b, is NULL; the verdict is never, since so it is"}, *failure)
	assert.Nil(t, c.judge(q, []nullability.Verdict{{}, {}}, nil))
}

// TestShrink: what does not matter goes.
func TestShrink(t *testing.T) {
	world, err := NewWorld()
	require.NoError(t, err)
	g := NewGenerator(world.Tables)
	shrunk := 0
	for seed := range uint64(200) {
		tree := g.Generate(seed)
		if before := tree.Statement().SQL; strings.Contains(before, "upper(") && len(before) > 400 {
			tree.Shrink(func(s Statement) bool { return strings.Contains(s.SQL, "upper(") }, 5000)
			assert.Less(t, len(tree.Statement().SQL), 200, before)
			shrunk++
		}
	}
	assert.Greater(t, shrunk, 2)
}
