package sqlc

import (
	"context"
	"fmt"
	"maps"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/trefoil-sql/trefoil/internal/catalog"
	"github.com/trefoil-sql/trefoil/internal/pgtest"
	"github.com/trefoil-sql/trefoil/internal/source"
)

// plainDDL is a schema that sqlc itself understands in full, with every type that it maps and some that it does not.
const plainDDL = `
CREATE SCHEMA app;
CREATE SCHEMA "Odd schema";
CREATE TYPE mood AS ENUM ('sad', 'ok''s', 'a b', '');
CREATE TYPE app.level AS ENUM ('low', 'high-er', 'x:y/z');
CREATE TYPE path AS ENUM ('left', 'right');
CREATE TYPE pair AS (a integer, b text[]);
CREATE TYPE app.nested AS (p pair, m mood[]);
CREATE TYPE floatrange AS RANGE (subtype = float8);
CREATE TABLE numbers (
    i2 smallint NOT NULL, i4 integer, i8 bigint NOT NULL, f4 real, f8 double precision NOT NULL, n numeric(10, 2), m money,
    b boolean, oid oid, xid xid, cid cid, tid tid, s serial NOT NULL, bs bigserial NOT NULL
);
CREATE TABLE texts (
    t text NOT NULL, v varchar(20), c char(3), n name, b bytea, j json NOT NULL, jb jsonb, u uuid, x xml, bits bit(3), vb varbit(5),
    q tsquery, ts tsvector, "char" "char", inet inet, cidr cidr, mac macaddr, mac8 macaddr8
);
CREATE TABLE times (
    d date NOT NULL, t time, tt time with time zone, ts timestamp, tstz timestamp with time zone NOT NULL, i interval day to second
);
CREATE TABLE shapes (b box, c circle, l line, ls lseg, p path, pt point, pg polygon);
CREATE TABLE ranges (
    i4 int4range, i8 int8range, n numrange, ts tsrange, tstz tstzrange, d daterange, f floatrange,
    mi4 int4multirange, mi8 int8multirange, mn nummultirange, mts tsmultirange, mtstz tstzmultirange, md datemultirange
);
CREATE TABLE users (
    id uuid NOT NULL, mood mood NOT NULL, maybe mood, moods mood[] NOT NULL, level app.level, path public.path, pair pair, nested app.nested,
    tags text[], grid integer[][] NOT NULL, "order" integer, "Mixed Case" text, größe numeric
);
CREATE TABLE app.users (id bigint NOT NULL, name varchar NOT NULL);
CREATE TABLE "Odd schema"."Odd table" ("quo""te" integer);
CREATE TABLE empty ();
COMMENT ON TABLE users IS E'People''s table.\n\n-- +goose Down\nnot the end \\ yet';
COMMENT ON COLUMN users."Mixed Case" IS 'Both; cases.';
COMMENT ON TYPE mood IS 'How one feels.';
CREATE FUNCTION add(a integer, b integer DEFAULT 1) RETURNS integer LANGUAGE sql AS 'SELECT a + b';
CREATE FUNCTION app.ids(VARIADIC xs integer[]) RETURNS SETOF uuid LANGUAGE sql AS 'SELECT gen_random_uuid()';
CREATE FUNCTION moods() RETURNS SETOF users LANGUAGE sql AS 'SELECT * FROM users';
CREATE FUNCTION split(t text, OUT head text, OUT tail text) LANGUAGE sql AS 'SELECT t, t';
CREATE FUNCTION listing(n integer) RETURNS TABLE (id integer, mood mood) LANGUAGE sql AS 'SELECT 1, NULL::mood';
CREATE FUNCTION over(a integer) RETURNS integer LANGUAGE sql AS 'SELECT a';
CREATE PROCEDURE app.touch(a integer) LANGUAGE sql AS '';
`

// richDDL adds what sqlc does not understand or drops.
const richDDL = plainDDL + `
CREATE FUNCTION over(a integer[]) RETURNS integer LANGUAGE sql AS 'SELECT 1';
CREATE DOMAIN email AS text CHECK (VALUE LIKE '%@%');
CREATE DOMAIN app.work_email AS email NOT NULL;
CREATE DOMAIN ints AS integer[];
CREATE DOMAIN feeling AS mood;
CREATE TYPE contact AS (email email, all_ids ints[]);
CREATE TYPE emailrange AS RANGE (subtype = email, multirange_type_name = emails);
CREATE TABLE people (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, email email, work app.work_email, list email[], works app.work_email[] NOT NULL,
    ints ints, grid ints[], feeling feeling NOT NULL DEFAULT 'sad', contact contact, span emailrange, spans emails, last users,
    twice integer GENERATED ALWAYS AS (1 + 1) STORED
);
CREATE TABLE events (id integer NOT NULL, at date NOT NULL) PARTITION BY RANGE (at);
CREATE TABLE events_1 PARTITION OF events FOR VALUES FROM ('2020-01-01') TO ('2021-01-01');
CREATE TABLE kids (toy text) INHERITS (people);
CREATE VIEW adults AS SELECT id, email, ints, feeling FROM people;
CREATE MATERIALIZED VIEW counted AS SELECT count(*) AS n FROM people;
CREATE AGGREGATE total(integer) (sfunc = int4pl, stype = integer, initcond = '0');
CREATE FUNCTION trig() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END';
CREATE FUNCTION of_email(e email, l ints[]) RETURNS app.work_email LANGUAGE sql AS $$SELECT 'a@b'::app.work_email$$;
`

