-- What is asked of a server for the .txt files beside this one. Each query is named by the file it fills.

-- name: types.txt
SELECT typname || ' ' || typtype::text || ' ' || typcategory::text || ' ' || typispreferred::int
    || coalesce((SELECT ' ' || (SELECT typname FROM pg_type WHERE oid = rngsubtype) || ' ' || (SELECT typname FROM pg_type WHERE oid = rngmultitypid)
        FROM pg_range WHERE rngtypid = t.oid), '')
FROM pg_type t
WHERE typnamespace = 'pg_catalog'::regnamespace AND typtype <> 'c' AND NOT (typcategory = 'A' AND typname LIKE '\_%')
ORDER BY typname COLLATE "C";

-- name: relations.txt
SELECT n.nspname || '.' || c.relname || ' ' || c.relkind::text || (
    SELECT string_agg(' ' || a.attname || ' ' || (SELECT typname FROM pg_type WHERE oid = a.atttypid), '' ORDER BY a.attnum)
    FROM pg_attribute a WHERE a.attrelid = c.oid AND a.attnum > 0)
FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
WHERE n.nspname IN ('pg_catalog', 'information_schema') AND c.relkind IN ('r', 'v') AND c.relname NOT LIKE '\_pg\_%'
ORDER BY n.nspname COLLATE "C", c.relname COLLATE "C";

-- name: functions.txt
-- Kind, volatility and strictness in one word; result; how many arguments have defaults; those that are passed, as
-- name:type where they have a name; after > those that it gives back.
SELECT proname || ' ' || prokind::text || provolatile::text || (CASE WHEN proisstrict THEN 's' ELSE '-' END) || ' ' || (CASE WHEN proretset THEN 'setof:' ELSE '' END) || (SELECT typname FROM pg_type WHERE oid = prorettype)
    || ' ' || pronargdefaults || ' ' || (CASE WHEN provariadic <> 0 THEN 'variadic' ELSE '-' END)
    || coalesce((SELECT string_agg(' ' || coalesce(nullif((
            SELECT array_agg(name ORDER BY k) FROM unnest(proargnames, proargmodes) WITH ORDINALITY AS n (name, mode, k)
            WHERE coalesce(mode, 'i') IN ('i', 'b', 'v'))[i], '') || ':', '') || (SELECT typname FROM pg_type WHERE oid = a), '' ORDER BY i)
        FROM unnest(proargtypes) WITH ORDINALITY AS u (a, i)), '')
    || coalesce((SELECT ' >' || string_agg(' ' || coalesce(nullif(proargnames[i], '') || ':', '') || (SELECT typname FROM pg_type WHERE oid = proallargtypes[i]), '' ORDER BY i)
        FROM generate_subscripts(proallargtypes, 1) AS i WHERE proargmodes[i] IN ('o', 'b', 't')), '')
FROM pg_proc
WHERE pronamespace = 'pg_catalog'::regnamespace AND prorettype NOT IN ('internal'::regtype, 'cstring'::regtype)
    AND NOT proargtypes::oid[] && ARRAY['internal'::regtype::oid, 'cstring'::regtype::oid]
ORDER BY 1;

-- name: operators.txt
SELECT oprname || ' ' || (CASE WHEN oprleft = 0 THEN '-' ELSE (SELECT typname FROM pg_type WHERE oid = oprleft) END)
    || ' ' || (SELECT typname FROM pg_type WHERE oid = oprright) || ' ' || (SELECT typname FROM pg_type WHERE oid = oprresult)
    || (SELECT ' ' || proname || (CASE WHEN proisstrict THEN ' s' ELSE ' -' END) FROM pg_proc p WHERE p.oid = oprcode)
FROM pg_operator
WHERE oprnamespace = 'pg_catalog'::regnamespace AND oprresult <> 0
ORDER BY 1;

-- name: casts.txt
SELECT (SELECT typname FROM pg_type WHERE oid = castsource) || ' ' || (SELECT typname FROM pg_type WHERE oid = casttarget) || ' ' || castcontext::text
    || (CASE WHEN (SELECT NOT proisstrict FROM pg_proc p WHERE p.oid = castfunc) THEN ' -' ELSE ' s' END) || ' ' || castmethod::text
FROM pg_cast
WHERE castsource IN (SELECT oid FROM pg_type WHERE typnamespace = 'pg_catalog'::regnamespace)
    AND casttarget IN (SELECT oid FROM pg_type WHERE typnamespace = 'pg_catalog'::regnamespace)
ORDER BY 1;

-- name: extensions.txt
-- Asked once for each extension that the server has, after CREATE EXTENSION.
SELECT e.extname || ' type ' || t.typname || ' ' || t.typtype::text || ' ' || t.typcategory::text
    || coalesce((SELECT ' ' || typname FROM pg_type b WHERE b.oid = t.typbasetype), '')
