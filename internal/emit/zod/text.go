package zod

import (
	"fmt"
	"regexp"
	"strings"
	"unicode"

	"github.com/trefoil-sql/trefoil/internal/constraint"
)

// quote writes a string literal, in the quotes that need fewer escapes. What an editor would not show as it runs is
// escaped: control characters, line separators, and the characters that change the direction of text.
func quote(s string) string {
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

// hidden tells characters that end a line of source, or make it look other than it runs.
func hidden(r rune) bool {
	return unicode.In(r, unicode.Cc, unicode.Zl, unicode.Zp, unicode.Bidi_Control) || r == '\uFEFF'
}

var identifier = regexp.MustCompile(`^[A-Za-z_$][A-Za-z0-9_$]*$`)

// typeKey writes a property's name in an object type.
func typeKey(name string) string {
	if identifier.MatchString(name) {
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

var newlines = strings.NewReplacer("\r\n", "\n", "\r", "\n", "\u2028", "\n", "\u2029", "\n")

// commentText makes text from SQL safe in a block comment: it cannot end it, and a line that begins with @ is no tag,
// as @internal or @ts-ignore would be.
func commentText(s string) string {
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
