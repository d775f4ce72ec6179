// The reference client, generated into gen/ts: what it accepts, what it refuses, and what its types say.
import { describe, expect, expectTypeOf, test } from "vitest";
import * as z from "zod";

import * as usage from "../../gen/ts/index.js";
import {
  type CreateFeatureUsageInput,
  CreateFeatureUsageSchema,
  type CreateLlmUsageInput,
  CreateLlmUsageSchema,
  createFeatureUsageInputToRow,
  createLlmUsageInputToRow,
  type DailyCost,
  DailyCostSchema,
  type DealCostSummary,
  DealCostSummarySchema,
  FEATURE_NAMES,
  FEATURE_STATUSES,
  type FeatureCost,
  FeatureCostSchema,
  type FeatureName,
  type FeatureStatus,
  type FeatureUsage,
  FeatureUsageSchema,
  type Json,
  JsonSchema,
  LLM_FEATURES,
  LLM_PROVIDERS,
  type LLMFeature,
  type LLMProvider,
  LLMProviderSchema,
  type LlmUsage,
  LlmUsageSchema,
  type ProviderCost,
  ProviderCostSchema,
} from "../../gen/ts/index.js";

const id = "6ba7b810-9dad-11d1-80b4-00c04fd430c8";

const call: CreateLlmUsageInput = {
  dealId: id,
  userId: null,
  organizationId: id,
  provider: "google-gla",
  model: "gemini-2.5-pro",
  feature: "chat",
  inputTokens: 1200,
  outputTokens: 0,
  costUsd: 0.0125,
  latencyMs: 840,
};

const use: CreateFeatureUsageInput = {
  featureName: "upload_document",
  status: "error",
  durationMs: 12,
  errorMessage: "too large",
  metadata: { pages: 12, tags: ["a", null], nested: { ok: true } },
};

const llmRow: LlmUsage = {
  id,
  deal_id: null,
  user_id: null,
  organization_id: id,
  provider: "openai",
  model: "gpt-5",
  feature: "qa_ingestion",
  input_tokens: 1,
  output_tokens: 2,
  cost_usd: 0.000001,
  latency_ms: null,
  created_at: "2026-01-31T10:00:00.123456+00:00",
};

const featureRow: FeatureUsage = {
  id,
  deal_id: id,
  user_id: id,
  organization_id: null,
  feature_name: "search",
  status: "success",
  duration_ms: null,
  error_message: null,
  metadata: null,
  created_at: "2026-01-31T10:00:00+00:00",
};

/** The messages of what a schema refuses; none if it accepts. */
function problems(schema: z.ZodType, value: unknown): string[] {
  const result = schema.safeParse(value);
  return result.success ? [] : result.error.issues.map((issue) => `${issue.path.join(".")}: ${issue.message}`);
}

describe("a valid input passes", () => {
  test("llm_usage", () => {
    expect(CreateLlmUsageSchema.parse(call)).toEqual(call);
  });

  test("feature_usage", () => {
    expect(CreateFeatureUsageSchema.parse(use)).toEqual(use);
  });

  test("every provider, feature, feature name and status", () => {
    for (const provider of LLM_PROVIDERS) expect(problems(CreateLlmUsageSchema, { ...call, provider })).toEqual([]);
    for (const feature of LLM_FEATURES) expect(problems(CreateLlmUsageSchema, { ...call, feature })).toEqual([]);
    for (const featureName of FEATURE_NAMES) expect(problems(CreateFeatureUsageSchema, { ...use, featureName })).toEqual([]);
    for (const status of FEATURE_STATUSES) expect(problems(CreateFeatureUsageSchema, { ...use, status })).toEqual([]);
  });

  test("columns with a default or NULL may be left out", () => {
    const { provider, model, feature } = call;
    expect(CreateLlmUsageSchema.parse({ provider, model, feature })).toEqual({ provider, model, feature });
    const { featureName, status } = use;
    expect(CreateFeatureUsageSchema.parse({ featureName, status })).toEqual({ featureName, status });
  });

  test("nullable columns may be null", () => {
    expect(problems(CreateLlmUsageSchema, { ...call, dealId: null, organizationId: null, latencyMs: null })).toEqual([]);
    expect(problems(CreateFeatureUsageSchema, { ...use, durationMs: null, errorMessage: null, metadata: null })).toEqual([]);
  });

  test("a model of 100 characters, and spaces beyond them, which PostgreSQL cuts", () => {
    expect(CreateLlmUsageSchema.parse({ ...call, model: "😀".repeat(100) + "   " }).model).toBe("😀".repeat(100));
  });

  test("a uuid in any form that PostgreSQL reads", () => {
    expect(CreateLlmUsageSchema.parse({ ...call, dealId: `{${id.toUpperCase()}}` }).dealId).toBe(id);
  });

  test("a cost is rounded to a millionth before it is judged", () => {
    expect(CreateLlmUsageSchema.parse({ ...call, costUsd: 0.1234565 }).costUsd).toBe(0.123457);
    expect(problems(CreateLlmUsageSchema, { ...call, costUsd: -0.0000001 })).toEqual([]);
  });
});

