package sqlc

import (
	"context"
	"fmt"
	"math/rand"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/trefoil-sql/trefoil/internal/catalog"
	"github.com/trefoil-sql/trefoil/internal/source"
)

// Each case is a query file and what is printed for it, without the lines that show the source.
func TestMessagesPointIntoTheQueryFile(t *testing.T) {
	for _, tc := range []struct{ name, queries, want string }{
		{"unknown column", "-- name: A :many\nSELECT id,\n\temial FROM llm_usage;\n",
			`queries/a.sql:3:2: error[TF401]: query A: column "emial" does not exist`},
		{"unknown column, with a hint", "-- name: A :many\nSELECT l.provder FROM llm_usage l;\n",
			"queries/a.sql:2:10: error[TF401]: query A: column \"provder\" does not exist\n  hint: did you mean \"provider\"?"},
		{"unknown column of a comparison", "-- name: A :many\nSELECT id FROM llm_usage WHERE modle = $1;\n",
			"queries/a.sql:2:32: error[TF401]: query A: column \"modle\" does not exist\n  hint: did you mean \"model\"?"},
		{"unknown column to insert into", "-- name: A :exec\nINSERT INTO llm_usage (id, modle) VALUES ($1, $2);\n",
			"queries/a.sql:2:28: error[TF401]: query A: column \"modle\" does not exist\n  hint: did you mean \"model\"?"},
		{"unknown relation, in the second query", "-- name: A :many\nSELECT 1;\n\n-- name: B :many\n/* all */ SELECT * FROM llm_usages;\n",
			"queries/a.sql:5:25: error[TF401]: query B: relation \"llm_usages\" does not exist\n  hint: did you mean \"llm_usage\"?"},
		{"relation of another schema", "-- name: A :many\nSELECT * FROM users;\n",
			"queries/a.sql:2:15: error[TF401]: query A: relation \"users\" does not exist\n  hint: it is in schema auth: auth.users"},
		{"alias", "-- name: A :many\nSELECT id FROM llm_usage l WHERE x.id = $1;\n",
			`queries/a.sql:2:34: error[TF401]: query A: table alias "x" does not exist`},
		{"ambiguous", "-- name: A :many\nSELECT id FROM llm_usage a, llm_usage b;\n",
			`queries/a.sql:2:8: error[TF401]: query A: column reference "id" is ambiguous`},
		{"syntax error", "-- name: A :many\nSELECT id WHERE WHERE;\n",
			`queries/a.sql:2:17: error[TF401]: syntax error at or near "WHERE"`},
		{"syntax error at one letter", "-- name: A :many\nSELECT (id;\n\n\n-- name: B :one\nSELECT 1;",
			`queries/a.sql:2:11: error[TF401]: syntax error at or near ";"`},
		{"end of input", "-- name: A :many\nSELECT (id\n\n",
			`queries/a.sql:2:11: error[TF401]: syntax error at end of input`},
		{"unterminated string", "-- name: A :many\nSELECT 'x;\n",
			`queries/a.sql:2:8: error[TF401]: unterminated quoted string at or near "'x;` + "\n    \""},
		{"other characters before the place", "-- name: A :many\n-- Größe – é\nSELECT 'ööööö' AS ä, emial FROM llm_usage;\n",
			`queries/a.sql:3:22: error[TF401]: query A: column "emial" does not exist`},
		{"syntax error after other characters", "-- name: A :many\nSELECT 'ööööö' AS ä FROM FROM;\n",
			`queries/a.sql:2:26: error[TF401]: syntax error at or near "FROM"`},
		{"marks at aliases before the place", "-- name: A :many\nSELECT count(*) AS \"ä!\", sum(input_tokens) AS \"total?\", emial FROM llm_usage ORDER BY \"total?\";\n",
			`queries/a.sql:2:57: error[TF401]: query A: column "emial" does not exist`},
		{"no command", "-- name: A :many\nSELECT 1;\n-- name: B\nSELECT 1;\n",
			`queries/a.sql:3:1: error[TF401]: query B: missing query type [':one', ':many', ':exec', ':execrows', ':execlastid', ':execresult', ':copyfrom', 'batchexec', 'batchmany', 'batchone']: -- name: B`},
		{"unknown command", "-- name: A :all\nSELECT 1;\n",
			`queries/a.sql:1:1: error[TF401]: query A: invalid query type: :all`},
		{"two of a name", "-- name: A :many\nSELECT 1;\n-- name: A :one\nSELECT 2;\n",
			"queries/a.sql:3:10: error[TF404]: there are two queries named A\n  note: queries/a.sql:1:10: the first one is here"},
		{"no query", "SELECT 1;\n",
			"sqlc.yaml:5:14: error[TF405]: the query files hold no query\n  hint: a query starts with a comment such as -- name: ListUsers :many"},
		{"panic", "-- name: A :many\nSELECT 1;\n-- name: B :many\nSELECT x FROM (SELECT 1 AS x);\n-- name: C :many\nSELECT nope FROM llm_usage;\n",
			"queries/a.sql:3:10: error[TF406]: sqlc stops on an error of its own in query B: runtime error: invalid memory address or nil pointer dereference\n" +
				"  hint: sqlc does not know all of PostgreSQL's syntax: a subquery in FROM, for one, needs an alias\n" +
				`queries/a.sql:6:8: error[TF401]: query C: column "nope" does not exist`},
		{"invalid after sqlc's changes", "-- name: A :many\nSELECT 1;\n-- é\n-- name: B :many\nSELECT * FROM odd;\n",
			"queries/a.sql:4:10: error[TF401]: query B: sqlc rewrites it to SQL that is not valid: unterminated quoted identifier at or near \"\" FROM odd\"\n" +
				`  hint: name the columns instead of *, and use $1 instead of a named parameter`},
		{"several", "-- name: A :many\nSELECT nope FROM llm_usage;\n-- name: B :many\nSELECT 1 FROM nothing;\n",
			`queries/a.sql:2:8: error[TF401]: query A: column "nope" does not exist` + "\n" +
				`queries/a.sql:4:15: error[TF401]: query B: relation "nothing" does not exist`},
	} {
		t.Run(tc.name, func(t *testing.T) {
			c := usage()
			c.Relations = append(c.Relations, catalog.Relation{Name: name("odd"), Columns: []catalog.Column{col(`a"b`, builtin("text"))}})
			list := diagnostics(t, project(t, goConfig+"-- queries/a.sql --\n"+tc.queries, c))
			assert.Equal(t, tc.want, brief(list))
		})
	}
}

