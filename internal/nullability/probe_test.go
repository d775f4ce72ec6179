package nullability

import (
	"context"
	"fmt"
	"math/rand"
	"slices"
	"strings"
	"testing"

	"github.com/jackc/pgx/v5"
	"github.com/stretchr/testify/require"
)

// samples are values of the types that functions take, edges first, as the text of a literal.
var samples = map[string][]string{
	"bool":    {"true", "false"},
	"char":    {"a", "", "Z"},
	"int2":    {"0", "1", "-1", "32767", "-32768", "3"},
	"int4":    {"0", "1", "-1", "2", "5", "2147483647", "-2147483648", "100"},
	"int8":    {"0", "1", "-1", "2", "9223372036854775807", "-9223372036854775808", "86400"},
	"float4":  {"0", "-0", "1", "-1.5", "NaN", "Infinity", "-Infinity", "3e38", "1e-37"},
	"float8":  {"0", "-0", "1", "-1.5", "0.5", "NaN", "Infinity", "-Infinity", "1e308", "1e-307"},
	"numeric": {"0", "1", "-1", "0.5", "NaN", "Infinity", "-Infinity", "12345678901234567890.123456789", "-0.0001", "7.00"},
	"money":   {"0", "1.50", "-3", "92233720368547758.07"},
	"text": {"", "a", "A b c", "%", "_", "hé€𝄞", "123", "-1.5", "a,b,c", "(", "[a-z]+", "2020-01-01 10:00", "UTF8", "UTC", "year", "month",
		"YYYY-MM-DD HH24:MI", "{\"a\": 1}", "true", "simple", "abcabc", "\\", "hex", "base64", "g", "999D99", "sha256", "public", "NFC", "hour", "second", "epoch", "server_version", "int4", "i", "abcd", "UTC", "md5", "bf"},
	"bytea":       {"", "\\x00", "\\xdeadbeef", "\\xff00ff"},
	"date":        {"2020-02-29", "infinity", "-infinity", "4713-01-01 BC", "5874897-12-31", "0001-12-31 BC", "1970-01-01"},
	"time":        {"00:00", "24:00", "12:34:56.789012"},
	"timetz":      {"00:00+00", "24:00-12", "12:34:56.789012+05:30"},
	"timestamp":   {"2020-02-29 12:00", "infinity", "-infinity", "4713-01-01 00:00 BC", "294276-12-31 23:59", "1970-01-01"},
	"timestamptz": {"2020-02-29 12:00Z", "infinity", "-infinity", "4713-01-02 00:00Z BC", "294276-12-31 12:00Z", "1970-01-01Z"},
	"interval":    {"0", "1 day", "-1 mon 3 days 04:00", "1 sec", "170000000 years", "-170000000 years", "infinity", "-infinity"},
	"uuid":        {"00000000-0000-0000-0000-000000000000", "a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11", "ffffffff-ffff-ffff-ffff-ffffffffffff"},
	"json":        {"null", "{}", "[]", "1", "\"s\"", "{\"a\": null}", "[null, 1, {\"a\": 2}]", "true"},
	"jsonb":       {"null", "{}", "[]", "1", "\"s\"", "{\"a\": null}", "[null, 1, {\"a\": 2}]", "true"},
	"jsonpath":    {"$", "$.a", "$[*] ? (@ > 1)", "$.a.b", "strict $.b", "strict $[7]", "$.a.double()"},
	"inet":        {"0.0.0.0", "10.0.0.1/8", "::1", "ffff::/16", "255.255.255.255"},
	"cidr":        {"0.0.0.0/0", "10.0.0.0/8", "::1/128"},
	"macaddr":     {"00:00:00:00:00:00", "08:00:2b:01:02:03"},
	"macaddr8":    {"00:00:00:00:00:00:00:00", "08:00:2b:01:02:03:04:05", "08:00:2b:ff:fe:03:04:05"},
	"bit":         {"0", "1", "10110"},
	"varbit":      {"", "0", "10110"},
	"oid":         {"0", "1", "1259", "23", "4294967295"},
	"tid":         {"(0,0)", "(1,1)"},
	"xid":         {"3", "0"},
	"pg_lsn":      {"0/0", "16/B374D848", "FFFFFFFF/FFFFFFFF"},
	"point":       {"(0,0)", "(1,-1)", "(NaN,0)", "(Infinity,1)"},
	"line":        {"{1,-1,0}", "{0,1,2}", "{1,0,3}"},
	"lseg":        {"[(0,0),(1,1)]", "[(0,0),(0,0)]", "[(0,1),(1,0)]", "[(5,5),(6,5)]"},
	"box":         {"(1,1),(0,0)", "(0,0),(0,0)", "(9,9),(8,8)"},
	"path":        {"[(0,0),(1,1)]", "((0,0),(1,1),(2,0))", "[(5,5)]"},
	"polygon":     {"((0,0),(1,1),(2,0))", "((5,5))"},
	"circle":      {"<(0,0),1>", "<(5,5),0>"},
	"tsvector":    {"", "a:1 b:2", "'x y':3A"},
	"tsquery":     {"", "a & b", "!a", "a <-> b"},
	"xml":         {"<a/>", "x", "<a>1</a><b/>"},
	"name":        {"", "a", "public", "pg_class", "UTF8", "LATIN1"},
	"regclass":    {"counter"},
	"regtype":     {"int4", "text"},
	"regconfig":   {"simple", "english"},

	"int4range": {"empty", "(,)", "[1,5)", "[1,)", "(,5)"}, "int8range": {"empty", "(,)", "[1,5)"}, "numrange": {"empty", "(,)", "[1.5,5)"},
	"daterange": {"empty", "(,)", "[2020-01-01,2020-02-01)"}, "tsrange": {"empty", "(,)", "[2020-01-01,infinity)"}, "tstzrange": {"empty", "(,)", "[2020-01-01,)"},
	"int4multirange": {"{}", "{(,)}", "{[1,2),[4,9)}", "{[3,)}"},
	"_int4":          {"{}", "{1,2}", "{NULL}", "{{1,2},{3,4}}", "[0:1]={1,2}", "{3,NULL,1}"},
	"_int2":          {"{}", "{1,2}", "{NULL}"}, "_int8": {"{}", "{1,2}", "{NULL}"}, "_numeric": {"{}", "{1,2}"}, "_float8": {"{}", "{0.5,NaN}", "{NULL}"},
	"_text": {"{}", "{a,b}", "{NULL}", "{{a,b},{c,d}}", "{a,NULL,''}"},
	"_char": {"{}", "{A,B}"}, "_float4": {"{0.1,0.2,0.4,1}", "{}"},
	"_int4range": {"{}", "{empty}", "{\"[1,2)\"}"}, "_daterange": {"{}", "{empty}"}, "_numrange": {"{}", "{\"[1,2)\"}"},
	"_int8range": {"{}", "{empty}"}, "_tsrange": {"{}", "{empty}"}, "_tstzrange": {"{}", "{empty}"},
	"xid8": {"0", "7"}, "oidvector": {"", "1 2"}, "regdictionary": {"simple", "unaccent"},
	"mood": {"sad", "happy"}, "pair": {"(1,a)", "(,)"},
}

