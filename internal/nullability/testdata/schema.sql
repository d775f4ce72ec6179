CREATE TYPE mood AS ENUM ('sad', 'ok', 'happy');
CREATE TYPE pair AS (a integer, b text);
CREATE DOMAIN mail AS text NOT NULL CHECK (VALUE ~ '@');
CREATE DOMAIN nick AS text;
CREATE DOMAIN code AS text CHECK (VALUE IS NOT NULL AND VALUE <> '');
CREATE DOMAIN short AS text CHECK (length(VALUE) < 5);
CREATE TABLE coded (code code, short short);

CREATE TABLE account (
    id       integer PRIMARY KEY,
    name     text NOT NULL,
    nickname nick,
    mail     mail,
    mood     mood,
    age      integer,
    balance  numeric NOT NULL,
    created  timestamptz NOT NULL,
    deleted  timestamptz,
    tags     text[] NOT NULL,
    data     jsonb NOT NULL,
    prefs    jsonb,
    spot     pair,
    serial   bigint GENERATED ALWAYS AS IDENTITY
);

CREATE TABLE booking (
    id         integer PRIMARY KEY,
    account_id integer NOT NULL REFERENCES account,
    guest_id   integer REFERENCES account (id),
    amount     numeric,
    note       text,
    seats      integer NOT NULL,
    during     tstzrange NOT NULL
);

CREATE TABLE contact (
    id    integer PRIMARY KEY,
    kind  text NOT NULL CHECK (kind IN ('phone', 'email', 'none')),
    phone text,
    email text,
    CONSTRAINT phone_there CHECK ((kind = 'phone') = (phone IS NOT NULL)),
    CONSTRAINT email_there CHECK (kind <> 'email' OR email IS NOT NULL)
);

CREATE TABLE checked (
    id integer,
    a  integer CONSTRAINT a_there CHECK (a IS NOT NULL),
    b  integer CONSTRAINT b_positive CHECK (b > 0),
    c  integer,
    d  integer,
    e  integer,
    f  integer,
    g  integer,
    h  integer,
    total integer GENERATED ALWAYS AS (coalesce(b, 0) + a) STORED,
    twice integer GENERATED ALWAYS AS (b * 2) STORED,
    CONSTRAINT c_or_d CHECK (c IS NOT NULL OR d IS NOT NULL),
    CONSTRAINT e_or_f CHECK (num_nonnulls(e, f) = 1),
    CONSTRAINT g_like_h CHECK ((g IS NULL) = (h IS NULL))
);

CREATE TABLE late (id integer PRIMARY KEY, x integer);
INSERT INTO late VALUES (1, 1), (2, NULL);
ALTER TABLE late ADD CONSTRAINT late_x CHECK (x IS NOT NULL) NOT VALID;

CREATE TABLE parent (id integer NOT NULL, x integer CHECK (x IS NOT NULL) NO INHERIT, y integer CHECK (y IS NOT NULL));
CREATE TABLE child (z integer NOT NULL) INHERITS (parent);

CREATE TABLE measure (at date NOT NULL, v integer, w integer NOT NULL) PARTITION BY RANGE (at);
CREATE TABLE measure_early PARTITION OF measure FOR VALUES FROM (MINVALUE) TO ('2020-01-01');
CREATE TABLE measure_late PARTITION OF measure FOR VALUES FROM ('2020-01-01') TO (MAXVALUE);

CREATE TABLE secret (id integer PRIMARY KEY);
ALTER TABLE secret ENABLE ROW LEVEL SECURITY;
CREATE TABLE deed (
    id        integer PRIMARY KEY,
    secret_id integer NOT NULL REFERENCES secret,
    owner_id  integer NOT NULL REFERENCES account DEFERRABLE
);

CREATE TABLE node (id integer PRIMARY KEY, parent_id integer REFERENCES node, label text);

CREATE VIEW active AS SELECT id, name, nickname, age FROM account WHERE age IS NOT NULL;
CREATE VIEW booking_guest AS
    SELECT b.id, b.amount, g.id AS guest_id, g.name AS guest_name, g.nickname
    FROM booking AS b LEFT JOIN account AS g ON g.id = b.guest_id;
CREATE VIEW active_name AS SELECT name, age AS years FROM active;
CREATE VIEW booking_owner AS SELECT b.id, a.name FROM booking AS b LEFT JOIN account AS a ON a.id = b.account_id;
CREATE VIEW sampled AS
    SELECT b.id, a.name FROM booking AS b LEFT JOIN account AS a TABLESAMPLE BERNOULLI (0) ON a.id = b.account_id;
CREATE VIEW replaced AS SELECT id, nickname::text AS label FROM account;
CREATE OR REPLACE VIEW replaced AS SELECT id, name AS label FROM account;
CREATE MATERIALIZED VIEW totals AS
    SELECT account_id, count(*) AS n, sum(amount) AS total, max(id) AS last FROM booking GROUP BY account_id;

CREATE FUNCTION maybe(integer) RETURNS integer LANGUAGE sql STRICT AS 'SELECT CASE WHEN $1 > 1 THEN $1 END';
CREATE FUNCTION pairs(integer) RETURNS TABLE (a integer, b text) LANGUAGE sql AS 'VALUES (NULL::integer, ''x''), (2, NULL)';
CREATE FUNCTION many(VARIADIC integer[]) RETURNS integer LANGUAGE sql STRICT AS 'SELECT cardinality($1)';
