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
	word              // a name, a keyword, a number or a parameter
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
		return comment, at + countWhile(rest, inLine)
	case bytes.HasPrefix(rest, []byte("/*")):
		return comment, at + blockComment(rest)
	case c == '"':
		return quoted, at + stringBody(rest, '"', false)
	case c == '\'':
		return quoted, at + stringLength(rest, false)
	case (c == 'e' || c == 'E') && len(rest) > 1 && rest[1] == '\'':
		return quoted, at + 1 + stringLength(rest[1:], true)
	case c == '$' && len(rest) > 1 && isDigit(rest[1]):
		return word, at + 1 + countWhile(rest[1:], isDigit)
	case c == '$':
		if n := dollarString(rest); n > 0 {
			return quoted, at + n
		}
	case isDigit(c):
		return word, at + countWhile(rest, func(c byte) bool { return isWord(c) && c != '$' })
	case isWord(c):
		return word, at + countWhile(rest, isWord)
	}
	return symbol, at + 1
}

func isSpace(c byte) bool { return strings.IndexByte(" \t\n\r\f\v", c) >= 0 }

func isLineEnd(c byte) bool { return c == '\n' || c == '\r' }

func inLine(c byte) bool { return !isLineEnd(c) }

func isDigit(c byte) bool { return '0' <= c && c <= '9' }

// isWord tells whether a byte may stand in a name after its first byte. Bytes of letters beyond ASCII may.
func isWord(c byte) bool {
	return c == '_' || c == '$' || c >= 0x80 || isDigit(c) || 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z'
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

// stringBody is the length of what stands between two quotes, with them. A backslash may take the next byte with it. A
// doubled quote needs no care: it reads as two strings side by side.
func stringBody(text []byte, quote byte, escapes bool) int {
	for i := 1; i < len(text); i++ {
		switch {
		case text[i] == quote:
			return i + 1
		case text[i] == '\\' && escapes:
			i++
		}
	}
	return len(text)
}

// stringLength is the length of a string from its quote on. It goes on in one more pair of quotes at once, or after
// space with a line end.
func stringLength(text []byte, escapes bool) int {
	end := stringBody(text, '\'', escapes)
	for {
		gap := countWhile(text[end:], isSpace)
		next := end + gap
		if next == len(text) || text[next] != '\'' || gap > 0 && !bytes.ContainsAny(text[end:next], "\n\r") {
			return end
		}
		end = next + stringBody(text[next:], '\'', escapes)
	}
}

// dollarString is the length of a string $tag$…$tag$, 0 if none begins here.
func dollarString(text []byte) int {
	end := 1 + countWhile(text[1:], func(c byte) bool { return c != '$' && isWord(c) })
	if end == len(text) || text[end] != '$' {
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
