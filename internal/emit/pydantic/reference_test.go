package pydantic

import (
	"strings"

	"github.com/trefoil-sql/trefoil/internal/catalog"
	"github.com/trefoil-sql/trefoil/internal/constraint"
	"github.com/trefoil-sql/trefoil/internal/model"
)

// enum makes an enum whose members are named by pairs of name and value.
func enum(name, constraint, origin string, pairs ...string) *model.Enum {
	e := &model.Enum{Name: name, Constraint: constraint, Origin: origin, Module: "enums", File: strings.ToLower(name)}
	for i := 0; i < len(pairs); i += 2 {
		e.Values = append(e.Values, model.EnumValue{Name: pairs[i], Value: pairs[i+1]})
	}
	return e
}

// col is a column's field, required and not null until told otherwise.
func col(name string, t model.Type, doc string) model.Field {
	return model.Field{Name: name, Wire: name, Column: name, Type: t, Doc: doc}
}

func nullable(f model.Field) model.Field {
	f.Nullable = true
	return f
}

// left makes fields what an insert has: nullable ones may be left out.
func left(fields ...model.Field) []model.Field {
	for i := range fields {
		fields[i].Optional = fields[i].Optional || fields[i].Nullable
	}
	return fields
}

func defaults(f model.Field, kind model.DefaultKind, text string) model.Field {
	f.Optional, f.Default = true, &model.Default{Kind: kind, Text: text}
	return f
}

func check(f model.Field, constraint string, test constraint.Atom) model.Field {
	f.Rules = append(f.Rules, model.Rule{Constraint: constraint, Test: test})
	return f
}

func scalar(k model.Kind) model.Type { return model.Scalar{Kind: k} }

func varchar(n int) model.Type { return model.Scalar{Kind: model.Varchar, Length: n} }

var notNegative = constraint.Compare{Op: constraint.GE, Value: "0"}

// usage is the part of the reference schema that the Python client is tested on.
func usage() *model.Model {
	provider := enum("LLMProvider", "llm_usage_provider_check", "constraint llm_usage_provider_check on public.llm_usage",
		"GOOGLE_GLA", "google-gla", "ANTHROPIC", "anthropic", "VOYAGE", "voyage", "OPENAI", "openai")
	feature := enum("LLMFeature", "llm_usage_feature_check", "constraint llm_usage_feature_check on public.llm_usage",
		"CHAT", "chat", "DOCUMENT_ANALYSIS", "document_analysis", "EXTRACTION", "extraction", "EMBEDDINGS", "embeddings",
		"RERANKING", "reranking", "CONTRADICTION_DETECTION", "contradiction_detection", "QA_INGESTION", "qa_ingestion")
	name := enum("FeatureName", "feature_usage_feature_name_check",
		"constraint feature_usage_feature_name_check on public.feature_usage",
		"UPLOAD_DOCUMENT", "upload_document", "CHAT", "chat", "SEARCH", "search", "QA_RESPONSE", "qa_response",
		"CIM_GENERATION", "cim_generation", "IRL_GENERATION", "irl_generation", "DOCUMENT_PROCESSING", "document_processing",
		"KNOWLEDGE_RETRIEVAL", "knowledge_retrieval")
	status := enum("FeatureStatus", "feature_usage_status_check", "constraint feature_usage_status_check on public.feature_usage",
		"SUCCESS", "success", "ERROR", "error", "TIMEOUT", "timeout")
	return &model.Model{
		Enums:     []*model.Enum{provider, feature, name, status},
		Relations: []*model.Relation{featureUsage(name, status), llmUsage(provider, feature)},
		Queries:   usageQueries(provider, feature),
	}
}

func relation(name, module, row, insert, doc string, fields func(variant model.Variant) []model.Field) *model.Relation {
	source := catalog.Name{Schema: "public", Name: name}
	object := func(v model.Variant, name string) *model.Object {
		return &model.Object{Variant: v, Name: name, Doc: doc, Module: module, Source: source, Fields: fields(v)}
	}
	return &model.Relation{
		Source: source, Kind: catalog.Table, Doc: doc, Module: module,
		Row: object(model.Row, row), Insert: object(model.Insert, insert),
	}
}

// owners are the columns that both tables begin with.
func owners() []model.Field {
	uuid := scalar(model.UUID)
	return []model.Field{
		nullable(col("deal_id", uuid, "The deal that it was for, if any.")),
		nullable(col("user_id", uuid, "The user who caused it; NULL for background work.")),
		nullable(col("organization_id", uuid, "The organization that is billed for it.")),
	}
}

