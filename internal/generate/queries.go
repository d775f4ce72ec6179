package generate

import (
	"context"

	"github.com/trefoil-sql/trefoil/internal/emit/golang/correct"
	"github.com/trefoil-sql/trefoil/internal/emit/golang/gofile"
	"github.com/trefoil-sql/trefoil/internal/query"
	"github.com/trefoil-sql/trefoil/internal/source"
	"github.com/trefoil-sql/trefoil/internal/sqlc"
)

// taken are the queries of an entry, and sqlc's Go files with the types that they have.
type taken struct {
	queries []query.Query
	files   []*gofile.File
	notes   source.List
}

// readQueries describes the queries of an entry without sqlc's analysis of them, which costs as much as its Go: sqlc is run for
// Go alone, and not at all without it. It is false where anything is wrong or not sure, which is then left to a run with
// sqlc's analysis: so all messages are of such a run.
func (r *run) readQueries(ctx context.Context, shown sqlc.Input) (*taken, bool) {
	if r.options.analysed || !shown.WantQueries {
		return nil, false
	}
	var t taken
	ok, _ := timed(r, "queries", func() (bool, error) { return r.readFiles(shown, &t), nil })
	if !ok {
		return nil, false
	}
	asked := correct.Ask(shown, t.queries)
	shown.WantQueries = false
	if shown.SQL.Go != nil {
		shown.WantTypes = asked.Uses
	}
	result, err := timed(r, "sqlc", func() (*sqlc.Result, error) {
		result, notes, err := sqlc.Run(ctx, shown)
		t.notes = append(t.notes, notes...)
		return result, err
	})
	if err != nil {
		return nil, false
	}
	if shown.SQL.Go != nil {
		t.files, err = timed(r, "types", func() ([]*gofile.File, error) {
			files, err := gofile.ParseAll(result.Files)
			if err != nil {
				return nil, err
			}
			return correct.Files(files, asked.Answered(result.Types))
		})
	}
	if err != nil {
		return nil, false
	}
	r.Notes = append(r.Notes, t.notes...)
	return &t, true
}

// readFiles reads and describes the queries.
func (r *run) readFiles(shown sqlc.Input, t *taken) bool {
	in := query.Input{Catalog: shown.Catalog, DefaultSchema: r.cfg.Shared.DefaultSchema, Enums: shown.Enums}
	in, ok := query.Read(in, r.queries, shown.SQL.Go != nil)
	if !ok {
		return false
	}
	var list source.List
	t.queries, list = query.Build(in)
	t.notes = append(t.notes, list...)
	return list.Err() == nil
}
