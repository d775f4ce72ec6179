package migration

import (
	"regexp"
	"strings"
)

// span is a range of bytes [start, end) of a file.
type span struct{ start, end int }

// annotations is how a tool marks, within a file, what it runs on the way up.
type annotations struct {
	// mark is what messages call the mark that begins what counts, "" if a file needs none.
	mark string
	// hint is a part of every mark: a file without it has none.
	hint string
	// begins tells whether a comment is such a mark.
	begins func(comment string) bool
	// blanks is what the tool does not run on the way up, by its own rule. None of the tools reads SQL for that: a mark
	// counts within a string, too.
	blanks func(text string) []span
	// separates tells whether a comment ends a statement, even one without a semicolon; nil if none does.
	separates func(comment string) bool
}

// marks tells whether a file is written for the tool. Only a true comment tells that.
func (a *annotations) marks(text string) bool {
	found := false
	if strings.Contains(text, a.hint) {
		lineComments(strings.TrimPrefix(text, bom), func(_ int, comment string) bool {
			found = a.begins(comment)
			return !found
		})
	}
	return found
}

// direction is what a line says of the lines after it.
type direction int

const (
	same direction = iota
	up
	down
)

// byLine makes the blanks of a tool that goes by line: command is what a line says, and before is what counts for
// lines above the first that says anything.
func byLine(before direction, command func(line string) direction) func(text string) []span {
	return func(text string) []span {
		var blanks []span
		now, from, at := before, 0, 0
		for line := range strings.Lines(text) {
			if next := command(bare(line)); next != same && next != now {
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
	}
}

// bare is a line without its end, and without a byte order mark.
func bare(line string) string {
	return strings.TrimPrefix(strings.TrimSuffix(strings.TrimSuffix(line, "\n"), "\r"), bom)
}

// goose takes a line for an annotation if it begins with two dashes and has +goose. Case does not count.
var goose = &annotations{
	mark:   "-- +goose Up",
	hint:   "+goose",
	begins: func(comment string) bool { return gooseCommand(comment) == "up" },
	blanks: byLine(up, func(line string) direction {
		return map[string]direction{"up": up, "down": down}[gooseCommand(line)]
	}),
	separates: func(comment string) bool { return strings.HasPrefix(gooseCommand(comment), "statement") },
}

func gooseCommand(line string) string {
	if !strings.HasPrefix(line, "--") || !strings.Contains(line, "+goose") {
		return ""
	}
	command := strings.ReplaceAll(line, "--", "")
	return strings.ToLower(strings.TrimSpace(strings.Replace(command, "+goose", "", 1)))
}

// sqlMigrate takes a line for a command if it begins with exactly "-- +migrate ". It runs nothing above the first
// one, and the direction may change any number of times.
var sqlMigrate = &annotations{
	mark:   "-- +migrate Up",
	hint:   "-- +migrate ",
	begins: func(comment string) bool { return sqlMigrateCommand(comment) == "Up" },
	blanks: byLine(down, func(line string) direction {
		return map[string]direction{"Up": up, "Down": down}[sqlMigrateCommand(line)]
	}),
	separates: func(comment string) bool { return strings.HasPrefix(sqlMigrateCommand(comment), "Statement") },
}

func sqlMigrateCommand(line string) string {
	rest, ok := strings.CutPrefix(line, "-- +migrate ")
	if fields := strings.Fields(rest); ok && len(fields) > 0 {
		return fields[0]
	}
	return ""
}

var dbmateDirective = regexp.MustCompile(`^--\s*migrate:(up|down)(?:\s|$)`)

// dbmate takes a line for a directive if it begins with two dashes and migrate:up or migrate:down. A file may hold
// several pairs of them.
var dbmate = &annotations{
	mark:   "-- migrate:up",
	hint:   "migrate:up",
	begins: func(comment string) bool { return dbmateCommand(comment) == up },
	blanks: byLine(up, dbmateCommand),
	// A block is sent by itself, so that its last statement needs no semicolon.
	separates: func(comment string) bool { return dbmateCommand(comment) == up },
}

func dbmateCommand(line string) direction {
	m := dbmateDirective.FindStringSubmatch(line)
	switch {
	case m == nil:
		return same
	case m[1] == "up":
		return up
	}
	return down
}

// ternSeparator is what stands between the directions in a file of tern's.
const ternSeparator = "---- create above / drop below ----"

// tern cuts a file in two at the first separator, wherever it stands. A file without it has no way down.
var tern = &annotations{
	hint:   ternSeparator,
	begins: func(comment string) bool { return strings.Contains(comment, ternSeparator) },
	blanks: func(text string) []span {
		if at := strings.Index(text, ternSeparator); at >= 0 {
			return []span{{at, len(text)}}
		}
		return nil
	},
}

var atlasSection = regexp.MustCompile(`^-- (\S+) --$`)

// atlas takes a file that begins so for an archive of several: checks, the migration and its way down.
var atlas = &annotations{
	hint:   atlasArchive,
	begins: func(comment string) bool { return comment == atlasArchive },
	blanks: func(text string) []span {
		if !strings.HasPrefix(strings.TrimPrefix(text, bom), atlasArchive) {
			return nil
		}
		return byLine(down, func(line string) direction {
			switch m := atlasSection.FindStringSubmatch(line); {
			case m == nil:
				return same
			case m[1] == "migration.sql":
				return up
			}
			return down
		})(text)
	},
}

const atlasArchive = "-- atlas:txtar"

// drizzle cuts a file into statements at this comment. It has no way down.
var drizzle = &annotations{
	hint:      drizzleBreakpoint,
	begins:    isBreakpoint,
	blanks:    func(string) []span { return nil },
	separates: isBreakpoint,
}

const drizzleBreakpoint = "--> statement-breakpoint"

func isBreakpoint(comment string) bool { return strings.HasPrefix(comment, drizzleBreakpoint) }
