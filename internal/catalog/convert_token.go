package catalog

import (
	"strings"
	"unicode/utf8"
)

// skipSpace moves over white space and comments.
func skipSpace(text string, pos int) int {
	for pos < len(text) {
		switch c := text[pos]; {
		case c == ' ' || '\t' <= c && c <= '\r':
			pos++
		case c != '-' && c != '/':
			return pos
		case strings.HasPrefix(text[pos:], "--"):
			pos = afterOr(text, pos, "\n")
		case strings.HasPrefix(text[pos:], "/*"):
			pos = commentEnd(text, pos)
		default:
			return pos
		}
	}
	return len(text)
}

// commentEnd is after a block comment; these nest.
func commentEnd(text string, pos int) int {
	depth := 0
	for pos < len(text) {
		switch {
		case strings.HasPrefix(text[pos:], "/*"):
			depth++
			pos += 2
		case strings.HasPrefix(text[pos:], "*/"):
			depth--
			pos += 2
		default:
			pos++
		}
		if depth == 0 {
			return pos
		}
	}
	return len(text)
}

// afterOr is the place after the next occurrence of a mark, or the end of the text.
func afterOr(text string, pos int, mark string) int {
	if i := strings.Index(text[pos:], mark); i >= 0 {
		return pos + i + len(mark)
	}
	return len(text)
}

const operatorBytes = "+-*/<>=~!@#%^&|`?"

// tokenEnd is where the token that starts at a place ends. It knows enough of the lexer for text that has parsed.
func tokenEnd(text string, pos int) int {
	if pos >= len(text) {
		return len(text)
	}
	c := text[pos]
	switch {
	case c == '\'':
		return quotedEnd(text, pos, '\'', false)
	case c == '"':
		return quotedEnd(text, pos, '"', false)
	case c == '$':
		return dollarEnd(text, pos)
	case isDigit(c), c == '.' && pos+1 < len(text) && isDigit(text[pos+1]):
		return numberEnd(text, pos)
	case isWordByte(c):
		return wordEnd(text, pos)
	case c == ':' && strings.HasPrefix(text[pos:], "::"), c == ':' && strings.HasPrefix(text[pos:], ":="):
		return pos + 2
	case strings.IndexByte(operatorBytes, c) >= 0:
		return operatorEnd(text, pos)
	}
	_, size := utf8.DecodeRuneInString(text[pos:])
	return pos + size
}

// wordEnd ends an identifier or keyword, or the string that a prefix such as E or U& starts.
func wordEnd(text string, pos int) int {
	end := pos
	for end < len(text) && (isWordByte(text[end]) || isDigit(text[end]) || text[end] == '$') {
		end++
	}
	rest := text[end:]
	if rest == "" || rest[0] != '\'' && rest[0] != '&' {
		return end
	}
	prefix := strings.ToLower(text[pos:end])
	switch {
	case strings.HasPrefix(rest, "'") && (prefix == "e" || prefix == "b" || prefix == "x" || prefix == "n"):
		return quotedEnd(text, end, '\'', prefix == "e")
	case prefix == "u" && (strings.HasPrefix(rest, "&'") || strings.HasPrefix(rest, `&"`)):
		return quotedEnd(text, end+1, text[end+1], false)
	}
	return end
}

// quotedEnd ends a quoted string or name; a doubled quote is inside it, and so is an escaped one where escapes count.
func quotedEnd(text string, pos int, quote byte, escapes bool) int {
	for i := pos + 1; i < len(text); i++ {
		switch {
		case escapes && text[i] == '\\':
			i++
		case text[i] == quote && i+1 < len(text) && text[i+1] == quote:
			i++
		case text[i] == quote:
			return i + 1
		}
	}
	return len(text)
}

// dollarEnd ends a dollar-quoted string or a parameter such as $1.
func dollarEnd(text string, pos int) int {
	end := pos + 1
	for end < len(text) && (isWordByte(text[end]) || isDigit(text[end])) {
		end++
	}
	if end < len(text) && text[end] == '$' && (end == pos+1 || !isDigit(text[pos+1])) {
		return afterOr(text, end+1, text[pos:end+1])
	}
	return end
}

func numberEnd(text string, pos int) int {
	for pos < len(text) {
		switch c := text[pos]; {
		case isDigit(c), c == '.', c == '_', 'a' <= c|0x20 && c|0x20 <= 'z':
			pos++
		case (c == '-' || c == '+') && text[pos-1]|0x20 == 'e':
			pos++
		default:
			return pos
		}
	}
	return pos
}

// operatorEnd ends an operator; a comment ends it too.
func operatorEnd(text string, pos int) int {
	end := pos + 1
	for end < len(text) && strings.IndexByte(operatorBytes, text[end]) >= 0 &&
		!strings.HasPrefix(text[end:], "--") && !strings.HasPrefix(text[end:], "/*") {
		end++
	}
	return end
}

// qualifiedEnd ends a name with its .parts, of which the last may be *.
func qualifiedEnd(text string, pos int) int {
	end := tokenEnd(text, pos)
	for {
		dot := skipSpace(text, end)
		if dot >= len(text) || text[dot] != '.' {
			return end
		}
		next := skipSpace(text, dot+1)
		if next < len(text) && text[next] == '*' {
			return next + 1
		}
		end = tokenEnd(text, next)
	}
}

// typeWords may follow the first word of a type's name.
var typeWords = map[string]bool{
	"varying": true, "precision": true, "with": true, "without": true, "time": true, "zone": true, "array": true,
	"character": true, "char": true, "to": true, "year": true, "month": true, "day": true, "hour": true, "minute": true, "second": true,
}

// typeEnd ends a type as it was written: its name in one or more words, modifiers and array bounds.
func typeEnd(text string, pos int) int {
	end := qualifiedEnd(text, pos)
	for {
		next := skipSpace(text, end)
		if next >= len(text) {
			return end
		}
		stop := tokenEnd(text, next)
		switch {
		case text[next] == '(' || text[next] == '[':
			end = balance(text, extent{next, stop, true}).end
		case typeWords[strings.ToLower(text[next:stop])] && !strings.EqualFold(text[pos:end], "setof"):
			end = stop
		default:
			return end
		}
	}
}

func isDigit(c byte) bool { return '0' <= c && c <= '9' }

// isWordByte tells what may start an identifier; every byte of a character beyond ASCII may.
func isWordByte(c byte) bool { return c == '_' || c >= 0x80 || 'a' <= c|0x20 && c|0x20 <= 'z' }
