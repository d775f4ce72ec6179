SELECT coalesce(json_agg(json_build_object('schema', s.nspname, 'name', t.typname,
    'subtype', format_type(rngsubtype, -1),
    'multirange', json_build_object('schema', (SELECT nspname FROM pg_namespace WHERE oid = m.typnamespace), 'name', m.typname),
    'comment', obj_description(t.oid, 'pg_type')) ORDER BY s.nspname, t.typname), '[]')
FROM user_type t JOIN user_schema s ON s.oid = t.typnamespace
JOIN pg_range ON rngtypid = t.oid JOIN pg_type m ON m.oid = rngmultitypid
