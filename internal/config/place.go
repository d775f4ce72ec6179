package config

import (
	"strings"
	"unicode/utf8"

	"go.yaml.in/yaml/v3"

	"github.com/trefoil-sql/trefoil/internal/source"
)

// places turns the lines and columns of YAML nodes into spans of bytes. YAML has more line breaks than other texts, and
// columns count code points.
type places struct {
	file  *source.File
	lines []int // the offset that each line starts at
}

func newPlaces(file *source.File) places {
	p := places{file: file, lines: []int{0}}
	for i := 0; i < len(file.Text); {
		if n := lineBreak(file.Text[i:]); n > 0 {
			i += n
			p.lines = append(p.lines, i)
			continue
		}
		i++
	}
	return p
}

// lineBreak is the length in bytes of the line break that a text starts with, 0 for none.
func lineBreak(text string) int {
	for _, br := range []string{"\r\n", "\n", "\r", "\u0085", "\u2028", "\u2029"} {
		if strings.HasPrefix(text, br) {
			return len(br)
		}
	}
	return 0
}

// line is the span of a 1-based line without the blanks around it; lines outside the file are moved to its nearest end.
func (p places) line(n int) source.Span {
	n = max(1, min(n, len(p.lines)))
	start, end := p.lines[n-1], len(p.file.Text)
	if n < len(p.lines) {
		end = p.lines[n]
	}
	text := p.file.Text[start:end]
	start += len(text) - len(strings.TrimLeft(text, " \t"))
	return source.Span{File: p.file, Start: start, End: max(start, p.trimmed(start, end))}
}

// trimmed moves end back over blanks and line breaks.
func (p places) trimmed(start, end int) int {
	if start >= end {
		return start
	}
	return start + len(strings.TrimRight(p.file.Text[start:end], " \t\r\n\u0085\u2028\u2029"))
}

// node is the span of a node without its anchor and tag: a scalar's text, a flow collection to its bracket, and the first
// line of anything longer.
func (p places) node(n *yaml.Node) source.Span {
	start, end := p.offset(n.Line, n.Column), p.line(n.Line).End
	if n.Kind != yaml.AliasNode {
		start += properties(p.file.Text[start:max(start, end)])
	}
	rest := p.file.Text[start:max(start, end)]
	switch {
	case n.Kind == yaml.AliasNode:
		end = start + len("*"+n.Value)
	case n.Kind != yaml.ScalarNode && n.Style&yaml.FlowStyle != 0:
		end = start + bracketed(rest)
	case n.Kind != yaml.ScalarNode:
	case n.Style&(yaml.DoubleQuotedStyle|yaml.SingleQuotedStyle) != 0:
		end = start + quoted(rest)
	case strings.HasPrefix(rest, n.Value):
		end = start + len(n.Value)
	}
	return source.Span{File: p.file, Start: start, End: max(start, min(end, len(p.file.Text)))}
}

// properties is the length of the anchor and tag that a node's text starts with, with the blanks after them. It is 0 for
// those that have nothing after them on their line.
func properties(text string) int {
	rest := text
	for strings.HasPrefix(rest, "&") || strings.HasPrefix(rest, "!") {
		i := strings.IndexAny(rest, " \t")
		if i < 0 {
			return 0
		}
		rest = strings.TrimLeft(rest[i:], " \t")
	}
	return len(text) - len(rest)
}

// bracketed is the length of the flow collection that a text starts with, or of the text if it is not closed in it.
func bracketed(text string) int {
	depth := 0
	for i := 0; i < len(text); i++ {
		switch text[i] {
		case '{', '[':
			depth++
		case '}', ']':
			if depth--; depth == 0 {
				return i + 1
			}
		case '"', '\'':
			i += quoted(text[i:]) - 1
		}
	}
	return len(text)
}

// offset converts a 1-based line and column to bytes.
func (p places) offset(line, column int) int {
	if line < 1 {
		return 0
	}
	if line > len(p.lines) {
		return len(p.file.Text)
	}
	at := p.lines[line-1]
	for range column - 1 {
		_, size := utf8.DecodeRuneInString(p.file.Text[at:])
		at += size
	}
	return at
}

// quoted is the length of the quoted scalar that a text starts with, or of the text if the quote is not closed in it.
func quoted(text string) int {
	for i := 1; i < len(text); i++ {
		switch {
		case text[0] == '"' && text[i] == '\\':
			i++
		case text[0] == '\'' && strings.HasPrefix(text[i:], "''"):
			i++
		case text[i] == text[0]:
			return i + 1
		}
	}
	return len(text)
}
