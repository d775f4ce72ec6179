SELECT coalesce(json_agg(json_build_object('schema', s.nspname, 'name', r.relname, 'type', format_type(seqtypid, -1),
    'owned_by', (SELECT json_build_object('schema', (SELECT nspname FROM pg_namespace WHERE oid = o.relnamespace), 'relation', o.relname, 'column', attname)
        FROM pg_depend JOIN pg_class o ON o.oid = refobjid JOIN pg_attribute ON attrelid = refobjid AND attnum = refobjsubid
        WHERE classid = 'pg_class'::regclass AND objid = r.oid AND refclassid = 'pg_class'::regclass AND deptype IN ('a', 'i'))
    ) ORDER BY s.nspname, r.relname), '[]')
FROM user_relation r JOIN user_schema s ON s.oid = r.relnamespace JOIN pg_sequence ON seqrelid = r.oid
