package generate

import (
	"context"

	"github.com/trefoil-sql/trefoil/internal/catalog"
	"github.com/trefoil-sql/trefoil/internal/config"
	"github.com/trefoil-sql/trefoil/internal/emit/golang/correct"
	"github.com/trefoil-sql/trefoil/internal/model"
	"github.com/trefoil-sql/trefoil/internal/output"
	"github.com/trefoil-sql/trefoil/internal/query"
	"github.com/trefoil-sql/trefoil/internal/sqlc"
)

// prepared is an entry whose schema has been replayed: what the models are built from save for the queries, and what sqlc
// is shown of it.
type prepared struct {
	in    model.Input
	shown sqlc.Input
}

// entry generates the targets of one sql: entry. While sqlc writes its Go, all else is made that does not need it. Where the
// queries cannot be read without sqlc's analysis of them, that has to come first.
func (r *run) entry(ctx context.Context, entry config.SQL, read *sources) error {
	p, err := r.prepare(entry, read)
	if err != nil {
		return err
	}
	if made, ok := r.beside(ctx, p); ok {
		return r.take(made)
	}
	in, files, err := r.analysed(ctx, p)
	if err != nil {
		return err
	}
	return r.take(sideBySide(r.makers(ctx, in, func() (output.Tree, error) { return files, nil })))
}

// beside makes the targets while sqlc runs. It is false where the queries are not read, or sqlc made something else of them.
func (r *run) beside(ctx context.Context, p *prepared) ([]emitted, bool) {
	t, ok := r.readQueries(ctx, p)
	if !ok {
		return nil, false
	}
	made := sideBySide(r.makers(ctx, t.in, t.files))
	if _, err := t.files(); err != nil {
		return nil, false
	}
	r.took(t)
	return made, true
}

// makers make the targets of an entry. sqlc's files may not be there yet.
func (r *run) makers(ctx context.Context, in model.Input, files func() (output.Tree, error)) []func() emitted {
	var makers []func() emitted
	if in.Entry.Go != nil {
		makers = append(makers, func() emitted { return r.golang(in, files) })
	}
	for _, t := range in.Entry.Targets {
		makers = append(makers, func() emitted { return r.target(in, t) })
	}
	if len(in.Entry.Others) > 0 {
		makers = append(makers, func() emitted { return r.others(ctx, in.Entry, in.Catalog) })
	}
	return makers
}

// analyse gives all that the models of an entry are built from, and sqlc's Go files.
func (r *run) analyse(ctx context.Context, entry config.SQL, read *sources) (model.Input, output.Tree, error) {
	p, err := r.prepare(entry, read)
	if err != nil {
		return model.Input{}, nil, err
	}
	if t, ok := r.readQueries(ctx, p); ok {
		if files, err := t.files(); err == nil {
			r.took(t)
			return t.in, files, nil
		}
	}
	return r.analysed(ctx, p)
}

// prepare replays the schema of an entry.
func (r *run) prepare(entry config.SQL, read *sources) (*prepared, error) {
	r.sources = read
	cat, err := timed(r, "catalog", r.catalog)
	if err != nil {
		return nil, err
	}
	views := query.Views(cat)
	cat = query.Settled(cat, views)
	in := model.Input{
		Config: r.cfg, Entry: entry, Catalog: cat, Views: views, Prelude: r.schema.prelude(),
		Lists: model.ListsOfViews(model.ValueLists(cat, r.cfg.Shared.DefaultSchema), views),
	}
	return &prepared{in: in, shown: r.shown(in)}, nil
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

// analysed has sqlc analyse the queries of an entry: it tells what is wrong with them, and knows of those that cannot be
// read.
func (r *run) analysed(ctx context.Context, p *prepared) (model.Input, output.Tree, error) {
	in := p.in
	result, err := timed(r, "sqlc", func() (*sqlc.Result, error) { return r.sqlc(ctx, p.shown) })
	if err != nil {
		return model.Input{}, nil, err
	}
	in.Queries, err = timed(r, "queries", func() ([]query.Query, error) { return r.described(p, result.Queries) })
	if err != nil {
		return model.Input{}, nil, err
	}
	files, err := timed(r, "types", func() (output.Tree, error) { return corrected(ctx, p.shown, in.Queries, result.Files) })
	return in, files, err
}

func (r *run) sqlc(ctx context.Context, in sqlc.Input) (*sqlc.Result, error) {
	if in.SQL.Go == nil && !in.WantQueries {
		return &sqlc.Result{}, nil
	}
	result, notes, err := sqlc.Run(ctx, in)
	r.Notes = append(r.Notes, notes...)
	return result, err
}

// described are the queries that sqlc has taken.
func (r *run) described(p *prepared, taken []sqlc.Query) ([]query.Query, error) {
	queries, list := query.Build(query.Input{
		Catalog: p.in.Catalog, DefaultSchema: r.cfg.Shared.DefaultSchema, Views: p.in.Views, Queries: taken, Enums: p.shown.Enums,
	})
	if err := list.Err(); err != nil {
		return nil, err
	}
	r.Notes = append(r.Notes, list...)
	return queries, nil
}

// corrected are sqlc's files with the types that the queries have.
func corrected(ctx context.Context, shown sqlc.Input, queries []query.Query, files output.Tree) (output.Tree, error) {
	if shown.SQL.Go == nil || len(queries) == 0 {
		return files, nil
	}
	asked := correct.New(shown)
	asked.Ask(queries)
	if err := asked.Finish(ctx); err != nil {
		return nil, err
	}
	return correct.Files(files, asked.Facts())
}
