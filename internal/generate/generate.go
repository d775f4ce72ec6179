// Package generate is the pipeline: config and migrations to catalog, catalog and analysed queries to models, models to
// files. It reads the project and returns values; output writes them.
package generate

import (
	"context"
	"fmt"
	"time"

	"github.com/trefoil-sql/trefoil/internal/cache"
	"github.com/trefoil-sql/trefoil/internal/catalog"
	"github.com/trefoil-sql/trefoil/internal/config"
	"github.com/trefoil-sql/trefoil/internal/emit/golang"
	"github.com/trefoil-sql/trefoil/internal/emit/golang/gofile"
	"github.com/trefoil-sql/trefoil/internal/emit/pydantic"
	"github.com/trefoil-sql/trefoil/internal/emit/zod"
	"github.com/trefoil-sql/trefoil/internal/model"
	"github.com/trefoil-sql/trefoil/internal/naming"
	"github.com/trefoil-sql/trefoil/internal/output"
	"github.com/trefoil-sql/trefoil/internal/source"
	"github.com/trefoil-sql/trefoil/internal/sqlc"
)

// Child must be the first call of main: a run starts its own executable again to run sqlc in, and that process ends
// here.
func Child() { sqlc.Child() }

// Options say which project to generate for.
type Options struct {
	Dir  string // the project's root; "" is the working directory
	File string // the config, relative to Dir; "" looks for sqlc.yaml, sqlc.yml and sqlc.json
	// KeepStale leaves files that are no longer generated where they are.
	KeepStale bool
	// Cache keeps records of runs, so that one on unchanged inputs need not be made; nil for none.
	Cache *cache.Store
	// analysed has sqlc analyse all queries, also those that can be read: tests compare.
	analysed bool
}

// Result is everything a run made, in memory.
type Result struct {
	// Root is the absolute directory that targets are relative to.
	Root    string
	Targets []output.Target
	// Notes are warnings and infos; errors are returned as the error.
	Notes  source.List
	Stages []Stage
	// upToDate is what Write did, where the record of an earlier run tells that it has nothing to do.
	upToDate []Written
}

// Stage is how long a part of the run took.
type Stage struct {
	Name string
	Took time.Duration
}

// Run generates every target of a project in memory.
func Run(ctx context.Context, o Options) (*Result, error) {
	r := &run{Result: &Result{}}
	cfg, err := timed(r, "config", func() (*config.Config, error) { return config.Load(o.Dir, o.File) })
	if err != nil {
		return nil, err
	}
	r.cfg, r.Root, r.options = cfg, cfg.Dir, o
	var failed failures
	failed.add(guard(cfg, folders(cfg)))
	entries, _ := timed(r, "read", func() ([]*sources, error) { return r.read(), nil })
	record := newRecord(o.Cache, cfg, entries)
	if found, _ := timed(r, "cache", func() (bool, error) { return record.find(r.Result), nil }); found && failed.err(nil) == nil {
		return r.Result, nil
	}
	for i, entry := range cfg.SQL {
		failed.add(r.entry(ctx, entry, entries[i]))
	}
	if err := failed.err(r.Notes); err != nil {
		return nil, err
	}
	record.keep(r.Result)
	return r.Result, nil
}

func (r *run) read() []*sources {
	entries := make([]*sources, len(r.cfg.SQL))
	for i, entry := range r.cfg.SQL {
		entries[i] = readSources(r.cfg, entry)
	}
	return entries
}

// run carries the config and the result from entry to entry.
type run struct {
	*Result
	cfg     *config.Config
	options Options
	// sources are those of the entry.
	*sources
}

// others is what sqlc's other plugins make of the entry.
func (r *run) others(ctx context.Context, entry config.SQL, cat *catalog.Catalog) emitted {
	return measured("plugins", func(e *emitted) error {
		outputs, err := sqlc.Others(ctx, sqlc.Input{Config: r.cfg, SQL: entry, Catalog: cat})
		for _, o := range outputs {
			t := otherTarget(o.Other)
			t.Tree = o.Files
			e.targets = append(e.targets, t)
		}
		return err
	})
}

// golang adds trefoil's own files to those of sqlc, in sqlc's package.
func (r *run) golang(in model.Input, files func() ([]*gofile.File, error)) emitted {
	in.Language = naming.Go
	return r.emit(in, goTarget(in.Entry), func(m *model.Model) (output.Tree, error) {
		written, err := files()
		if err != nil {
			return nil, err
		}
		return golang.Emit(m, written, golang.Options{Package: in.Entry.Go.Package, JSON: r.cfg.Shared.GoJSON})
	})
}

// target emits one of trefoil's own targets.
func (r *run) target(in model.Input, t config.Target) emitted {
	in.Options = t.Options
	emit, err := emitter(t.Options, &in)
	if err != nil {
		return emitted{err: err}
	}
	return r.emit(in, ownTarget(t), emit)
}

// emit builds the model for one target and emits it.
func (r *run) emit(in model.Input, t output.Target, emit func(*model.Model) (output.Tree, error)) emitted {
	return measured(t.Name, func(e *emitted) error {
		m, notes, err := model.Build(in)
		e.notes = notes
		if err != nil {
			return err
		}
		tree, err := emit(m)
		if err != nil {
			return err
		}
		t.Tree, t.Sums, t.KeepStale = tree, tree.Sums(), r.options.KeepStale
		t.Origins = origins(in, r.schema.all, tree)
		e.targets = append(e.targets, t)
		return nil
	})
}

// emitter picks the target's language and its emitter.
func emitter(o config.Options, in *model.Input) (func(*model.Model) (output.Tree, error), error) {
	switch o.Target {
	case config.Zod:
		in.Language = naming.TypeScript
		return func(m *model.Model) (output.Tree, error) {
			return zod.Emit(m, zodOptions(o))
		}, nil
	case config.Pydantic:
		in.Language = naming.Python
		return func(m *model.Model) (output.Tree, error) { return pydantic.Emit(m, pydanticOptions(o)) }, nil
	}
	return nil, fmt.Errorf("no emitter for target %q", o.Target)
}

func pydanticOptions(o config.Options) pydantic.Options {
	return pydantic.Options{Driver: o.Wire == config.DriverWire}
}

func zodOptions(o config.Options) zod.Options {
	return zod.Options{
		Numeric: o.Numeric, BigInt: o.BigInt, Timestamp: o.Timestamp, ImportExtension: *o.ImportExtension,
		Driver: o.Wire == config.DriverWire,
	}
}

// timed runs a stage and notes its time under the stage's name.
func timed[T any](r *run, name string, stage func() (T, error)) (T, error) {
	start := time.Now()
	v, err := stage()
	r.Stages = append(r.Stages, Stage{name, time.Since(start)})
	return v, err
}
