package sqlc_test

import (
	"context"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/trefoil-sql/trefoil/internal/catalog"
	"github.com/trefoil-sql/trefoil/internal/config"
	"github.com/trefoil-sql/trefoil/internal/migration"
	"github.com/trefoil-sql/trefoil/internal/model"
	"github.com/trefoil-sql/trefoil/internal/sqlc"
)

// The repository's own project through every stage before this one.
func TestTheRepositorysOwnProject(t *testing.T) {
	cfg, err := config.Load("../..", "")
	require.NoError(t, err)
	entry := cfg.SQL[0]
	files, _, err := migration.Read(cfg.Dir, entry.Schema, migration.Options{})
	require.NoError(t, err)
	cat, _, err := catalog.Load(files)
	require.NoError(t, err)
	in := sqlc.Input{Config: cfg, SQL: entry, Catalog: cat, WantQueries: true}
	in.Enums = model.Lower(cfg, entry, model.ValueLists(cat, cfg.Shared.DefaultSchema))
	result, notes, err := sqlc.Run(context.Background(), in)
	require.NoError(t, err)
	assert.Empty(t, notes)
	assert.Len(t, result.Queries, 9)
	models := string(result.Files["models.go"])
	for _, want := range []string{
		"type LLMProvider string", "type LLMFeature string", "type FeatureName string", "type FeatureStatus string",
		`= "google-gla"`, "func AllFeatureNameValues() []FeatureName", "func (e FeatureStatus) Valid() bool",
	} {
		assert.Contains(t, models, want)
	}
}
