-- What row-level security asks about the current user. Both functions are security definer, so that a policy can read
-- organization_members whatever the caller may read there; the empty search_path keeps callers from putting objects of
-- their own in the way.

CREATE FUNCTION is_superadmin() RETURNS boolean
    LANGUAGE sql
    STABLE
    SECURITY DEFINER
    SET search_path = ''
AS $$
    SELECT EXISTS (
        SELECT FROM public.organization_members AS m
        WHERE m.user_id = auth.uid() AND m.role = 'superadmin'
    )
$$;
COMMENT ON FUNCTION is_superadmin() IS 'Whether the current user is a superadmin of any organization.';

CREATE FUNCTION user_organization_ids() RETURNS SETOF uuid
    LANGUAGE sql
    STABLE
    SECURITY DEFINER
    SET search_path = ''
AS $$
    SELECT m.organization_id
    FROM public.organization_members AS m
    WHERE m.user_id = auth.uid()
$$;
COMMENT ON FUNCTION user_organization_ids() IS 'The organizations that the current user is a member of.';
