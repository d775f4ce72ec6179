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

func (f *failures) err() error {
	if f.other != nil {
		return f.other
	}
	return f.list.Err()
}
