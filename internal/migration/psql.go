package migration

import (
	"bytes"
	"regexp"
	"strings"
)

// psql's own rules: a backslash outside of strings and comments begins a command that reaches to the end of the line;
// COPY … FROM stdin reads rows from the line after it, up to a line of \. alone or the end of the file.

// metaCommand blanks the command at a backslash, with all that belongs to it, and returns where to read on.
func (b *blanker) metaCommand(at int) int {
	s := span{at, at + commandLength(b.text[at:])}
	name, args := commandName(string(b.text[s.start+1 : s.end]))
	switch {
	case includeCommands[name] != "":
		b.includeCommand(s, name, args)
	case sendCommands[name]:
		b.sendCommand(s, name)
		return s.end
	case conditionCommands[name]:
		b.note(s, CodePsql, "keep one schema for all settings",
			`\`+name+` has no effect: what stands in every branch is read`)
	case name == "copy" && copyFromStdin.MatchString(args):
		b.blankRows(s.end)
	}
	b.blank(s)
	return s.end
}

// commandLength is the length of a command: to the end of the line, or with the \\ outside of quotes that ends it
// before.
func commandLength(text []byte) int {
	var quote byte
	for i, c := range text {
		switch {
		case isLineEnd(c):
			return i
		case quote != 0:
			if c == quote {
				quote = 0
			}
		case c == '\'' || c == '"' || c == '`':
			quote = c
		case i > 1 && c == '\\' && text[i-1] == '\\':
			return i + 1
		}
	}
	return len(text)
}

var (
	commandPattern = regexp.MustCompile(`^([A-Za-z]+|.)[ \t]*(.*)$`)
	copyFromStdin  = regexp.MustCompile(`(?i)\bfrom\s+p?stdin\b`)
)

func commandName(text string) (name, args string) {
	m := commandPattern.FindStringSubmatch(text)
	if m == nil {
		return "", ""
	}
	return m[1], strings.TrimSpace(m[2])
}

var (
	// includeCommands tells what a file's name is relative to.
	includeCommands = map[string]string{
		"i": "project", "include": "project", "ir": "file", "include_relative": "file",
	}
	// sendCommands end the statement before them, as a semicolon does.
	sendCommands = map[string]bool{
		"g": true, "gx": true, "gset": true, "gexec": true, "gdesc": true, "crosstabview": true, "watch": true,
		"bind": true, "bind_named": true,
	}
	conditionCommands = map[string]bool{"if": true, "elif": true, "else": true}
	// queries are first words of statements that change no schema.
	queries = map[string]bool{"SELECT": true, "WITH": true, "VALUES": true, "TABLE": true, "": true}
)

// sendCommand blanks a statement with the command that sends it, since nothing else would end it.
func (b *blanker) sendCommand(s span, name string) {
	first := b.statement.first
	if b.statement.open {
		s.start = b.statement.start
	}
	switch {
	case name == "gexec":
		b.note(s, CodePsql, "write out the statements that it makes", `what \gexec runs is known only to the server`)
	case !queries[first]:
		b.note(s, CodePsql, "end the statement with a semicolon", `a statement that ends with \`+name+` is not read`)
	}
	b.blank(s)
	b.statement = statement{}
}

// includeCommand notes a file to read at this place.
func (b *blanker) includeCommand(s span, name, args string) {
	if b.statement.open {
		b.note(s, CodePsql, "put it between statements", `\`+name+` within a statement has no effect`)
		return
	}
	b.includes = append(b.includes, include{s, unquote(args), includeCommands[name] == "file"})
}

// unquote is psql's reading of one argument: quotes are dropped, and the first space outside of them ends it.
func unquote(args string) string {
	var out strings.Builder
	inside := false
	for _, r := range args {
		switch {
		case r == '\'':
			inside = !inside
		case !inside && (r == ' ' || r == '\t'):
			return out.String()
		default:
			out.WriteRune(r)
		}
	}
	return out.String()
}

// blankRows blanks the rows that follow the line of a byte, with the mark that ends them.
func (b *blanker) blankRows(after int) {
	n := bytes.IndexByte(b.text[after:], '\n')
	if n < 0 {
		return
	}
	from := after + n + 1
	at := from
	for line := range bytes.Lines(b.text[from:]) {
		at += len(line)
		if bytes.Equal(bytes.TrimRight(line, "\r\n"), []byte(`\.`)) {
			break
		}
	}
	b.blank(span{from, at})
}