describe("a wrong input is refused", () => {
  test.each([
    ["provider", { provider: "mistral" }, "llm_usage_provider_check"],
    ["feature", { feature: "search" }, "llm_usage_feature_check"],
    ["model", { model: "" }, "llm_usage_model_check"],
    ["inputTokens", { inputTokens: -1 }, "llm_usage_input_tokens_check"],
    ["outputTokens", { outputTokens: -1 }, "llm_usage_output_tokens_check"],
    ["costUsd", { costUsd: -0.01 }, "llm_usage_cost_usd_check"],
    ["latencyMs", { latencyMs: -1 }, "llm_usage_latency_ms_check"],
  ])("llm_usage: %s, naming its constraint", (key, change, constraint) => {
    const [message, ...more] = problems(CreateLlmUsageSchema, { ...call, ...change });
    expect(message).toMatch(new RegExp(`^${key}: .*"${constraint}"`));
    expect(more).toEqual([]);
  });

  test.each([
    ["featureName", { featureName: "extraction" }, "feature_usage_feature_name_check"],
    ["status", { status: "failed" }, "feature_usage_status_check"],
    ["durationMs", { durationMs: -1 }, "feature_usage_duration_ms_check"],
  ])("feature_usage: %s, naming its constraint", (key, change, constraint) => {
    const [message, ...more] = problems(CreateFeatureUsageSchema, { ...use, ...change });
    expect(message).toMatch(new RegExp(`^${key}: .*"${constraint}"`));
    expect(more).toEqual([]);
  });

  test.each([
    ["a too long provider", { provider: "x".repeat(51) }],
    ["a too long model", { model: "x".repeat(101) }],
    ["a bad uuid", { dealId: "6ba7b810" }],
    ["a uuid with an unclosed brace", { userId: `{${id}` }],
    ["tokens that are no integer", { inputTokens: 1.5 }],
    ["tokens beyond integer", { outputTokens: 2147483648 }],
    ["a cost with too many digits", { costUsd: 10000 }],
    ["a cost in a string", { costUsd: "1" }],
    ["an instant that is none", { createdAt: "2026-02-30T00:00:00Z" }],
    ["null for a column that is NOT NULL", { inputTokens: null }],
    ["a key that is no column", { latency: 5 }],
    ["a key in the database's casing", { deal_id: id }],
  ])("llm_usage: %s", (_, change) => {
    expect(problems(CreateLlmUsageSchema, { ...call, ...change })).toHaveLength(1);
  });

  test.each([
    ["an array", []],
    ["a string", "{}"],
    ["a number", 1],
    ["a boolean", true],
  ])("feature_usage: metadata that is %s", (_, metadata) => {
    expect(problems(CreateFeatureUsageSchema, { ...use, metadata })).toHaveLength(1);
  });

  test.each(["provider", "model", "feature"] as const)("llm_usage without %s", (key) => {
    const { [key]: _, ...rest } = call;
    expect(problems(CreateLlmUsageSchema, rest)).toHaveLength(1);
  });
});

describe("rows are read as the database sends them", () => {
  test("llm_usage and feature_usage", () => {
    expect(LlmUsageSchema.parse(llmRow)).toEqual(llmRow);
    expect(FeatureUsageSchema.parse({ ...featureRow, metadata: { a: 1 } })).toEqual({ ...featureRow, metadata: { a: 1 } });
  });

  test("every key must be there, and a new column is no mistake", () => {
    const { latency_ms: _, ...rest } = llmRow;
    expect(problems(LlmUsageSchema, rest)).toHaveLength(1);
    expect(LlmUsageSchema.parse({ ...llmRow, added_later: 1 })).toEqual(llmRow);
  });

  test("the rows of the dashboard's queries", () => {
    const daily: DailyCost = { date: "2026-01-31", cost_usd: 12.5, tokens: 9007199254740993 };
    expect(DailyCostSchema.parse(daily)).toEqual(daily);
    const byFeature: FeatureCost = { name: "chat", cost_usd: 1, call_count: 2 };
    expect(FeatureCostSchema.parse(byFeature)).toEqual(byFeature);
    const byProvider: ProviderCost = { name: "voyage", cost_usd: 1, call_count: 2 };
    expect(ProviderCostSchema.parse(byProvider)).toEqual(byProvider);
    const summary: DealCostSummary = {
      deal_id: id, deal_name: "Acme", total_cost_usd: 0, conversation_count: 0, document_count: 3,
    };
    expect(DealCostSummarySchema.parse(summary)).toEqual(summary);
    expect(problems(ProviderCostSchema, { ...byProvider, name: "mistral" })).toHaveLength(1);
  });
});

describe("value lists", () => {
  test("are exact, and in the migrations' order", () => {
    expect(LLM_PROVIDERS).toEqual(["google-gla", "anthropic", "voyage", "openai"]);
    expect(LLM_FEATURES).toEqual([
      "chat", "document_analysis", "extraction", "embeddings", "reranking", "contradiction_detection", "qa_ingestion",
    ]);
    expect(FEATURE_NAMES).toEqual([
      "upload_document", "chat", "search", "qa_response", "cim_generation", "irl_generation", "document_processing",
      "knowledge_retrieval",
    ]);
    expect(FEATURE_STATUSES).toEqual(["success", "error", "timeout"]);
  });

  test("say which values there are", () => {
    expect(problems(LLMProviderSchema, "mistral")[0]).toContain('"google-gla"|"anthropic"|"voyage"|"openai"');
  });
});

