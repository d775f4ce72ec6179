package sqlc

import (
	"path"
	"regexp"
	"strings"

	"github.com/trefoil-sql/trefoil/internal/source"
)

// plainName is a query's name as nearly all files have it. What sqlc takes beside it, or refuses, is left to sqlc.
var plainName = regexp.MustCompile(`^-- name: ([A-Za-z_][A-Za-z0-9_]*) (:[a-z]+)[ \t\r]*$`)

// nameWord tells a comment that sqlc tries to read a name from.
var nameWord = regexp.MustCompile(`^(?:--|/\*)\s*name`)

var commands = set(":one", ":many", ":exec", ":execresult", ":execrows", ":execlastid", ":copyfrom", ":batchexec", ":batchmany", ":batchone")

// Named are the queries of the files as their comments have them: with names, commands, comments and places, without
// columns and parameters. It is false where sqlc would refuse a comment, or read one in a way that is not known here.
func (q *QueryFiles) Named() ([]Query, bool) {
	if len(q.errs) > 0 {
		return nil, false
	}
	var queries []Query
	seen := map[string]bool{}
	for _, f := range q.files {
		for _, s := range f.statements() {
			one, ok := s.named()
			if !ok || one.Name != "" && seen[one.Name] {
				return nil, false
			}
			if one.Name != "" {
				seen[one.Name] = true
				queries = append(queries, one)
			}
		}
	}
	byPlace(queries)
	return queries, true
}

// named reads the comments of a statement: the first that has a name is the query's. The name is "" without one.
func (s *statement) named() (Query, bool) {
	last := len(s.tokens) - 1
	if last < 1 || s.file.Text[s.tokens[last].Start:s.tokens[last].End] != ";" {
		return Query{}, false
	}
	q := Query{
		File: path.Base(s.file.Path), NameSpan: s.nameAt,
		Span: source.Span{File: s.file, Start: s.start, End: s.end},
	}
	var lines []string
	for line := range strings.Lines(strings.TrimSpace(q.Span.Text())) {
		line = strings.TrimRight(line, "\r\n")
		if nameWord.MatchString(line) && strings.Contains(line, ":") {
			found := plainName.FindStringSubmatch(line)
			if found == nil || q.Name != "" || !commands[found[2]] {
				return Query{}, false
			}
			q.Name, q.Cmd = found[1], found[2]
			continue
		}
		if text, ok := commentOf(line); ok {
			lines = append(lines, text)
		}
	}
	q.Comments = comments(lines)
	return q, s.name == q.Name
}

// commentOf is what sqlc takes for a line of a comment.
func commentOf(line string) (string, bool) {
	if text, ok := strings.CutPrefix(line, "--"); ok {
		return text, true
	}
	if strings.HasPrefix(line, "/*") && strings.HasSuffix(line, "*/") {
		return strings.TrimSuffix(strings.TrimPrefix(line, "/*"), "*/"), true
	}
	return strings.CutPrefix(line, "#")
}
