-- name: CreateLlmUsage :one
-- Records one call of a language model.
INSERT INTO llm_usage (
    deal_id, user_id, organization_id, provider, model, feature, input_tokens, output_tokens, cost_usd, latency_ms
) VALUES (
    @deal_id, @user_id, @organization_id, @provider, @model, @feature, @input_tokens, @output_tokens, @cost_usd,
    @latency_ms
)
RETURNING *;

-- name: LoadLlmUsage :copyfrom
-- Loads many calls at once, with the times at which they were made. PostgreSQL does not let COPY into a table with
-- row-level security, so this runs as the tables' owner or a role with BYPASSRLS.
INSERT INTO llm_usage (
    deal_id, user_id, organization_id, provider, model, feature, input_tokens, output_tokens, cost_usd, latency_ms,
    created_at
) VALUES (
    @deal_id, @user_id, @organization_id, @provider, @model, @feature, @input_tokens, @output_tokens, @cost_usd,
    @latency_ms, @created_at
);

-- name: CreateFeatureUsage :one
-- Records one use of a feature.
INSERT INTO feature_usage (
    deal_id, user_id, organization_id, feature_name, status, duration_ms, error_message, metadata
) VALUES (
    @deal_id, @user_id, @organization_id, @feature_name, @status, @duration_ms, @error_message, @metadata
)
RETURNING *;
