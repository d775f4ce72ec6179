package watch

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/fsnotify/fsnotify"
)

const (
	// quiet is how long nothing may happen before a change counts as finished.
	quiet = 60 * time.Millisecond
	// patience is how long a change may go on before it counts as finished all the same.
	patience = 400 * time.Millisecond
)

// Watcher watches one set of files at a time. It is for one goroutine.
type Watcher struct {
	notify *fsnotify.Watcher
	set    Set
	state  state
}

// New makes a watcher of nothing. Close ends it.
func New() (*Watcher, error) {
	n, err := fsnotify.NewWatcher()
	if err != nil {
		return nil, fmt.Errorf("watching files: %w", err)
	}
	return &Watcher{notify: n, state: state{}}, nil
}

// Close stops all watching.
func (w *Watcher) Close() error { return w.notify.Close() }

// Watch sets what is watched. Next tells what differs from how it is now.
func (w *Watcher) Watch(s Set) error {
	w.set = s
	_, err := w.refresh()
	return err
}

// Next waits until something of the set differs from how it was when Watch or Next last returned, and returns what. The
// error is the context's or the system's.
func (w *Watcher) Next(ctx context.Context) ([]Change, error) {
	for {
		if err := w.wait(ctx); err != nil {
			return nil, err
		}
		if changes, err := w.refresh(); err != nil || len(changes) > 0 {
			return changes, err
		}
	}
}

// refresh takes the state anew, with directories watched before they are read: what is made in a new one is seen either
// way.
func (w *Watcher) refresh() ([]Change, error) {
	found := w.set.scan()
	for {
		if err := w.follow(found.dirs); err != nil {
			return nil, err
		}
		before := found.dirs
		if found = w.set.scan(); slices.Equal(before, found.dirs) {
			break
		}
	}
	now := read(found.files, w.state)
	changes := w.state.changes(now)
	w.state = now
	return changes, nil
}

// follow watches these directories and no others.
func (w *Watcher) follow(dirs []string) error {
	watched := w.notify.WatchList()
	for _, dir := range watched {
		if !slices.Contains(dirs, dir) {
			// It may be gone already.
			if err := w.notify.Remove(dir); err != nil && !errors.Is(err, fsnotify.ErrNonExistentWatch) {
				return fmt.Errorf("watching files: %w", err)
			}
		}
	}
	for _, dir := range dirs {
		if err := w.notify.Add(dir); err != nil && existing(dir) == dir {
			return fmt.Errorf("watching %s: %w", dir, err)
		}
	}
	return nil
}

// wait returns when something has happened and it is quiet again.
func (w *Watcher) wait(ctx context.Context) error {
	var calm, end <-chan time.Time
	for {
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-calm:
			return nil
		case <-end:
			return nil
		case <-w.notify.Events:
		case err := <-w.notify.Errors:
			// Too many events at once are an event.
			if !errors.Is(err, fsnotify.ErrEventOverflow) {
				return fmt.Errorf("watching files: %w", err)
			}
		}
		calm = time.After(quiet)
		if end == nil {
			end = time.After(patience)
		}
	}
}
