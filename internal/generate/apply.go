package generate

import (
	"github.com/trefoil-sql/trefoil/internal/output"
)

// Written is what was done to one target's folder.
type Written struct {
	Target, Dir string
	Files       int // in the target
	output.Change
}

// Write puts every target in place, one after the other: each is written whole or not at all. The targets before one
// that fails have been written.
func (r *Result) Write() ([]Written, error) {
	var done []Written
	for _, t := range r.Targets {
		change, err := t.Write(r.Root)
		if err != nil {
			return done, err
		}
		done = append(done, Written{Target: t.Name, Dir: t.Dir, Files: len(t.Tree), Change: change})
	}
	return done, nil
}

// Check lists what Write would change, and writes nothing.
func (r *Result) Check() ([]output.Drift, error) {
	var drifts []output.Drift
	for _, t := range r.Targets {
		found, err := t.Check(r.Root)
		if err != nil {
			return nil, err
		}
		drifts = append(drifts, found...)
	}
	return drifts, nil
}
