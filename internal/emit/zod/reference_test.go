package zod

import (
	"flag"
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/trefoil-sql/trefoil/internal/catalog"
	"github.com/trefoil-sql/trefoil/internal/constraint"
	"github.com/trefoil-sql/trefoil/internal/model"
)

var update = flag.Bool("update", false, "rewrite testdata")

// TestUsageTracking shows whole modules: one of a table, one of its lists and one of a query.
func TestUsageTracking(t *testing.T) {
	tree, err := Emit(usageTracking(), combinations[0])
	require.NoError(t, err)
	for _, name := range []string{"enums.ts", "llm_usage.ts", "usage.ts", "index.ts"} {
		file := filepath.Join("testdata", name)
		if *update {
			require.NoError(t, os.WriteFile(file, tree[name], 0o644))
		}
		want, err := os.ReadFile(file)
		require.NoError(t, err)
		require.Equal(t, string(want), string(tree[name]), "run go test -update to accept")
	}
}

// usageTracking is a part of the reference schema: what the model makes of table llm_usage and of one query.
func usageTracking() *model.Model {
	provider := enum("LLMProvider", "LLM_PROVIDERS", "llm_usage_provider_check", "google-gla", "anthropic", "voyage", "openai")
	provider.Doc, provider.Origin = "Who served the model.", "constraint llm_usage_provider_check on public.llm_usage"
	usage := &model.Relation{
		Source: catalog.Name{Schema: "public", Name: "llm_usage"}, Kind: catalog.Table, Module: "llm_usage",
		Row:    object(model.Row, "llm_usage", "LlmUsage", usageColumns(provider)...),
		Insert: object(model.Insert, "llm_usage", "CreateLlmUsageInput", usageColumns(provider)...),
	}
	usage.Row.Doc = "One call of a language model: what it was for, what it cost and how long it took."
	usage.Insert.Doc, usage.Insert.Schema = usage.Row.Doc, "CreateLlmUsageSchema"
	names := map[string]string{
		"deal_id": "dealId", "input_tokens": "inputTokens", "cost_usd": "costUsd", "latency_ms": "latencyMs", "created_at": "createdAt",
	}
	defaults := map[string]*model.Default{
		"input_tokens": {Kind: model.NumberDefault, Text: "0"}, "cost_usd": {Kind: model.NumberDefault, Text: "0"},
	}
	for i := range usage.Insert.Fields {
		f := &usage.Insert.Fields[i]
		f.Default = defaults[f.Column]
		f.Optional = f.Nullable || f.Default != nil || f.Column == "id" || f.Column == "created_at"
		if name, ok := names[f.Column]; ok {
			f.Name, f.Wire = name, name
		}
	}
	byProvider := &model.Query{
		Name: "ProviderCost", Module: "usage",
		Row: object(model.QueryRow, "usage", "ProviderCost", column("name", model.EnumRef{Enum: provider}),
			column("cost_usd", kind(model.Numeric)), column("call_count", kind(model.Int8))),
		Params: object(model.Params, "usage", "ProviderCostParams", column("organization_id", kind(model.UUID)),
			column("from_time", kind(model.TimestampTZ))),
	}
	byProvider.Row.Doc = "Cost and number of an organization's calls by provider, the dearest first."
	return &model.Model{
		Enums:     []*model.Enum{provider},
		Relations: []*model.Relation{usage},
		Queries: []*model.Query{
			{Name: "CreateLlmUsage", Module: "usage", Row: usage.Row, SharedRow: true},
			byProvider,
		},
	}
}

func usageColumns(provider *model.Enum) []model.Field {
	return []model.Field{
		documented(column("id", kind(model.UUID)), "Identifies the call."),
		documented(nullable(column("deal_id", kind(model.UUID))), "The deal that the call was made for, if any."),
		documented(column("provider", model.EnumRef{Enum: provider, Constraint: "llm_usage_provider_check"}), "Who served the model."),
		documented(column("model", varchar(100), check("llm_usage_model_check", constraint.NotEqual{})),
			"The model, as the provider names it."),
		documented(column("input_tokens", kind(model.Int4), compare("llm_usage_input_tokens_check", ">=", "0")),
			"Tokens sent to the model."),
		documented(column("cost_usd", numeric(10, 6), compare("llm_usage_cost_usd_check", ">=", "0")),
			"Price of the call in US dollars, to a millionth."),
		documented(nullable(column("latency_ms", kind(model.Int4), compare("llm_usage_latency_ms_check", ">=", "0"))),
			"Milliseconds from the request to the end of the answer; NULL if not measured."),
		documented(column("created_at", kind(model.TimestampTZ)), "When the call was recorded."),
	}
}
