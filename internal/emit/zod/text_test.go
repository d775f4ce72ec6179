package zod

import (
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/trefoil-sql/trefoil/internal/constraint"

	"github.com/trefoil-sql/trefoil/internal/output"
)

// pieces are what text from SQL could break out with.
var pieces = []string{
	"'", `"`, "`", "${", "}", `\`, "*/", "/*", "//", "\n", "\r", "\r\n", "\t", "\x00", "\x1b", "\u2028", "\u2029", "\u202e", "\u200b",
	"\ufeff", "\u00ad", "\U000e0001", "é", "日本", "😀", "@", "@ts-nocheck", "{@link x}", "<!--", "-->", "</script>", "a", "0", " ", "*", "/",
	"\u0085", "\\u0041", "\\x41", "\\0", "//# sourceMappingURL=x",
}

func randomText(random *rand.Rand) string {
	var b strings.Builder
	for range random.IntN(8) {
		b.WriteString(pieces[random.IntN(len(pieces))])
	}
	return b.String()
}

// TestTextComesThrough writes random text as literals, keys and comments, and has Node and the compiler read it back.
func TestTextComesThrough(t *testing.T) {
	random := rand.New(rand.NewPCG(3, 4))
	texts := append([]string{hostile}, pieces...)
	for range 2000 {
		texts = append(texts, randomText(random))
	}
	var b strings.Builder
	b.WriteString("export const texts: [string, object][] = [];\n")
	for _, text := range texts {
		fmt.Fprintf(&b, "%stexts.push([%s, { %s: 1 }]);\n", tsdoc("", text, text), quote(text), key(text))
	}
	p := newProject(t, output.Tree{"index.ts": []byte(b.String())}, map[string]string{"read.mjs": `
		import { texts } from "./out/gen/index.js";
		process.stdout.write(JSON.stringify(texts.map(([text, keys]) => [text, Object.keys(keys)[0]])));
	`})
	p.compile()
	var read [][2]string
	require.NoError(t, json.Unmarshal(p.node("read.mjs", ""), &read))
	require.Len(t, read, len(texts))
	for i, text := range texts {
		require.Equal(t, [2]string{text, text}, read[i])
	}
}

func TestQuoteMendsInvalidText(t *testing.T) {
	require.Equal(t, "\"a\uFFFDb\"", quote("a\xffb"))
}

func TestQuotePicksTheQuotesWithFewerEscapes(t *testing.T) {
	require.Equal(t, `"it's"`, quote("it's"))
	require.Equal(t, `'say "x"'`, quote(`say "x"`))
	require.Equal(t, `"it's \"x"`, quote(`it's "x`))
}

func TestKeys(t *testing.T) {
	require.Equal(t, "name", key("name"))
	require.Equal(t, `"odd name"`, key("odd name"))
	require.Equal(t, `["__proto__"]`, key("__proto__"))
	require.Equal(t, `"1"`, typeKey("1"))
}

func TestComment(t *testing.T) {
	require.Empty(t, tsdoc("", "", " \n"))
	require.Equal(t, "/** One line. */\n", tsdoc("", "One line."))
	require.Equal(t, "  /**\n   * One\n   *\n   * Two\n   */\n", tsdoc("  ", "One", "Two\n"))
	require.Equal(t, "/** a *\\/ b */\n", tsdoc("", "a */ b"))
	require.Equal(t, "/** \\@internal */\n", tsdoc("", "@internal"))
}

func TestRegexes(t *testing.T) {
	for pattern, want := range map[string]string{
		"":               "/(?:)/u",
		"^a/b$":          `/^a\/b$/u`,
		`a\/b[/]`:        `/a\/b[\/]/u`,
		`\\/`:            `/\\\//u`,
		"\n\u2028\u202e": `/\u{a}\u{2028}\u{202e}/u`,
		"é😀":             "/é😀/u",
	} {
		require.Equal(t, want, regex(constraint.Regex{Pattern: pattern}))
	}
}

func TestJSONLiterals(t *testing.T) {
	for sql, want := range map[string]string{
		`{}`:                          "{}",
		`{"b": [1, 2.50], "a b": {}}`: `{ "a b": {}, b: [1, 2.5] }`,
		`{"__proto__": null}`:         `{ ["__proto__"]: null }`,
		`1e400`:                       "NaN",
		`0.1000000000000000000001`:    "NaN",
		`12345678901234567890`:        "NaN",
		`"\u2028\u0027"`:              `"\u2028'"`,
	} {
		require.Equal(t, want, jsonLiteral(sql))
	}
}
