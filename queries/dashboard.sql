-- name: DailyCost :many
-- Cost and tokens (sent and answered) of an organization's calls for each day, in UTC, on which there were any. As in
-- every query here, from_time is in the period and to_time is not.
SELECT
    (created_at AT TIME ZONE 'UTC')::date AS date,
    sum(cost_usd) AS cost_usd,
    sum(input_tokens) + sum(output_tokens) AS tokens
FROM llm_usage
WHERE organization_id = @organization_id::uuid
    AND created_at >= @from_time::timestamptz
    AND created_at < @to_time::timestamptz
GROUP BY 1
ORDER BY 1;

-- name: FeatureCost :many
-- Cost and number of an organization's calls by the part of the service that made them, the dearest first.
SELECT
    feature AS name,
    sum(cost_usd) AS cost_usd,
    count(*) AS call_count
FROM llm_usage
WHERE organization_id = @organization_id::uuid
    AND created_at >= @from_time::timestamptz
    AND created_at < @to_time::timestamptz
GROUP BY feature
ORDER BY sum(cost_usd) DESC, feature;

-- name: ProviderCost :many
-- Cost and number of an organization's calls by provider, the dearest first.
SELECT
    provider AS name,
    sum(cost_usd) AS cost_usd,
    count(*) AS call_count
FROM llm_usage
WHERE organization_id = @organization_id::uuid
    AND created_at >= @from_time::timestamptz
    AND created_at < @to_time::timestamptz
GROUP BY provider
ORDER BY sum(cost_usd) DESC, provider;

-- name: DealCostSummary :one
-- What a deal has cost so far, and how much it was used: conversations and uploaded documents, however they ended.
SELECT
    deals.id AS deal_id,
    deals.name AS deal_name,
    coalesce((SELECT sum(cost_usd) FROM llm_usage WHERE llm_usage.deal_id = deals.id), 0) AS total_cost_usd,
    (
        SELECT count(*) FROM feature_usage
        WHERE feature_usage.deal_id = deals.id AND feature_usage.feature_name = 'chat'
    ) AS conversation_count,
    (
        SELECT count(*) FROM feature_usage
        WHERE feature_usage.deal_id = deals.id AND feature_usage.feature_name = 'upload_document'
    ) AS document_count
FROM deals
WHERE deals.id = @deal_id;

-- name: FeatureFailure :many
-- One page of the uses of a feature by an organization that did not succeed, the latest first.
SELECT id, deal_id, user_id, status, duration_ms, error_message, metadata, created_at
FROM feature_usage
WHERE organization_id = @organization_id::uuid
    AND feature_name = @feature_name
    AND status <> 'success'
    AND created_at >= @from_time::timestamptz
    AND created_at < @to_time::timestamptz
ORDER BY created_at DESC, id DESC
LIMIT @page_size::integer OFFSET @page_offset::integer;

-- name: ModelLatency :many
-- Median and 95th percentile of the latency of an organization's calls by model, over the calls that were measured.
SELECT
    provider,
    model,
    count(*) AS call_count,
    percentile_cont(0.5) WITHIN GROUP (ORDER BY latency_ms) AS median_ms,
    percentile_cont(0.95) WITHIN GROUP (ORDER BY latency_ms) AS p95_ms
FROM llm_usage
WHERE organization_id = @organization_id::uuid
    AND latency_ms IS NOT NULL
    AND created_at >= @from_time::timestamptz
    AND created_at < @to_time::timestamptz
GROUP BY provider, model
ORDER BY provider, model;
