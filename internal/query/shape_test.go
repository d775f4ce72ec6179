package query

import (
	"context"
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"testing"

	"github.com/jackc/pgx/v5"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/trefoil-sql/trefoil/internal/catalog"
	"github.com/trefoil-sql/trefoil/internal/pgtest"
	"github.com/trefoil-sql/trefoil/internal/source"
	"github.com/trefoil-sql/trefoil/internal/sqlc"
)

const shapeSchema = `
CREATE TYPE size AS (width integer, label text);
CREATE DOMAIN short AS varchar(5);
CREATE TABLE c (
    id integer PRIMARY KEY, name text NOT NULL, kind text NOT NULL CHECK (kind IN ('person', 'firm')), old_kind text CHECK (old_kind IN ('person', 'firm')),
    settings jsonb, born date, seen timestamptz, price numeric(8, 2), ratio float8, box size, codes text[], grid integer[][], short short, raw bytea, took interval, yes boolean,
    span int4range, key uuid
);
CREATE TABLE o (id bigint PRIMARY KEY, c_id integer REFERENCES c, total numeric NOT NULL, placed timestamp NOT NULL, note text);
CREATE VIEW v AS SELECT o.id, o.total, c.name, c.kind, json_build_object('n', c.name, 'o', o.id) AS doc FROM o LEFT JOIN c ON c.id = o.c_id;
`

const shapeData = `
INSERT INTO c VALUES
    (1, 'a', 'person', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL),
    (2, 'b', 'firm', 'person', '{"a": [1, null]}', '2020-02-29', '2020-02-29 10:00+02', 12.50, 'NaN', (1, NULL), '{x,NULL}', '{{1,2},{3,NULL}}', 'abc',
        '\x00ff', '1 day 02:00', true, '[1,5)', 'a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11'),
    (3, 'c', 'firm', 'firm', 'null', 'infinity', '-infinity', 0, 'Infinity', (NULL, 'l'), '{}', '{}', '', '', '0', false, 'empty', 'a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a12');
INSERT INTO o VALUES (1, 2, 1.5, '2020-01-01', NULL), (2, 2, 'NaN', '2020-01-01 10:00:00.5', 'n'), (3, NULL, 3, 'infinity', 'x'), (4, 3, 4, '2020-01-01', NULL);
`

