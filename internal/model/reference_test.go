package model_test

import (
	"slices"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/trefoil-sql/trefoil/internal/catalog"
	"github.com/trefoil-sql/trefoil/internal/config"
	"github.com/trefoil-sql/trefoil/internal/model"
	"github.com/trefoil-sql/trefoil/internal/naming"
	"github.com/trefoil-sql/trefoil/internal/sqlc"
)

// usageSchema is the reference service's two tables, and what they refer to, as schema/ makes them.
func usageSchema() *schema {
	s := newSchema()
	id := column("id", "uuid", notNull, def(call("gen_random_uuid")))
	createdAt := column("created_at", "timestamptz", notNull, def(call("now")))
	owners := []catalog.Column{column("deal_id", "uuid"), column("user_id", "uuid"), column("organization_id", "uuid")}
	s.table("auth.users", id)
	members := s.table("organization_members", column("user_id", "uuid", notNull), column("organization_id", "uuid", notNull),
		column("role", "text", notNull, def(str("member"))))
	check(members, "organization_members_role_check", in("role", "member", "admin", "superadmin"))
	s.table("organizations", id, column("name", "text", notNull), createdAt)
	s.table("deals", id, column("organization_id", "uuid", notNull), column("name", "text", notNull), createdAt)

	llm := s.table("llm_usage", slices.Concat([]catalog.Column{id}, owners, []catalog.Column{
		column("provider", "varchar(50)", notNull, comment("Who served the model.")),
		column("model", "varchar(100)", notNull),
		column("feature", "varchar(100)", notNull),
		column("input_tokens", "int4", notNull, def(num("0"))),
		column("output_tokens", "int4", notNull, def(num("0"))),
		column("cost_usd", "numeric(10,6)", notNull, def(num("0"))),
		column("latency_ms", "int4"), createdAt,
	})...)
	check(llm, "llm_usage_provider_check", in("provider", "google-gla", "anthropic", "voyage", "openai"))
	check(llm, "llm_usage_model_check", op(ref("model"), "<>", str("")))
	check(llm, "llm_usage_feature_check", in("feature", "chat", "document_analysis", "extraction", "embeddings", "reranking",
		"contradiction_detection", "qa_ingestion"))
	for _, c := range []string{"input_tokens", "output_tokens", "cost_usd", "latency_ms"} {
		check(llm, "llm_usage_"+c+"_check", op(ref(c), ">=", num("0")))
	}

	feature := s.table("feature_usage", slices.Concat([]catalog.Column{id}, owners, []catalog.Column{
		column("feature_name", "varchar(100)", notNull),
		column("status", "varchar(20)", notNull),
		column("duration_ms", "int4"), column("error_message", "text"), column("metadata", "jsonb"), createdAt,
	})...)
	check(feature, "feature_usage_feature_name_check", in("feature_name", "upload_document", "chat", "search", "qa_response",
		"cim_generation", "irl_generation", "document_processing", "knowledge_retrieval"))
	check(feature, "feature_usage_status_check", in("status", "success", "error", "timeout"))
	check(feature, "feature_usage_duration_ms_check", op(ref("duration_ms"), ">=", num("0")))
	check(feature, "feature_usage_metadata_check", op(call("jsonb_typeof", ref("metadata")), "=", str("object")))
	return s
}