// brief is a list without the lines that show the source.
func brief(list source.List) string {
	var lines []string
	for _, line := range strings.Split(list.Error(), "\n") {
		if !strings.HasPrefix(line, "  | ") {
			lines = append(lines, line)
		}
	}
	return strings.Join(lines, "\n")
}

func TestPlacesWithCarriageReturns(t *testing.T) {
	in := project(t, goConfig, usage())
	f := newQueryFile(source.NewFile("queries/a.sql", "-- name: A :many\r\n-- é\r\nSELECT\r\n  emial\r\nFROM llm_usage;\r\n"), "queries/0/a.sql")
	list := failing(t, in, f)
	require.Len(t, list, 1)
	assert.Equal(t, source.Position{Line: 4, Column: 3}, list[0].Span.Position())
}

// failing runs sqlc on files that were not read from a disk.
func failing(t *testing.T, in Input, files ...queryFile) source.List {
	t.Helper()
	r := &runner{in: in, dir: t.TempDir(), files: files, declared: declare(in)}
	require.NoError(t, r.write())
	a, err := run(context.Background(), r.dir, r.dir)
	require.NoError(t, err)
	require.False(t, a.ok)
	return r.diagnose(messages(a.stderr, files))
}

// Queries with random text of all widths around one mistake each: every message is in its query, on the mistake.
func TestPlacesInRandomText(t *testing.T) {
	random := rand.New(rand.NewSource(1))
	in := project(t, goConfig, usage())
	pad := func() string {
		var b strings.Builder
		for range random.Intn(12) {
			b.WriteString([]string{"a", " ", "é", "–", "🦊", "x'y", "\n-- ", "中", ";", " --", "\""}[random.Intn(11)])
		}
		return b.String()
	}
	for round := range 12 {
		var text strings.Builder
		want := map[string]int{} // byte of the mistake by the query's name
		for i := range 25 {
			name := fmt.Sprintf("Q%d", i)
			fmt.Fprintf(&text, "\n-- %s\n-- name: %s :many\n-- %s\n", pad(), name, pad())
			mistake := fmt.Sprintf("wrong_%d", i)
			fmt.Fprintf(&text, "SELECT '%s' AS b, ", strings.ReplaceAll(pad(), "'", "''"))
			if random.Intn(2) == 0 {
				fmt.Fprintf(&text, "/* %s */ ", pad())
			}
			if random.Intn(2) == 0 {
				want[name] = text.Len()
				fmt.Fprintf(&text, "%s FROM llm_usage WHERE model = '%s';", mistake, strings.ReplaceAll(pad(), "'", "''"))
				continue
			}
			text.WriteString("1 FROM ")
			want[name] = text.Len()
			fmt.Fprintf(&text, "%s;", mistake)
		}
		f := newQueryFile(source.NewFile("queries/a.sql", text.String()), "queries/0/a.sql")
		list := failing(t, in, f)
		require.Len(t, list, len(want), "round %d", round)
		for _, d := range list {
			name, _, _ := strings.Cut(strings.TrimPrefix(d.Message, "query "), ":")
			assert.Equal(t, want[name], d.Span.Start, "round %d, %s\n%s", round, d.Message, text.String())
		}
	}
}