func TestPostgreSQLAcceptsTheCanonicalSchema(t *testing.T) {
	before := introspect(t, richDDL)
	after := introspect(t, canonical(before, nil, typeNames{}))
	assert.Equal(t, shape(before), shape(after))
	assert.Equal(t, before.Enums, after.Enums)
	assert.Empty(t, after.Domains)
}

// shape is what the canonical schema has to keep of relations, composites, ranges and functions: a line each, domains
// resolved, in order of name.
func shape(c *catalog.Catalog) map[string]string {
	s := map[string]string{}
	resolve := func(t catalog.Type) (string, bool) { return resolveDomains(c, t) }
	columns := func(columns []catalog.Column) string {
		var b strings.Builder
		for _, col := range columns {
			text, notNull := resolve(col.Type)
			fmt.Fprintf(&b, "%s %s notnull=%v %q; ", col.Name, text, notNull || col.NotNull, col.Comment)
		}
		return b.String()
	}
	for _, r := range c.Relations {
		s["relation "+r.Name.String()] = columns(r.Columns) + r.Comment
	}
	for _, t := range c.Composites {
		for i := range t.Attributes {
			t.Attributes[i].NotNull = true // says nothing in a composite
		}
		s["composite "+t.Name.String()] = columns(t.Attributes)
	}
	for _, r := range c.Ranges {
		s["range "+r.Name.String()], _ = resolve(r.Subtype)
		s["multirange "+r.Multirange.String()] = "of " + r.Name.String()
	}
	for _, f := range c.Functions {
		key, args := "function "+f.Name.String()+"(", ""
		for _, a := range f.Args {
			text, _ := resolve(a.Type)
			text = strings.ReplaceAll(text, "[][]", "[]") // dimensions of arguments are not kept
			key += text + ","
			args += fmt.Sprintf("%s %s %v; ", a.Name, a.Mode, a.HasDefault)
		}
		returns, _ := resolve(f.Returns)
		s[key+")"] = fmt.Sprintf("%s %s setof=%v %s", f.Kind, returns, f.SetOf, args)
	}
	return s
}

// resolveDomains writes a type with its dimensions; all of them are in the server's types but one.
func resolveDomains(c *catalog.Catalog, t catalog.Type) (string, bool) {
	brackets := ""
	if t.Array {
		brackets = strings.Repeat("[]", t.Dims)
	}
	for _, d := range c.Domains {
		if d.Name == t.Name {
			text, notNull := resolveDomains(c, d.Type)
			return text + brackets, (notNull || d.NotNull) && !t.Array
		}
	}
	return t.Name.String() + brackets, false
}

// The same schema through the catalog and as it is: sqlc writes the same Go, byte for byte.
func TestTheSameGoAsFromTheSchemaItself(t *testing.T) {
	for _, pkg := range []string{"pgx/v5", "pgx/v4", "database/sql"} {
		t.Run(pkg, func(t *testing.T) {
			in := project(t, `
-- sqlc.yaml --
version: "2"
sql:
  - engine: postgresql
    schema: schema.sql
    queries: queries
    gen:
      go:
        package: usage
        out: go
        sql_package: `+pkg+`
        emit_json_tags: true
        emit_enum_valid_method: true
        emit_all_enum_values: true
        overrides:
          - {db_type: timestamptz, go_type: time.Time}
          - {db_type: mood, go_type: string, nullable: true}
          - {db_type: pg_catalog.numeric, go_type: string}
          - {column: users.tags, go_type: string}
-- schema.sql --
`+strings.ReplaceAll(plainDDL, "timestamp with time zone", "timestamptz")+`
-- queries/q.sql --
-- name: All :many
SELECT * FROM users;
-- name: Add :exec
INSERT INTO users (id, mood, maybe, moods, level, "order", "Mixed Case") VALUES ($1, $2, $3, $4, $5, $6, $7);
-- name: Apps :many
SELECT u.*, a.name, a.id FROM users u LEFT JOIN app.users a ON a.id = u."order" WHERE u.mood = $1 AND u.level = ANY(@levels::app.level[]);
-- name: Times :one
SELECT sqlc.embed(times), now(), add(1), app.ids(1, 2) FROM times;
-- name: Listed :many
SELECT * FROM listing(1);
-- name: Split :many
SELECT * FROM split($1);
-- name: Moods :many
SELECT m.id, m.mood FROM moods() m;
`, introspect(t, plainDDL))
			r := sqlcOK(t, in)
			plain := plainSqlc(t, in)
			require.Equal(t, len(plain), len(r.Files))
			for _, n := range slices.Sorted(maps.Keys(plain)) {
				assert.Equal(t, string(plain[n]), string(r.Files[n]), n)
			}
		})
	}
}

