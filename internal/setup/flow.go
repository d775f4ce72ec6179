package setup

import (
	"encoding/json"
	"strings"
	"unicode/utf8"

	"go.yaml.in/yaml/v3"
)

// insertInFlow puts an item at the end of a list, or a pair at the end of a mapping, that is written in brackets, as all
// of JSON is.
func (d *document) insertInFlow(n *yaml.Node, item any) (string, error) {
	text, err := json.Marshal(item)
	if err != nil {
		return "", err
	}
	if _, ok := item.(pair); ok {
		text = text[1 : len(text)-1] // without its own brackets
	}
	start := d.offset(n)
	last, close := brackets(d.text, start)
	if close < 0 {
		return "", errForm
	}
	between := ""
	if c := d.text[last]; last > start && c != ',' {
		between = ","
	}
	switch gap := d.text[last+1 : close]; {
	case last > start && strings.Contains(gap, "\n"):
		// Items stand on lines of their own.
		first := n.Content[0]
		between += d.lineBreak() + strings.Repeat(" ", first.Column-1)
	case last > start:
		between += " "
	}
	return d.text[:last+1] + between + string(text) + d.text[last+1:], nil
}

// offset is where a node starts. Its column counts code points.
func (d *document) offset(n *yaml.Node) int {
	at := len(strings.Join(d.lines[:n.Line-1], ""))
	for i := 1; i < n.Column && at < len(d.text); i++ {
		_, size := utf8.DecodeRuneInString(d.text[at:])
		at += size
	}
	return at
}

// brackets finds the end of the collection that starts at an offset: its bracket, and the last byte before it that is no
// space and no comment. -1 says that there is none.
func brackets(text string, start int) (last, close int) {
	depth := 0
	for i := start; i < len(text); i++ {
		switch c := text[i]; {
		case c == ' ' || c == '\t' || c == '\r' || c == '\n':
			continue
		case c == '#' && i > 0 && strings.ContainsRune(" \t\n", rune(text[i-1])):
			end := strings.IndexByte(text[i:], '\n')
			if end < 0 {
				return -1, -1
			}
			i += end
			continue
		case (c == '"' || c == '\'') && strings.IndexByte("[{,:", text[last]) >= 0:
			i = quoted(text, i)
		case c == '[' || c == '{':
			depth++
		case c == ']' || c == '}':
			if depth--; depth == 0 {
				return last, i
			}
		}
		last = i
	}
	return -1, -1
}

// quoted is where the string that starts at an offset ends.
func quoted(text string, start int) int {
	for i := start + 1; i < len(text); i++ {
		switch {
		case text[i] == '\\' && text[start] == '"':
			i++
		case text[i] == text[start] && text[i] == '\'' && i+1 < len(text) && text[i+1] == '\'':
			i++
		case text[i] == text[start]:
			return i
		}
	}
	return len(text)
}