// forVariant adds what only a row has, or lets an insert leave out what it may.
func forVariant(v model.Variant, fields []model.Field) []model.Field {
	if v == model.Insert {
		return left(fields...)
	}
	for i := range fields {
		fields[i].Optional, fields[i].Default = false, nil
	}
	fields = append([]model.Field{col("id", scalar(model.UUID), "Identifies it.")}, fields...)
	return append(fields, col("created_at", scalar(model.TimestampTZ), "When it was recorded."))
}

func llmUsage(provider, feature *model.Enum) *model.Relation {
	int4 := scalar(model.Int4)
	cost := model.Scalar{Kind: model.Numeric, Precision: 10, Scale: 6, HasPrecision: true}
	return relation("llm_usage", "llm_usage", "LlmUsage", "LlmUsageCreate", "One call of a language model.",
		func(v model.Variant) []model.Field {
			return forVariant(v, append(owners(),
				col("provider", model.EnumRef{Enum: provider, Constraint: provider.Constraint}, "Who served the model."),
				check(col("model", varchar(100), "The model, as the provider names it."), "llm_usage_model_check",
					constraint.NotEqual{}),
				col("feature", model.EnumRef{Enum: feature, Constraint: feature.Constraint}, "The part of the service that made the call."),
				defaults(check(col("input_tokens", int4, "Tokens sent to the model."),
					"llm_usage_input_tokens_check", notNegative), model.NumberDefault, "0"),
				defaults(check(col("output_tokens", int4, "Tokens that the model answered with."),
					"llm_usage_output_tokens_check", notNegative), model.NumberDefault, "0"),
				defaults(check(col("cost_usd", cost, "Price of the call in US dollars."),
					"llm_usage_cost_usd_check", notNegative), model.NumberDefault, "0"),
				nullable(check(col("latency_ms", int4, "Milliseconds; NULL if not measured."),
					"llm_usage_latency_ms_check", notNegative)),
			))
		})
}

func featureUsage(name, status *model.Enum) *model.Relation {
	object := constraint.JSONType{Types: []string{"object"}}
	return relation("feature_usage", "feature_usage", "FeatureUsage", "FeatureUsageCreate", "One use of a feature.",
		func(v model.Variant) []model.Field {
			return forVariant(v, append(owners(),
				col("feature_name", model.EnumRef{Enum: name, Constraint: name.Constraint}, "The feature that was used."),
				col("status", model.EnumRef{Enum: status, Constraint: status.Constraint}, "How the use ended."),
				nullable(check(col("duration_ms", scalar(model.Int4), "Milliseconds; NULL if not measured."),
					"feature_usage_duration_ms_check", notNegative)),
				nullable(col("error_message", scalar(model.Text), "What went wrong.")),
				nullable(check(col("metadata", model.JSONOf{Binary: true, Shape: "object"}, "Facts that only this feature has."),
					"feature_usage_metadata_check", object)),
			))
		})
}

func usageQueries(provider, feature *model.Enum) []*model.Query {
	query := func(name, doc string, fields ...model.Field) *model.Query {
		object := func(v model.Variant, name string, fields []model.Field) *model.Object {
			return &model.Object{Variant: v, Name: name, Doc: doc, Module: "dashboard", Fields: fields}
		}
		period := []model.Field{
			col("organization_id", scalar(model.UUID), ""), col("from_time", scalar(model.TimestampTZ), ""),
			col("to_time", scalar(model.TimestampTZ), ""),
		}
		if name == "DealCostSummary" {
			period = []model.Field{col("deal_id", scalar(model.UUID), "")}
		}
		return &model.Query{
			Name: name, Cmd: ":many", Doc: doc, Module: "dashboard",
			Row: object(model.QueryRow, name, fields), Params: object(model.Params, name+"Params", period),
		}
	}
	numeric, int8 := scalar(model.Numeric), scalar(model.Int8)
	return []*model.Query{
		query("DailyCost", "Cost and tokens of an organization's calls for each day.",
			col("date", scalar(model.Date), ""), col("cost_usd", numeric, ""), col("tokens", int8, "")),
		query("FeatureCost", "Cost by feature.",
			col("name", model.EnumRef{Enum: feature, Constraint: feature.Constraint}, ""), col("cost_usd", numeric, ""), col("call_count", int8, "")),
		query("ProviderCost", "Cost by provider.",
			col("name", model.EnumRef{Enum: provider, Constraint: provider.Constraint}, ""), col("cost_usd", numeric, ""), col("call_count", int8, "")),
		query("DealCostSummary", "What a deal has cost so far.",
			col("deal_id", scalar(model.UUID), ""), col("deal_name", scalar(model.Text), ""),
			col("total_cost_usd", numeric, ""), col("conversation_count", int8, ""), col("document_count", int8, "")),
	}
}
