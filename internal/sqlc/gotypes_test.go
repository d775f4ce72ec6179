package sqlc

import (
	"context"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"go.yaml.in/yaml/v3"

	"github.com/trefoil-sql/trefoil/internal/catalog"
)

func pg(name string) catalog.Type {
	return catalog.Type{Name: catalog.Name{Schema: "pg_catalog", Name: name}, Kind: catalog.BaseType}
}

func TestGoTypesFollowTheEntrysOptions(t *testing.T) {
	in := reference(t)
	in.Enums = referenceEnums()
	provider := catalog.ColumnName{Relation: name("llm_usage"), Column: "provider"}
	array := pg("text")
	array.Array, array.Dims = true, 1
	uses := []TypeUse{
		{Type: pg("int4")}, {Type: pg("int4"), NotNull: true}, {Type: pg("numeric")}, {Type: pg("jsonb"), NotNull: true},
		{Type: pg("text"), Source: provider}, {Type: pg("text"), Source: provider, NotNull: true}, {Type: array},
		{Type: pg("text")},
	}
	flag := func(key, value string) {
		put(in.SQL.Go.Node, key, &yaml.Node{Kind: yaml.ScalarNode, Tag: "!!bool", Value: value})
	}
	flag("emit_pointers_for_null_types", "false")
	assert.Equal(t, []string{
		"pgtype.Int4", "int32", "pgtype.Numeric", "json.RawMessage", "NullLLMProvider", "LLMProvider", "[]string", "pgtype.Text",
	}, expressions(t, in, uses))

	flag("emit_pointers_for_null_types", "true")
	flag("omit_unused_structs", "true")
	flag("emit_exact_table_names", "true")
	assert.Equal(t, []string{
		"*int32", "int32", "pgtype.Numeric", "json.RawMessage", "NullLLMProvider", "LLMProvider", "[]string", "*string",
	}, expressions(t, in, uses))
}

func expressions(t *testing.T, in Input, uses []TypeUse) []string {
	t.Helper()
	got, err := GoTypes(context.Background(), in, uses)
	require.NoError(t, err)
	var out []string
	for _, g := range got {
		out = append(out, g.Expr)
		for pkg, path := range g.Imports {
			assert.NotEmpty(t, path, "the import of %s", pkg)
		}
	}
	return out
}
