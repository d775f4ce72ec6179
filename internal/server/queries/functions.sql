SELECT coalesce(json_agg(json_build_object('schema', s.nspname, 'name', proname,
    'kind', CASE prokind WHEN 'p' THEN 'procedure' WHEN 'a' THEN 'aggregate' ELSE 'function' END,
    'returns', CASE WHEN prokind <> 'p' THEN format_type(prorettype, -1) END,
    'set_of', proretset, 'strict', proisstrict,
    'arguments', coalesce((SELECT json_agg(json_build_object('name', coalesce(proargnames[i], ''), 'type', format_type(type, -1),
            'mode', CASE mode WHEN 'i' THEN 'in' WHEN 'o' THEN 'out' WHEN 'b' THEN 'inout' WHEN 'v' THEN 'variadic' ELSE 'table' END,
            'has_default', input AND inputs > pronargs - pronargdefaults) ORDER BY i)
        FROM (SELECT *, count(*) FILTER (WHERE input) OVER (ORDER BY i) AS inputs
            FROM (SELECT *, mode IN ('i', 'b', 'v') AS input
                FROM (SELECT i, type, coalesce(proargmodes[i], 'i') AS mode
                    FROM unnest(coalesce(proallargtypes, proargtypes::oid[])) WITH ORDINALITY AS arg(type, i)) AS a) AS b) AS c), '[]'),
    'comment', obj_description(p.oid, 'pg_proc')) ORDER BY s.nspname, proname, pg_get_function_identity_arguments(p.oid)), '[]')
FROM pg_proc p JOIN user_schema s ON s.oid = p.pronamespace
WHERE NOT EXISTS (SELECT FROM pg_depend WHERE classid = 'pg_proc'::regclass AND objid = p.oid AND deptype IN ('e', 'i'))
