package migration

import (
	"bytes"
	"regexp"
)

// includeAction is the action of Go's text/template that puts in another file, which is what tern's users do.
var includeAction = regexp.MustCompile(`^\{\{-?\s*template\s+["` + "`]([^\"`]+)[\"`]" + `[^}]*\}\}$`)

// templates blanks the actions of Go's text/template wherever they stand, strings and comments included: a file of
// tern's is a template first, and SQL after that.
func (b *blanker) templates() {
	for at := 0; ; {
		n := bytes.Index(b.text[at:], []byte("{{"))
		if n < 0 {
			return
		}
		at += n
		if !b.template(at) {
			return
		}
	}
}

// template blanks the action that begins at a byte, if one does. Outside of strings and comments SQL has no use for
// two braces.
func (b *blanker) template(at int) bool {
	if b.unclosed || !bytes.HasPrefix(b.text[at:], []byte("{{")) {
		return false
	}
	n := actionLength(b.text[at:])
	if n == 0 {
		b.unclosed = true
		return false
	}
	s := span{at, at + n}
	action := string(b.text[s.start:s.end])
	if m := includeAction.FindStringSubmatch(action); m != nil {
		b.includes = append(b.includes, include{s, m[1], false})
	} else if !bytes.HasPrefix(bytes.TrimLeft(b.text[at+2:s.end], "- \t\r\n"), []byte("/*")) {
		b.note(s, CodeTemplate, "name files of SQL that the template makes, if this matters",
			"this is a template, and the action is read as nothing")
	}
	b.blank(s)
	return true
}

// actionLength is the length of an action up to its }}, 0 if there is none. Its strings may hold braces.
func actionLength(text []byte) int {
	for i := 2; i+1 < len(text); i++ {
		switch c := text[i]; {
		case c == '}' && text[i+1] == '}':
			return i + 2
		case c == '"' || c == '`':
			n := closing(text[i+1:], c)
			if n < 0 {
				return 0
			}
			i += n + 1
		}
	}
	return 0
}

// closing is the index of the quote that ends a Go string, -1 if there is none.
func closing(text []byte, quote byte) int {
	for i := 0; i < len(text); i++ {
		switch {
		case text[i] == quote:
			return i
		case text[i] == '\\' && quote == '"':
			i++
		}
	}
	return -1
}
