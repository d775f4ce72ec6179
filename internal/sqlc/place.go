package sqlc

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/trefoil-sql/trefoil/internal/catalog"
	"github.com/trefoil-sql/trefoil/internal/source"
)

// sqlc prints the place of a message as a line and a column, both from 1, the column in code points. It derives them
// from an offset: of the parser's errors a count of code points from 1, of all others a count of bytes from 0, in both
// cases read as code points from 0, and moved over blanks and "--" comments. So in a text that is not ASCII the printed
// place is behind the true one; and of a message about a statement as a whole it is the start of the text, or where the
// statement before ends. An offset behind the last code point is printed as that one's place; sent sees to it that there
// is none. The functions here take the rest back. They look at what was sent, whose bytes stand where the file's do.

// sent is a query file as sqlc gets it: with as many empty statements at its end as it has bytes more than code points.
func sent(text string) string {
	extra := len(text) - utf8.RuneCountInString(text)
	if extra == 0 || !endsInSemicolon(text) {
		return text
	}
	return text + "\n" + strings.Repeat(";", extra)
}

func endsInSemicolon(text string) bool {
	tokens, err := catalog.Scan(text)
	tokens = slices.DeleteFunc(tokens, func(t catalog.Token) bool { return t.Comment })
	if err != nil || len(tokens) == 0 {
		return false
	}
	last := tokens[len(tokens)-1]
	return text[last.Start:last.End] == ";"
}

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
func parserPlace(f *queryFile, m message) (source.Span, bool) {
	if strings.HasSuffix(m.text, "at end of input") {
		end := len(strings.TrimRight(f.Text, " \t\r\n"))
		return source.Span{File: f.File, Start: end, End: end}, true
	}
	_, near, ok := strings.Cut(m.text, `at or near "`)
	if !ok {
		return source.Span{}, false
	}
	near = strings.TrimSuffix(near, `"`)
	_, high := printed(f.sent, m.line, m.column)
	limit := runeOffset(f.sent, high-1) + len(near)
	at := strings.LastIndex(f.Text[:min(limit, len(f.Text))], near)
	return source.Span{File: f.File, Start: at, End: at + len(near)}, at >= 0
}

// place is where any other message points: a token or, for a statement as a whole, its first one. Several tokens may
// print as the same place; then it is one of a statement that has the name that the message is about.
func place(f *queryFile, all []*statement, m message, name string) (source.Span, *statement) {
	low, high := printed(f.sent, m.line, m.column) // taken for counts of bytes from here on
	near := withWord(all, low, high, name)
	for _, s := range near {
		if low <= s.start && s.start <= high {
			return s.first(), s
		}
	}
	for _, s := range near {
		for _, t := range slices.Backward(s.tokens) {
			if low <= t.Start && t.Start <= high {
				return s.span(t), s
			}
		}
	}
	if s := statementAt(all, high); s != nil {
		return s.first(), s
	}
	return source.Span{}, nil
}

// withWord are the statements that [low, high] touches: those with a word, if any has it.
func withWord(all []*statement, low, high int, word string) []*statement {
	var near, having []*statement
	for _, s := range all {
		if len(s.tokens) == 0 || s.end < low || s.start > high {
			continue
		}
		near = append(near, s)
		if _, ok := s.word(word, 0); ok {
			having = append(having, s)
		}
	}
	if len(having) > 0 {
		return having
	}
	return near
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
