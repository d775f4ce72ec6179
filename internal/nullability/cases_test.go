package nullability

import (
	"context"
	"os"
	"strconv"
	"strings"
	"testing"

	"github.com/jackc/pgx/v5"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/trefoil-sql/trefoil/internal/catalog"
	"github.com/trefoil-sql/trefoil/internal/pgtest"
	"github.com/trefoil-sql/trefoil/internal/source"
)

// testCase is a query of testdata/cases.txt.
type testCase struct {
	name, sql string
	want      []wanted
	// before are statements that the data needs; params are what stands for $1 on the server.
	before []string
	param  string
	// since is the first version of the server that knows the syntax, as a number.
	since int
}

// wanted is the verdict of a column: never, perhaps or loose.
type wanted struct{ column, verdict, reason string }

func readCases(t *testing.T) []testCase {
	t.Helper()
	text, err := os.ReadFile("testdata/cases.txt")
	require.NoError(t, err)
	var cases []testCase
	for line := range strings.Lines(string(text)) {
		line = strings.TrimSpace(line)
		if line == "" || strings.HasPrefix(line, "# ") {
			continue
		}
		if name, ok := strings.CutPrefix(line, "== "); ok {
			cases = append(cases, testCase{name: name})
			continue
		}
		c := &cases[len(cases)-1]
		switch {
		case c.sql == "":
			c.sql = line
		case strings.HasPrefix(line, "+ "):
			c.before = append(c.before, line[2:])
		case strings.HasPrefix(line, "! "):
			c.since, err = strconv.Atoi(line[2:])
			require.NoError(t, err)
		case strings.HasPrefix(line, "$1 "):
			c.param = line[3:]
		default:
			head, reason, ok := strings.Cut(line, ": ")
			require.True(t, ok, "%s: %s", c.name, line)
			column, verdict, ok := strings.Cut(head, " ")
			require.True(t, ok, "%s: %s", c.name, line)
			c.want = append(c.want, wanted{column, verdict, reason})
		}
	}
	return cases
}

func loadSchema(t *testing.T) (*catalog.Catalog, string) {
	t.Helper()
	text, err := os.ReadFile("testdata/schema.sql")
	require.NoError(t, err)
	c, _, err := catalog.Load([]*source.File{source.NewFile("schema.sql", string(text))})
	require.NoError(t, err)
	return c, string(text)
}

func analyse(t *testing.T, c *catalog.Catalog, sql string) *catalog.Query {
	t.Helper()
	found := c.Analyse(source.NewFile("query.sql", sql), "")
	require.Len(t, found, 1)
	require.Empty(t, found[0].Problems, sql)
	require.NotNil(t, found[0].Query, sql)
	return found[0].Query
}

// TestCases compares the verdicts with those that are expected, and these with what a server returns.
func TestCases(t *testing.T) {
	c, schema := loadSchema(t)
	servers := []*pgx.Conn{server(t, schema, "testdata/data.sql"), server(t, schema, "testdata/empty.sql")}
	columns, loose := 0, 0
	for _, tc := range readCases(t) {
		t.Run(tc.name, func(t *testing.T) {
			q := analyse(t, c, tc.sql)
			checkVerdicts(t, tc, Columns(c, q), q)
			if pgtest.ServerVersion(t) < tc.since {
				return
			}
			null := observe(t, servers, tc)
			for i, w := range tc.want {
				columns++
				switch w.verdict {
				case "never":
					assert.False(t, null[i], "%s is NULL on the server", w.column)
				case "perhaps":
					assert.True(t, null[i], "%s is not NULL on the server", w.column)
				case "loose":
					loose++
					assert.False(t, null[i], "%s is NULL on the server", w.column)
				}
			}
		})
	}
	t.Logf("%d columns, %d of them called nullable though no data gives NULL", columns, loose)
}

func checkVerdicts(t *testing.T, tc testCase, got []Verdict, q *catalog.Query) {
	t.Helper()
	require.Len(t, got, len(tc.want))
	for i, w := range tc.want {
		assert.Equal(t, w.column, q.Columns[i].Name)
		assert.Equal(t, w.verdict != "never", got[i].Nullable, "%s: %s", w.column, got[i].Reason)
		assert.Equal(t, w.reason, got[i].Reason, w.column)
	}
}

func run(t *testing.T, conn *pgx.Conn, sql string) {
	t.Helper()
	_, err := conn.Exec(context.Background(), sql)
	require.NoError(t, err)
}

// server is a database of the schema, with what a file puts into it.
func server(t *testing.T, schema, file string) *pgx.Conn {
	t.Helper()
	text, err := os.ReadFile(file)
	require.NoError(t, err)
	conn := pgtest.New(t).Conn(context.Background())
	run(t, conn, schema)
	run(t, conn, string(text))
	return conn
}

// observe tells which columns have NULL on a server with data, or on one with empty tables.
func observe(t *testing.T, servers []*pgx.Conn, tc testCase) []bool {
	t.Helper()
	null := make([]bool, len(tc.want))
	sql := strings.ReplaceAll(tc.sql, "$1", tc.param)
	for i, conn := range servers {
		run(t, conn, "BEGIN")
		for _, s := range tc.before {
			if i == 0 {
				run(t, conn, s)
			}
		}
		rows, err := conn.Query(context.Background(), sql)
		require.NoError(t, err)
		for rows.Next() {
			for i, raw := range rows.RawValues() {
				null[i] = null[i] || raw == nil
			}
		}
		require.NoError(t, rows.Err(), sql)
		run(t, conn, "ROLLBACK")
	}
	return null
}
