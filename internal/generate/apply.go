package generate

import (
	"runtime"

	"golang.org/x/sync/errgroup"

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
	compared, err := r.compare()
	if err != nil {
		return nil, err
	}
	var done []Written
	for i, t := range r.Targets {
		w := Written{Target: t.Name, Dir: t.Dir, Files: len(t.Tree)}
		if w.Change, err = compared[i].Write(r.Root); err != nil {
			return done, err
		}
		done = append(done, w)
	}
	return done, nil
}

// Check lists what Write would change, and writes nothing.
func (r *Result) Check() ([]Drift, error) {
	if r.upToDate != nil {
		return nil, nil
	}
	compared, err := r.compare()
	if err != nil {
		return nil, err
	}
	var drifts []Drift
	for _, c := range compared {
		drifts = append(drifts, c.Drifts()...)
	}
	return drifts, nil
}

// compare holds the targets against the project's tree, side by side.
func (r *Result) compare() ([]*output.Comparison, error) {
	compared, errs := make([]*output.Comparison, len(r.Targets)), make([]error, len(r.Targets))
	var group errgroup.Group
	group.SetLimit(runtime.GOMAXPROCS(0))
	for i, t := range r.Targets {
		group.Go(func() error {
			compared[i], errs[i] = t.Compare(r.Root)
			return nil // all are wanted, in order
		})
	}
	_ = group.Wait()
	var failed failures
	for _, err := range errs {
		failed.add(err)
	}
	if failed.other != nil {
		return nil, failed.other
	}
	return compared, failed.list.Err() // each is about a file of its own, at one place in the config
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
