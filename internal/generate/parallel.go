package generate

import (
	"runtime"
	"time"

	"golang.org/x/sync/errgroup"

	"github.com/trefoil-sql/trefoil/internal/output"
	"github.com/trefoil-sql/trefoil/internal/source"
)

// emitted is what one target, or the other plugins, came to.
type emitted struct {
	targets []output.Target
	notes   source.List
	stage   Stage
	err     error
}

// measured makes something and notes how long that took.
func measured(name string, make func(*emitted) error) emitted {
	var e emitted
	start := time.Now()
	e.err = make(&e)
	e.stage = Stage{name, time.Since(start)}
	return e
}

// sideBySide makes an entry's targets at the same time: each reads the same catalog and queries, and changes none of
// them. What comes of them is taken in the config's order, whichever is ready first.
func (r *run) sideBySide(makers []func() emitted) error {
	all := make([]emitted, len(makers))
	var group errgroup.Group
	group.SetLimit(runtime.GOMAXPROCS(0))
	for i, make := range makers {
		group.Go(func() error {
			all[i] = make()
			return nil // the errors of all are wanted, in order
		})
	}
	_ = group.Wait()
	var failed failures
	for _, e := range all {
		r.Targets = append(r.Targets, e.targets...)
		r.Notes = append(r.Notes, e.notes...)
		r.Stages = append(r.Stages, e.stage)
		failed.add(e.err)
	}
	return failed.err(nil)
}
