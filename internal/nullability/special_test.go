package nullability

import (
	"context"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/trefoil-sql/trefoil/internal/pgtest"
)

// specialCalls are calls of the functions with rules of their own, with NULL where the rules say that it makes no NULL, and
// with edges elsewhere.
var specialCalls = map[string][]string{
	"concat":             {"concat(NULL)", "concat(NULL, 'a', 1)", "concat(NULL::int[])"},
	"concat_ws":          {"concat_ws(',', NULL)", "concat_ws('', NULL, NULL)", "concat_ws(',', VARIADIC '{NULL}'::text[])"},
	"format":             {"format('')", "format('%s %I', NULL, 'a')", "format('%L', NULL)", "format('x', VARIADIC NULL::text[])"},
	"num_nulls":          {"num_nulls(NULL)", "num_nulls(1, NULL)", "num_nulls(VARIADIC '{}'::int[])"},
	"num_nonnulls":       {"num_nonnulls(NULL)", "num_nonnulls(1, NULL)"},
	"json_build_object":  {"json_build_object()", "json_build_object('a', NULL)"},
	"jsonb_build_object": {"jsonb_build_object()", "jsonb_build_object('a', NULL)"},
	"json_build_array":   {"json_build_array()", "json_build_array(NULL)"},
	"jsonb_build_array":  {"jsonb_build_array()", "jsonb_build_array(NULL)"},
	"quote_nullable":     {"quote_nullable(NULL::text)", "quote_nullable(NULL::int)"},
	"pg_typeof":          {"pg_typeof(NULL)", "pg_typeof(NULL::int)"},
	"enum_first":         {"enum_first(NULL::mood)"},
	"enum_last":          {"enum_last(NULL::mood)"},
	"enum_range":         {"enum_range(NULL::mood)", "enum_range(NULL, 'sad'::mood)", "enum_range('happy'::mood, 'sad')"},
	"array_append":       {"array_append(NULL::int[], NULL)", "array_append('{}'::int[], NULL)"},
	"array_prepend":      {"array_prepend(NULL, NULL::int[])", "array_prepend(NULL, '{}'::int[])"},
	"array_cat":          {"array_cat('{}'::int[], NULL)", "array_cat(NULL, '{1}'::int[])"},
	"array_fill":         {"array_fill(NULL::int, '{2}')", "array_fill(1, '{}')", "array_fill(1, '{2}', '{0}')"},
	"string_to_array":    {"string_to_array('', NULL)", "string_to_array('a', NULL, NULL)", "string_to_array('', ',')", "string_to_array('a', '', 'a')"},
	"array_remove":       {"array_remove('{}'::int[], NULL)", "array_remove('{NULL}'::int[], NULL)", "array_remove('{1}'::int[], 1)"},
	"array_replace":      {"array_replace('{}'::int[], NULL, NULL)", "array_replace('{NULL,1}'::int[], 1, NULL)"},
	"array_positions":    {"array_positions('{}'::int[], NULL)", "array_positions('{1}'::int[], 2)"},
	"array_to_string":    {"array_to_string('{}'::int[], '')", "array_to_string('{NULL}'::int[], '', NULL)", "array_to_string('{NULL}'::int[], ',', 'x')"},
	"jsonb_set_lax":      {"jsonb_set_lax('{}', '{a}', NULL)", "jsonb_set_lax('{}', '{a}', NULL, true, 'delete_key')", "jsonb_set_lax('{}', '{a}', NULL, true, 'return_target')"},
	"overlaps": {"overlaps(date '2020-01-01', date '2020-01-02', date '2019-01-01', date '2020-01-01')",
		"overlaps(time '10:00', time '10:00', time '10:00', interval '0')", "overlaps(timestamp 'infinity', timestamp '-infinity', timestamp 'infinity', timestamp 'infinity')"},
	"set_config":       {"set_config('trefoil.x', '', true)", "set_config('trefoil.x', 'a', false)"},
	"make_timestamptz": {"make_timestamptz(2020, 1, 1, 0, 0, 0, 'UTC')", "make_timestamptz(2020, 1, 1, 0, 0, 0)"},
	"extract": {"extract(epoch from timestamp 'infinity')", "extract(year from date '-infinity')", "extract(decade from timestamptz 'infinity')",
		"extract(century from date 'infinity')", "extract(millennium from timestamp '-infinity')", "extract(epoch from interval '1 day')",
		"extract(year from interval 'infinity')", "extract(epoch from interval '-infinity')", "extract(millennium from interval 'infinity')",
		"extract(hour from time '24:00')", "extract(timezone from timetz '00:00+00')"},
	"date_part":      {"date_part('epoch', timestamp 'infinity')", "date_part('year', date 'infinity')", "date_part('century', interval 'infinity')"},
	"int4range":      {"int4range(NULL, NULL)", "int4range(1, NULL, '()')", "int4range(1, 1)"},
	"int8range":      {"int8range(NULL, NULL)"},
	"numrange":       {"numrange(NULL, NULL)", "numrange('NaN', 'NaN')"},
	"tsrange":        {"tsrange(NULL, NULL)"},
	"tstzrange":      {"tstzrange(NULL, 'infinity')"},
	"daterange":      {"daterange(NULL, NULL, '[]')"},
	"int4multirange": {"int4multirange()", "int4multirange('empty')", "int4multirange('[1,2)', '(,)')"},
	"int8multirange": {"int8multirange()", "int8multirange('empty', 'empty')"},
	"nummultirange":  {"nummultirange()", "nummultirange('empty', 'empty')"},
	"tsmultirange":   {"tsmultirange()", "tsmultirange('empty', 'empty')"},
	"tstzmultirange": {"tstzmultirange()", "tstzmultirange('empty', 'empty')"},
	"datemultirange": {"datemultirange()", "datemultirange('empty', 'empty')"},
}

// TestSpecial makes those calls. None may give NULL.
func TestSpecial(t *testing.T) {
	ctx := context.Background()
	conn := pgtest.New(t).Conn(ctx)
	_, err := conn.Exec(ctx, tryAll)
	require.NoError(t, err)
	for name := range special {
		require.NotEmpty(t, specialCalls[name], "%s has a rule and no calls", name)
	}
	for name, list := range specialCalls {
		require.Contains(t, special, name)
		null, returned := try(t, conn, list)
		assert.Empty(t, null)
		assert.Positive(t, returned, name)
	}
}
