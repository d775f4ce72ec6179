-- What the other queries select from: what users made, without what the system and extensions own. A column that older
-- servers do not have is taken from the row as JSON, where it is absent and not a mistake.
WITH named_collation AS (
    -- what COLLATE or a domain says; not the database's, nor that of a built-in type
    SELECT c.oid, t.oid AS type, json_build_object('schema', n.nspname, 'name', collname, 'deterministic', collisdeterministic) AS doc
    FROM pg_collation c JOIN pg_namespace n ON n.oid = collnamespace CROSS JOIN pg_type t
    WHERE collname <> 'default' AND (c.oid <> typcollation OR typnamespace <> 'pg_catalog'::regnamespace)
), user_schema AS (
    SELECT oid, nspname FROM pg_namespace n
    WHERE nspname NOT LIKE 'pg\_%' AND nspname <> 'information_schema'
    AND NOT EXISTS (SELECT FROM pg_depend WHERE classid = 'pg_namespace'::regclass AND objid = n.oid AND deptype = 'e')
), user_type AS (
    SELECT * FROM pg_type t
    WHERE NOT EXISTS (SELECT FROM pg_depend WHERE classid = 'pg_type'::regclass AND objid = t.oid AND deptype = 'e')
), user_relation AS (
    SELECT * FROM pg_class r
    WHERE NOT EXISTS (SELECT FROM pg_depend WHERE classid = 'pg_class'::regclass AND objid = r.oid AND deptype = 'e')
), key AS (
    SELECT conrelid, contype, conname, json_build_object('name', conname,
        'columns', (SELECT json_agg(attname ORDER BY i) FROM unnest(conkey) WITH ORDINALITY AS k(num, i)
            JOIN pg_attribute ON attrelid = conrelid AND attnum = num),
        'nulls_not_distinct', coalesce((to_jsonb(ix) ->> 'indnullsnotdistinct')::boolean, false),
        'deferrable', condeferrable, 'initially_deferred', condeferred,
        'comment', obj_description(c.oid, 'pg_constraint')) AS doc
    FROM pg_constraint c JOIN pg_index ix ON indexrelid = conindid
    WHERE contype IN ('p', 'u')
), action(code, words) AS (
    VALUES ('a', 'no action'), ('r', 'restrict'), ('c', 'cascade'), ('n', 'set null'), ('d', 'set default')
), foreign_key AS (
    -- A key that refers to a partitioned table has a row for each partition of it as well; those are left out.
    SELECT conrelid, conname, json_build_object('name', conname,
        'columns', (SELECT json_agg(attname ORDER BY i) FROM unnest(conkey) WITH ORDINALITY AS k(num, i)
            JOIN pg_attribute ON attrelid = conrelid AND attnum = num),
        'references', json_build_object('schema', (SELECT nspname FROM pg_namespace WHERE oid = relnamespace), 'name', relname),
        'referenced_columns', (SELECT json_agg(attname ORDER BY i) FROM unnest(confkey) WITH ORDINALITY AS k(num, i)
            JOIN pg_attribute ON attrelid = confrelid AND attnum = num),
        'on_update', (SELECT words FROM action WHERE code = confupdtype),
        'on_delete', (SELECT words FROM action WHERE code = confdeltype),
        'deferrable', condeferrable, 'initially_deferred', condeferred, 'not_valid', NOT convalidated,
        'comment', obj_description(c.oid, 'pg_constraint')) AS doc
    FROM pg_constraint c JOIN pg_class r ON r.oid = confrelid
    WHERE contype = 'f' AND NOT EXISTS (
        SELECT FROM pg_constraint p WHERE p.oid = c.conparentid AND p.conrelid = c.conrelid)
), plain_index AS (
    SELECT indrelid, r.relname AS name, json_build_object('name', r.relname, 'method', amname, 'unique', indisunique,
        'columns', (SELECT json_agg(coalesce(attname::text, pg_get_indexdef(indexrelid, n, false)) ORDER BY n)
            FROM generate_series(1, indnkeyatts) AS n
            LEFT JOIN pg_attribute ON attrelid = indrelid AND attnum = indkey[n - 1] AND attnum <> 0),
        'include', coalesce((SELECT json_agg(attname ORDER BY n) FROM generate_series(indnkeyatts + 1, indnatts) AS n
            JOIN pg_attribute ON attrelid = indrelid AND attnum = indkey[n - 1]), '[]'),
        'where', pg_get_expr(indpred, indrelid), 'comment', obj_description(indexrelid, 'pg_class')) AS doc
    FROM pg_index JOIN pg_class r ON r.oid = indexrelid JOIN pg_am m ON m.oid = r.relam
    WHERE NOT EXISTS (SELECT FROM pg_constraint WHERE conindid = indexrelid AND contype IN ('p', 'u', 'x'))
), policy AS (
    SELECT polrelid, polname, json_build_object('name', polname, 'permissive', polpermissive,
        'command', CASE polcmd WHEN 'r' THEN 'select' WHEN 'a' THEN 'insert' WHEN 'w' THEN 'update' WHEN 'd' THEN 'delete' ELSE 'all' END,
        'roles', (SELECT json_agg(coalesce(rolname::text, 'public') ORDER BY i) FROM unnest(polroles) WITH ORDINALITY AS p(role, i)
            LEFT JOIN pg_roles ON pg_roles.oid = role),
        'using', pg_get_expr(polqual, polrelid), 'with_check', pg_get_expr(polwithcheck, polrelid),
        'comment', obj_description(pg_policy.oid, 'pg_policy')) AS doc
    FROM pg_policy
)
