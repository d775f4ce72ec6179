package sqlc

import (
	"context"
	"strings"

	"github.com/trefoil-sql/trefoil/internal/source"
)

// maxSearches is how many queries of which sqlc does not say where they are one run reports.
const maxSearches = 5

// lost tells that sqlc did not say which query it failed on: it panicked, or it prints a place in the query's text as it
// had rewritten it.
func (a answer) lost() bool { return a.panicked() || !a.ok && strings.Contains(a.stderr, rewritten) }

const rewritten = "edited query syntax is invalid: "

// explain turns a failed run into diagnostics. Queries that sqlc does not name are searched for and left out, so that it
// comes to the others.
func (r *runner) explain(ctx context.Context, a answer) error {
	var list source.List
	left := r.allQueries()
	for len(list) < maxSearches && a.lost() {
		culprit, alone, err := r.search(ctx, left)
		if err != nil {
			return err
		}
		if culprit == nil {
			return append(list, source.Errorf(r.in.SQL.Span, CodeSqlc, "sqlc stopped on an error of its own: %s", a.reason()))
		}
		list = append(list, lostOn(culprit, alone))
		if left = without(left, culprit); len(left) == 0 {
			return list
		}
		if a, err = r.try(ctx, left); err != nil {
			return err
		}
	}
	if !a.ok && !a.lost() {
		list = append(list, r.diagnose(messages(a.stderr, r.files))...)
	}
	return r.failure(list)
}

// failure is never without an error, whatever sqlc printed.
func (r *runner) failure(list source.List) error {
	if len(list) == 0 {
		return source.List{source.Errorf(r.in.SQL.Span, CodeSqlc, "sqlc failed without a message")}
	}
	return list
}

// lostOn reports a query from sqlc's answer to it alone.
func lostOn(s *statement, alone answer) source.Diagnostic {
	span, name := s.nameAt, s.name
	if span.IsZero() {
		span, name = source.Span{File: s.file}, s.file.Path
	}
	if _, why, ok := strings.Cut(alone.stderr, rewritten); ok && !alone.panicked() {
		why, _, _ = strings.Cut(why, "\n")
		d := source.Errorf(span, CodeQuery, "query %s: sqlc rewrites it to SQL that is not valid: %s", name, why)
		d.Hint = "name the columns instead of *, and use $1 instead of a named parameter"
		return d
	}
	d := source.Errorf(span, CodePanic, "sqlc stops on an error of its own in query %s: %s", name, alone.reason())
	d.Hint = "sqlc does not know all of PostgreSQL's syntax: a subquery in FROM, for one, needs an alias"
	return d
}

// reason is the first line of a panic.
func (a answer) reason() string {
	_, text, _ := strings.Cut("\n"+a.stderr, "\npanic: ")
	line, _, _ := strings.Cut(text, "\n")
	line, _, _ = strings.Cut(line, " [recovered")
	return strings.TrimSpace(line)
}

// allQueries are the statements that sqlc would look at.
func (r *runner) allQueries() []*statement {
	var all []*statement
	for _, f := range r.files {
		for _, s := range f.statements() {
			if s.name != "" || len(s.tokens) == 0 {
				all = append(all, s)
			}
		}
	}
	return all
}

func without(all []*statement, one *statement) []*statement {
	var left []*statement
	for _, s := range all {
		if s != one {
			left = append(left, s)
		}
	}
	return left
}

// search finds a query on which sqlc gets lost when it has it alone, by halves, and its answer to it; nil if there is
// none.
func (r *runner) search(ctx context.Context, among []*statement) (*statement, answer, error) {
	if len(among) == 0 {
		return nil, answer{}, nil
	}
	a, err := r.try(ctx, among)
	if err != nil || !a.lost() {
		return nil, a, err
	}
	if len(among) == 1 {
		return among[0], a, nil
	}
	half := len(among) / 2
	if found, alone, err := r.search(ctx, among[:half]); err != nil || found != nil {
		return found, alone, err
	}
	return r.search(ctx, among[half:])
}

// try runs sqlc on some of the queries. The others are blanked, so that places hold.
func (r *runner) try(ctx context.Context, keep []*statement) (answer, error) {
	for i := range r.files {
		f := &r.files[i]
		text := []byte(blank(f.Text))
		for _, s := range keep {
			if s.file == f.File {
				copy(text[s.start:s.end], f.Text[s.start:s.end])
			}
		}
		if err := r.send(f, string(text)); err != nil {
			return answer{}, err
		}
	}
	return run(ctx, r.dir, r.dir)
}

// blank replaces every byte but line breaks by a space.
func blank(text string) string {
	b := []byte(text)
	for i, c := range b {
		if c != '\n' {
			b[i] = ' '
		}
	}
	return string(b)
}
