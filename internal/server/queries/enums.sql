SELECT coalesce(json_agg(json_build_object('schema', s.nspname, 'name', typname,
    'values', coalesce((SELECT json_agg(enumlabel ORDER BY enumsortorder) FROM pg_enum WHERE enumtypid = t.oid), '[]'),
    'comment', obj_description(t.oid, 'pg_type')) ORDER BY s.nspname, typname), '[]')
FROM user_type t JOIN user_schema s ON s.oid = t.typnamespace
WHERE typtype = 'e'
