package main

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"

	"github.com/trefoil-sql/trefoil/internal/generate"
	"github.com/trefoil-sql/trefoil/internal/source"
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
	var list source.List
	switch {
	case err == nil || ctx.Err() != nil:
	case errors.As(err, &list):
		_ = list.Write(w.std.err)
		fmt.Fprintln(w.std.err, summary(list))
	default:
		fmt.Fprintf(w.std.err, "error: %v\n", err)
	}
}

func (w *watcher) run(ctx context.Context) error {
	result, err := generate.Run(ctx, w.Options)
	if err != nil {
		return err
	}
	w.printNotes(w.std.err, result.Notes)
	drifts, err := result.Check()
	if err != nil {
		return err
	}
	if _, err := result.Write(); err != nil {
		return err
	}
	w.printStages(w.std.err, result.Stages)
	if w.quiet {
		return nil
	}
	for _, d := range drifts {
		verb := "wrote"
		if d.Want == nil {
			verb = "removed"
		}
		fmt.Fprintf(w.std.err, "%-8s %s\n", verb, d.Path)
	}
	if len(drifts) == 0 {
		fmt.Fprintln(w.std.err, "up to date")
	}
	return nil
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
