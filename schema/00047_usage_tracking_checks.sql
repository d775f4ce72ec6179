-- The value lists and limits. They are written here and nowhere else: every client's lists and limits come from them.

ALTER TABLE llm_usage
    ADD CONSTRAINT llm_usage_provider_check
        CHECK (provider IN ('google-gla', 'anthropic', 'voyage', 'openai')),
    ADD CONSTRAINT llm_usage_model_check
        CHECK (model <> ''),
    ADD CONSTRAINT llm_usage_feature_check
        CHECK (feature IN (
            'chat', 'document_analysis', 'extraction', 'embeddings', 'reranking', 'contradiction_detection',
            'qa_ingestion'
        )),
    ADD CONSTRAINT llm_usage_input_tokens_check
        CHECK (input_tokens >= 0),
    ADD CONSTRAINT llm_usage_output_tokens_check
        CHECK (output_tokens >= 0),
    ADD CONSTRAINT llm_usage_cost_usd_check
        CHECK (cost_usd >= 0),
    ADD CONSTRAINT llm_usage_latency_ms_check
        CHECK (latency_ms >= 0);

ALTER TABLE feature_usage
    ADD CONSTRAINT feature_usage_feature_name_check
        CHECK (feature_name IN (
            'upload_document', 'chat', 'search', 'qa_response', 'cim_generation', 'irl_generation',
            'document_processing', 'knowledge_retrieval'
        )),
    ADD CONSTRAINT feature_usage_status_check
        CHECK (status IN ('success', 'error', 'timeout')),
    ADD CONSTRAINT feature_usage_duration_ms_check
        CHECK (duration_ms >= 0),
    ADD CONSTRAINT feature_usage_metadata_check
        CHECK (jsonb_typeof(metadata) = 'object');
