package catalog

import (
	"context"
	"os"
	"path/filepath"
	"testing"

	"github.com/jackc/pgx/v5"
	pg_query "github.com/pganalyze/pg_query_go/v5"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/trefoil-sql/trefoil/internal/pgtest"
)

// checkPrinted holds all that is printed without the parser's printer against what that says. It tells how much that is.
func checkPrinted(t *testing.T, sql string) (printed int) {
	result, err := pg_query.Parse(sql)
	if err != nil {
		return 0
	}
	everyNode(result.ProtoReflect(), func(n *pg_query.Node) {
		if text, ok := printPlain(n); ok {
			printed++
			assert.Equal(t, checkedSQL(n), text)
		}
	})
	return printed
}

// plainExpressions have brackets that are needed and some that are not, in all kinds of places.
var plainExpressions = []string{
	"(a + b) * c > -1", "a + b * c = 2", "NOT (a AND b) OR c IS NULL", "(a AND b) AND c", "a AND (b AND c)", "(a OR b) OR (c OR d)",
	"(a IS NULL) = (b IS NOT NULL)", "a + b IS NULL", "(a OR b) IS NOT TRUE", "(a = b) IS UNKNOWN", "NOT NOT a", "NOT a = b",
	"x BETWEEN a + 1 AND b * 2", "x BETWEEN (a + 1) * 2 AND b", "(x + 1) BETWEEN 1 AND 2", "x NOT BETWEEN SYMMETRIC 1 AND 2",
	"x IN (1, -2, a + b)", "x + 1 IN (1)", "x NOT IN ('a', E'b\\\\c', 'd''e')", "x LIKE 'a%'", "x LIKE 'a%' ESCAPE '!'",
	"x NOT ILIKE y || z", "x SIMILAR TO 'a'", "x IS DISTINCT FROM (a + b)", "x IS NOT DISTINCT FROM a", "NULLIF(a, b + 1)",
	"a = ANY(b)", "a <> ALL(b || c)", "a ~~ ANY(b)", "- (a + b)", "- x", "- (-5)", "@ x", "a OPERATOR(pg_catalog.+) b",
	"'t'::bool", "(true = 't'::bool) = a", "1.5::numeric(10, 2)", "(-1)::int", "x::text::varchar(3)", "x::s.t[]", "x::int[3][]",
	"(a + b)::int", "'a'::char", "'1'::point", "point '1'", "'1 day'::interval", "interval '1' day", "x::timestamptz(3)",
	"x::timestamp(3)", "x::timetz", `"Name"."select"`, `"a""b"`, "name = value", "(a = b) = name", "year + 1", "s.f(a, b)",
	"pg_catalog.f(a)", "pg_catalog.overlay(a, b, c, d)", "overlay(a placing b from 1 for 2)", `"left"(a, 1)`, "count(*)", "f(VARIADIC a)",
	"f(a := 1)", "f(DISTINCT a)", "f(a) FILTER (WHERE b)", "f() OVER w", "extract(year from x)", "current_timestamp(3)", "current_date",
	"session_user", "ARRAY[1, a + b]", "ARRAY[]::text[]", "COALESCE(a, b + 1, NULL)", "COALESCE(a, b) COLLATE \"C\" = c", "B'101'", "NULL",
	"1e5 + .5", "99999999999", "a @> '{}'", "CASE WHEN a THEN b END = c", "(SELECT 1) = a", "(a, b) = (1, 2)", "x[1] = (y).f",
	"a AT TIME ZONE 'UTC' > b",
}

func TestPlainPrinter(t *testing.T) {
	printed := 0
	for _, sql := range plainExpressions {
		printed += checkPrinted(t, "SELECT "+sql)
	}
	for _, pattern := range []string{"catalogtest/testdata/statements/*.txtar", "testdata/query/*.sql", "../../../shared/corpora/*/migrations/*.sql"} {
		paths, err := filepath.Glob(pattern)
		require.NoError(t, err)
		for _, path := range paths {
			printed += checkPrinted(t, readText(t, path))
		}
	}
	assert.Greater(t, printed, 200)
}

func readText(tb testing.TB, path string) string {
	tb.Helper()
	text, err := os.ReadFile(path)
	require.NoError(tb, err)
	return string(text)
}

// TestPlainPrinterPrintsTheUsual: what stands in most schemas is printed without the parser's printer.
func TestPlainPrinterPrintsTheUsual(t *testing.T) {
	for _, sql := range []string{
		"now()", "'{}'::jsonb", "char_length(name) BETWEEN 1 AND 120", "kind IN ('a', 'b')", "(a IS NULL) = (b IS NULL)",
		"a > 0 AND (b IS NULL OR b > a)", "NOT done", "email ~ '^[^@]+@[^@]+$'", "CURRENT_TIMESTAMP", "(a + b) <= 100",
	} {
		result, err := pg_query.Parse("SELECT " + sql)
		require.NoError(t, err)
		_, ok := printPlain(result.Stmts[0].Stmt.GetSelectStmt().TargetList[0].GetResTarget().Val)
		assert.True(t, ok, sql)
	}
}

func FuzzPlainPrinter(f *testing.F) {
	for _, sql := range plainExpressions {
		f.Add(sql)
	}
	f.Fuzz(func(t *testing.T, sql string) { checkPrinted(t, "SELECT "+sql) })
}

// TestKeywords: the table of keywords says of each of the server's what the lexer says. The grammar may be older.
func TestKeywords(t *testing.T) {
	ctx := context.Background()
	rows, err := pgtest.New(t).Conn(ctx).Query(ctx, "SELECT word FROM pg_get_keywords()")
	require.NoError(t, err)
	words, err := pgx.CollectRows(rows, pgx.RowTo[string])
	require.NoError(t, err)
	for _, word := range append(words, "ident", "nulls_la", "name_p") { // the last are tokens that are no keywords
		result, err := pg_query.Scan(word)
		require.NoError(t, err)
		require.Len(t, result.Tokens, 1)
		kind := result.Tokens[0].KeywordKind
		assert.Equal(t, kind != pg_query.KeywordKind_NO_KEYWORD, isKeyword(word), word)
		assert.Equal(t, kind != pg_query.KeywordKind_NO_KEYWORD && kind != pg_query.KeywordKind_UNRESERVED_KEYWORD, isReserved(word), word)
	}
	assert.Greater(t, len(words), 400)
}
