package constraint_test

import (
	"context"
	"encoding/json"
	"math/rand/v2"
	"os/exec"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/trefoil-sql/trefoil/internal/catalog"
	"github.com/trefoil-sql/trefoil/internal/constraint"
	"github.com/trefoil-sql/trefoil/internal/pgtest"
)

// matching is a pattern, its translation, and what PostgreSQL says of some strings.
type matching struct {
	Operator, SQL string
	Pattern       string // for JavaScript, or Python's
	Strings       []string
	Want          []bool
	regex         constraint.Regex
}

var rePieces = []string{
	"a", "b", "c", "A", "1", "_", "-", " ", "é", "日", ".", "^", "$", "|", "(", ")", "(?:", "[abc]", "[^a-c]", "[a-z]", "[A-Z0-9]", "[]a]", "[a-]", "[é-í]",
	`\d`, `\w`, `\s`, `\D`, `\W`, `\S`, `[\d_]`, "[[:alpha:]]", "[[:upper:][:digit:]]", "[^[:space:]]", "[[:xdigit:]]", `\.`, `\\`, `\n`, `\t`, `\u0061`, `\y`, `\Y`,
	`\A`, `\Z`, "*", "+", "?", "{2}", "{1,2}", "{2,}", "*?", "+?", "??", "{", "}", "]", "(?=", "(?!", "/", "#", "&&", "~", `"`, "'", "%", "[%_]", "[[-]", `[\]]`, "(?i)", "@",
}

var reLetters = []string{"a", "b", "c", "A", "B", "1", "2", "_", "-", " ", "é", "É", "日", "\n", "\t", ".", "\\", "k", "K", "\u212a", "ſ", "s", "%", "]", "[", "@", "/", "{", "😀"}

func join(r *rand.Rand, from []string, most int) string {
	var b strings.Builder
	for range r.IntN(most + 1) {
		b.WriteString(from[r.IntN(len(from))])
	}
	return b.String()
}

// matchings makes patterns of all kinds with strings, and asks PostgreSQL. Patterns that are not translated are left
// out; skipped counts those of them that PostgreSQL takes.
func matchings(t *testing.T, n int) (list []matching, skipped int) {
	conn := pgtest.New(t).Conn(context.Background())
	r := rand.New(rand.NewPCG(*seed, 22))
	for range n {
		m := matching{Operator: pick(r, "~", "~", "~*", "LIKE", "ILIKE", "SIMILAR TO"), SQL: join(r, rePieces, 6)}
		for range 12 {
			m.Strings = append(m.Strings, join(r, reLetters, 5))
		}
		rows, err := conn.Query(context.Background(), "SELECT s "+m.Operator+" $1 FROM unnest($2::text[]) WITH ORDINALITY AS u(s, i) ORDER BY i", m.SQL, m.Strings)
		require.NoError(t, err)
		for rows.Next() {
			var matches bool
			require.NoError(t, rows.Scan(&matches))
			m.Want = append(m.Want, matches)
		}
		match, ok := compile(matchOf(m.Operator, m.SQL)).Tree.(constraint.Match)
		switch {
		case ok && rows.Err() == nil:
			m.regex = match.Regex
			list = append(list, m)
		case ok && len(m.Want) == 0:
			require.NoError(t, rows.Err(), "%s %q is translated to %q", m.Operator, m.SQL, match.Regex.Pattern)
		case rows.Err() == nil:
			skipped++
		}
	}
	return list, skipped
}

func matchOf(operator, pattern string) catalog.Expr {
	kind := map[string]string{"LIKE": "like", "ILIKE": "ilike", "SIMILAR TO": "similar"}[operator]
	if kind == "" {
		return op(col("t"), operator, str(pattern))
	}
	return &catalog.Like{Kind: kind, Arg: col("t"), Pattern: str(pattern)}
}

var beyondASCII = regexp.MustCompile(`[^\x00-\x1b\x20-\x7f]`)

// decided leaves out the strings that the pattern says nothing of.
func decided(m matching) matching {
	out := m
	out.Strings, out.Want = []string{}, nil
	for i, s := range m.Strings {
		if !m.regex.ASCII || !beyondASCII.MatchString(s) {
			out.Strings, out.Want = append(out.Strings, s), append(out.Want, m.Want[i])
		}
	}
	return out
}

// TestPatternsInAllEngines holds the translations of patterns against PostgreSQL in Go, JavaScript and Python.
func TestPatternsInAllEngines(t *testing.T) {
	all, skipped := matchings(t, 3000)
	require.Greater(t, len(all), 1000)
	require.Less(t, skipped, 600)
	var forJS, forPython []matching
	for _, m := range all {
		m = decided(m)
		if m.regex.NotRE2 == "" {
			re, err := regexp.Compile(m.regex.Pattern)
			require.NoError(t, err)
			for i, s := range m.Strings {
				require.Equal(t, m.Want[i], re.MatchString(s), "%s %q, for Go %q, with %q", m.Operator, m.SQL, m.regex.Pattern, s)
			}
		}
		m.Pattern = m.regex.Pattern
		forJS = append(forJS, m)
		m.Pattern = m.regex.Python
		forPython = append(forPython, m)
	}
	agreeIn(t, forJS, "node", "-e", `
		const all = JSON.parse(require("fs").readFileSync(0, "utf8"));
		console.log(JSON.stringify(all.map((m) => { const re = new RegExp(m.Pattern, "u"); return m.Strings.map((s) => re.test(s)); })));`)
	agreeIn(t, forPython, "python3", "-W", "error", "-c", `
import json, re, sys
print(json.dumps([[bool(re.search(m["Pattern"], s)) for s in m["Strings"]] for m in json.load(sys.stdin)]))`)
}

// agreeIn runs an engine over patterns and strings.
func agreeIn(t *testing.T, all []matching, command ...string) {
	t.Helper()
	input, err := json.Marshal(all)
	require.NoError(t, err)
	cmd := exec.Command(command[0], command[1:]...)
	cmd.Stdin = strings.NewReader(string(input))
	var stderr strings.Builder
	cmd.Stderr = &stderr
	output, err := cmd.Output()
	require.NoError(t, err, stderr.String())
	var got [][]bool
	require.NoError(t, json.Unmarshal(output, &got))
	for i, m := range all {
		for j, s := range m.Strings {
			require.Equal(t, m.Want[j], got[i][j], "%s %q, for %s %q, with %q", m.Operator, m.SQL, command[0], m.Pattern, s)
		}
	}
}

// FuzzPatterns: whatever the pattern, a translation is one that Go's engine takes, or says that it does not.
func FuzzPatterns(f *testing.F) {
	for _, p := range []string{"^[a-z]+$", `\d{1,3}|x*?`, "(?i)[^[:alpha:]]", "***=a.b", "[]a-]", `a\`, "(?#x)y", "%a_"} {
		f.Add("~", p)
		f.Add("~*", p)
		f.Add("LIKE", p)
		f.Add("SIMILAR TO", p)
	}
	f.Fuzz(func(t *testing.T, operator, pattern string) {
		if operator == "" || !strings.Contains("~ ~* LIKE ILIKE SIMILAR TO", operator) {
			return
		}
		match, ok := compile(matchOf(operator, pattern)).Tree.(constraint.Match)
		if ok && match.Regex.NotRE2 == "" {
			_, err := regexp.Compile(match.Regex.Pattern)
			require.NoError(t, err)
		}
	})
}
