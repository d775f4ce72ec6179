package sqlc

import (
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/trefoil-sql/trefoil/internal/source"
)

// message is one message of sqlc's.
type message struct {
	file         *queryFile // nil for one without a place
	line, column int
	text         string // may have several lines
}

var placed = regexp.MustCompile(`^(.*?):(\d+):(\d+): (.*)$`)

// messages reads what sqlc printed. A run for Go and one for JSON print the same: each message is kept once.
func messages(stderr string, files []queryFile) []message {
	var all []message
	open := false // whether a line can be the last message's next
	for line := range strings.Lines(stderr) {
		line = strings.TrimRight(line, "\r\n")
		switch m, ok := placedMessage(line, files); {
		case strings.HasPrefix(line, "# package "), strings.HasPrefix(line, "WARNING: "):
			open = false
		case ok, !open && strings.TrimSpace(line) != "":
			all = append(all, m)
			open = true
		case open:
			last := &all[len(all)-1]
			last.text = strings.TrimRight(last.text+"\n"+line, "\n")
		}
	}
	var once []message
	for _, m := range all {
		if !slices.Contains(once, m) {
			once = append(once, m)
		}
	}
	return once
}

func placedMessage(line string, files []queryFile) (message, bool) {
	m := placed.FindStringSubmatch(line)
	if m == nil {
		return message{text: line}, false
	}
	i := slices.IndexFunc(files, func(f queryFile) bool { return f.copy == strings.ReplaceAll(m[1], `\`, "/") })
	if i < 0 {
		return message{text: line}, false
	}
	l, _ := strconv.Atoi(m[2])
	c, _ := strconv.Atoi(m[3])
	return message{file: &files[i], line: l, column: c, text: m[4]}, true
}

// diagnose turns messages into diagnostics.
func (r *runner) diagnose(all []message) source.List {
	var list source.List
	for _, m := range all {
		if m.file == nil {
			list = append(list, r.general(m))
			continue
		}
		list = append(list, r.inQuery(m))
	}
	return list
}

// general is a message about the run as a whole.
func (r *runner) general(m message) source.Diagnostic {
	q := queryReader{in: r.in}
	text := strings.TrimPrefix(strings.TrimPrefix(m.text, "error generating code: "), "error parsing queries: ")
	switch {
	case strings.HasPrefix(text, "no queries contained in paths"):
		d := source.Errorf(q.place(0), CodeNoQuery, "the query files hold no query")
		d.Hint = "a query starts with a comment such as -- name: ListUsers :many"
		return d
	case r.in.SQL.Go != nil && !r.in.SQL.Go.Span.IsZero():
		return source.Errorf(r.in.SQL.Go.Span, CodeSqlc, "sqlc cannot generate Go: %s", text)
	}
	return source.Errorf(r.in.SQL.Span, CodeSqlc, "sqlc: %s", text)
}

// inQuery is a message about a query, or about its file.
func (r *runner) inQuery(m message) source.Diagnostic {
	all := m.file.statements()
	if span, ok := parserPlace(m.file, m); ok {
		return source.Errorf(span, CodeQuery, "%s", m.text)
	}
	text := cleaned(m.text)
	what, name, isMissing := missing(text)
	span, s := place(m.file, all, m, name)
	if s == nil {
		return source.Errorf(source.Span{File: m.file.File}, CodeQuery, "%s", text)
	}
	if name, ok := strings.CutPrefix(text, "duplicate query name: "); ok {
		return r.duplicate(s, name)
	}
	d := source.Diagnostic{Span: span, Code: CodeQuery, Message: text}
	switch at, found := s.word(name, span.Start); {
	case isMissing:
		if found {
			d.Span = at
		}
		d.Hint = r.meant(what, name, s)
	case strings.Contains(text, "-- name"), strings.HasPrefix(text, "invalid query "):
		d.Span = s.commentAt(span)
	}
	if s.name != "" {
		d.Message = fmt.Sprintf("query %s: %s", s.name, text)
	}
	return d
}

// cleaned drops what sqlc's authors left in its messages for themselves.
func cleaned(text string) string {
	return strings.TrimPrefix(strings.TrimPrefix(text, "396: "), "in same name ")
}

// commentAt is the comment with the query's name, if it can be found.
func (s *statement) commentAt(otherwise source.Span) source.Span {
	text := s.file.Text[s.start:s.end]
	for line := range strings.Lines(text) {
		if strings.HasPrefix(line, "--") && strings.Contains(line, "name") || strings.HasPrefix(line, "/*") {
			at := s.start + strings.Index(text, line)
			return source.Span{File: s.file, Start: at, End: at + len(strings.TrimRight(line, "\r\n"))}
		}
	}
	return otherwise
}

// duplicate reports the second query of a name, and notes the first.
func (r *runner) duplicate(second *statement, name string) source.Diagnostic {
	d := source.Errorf(second.nameAt, CodeDuplicate, "there are two queries named %s", name)
	for _, f := range r.files {
		for _, s := range f.statements() {
			if s.name == name && (s.file != second.file || s.start < second.start) {
				d.Notes = []source.Note{{Span: s.nameAt, Message: "the first one is here"}}
				return d
			}
		}
	}
	return d
}
