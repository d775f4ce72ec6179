package nullability

import (
	"sync"

	"github.com/trefoil-sql/trefoil/internal/catalog"
)

// statement is the work on a statement, kept so that what is asked about it one after the other is found out once.
type statement struct {
	catalog *catalog.Catalog
	query   *catalog.Query
	once    sync.Once
	mu      sync.Mutex
	a       *analysis
	answer  *answer
}

// recent are the statements asked about last.
var recent struct {
	mu   sync.Mutex
	kept [8]*statement
	next int
}

// ask answers a question about a statement. Questions about one statement wait for each other.
func ask[T any](c *catalog.Catalog, q *catalog.Query, question func(a *analysis, r *answer) T) T {
	s := statementOf(c, q)
	s.mu.Lock()
	defer s.mu.Unlock()
	s.once.Do(func() {
		s.a = newAnalysis(c, q)
		s.answer = s.a.query(q, s.a.outermost())
	})
	return question(s.a, s.answer)
}

func statementOf(c *catalog.Catalog, q *catalog.Query) *statement {
	recent.mu.Lock()
	defer recent.mu.Unlock()
	for _, s := range recent.kept {
		if s != nil && s.catalog == c && s.query == q {
			return s
		}
	}
	s := &statement{catalog: c, query: q}
	recent.kept[recent.next] = s
	recent.next = (recent.next + 1) % len(recent.kept)
	return s
}
