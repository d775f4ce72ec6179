package nullability

import (
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/trefoil-sql/trefoil/internal/catalog"
)

// TestGiven: what CHECKs say of any row, kept, is what they say when a query asks them.
func TestGiven(t *testing.T) {
	kept, _ := loadSchema(t)
	asked, _ := loadSchema(t)
	known := 0
	for _, r := range asked.Relations {
		if found := newAnalysis(asked, nil).table(r.Name); found != nil {
			for _, g := range found.given(asked).groups {
				if g.known {
					known++
				}
				g.known = false
			}
		}
	}
	assert.Greater(t, known, 5)
	queries := []string{
		"SELECT * FROM checked, contact WHERE kind = 'phone'", "SELECT * FROM checked WHERE b > 0 AND c IS NULL",
		"SELECT * FROM contact AS c LEFT JOIN checked AS k ON k.id = c.id AND k.a > 1 WHERE c.email IS NULL AND now() > '2020-01-01'",
		"SELECT (SELECT k.b FROM checked AS k WHERE k.id = c.id), c.* FROM contact AS c RIGHT JOIN checked AS o ON o.b = c.id",
		"SELECT * FROM contact AS c WHERE c IS NOT NULL AND kind IN ('phone', 'email')", "UPDATE contact SET kind = 'none' WHERE phone IS NULL RETURNING *",
		"SELECT kind, phone, count(email) FROM contact GROUP BY GROUPING SETS ((kind), (phone)) HAVING kind = 'email'",
	}
	for _, tc := range readCases(t) {
		queries = append(queries, tc.sql)
	}
	for _, r := range kept.Relations {
		queries = append(queries, "SELECT * FROM "+r.Name.String())
	}
	for _, sql := range queries {
		assert.Equal(t, verdictsOf(t, asked, sql), verdictsOf(t, kept, sql), sql)
	}
}

func verdictsOf(t *testing.T, c *catalog.Catalog, sql string) []Verdict {
	t.Helper()
	return Columns(c, analyse(t, c, sql))
}

func TestHasAnyWord(t *testing.T) {
	for text, want := range map[string]bool{
		"": false, "SELECT 1": false, "SELECT 1 FOR UPDATE": true, "fo": false, "for": true, "Select * from onlY (t)": true, "tablesampl": false,
	} {
		assert.Equal(t, want, hasAnyWord(text, "tablesample", "only", "for"), text)
	}
}
