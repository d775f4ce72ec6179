package source

import (
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestPositionCountsCodePoints(t *testing.T) {
	f := NewFile("a.sql", "één\r\nnaïve = 1\n\nend")
	for _, tc := range []struct {
		at   string
		want Position
	}{
		{"één", Position{1, 1}},
		{"n\r", Position{1, 3}},
		{"ve", Position{2, 4}},
		{"end", Position{4, 1}},
	} {
		assert.Equal(t, tc.want, f.Position(strings.Index(f.Text, tc.at)), tc.at)
	}
	assert.Equal(t, Position{4, 4}, f.Position(len(f.Text)+100))
	assert.Equal(t, Position{1, 1}, f.Position(-1))
	assert.Equal(t, "één", f.Line(1))
	assert.Equal(t, "", f.Line(3))
	assert.Equal(t, "end", f.Line(4))
	assert.Equal(t, "", f.Line(5))
}

func TestDiagnosticsAreSortedAndPointAtTheirPlace(t *testing.T) {
	b := NewFile("b.sql", "create table t (\n\temial text\n);\n")
	a := NewFile("a.sql", "select 1;")
	at := strings.Index(b.Text, "emial")
	list := List{
		{Span: Span{b, at, at + 5}, Code: "42703", Message: `column "emial" does not exist`, Hint: `did you mean "email"?`,
			Notes: []Note{{Span: Span{a, 0, 6}, Message: "first used here"}}},
		{Span: Span{a, 7, 8}, Severity: Warning, Code: "TF999", Message: "second"},
		{Message: "no place"},
	}
	want := "error: no place\n" +
		"a.sql:1:8: warning[TF999]: second\n" +
		"  | select 1;\n" +
		"  |        ^\n" +
		"b.sql:2:2: error[42703]: column \"emial\" does not exist\n" +
		"  | \temial text\n" +
		"  | \t^^^^^\n" +
		"  hint: did you mean \"email\"?\n" +
		"  note: a.sql:1:1: first used here\n"
	var out strings.Builder
	require.NoError(t, list.Write(&out))
	assert.Equal(t, want, out.String())
	assert.Error(t, list.Err())
	assert.NoError(t, List{{Severity: Warning, Message: "w"}}.Err())
}

func TestOnlyFiftyArePrinted(t *testing.T) {
	var list List
	for range 53 {
		list = append(list, Errorf(Span{}, "X", "same"))
	}
	assert.Equal(t, 50, strings.Count(list.Error(), "error[X]: same"))
	assert.Contains(t, list.Error(), "… and 3 more")
}

// FuzzDiagnostic: any span of any text renders without a panic, as valid UTF-8, on a bounded number of lines.
func FuzzDiagnostic(f *testing.F) {
	f.Add("a\tb\nc", 2, 4)
	f.Add("é"+strings.Repeat("x", 500)+"\r\n", 300, 9000)
	f.Fuzz(func(t *testing.T, text string, start, end int) {
		if !utf8.ValidString(text) {
			t.Skip("files are valid UTF-8")
		}
		file := NewFile("f.sql", text)
		out := List{Errorf(Span{file, start, end}, "X", "message")}.Error()
		if !utf8.ValidString(strings.ToValidUTF8(out, "")) || strings.Count(out, "\n") > 2 {
			t.Fatalf("%q", out)
		}
		p := file.Position(start)
		if p.Line < 1 || p.Column < 1 {
			t.Fatalf("%v", p)
		}
	})
}