FROM pg_depend d JOIN pg_extension e ON e.oid = d.refobjid JOIN pg_type t ON t.oid = d.objid
WHERE e.extname <> 'plpgsql' AND d.refclassid = 'pg_extension'::regclass AND d.classid = 'pg_type'::regclass AND d.deptype = 'e' AND t.typcategory <> 'A'
    AND t.typtype <> 'c'
UNION ALL
SELECT e.extname || ' relation ' || c.relname || ' ' || c.relkind::text || (
    SELECT string_agg(' ' || a.attname || ' ' || (SELECT typname FROM pg_type WHERE oid = a.atttypid), '' ORDER BY a.attnum)
    FROM pg_attribute a WHERE a.attrelid = c.oid AND a.attnum > 0)
FROM pg_depend d JOIN pg_extension e ON e.oid = d.refobjid JOIN pg_class c ON c.oid = d.objid
WHERE e.extname <> 'plpgsql' AND d.refclassid = 'pg_extension'::regclass AND d.classid = 'pg_class'::regclass AND d.deptype = 'e' AND c.relkind IN ('r', 'v', 'c')
UNION ALL
SELECT e.extname || ' function ' || proname || ' ' || prokind::text || provolatile::text || (CASE WHEN proisstrict THEN 's' ELSE '-' END) || ' ' || (CASE WHEN proretset THEN 'setof:' ELSE '' END)
    || (SELECT typname FROM pg_type WHERE oid = prorettype)
    || ' ' || pronargdefaults || ' ' || (CASE WHEN provariadic <> 0 THEN 'variadic' ELSE '-' END)
    || coalesce((SELECT string_agg(' ' || coalesce(nullif((
            SELECT array_agg(name ORDER BY k) FROM unnest(proargnames, proargmodes) WITH ORDINALITY AS n (name, mode, k)
            WHERE coalesce(mode, 'i') IN ('i', 'b', 'v'))[i], '') || ':', '') || (SELECT typname FROM pg_type WHERE oid = a), '' ORDER BY i)
        FROM unnest(proargtypes) WITH ORDINALITY AS u (a, i)), '')
    || coalesce((SELECT ' >' || string_agg(' ' || coalesce(nullif(proargnames[i], '') || ':', '') || (SELECT typname FROM pg_type WHERE oid = proallargtypes[i]), '' ORDER BY i)
        FROM generate_subscripts(proallargtypes, 1) AS i WHERE proargmodes[i] IN ('o', 'b', 't')), '')
FROM pg_depend d JOIN pg_extension e ON e.oid = d.refobjid JOIN pg_proc p ON p.oid = d.objid
WHERE e.extname <> 'plpgsql' AND d.refclassid = 'pg_extension'::regclass AND d.classid = 'pg_proc'::regclass AND d.deptype = 'e'
    AND prorettype NOT IN ('internal'::regtype, 'cstring'::regtype)
    AND NOT proargtypes::oid[] && ARRAY['internal'::regtype::oid, 'cstring'::regtype::oid]
UNION ALL
SELECT e.extname || ' operator ' || oprname || ' ' || (CASE WHEN oprleft = 0 THEN '-' ELSE (SELECT typname FROM pg_type WHERE oid = oprleft) END)
    || ' ' || (SELECT typname FROM pg_type WHERE oid = oprright) || ' ' || (SELECT typname FROM pg_type WHERE oid = oprresult)
    || (SELECT ' ' || proname || (CASE WHEN proisstrict THEN ' s' ELSE ' -' END) FROM pg_proc p WHERE p.oid = oprcode)
FROM pg_depend d JOIN pg_extension e ON e.oid = d.refobjid JOIN pg_operator o ON o.oid = d.objid
WHERE e.extname <> 'plpgsql' AND d.refclassid = 'pg_extension'::regclass AND d.classid = 'pg_operator'::regclass AND d.deptype = 'e' AND oprresult <> 0
UNION ALL
SELECT e.extname || ' cast ' || (SELECT typname FROM pg_type WHERE oid = castsource) || ' '
    || (SELECT typname FROM pg_type WHERE oid = casttarget) || ' ' || castcontext::text
    || (CASE WHEN (SELECT NOT proisstrict FROM pg_proc p WHERE p.oid = castfunc) THEN ' -' ELSE ' s' END) || ' ' || castmethod::text
FROM pg_depend d JOIN pg_extension e ON e.oid = d.refobjid JOIN pg_cast c ON c.oid = d.objid
WHERE e.extname <> 'plpgsql' AND d.refclassid = 'pg_extension'::regclass AND d.classid = 'pg_cast'::regclass AND d.deptype = 'e'
UNION ALL
SELECT extname || ' extension ' || extname FROM pg_extension WHERE extname <> 'plpgsql'
ORDER BY 1;
