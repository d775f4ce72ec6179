package main

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"slices"

	"github.com/trefoil-sql/trefoil/internal/generate"
	"github.com/trefoil-sql/trefoil/internal/output"
	"github.com/trefoil-sql/trefoil/internal/watch"
)

// watcher generates anew whenever an input changes.
type watcher struct {
	*flags
	std   streams
	files *watch.Watcher
	// inputs is what the last config that could be read names.
	inputs watch.Set
}

// watch generates, and again on every change until the context ends. Mistakes are printed, and what was generated last
// is kept until they are mended.
func (f *flags) watch(ctx context.Context, std streams) error {
	files, err := watch.New()
	if err != nil {
		return err
	}
	defer files.Close()
	w := &watcher{flags: f, std: std, files: files}
	for {
		if err := w.follow(); err != nil {
			return err
		}
		w.generate(ctx)
		changes, err := w.files.Next(ctx)
		if ctx.Err() != nil {
			return nil
		}
		if err != nil {
			return err
		}
		w.printChanges(changes)
	}
}

// follow watches the inputs as the config names them now. While it cannot be read, the earlier ones are watched too: the
// next run may be about them.
func (w *watcher) follow() error {
	inputs, ok := generate.Inputs(w.Options)
	if ok {
		w.inputs = inputs
	} else {
		inputs = inputs.Add(w.inputs)
	}
	return w.files.Watch(inputs)
}

// generate is one run. Its mistakes are printed, and so is what a run could not do; neither ends the watch.
func (w *watcher) generate(ctx context.Context) {
	err := w.run(ctx)
	var failed failure
	if ctx.Err() == nil && errors.As(w.fail(err), &failed) {
		failed.print(w.std)
	}
}

func (w *watcher) run(ctx context.Context) error {
	end, restored, err := generate.Begin(ctx, w.Options, true, func() { w.printBusy(w.std.err) })
	if err != nil {
		return err
	}
	defer end()
	result, err := generate.Run(ctx, w.Options)
	if err != nil {
		return err
	}
	drifts, err := result.Check()
	if err != nil {
		return err
	}
	done, err := result.Write()
	if err != nil {
		return failure{error: err, flags: w.flags, wrote: len(done) > 0}
	}
	if list := w.notes(result.Notes); len(list) > 0 {
		_ = w.printList(w.std, list)
	}
	if !w.quiet {
		w.printRun(restored, done, drifts)
	}
	w.printStages(w.std.err, result.Stages)
	return nil
}

// printRun says what a run has done, file by file and then for each target that it changed.
func (w *watcher) printRun(restored []string, done []generate.Written, drifts []output.Drift) {
	for _, d := range drifts {
		switch {
		case d.Want != nil:
			fmt.Fprintf(w.std.err, "wrote    %s\n", d.Path)
		case !w.KeepStale:
			fmt.Fprintf(w.std.err, "removed  %s\n", d.Path)
		}
	}
	done = slices.DeleteFunc(done, func(t generate.Written) bool { return t.Written+t.Removed == 0 })
	w.printWritten(w.std.err, restored, done)
	if len(done) == 0 {
		fmt.Fprintln(w.std.err, "up to date")
	}
}

func (w *watcher) printChanges(changes []watch.Change) {
	if w.quiet {
		return
	}
	dir, err := filepath.Abs(w.Dir)
	for _, c := range changes {
		if rel, relErr := filepath.Rel(dir, c.Path); err == nil && relErr == nil {
			c.Path = filepath.ToSlash(rel)
		}
		fmt.Fprintf(w.std.err, "%-8s %s\n", c.Kind, c.Path)
	}
}
