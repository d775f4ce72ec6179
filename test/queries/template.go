package queries

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"
)

// Own is a query of testdata: one statement, with its choices made.
type Own struct {
	// File and Line are where its template stands.
	File string
	Line int
	SQL  string
	// From is the first major version of PostgreSQL that takes it; 0 for all.
	From int
	// Template tells that it comes of a template with choices.
	Template bool
}

var fromVersion = regexp.MustCompile(`(?m)^-- from (\d+)$`)

// Expand reads a file of queries, each ended by a semicolon at the end of a line. «a¦b¦c» in one stands for each of its
// choices in turn, so that a query with several such places is all their combinations. A comment "-- from 16" above a query
// names the version.
func Expand(file, text string) ([]Own, error) {
	var out []Own
	line := 1
	for part := range strings.SplitAfterSeq(text, ";\n") {
		own := Own{File: file, Line: line}
		line += strings.Count(part, "\n")
		if m := fromVersion.FindStringSubmatch(part); m != nil {
			var err error
			if own.From, err = strconv.Atoi(m[1]); err != nil {
				return nil, fmt.Errorf("%s:%d: %w", file, own.Line, err)
			}
		}
		sql, ended := strings.CutSuffix(withoutComments(part), ";")
		if sql == "" {
			continue
		}
		if !ended {
			return nil, fmt.Errorf("%s:%d: no semicolon after %q", file, own.Line, sql)
		}
		made := choices(sql)
		own.Template = len(made) > 1
		for _, sql := range made {
			own.SQL = strings.TrimSpace(sql)
			out = append(out, own)
		}
	}
	return out, nil
}

// withoutComments takes away the comment lines above a query.
func withoutComments(sql string) string {
	for {
		sql = strings.TrimSpace(sql)
		if !strings.HasPrefix(sql, "--") {
			return sql
		}
		_, sql, _ = strings.Cut(sql, "\n")
	}
}

// choices are all texts that a template stands for.
func choices(template string) []string {
	before, rest, ok := strings.Cut(template, "«")
	if !ok {
		return []string{template}
	}
	inner, after, ok := strings.Cut(rest, "»")
	if !ok {
		panic("a « without its »: " + template)
	}
	var out []string
	tails := choices(after)
	for choice := range strings.SplitSeq(inner, "¦") {
		for _, tail := range tails {
			out = append(out, before+choice+tail)
		}
	}
	return out
}
