package sqlc

import (
	"context"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestRunReturnsFilesAndQueries(t *testing.T) {
	in := project(t, goConfig+`
-- queries/b.sql --
-- name: ByProvider :many
-- Calls of one provider.
--   Indented.
SELECT id, provider, lower(provider) AS lowered, coalesce(provider, 'none') AS shown FROM llm_usage WHERE provider = $1 AND model LIKE @pattern;
-- queries/a.sql --
-- name: Add :one
INSERT INTO llm_usage (id, provider, latency_ms) VALUES ($1, @provider, sqlc.narg('ms')) RETURNING *;

-- name: Joined :many
SELECT a.id, b.provider, sqlc.embed(a), b.latency_ms FROM llm_usage a LEFT JOIN llm_usage b ON a.id = b.user_id;
`, usage())
	in.Enums = []Enum{provider()}
	result, notes, err := Run(context.Background(), in)
	require.NoError(t, err)
	assert.Empty(t, notes)
	for n, f := range result.Files {
		t.Logf("%s\n%s", n, f)
	}
	for _, q := range result.Queries {
		t.Logf("%+v", q)
	}
}