// usageQueries are some of the reference's queries, as sqlc analyses them.
func usageQueries() []sqlc.Query {
	table := name("llm_usage")
	provider := sqlc.Column{Name: "name", NotNull: true, Table: &table, OriginalName: "provider", Type: name("llm_usage_provider")}
	feature := sqlc.Column{Name: "name", NotNull: true, Table: &table, OriginalName: "feature", Type: name("llm_usage_feature")}
	cost := sqlc.Column{Name: "cost_usd", NotNull: true, Type: catalog.Name{Schema: "pg_catalog", Name: "numeric"}}
	count := sqlc.Column{Name: "call_count", NotNull: true, Type: catalog.Name{Schema: "pg_catalog", Name: "int8"}}
	period := []sqlc.Param{{Number: 1, Column: sqlc.Column{Name: "organization_id", NotNull: true, Type: catalog.Name{Name: "uuid"}}}}
	return []sqlc.Query{
		{Name: "DailyCost", Cmd: ":many", File: "dashboard.sql", Comments: []string{"Cost of each day."}, Params: period,
			Columns: []sqlc.Column{{Name: "date", NotNull: true, Type: catalog.Name{Name: "date"}}, cost}},
		{Name: "FeatureCost", Cmd: ":many", File: "dashboard.sql", Params: period, Columns: []sqlc.Column{feature, cost, count}},
		{Name: "ProviderCost", Cmd: ":many", File: "dashboard.sql", Params: period, Columns: []sqlc.Column{provider, cost, count}},
		{Name: "DealCostSummary", Cmd: ":one", File: "dashboard.sql", Params: period, Columns: []sqlc.Column{cost, count}},
		createQuery("CreateLlmUsage", usageSchema(), "llm_usage"),
		createQuery("CreateFeatureUsage", usageSchema(), "feature_usage"),
	}
}

// createQuery inserts a row with all of its columns and returns it.
func createQuery(query string, s *schema, table string) sqlc.Query {
	q := sqlc.Query{Name: query, Cmd: ":one", File: "usage.sql"}
	rel := s.find(table)
	for i, c := range rel.Columns {
		col := sqlc.Column{Name: c.Name, OriginalName: c.Name, NotNull: c.NotNull, Table: &rel.Name, Type: c.Type.Name}
		q.Columns = append(q.Columns, col)
		q.Params = append(q.Params, sqlc.Param{
			Number: i + 1, Column: col, Assigned: &catalog.ColumnName{Relation: rel.Name, Column: c.Name},
		})
	}
	return q
}

func (s *schema) find(n string) *catalog.Relation {
	i := slices.IndexFunc(s.catalog.Relations, func(r catalog.Relation) bool { return r.Name == name(n) })
	return &s.catalog.Relations[i]
}

// buildUsage builds the reference's model for the Go target, or for the target of a kind, with the repository's config.
func buildUsage(t *testing.T, kind config.TargetKind) *model.Model {
	t.Helper()
	cfg, err := config.Load("../..", "sqlc.yaml")
	require.NoError(t, err)
	s := usageSchema()
	in := model.Input{
		Config: cfg, Entry: cfg.SQL[0], Catalog: &s.catalog, Queries: answers(&s.catalog, cfg, usageQueries()), Language: naming.Go,
		Lists: model.ValueLists(&s.catalog, cfg.Shared.DefaultSchema),
	}
	for _, target := range cfg.SQL[0].Targets {
		if target.Options.Target == kind {
			in.Options = target.Options
			in.Language = map[config.TargetKind]naming.Language{config.Zod: naming.TypeScript, config.Pydantic: naming.Python}[kind]
		}
	}
	m, notes, err := model.Build(in)
	require.NoError(t, err)
	require.Empty(t, notes)
	return m
}

// names lists every name that a model's index exports, types first, without those of parameters.
func names(m *model.Model) (types, values []string) {
	for _, e := range m.Enums {
		types, values = append(types, e.Name), append(values, e.List, e.Schema)
	}
	add := func(o *model.Object) {
		if o != nil {
			types, values = append(types, o.Name), append(values, o.Schema)
		}
	}
	for _, r := range m.Relations {
		add(r.Row)
		add(r.Insert)
		add(r.Update)
	}
	for _, q := range m.Queries {
		if !q.SharedRow {
			add(q.Row)
		}
	}
	return types, values
}

