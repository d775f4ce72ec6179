package migration

import (
	"bytes"
	"strings"
)

// tokenKind is as much of SQL's grammar as blanking needs.
type tokenKind int

const (
	space   tokenKind = iota
	comment           // of either kind
	quoted            // a string of any kind, or a quoted name
	word              // a name, a keyword or a number
	symbol            // one byte of anything else
)

// nextToken is the token of PostgreSQL's that begins at a byte, and where it ends. A string or a comment without its
// end reaches to the end of the text.
func nextToken(text []byte, at int) (tokenKind, int) {
	rest := text[at:]
	switch c := rest[0]; {
	case isSpace(c):
		return space, at + countWhile(rest, isSpace)
	case bytes.HasPrefix(rest, []byte("--")):
		return comment, at + countWhile(rest, func(c byte) bool { return c != '\n' && c != '\r' })
	case bytes.HasPrefix(rest, []byte("/*")):
		return comment, at + blockComment(rest)
	case c == '\'' || c == '"':
		return quoted, at + quotedBy(rest, c)
	case (c == 'e' || c == 'E') && len(rest) > 1 && rest[1] == '\'':
		return quoted, at + 1 + escapeString(rest[1:])
	case c == '$':
		if n := dollarString(rest); n > 0 {
			return quoted, at + n
		}
	case isWord(c):
		return word, at + countWhile(rest, isWord)
	}
	return symbol, at + 1
}

func isSpace(c byte) bool { return strings.IndexByte(" \t\n\r\f\v", c) >= 0 }

// isWord tells whether a byte may stand in a name after its first byte. Bytes of letters beyond ASCII may.
func isWord(c byte) bool {
	return c == '_' || c == '$' || c >= 0x80 || '0' <= c && c <= '9' || 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z'
}

func countWhile(text []byte, is func(byte) bool) int {
	for i, c := range text {
		if !is(c) {
			return i
		}
	}
	return len(text)
}

// blockComment is the length of a comment /* */, which may hold others.
func blockComment(text []byte) int {
	depth := 0
	for i := 0; i+1 < len(text); i++ {
		switch {
		case text[i] == '/' && text[i+1] == '*':
			depth++
			i++
		case text[i] == '*' && text[i+1] == '/':
			depth--
			i++
			if depth == 0 {
				return i + 1
			}
		}
	}
	return len(text)
}

// quotedBy is the length of a string or name between two quotes. A doubled quote within needs no care: it reads as
// two strings side by side.
func quotedBy(text []byte, quote byte) int {
	if n := bytes.IndexByte(text[1:], quote); n >= 0 {
		return n + 2
	}
	return len(text)
}

// escapeString is the length of a string E'…' from its quote on, in which a backslash takes the next byte with it.
// Such a string goes on after a line end, in one more pair of quotes.
func escapeString(text []byte) int {
	for i := 1; i < len(text); i++ {
		switch text[i] {
		case '\\':
			i++
		case '\'':
			gap := countWhile(text[i+1:], isSpace)
			next := i + 1 + gap
			doubled := gap == 0
			continued := bytes.ContainsAny(text[i+1:next], "\n\r")
			if next == len(text) || text[next] != '\'' || !doubled && !continued {
				return i + 1
			}
			i = next
		}
	}
	return len(text)
}

// dollarString is the length of a string $tag$…$tag$, 0 if none begins here.
func dollarString(text []byte) int {
	end := 1 + countWhile(text[1:], func(c byte) bool { return c != '$' && isWord(c) })
	if end == len(text) || text[end] != '$' || end > 1 && '0' <= text[1] && text[1] <= '9' {
		return 0
	}
	tag := text[:end+1]
	if n := bytes.Index(text[end+1:], tag); n >= 0 {
		return end + 1 + n + len(tag)
	}
	return len(text)
}

// lineComments calls visit with the text of each comment of the kind --, until it returns false.
func lineComments(text string, visit func(at int, comment string) bool) {
	b := []byte(text)
	for at := 0; at < len(b); {
		kind, end := nextToken(b, at)
		if kind == comment && b[at] == '-' && !visit(at, text[at:end]) {
			return
		}
		at = end
	}
}
