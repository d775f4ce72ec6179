-- plpgsql is in every database from the start.
SELECT coalesce(json_agg(json_build_object('name', extname, 'schema', nspname) ORDER BY extname), '[]')
FROM pg_extension e JOIN pg_namespace n ON n.oid = e.extnamespace
WHERE extname <> 'plpgsql'
