package wide

import (
	"context"
	"encoding/json"
	"testing"

	"github.com/jackc/pgx/v5"
	"github.com/stretchr/testify/require"
)

// judge makes the function that puts a JSON object into a table. What is refused leaves nothing behind.
const judge = `
CREATE FUNCTION judge(tbl text, probe text) RETURNS jsonb LANGUAGE plpgsql AS $$
DECLARE
	stage text := 'json';
	doc jsonb;
	sent text;
	value jsonb;
	state text;
	named text;
	problem text;
	broken text[] := '{}';
	rule record;
	is_false boolean;
BEGIN
	doc := probe::jsonb;
	stage := 'read';
	EXECUTE format('SELECT to_jsonb(r) FROM jsonb_populate_record(NULL::%I, $1) r', tbl) INTO value USING doc;
	stage := 'store';
	EXECUTE format('INSERT INTO %1$I AS r SELECT * FROM jsonb_populate_record(NULL::%1$I, $1) RETURNING row_to_json(r)::text, to_jsonb(r)', tbl)
		INTO sent, value USING doc;
	RETURN jsonb_build_object('Sent', sent, 'Value', value::text);
EXCEPTION WHEN OTHERS THEN
	GET STACKED DIAGNOSTICS state = RETURNED_SQLSTATE, named = CONSTRAINT_NAME, problem = MESSAGE_TEXT;
	IF state = '23514' AND stage = 'store' THEN
		FOR rule IN SELECT conname, pg_get_expr(conbin, conrelid) AS sql FROM pg_constraint WHERE conrelid = tbl::regclass AND contype = 'c' LOOP
			BEGIN
				EXECUTE format('SELECT (%s) IS FALSE FROM jsonb_populate_record(NULL::%I, $1) AS %2$I', rule.sql, tbl) INTO is_false USING doc;
			EXCEPTION WHEN OTHERS THEN
				is_false := true;
			END;
			IF is_false THEN
				broken := broken || rule.conname::text;
			END IF;
		END LOOP;
	END IF;
	IF state = '23514' AND stage = 'read' THEN
		FOR rule IN SELECT c.conname, pg_get_expr(c.conbin, 0) AS sql, CASE b.typtype WHEN 'd' THEN format_type(b.typbasetype, b.typtypmod) ELSE format_type(b.oid, t.typtypmod) END AS base, v.value AS text
			FROM pg_constraint c JOIN pg_type t ON t.oid = c.contypid JOIN pg_type b ON b.oid = t.typbasetype, jsonb_each_text(doc) v WHERE c.contype = 'c' LOOP
			BEGIN
				EXECUTE format('SELECT (%s) IS FALSE FROM (SELECT ($1)::%s AS value) x', rule.sql, rule.base) INTO is_false USING rule.text;
				IF is_false THEN
					broken := broken || rule.conname::text;
				END IF;
			EXCEPTION WHEN OTHERS THEN
				NULL; -- the value is none of this domain's type
			END;
		END LOOP;
	END IF;
	RETURN jsonb_build_object('Stage', stage, 'State', state, 'Constraint', named, 'Broken', broken, 'Message', problem);
END $$`

// Answer is the server's: what it stores, or why it refuses.
type Answer struct {
	// Sent is what row_to_json makes of the row, Value its to_jsonb, by which rows are compared; both are "" for a refusal.
	Sent, Value string
	// Stage is where it was refused: json (it is no jsonb), read (a value is none of its type or domain), store.
	Stage string
	// State is the SQLSTATE, Constraint the name that comes with it, and Broken are all CHECKs of the table that are false.
	State, Constraint, Message string
	Broken                     []string
}

// OK tells that the row was stored.
func (a Answer) OK() bool { return a.State == "" }

// Server answers what PostgreSQL does with rows. It asks once for each.
type Server struct {
	t     testing.TB
	conn  *pgx.Conn
	known map[row]Answer
}

type row struct{ table, text string }

// NewServer makes the schema in a database of the test's own.
func NewServer(t testing.TB, conn *pgx.Conn, schema string) *Server {
	t.Helper()
	_, err := conn.Exec(context.Background(), schema+judge)
	require.NoError(t, err)
	return &Server{t, conn, map[row]Answer{}}
}

// batch is how many rows go in one transaction.
const batch = 500

// Ask makes the answers to rows known.
func (s *Server) Ask(rows []row) {
	s.t.Helper()
	var tables, texts []string
	asked := map[row]bool{}
	for _, r := range rows {
		if _, ok := s.known[r]; !ok && !asked[r] {
			asked[r] = true
			tables, texts = append(tables, r.table), append(texts, r.text)
		}
	}
	for len(tables) > 0 {
		n := min(batch, len(tables))
		found, err := s.conn.Query(context.Background(),
			"SELECT judge(q.tbl, q.probe)::text FROM unnest($1::text[], $2::text[]) WITH ORDINALITY AS q(tbl, probe, n) ORDER BY n", tables[:n], texts[:n])
		require.NoError(s.t, err)
		answers, err := pgx.CollectRows(found, pgx.RowTo[string])
		require.NoError(s.t, err)
		require.Len(s.t, answers, n)
		for i, text := range answers {
			var a Answer
			require.NoError(s.t, json.Unmarshal([]byte(text), &a))
			s.known[row{tables[i], texts[i]}] = a
		}
		tables, texts = tables[n:], texts[n:]
	}
}

// Same tells of pairs of JSON values whether they are equal to the server: 1.5 is 1.50.
func (s *Server) Same(a, b []string) []bool {
	s.t.Helper()
	var same []bool
	err := s.conn.QueryRow(context.Background(),
		"SELECT coalesce(array_agg(x::jsonb = y::jsonb ORDER BY n), '{}') FROM unnest($1::text[], $2::text[]) WITH ORDINALITY AS q(x, y, n)", a, b).Scan(&same)
	require.NoError(s.t, err)
	return same
}

// Answer is that to a row that was asked.
func (s *Server) Answer(table, text string) Answer {
	a, ok := s.known[row{table, text}]
	require.True(s.t, ok, "the server was not asked for %s of %s", text, table)
	return a
}
