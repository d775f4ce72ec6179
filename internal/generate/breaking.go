package generate

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"golang.org/x/sync/errgroup"

	"github.com/trefoil-sql/trefoil/internal/breaking"
	"github.com/trefoil-sql/trefoil/internal/config"
	"github.com/trefoil-sql/trefoil/internal/revision"
	"github.com/trefoil-sql/trefoil/internal/source"
)

// Changes are what Breaking finds, and the others are parts of what it prints.
type (
	Changes     = breaking.Changes
	ChangeJSON  = breaking.ChangeJSON
	ChangeCount = breaking.Count
)

// Breaking finds what changed for the users of the generated clients since a git revision of the project, or since another
// directory, such as a copy of it. against is relative to the project. What the config says to ignore is marked so.
func Breaking(ctx context.Context, o Options, against string) (Changes, error) {
	old, err := earlier(ctx, o, against)
	if err != nil {
		return nil, err
	}
	defer old.close()
	var before, after *Project
	var failedBefore, failedAfter error
	var g errgroup.Group
	g.Go(func() error { before, failedBefore = Models(ctx, old.Options); return nil })
	g.Go(func() error { after, failedAfter = Models(ctx, o); return nil })
	_ = g.Wait()
	var failed failures
	failed.add(failedAfter)
	failed.add(old.told(failedBefore))
	if err := failed.err(nil); err != nil {
		return nil, err
	}
	findings := breaking.Compare(before.Clients, after.Clients)
	locate(findings, before.Schema, after.Schema)
	shared := after.Config.Shared
	breaking.Apply(findings, ignored(shared.Breaking), shared.DefaultSchema)
	return findings, nil
}

func ignored(b config.Breaking) []breaking.Ignore {
	list := make([]breaking.Ignore, len(b.Ignore))
	for i, g := range b.Ignore {
		list[i] = breaking.Ignore{Rule: g.Rule, Objects: g.Objects}
	}
	return list
}

// previous is the project as it was.
type previous struct {
	Options
	name string // as the user gave it
	copy *revision.Copy
}

// close removes what was made to read the project.
func (p previous) close() {
	if p.copy != nil {
		_ = p.copy.Remove()
	}
}

// told makes errors speak of the project as it was, and not of where it was put: files are called as git calls them,
// main:schema/1.sql.
func (p previous) told(err error) error {
	var list source.List
	if !errors.As(err, &list) {
		if err == nil {
			return nil
		}
		text := err.Error()
		if p.copy != nil {
			text = strings.ReplaceAll(text, p.Dir, p.name+":")
		}
		return fmt.Errorf("what %s holds cannot be generated: %s", p.name, text)
	}
	seen := map[*source.File]bool{}
	for _, d := range list {
		spans := []source.Span{d.Span}
		for _, n := range d.Notes {
			spans = append(spans, n.Span)
		}
		for _, s := range spans {
			if s.File != nil && !seen[s.File] {
				seen[s.File] = true
				s.File.Path = p.name + ":" + s.File.Path
			}
		}
	}
	return list
}

// earlier finds the project as it was: in a revision of git, or in a directory.
func earlier(ctx context.Context, o Options, against string) (previous, error) {
	p := previous{Options: o, name: against}
	dir := against
	if !filepath.IsAbs(dir) {
		dir = filepath.Join(o.Dir, against)
	}
	info, err := os.Stat(dir)
	isDir := err == nil && info.IsDir()
	var r revision.Revision
	unknown := errors.New("no revision or directory has no name")
	if against != "" {
		r, unknown = revision.Resolve(ctx, o.Dir, against)
	}
	switch {
	case unknown == nil && isDir:
		return p, fmt.Errorf("%s is a revision and a directory; write ./%s for the directory, or the commit %.12s", against, against, r.Commit)
	case isDir && against != "":
		p.Dir = dir
		p.File, err = within(o)
		return p, errors.Join(err, p.hasConfig())
	case unknown != nil:
		return p, explain(against, unknown)
	}
	c, err := r.Extract(ctx)
	if err != nil {
		return p, fmt.Errorf("reading %s: %w", against, err)
	}
	p.copy, p.Dir = &c, c.Dir
	if p.File, err = within(o); err == nil {
		err = p.hasConfig()
	}
	if err != nil {
		p.close()
	}
	return p, err
}

// explain says what to do where there is no such revision.
func explain(against string, err error) error {
	switch {
	case errors.Is(err, revision.ErrUnknown):
		return fmt.Errorf("%s is neither a revision of this repository nor a directory; "+
			"where a clone has only the newest commit, fetch it first: git fetch origin %s", against, strings.TrimPrefix(against, "origin/"))
	case errors.Is(err, revision.ErrNotRepository), errors.Is(err, revision.ErrNoGit):
		return fmt.Errorf("%s is no directory, and no revision can be read: %w", against, err)
	}
	return fmt.Errorf("%s: %w", against, err)
}

// within is the config's file relative to the project's directory.
func within(o Options) (string, error) {
	if !filepath.IsAbs(o.File) {
		return o.File, nil
	}
	dir, err := filepath.Abs(o.Dir)
	if err != nil {
		return "", err
	}
	return filepath.Rel(dir, o.File)
}

// hasConfig tells an old state that trefoil generated nothing from.
func (p previous) hasConfig() error {
	names := config.Names
	if p.File != "" {
		names = []string{p.File}
	}
	there := slices.ContainsFunc(names, func(name string) bool {
		_, err := os.Stat(filepath.Join(p.Dir, name))
		return err == nil
	})
	if !there {
		return fmt.Errorf("%s has no %s, so that there is nothing to compare with", p.name, strings.Join(names, ", "))
	}
	return nil
}