describe("the client as a whole", () => {
  test("names the keys of an input as the database does", () => {
    expect(createLlmUsageInputToRow({ ...call, createdAt: undefined })).toEqual({
      deal_id: id, user_id: null, organization_id: id, provider: "google-gla", model: "gemini-2.5-pro", feature: "chat",
      input_tokens: 1200, output_tokens: 0, cost_usd: 0.0125, latency_ms: 840,
    });
    expect(Object.keys(createLlmUsageInputToRow({ ...call, createdAt: undefined }))).not.toContain("created_at");
    expect(createFeatureUsageInputToRow(use).feature_name).toBe("upload_document");
  });

  test("has a JSON Schema for every schema", () => {
    const schemas = Object.entries(usage).filter(([, value]) => value instanceof z.ZodType);
    expect(schemas.length).toBeGreaterThan(10);
    for (const [name, schema] of schemas) {
      expect(() => z.toJSONSchema(schema as z.ZodType), name).not.toThrow();
    }
  });

  test("describes its columns", () => {
    expect(LlmUsageSchema.shape.cost_usd.description).toBe("Price of the call in US dollars, to a millionth.");
    expect(LlmUsageSchema.description).toMatch(/^One call of a language model/);
  });

  test("can be extended and cut", () => {
    expect(LlmUsageSchema.pick({ id: true }).extend({ note: z.string() }).parse({ id, note: "x" })).toEqual({ id, note: "x" });
    expect(CreateLlmUsageSchema.partial().parse({})).toEqual({});
  });

  test("holds any JSON", () => {
    const value: Json = { a: [1, "x", null, { b: true }] };
    expect(JsonSchema.parse(value)).toEqual(value);
    expect(problems(JsonSchema, { a: undefined })).toHaveLength(1);
  });
});

test("types", () => {
  type JsonObject = { [key: string]: Json };

  expectTypeOf<LLMProvider>().toEqualTypeOf<"google-gla" | "anthropic" | "voyage" | "openai">();
  expectTypeOf<LLMFeature>().toEqualTypeOf<(typeof LLM_FEATURES)[number]>();
  expectTypeOf<FeatureName>().toEqualTypeOf<(typeof FEATURE_NAMES)[number]>();
  expectTypeOf<FeatureStatus>().toEqualTypeOf<"success" | "error" | "timeout">();

  expectTypeOf<LlmUsage>().toEqualTypeOf<{
    id: string;
    deal_id: string | null;
    user_id: string | null;
    organization_id: string | null;
    provider: LLMProvider;
    model: string;
    feature: LLMFeature;
    input_tokens: number;
    output_tokens: number;
    cost_usd: number;
    latency_ms: number | null;
    created_at: string;
  }>();
  expectTypeOf<FeatureUsage>().toEqualTypeOf<{
    id: string;
    deal_id: string | null;
    user_id: string | null;
    organization_id: string | null;
    feature_name: FeatureName;
    status: FeatureStatus;
    duration_ms: number | null;
    error_message: string | null;
    metadata: JsonObject | null;
    created_at: string;
  }>();
  expectTypeOf<CreateLlmUsageInput>().toEqualTypeOf<{
    id?: string | undefined;
    dealId?: string | null | undefined;
    userId?: string | null | undefined;
    organizationId?: string | null | undefined;
    provider: LLMProvider;
    model: string;
    feature: LLMFeature;
    inputTokens?: number | undefined;
    outputTokens?: number | undefined;
    costUsd?: number | undefined;
    latencyMs?: number | null | undefined;
    createdAt?: string | undefined;
  }>();
  expectTypeOf<CreateFeatureUsageInput>().toEqualTypeOf<{
    id?: string | undefined;
    dealId?: string | null | undefined;
    userId?: string | null | undefined;
    organizationId?: string | null | undefined;
    featureName: FeatureName;
    status: FeatureStatus;
    durationMs?: number | null | undefined;
    errorMessage?: string | null | undefined;
    metadata?: JsonObject | null | undefined;
    createdAt?: string | undefined;
  }>();

  expectTypeOf<z.infer<typeof LlmUsageSchema>>().toEqualTypeOf<LlmUsage>();
  expectTypeOf<z.infer<typeof FeatureUsageSchema>>().toEqualTypeOf<FeatureUsage>();
  expectTypeOf<z.input<typeof CreateLlmUsageSchema>>().toEqualTypeOf<CreateLlmUsageInput>();
  expectTypeOf<z.input<typeof CreateFeatureUsageSchema>>().toEqualTypeOf<CreateFeatureUsageInput>();
  expectTypeOf(createLlmUsageInputToRow).returns.toHaveProperty("deal_id").toEqualTypeOf<string | null | undefined>();
});
