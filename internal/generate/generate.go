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
	"github.com/trefoil-sql/trefoil/internal/emit/golang/correct"
	"github.com/trefoil-sql/trefoil/internal/emit/golang/gofile"
	"github.com/trefoil-sql/trefoil/internal/emit/pydantic"
	"github.com/trefoil-sql/trefoil/internal/emit/zod"
	"github.com/trefoil-sql/trefoil/internal/model"
	"github.com/trefoil-sql/trefoil/internal/naming"
	"github.com/trefoil-sql/trefoil/internal/output"
	"github.com/trefoil-sql/trefoil/internal/query"
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

// entry generates the targets of one sql: entry.
func (r *run) entry(ctx context.Context, entry config.SQL, read *sources) error {
	in, files, err := r.analyse(ctx, entry, read)
	if err != nil {
		return err
	}
	var makers []func() emitted
	if entry.Go != nil {
		makers = append(makers, func() emitted { return r.golang(in, entry, files) })
	}
	for _, t := range entry.Targets {
		makers = append(makers, func() emitted { return r.target(in, t) })
	}
	if len(entry.Others) > 0 {
		makers = append(makers, func() emitted { return r.others(ctx, entry, in.Catalog) })
	}
	return r.sideBySide(makers)
}

// analyse replays the schema of an entry and describes its queries, which sqlc has to take too: all that the models are
// built from, and sqlc's Go files.
func (r *run) analyse(ctx context.Context, entry config.SQL, read *sources) (model.Input, []*gofile.File, error) {
	r.sources = read
	cat, err := timed(r, "catalog", r.catalog)
	if err != nil {
		return model.Input{}, nil, err
	}
	views := query.Views(cat)
	cat = query.Settled(cat, views)
	in := model.Input{
		Config: r.cfg, Entry: entry, Catalog: cat, Views: views, Prelude: r.schema.prelude(),
		Lists: model.ListsOfViews(model.ValueLists(cat, r.cfg.Shared.DefaultSchema), views),
	}
	shown := r.shown(in)
	if taken, ok := r.readQueries(ctx, shown); ok {
		in.Queries = taken.queries
		return in, taken.files, nil
	}
	analysed, err := timed(r, "sqlc", func() (*sqlc.Result, error) { return r.sqlc(ctx, shown) })
	if err != nil {
		return model.Input{}, nil, err
	}
	in.Queries, err = timed(r, "queries", func() ([]query.Query, error) { return r.described(shown, views, analysed.Queries) })
	if err != nil {
		return model.Input{}, nil, err
	}
	files, err := timed(r, "types", func() ([]*gofile.File, error) { return corrected(ctx, shown, in.Queries, analysed.Files) })
	return in, files, err
}

// corrected are sqlc's files with the types that the queries have.
func corrected(ctx context.Context, shown sqlc.Input, queries []query.Query, written output.Tree) ([]*gofile.File, error) {
	files, err := gofile.ParseAll(written)
	if err != nil || shown.SQL.Go == nil || len(queries) == 0 {
		return files, err
	}
	facts, err := correct.Queries(ctx, shown, queries)
	if err != nil {
		return nil, err
	}
	return correct.Files(files, facts)
}

// described are the queries that sqlc has taken.
func (r *run) described(shown sqlc.Input, views []query.View, analysed []sqlc.Query) ([]query.Query, error) {
	queries, list := query.Build(query.Input{
		Catalog: shown.Catalog, DefaultSchema: r.cfg.Shared.DefaultSchema, Views: views, Queries: analysed, Enums: shown.Enums,
	})
	if err := list.Err(); err != nil {
		return nil, err
	}
	r.Notes = append(r.Notes, list...)
	return queries, nil
}

// catalog replays what the entry's schema paths hold.
func (r *run) catalog() (*catalog.Catalog, error) {
	r.Notes = append(r.Notes, r.notes...)
	if r.err != nil {
		return nil, r.err
	}
	cat, notes, err := catalog.Load(r.schema.all)
	r.Notes = append(r.Notes, notes...)
	return cat, err
}

// shown is what sqlc is shown of an entry.
func (r *run) shown(in model.Input) sqlc.Input {
	out := sqlc.Input{Config: r.cfg, SQL: in.Entry, Catalog: in.Catalog, Queries: r.queries, WantQueries: len(in.Entry.Queries) > 0}
	if in.Entry.Go != nil {
		out.Enums = model.Lower(r.cfg, in.Entry, in.Lists)
		out.KeepPlural = model.KeepPlural(in.Catalog, r.cfg.Shared.DefaultSchema)
	}
	return out
}

func (r *run) sqlc(ctx context.Context, in sqlc.Input) (*sqlc.Result, error) {
	if in.SQL.Go == nil && !in.WantQueries {
		return &sqlc.Result{}, nil
	}
	result, notes, err := sqlc.Run(ctx, in)
	r.Notes = append(r.Notes, notes...)
	return result, err
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
func (r *run) golang(in model.Input, entry config.SQL, files []*gofile.File) emitted {
	in.Language = naming.Go
	return r.emit(in, goTarget(entry), func(m *model.Model) (output.Tree, error) {
		return golang.Emit(m, files, golang.Options{Package: entry.Go.Package, JSON: r.cfg.Shared.GoJSON})
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
		t.Origins = origins(in, r.schema.all, m, tree)
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
