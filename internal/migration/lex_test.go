package migration

import (
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"unicode/utf8"

	pg_query "github.com/pganalyze/pg_query_go/v5"
	"github.com/stretchr/testify/require"
)

// landmark is a place where blanking and PostgreSQL's scanner must agree: a comment, or a semicolon, parenthesis or
// backslash outside of strings and names.
type landmark struct {
	start, end int
	what       string
}

func ours(text string) (marks []landmark) {
	b := []byte(text)
	for at := 0; at < len(b); {
		kind, end := nextToken(b, at)
		switch {
		case kind == comment:
			marks = append(marks, landmark{at, end, "comment"})
		case kind == symbol && strings.IndexByte(`;()\`, b[at]) >= 0:
			marks = append(marks, landmark{at, end, string(b[at])})
		}
		at = end
	}
	return marks
}

func theirs(text string) (marks []landmark, err error) {
	result, err := pg_query.Scan(text)
	if err != nil {
		return nil, err
	}
	for _, token := range result.Tokens {
		start, end := int(token.Start), int(token.End)
		switch token.Token {
		case pg_query.Token_SQL_COMMENT, pg_query.Token_C_COMMENT:
			marks = append(marks, landmark{start, end, "comment"})
		case pg_query.Token_ASCII_59, pg_query.Token_ASCII_40, pg_query.Token_ASCII_41, pg_query.Token_ASCII_92:
			marks = append(marks, landmark{start, end, text[start:end]})
		}
	}
	return marks, nil
}

var lexSeeds = []string{
	`SELECT 'a''b; -- no', "c""d;", E'\'; -- no', e'a\\', U&'\0041;', N'x;', x'1f', b'1'; -- yes`,
	"SELECT $$a; $b$ -- no$$, $b$ $$; $b$, a$b$c, $1; /* a /* b; */ c; */ (1)",
	"SELECT E'a\\\\'\n  'b\\'; -- no'; SELECT 'a'\n'b;'",
	"SELECT 1--a\r;-- b\n;",
	"$é$;$é$; é$a$;",
	"1$a$;$a$",
	`a<--b;` + "\n" + `c*/**/d;`,
}

// TestTokensAreAsPostgresScansThem on what is known to be hard, and on all real projects.
func TestTokensAreAsPostgresScansThem(t *testing.T) {
	compare := func(name, text string) {
		want, err := theirs(text)
		require.NoError(t, err, name)
		require.Equal(t, want, ours(text), name)
	}
	for _, text := range lexSeeds {
		compare(text, text)
	}
	dir := os.Getenv("TREFOIL_CORPORA")
	if dir == "" {
		dir = filepath.Join("..", "..", "..", "shared", "corpora")
	}
	_ = filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if err == nil && isSQL(path) {
			text, err := os.ReadFile(path)
			require.NoError(t, err)
			compare(path, string(text))
		}
		return nil
	})
}

func FuzzTokens(f *testing.F) {
	for _, text := range lexSeeds {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		if !utf8.ValidString(text) || strings.ContainsRune(text, 0) {
			t.Skip("no file of SQL")
		}
		if want, err := theirs(text); err == nil {
			require.Equal(t, want, ours(text))
		}
	})
}
