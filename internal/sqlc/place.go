package sqlc

import (
	"strings"
	"unicode"

	"github.com/trefoil-sql/trefoil/internal/source"
)

// sqlc prints the place of a message as a line and a column, both from 1, the column in code points. It derives them
// from an offset: of the parser's errors a count of code points from 1, of all others a count of bytes from 0, in both
// cases read as code points from 0, and moved over blanks and "--" comments. So in a text that is not ASCII the printed
// place is behind the true one; and of a message about a statement as a whole it is the start of the text, or where the
// statement before ends. The functions here take that back.

// printed finds the offsets, counted as sqlc does, that it prints as a place: those in [low, high].
func printed(text string, line, column int) (low, high int) {
	var comment bool
	runes := []rune(text)
	l, c := 1, 0
	low = 0
	for i, r := range runes {
		c++
		if r == '-' && i+1 < len(runes) && runes[i+1] == '-' {
			comment = true
		}
		if r == '\n' {
			comment = false
			l, c = l+1, 0
		}
		if l == line && c >= column || l > line {
			return low, i
		}
		if !comment && !unicode.IsSpace(r) {
			low = i + 1
		}
	}
	return low, len(runes)
}

// parserPlace is where a message of the parser points: it names the text that it stopped at.
func parserPlace(f *source.File, m message) (source.Span, bool) {
	if strings.HasSuffix(m.text, "at end of input") {
		end := len(strings.TrimRight(f.Text, " \t\r\n"))
		return source.Span{File: f, Start: end, End: end}, true
	}
	_, near, ok := strings.Cut(m.text, `at or near "`)
	if !ok {
		return source.Span{}, false
	}
	near = strings.TrimSuffix(near, `"`)
	_, high := printed(f.Text, m.line, m.column)
	limit := runeOffset(f.Text, high-1) + len(near)
	at := strings.LastIndex(f.Text[:min(limit, len(f.Text))], near)
	return source.Span{File: f, Start: at, End: at + len(near)}, at >= 0
}

// place is where any other message points: a token or, for a statement as a whole, its first one.
func place(f *source.File, all []*statement, m message) (source.Span, *statement) {
	low, high := printed(f.Text, m.line, m.column)
	for at := high; at >= low; at-- { // counted in bytes now
		for _, s := range all {
			for _, t := range s.tokens {
				if t.Start == at {
					return s.span(t), s
				}
			}
			if s.start == at && len(s.tokens) > 0 {
				return s.first(), s
			}
		}
	}
	if s := statementAt(all, high); s != nil {
		return s.first(), s
	}
	return source.Span{File: f}, nil
}

// runeOffset is the byte at which a code point starts.
func runeOffset(text string, n int) int {
	for i := range text {
		if n <= 0 {
			return i
		}
		n--
	}
	return len(text)
}
