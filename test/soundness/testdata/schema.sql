-- The tables of the random queries. They are small, and have each way in which a column can be known not to be NULL, or
-- only seem so.
CREATE TYPE mood AS ENUM ('sad', 'fine', 'glad');
CREATE TYPE pair AS (x integer, y text);
CREATE DOMAIN posint AS integer CHECK (VALUE > 0);
CREATE DOMAIN sure AS text NOT NULL;

CREATE TABLE a (
    id integer PRIMARY KEY, n integer CHECK (n < 100), m integer NOT NULL, t text, s text NOT NULL, b boolean, d date, j jsonb, ints integer[],
    mood mood, num numeric(8,2), p pair, pos posint
);
CREATE TABLE b (
    id integer PRIMARY KEY, a_id integer REFERENCES a, a_ref integer NOT NULL REFERENCES a ON DELETE CASCADE, n integer, t text NOT NULL, ok boolean NOT NULL,
    CHECK (n IS NOT NULL OR t <> 'x'), CHECK (a_id IS NOT NULL OR n IS NOT NULL)
);
CREATE TABLE c (
    k integer NOT NULL, l integer NOT NULL, n integer CHECK (n IS NOT NULL), t varchar(5), sure sure,
    g integer GENERATED ALWAYS AS (k + n) STORED, h integer GENERATED ALWAYS AS (nullif(k, 2)) STORED, PRIMARY KEY (k, l)
);
-- No key, duplicates, and a constraint that the rows which were there break.
CREATE TABLE e (
    n integer, t text, b boolean, d date, num numeric, ints integer[] NOT NULL, j jsonb NOT NULL, mood mood NOT NULL, a_late integer NOT NULL
);
CREATE TABLE f (
    id integer UNIQUE, parent integer REFERENCES f (id), a_soon integer NOT NULL REFERENCES a DEFERRABLE INITIALLY DEFERRED, k integer, l integer, w bigint NOT NULL,
    FOREIGN KEY (k, l) REFERENCES c
);
CREATE TABLE base (id integer NOT NULL, n integer, t text, CONSTRAINT here_only CHECK (n IS NOT NULL) NO INHERIT);
CREATE TABLE child (extra text NOT NULL) INHERITS (base);
CREATE TABLE part (id integer NOT NULL, n integer, t text) PARTITION BY LIST (id);
CREATE TABLE part_1 PARTITION OF part FOR VALUES IN (0, 1, 2);
CREATE TABLE part_2 PARTITION OF part (n NOT NULL) DEFAULT;
CREATE TABLE w (id integer PRIMARY KEY DEFAULT 1, n integer DEFAULT 5, t text NOT NULL DEFAULT 'd', b boolean, u integer UNIQUE);

CREATE VIEW v_plain AS SELECT id, m, t, upper(s) AS loud FROM a WHERE n IS NOT NULL;
CREATE VIEW v_join AS SELECT a.id, a.s, b.id AS b_id, b.t, a.p FROM a LEFT JOIN b ON b.a_ref = a.id;
CREATE VIEW v_ref AS SELECT b.id, b.t, a.s, a.t AS at FROM b LEFT JOIN a ON a.id = b.a_ref;
CREATE VIEW v_group AS SELECT n, count(*) AS c, max(m) AS m, sum(n) AS s FROM a GROUP BY n;
CREATE VIEW v_over AS SELECT v.s, g.c, g.m FROM v_join v FULL JOIN v_group g ON g.n = v.id;
CREATE VIEW v_union AS SELECT m AS x, s AS y FROM a UNION ALL SELECT n, t FROM b;
CREATE VIEW v_trap AS SELECT id, t FROM w;
CREATE FUNCTION spoil() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN NEW.id := NULL; NEW.t := NULL; RETURN NEW; END';
CREATE TRIGGER spoil INSTEAD OF INSERT OR UPDATE ON v_trap FOR EACH ROW EXECUTE FUNCTION spoil();
CREATE MATERIALIZED VIEW v_stored AS SELECT id, m, t FROM a WHERE t IS NOT NULL;

CREATE FUNCTION odd_null(i integer) RETURNS integer LANGUAGE sql IMMUTABLE STRICT AS 'SELECT CASE WHEN i % 2 = 0 THEN i END';
CREATE FUNCTION lax(i integer) RETURNS integer LANGUAGE sql IMMUTABLE AS 'SELECT coalesce(i, 1)';
CREATE FUNCTION same(x anyelement) RETURNS anyelement LANGUAGE sql IMMUTABLE AS 'SELECT x';
CREATE FUNCTION some_ints(n integer) RETURNS SETOF integer LANGUAGE sql IMMUTABLE AS 'SELECT nullif(i, 2) FROM generate_series(1, least(n, 3)) i';
CREATE FUNCTION some_rows(n integer) RETURNS TABLE (q integer, r text) LANGUAGE sql IMMUTABLE AS 'SELECT i, CASE WHEN i > 1 THEN ''x'' END FROM generate_series(1, least(n, 3)) i';
CREATE FUNCTION two(n integer, OUT q integer, OUT r text) LANGUAGE sql IMMUTABLE AS 'SELECT n, NULL::text';
CREATE FUNCTION a_row(i integer) RETURNS a LANGUAGE sql STABLE AS 'SELECT * FROM a WHERE id = i';
CREATE FUNCTION equal_pairs(l pair, r pair) RETURNS boolean LANGUAGE sql IMMUTABLE AS 'SELECT l.x IS NOT DISTINCT FROM r.x';
CREATE OPERATOR === (LEFTARG = pair, RIGHTARG = pair, FUNCTION = equal_pairs);
CREATE AGGREGATE added(integer) (SFUNC = int4pl, STYPE = integer, INITCOND = '0');
CREATE AGGREGATE last_seen(integer) (SFUNC = int4larger, STYPE = integer);
CREATE FUNCTION pair_of(i integer) RETURNS pair LANGUAGE sql IMMUTABLE STRICT AS 'SELECT CASE WHEN i > 1 THEN ROW(i, NULL)::pair END';
CREATE CAST (integer AS pair) WITH FUNCTION pair_of(integer);
