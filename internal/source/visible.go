package source

import (
	"strconv"
	"strings"
	"unicode"
)

// A name in SQL can hold anything, also what moves a terminal's cursor or turns the direction of the text round. Such
// characters are never printed as they are.

// Visible is a text with the escapes of Go for such characters. The lines after its first are indented, so that none of
// them can be taken for a message of its own.
func Visible(text string) string {
	var b strings.Builder
	for _, r := range text {
		switch {
		case r == '\n':
			b.WriteString("\n    ")
		case hidden(r):
			b.WriteString(strings.Trim(strconv.QuoteRuneToASCII(r), "'"))
		default:
			b.WriteRune(r)
		}
	}
	return b.String()
}

// blanked is a line with one character for each of its own, so that a caret under it stays right.
func blanked(line []rune) string {
	out := make([]rune, len(line))
	for i, r := range line {
		if hidden(r) {
			r = unicode.ReplacementChar
		}
		out[i] = r
	}
	return string(out)
}

func hidden(r rune) bool {
	return r != '\t' && (unicode.IsControl(r) || unicode.Is(unicode.Bidi_Control, r) || unicode.In(r, unicode.Zl, unicode.Zp))
}
