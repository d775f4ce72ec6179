-- JSON: operators, functions, constructors and the SQL/JSON grammar.
SELECT data -> 'a' -> 'b' ->> 'c', data #>> '{a,b}', data -> 0 -> 'x', (data -> 'a')::int, (data ->> 'a')::numeric(5,2), data ->> 'a' IS NULL FROM account;
SELECT data ? 'a' AND data ?& ARRAY['a', 'b'] OR data ?| '{c}', data @? '$.a', data @@ '$.a > 1', data <@ '{}', data || '{"a": 1}' FROM account;
SELECT data['a'], data['a']['b'][0], (data)['x'] IS NULL, (data -> 'a')['b'] FROM account;
SELECT j -> 'a', j ->> 'a', j -> 0, j ->> 0, j #> '{a}', j #>> '{a}', j::jsonb, j::text, jb::json, jb::text, jb::int, jb::bool, jb::numeric FROM kinds;
SELECT json_agg(k), jsonb_agg(k.jb ORDER BY k.i4), json_agg(k.*) FROM kinds k;
SELECT json_build_object('id', a.id, 'orders', (SELECT json_agg(o) FROM orders o WHERE o.account_id = a.id)) AS doc FROM account a;
SELECT jsonb_build_object('id', id, 'tags', tags, 'home', home, 'n', NULL, 'nested', jsonb_build_array(1, name)) FROM account;
SELECT coalesce(json_agg(o) FILTER (WHERE o.id IS NOT NULL), '[]') FROM account a LEFT JOIN orders o ON o.account_id = a.id GROUP BY a.id;
SELECT coalesce(jsonb_agg(to_jsonb(o) - 'note') FILTER (WHERE o.id IS NOT NULL), '[]'::jsonb) AS orders FROM orders o;
SELECT coalesce(jsonb_object_agg(key, value), '{}') FROM account, jsonb_each(data) WHERE value <> 'null';
SELECT jsonb_array_elements(data) ->> 'x', jsonb_array_elements_text(data -> 'y'), jsonb_object_keys(data), (jsonb_each(data)).key, (jsonb_each_text(data)).* FROM account;
SELECT t.k, t.v FROM account, jsonb_each(data) AS t (k, v);
SELECT x.* FROM account a, jsonb_to_recordset(a.data -> 'items') AS x (id int, name varchar(10), price numeric(6,2), tags text[], at timestamptz, home address);
SELECT jsonb_populate_record(a, data), (jsonb_populate_record(NULL::account, data)).name, (jsonb_populate_record(NULL::address, '{}')).* FROM account a;
SELECT p.* FROM account, jsonb_populate_record(NULL::product, data) p;
SELECT p.title FROM account, jsonb_populate_recordset(NULL::product, data) AS p;
SELECT jsonb_set(data, '{a,b}', to_jsonb(name)), jsonb_set_lax(data, '{a}', NULL, true, 'delete_key'), jsonb_insert(data, '{a}', '1', true), data #- '{a,b}', data - 'a' - 1, data - '{a,b}'::text[] FROM account;
SELECT jsonb_path_query_first(data, '$.a[*] ? (@ > $x)', '{"x": 1}'), jsonb_path_query_array(data, '$.a'), jsonb_path_exists_tz(data, '$.a') FROM account;
SELECT dc -> 'a', dc || '{}', dc ->> 'a', dc::json, jsonb_typeof(dc), coalesce(dc, '{}'), dc @> '{}', jsonb_set(dc, '{a}', '1') FROM kinds;
SELECT array_to_json(tags), to_json(tags), array_to_json(ARRAY[1], true), json_array_length('[]'), json_strip_nulls('{}'), json_object('{a,b}', '{c,d}'), json_object(tags) FROM account;
SELECT ARRAY(SELECT jsonb_array_elements_text(data)), ARRAY(SELECT jsonb_array_elements(data)), (SELECT array_agg(e ->> 'x') FROM jsonb_array_elements(data) e) FROM account;
SELECT (data -> 'n')::int + 1, (data ->> 'at')::timestamptz > now(), (data ->> 's')::status, (data ->> 'l')::int[] FROM account;
SELECT jsonb_typeof(data -> 'x') = 'array' AND jsonb_array_length(data -> 'x') > 0, data = '{}', data <> '[]', data > '1' FROM account;
SELECT json_object_keys('{}'), json_each('{}'), json_array_elements('[1]'), json_array_elements_text('[1]');
SELECT max(data ->> 'x'), count(data -> 'x'), bool_or(data ? 'x'), string_agg(data ->> 'x', ',') FROM account;
-- from 16
SELECT json_array(1, 2, 'x'), json_array(1 NULL ON NULL), json_array(1 RETURNING jsonb), json_array(), json_array(SELECT id FROM account);
-- from 16
SELECT json_object('a': 1, 'b' VALUE name), json_object('a': 1 RETURNING jsonb), json_object('a': NULL ABSENT ON NULL WITH UNIQUE), json_object() FROM account;
-- from 16
SELECT json_objectagg(name: id), json_objectagg(name VALUE id RETURNING jsonb), json_arrayagg(id), json_arrayagg(id ORDER BY id RETURNING jsonb), json_objectagg(name: id ABSENT ON NULL) FROM account;
-- from 16
SELECT name IS JSON, name IS JSON OBJECT, data::text IS NOT JSON ARRAY WITH UNIQUE KEYS, name IS JSON SCALAR FROM account;
-- from 16
SELECT json_arrayagg(id) FILTER (WHERE active), json_array(1 RETURNING text), json_object('a': 1 RETURNING varchar(50)), json_arrayagg(id) OVER () FROM account GROUP BY id, active;
SELECT to_json(k), to_jsonb(k.i4s), row_to_json(k, true), to_jsonb(k), row_to_json(ROW(1, k.t)) FROM kinds k;
