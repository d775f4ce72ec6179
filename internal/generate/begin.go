package generate

import (
	"context"
	"path/filepath"
	"slices"

	"github.com/bmatcuk/doublestar/v4"

	"github.com/trefoil-sql/trefoil/internal/config"
	"github.com/trefoil-sql/trefoil/internal/output"
)

// Begin keeps other runs out of the project until end is called: all others for a run that writes, those that write for
// one that only reads. busy is called once if it has to wait for one. A run that writes then finds the targets' folders
// whole: restored names those that a run had been ended in the middle of writing, and that are again as before it.
func Begin(ctx context.Context, o Options, writes bool, busy func()) (end func(), restored []string, err error) {
	cfg, err := config.Load(o.Dir, o.File)
	if err != nil {
		return nil, nil, err
	}
	unlock, err := output.Lock(ctx, cfg.Dir, !writes, busy)
	if err != nil || !writes {
		return unlock, nil, err
	}
	targets := folders(cfg)
	err = guard(cfg, targets)
	if err == nil {
		restored, err = output.Recover(cfg.Dir, targets...)
	}
	if err != nil {
		unlock()
		return nil, nil, err
	}
	return unlock, restored, nil
}

// folders are the config's targets without what goes into them.
func folders(cfg *config.Config) []output.Target {
	var targets []output.Target
	for _, entry := range cfg.SQL {
		if entry.Go != nil {
			targets = append(targets, goTarget(entry))
		}
		for _, t := range entry.Targets {
			targets = append(targets, ownTarget(t))
		}
		for _, o := range entry.Others {
			if !slices.ContainsFunc(targets, func(t output.Target) bool { return t.Foreign && t.Dir == o.Out }) {
				targets = append(targets, otherTarget(o))
			}
		}
	}
	return targets
}

func goTarget(entry config.SQL) output.Target {
	return output.Target{Name: "go", Dir: entry.Go.Out, Span: entry.Go.Span}
}

func ownTarget(t config.Target) output.Target {
	return output.Target{Name: string(t.Options.Target), Dir: t.Out, Span: t.Span}
}

func otherTarget(o config.Other) output.Target {
	return output.Target{Name: o.Name, Dir: o.Out, Span: o.Span, Foreign: true}
}

// guard refuses folders that must not be written.
func guard(cfg *config.Config, targets []output.Target) error {
	patterns := append([]string{cfg.File.Path}, cfg.Shared.Prelude...)
	for _, entry := range cfg.SQL {
		patterns = append(patterns, entry.Schema...)
		patterns = append(patterns, entry.Queries...)
	}
	var sources []string
	for _, p := range patterns {
		if !filepath.IsAbs(p) {
			p = filepath.Join(cfg.Dir, filepath.FromSlash(p))
		}
		sources = append(sources, p)
		// What is wrong with a pattern is told where it is read.
		if matches, err := doublestar.FilepathGlob(p); err == nil {
			sources = append(sources, matches...)
		}
	}
	return output.Guard(cfg.Dir, targets, sources)
}
