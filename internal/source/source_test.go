package source

import (
	"encoding/json"
	"fmt"
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
	for i := range 53 {
		list = append(list, Errorf(Span{}, "X", "number %d", i))
	}
	assert.Equal(t, 50, strings.Count(list.Error(), "error[X]: number "))
	assert.Contains(t, list.Error(), "… and 3 more")

	// Errors are not crowded out by warnings, wherever those are.
	f := NewFile("z.sql", "x")
	list = append(list[:40], Diagnostic{Span: Span{f, 0, 1}, Code: "Y", Message: "at the end"})
	for i := range 20 {
		list = append(list, Diagnostic{Severity: Warning, Code: "W", Message: fmt.Sprint(i)})
	}
	shown, total := list.Shown()
	assert.Len(t, shown, 50)
	assert.Equal(t, 61, total)
	assert.Equal(t, "at the end", shown[49].Message, "what is shown is in order of place")
}

func TestEqualOnesAreToldOnce(t *testing.T) {
	one, again := NewFile("a.sql", "select"), NewFile("a.sql", "select")
	d := Errorf(Span{one, 0, 3}, "X", "m")
	same := d
	same.Span.File = again
	list := List{d}
	for _, change := range []func(*Diagnostic){
		func(d *Diagnostic) { d.Span.Start = 1 }, func(d *Diagnostic) { d.Code = "Y" }, func(d *Diagnostic) { d.Message = "n" },
		func(d *Diagnostic) { d.Hint = "h" }, func(d *Diagnostic) { d.Severity = Warning },
		func(d *Diagnostic) { d.Notes = []Note{{Message: "n"}} }, func(d *Diagnostic) { d.Notes = []Note{{Span: d.Span, Message: "n"}} },
	} {
		other := d
		change(&other)
		list = append(list, other, other)
	}
	shown, total := append(list, same).Shown()
	assert.Equal(t, 8, total)
	assert.Len(t, shown, 8)
}

// TestNamesCannotForgeOutput: what a name holds is shown and not obeyed.
func TestNamesCannotForgeOutput(t *testing.T) {
	f := NewFile("a.sql", "\x1b[2Jx\u202e bad")
	at := strings.Index(f.Text, "bad")
	list := List{{Span: Span{f, at, at + 3}, Code: "X", Message: "name \x1b[1m\n" + "b.sql:1:1: error[Y]: forged", Hint: "\u2028"}}
	assert.Equal(t, "a.sql:1:8: error[X]: name \\x1b[1m\n"+
		"    b.sql:1:1: error[Y]: forged\n"+
		"  | \ufffd[2Jx\ufffd bad\n"+
		"  |        ^^^\n"+
		"  hint: \\u2028\n", list.Error()+"\n")

	var out strings.Builder
	require.NoError(t, list.WriteGitHub(&out, func(p string) string { return "sub:1,%/" + p }))
	assert.Equal(t, "::error file=sub%3A1%2C%25/a.sql,line=1,col=8,endColumn=11,title=error[X]::"+
		"name \x1b[1m%0Ab.sql:1:1: error[Y]: forged%0Ahint: \u2028\n", out.String())
}

func TestGitHub(t *testing.T) {
	f := NewFile("a.sql", "one\ntwo\n")
	list := List{
		{Severity: Warning, Code: "W", Message: "100% sure", Span: Span{f, 1, 6}, Notes: []Note{{Span{f, 4, 7}, "there"}}},
		{Severity: Info, Message: "no place"},
	}
	for i := range 50 {
		list = append(list, Errorf(Span{f, 4, 7}, "E", "%d", i))
	}
	var out strings.Builder
	require.NoError(t, list.WriteGitHub(&out, func(p string) string { return p }))
	assert.True(t, strings.HasPrefix(out.String(), "::error file=a.sql,line=2,col=1,endColumn=4,title=error[E]::0\n"), out.String())
	assert.True(t, strings.HasSuffix(out.String(), "… and 2 more\n"))
	out.Reset()
	require.NoError(t, list[:2].WriteGitHub(&out, func(p string) string { return p }))
	assert.Equal(t, "::notice title=info::no place\n"+
		"::warning file=a.sql,line=1,col=2,title=warning[W]::100%25 sure%0Anote: a.sql:2:1: there\n", out.String())
}

func TestMessages(t *testing.T) {
	f := NewFile("a.sql", "é one\ntwo\n")
	list := List{
		{Code: "X", Message: "m", Hint: "h", Span: Span{f, 3, 10}, Notes: []Note{{Span{f, 0, 0}, "n"}, {Message: "nowhere"}}},
		{Severity: Info, Message: "no place"},
	}
	messages, total := list.Messages()
	assert.Equal(t, 2, total)
	got, err := json.Marshal(messages)
	require.NoError(t, err)
	assert.JSONEq(t, `[
		{"severity": "info", "code": null, "message": "no place", "hint": null, "place": null, "notes": []},
		{"severity": "error", "code": "X", "message": "m", "hint": "h",
		 "place": {"file": "a.sql", "line": 1, "column": 3, "end_line": 2, "end_column": 4},
		 "notes": [
			{"message": "n", "place": {"file": "a.sql", "line": 1, "column": 1, "end_line": 1, "end_column": 1}},
			{"message": "nowhere", "place": null}]}]`, string(got))
	messages, _ = List{}.Messages()
	assert.NotNil(t, messages)
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
