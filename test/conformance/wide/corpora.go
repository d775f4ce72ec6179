package wide

import (
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/trefoil-sql/trefoil/internal/catalog"
	"github.com/trefoil-sql/trefoil/internal/explain"
	"github.com/trefoil-sql/trefoil/test/corpora"
)

// CorporaSubjects has a table for each CHECK of real projects whose columns have types that probes know; left is how many
// have others.
func CorporaSubjects(t testing.TB, dir string) (out []Subject, left int) {
	t.Helper()
	entries, err := os.ReadDir(dir)
	require.NoError(t, err)
	seen := map[string]bool{}
	for _, e := range entries {
		if !e.IsDir() {
			continue
		}
		c := corpora.Catalog(t, dir, e.Name())
		for _, r := range explain.Rules(c) {
			if r.Kind != explain.Check || r.IsDomain {
				continue
			}
			s, ok := corporaSubject(c, r)
			key := fmt.Sprint(s.Check, s.Columns)
			switch {
			case !ok:
				left++
			case !seen[key]:
				seen[key] = true
				out = append(out, s)
			}
		}
	}
	return out, left
}

// corporaSubject is a table of the columns that a CHECK reads.
func corporaSubject(c *catalog.Catalog, rule explain.Rule) (Subject, bool) {
	s := Subject{Group: "CHECKs of real projects", Title: rule.SQL, Constraint: rule.Constraint, Check: rule.SQL}
	at := slices.IndexFunc(c.Relations, func(rel catalog.Relation) bool { return rel.Name == rule.Object })
	for _, name := range rule.Columns {
		col, ok := c.Relations[at].Column(name)
		if !ok || col.Type.Kind != catalog.BaseType {
			return s, false
		}
		sql := catalog.FormatType(col.Type)
		if typePool(strings.TrimSuffix(sql, "[]")).Edges == nil {
			return s, false
		}
		s.Columns = append(s.Columns, Column{Name: name, SQL: sql, Pool: ruledPool(sql, rule.SQL)})
	}
	return s, len(s.Columns) > 0
}
