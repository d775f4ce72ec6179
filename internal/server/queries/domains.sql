SELECT coalesce(json_agg(json_build_object('schema', s.nspname, 'name', typname,
    'type', format_type(typbasetype, typtypmod), 'not_null', typnotnull,
    'collation', (SELECT doc FROM named_collation c WHERE c.oid = typcollation AND c.type = typbasetype),
    'default', pg_get_expr(typdefaultbin, 0),
    'checks', coalesce((SELECT json_agg(json_build_object('name', conname, 'expression', pg_get_expr(conbin, 0),
            'not_valid', NOT convalidated, 'no_inherit', connoinherit, 'comment', obj_description(c.oid, 'pg_constraint')) ORDER BY conname)
        FROM pg_constraint c WHERE contypid = t.oid AND contype = 'c'), '[]'),
    'comment', obj_description(t.oid, 'pg_type')) ORDER BY s.nspname, typname), '[]')
FROM user_type t JOIN user_schema s ON s.oid = t.typnamespace
WHERE typtype = 'd'
