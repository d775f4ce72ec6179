-- Every call of a language model and every use of a feature, so that cost, latency and errors can be asked for by
-- organization and by deal. Deleting a deal, a user or an organization keeps its usage: the cost was incurred.

CREATE TABLE llm_usage (
    id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    deal_id uuid REFERENCES deals (id) ON DELETE SET NULL,
    user_id uuid REFERENCES auth.users (id) ON DELETE SET NULL,
    organization_id uuid REFERENCES organizations (id) ON DELETE SET NULL,
    provider varchar(50) NOT NULL,
    model varchar(100) NOT NULL,
    feature varchar(100) NOT NULL,
    input_tokens integer NOT NULL DEFAULT 0,
    output_tokens integer NOT NULL DEFAULT 0,
    cost_usd decimal(10, 6) NOT NULL DEFAULT 0,
    latency_ms integer,
    created_at timestamptz NOT NULL DEFAULT now()
);
COMMENT ON TABLE llm_usage IS 'One call of a language model: what it was for, what it cost and how long it took.';
COMMENT ON COLUMN llm_usage.id IS 'Identifies the call.';
COMMENT ON COLUMN llm_usage.deal_id IS 'The deal that the call was made for, if any.';
COMMENT ON COLUMN llm_usage.user_id IS 'The user who caused the call; NULL for background work.';
COMMENT ON COLUMN llm_usage.organization_id IS 'The organization that is billed for the call.';
COMMENT ON COLUMN llm_usage.provider IS 'Who served the model.';
COMMENT ON COLUMN llm_usage.model IS 'The model, as the provider names it.';
COMMENT ON COLUMN llm_usage.feature IS 'The part of the service that made the call.';
COMMENT ON COLUMN llm_usage.input_tokens IS 'Tokens sent to the model.';
COMMENT ON COLUMN llm_usage.output_tokens IS 'Tokens that the model answered with; 0 for embeddings and reranking.';
COMMENT ON COLUMN llm_usage.cost_usd IS 'Price of the call in US dollars, to a millionth.';
COMMENT ON COLUMN llm_usage.latency_ms IS 'Milliseconds from the request to the end of the answer; NULL if not measured.';
COMMENT ON COLUMN llm_usage.created_at IS 'When the call was recorded.';

CREATE TABLE feature_usage (
    id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    deal_id uuid REFERENCES deals (id) ON DELETE SET NULL,
    user_id uuid REFERENCES auth.users (id) ON DELETE SET NULL,
    organization_id uuid REFERENCES organizations (id) ON DELETE SET NULL,
    feature_name varchar(100) NOT NULL,
    status varchar(20) NOT NULL,
    duration_ms integer,
    error_message text,
    metadata jsonb,
    created_at timestamptz NOT NULL DEFAULT now()
);
COMMENT ON TABLE feature_usage IS 'One use of a feature of the service, and how it ended.';
COMMENT ON COLUMN feature_usage.id IS 'Identifies the use.';
COMMENT ON COLUMN feature_usage.deal_id IS 'The deal in which the feature was used, if any.';
COMMENT ON COLUMN feature_usage.user_id IS 'The user who used the feature; NULL for background work.';
COMMENT ON COLUMN feature_usage.organization_id IS 'The organization on whose behalf the feature was used.';
COMMENT ON COLUMN feature_usage.feature_name IS 'The feature that was used.';
COMMENT ON COLUMN feature_usage.status IS 'How the use ended.';
COMMENT ON COLUMN feature_usage.duration_ms IS 'Milliseconds from start to end; NULL if not measured.';
COMMENT ON COLUMN feature_usage.error_message IS 'What went wrong, where the use did not succeed.';
COMMENT ON COLUMN feature_usage.metadata IS 'Facts that only this feature has, as a JSON object.';
COMMENT ON COLUMN feature_usage.created_at IS 'When the use was recorded.';

CREATE INDEX idx_llm_usage_org_time ON llm_usage (organization_id, created_at);
CREATE INDEX idx_llm_usage_deal_time ON llm_usage (deal_id, created_at);
CREATE INDEX idx_llm_usage_feature ON llm_usage (feature, created_at);

CREATE INDEX idx_feature_usage_org_time ON feature_usage (organization_id, created_at);
CREATE INDEX idx_feature_usage_deal_time ON feature_usage (deal_id, created_at);
CREATE INDEX idx_feature_usage_name ON feature_usage (feature_name, created_at);
CREATE INDEX idx_feature_usage_status ON feature_usage (status) WHERE status <> 'success';

-- The functions stand in subqueries so that they run once a statement and not once a row.
ALTER TABLE llm_usage ENABLE ROW LEVEL SECURITY;
CREATE POLICY llm_usage_select ON llm_usage
    FOR SELECT
    USING (
        (SELECT is_superadmin())
        OR organization_id IN (SELECT user_organization_ids())
        OR (organization_id IS NULL AND user_id = (SELECT auth.uid()))
    );

ALTER TABLE feature_usage ENABLE ROW LEVEL SECURITY;
CREATE POLICY feature_usage_select ON feature_usage
    FOR SELECT
    USING (
        (SELECT is_superadmin())
        OR organization_id IN (SELECT user_organization_ids())
        OR (organization_id IS NULL AND user_id = (SELECT auth.uid()))
    );
