package sqlc

import (
	"regexp"
	"strings"

	"github.com/trefoil-sql/trefoil/internal/catalog"
	"github.com/trefoil-sql/trefoil/internal/source"
)

// statement is one statement of a query file: the bytes [start, end), with the comments before it and the semicolon.
type statement struct {
	file       *source.File
	start, end int
	tokens     []catalog.Token // without comments; at least one
	name       string          // "" if it is no query
	nameAt     source.Span     // the name in its comment
}

// first is the first token's place.
func (s *statement) first() source.Span { return s.span(s.tokens[0]) }

func (s *statement) span(t catalog.Token) source.Span {
	return source.Span{File: s.file, Start: t.Start, End: t.End}
}

// word is the first word of the statement at or after a place that reads as a name; failing that, one before it.
func (s *statement) word(name string, from int) (source.Span, bool) {
	var found source.Span
	for _, t := range s.tokens {
		if !t.Word || unquoted(s.file.Text[t.Start:t.End]) != name {
			continue
		}
		if t.Start >= from {
			return s.span(t), true
		}
		if found.IsZero() {
			found = s.span(t)
		}
	}
	return found, !found.IsZero()
}

// words are all names that occur in the statement.
func (s *statement) words() map[string]bool {
	all := map[string]bool{}
	for _, t := range s.tokens {
		if t.Word {
			all[unquoted(s.file.Text[t.Start:t.End])] = true
		}
	}
	return all
}

// unquoted is the name that a word stands for.
func unquoted(word string) string {
	if n := len(word); n >= 2 && word[0] == '"' && word[n-1] == '"' {
		return strings.ReplaceAll(word[1:n-1], `""`, `"`)
	}
	return strings.ToLower(word)
}

// nameLine is the comment by which sqlc knows a query. It has to start a line.
var nameLine = regexp.MustCompile(`(?m)^(?:--|/\*) name: +(\S+)`)

// statements splits the text of a query file. A text that cannot be scanned is one statement without tokens.
func statements(f *source.File) []*statement {
	tokens, err := catalog.Scan(f.Text)
	return split(f, tokens, err)
}

// statements splits a query file.
func (f queryFile) statements() []*statement {
	tokens, err := f.tokens()
	return split(f.File, tokens, err)
}

func split(f *source.File, tokens []catalog.Token, err error) []*statement {
	if err != nil {
		return []*statement{{file: f, end: len(f.Text)}}
	}
	var all []*statement
	s := &statement{file: f}
	for _, t := range tokens {
		if t.Comment {
			continue
		}
		s.tokens = append(s.tokens, t)
		if f.Text[t.Start:t.End] == ";" {
			all = append(all, s.close(t.End))
			s = &statement{file: f, start: t.End}
		}
	}
	if len(s.tokens) > 0 {
		all = append(all, s.close(len(f.Text)))
	}
	return all
}

func (s *statement) close(end int) *statement {
	s.end = end
	if m := nameLine.FindStringSubmatchIndex(s.file.Text[s.start:end]); m != nil {
		s.nameAt = source.Span{File: s.file, Start: s.start + m[2], End: s.start + m[3]}
		s.name = s.nameAt.Text()
	}
	return s
}

// statementAt is the statement that holds a byte, or the last one before it; nil if there is none.
func statementAt(all []*statement, at int) *statement {
	var found *statement
	for _, s := range all {
		if s.start <= at && len(s.tokens) > 0 {
			found = s
		}
	}
	return found
}
