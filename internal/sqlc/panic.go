package sqlc

import (
	"context"
	"strings"

	"github.com/trefoil-sql/trefoil/internal/source"
)

// maxPanics is how many queries that make sqlc panic one run reports.
const maxPanics = 5

// explain turns a failed run into diagnostics.
func (r *runner) explain(ctx context.Context, a answer) error {
	if !a.panicked() {
		return r.failure(r.diagnose(messages(a.stderr, r.files)), a)
	}
	var list source.List
	left := r.allQueries()
	for len(list) < maxPanics && a.panicked() {
		culprit, err := r.search(ctx, left)
		if err != nil {
			return err
		}
		if culprit == nil {
			return append(list, source.Errorf(r.in.SQL.Span, CodeSqlc, "sqlc stopped on an error of its own: %s", a.reason()))
		}
		list = append(list, r.panicOn(culprit, a))
		left = without(left, culprit)
		if len(left) == 0 {
			return list
		}
		if a, err = r.try(ctx, left); err != nil {
			return err
		}
	}
	if !a.ok && !a.panicked() {
		list = append(list, r.diagnose(messages(a.stderr, r.files))...)
	}
	return list
}

// failure is never without an error, whatever sqlc printed.
func (r *runner) failure(list source.List, a answer) error {
	if len(list) == 0 {
		return source.List{source.Errorf(r.in.SQL.Span, CodeSqlc, "sqlc failed and did not say why%s", strings.TrimSpace(" "+a.stderr))}
	}
	return list
}

func (r *runner) panicOn(s *statement, a answer) source.Diagnostic {
	span, name := s.nameAt, s.name
	if span.IsZero() {
		span, name = source.Span{File: s.file}, s.file.Path
	}
	d := source.Errorf(span, CodePanic, "sqlc stops on an error of its own in query %s: %s", name, a.reason())
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
		for _, s := range statements(f.File) {
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

// search finds a query on which sqlc panics when it gets it alone, by halves; nil if there is none.
func (r *runner) search(ctx context.Context, among []*statement) (*statement, error) {
	if len(among) == 0 {
		return nil, nil
	}
	a, err := r.try(ctx, among)
	if err != nil || !a.panicked() {
		return nil, err
	}
	if len(among) == 1 {
		return among[0], nil
	}
	half := len(among) / 2
	if found, err := r.search(ctx, among[:half]); err != nil || found != nil {
		return found, err
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
