package query

import (
	"fmt"

	"github.com/trefoil-sql/trefoil/internal/catalog"
	"github.com/trefoil-sql/trefoil/internal/source"
	"github.com/trefoil-sql/trefoil/internal/sqlc"
)

// Input is what queries are described from.
type Input struct {
	Catalog *catalog.Catalog
	// DefaultSchema is the schema whose names need no prefix.
	DefaultSchema string
	// Views are those of the catalog, whose columns may be settled by them.
	Views []View
	// Queries are sqlc's answers, and Enums the value lists that it was shown as enum types.
	Queries []sqlc.Query
	Enums   []sqlc.Enum
	// statements are what has been analysed of the query files before.
	statements map[*source.File][]catalog.Analysed
}

// Build describes every query, in the order of sqlc's. The list has an info for each query that only sqlc could analyse, and
// an error for each tag in a comment that cannot be followed.
func Build(in Input) ([]Query, source.List) {
	b := &builder{Input: in, types: newTypes(in), files: in.statements}
	if b.files == nil {
		b.files = map[*source.File][]catalog.Analysed{}
	}
	queries := make([]Query, len(in.Queries))
	for i := range in.Queries {
		queries[i] = b.query(&in.Queries[i])
	}
	b.diags.Sort()
	return queries, b.diags
}

type builder struct {
	Input
	types types
	// files are the analysed statements of each query file.
	files map[*source.File][]catalog.Analysed
	diags source.List
}

func (b *builder) query(s *sqlc.Query) Query {
	q := newQuery(s)
	analysed, why := b.analysed(s)
	if analysed != nil {
		why = b.fits(analysed, s)
	}
	if why == "" {
		q.Analysed = analysed
		b.describe(&q)
	} else {
		b.answers(&q)
		markAnswers(&q)
		b.notAnalysed(s, why)
	}
	b.nullTags(&q)
	return q
}

func newQuery(s *sqlc.Query) Query {
	return Query{
		Name: s.Name, Cmd: s.Cmd, File: s.File, Comments: s.Comments, Span: s.NameSpan, InsertInto: s.InsertInto, Sqlc: s,
	}
}

// analysed finds the catalog's analysis of a query, or says why there is none.
func (b *builder) analysed(s *sqlc.Query) (*catalog.Query, string) {
	a, why := b.statement(s)
	if a == nil {
		return nil, why
	}
	if a.Query == nil && len(a.Problems) > 0 {
		return nil, a.Problems[0].Message
	}
	return a.Query, ""
}

// statement finds a query among the analysed statements of its file, or says why it is not there.
func (b *builder) statement(s *sqlc.Query) (*catalog.Analysed, string) {
	f := s.Span.File
	if f == nil {
		return nil, "its place is not known"
	}
	statements, ok := b.files[f]
	if !ok {
		statements = b.Catalog.Analyse(f, b.DefaultSchema)
		b.files[f] = statements
	}
	for i := range statements {
		if a := &statements[i]; a.Span.Start >= s.Span.Start && a.Span.End <= s.Span.End {
			return a, ""
		}
	}
	return nil, "its statement is not found"
}

// fits says how an analysis and sqlc's answer do not belong together, "" if they do: each result column and each parameter
// has to stand for one of sqlc's.
func (b *builder) fits(a *catalog.Query, s *sqlc.Query) string {
	if n := len(groups(a.Columns)); n != len(s.Columns) {
		return fmt.Sprintf("it returns %d columns, and for sqlc %d", n, len(s.Columns))
	}
	for _, p := range s.Params {
		if _, ok := paramOf(a, p); !ok {
			return fmt.Sprintf("its parameter %d is not found", p.Number)
		}
	}
	return ""
}

func (b *builder) notAnalysed(s *sqlc.Query, why string) {
	b.diags = append(b.diags, source.Diagnostic{
		Span: s.NameSpan, Severity: source.Info, Code: CodeNotAnalysed,
		Message: fmt.Sprintf("query %s has the types that sqlc gives it: %s", s.Name, why),
	})
}
