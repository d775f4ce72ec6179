package query

import (
	"github.com/trefoil-sql/trefoil/internal/sqlc"
)

// ReadEach reads each query for itself: those that can be read.
func ReadEach(in Input, named []sqlc.Query) []sqlc.Query {
	in.Queries = named
	in.statements = in.analysed(in.files())
	b := &builder{Input: in}
	var out []sqlc.Query
	for _, q := range named {
		if b.read(&q, true) {
			out = append(out, q)
		}
	}
	return out
}
