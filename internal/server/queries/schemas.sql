-- The namespaces a user can have made.
SELECT coalesce(json_agg(json_build_object('name', nspname,
    'comment', nullif(obj_description(oid, 'pg_namespace'), 'standard public schema')) ORDER BY nspname), '[]')
FROM user_schema
