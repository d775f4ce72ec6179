package query

import (
	"fmt"
	"slices"

	"github.com/trefoil-sql/trefoil/internal/catalog"
	"github.com/trefoil-sql/trefoil/internal/nullability"
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
	// statements are the analysed statements of each query file.
	statements map[*source.File][]catalog.Analysed
}

// Build describes every query, in the order of sqlc's. The list has an info for each query that only sqlc could analyse, and
// an error for each tag in a comment that cannot be followed.
func Build(in Input) ([]Query, source.List) {
	b := &builder{Input: in, types: newTypes(in)}
	b.statements = in.analysed(in.files())
	queries := make([]Query, len(in.Queries))
	diags := make([]source.List, len(in.Queries))
	sideBySide(len(in.Queries), atOnce, func(i int) {
		one := b.apart()
		queries[i] = one.query(&in.Queries[i])
		diags[i] = one.diags
	})
	list := slices.Concat(diags...)
	list.Sort()
	return queries, list
}

// builder describes queries and views. What it does for one is apart from others, as they are described side by side.
type builder struct {
	Input
	types types
	// asked are the query that is described and those within it, for what is asked of them.
	asked map[*catalog.Query]*nullability.Statement
	diags source.List
}

// apart is a builder for one query.
func (b *builder) apart() *builder {
	one := *b
	one.asked, one.diags = map[*catalog.Query]*nullability.Statement{}, nil
	return &one
}

// ask is what questions about a query go to: they share the work.
func (b *builder) ask(q *catalog.Query) *nullability.Statement {
	s, ok := b.asked[q]
	if !ok {
		s = nullability.Of(b.Catalog, q)
		b.asked[q] = s
	}
	return s
}

func (b *builder) query(s *sqlc.Query) Query {
	q := newQuery(s)
	analysed, why := b.analysis(s)
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

// analysis finds the catalog's analysis of a query, or says why there is none.
func (b *builder) analysis(s *sqlc.Query) (*catalog.Query, string) {
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
	statements := b.statements[f]
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
