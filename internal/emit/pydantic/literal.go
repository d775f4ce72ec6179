package pydantic

import (
	"fmt"
	"strings"
	"unicode"
)

// quote writes a Python string literal. What does not print is escaped: control characters, line separators, and the
// marks that change the direction of text.
func quote(s string) string {
	if isPlain(s, ' ') {
		return `"` + s + `"`
	}
	var b strings.Builder
	b.WriteByte('"')
	for _, r := range s {
		switch r {
		case '"', '\\':
			b.WriteByte('\\')
			b.WriteRune(r)
		case '\n':
			b.WriteString(`\n`)
		case '\t':
			b.WriteString(`\t`)
		case '\r':
			b.WriteString(`\r`)
		default:
			writeRune(&b, r)
		}
	}
	b.WriteByte('"')
	return b.String()
}

// isPlain tells text of ASCII in which nothing is escaped, besides one character that may be in it.
func isPlain(s string, besides byte) bool {
	for i := range len(s) {
		if s[i] != besides && (s[i] < ' ' || s[i] > '~' || s[i] == '"' || s[i] == '\\') {
			return false
		}
	}
	return true
}

func quoteAll(list []string) []string {
	quoted := make([]string, len(list))
	for i, s := range list {
		quoted[i] = quote(s)
	}
	return quoted
}

// writeRune writes a character as it is if it prints, else as an escape.
func writeRune(b *strings.Builder, r rune) {
	switch {
	case unicode.IsPrint(r):
		b.WriteRune(r)
	case r <= 0xff:
		fmt.Fprintf(b, `\x%02x`, r)
	case r <= 0xffff:
		fmt.Fprintf(b, `\u%04x`, r)
	default:
		fmt.Fprintf(b, `\U%08x`, r)
	}
}

// docstring writes paragraphs as a docstring, its lines indented. Empty paragraphs are left out.
func docstring(indent string, paragraphs ...string) string {
	var kept []string
	for _, p := range paragraphs {
		if p = strings.TrimSpace(p); p != "" {
			kept = append(kept, p)
		}
	}
	text := escapeDoc(strings.Join(kept, "\n\n"))
	if !strings.Contains(text, "\n") {
		return `"""` + text + `"""`
	}
	var b strings.Builder
	b.Grow(len(text) + 8*len(indent) + 8)
	b.WriteString(`"""`)
	first := true
	for line := range strings.SplitSeq(text, "\n") {
		if line = strings.TrimRight(line, " "); !first && line != "" {
			b.WriteString(indent)
		}
		first = false
		b.WriteString(line)
		b.WriteByte('\n')
	}
	b.WriteString(indent)
	b.WriteString(`"""`)
	return b.String()
}

// escapeDoc escapes text for the inside of a docstring. A quote is escaped where it could end the docstring: before
// another one, or as the last character.
func escapeDoc(s string) string {
	if isPlain(s, '\n') {
		return s
	}
	s = strings.ReplaceAll(s, "\r\n", "\n")
	var b strings.Builder
	b.Grow(len(s))
	for i, r := range s {
		switch {
		case r == '\n':
			b.WriteByte('\n')
		case r == '\\':
			b.WriteString(`\\`)
		case r == '"' && (i+1 == len(s) || s[i+1] == '"'):
			b.WriteString(`\"`)
		default:
			writeRune(&b, r)
		}
	}
	return b.String()
}
