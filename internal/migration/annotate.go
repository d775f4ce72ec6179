package migration

import (
	"regexp"
	"strings"
)

// span is a range of bytes [start, end) of a file.
type span struct{ start, end int }

// annotations is how a tool marks the direction of a part of a file.
type annotations struct {
	// marks tells whether a file has the mark that begins what counts.
	marks func(text string) bool
	// blanks is the parts that the tool does not run on the way up, by the tool's own rule: none of them reads SQL, so
	// that a mark within a string counts where it counts for the tool.
	blanks func(text string) []span
	// separates tells whether a comment on a line of its own ends a statement even where there is no semicolon.
	separates func(comment string) bool
}

// direction is what a line says of the lines after it.
type direction int

const (
	same direction = iota
	up
	down
)

// linewise is the annotations of a tool that goes by line: command is what a line says. Before the first mark, text
// counts as the direction before.
func linewise(command func(line string) direction, before direction, separates func(string) bool) *annotations {
	return &annotations{
		marks: func(text string) bool {
			for line := range strings.Lines(text) {
				if command(bare(line)) == up {
					return true
				}
			}
			return false
		},
		blanks: func(text string) []span {
			var blanks []span
			now, from, at := before, 0, 0
			for line := range strings.Lines(text) {
				next := command(bare(line))
				if next != same && next != now {
					if now == down {
						blanks = append(blanks, span{from, at})
					}
					now, from = next, at
				}
				at += len(line)
			}
			if now == down {
				blanks = append(blanks, span{from, at})
			}
			return blanks
		},
		separates: separates,
	}
}

// bare is a line without its end, and without a byte order mark.
func bare(line string) string {
	return strings.TrimPrefix(strings.TrimSuffix(strings.TrimSuffix(line, "\n"), "\r"), bom)
}

// goose takes a line for an annotation if it begins with two dashes and contains +goose; case does not count.
var goose = linewise(func(line string) direction {
	switch gooseCommand(line) {
	case "up":
		return up
	case "down":
		return down
	}
	return same
}, up, func(comment string) bool { return strings.HasPrefix(gooseCommand(comment), "statement") })

func gooseCommand(line string) string {
	if !strings.HasPrefix(line, "--") || !strings.Contains(line, "+goose") {
		return ""
	}
	command := strings.ReplaceAll(line, "--", "")
	return strings.ToLower(strings.TrimSpace(strings.Replace(command, "+goose", "", 1)))
}

// sqlMigrate takes a line for a command if it begins with exactly "-- +migrate ". What stands before the first one is
// not run, and the direction may change any number of times.
var sqlMigrate = linewise(func(line string) direction {
	switch sqlMigrateCommand(line) {
	case "Up":
		return up
	case "Down":
		return down
	}
	return same
}, down, func(comment string) bool { return strings.HasPrefix(sqlMigrateCommand(comment), "Statement") })

func sqlMigrateCommand(line string) string {
	rest, ok := strings.CutPrefix(line, "-- +migrate ")
	if fields := strings.Fields(rest); ok && len(fields) > 0 {
		return fields[0]
	}
	return ""
}

var (
	dbmateUp   = regexp.MustCompile(`^--\s*migrate:up(\s|$)`)
	dbmateDown = regexp.MustCompile(`^--\s*migrate:down(\s|$)`)
)

// dbmate takes a line for a directive if it begins with two dashes and migrate:up or migrate:down. A file may hold
// several pairs of them.
var dbmate = linewise(func(line string) direction {
	switch {
	case dbmateUp.MatchString(line):
		return up
	case dbmateDown.MatchString(line):
		return down
	}
	return same
}, up, dbmateUp.MatchString)

// ternSeparator is what stands between the directions in a file of tern's.
const ternSeparator = "---- create above / drop below ----"

// tern cuts a file in two at the first separator, wherever it stands.
var tern = &annotations{
	marks: func(text string) bool { return strings.Contains(text, ternSeparator) },
	blanks: func(text string) []span {
		if at := strings.Index(text, ternSeparator); at >= 0 {
			return []span{{at, len(text)}}
		}
		return nil
	},
}
