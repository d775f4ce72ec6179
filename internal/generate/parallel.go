package generate

import (
	"sync"
	"time"

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
// them. What comes of them is in the config's order, whichever is ready first.
func sideBySide(makers []func() emitted) []emitted {
	all := make([]emitted, len(makers))
	var group sync.WaitGroup
	for i, make := range makers {
		group.Go(func() { all[i] = make() })
	}
	group.Wait()
	return all
}

// take takes over what was made of an entry.
func (r *run) take(all []emitted) error {
	var failed failures
	for _, e := range all {
		r.Targets = append(r.Targets, e.targets...)
		r.Notes = append(r.Notes, e.notes...)
		r.Stages = append(r.Stages, e.stage)
		failed.add(e.err)
	}
	return failed.err(nil)
}
