package zod

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/trefoil-sql/trefoil/internal/constraint"
)

// quote writes a string literal, in the quotes that need fewer escapes. What an editor would not show as it runs is
// escaped: control characters, line separators, and the characters that change the direction of text.
func quote(s string) string {
	if plain(s) && strings.IndexByte(s, '\\') < 0 {
		switch {
		case strings.IndexByte(s, '"') < 0:
			return `"` + s + `"`
		case strings.IndexByte(s, '\'') < 0:
			return "'" + s + "'"
		}
	}
	mark := '"'
	if strings.Count(s, `"`) > strings.Count(s, "'") {
		mark = '\''
	}
	var b strings.Builder
	b.WriteRune(mark)
	for _, r := range strings.ToValidUTF8(s, "\uFFFD") {
		switch {
		case r == mark || r == '\\':
			b.WriteRune('\\')
			b.WriteRune(r)
		case r == '\n':
			b.WriteString(`\n`)
		case r == '\t':
			b.WriteString(`\t`)
		case hidden(r):
			fmt.Fprintf(&b, `\u%04x`, r)
		default:
			b.WriteRune(r)
		}
	}
	b.WriteRune(mark)
	return b.String()
}

// regex writes a regular expression literal.
func regex(r constraint.Regex) string {
	if r.Pattern == "" {
		return "/(?:)/u"
	}
	var b strings.Builder
	escaped := false
	for _, c := range r.Pattern {
		switch {
		case escaped:
			b.WriteRune(c)
		case c == '/':
			b.WriteString(`\/`)
		case hidden(c):
			fmt.Fprintf(&b, `\u{%x}`, c)
		default:
			b.WriteRune(c)
		}
		escaped = c == '\\' && !escaped
	}
	return "/" + b.String() + "/u"
}

// plain tells text of ASCII without control characters, which most text is.
func plain(s string) bool {
	for i := range len(s) {
		if s[i] < ' ' || s[i] > '~' {
			return false
		}
	}
	return true
}

// hidden tells characters that end a line of source, or make it look other than it runs.
func hidden(r rune) bool {
	if r < utf8.RuneSelf {
		return r < ' ' || r == 0x7F
	}
	return unicode.In(r, unicode.Cc, unicode.Zl, unicode.Zp, unicode.Bidi_Control) || r == '\uFEFF'
}

// isIdentifier tells a name of ASCII letters, digits, _ and $ that does not begin with a digit.
func isIdentifier(s string) bool {
	for i := range len(s) {
		if !isWord(s[i]) && s[i] != '$' || i == 0 && s[i] >= '0' && s[i] <= '9' {
			return false
		}
	}
	return s != ""
}

// isWord tells ASCII letters, digits and _.
func isWord(c byte) bool {
	return c == '_' || c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9'
}

// typeKey writes a property's name in an object type.
func typeKey(name string) string {
	if isIdentifier(name) {
		return name
	}
	return quote(name)
}

// key writes a property's name in an object literal, where a plain __proto__ would set the prototype.
func key(name string) string {
	if name == "__proto__" {
		return `["__proto__"]`
	}
	return typeKey(name)
}

// tsdoc writes paragraphs as a doc comment with its line break, or nothing. Empty paragraphs are left out.
func tsdoc(indent string, paragraphs ...string) string {
	if text, ok := onlyLine(paragraphs); ok {
		return indent + "/** " + text + " */\n"
	}
	var lines []string
	for _, p := range paragraphs {
		p = strings.TrimSpace(commentText(p))
		if p == "" {
			continue
		}
		if len(lines) > 0 {
			lines = append(lines, "")
		}
		lines = append(lines, strings.Split(p, "\n")...)
	}
	switch len(lines) {
	case 0:
		return ""
	case 1:
		return indent + "/** " + lines[0] + " */\n"
	}
	var b strings.Builder
	b.WriteString(indent + "/**\n")
	for _, line := range lines {
		b.WriteString(strings.TrimRight(indent+" * "+line, " ") + "\n")
	}
	b.WriteString(indent + " */\n")
	return b.String()
}

// onlyLine is the one paragraph that is not empty, where it is one line as well.
func onlyLine(paragraphs []string) (line string, ok bool) {
	for _, p := range paragraphs {
		if p == "" {
			continue
		}
		if ok || !plain(p) {
			return "", false
		}
		line, ok = strings.TrimSpace(commentText(p)), true
	}
	return line, ok && line != ""
}

var newlines = strings.NewReplacer("\r\n", "\n", "\r", "\n", "\u2028", "\n", "\u2029", "\n")

// commentText makes text from SQL safe in a block comment: it cannot end it, and a line that begins with @ is no tag,
// as @internal or @ts-ignore would be.
func commentText(s string) string {
	if plain(s) && !strings.Contains(s, "*/") && strings.IndexByte(s, '@') < 0 {
		return strings.TrimRight(s, " ")
	}
	s = newlines.Replace(strings.ToValidUTF8(s, "\uFFFD"))
	s = strings.Map(func(r rune) rune {
		if hidden(r) && r != '\n' {
			return ' '
		}
		return r
	}, s)
	s = strings.ReplaceAll(s, "*/", `*\/`)
	lines := strings.Split(s, "\n")
	for i, line := range lines {
		line = strings.TrimRight(line, " ")
		if rest := strings.TrimLeft(line, " */"); strings.HasPrefix(rest, "@") {
			line = line[:len(line)-len(rest)] + `\` + rest
		}
		lines[i] = line
	}
	return strings.Join(lines, "\n")
}