func TestReferenceNamesInTypeScript(t *testing.T) {
	m := buildUsage(t, config.Zod)
	types, values := names(m)
	assert.Equal(t, []string{
		"FeatureName", "FeatureStatus", "LLMProvider", "LLMFeature", "OrganizationRole",
		"Deal", "CreateDealInput", "FeatureUsage", "CreateFeatureUsageInput", "LlmUsage", "CreateLlmUsageInput",
		"OrganizationMember", "CreateOrganizationMemberInput", "Organization", "CreateOrganizationInput",
		"DailyCost", "FeatureCost", "ProviderCost", "DealCostSummary",
	}, types)
	assert.Equal(t, []string{
		"FEATURE_NAMES", "FeatureNameSchema", "FEATURE_STATUSES", "FeatureStatusSchema",
		"LLM_PROVIDERS", "LLMProviderSchema", "LLM_FEATURES", "LLMFeatureSchema", "ORGANIZATION_ROLES", "OrganizationRoleSchema",
		"DealSchema", "CreateDealSchema", "FeatureUsageSchema", "CreateFeatureUsageSchema", "LlmUsageSchema",
		"CreateLlmUsageSchema", "OrganizationMemberSchema", "CreateOrganizationMemberSchema", "OrganizationSchema",
		"CreateOrganizationSchema", "DailyCostSchema", "FeatureCostSchema", "ProviderCostSchema", "DealCostSummarySchema",
	}, values)

	row, insert := relation(t, m, "llm_usage").Row, relation(t, m, "llm_usage").Insert
	assert.Equal(t, []string{
		"id", "deal_id", "user_id", "organization_id", "provider", "model", "feature", "input_tokens", "output_tokens", "cost_usd",
		"latency_ms", "created_at",
	}, fieldNames(row))
	assert.Equal(t, []string{
		"id", "dealId", "userId", "organizationId", "provider", "model", "feature", "inputTokens", "outputTokens", "costUsd",
		"latencyMs", "createdAt",
	}, fieldNames(insert))
	assert.Equal(t, []string{"provider", "model", "feature"}, required(insert))
	assert.Equal(t, []string{"featureName", "status"}, required(relation(t, m, "feature_usage").Insert))
	assert.Equal(t, "cost_usd", field(t, insert, "costUsd").Wire)
	assert.Equal(t, []string{"deal_id", "user_id", "organization_id", "latency_ms"}, nullable(row))
}

func TestReferenceNamesInPython(t *testing.T) {
	m := buildUsage(t, config.Pydantic)
	types, _ := names(m)
	assert.Equal(t, []string{
		"FeatureName", "FeatureStatus", "LLMProvider", "LLMFeature", "OrganizationRole",
		"Deal", "DealCreate", "FeatureUsage", "FeatureUsageCreate", "LlmUsage", "LlmUsageCreate",
		"OrganizationMember", "OrganizationMemberCreate", "Organization", "OrganizationCreate",
		"DailyCost", "FeatureCost", "ProviderCost", "DealCostSummary",
	}, types)
	create := relation(t, m, "llm_usage").Insert
	assert.Equal(t, []string{
		"deal_id", "user_id", "organization_id", "provider", "model", "feature", "input_tokens", "output_tokens", "cost_usd", "latency_ms",
	}, fieldNames(create), "no id, no created_at")
	assert.Equal(t, &model.Default{Kind: model.NumberDefault, Text: "0"}, field(t, create, "cost_usd").Default)
	for _, f := range create.Fields {
		assert.Equal(t, f.Name, f.Wire)
	}
	assert.Equal(t, []model.EnumValue{
		{Name: "GOOGLE_GLA", Value: "google-gla"}, {Name: "ANTHROPIC", Value: "anthropic"}, {Name: "VOYAGE", Value: "voyage"},
		{Name: "OPENAI", Value: "openai"},
	}, enum(t, m, "LLMProvider").Values)
}

