package generate

import (
	"errors"

	"github.com/trefoil-sql/trefoil/internal/source"
)

// failures collects what went wrong in entries and targets, so that a user sees the mistakes of all at once. An error
// that is no mistake of the user's comes first: what follows it may be its doing.
type failures struct {
	list  source.List
	other error
}

func (f *failures) add(err error) {
	var list source.List
	switch {
	case err == nil:
	case errors.As(err, &list):
		f.list = append(f.list, list...)
	case f.other == nil:
		f.other = err
	}
}

// err is what went wrong, with the warnings that were found besides.
func (f *failures) err(notes source.List) error {
	if f.other != nil {
		return f.other
	}
	list := once(f.list)
	if list.Err() == nil {
		return nil
	}
	for _, n := range notes {
		if n.Severity == source.Warning {
			list = append(list, n)
		}
	}
	return list
}

// once keeps the first of the diagnostics that say the same of the same places: a mistake that several targets stumble
// over, or that spoils several names which are made of one.
func once(list source.List) source.List {
	type key struct {
		code       string
		span, note source.Span
	}
	seen := map[key]bool{}
	var kept source.List
	for _, d := range list {
		k := key{code: d.Code, span: d.Span}
		if len(d.Notes) > 0 {
			k.note = d.Notes[0].Span
		}
		if !seen[k] || d.Span.IsZero() {
			kept = append(kept, d)
		}
		seen[k] = true
	}
	return kept
}