// forward is how sqlc turns an offset into a place, in a few words: count, pass over blanks and comments, stop.
func forward(text string, offset int) (line, column int) {
	line = 1
	runes := []rune(text)
	comment := false
	for i, r := range runes {
		column++
		comment = comment || r == '-' && i+1 < len(runes) && runes[i+1] == '-'
		if r == '\n' {
			comment, line, column = false, line+1, 0
		}
		if i >= offset && !comment && !strings.ContainsRune(" \t\r\n\v\f\u0085\u00A0", r) {
			break
		}
	}
	return line, column
}

// FuzzPrinted: the offset that a place was made from is among those that printed finds for it.
func FuzzPrinted(f *testing.F) {
	f.Add("SELECT 'é' -- x\n\n  FROM t;", 9)
	f.Add("a--b\n--\nc", 2)
	f.Fuzz(func(t *testing.T, text string, offset int) {
		runes := utf8.RuneCountInString(text)
		if !utf8.ValidString(text) || offset < 0 || offset >= runes || strings.ContainsFunc(text, strangeSpace) {
			t.Skip()
		}
		line, column := forward(text, offset)
		low, high := printed(text, line, column)
		if offset < low || offset > high {
			t.Fatalf("%q: offset %d prints as %d:%d, which is [%d, %d]", text, offset, line, column, low, high)
		}
	})
}

func strangeSpace(r rune) bool { return r > 0xA0 && strings.TrimSpace(string(r)) == "" }

// FuzzMessages: whatever sqlc prints becomes messages that have a text, and diagnostics inside the file.
func FuzzMessages(f *testing.F) {
	f.Add("# package x\nqueries/0/a.sql:1:1: boo\nmore\n", "-- name: A :one\nSELECT 1;")
	f.Add("queries/0/a.sql:9:9: column \"a\" does not exist\nerror generating code: x", "é;;")
	f.Add("queries/0/a.sql:1:1: syntax error at or near \"\"", "")
	f.Fuzz(func(t *testing.T, stderr, text string) {
		if !utf8.ValidString(text) || !utf8.ValidString(stderr) {
			t.Skip()
		}
		files := []queryFile{newQueryFile(source.NewFile("a.sql", text), "queries/0/a.sql")}
		files[0].sent = sent(text)
		r := &runner{in: Input{Catalog: usage()}, files: files}
		for _, m := range messages(stderr, files) {
			if m.file == nil {
				continue
			}
			d := r.inQuery(m)
			if d.Span.Start < 0 || d.Span.End > len(text) || d.Span.Start > d.Span.End {
				t.Fatalf("%+v", d)
			}
		}
	})
}
