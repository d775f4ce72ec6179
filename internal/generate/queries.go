package generate

import (
	"context"
	"sync"

	"github.com/trefoil-sql/trefoil/internal/emit/golang/correct"
	"github.com/trefoil-sql/trefoil/internal/model"
	"github.com/trefoil-sql/trefoil/internal/output"
	"github.com/trefoil-sql/trefoil/internal/query"
	"github.com/trefoil-sql/trefoil/internal/source"
	"github.com/trefoil-sql/trefoil/internal/sqlc"
)

// taken are the queries of an entry, and sqlc's Go files with the types that they have.
type taken struct {
	in model.Input
	// files waits for sqlc, which runs beside all that does not need them. An error tells that the queries have to be
	// analysed by sqlc.
	files  func() (output.Tree, error)
	notes  source.List
	stages []Stage
}

// took takes over what is to be told of the queries. The files have been waited for.
func (r *run) took(t *taken) {
	r.Notes = append(r.Notes, t.notes...)
	r.Stages = append(r.Stages, t.stages...)
}

// readQueries describes the queries of an entry without sqlc's analysis of them, which costs as much as its Go: sqlc is run for
// Go alone, meanwhile, and not at all without it. It is false where anything is wrong or not sure, which is then left to a run
// with sqlc's analysis: so all messages are of such a run.
func (r *run) readQueries(ctx context.Context, p *prepared) (*taken, bool) {
	if r.options.analysed {
		return nil, false
	}
	t := &taken{in: p.in}
	ctx, cancel := context.WithCancel(ctx)
	asked := correct.New(p.shown)
	written := startSqlc(ctx, p.shown, asked)
	if p.shown.WantQueries {
		ok, _ := timed(r, "queries", func() (bool, error) { return r.readFiles(p, t), nil })
		if !ok {
			cancel()
			_ = written.wait()
			return nil, false
		}
	}
	t.files = sync.OnceValues(func() (output.Tree, error) {
		defer cancel()
		return t.finish(ctx, written, asked)
	})
	return t, true
}

// readFiles reads and describes the queries.
func (r *run) readFiles(p *prepared, t *taken) bool {
	in := query.Input{
		Catalog: p.in.Catalog, DefaultSchema: r.cfg.Shared.DefaultSchema, Views: p.in.Views, Enums: p.shown.Enums,
	}
	in, ok := query.Read(in, r.queries, p.shown.SQL.Go != nil)
	if !ok {
		return false
	}
	var list source.List
	t.in.Queries, list = query.Build(in)
	t.notes = append(t.notes, list...)
	return list.Err() == nil
}

// finish waits for sqlc's files and gives them the types that the queries have.
func (t *taken) finish(ctx context.Context, written *writing, asked *correct.Asked) (output.Tree, error) {
	if err := written.wait(); err != nil {
		return nil, err
	}
	t.notes = append(t.notes, written.notes...)
	t.stages = append(t.stages, written.stage)
	if !written.asks {
		return written.result.Files, nil
	}
	var files output.Tree
	e := measured("types", func(*emitted) (err error) {
		asked.Answer(written.result.Types)
		asked.Ask(t.in.Queries)
		if err = asked.Finish(ctx); err == nil {
			files, err = correct.Files(written.result.Files, asked.Facts())
		}
		return err
	})
	t.stages = append(t.stages, e.stage)
	return files, e.err
}

// writing is a run of sqlc for Go alone that goes on beside other work. What it has is there after wait.
type writing struct {
	wait   func() error
	asks   bool // for types too
	result *sqlc.Result
	notes  source.List
	stage  Stage
}

// startSqlc has sqlc write its Go. It is asked for the types that queries usually need as well, before they are read.
func startSqlc(ctx context.Context, in sqlc.Input, asked *correct.Asked) *writing {
	w := &writing{asks: in.SQL.Go != nil && in.WantQueries}
	in.WantQueries = false
	if w.asks {
		in.WantTypes = asked.Usual()
	}
	done := make(chan error, 1)
	w.wait = sync.OnceValue(func() error { return <-done })
	go func() {
		e := measured("sqlc", func(*emitted) (err error) {
			w.result, w.notes, err = sqlc.Run(ctx, in)
			return err
		})
		w.stage = e.stage
		done <- e.err
	}()
	return w
}
