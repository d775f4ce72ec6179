CREATE EXTENSION citext;
CREATE EXTENSION hstore;
CREATE EXTENSION pg_trgm;
CREATE TYPE mood AS ENUM ('sad', 'ok', 'happy');
CREATE DOMAIN email AS text CHECK (VALUE LIKE '%@%');
CREATE DOMAIN positive AS integer CHECK (VALUE > 0);
CREATE DOMAIN tags AS text[];
CREATE TYPE address AS (street varchar(80), zip char(5), since date);
CREATE TYPE span AS RANGE (subtype = float8);
CREATE SCHEMA app;
CREATE TABLE users (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    name varchar(50) NOT NULL,
    email email,
    mood mood,
    age positive,
    code char(3),
    balance numeric(10, 2) NOT NULL DEFAULT 0,
    home address,
    labels text[],
    sizes varchar(5)[],
    kinds tags,
    meta jsonb NOT NULL DEFAULT '{}',
    attrs hstore,
    nick citext,
    created_at timestamptz(3) NOT NULL DEFAULT now(),
    born date,
    active boolean NOT NULL DEFAULT true,
    ref uuid,
    during tstzrange,
    score float8,
    small smallint,
    bits bit(4),
    wait interval(2),
    doc xml,
    words tsvector,
    place point
);
CREATE TABLE orders (
    id bigserial PRIMARY KEY,
    user_id bigint NOT NULL REFERENCES users,
    amount numeric(12, 4) NOT NULL,
    note text,
    state mood NOT NULL,
    placed timestamp NOT NULL DEFAULT now()
);
CREATE TABLE app.items (id integer PRIMARY KEY, order_id bigint, name varchar(20), qty smallint, price money);
CREATE VIEW big_orders AS SELECT o.*, u.name AS who FROM orders o JOIN users u ON u.id = o.user_id WHERE amount > 100;
CREATE FUNCTION twice(x integer) RETURNS integer LANGUAGE sql AS 'SELECT x * 2';
CREATE FUNCTION twice(x numeric) RETURNS numeric LANGUAGE sql AS 'SELECT x * 2';
CREATE FUNCTION pair(a integer, OUT b integer, OUT c text) LANGUAGE sql AS 'SELECT a, a::text';
CREATE FUNCTION listing(n integer DEFAULT 3) RETURNS TABLE (i integer, label text) LANGUAGE sql AS 'SELECT 1, ''a''';
CREATE FUNCTION all_users() RETURNS SETOF users LANGUAGE sql AS 'SELECT * FROM users';
CREATE FUNCTION anything() RETURNS SETOF record LANGUAGE sql AS 'SELECT 1, 2';
CREATE FUNCTION total(VARIADIC list numeric[]) RETURNS numeric LANGUAGE sql AS 'SELECT sum(x) FROM unnest(list) x';
CREATE FUNCTION opts(a integer, b text DEFAULT 'x', c boolean DEFAULT false) RETURNS text LANGUAGE sql AS 'SELECT b';
CREATE FUNCTION same(x anyelement) RETURNS anyelement LANGUAGE sql AS 'SELECT x';
CREATE FUNCTION full_name(users) RETURNS text LANGUAGE sql AS 'SELECT $1.name';
CREATE FUNCTION shout(text) RETURNS text LANGUAGE sql AS 'SELECT upper($1)';
CREATE FUNCTION app_repeat(integer, text) RETURNS text STRICT LANGUAGE sql AS 'SELECT repeat($2, $1)';
CREATE OPERATOR ~~> (LEFTARG = integer, RIGHTARG = text, FUNCTION = app_repeat);