// shaped are queries with the kind of shape of their only column; nil for JSON of which nothing is known.
var shaped = map[string]ShapeKind{
	`SELECT json_build_object('id', id, 'name', name, 'settings', settings, 'born', born, 'seen', seen, 'price', price, 'ratio', ratio) FROM c`:                  ObjectShape,
	`SELECT jsonb_build_object('box', box, 'codes', codes, 'grid', grid, 'short', short, 'raw', raw, 'took', took, 'yes', yes, 'span', span, 'key', key) FROM c`: ObjectShape,
	`SELECT json_build_object('a', 1, 'a', name) FROM c`:                                                                      ObjectShape,
	`SELECT json_build_object('in', json_build_object('deep', json_build_array(id, name, NULL))) FROM c`:                      ObjectShape,
	`SELECT json_build_object('x', coalesce(born, '2020-01-01'), 'y', born IS NULL, 'z', NULL, 'w', 'text', 'n', 1.5) FROM c`: ObjectShape,
	`SELECT row_to_json(c) FROM c`: ObjectShape,
	`SELECT row_to_json(t) FROM (SELECT id, name AS called, price * 2 AS twice FROM c) AS t`: ObjectShape,
	`SELECT to_jsonb(c) FROM o LEFT JOIN c ON c.id = o.c_id`:                                 ObjectShape,
	`SELECT to_json(x) FROM c AS x (a, b)`:                                                   ObjectShape,
	`SELECT row_to_json(ROW(id, name)) FROM c`:                                               ObjectShape,
	`SELECT to_json(box) FROM c`:                                                             ObjectShape,
	`SELECT to_jsonb(c) - 'name' FROM c`:                                                     ObjectShape,
	`SELECT to_jsonb(c) || jsonb_build_object('id', 'text', 'more', id) FROM c`:              ObjectShape,
	`SELECT jsonb_strip_nulls(jsonb_build_object('born', born, 'settings', settings, 'in', jsonb_build_object('seen', seen))) FROM c`: ObjectShape,
	`SELECT json_agg(name) FROM c`:                                                                                                                     ArrayShape,
	`SELECT json_agg(old_kind ORDER BY id) FROM c`:                                                                                                     ArrayShape,
	`SELECT jsonb_agg(DISTINCT kind) FROM c WHERE false`:                                                                                               ArrayShape,
	`SELECT json_agg(o) FROM c LEFT JOIN o ON o.c_id = c.id GROUP BY c.id`:                                                                             ArrayShape,
	`SELECT json_agg(o) FILTER (WHERE o.id IS NOT NULL) FROM c LEFT JOIN o ON o.c_id = c.id GROUP BY c.id`:                                             ArrayShape,
	`SELECT json_agg(json_build_object('id', o.id, 'note', o.note)) FROM c LEFT JOIN o ON o.c_id = c.id GROUP BY c.id`:                                 ArrayShape,
	`SELECT coalesce(json_agg(json_build_object('id', o.id)) FILTER (WHERE o.id IS NOT NULL), '[]') FROM c LEFT JOIN o ON o.c_id = c.id GROUP BY c.id`: ArrayShape,
	`SELECT coalesce((SELECT jsonb_agg(o.total) FROM o WHERE o.c_id = c.id), '[]'::jsonb) FROM c`:                                                      ArrayShape,
	`SELECT (SELECT json_agg(s) FROM (SELECT o.id, o.total + 1 AS more FROM o WHERE o.c_id = c.id) AS s) FROM c`:                                       ArrayShape,
	`SELECT json_agg(codes) FROM c`:                                                                                                                    ArrayShape,
	`SELECT json_agg(json_build_array(id, grid)) FROM c`:                                                                                               ArrayShape,
	`SELECT to_json(ARRAY[ARRAY[id], ARRAY[2]]) FROM c`:                                                                                                ArrayShape,
	`SELECT json_build_array(id, price) FROM c`:                                                                                                        ArrayShape,
	`SELECT to_json(codes) FROM c`:                                                                                                                     ArrayShape,
	`SELECT to_json(grid) FROM c`:                                                                                                                      ArrayShape,
	`SELECT array_to_json(ARRAY[seen, now()]) FROM c`:                                                                                                  ArrayShape,
	`SELECT to_json(array_agg(c)) FROM c`:                                                                                                              ArrayShape,
	`SELECT to_json(ARRAY(SELECT total FROM o)) FROM c`:                                                                                                ArrayShape,
	`SELECT json_object_agg(name, price) FROM c`:                                                                                                       MapShape,
	`SELECT jsonb_object_agg(name, json_build_object('id', id)) FILTER (WHERE id > 1) FROM c`:                                                          MapShape,
	`SELECT to_json(seen) FROM c`:                                                                                                                      ScalarShape,
	`SELECT to_jsonb(price) FROM c`:                                                                                                                    ScalarShape,
	`SELECT doc FROM (SELECT json_build_object('id', id) AS doc FROM c) AS t`:                                                                          ObjectShape,
	`WITH t AS (SELECT json_build_object('id', id) AS doc FROM c) SELECT doc FROM t`:                                                                   ObjectShape,
	`SELECT json_build_object('a', id) FROM c UNION ALL SELECT json_build_object('a', total, 'b', note) FROM o`:                                        ObjectShape,
	`SELECT CASE WHEN id > 1 THEN json_build_object('a', id, 'b', name) ELSE json_build_object('b', born) END FROM c`:                                  ObjectShape,
	`SELECT jsonb_build_object('a', id)::json FROM c`:                                                                                                  ObjectShape,
	`SELECT x.doc FROM c, LATERAL (SELECT json_build_object('n', c.name, 'p', c.price) AS doc) AS x`:                                                   ObjectShape,
	`INSERT INTO o VALUES (9, 1, 1, now(), NULL) RETURNING json_build_object('id', id, 'note', note)`:                                                  ObjectShape,
	`SELECT settings FROM c`:                                                                                                                           "",
	`SELECT settings -> 'a' FROM c`:                                                                                                                    "",
	`SELECT json_build_object(name, id) FROM c`:                                                                                                        "",
	`SELECT coalesce(settings, json_build_object('a', 1)::jsonb) FROM c`:                                                                               "",
	`SELECT json_build_object(VARIADIC ARRAY['a', name]) FROM c`:                                                                                       "",
	`SELECT to_json(x) FROM generate_series(1, 2) AS x`:                                                                                                ScalarShape,
	`SELECT CASE WHEN id > 1 THEN to_json(id) ELSE json_build_array(id) END FROM c`:                                                                    "",
}

