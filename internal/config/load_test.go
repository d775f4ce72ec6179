package config

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestTheRepositorysOwnConfig(t *testing.T) {
	c, err := Load("../..", "")
	require.NoError(t, err)
	assert.Equal(t, "sqlc.yaml", c.File.Path)
	require.Len(t, c.SQL, 1)
	s := c.SQL[0]
	assert.Equal(t, []string{"schema"}, s.Schema)
	assert.Equal(t, []string{"queries"}, s.Queries)
	assert.Equal(t, "usage", s.Go.Package)
	assert.Equal(t, "pgx/v5", s.Go.SQLPackage)
	assert.Equal(t, []string{"id"}, s.Go.Initialisms)
	require.Len(t, s.Targets, 2)
	zod, pydantic := s.Targets[0], s.Targets[1]
	assert.Equal(t, "gen/ts", zod.Out)
	assert.Equal(t, "gen/ts", zod.Span.Text())
	assert.Equal(t, Zod, zod.Options.Target)
	assert.Equal(t, "camel", zod.Options.Keys.Insert)
	assert.Equal(t, "snake", zod.Options.Keys.Row)
	assert.Equal(t, "{query}", zod.Options.Naming.QueryRow)
	assert.Equal(t, ".js", *zod.Options.ImportExtension)
	assert.Nil(t, zod.Options.Insert)
	assert.False(t, *zod.Options.Update)
	assert.Equal(t, "{name}Create", pydantic.Options.Naming.Insert)
	assert.Equal(t, []string{"id", "created_at"}, pydantic.Options.ExcludeColumns.Insert)
	assert.Equal(t, "public", c.Shared.DefaultSchema)
	assert.Equal(t, "LLMProvider", c.Shared.Rename.Enums["llm_usage.provider"])
}