// plainSqlc runs sqlc on the project as it is.
func plainSqlc(t *testing.T, in Input) map[string][]byte {
	t.Helper()
	a, err := run(context.Background(), in.Config.Dir, in.Config.Dir)
	require.NoError(t, err)
	require.True(t, a.ok, a.stderr)
	files, err := readFiles(filepath.Join(in.Config.Dir, in.SQL.Go.Out))
	require.NoError(t, err)
	return files
}

func TestCanonicalSchemaOfValueLists(t *testing.T) {
	c := usage()
	c.Domains = []catalog.Domain{{Name: name("currency"), Type: builtin("text"), Comment: "ISO 4217."}}
	c.Relations[1].Columns = append(c.Relations[1].Columns,
		col("currency", user(name("currency"), catalog.DomainType)),
		col("currencies", array(user(name("currency"), catalog.DomainType), 1)),
		notNull("marks", array(builtin("text"), 2)),
		col("guess", catalog.Type{Kind: catalog.UnknownType}),
	)
	enums := []Enum{
		provider(),
		{Name: name("currency"), Values: []string{"EUR"}, Domains: []catalog.Name{name("currency")}},
		{Name: catalog.Name{Schema: "app", Name: "mark"}, Values: []string{"it's", "a\nb"},
			Columns: []catalog.ColumnName{{Relation: name("llm_usage"), Column: "marks"}}},
	}
	assert.Equal(t, `CREATE SCHEMA "app";
CREATE SCHEMA "auth";
CREATE TYPE "llm_usage_provider" AS ENUM (
  'google-gla',
  'anthropic'
);
CREATE TYPE "currency" AS ENUM (
  'EUR'
);
CREATE TYPE "app"."mark" AS ENUM (
  'it''s',
  E'a\\nb'
);
CREATE TABLE "auth"."users" (
  "id" "uuid" NOT NULL
);
CREATE TABLE "llm_usage" (
  "id" "uuid" NOT NULL,
  "user_id" "uuid",
  "provider" "public"."llm_usage_provider" NOT NULL,
  "model" "pg_catalog"."varchar" NOT NULL,
  "input_tokens" "pg_catalog"."int4" NOT NULL,
  "latency_ms" "pg_catalog"."int4",
  "created_at" "timestamptz" NOT NULL,
  "currency" "public"."currency",
  "currencies" "public"."currency"[],
  "marks" "app"."mark"[][] NOT NULL,
  "guess" "any"
);
COMMENT ON TYPE "currency" IS 'ISO 4217.';
COMMENT ON TABLE "llm_usage" IS 'Calls.';
`, canonical(c, enums, typeNames{[]string{"timestamptz", "pg_catalog.timestamptz"}}))
}

// A string of any kind reads the same in PostgreSQL, and sqlc, which reads by lines, finds what follows it.
func TestLiterals(t *testing.T) {
	db := pgtest.New(t)
	conn := db.Conn(context.Background())
	for _, s := range []string{
		"", "plain", "it's", `back\slash`, "line\nbreak\r\n", "\n-- +goose Down\n", "'; DROP", `\'`, "é中🦊\t",
		strings.Repeat("a long line's text ", 8000), strings.Repeat(`\`, 20000),
	} {
		var got string
		require.NoError(t, conn.QueryRow(context.Background(), "SELECT "+literal(s)).Scan(&got))
		assert.Equal(t, s, got)

		c := usage()
		c.Relations[0].Comment = s
		in := project(t, goConfig+"-- queries/a.sql --\n-- name: A :one\nSELECT id FROM llm_usage;\n", c)
		assert.Contains(t, string(sqlcOK(t, in).Files["models.go"]), "// Calls.\ntype LlmUsage struct")
	}
}

// The replayed catalog and the server's own make the same schema, but for views with columns that the replay could not
// type.
func TestTheReplayedCatalogMakesTheSameSchema(t *testing.T) {
	for n, ddl := range map[string]string{"plain": plainDDL, "rich": richDDL} {
		t.Run(n, func(t *testing.T) {
			replayed, _, err := catalog.Load([]*source.File{source.NewFile("schema.sql", ddl)})
			require.NoError(t, err)
			server := introspect(t, ddl)
			for _, r := range replayed.Relations {
				if r.Definition != "" && slices.ContainsFunc(r.Columns, untyped) {
					server.Relations = slices.DeleteFunc(server.Relations, func(s catalog.Relation) bool { return s.Name == r.Name })
				}
			}
			replayed.Relations = slices.DeleteFunc(replayed.Relations, func(r catalog.Relation) bool {
				return r.Definition != "" && slices.ContainsFunc(r.Columns, untyped)
			})
			assert.Equal(t, sortedStatements(server), sortedStatements(replayed))
		})
	}
}

func untyped(c catalog.Column) bool { return c.Type.Kind == catalog.UnknownType }

// sortedStatements is a catalog's canonical schema, without regard to order.
func sortedStatements(c *catalog.Catalog) []string {
	all := strings.Split(canonical(c, nil, typeNames{}), ";\n")
	slices.Sort(all)
	return all
}
