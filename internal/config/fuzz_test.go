package config

import (
	"os"
	"path/filepath"
	"testing"
	"unicode/utf8"

	"github.com/stretchr/testify/require"
	"golang.org/x/tools/txtar"
)

// FuzzLoad: no text makes the reader panic; every mistake has a place within the file, and what is accepted is complete.
func FuzzLoad(f *testing.F) {
	for _, text := range accepted {
		f.Add([]byte(text))
	}
	cases, err := filepath.Glob("testdata/mistakes/*.txtar")
	require.NoError(f, err)
	for _, path := range cases {
		ar, err := txtar.ParseFile(path)
		require.NoError(f, err)
		f.Add(ar.Files[0].Data)
	}
	f.Add([]byte("\xef\xbb\xbfversion: \"2\"\r\nsql: [\u2028{engine: ßß}]"))
	f.Add([]byte("version: '2'\x85\xff"))
	f.Add([]byte("a: &a [x]\nb: &b [*a,*a,*a,*a]\nc: &c [*b,*b,*b,*b]\nd: [*c,*c]\n<<: {<<: {}}"))
	f.Fuzz(func(t *testing.T, text []byte) {
		r := newReader("sqlc.yaml", text)
		var c *Config
		if doc := r.parse(); doc != nil {
			c = r.read(doc)
		}
		if !utf8.ValidString(r.file.Text) {
			t.Fatal("the file shown is no UTF-8")
		}
		for _, d := range r.list {
			checkSpan(t, r, d.Span.Start, d.Span.End)
			for _, n := range d.Notes {
				checkSpan(t, r, n.Span.Start, n.Span.End)
			}
			if d.Message == "" || d.Code == "" {
				t.Fatalf("%+v", d)
			}
		}
		if len(r.list) == 0 && (c == nil || len(c.SQL) == 0) {
			t.Fatal("neither a config nor a mistake")
		}
		_ = r.list.Error()
	})
}

func checkSpan(t *testing.T, r *reader, start, end int) {
	text := r.file.Text
	if start < 0 || end < start || end > len(text) {
		t.Fatalf("span %d–%d of %d bytes", start, end, len(text))
	}
	if start < len(text) && !utf8.RuneStart(text[start]) || end < len(text) && !utf8.RuneStart(text[end]) {
		t.Fatalf("span %d–%d cuts a character in %q", start, end, text)
	}
}

// TestPlacesOfOtherLineBreaks: all that YAML takes for the end of a line ends a line here too.
func TestPlacesOfOtherLineBreaks(t *testing.T) {
	for _, br := range []string{"\n", "\r\n", "\r", "\u0085", "\u2028", "\u2029"} {
		for _, bom := range []string{"", "\ufeff"} {
			text := bom + "# größe" + br + "version: \"2\"" + br + "sql: [{\"e\u00e9\": 'it''s', engine: mysql, schema: x}]" + br
			r := newReader("sqlc.yaml", []byte(text))
			r.read(r.parse())
			var found []string
			for _, d := range r.list {
				found = append(found, d.Span.Text())
			}
			require.ElementsMatch(t, []string{`"eé"`, "mysql"}, found, "%q", text)
		}
	}
}

func TestBytesThatAreNoUTF8(t *testing.T) {
	dir := t.TempDir()
	require.NoError(t, os.WriteFile(filepath.Join(dir, "sqlc.yaml"), []byte("version: \"2\"\n# \xe9t\xe9\n"), 0o600))
	_, err := Load(dir, "")
	require.EqualError(t, err, "sqlc.yaml:2:3: error[TF101]: these bytes are not UTF-8\n  | # \ufffdt\ufffd\n  |   ^\n  hint: save the file as UTF-8")
}
