-- What usage tracking refers to: users, organizations and their members, deals.

CREATE SCHEMA auth;
COMMENT ON SCHEMA auth IS 'Identity: who may sign in, and who is asking.';

CREATE TABLE auth.users (
    id uuid PRIMARY KEY DEFAULT gen_random_uuid()
);
COMMENT ON TABLE auth.users IS 'Everyone who can sign in.';

-- An empty setting counts as unset: that is what a session setting reads as after a transaction that set it locally.
CREATE FUNCTION auth.uid() RETURNS uuid
    LANGUAGE sql
    STABLE
    SET search_path = ''
AS $$
    SELECT nullif(current_setting('app.user_id', true), '')::uuid
$$;
COMMENT ON FUNCTION auth.uid() IS
    'The user on whose behalf the session runs (setting app.user_id), or NULL when none is set.';

CREATE TABLE organizations (
    id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    name text NOT NULL,
    created_at timestamptz NOT NULL DEFAULT now()
);
COMMENT ON TABLE organizations IS 'A customer: users belong to it, and usage is billed to it.';

CREATE TABLE organization_members (
    user_id uuid NOT NULL REFERENCES auth.users (id) ON DELETE CASCADE,
    organization_id uuid NOT NULL REFERENCES organizations (id) ON DELETE CASCADE,
    role text NOT NULL DEFAULT 'member',
    PRIMARY KEY (user_id, organization_id),
    CONSTRAINT organization_members_role_check CHECK (role IN ('member', 'admin', 'superadmin'))
);
COMMENT ON TABLE organization_members IS 'Which users belong to which organizations, and as what.';
COMMENT ON COLUMN organization_members.role IS
    'What the user may do. A superadmin of any organization sees the rows of all.';

CREATE INDEX idx_organization_members_organization ON organization_members (organization_id);

CREATE TABLE deals (
    id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    organization_id uuid NOT NULL REFERENCES organizations (id) ON DELETE CASCADE,
    name text NOT NULL,
    created_at timestamptz NOT NULL DEFAULT now()
);
COMMENT ON TABLE deals IS 'A transaction that an organization works on: its documents and conversations hang on it.';

CREATE INDEX idx_deals_organization ON deals (organization_id);
