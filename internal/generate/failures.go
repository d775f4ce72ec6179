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
	if f.list.Err() == nil {
		return nil
	}
	list := f.list
	for _, n := range notes {
		if n.Severity == source.Warning {
			list = append(list, n)
		}
	}
	return list
}
