package generate

import (
	"github.com/trefoil-sql/trefoil/internal/output"
)

// Drift is one file that Write would change.
type Drift = output.Drift

// DriftKind says how it differs.
type DriftKind = output.DriftKind

// Edited is the kind of a file that was changed by hand.
const Edited = output.Edited

// Written is what was done to one target's folder.
type Written struct {
	Target, Dir string
	Files       int // in the target
	output.Change
}

// Write puts every target in place, one after the other: each is written whole or not at all. What a user has to settle
// is reported for all targets before the first is written. The targets before one that the system then refuses to write
// have been written. The caller holds the project by Begin.
func (r *Result) Write() ([]Written, error) {
	if r.upToDate != nil {
		return r.upToDate, nil
	}
	if _, err := output.Recover(r.Root, r.Targets...); err != nil {
		return nil, err
	}
	if _, err := r.Check(); err != nil {
		return nil, err
	}
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
func (r *Result) Check() ([]Drift, error) {
	if r.upToDate != nil {
		return nil, nil
	}
	var drifts []Drift
	var failed failures
	for _, t := range r.Targets {
		found, err := t.Check(r.Root)
		failed.add(err)
		drifts = append(drifts, found...)
	}
	if failed.other != nil {
		return nil, failed.other
	}
	return drifts, failed.list.Err() // each is about a file of its own, at one place in the config
}

// HalfWritten are the targets' folders that a run was ended in the middle of writing.
func (r *Result) HalfWritten() []string {
	var dirs []string
	for _, t := range r.Targets {
		if t.HalfWritten(r.Root) {
			dirs = append(dirs, t.Dir)
		}
	}
	return dirs
}
