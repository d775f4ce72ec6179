// Package generate is the pipeline: config and migrations to catalog, catalog and analysed queries to models, models to
// files. It reads the project and returns values; output writes them.
package generate

import (
	"context"
	"fmt"
	"time"

	"github.com/trefoil-sql/trefoil/internal/catalog"
	"github.com/trefoil-sql/trefoil/internal/config"
	"github.com/trefoil-sql/trefoil/internal/emit/golang"
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
}

// Result is everything a run made, in memory.
type Result struct {
	// Root is the absolute directory that targets are relative to.
	Root    string
	Targets []output.Target
	// Notes are warnings and infos; errors are returned as the error.
	Notes  source.List
	Stages []Stage
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
	r.cfg, r.Root, r.keepStale = cfg, cfg.Dir, o.KeepStale
	var failed failures
	failed.add(guard(cfg, folders(cfg)))
	for _, entry := range cfg.SQL {
		failed.add(r.entry(ctx, entry))
	}
	if err := failed.err(r.Notes); err != nil {
		return nil, err
	}
	return r.Result, nil
}

// run carries the config and the result from entry to entry.
type run struct {
	*Result
	cfg       *config.Config
	keepStale bool
	// schema is that of the entry.
	schema schema
}

// entry generates the targets of one sql: entry.
func (r *run) entry(ctx context.Context, entry config.SQL) error {
	in, files, err := r.analyse(ctx, entry)
	if err != nil {
		return err
	}
	var failed failures
	if entry.Go != nil {
		failed.add(r.golang(in, entry, files))
	}
	for _, t := range entry.Targets {
		failed.add(r.target(in, t))
	}
	failed.add(r.others(ctx, entry, in.Catalog))
	return failed.err(nil)
}

// analyse replays the schema of an entry and has sqlc analyse its queries: all that the models are built from, and sqlc's
// Go files.
func (r *run) analyse(ctx context.Context, entry config.SQL) (model.Input, output.Tree, error) {
	cat, err := timed(r, "catalog", func() (*catalog.Catalog, error) { return r.catalog(entry) })
	if err != nil {
		return model.Input{}, nil, err
	}
	lists := model.ValueLists(cat, r.cfg.Shared.DefaultSchema)
	analysed, err := timed(r, "sqlc", func() (*sqlc.Result, error) { return r.sqlc(ctx, entry, cat, lists) })
	if err != nil {
		return model.Input{}, nil, err
	}
	return model.Input{
		Config: r.cfg, Entry: entry, Catalog: cat, Lists: lists, Queries: analysed.Queries, Prelude: r.schema.prelude(),
	}, analysed.Files, nil
}

// catalog replays what the entry's schema paths hold.
func (r *run) catalog(entry config.SQL) (*catalog.Catalog, error) {
	files, notes, err := schemaFiles(r.cfg, entry)
	r.Notes = append(r.Notes, notes...)
	if err != nil {
		return nil, err
	}
	r.schema = files
	cat, notes, err := catalog.Load(files.all)
	r.Notes = append(r.Notes, notes...)
	return cat, err
}

func (r *run) sqlc(ctx context.Context, entry config.SQL, cat *catalog.Catalog, lists []model.ValueList) (*sqlc.Result, error) {
	if entry.Go == nil && len(entry.Queries) == 0 {
		return &sqlc.Result{}, nil
	}
	in := sqlc.Input{Config: r.cfg, SQL: entry, Catalog: cat, WantQueries: len(entry.Queries) > 0}
	if entry.Go != nil {
		in.Enums = model.Lower(r.cfg, entry, lists)
		in.KeepPlural = model.KeepPlural(cat, r.cfg.Shared.DefaultSchema)
	}
	result, notes, err := sqlc.Run(ctx, in)
	r.Notes = append(r.Notes, notes...)
	return result, err
}

// others adds what sqlc's other plugins make of the entry.
func (r *run) others(ctx context.Context, entry config.SQL, cat *catalog.Catalog) error {
	if len(entry.Others) == 0 {
		return nil
	}
	outputs, err := timed(r, "plugins", func() ([]sqlc.Output, error) {
		return sqlc.Others(ctx, sqlc.Input{Config: r.cfg, SQL: entry, Catalog: cat})
	})
	for _, o := range outputs {
		t := otherTarget(o.Other)
		t.Tree = o.Files
		r.Targets = append(r.Targets, t)
	}
	return err
}

// golang adds trefoil's own files to those of sqlc, in sqlc's package.
func (r *run) golang(in model.Input, entry config.SQL, files output.Tree) error {
	in.Language = naming.Go
	return r.emit(in, goTarget(entry), func(m *model.Model) (output.Tree, error) {
		return golang.Emit(m, files, golang.Options{Package: entry.Go.Package, JSON: r.cfg.Shared.GoJSON})
	})
}

// target emits one of trefoil's own targets.
func (r *run) target(in model.Input, t config.Target) error {
	in.Options = t.Options
	emit, err := emitter(t.Options, &in)
	if err != nil {
		return err
	}
	return r.emit(in, ownTarget(t), emit)
}

// emit builds the model for one target and emits it.
func (r *run) emit(in model.Input, t output.Target, emit func(*model.Model) (output.Tree, error)) error {
	var m *model.Model
	tree, err := timed(r, t.Name, func() (tree output.Tree, err error) {
		var notes source.List
		m, notes, err = model.Build(in)
		r.Notes = append(r.Notes, notes...)
		if err != nil {
			return nil, err
		}
		return emit(m)
	})
	if err != nil {
		return err
	}
	t.Tree, t.Origins, t.KeepStale = tree, origins(in, r.schema.all, m, tree), r.keepStale
	r.Targets = append(r.Targets, t)
	return nil
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
