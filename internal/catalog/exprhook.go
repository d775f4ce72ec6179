package catalog

import (
	pg_query "github.com/pganalyze/pg_query_go/v5"

	"github.com/trefoil-sql/trefoil/internal/source"
)

// exprPlace says where a parsed expression stands and how the type names in it are resolved. offset is what to add to
// the parser's node locations to get byte offsets in file.
type exprPlace struct {
	file    *source.File
	offset  int
	resolve func(*pg_query.TypeName) (Type, bool)
}
