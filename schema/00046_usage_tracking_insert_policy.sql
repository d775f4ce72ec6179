-- Whoever may see a row may insert it. Usage is a record: no policy lets anyone update or delete it.

CREATE POLICY llm_usage_insert ON llm_usage
    FOR INSERT
    WITH CHECK (
        (SELECT is_superadmin())
        OR organization_id IN (SELECT user_organization_ids())
        OR (organization_id IS NULL AND user_id = (SELECT auth.uid()))
    );

CREATE POLICY feature_usage_insert ON feature_usage
    FOR INSERT
    WITH CHECK (
        (SELECT is_superadmin())
        OR organization_id IN (SELECT user_organization_ids())
        OR (organization_id IS NULL AND user_id = (SELECT auth.uid()))
    );
