package nullability

import (
	_ "embed"
	"slices"
	"strings"
	"sync"

	"github.com/trefoil-sql/trefoil/internal/catalog"
)

// systemText lists the columns of PostgreSQL's own tables that are NOT NULL.
//
//go:embed system.txt
var systemText string

var systemColumns = sync.OnceValue(func() map[string][]string {
	out := map[string][]string{}
	for line := range strings.Lines(systemText) {
		if words := strings.Fields(line); len(words) > 1 && words[0] != "#" {
			out[words[0]] = words[1:]
		}
	}
	return out
})

// isSystemColumn tells a column of PostgreSQL's own tables that is NOT NULL.
func isSystemColumn(c catalog.ColumnName) bool {
	return c.Relation.Schema == "pg_catalog" && slices.Contains(systemColumns()[c.Relation.Name], c.Column)
}