// shapedSince16 are those that servers before 16 do not know.
var shapedSince16 = map[string]ShapeKind{
	`SELECT JSON_OBJECT('id': id, 'born': born, 'settings': settings) FROM c`:         ObjectShape,
	`SELECT JSON_OBJECT('id': id, 'born': born ABSENT ON NULL) FROM c`:                ObjectShape,
	`SELECT JSON_OBJECT(name: id) FROM c`:                                             "",
	`SELECT JSON_OBJECT('a': '{"b": [1]}' FORMAT JSON, 'c': name) FROM c`:             ObjectShape,
	`SELECT JSON_ARRAY(id, born) FROM c`:                                              ArrayShape,
	`SELECT JSON_ARRAY(id, born NULL ON NULL) FROM c`:                                 ArrayShape,
	`SELECT JSON_ARRAY(SELECT id FROM o) FROM c`:                                      "",
	`SELECT JSON_OBJECTAGG(name: price) FROM c`:                                       MapShape,
	`SELECT JSON_OBJECTAGG(name: price ABSENT ON NULL) FROM c`:                        MapShape,
	`SELECT JSON_ARRAYAGG(born) FROM c`:                                               ArrayShape,
	`SELECT JSON_ARRAYAGG(JSON_OBJECT('b': born) ORDER BY id RETURNING jsonb) FROM c`: ArrayShape,
	`SELECT any_value(json_build_object('id', id)) FROM c`:                            "",
}

// TestShapesHold runs queries on a server: what it builds has the shape that was found. The shapes of the queries that say
// what they build are found.
func TestShapesHold(t *testing.T) {
	db := pgtest.New(t)
	db.Exec(t, shapeSchema+shapeData)
	cat, conn := load(t, shapeSchema), db.Conn(context.Background())
	queries := maps.Clone(shaped)
	if db.ServerVersion() >= 160000 {
		maps.Copy(queries, shapedSince16)
	}
	for sql, kind := range queries {
		t.Run(sql, func(t *testing.T) {
			c := describeOne(t, cat, sql).Columns[0]
			if kind == "" {
				require.Nil(t, c.JSON)
				return
			}
			require.NotNil(t, c.JSON, "%+v", c)
			require.Equal(t, kind, c.JSON.Kind)
			for _, text := range texts(t, conn, sql) {
				if text == nil {
					assert.False(t, c.NotNull)
					continue
				}
				var v any
				require.NoError(t, json.Unmarshal([]byte(*text), &v))
				assert.Empty(t, misfit(c.JSON, v, "$"), *text)
			}
		})
	}
}

// texts are the values of the only column of a query, which changes nothing.
func texts(t *testing.T, conn *pgx.Conn, sql string) []*string {
	t.Helper()
	ctx := context.Background()
	tx, err := conn.Begin(ctx)
	require.NoError(t, err)
	defer func() { _ = tx.Rollback(ctx) }()
	rows, err := tx.Query(ctx, fmt.Sprintf("WITH q (x) AS (%s) SELECT x::text FROM q", sql))
	require.NoError(t, err)
	var out []*string
	for rows.Next() {
		var s *string
		require.NoError(t, rows.Scan(&s))
		out = append(out, s)
	}
	require.NoError(t, rows.Err())
	return out
}

