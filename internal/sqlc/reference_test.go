package sqlc

import (
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"go.yaml.in/yaml/v3"

	"github.com/trefoil-sql/trefoil/internal/catalog"
	"github.com/trefoil-sql/trefoil/internal/config"
)

// reference is the repository's own project, without the targets that need no sqlc, in a folder of its own.
func reference(t testing.TB) Input {
	t.Helper()
	own, err := config.Load("../..", "")
	require.NoError(t, err)
	dir := t.TempDir()
	var ddl strings.Builder
	for _, folder := range []string{"schema", "queries"} {
		require.NoError(t, os.CopyFS(filepath.Join(dir, folder), os.DirFS(filepath.Join("../..", folder))))
	}
	files, err := filepath.Glob("../../schema/*.sql")
	require.NoError(t, err)
	for _, f := range files { // in order of name
		text, err := os.ReadFile(f)
		require.NoError(t, err)
		ddl.Write(text)
	}
	text, err := yaml.Marshal(mapping(scalar("version"), scalar("2"), scalar("sql"), sequence(mapping(
		scalar("engine"), scalar("postgresql"), scalar("schema"), scalar("schema"), scalar("queries"), scalar("queries"),
		scalar("gen"), mapping(scalar("go"), own.SQL[0].Go.Node),
	))))
	require.NoError(t, err)
	require.NoError(t, os.WriteFile(filepath.Join(dir, "sqlc.yaml"), text, 0o644))
	cfg, err := config.Load(dir, "")
	require.NoError(t, err)
	return Input{Config: cfg, SQL: cfg.SQL[0], Catalog: introspect(t, ddl.String()), WantQueries: true}
}

func referenceEnums() []Enum {
	list := func(table, column, goName string, values ...string) Enum {
		return Enum{
			Name: name(table + "_" + column), GoName: goName, Values: values,
			Columns: []catalog.ColumnName{{Relation: name(table), Column: column}},
		}
	}
	return []Enum{
		list("llm_usage", "provider", "LLMProvider", "google-gla", "anthropic", "voyage", "openai"),
		list("llm_usage", "feature", "LLMFeature", "chat", "document_analysis", "extraction"),
		list("feature_usage", "feature_name", "FeatureName", "upload_document", "chat", "search"),
		list("feature_usage", "status", "FeatureStatus", "success", "error", "timeout"),
		list("organization_members", "role", "OrganizationRole", "member", "admin", "superadmin"),
	}
}

func TestReferenceWithoutValueListsIsPlainSqlcs(t *testing.T) {
	in := reference(t)
	r := sqlcOK(t, in)
	plain := plainSqlc(t, in)
	require.Equal(t, slices.Sorted(maps.Keys(plain)), slices.Sorted(maps.Keys(r.Files)))
	for n := range plain {
		assert.Equal(t, string(plain[n]), string(r.Files[n]), n)
	}
}

func TestReference(t *testing.T) {
	in := reference(t)
	in.Enums = referenceEnums()
	r := sqlcOK(t, in)
	runGo(t, r.Files, `package usage

var (
	_ LLMProvider   = CreateLlmUsageParams{}.Provider
	_ LLMFeature    = LoadLlmUsageParams{}.Feature
	_ LLMFeature    = FeatureCostRow{}.Name
	_ FeatureStatus = FeatureFailureRow{}.Status
	_ FeatureName   = FeatureFailureParams{}.FeatureName
	_ LLMProvider   = LlmUsage{}.Provider
)
`)
	for _, q := range r.Queries {
		if !strings.HasPrefix(q.Name, "Create") && q.Name != "LoadLlmUsage" {
			continue
		}
		for _, p := range q.Params {
			require.NotNil(t, p.Assigned, "%s: $%d", q.Name, p.Number)
			assert.Equal(t, p.Column.OriginalName, p.Assigned.Column)
		}
	}
	assert.Len(t, r.Queries, 9)
	assert.Equal(t, "dashboard.sql", r.Queries[0].File)
}

// BenchmarkReference is the time of a run on the reference project: the child's start, and sqlc for Go and for JSON.
func BenchmarkReference(b *testing.B) {
	in := reference(b)
	in.Enums = referenceEnums()
	for b.Loop() {
		if _, _, err := Run(b.Context(), in); err != nil {
			b.Fatal(err)
		}
	}
}
