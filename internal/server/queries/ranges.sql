SELECT coalesce(json_agg(json_build_object('schema', s.nspname, 'name', t.typname,
    'subtype', format_type(rngsubtype, -1),
    'multirange', json_build_object('schema', coalesce((SELECT nspname FROM pg_namespace WHERE oid = m.typnamespace), ''),
        'name', coalesce(m.typname, '')),
    'comment', obj_description(t.oid, 'pg_type')) ORDER BY s.nspname, t.typname), '[]')
FROM user_type t JOIN user_schema s ON s.oid = t.typnamespace
JOIN pg_range r ON rngtypid = t.oid LEFT JOIN pg_type m ON m.oid = (to_jsonb(r) ->> 'rngmultitypid')::oid