// misfit says where a JSON value has not the shape.
func misfit(s *Shape, v any, at string) string {
	switch s.Kind {
	case ObjectShape:
		return misfitObject(s, v, at)
	case ArrayShape, EmptyShape:
		if rows, ok := v.([]any); ok && s.Dims > 0 && len(rows) > 0 && isLists(rows) {
			for i, row := range rows {
				if m := misfit(s, row, fmt.Sprintf("%s[%d]", at, i)); m != "" {
					return m
				}
			}
			return ""
		}
		list, ok := v.([]any)
		if !ok || s.Kind == EmptyShape && len(list) > 0 {
			return at + " is no array, or should be empty"
		}
		for i, e := range list {
			if m := misfitPart(s.Elem, s.ElemNullable, e, fmt.Sprintf("%s[%d]", at, i)); m != "" {
				return m
			}
		}
	case MapShape:
		object, ok := v.(map[string]any)
		if !ok {
			return at + " is no object"
		}
		for k, e := range object {
			if m := misfitPart(s.Elem, s.ElemNullable, e, at+"."+k); m != "" {
				return m
			}
		}
	case ScalarShape:
		return misfitScalar(s, v, at)
	}
	return ""
}

// isLists tells the dimensions of a PostgreSQL array that are not its last.
func isLists(rows []any) bool {
	return !slices.ContainsFunc(rows, func(row any) bool { _, ok := row.([]any); return !ok })
}

func misfitPart(s *Shape, nullable bool, v any, at string) string {
	if v == nil && nullable {
		return ""
	}
	return misfit(s, v, at)
}

func misfitObject(s *Shape, v any, at string) string {
	object, ok := v.(map[string]any)
	if !ok {
		return at + " is no object"
	}
	for _, k := range s.Keys {
		e, ok := object[k.Name]
		if !ok && !k.Optional {
			return at + " lacks " + k.Name
		}
		if m := misfitPart(k.Shape, k.Nullable || !ok, e, at+"."+k.Name); m != "" {
			return m
		}
		delete(object, k.Name)
	}
	for k := range object {
		return at + " has " + k
	}
	return ""
}

var numbers = []string{"int2", "int4", "int8", "float4", "float8", "numeric"}

func misfitScalar(s *Shape, v any, at string) string {
	name := s.Type.Name.Name
	ok := false
	switch v := v.(type) {
	case nil:
		ok = isJSON(s.Type)
	case bool:
		ok = name == "bool" || isJSON(s.Type)
	case float64:
		ok = slices.Contains(numbers, name) || isJSON(s.Type)
	case string:
		ok = !slices.Contains(numbers, name) && name != "bool" || v == "NaN" || v == "Infinity" || v == "-Infinity"
	default:
		ok = isJSON(s.Type)
	}
	if !ok {
		return fmt.Sprintf("%s is %v and not of type %s", at, v, name)
	}
	return ""
}

func load(t *testing.T, schema string) *catalog.Catalog {
	t.Helper()
	c, _, err := catalog.Load([]*source.File{source.NewFile("schema.sql", schema)})
	require.NoError(t, err)
	return c
}

// describeOne describes a statement by the catalog's analysis alone.
func describeOne(t *testing.T, c *catalog.Catalog, sql string) Query {
	t.Helper()
	analysed := c.Analyse(source.NewFile("query.sql", sql), "public")
	require.Len(t, analysed, 1)
	require.NotNil(t, analysed[0].Query, "%v", analysed[0].Problems)
	b := &builder{Input: Input{Catalog: c, DefaultSchema: "public"}}
	b.types = newTypes(b.Input)
	q := Query{Analysed: analysed[0].Query, Sqlc: &sqlc.Query{}}
	b.apart().describe(&q)
	return q
}
