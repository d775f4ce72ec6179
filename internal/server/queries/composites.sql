SELECT coalesce(json_agg(json_build_object('schema', s.nspname, 'name', typname,
    'attributes', coalesce((SELECT json_agg(json_build_object('name', attname, 'type', format_type(atttypid, atttypmod),
            'collation', (SELECT doc FROM named_collation c WHERE c.oid = attcollation AND c.type = atttypid),
            'comment', col_description(attrelid, attnum)) ORDER BY attnum)
        FROM pg_attribute WHERE attrelid = r.oid AND attnum > 0 AND NOT attisdropped), '[]'),
    'comment', obj_description(t.oid, 'pg_type')) ORDER BY s.nspname, typname), '[]')
FROM user_type t JOIN user_schema s ON s.oid = t.typnamespace JOIN pg_class r ON r.oid = t.typrelid
WHERE relkind = 'c'