// sameSamples are types whose samples are another's.
var sameSamples = map[string]string{"varchar": "text", "bpchar": "text", "refcursor": "text", "citext": "text", "unknown": "text"}

// polymorphs are the types that a polymorphic signature is tried with: each row gives element, array, range and multirange.
var polymorphs = []map[string]string{
	{"anyelement": "int4", "anynonarray": "int4", "anycompatible": "int4", "anycompatiblenonarray": "int4", "anyarray": "_int4", "anycompatiblearray": "_int4",
		"anyrange": "int4range", "anycompatiblerange": "int4range", "anymultirange": "int4multirange", "anycompatiblemultirange": "int4multirange", "any": "int4", "anyenum": "mood", "record": "pair"},
	{"anyelement": "text", "anynonarray": "text", "anycompatible": "text", "anycompatiblenonarray": "text", "anyarray": "_text", "anycompatiblearray": "_text", "any": "text"},
}

// valuesOf are the literals of a type, nil if there are none.
func valuesOf(typ string) []string {
	if a, ok := sameSamples[typ]; ok {
		typ = a
	}
	return samples[typ]
}

// argumentLists are up to limit lists of argument literals for a signature's types: all combinations, or a sample of them.
func argumentLists(r *rand.Rand, types []string, limit int) [][]string {
	total := 1
	for _, typ := range types {
		if total *= len(valuesOf(typ)); total == 0 {
			return nil
		}
	}
	pick := func(n int) []string {
		list := make([]string, len(types))
		for i, typ := range types {
			v := valuesOf(typ)
			list[i] = fmt.Sprintf("'%s'::%s", strings.ReplaceAll(v[n%len(v)], "'", "''"), quoted(typ))
			n /= len(v)
		}
		return list
	}
	var out [][]string
	if total <= limit {
		for n := range total {
			out = append(out, pick(n))
		}
		return out
	}
	for range limit {
		out = append(out, pick(r.Intn(total)))
	}
	return out
}

func quoted(typ string) string { return pgx.Identifier{typ}.Sanitize() }

// callsOf are calls of a function or operator with arguments that are not NULL.
func callsOf(r *rand.Rand, schema string, s signature, limit int) []string {
	var calls []string
	for _, p := range polymorphs {
		types := slices.Clone(s.args)
		polymorphic := false
		for i, typ := range types {
			if concrete, ok := p[typ]; ok {
				types[i], polymorphic = concrete, true
			}
		}
		for _, args := range argumentLists(r, types, limit) {
			calls = append(calls, s.sql(schema, args))
		}
		if !polymorphic {
			break
		}
	}
	return calls
}

// sql is a call of it.
func (s signature) sql(schema string, args []string) string {
	switch {
	case !s.operator:
		return schema + "." + quoted(s.name) + "(" + strings.Join(args, ", ") + ")"
	case len(args) == 1:
		return "OPERATOR(" + schema + "." + s.name + ") " + args[0]
	}
	return args[0] + " OPERATOR(" + schema + "." + s.name + ") " + args[1]
}

const tryAll = `
CREATE TYPE mood AS ENUM ('sad', 'happy');
CREATE TYPE pair AS (a int, b text);
CREATE SEQUENCE counter;
CREATE FUNCTION try_all(calls text[]) RETURNS TABLE (call text, null_result boolean) LANGUAGE plpgsql AS $$
BEGIN
	FOREACH call IN ARRAY calls LOOP
		BEGIN
			EXECUTE 'SELECT num_nulls(' || call || ') = 1' INTO null_result;
			RETURN NEXT;
		EXCEPTION WHEN OTHERS OR query_canceled THEN
			NULL;
		END;
	END LOOP;
END $$`

// try makes the calls. It gives those that returned NULL, and how many returned at all.
func try(t *testing.T, conn *pgx.Conn, calls []string) (null []string, returned int) {
	t.Helper()
	rows, err := conn.Query(context.Background(), "SELECT count(*), coalesce(array_agg(call) FILTER (WHERE null_result), '{}') FROM try_all($1)", calls)
	require.NoError(t, err)
	defer rows.Close()
	require.True(t, rows.Next())
	require.NoError(t, rows.Scan(&returned, &null))
	return null, returned
}
