package sqlc

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"
	"golang.org/x/tools/txtar"

	"github.com/trefoil-sql/trefoil/internal/catalog"
	"github.com/trefoil-sql/trefoil/internal/config"
	"github.com/trefoil-sql/trefoil/internal/pgtest"
	"github.com/trefoil-sql/trefoil/internal/source"
)

func TestMain(m *testing.M) {
	Child()
	plugin()
	pgtest.Main(m)
}

// project loads a config with its query files, given as txtar, and makes the input for a catalog.
func project(t *testing.T, files string, c *catalog.Catalog) Input {
	t.Helper()
	dir := t.TempDir()
	for _, f := range txtar.Parse([]byte(files)).Files {
		p := filepath.Join(dir, f.Name)
		require.NoError(t, os.MkdirAll(filepath.Dir(p), 0o755))
		require.NoError(t, os.WriteFile(p, f.Data, 0o644))
	}
	cfg, err := config.Load(dir, "")
	require.NoError(t, err)
	return Input{Config: cfg, SQL: cfg.SQL[0], Catalog: c, WantQueries: len(cfg.SQL[0].Queries) > 0}
}

// diagnostics runs an input that must fail, and returns its diagnostics.
func diagnostics(t *testing.T, in Input) source.List {
	t.Helper()
	_, _, err := Run(context.Background(), in)
	var list source.List
	require.True(t, errors.As(err, &list), "%v", err)
	list.Sort()
	return list
}

const goConfig = `
-- sqlc.yaml --
version: "2"
sql:
  - engine: postgresql
    schema: schema
    queries: queries
    gen:
      go:
        package: usage
        out: gen/go
        sql_package: pgx/v5
        emit_enum_valid_method: true
        emit_all_enum_values: true
`

func name(n string) catalog.Name { return catalog.Name{Schema: "public", Name: n} }

func builtin(n string) catalog.Type {
	return catalog.Type{Name: catalog.Name{Schema: "pg_catalog", Name: n}, Kind: catalog.BaseType}
}

func array(t catalog.Type, dims int) catalog.Type {
	t.Array, t.Dims = true, dims
	return t
}

func user(n catalog.Name, kind catalog.TypeKind) catalog.Type {
	return catalog.Type{Name: n, Kind: kind}
}

func col(n string, t catalog.Type) catalog.Column { return catalog.Column{Name: n, Type: t} }

func notNull(n string, t catalog.Type) catalog.Column {
	return catalog.Column{Name: n, Type: t, NotNull: true}
}

// usage is a small form of the reference schema.
func usage() *catalog.Catalog {
	return &catalog.Catalog{
		Schemas: []catalog.Schema{{Name: "auth"}, {Name: "public"}},
		Relations: []catalog.Relation{
			{Name: catalog.Name{Schema: "auth", Name: "users"}, Kind: catalog.Table, Columns: []catalog.Column{notNull("id", builtin("uuid"))}},
			{Name: name("llm_usage"), Kind: catalog.Table, Comment: "Calls.", Columns: []catalog.Column{
				notNull("id", builtin("uuid")),
				col("user_id", builtin("uuid")),
				notNull("provider", builtin("varchar")),
				notNull("model", builtin("varchar")),
				notNull("input_tokens", builtin("int4")),
				col("latency_ms", builtin("int4")),
				notNull("created_at", builtin("timestamptz")),
			}},
		},
	}
}

func provider() Enum {
	return Enum{
		Name: name("llm_usage_provider"), Values: []string{"google-gla", "anthropic"}, GoName: "LLMProvider",
		GoValues: map[string]string{"google-gla": "LLMProviderGoogleGLA", "anthropic": "LLMProviderAnthropic"},
		Columns:  []catalog.ColumnName{{Relation: name("llm_usage"), Column: "provider"}},
	}
}
