package sqlc

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

const markedQueries = goConfig + `
-- queries/a.sql --
-- name: Totals :many
SELECT provider AS "who!", sum(input_tokens) AS "total?", 'a!"b?"' AS "c" FROM llm_usage GROUP BY provider ORDER BY "total?";

-- name: Touch :one
UPDATE llm_usage SET latency_ms = @ms WHERE id = @id RETURNING latency_ms AS "ms!";
`

// TestMarksAreTakenOff: neither sqlc nor what it writes has a mark, all else stands, and the queries are found in the file
// as it is.
func TestMarksAreTakenOff(t *testing.T) {
	r := sqlcOK(t, project(t, markedQueries, usage()))
	q := query(t, r, "Totals")
	assert.Equal(t, `SELECT provider AS "who" , sum(input_tokens) AS "total" , 'a!"b?"' AS "c" FROM llm_usage GROUP BY provider ORDER BY "total"`,
		strings.TrimSpace(q.Text))
	require.Len(t, q.Columns, 3)
	assert.Equal(t, []string{"who", "total", "c"}, []string{q.Columns[0].Name, q.Columns[1].Name, q.Columns[2].Name})
	assert.Contains(t, q.Span.Text(), `"who!"`)
	assert.Equal(t, "ms", query(t, r, "Touch").Columns[0].Name)
	for name, text := range r.Files {
		assert.NotRegexp(t, `"(who!|total\?|ms!)"`, string(text), name)
	}
}