func TestReferenceNamesInGo(t *testing.T) {
	m := buildUsage(t, "")
	types, _ := names(m)
	assert.Equal(t, []string{
		"FeatureName", "FeatureStatus", "LLMProvider", "LLMFeature", "OrganizationRole",
		"AuthUser", "Deal", "FeatureUsage", "LlmUsage", "OrganizationMember", "Organization",
		"DailyCostRow", "FeatureCostRow", "ProviderCostRow", "DealCostSummaryRow",
	}, types)
	assert.Equal(t, []string{
		"ID", "DealID", "UserID", "OrganizationID", "Provider", "Model", "Feature", "InputTokens", "OutputTokens", "CostUsd",
		"LatencyMs", "CreatedAt",
	}, fieldNames(relation(t, m, "llm_usage").Row))
	assert.Equal(t, "LLMProviderGoogleGla", enum(t, m, "LLMProvider").Values[0].Name)
	create := m.Queries[4]
	assert.Equal(t, "CreateLlmUsageParams", create.Params.Name)
	assert.Same(t, relation(t, m, "llm_usage").Row, create.Row)
}

func TestReferenceTypesAndRules(t *testing.T) {
	m := buildUsage(t, config.Zod)
	insert := relation(t, m, "llm_usage").Insert
	assert.Equal(t, model.EnumRef{Enum: enum(t, m, "LLMProvider"), Constraint: "llm_usage_provider_check"}, field(t, insert, "provider").Type)
	assert.Equal(t, model.Scalar{Kind: model.Varchar, Length: 100}, field(t, insert, "model").Type)
	assert.Equal(t, []string{"llm_usage_model_check"}, constraints(field(t, insert, "model")))
	assert.Equal(t, model.Scalar{Kind: model.Numeric, Precision: 10, Scale: 6, HasPrecision: true}, field(t, insert, "costUsd").Type)
	assert.Equal(t, []string{"llm_usage_cost_usd_check"}, constraints(field(t, insert, "costUsd")))
	assert.Empty(t, field(t, insert, "provider").Rules)
	metadata := field(t, relation(t, m, "feature_usage").Row, "metadata")
	assert.Equal(t, model.JSONOf{Binary: true, Shape: "object"}, metadata.Type)
	assert.True(t, metadata.Nullable)

	assert.Equal(t, model.EnumRef{Enum: enum(t, m, "LLMFeature"), Constraint: "llm_usage_feature_check"}, m.Queries[1].Row.Fields[0].Type, "FeatureCost.name")
	assert.True(t, m.Queries[4].SharedRow)
	assert.Equal(t, "Who served the model.", field(t, insert, "provider").Doc)
	assert.Equal(t, "Who served the model.", enum(t, m, "LLMProvider").Doc)
	assert.Equal(t, "constraint llm_usage_provider_check on public.llm_usage", enum(t, m, "LLMProvider").Origin)
	assert.Equal(t, name("llm_usage_provider"), enum(t, m, "LLMProvider").SQLName)
	assert.Equal(t, "dashboard", m.Queries[0].Module)
	assert.Equal(t, "Cost of each day.", m.Queries[0].Row.Doc)
}

func TestReferenceLowering(t *testing.T) {
	cfg, err := config.Load("../..", "sqlc.yaml")
	require.NoError(t, err)
	s := usageSchema()
	enums := model.Lower(cfg, cfg.SQL[0], model.ValueLists(&s.catalog, "public"))
	require.Len(t, enums, 5)
	assert.Equal(t, sqlc.Enum{
		Name: name("llm_usage_provider"), Values: []string{"google-gla", "anthropic", "voyage", "openai"}, GoName: "LLMProvider",
		GoValues: map[string]string{
			"google-gla": "LLMProviderGoogleGla", "anthropic": "LLMProviderAnthropic", "voyage": "LLMProviderVoyage",
			"openai": "LLMProviderOpenai",
		},
		Columns: []catalog.ColumnName{{Relation: name("llm_usage"), Column: "provider"}},
	}, enums[2])
}
