SELECT coalesce(json_agg(json_build_object('schema', s.nspname, 'name', relname,
    'kind', CASE relkind WHEN 'r' THEN 'table' WHEN 'v' THEN 'view' WHEN 'm' THEN 'materialized view'
        WHEN 'p' THEN 'partitioned table' ELSE 'foreign table' END,
    'comment', obj_description(r.oid, 'pg_class'),
    'row_security', relrowsecurity, 'force_row_security', relforcerowsecurity,
    'partition_of', CASE WHEN relispartition THEN (
        SELECT json_build_object('schema', (SELECT nspname FROM pg_namespace WHERE oid = relnamespace), 'name', relname)
        FROM pg_inherits JOIN pg_class p ON p.oid = inhparent WHERE inhrelid = r.oid) END,
    'inherits', coalesce(CASE WHEN NOT relispartition THEN (
        SELECT json_agg(json_build_object('schema', (SELECT nspname FROM pg_namespace WHERE oid = relnamespace), 'name', relname) ORDER BY inhseqno)
        FROM pg_inherits JOIN pg_class p ON p.oid = inhparent WHERE inhrelid = r.oid) END, '[]'),
    'columns', coalesce((SELECT json_agg(json_build_object('name', attname, 'type', format_type(atttypid, atttypmod),
            'collation', CASE WHEN relkind IN ('r', 'p', 'f') THEN (SELECT doc FROM named_collation c WHERE c.oid = attcollation AND c.type = atttypid) END,
            'not_null', attnotnull, 'default', pg_get_expr(adbin, adrelid),
            'identity', CASE attidentity WHEN 'a' THEN 'always' WHEN 'd' THEN 'by default' END,
            'generated', CASE attgenerated WHEN 's' THEN 'stored' WHEN 'v' THEN 'virtual' END,
            'comment', col_description(attrelid, attnum)) ORDER BY attnum)
        FROM pg_attribute LEFT JOIN pg_attrdef ON adrelid = attrelid AND adnum = attnum
        WHERE attrelid = r.oid AND attnum > 0 AND NOT attisdropped), '[]'),
    'primary_key', (SELECT doc FROM key WHERE conrelid = r.oid AND contype = 'p'),
    'uniques', coalesce((SELECT json_agg(doc ORDER BY conname) FROM key WHERE conrelid = r.oid AND contype = 'u'), '[]'),
    'foreign_keys', coalesce((SELECT json_agg(doc ORDER BY conname) FROM foreign_key WHERE conrelid = r.oid), '[]'),
    'checks', coalesce((SELECT json_agg(json_build_object('name', conname, 'expression', pg_get_expr(conbin, conrelid),
            'not_valid', NOT convalidated, 'no_inherit', connoinherit, 'comment', obj_description(c.oid, 'pg_constraint')) ORDER BY conname)
        FROM pg_constraint c WHERE conrelid = r.oid AND contype = 'c'), '[]'),
    'indexes', coalesce((SELECT json_agg(doc ORDER BY name) FROM plain_index WHERE indrelid = r.oid), '[]'),
    'policies', coalesce((SELECT json_agg(doc ORDER BY polname) FROM policy WHERE polrelid = r.oid), '[]')
    ) ORDER BY s.nspname, relname), '[]')
FROM user_relation r JOIN user_schema s ON s.oid = r.relnamespace
WHERE relkind IN ('r', 'v', 'm', 'p', 'f')
