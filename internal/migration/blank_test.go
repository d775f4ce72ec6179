package migration

import (
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func blankedAs(layout, text string) string { return string(blankText(layout, text).text) }

func blankText(name, text string) *blanker {
	by := layoutNamed(name)
	a := by.annotations
	if a != nil && a.mark != "" && !a.marks(text) {
		a = nil
	}
	return blankFile(text, a, by)
}

// TestBlank is about single files: what is kept of each, with ~ for what is blanked.
func TestBlank(t *testing.T) {
	for _, tc := range []struct{ name, layout, text, want string }{
		{"nothing", plain, "SELECT 1;\n", "SELECT 1;\n"},
		{"empty", "goose", "", ""},
		{"byte order mark", plain, bom + "SELECT 1;", "~~~SELECT 1;"},
		{"byte order mark before an annotation", "goose", bom + "-- +goose Up\nA;\n-- +goose Down\nB;", "~~~-- +goose Up\nA;\n~~~~~~~~~~~~~~\n~~"},
		{"line ends of Windows", "goose", "-- +goose Up\r\nA;\r\n-- +goose Down\r\nB;\r\n", "-- +goose Up\r\nA;\r\n~~~~~~~~~~~~~~\r\n~~\r\n"},
		{"letters of several bytes", "dbmate", "-- migrate:up\né;\n-- migrate:down\né;\n", "-- migrate:up\né;\n~~~~~~~~~~~~~~~\n~~~\n"},
		{"goose goes by line, within a string too", "goose", "-- +goose Up\nDO '\n-- +goose Down\n';", "-- +goose Up\nDO '\n~~~~~~~~~~~~~~\n~~"},
		{"no mark after space", "goose", "-- +goose Up\nA;\n -- +goose Down\nB;", "-- +goose Up\nA;\n -- +goose Down\nB;"},
		{"a semicolon where a block has none", "goose", "-- +goose Up\n-- +goose StatementBegin\nA\n-- +goose StatementEnd\nB", "-- +goose Up\n-- +goose StatementBegin\nA\n;~~~~~~~~~~~~~~~~~~~~~\nB"},
		{"tern cuts anywhere", "tern", "A '---- create above / drop below ----';", "A '~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~"},
		{"no tern elsewhere", plain, "A '---- create above / drop below ----';", "A '---- create above / drop below ----';"},
		{"an archive of Atlas's", "atlas", "-- atlas:txtar\n\n-- checks.sql --\nA;\n-- migration.sql --\nB;\n-- down.sql --\nC;\n",
			"~~~~~~~~~~~~~~\n\n~~~~~~~~~~~~~~~~\n~~\n-- migration.sql --\nB;\n~~~~~~~~~~~~~~\n~~\n"},
		{"restrict", "dump", "\\restrict abc\nA;\n\\unrestrict abc\n", "~~~~~~~~~~~~~\nA;\n~~~~~~~~~~~~~~~\n"},
		{"rows without an end", "dump", "COPY a FROM stdin;\n1\tx", "~~~~~~~~~~~~~~~~~~\n~~~"},
		{"rows of Windows", "dump", "COPY a FROM stdin;\r\n1\r\n\\.\r\nA;", "~~~~~~~~~~~~~~~~~~\r\n~\r\n~~\r\nA;"},
		{"the end of rows within a row", "dump", "COPY a FROM stdin;\n\\.x\n \\.\n\\.\nA;", "~~~~~~~~~~~~~~~~~~\n~~~\n~~~\n~~\nA;"},
		{"no rows", "dump", "COPY a FROM 'stdin';\nCOPY a TO stdout;\nCOPY (SELECT 1 FROM stdin) TO STDOUT;\nB;", "COPY a FROM 'stdin';\nCOPY a TO stdout;\nCOPY (SELECT 1 FROM stdin) TO STDOUT;\nB;"},
		{"copy of a quoted table", "dump", `COPY "a;b" ("FROM", c) FROM /* ; */ STDIN WITH (FORMAT csv);` + "\n;\n\\.\nB;", "~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~\n~\n~~\nB;"},
		{"a line end in a comment of rows", "dump", "COPY a FROM stdin; -- x\n1\n\\.\nB;", "~~~~~~~~~~~~~~~~~~ -- x\n~\n~~\nB;"},
		{"semicolons in a rule", plain, `CREATE RULE r AS ON INSERT TO a DO (B; C) \g` + "\nD;", strings.Repeat("~", 44) + "\nD;"},
	} {
		assert.Equal(t, strings.ReplaceAll(tc.want, "~", " "), blankedAs(tc.layout, tc.text), tc.name)
	}
}

func TestLongFilesAndLines(t *testing.T) {
	long := "-- +goose Up\nSELECT '" + strings.Repeat("x", 3<<20) + "';\n"
	text := long + strings.Repeat("SELECT 1;\n", 1<<17) + "-- +goose Down\nDROP TABLE a;\n"
	got := blankedAs("goose", text)
	require.Len(t, got, len(text))
	kept := strings.Index(text, "-- +goose Down")
	assert.True(t, got[:kept] == text[:kept], "what is above is kept")
	assert.Empty(t, strings.TrimSpace(got[kept:]))
}

// FuzzBlank: whatever the text, it stays as long, its line ends stay where they are, it stays UTF-8, and nothing
// changes but to a space, or to the semicolon that stands in for a comment.
func FuzzBlank(f *testing.F) {
	for i, text := range []string{
		"-- +goose Up\nA\n-- +goose StatementEnd\n-- +goose Down\r\né;\n", "-- migrate:up\nA\n-- migrate:up\n-- migrate:down\n",
		"x\n-- +migrate Up\nA\n-- +migrate StatementEnd\n-- +migrate Down\n", "a{{x}}b{{ \"}}\" }}c{{`}}`\n---- create above / drop below ----\nb",
		"A\n--> statement-breakpoint\nB", "COPY a FROM stdin;\n1\n\\.\n\\copy b from stdin\n1\n\\.\nSELECT 1 \\gexec",
		"\\i a\n\\ir 'b c'\n\\if x\n\\echo 'a\\\\' \\\\ A;", bom + "-- atlas:txtar\n-- migration.sql --\nA\n-- down.sql --\n", "E'\\'' $a$ $$ $a$ /* /* */ -- */",
	} {
		f.Add(uint8(i), text)
	}
	f.Fuzz(func(t *testing.T, which uint8, text string) {
		if !utf8.ValidString(text) {
			t.Skip("files are UTF-8")
		}
		name := layouts[int(which)%len(layouts)].name
		b := blankText(name, text)
		got := string(b.text)
		require.Len(t, got, len(text))
		require.True(t, utf8.ValidString(got))
		for i := range len(got) {
			switch {
			case got[i] == text[i]:
			case text[i] == '\n' || text[i] == '\r':
				t.Fatalf("a line end at %d became %q", i, got[i])
			case got[i] == ';':
				require.True(t, strings.HasPrefix(text[i:], "--"))
			default:
				require.Equal(t, byte(' '), got[i])
			}
		}
		for _, in := range b.includes {
			require.Less(t, in.start, in.end)
			require.LessOrEqual(t, in.end, len(got))
		}
		require.Len(t, b.diagnostics("f", text), len(b.notes))
		again := string(blankFile(got, nil, layoutNamed(plain)).text)
		require.Equal(t, got, again, "blanking twice")
	})
}
