package server

import (
	"context"
	"errors"
	"net"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/trefoil-sql/trefoil/internal/pgtest"
	"github.com/trefoil-sql/trefoil/internal/source"
)

func TestMain(m *testing.M) { pgtest.Main(m) }

const script = `
	CREATE SCHEMA app;
	CREATE TYPE app.state AS ENUM ('open', 'done');
	CREATE TABLE app.t (id serial PRIMARY KEY, "Name" text CHECK ("Name" <> ''), state app.state, at timestamptz DEFAULT now());
	CREATE FUNCTION app.noisy(i int) RETURNS int LANGUAGE plpgsql AS
		'BEGIN INSERT INTO app.t VALUES (DEFAULT); RETURN i; END';`

func open(t *testing.T, db *pgtest.DB) *Session {
	s, err := Open(context.Background(), db.URL(), time.Minute)
	require.NoError(t, err)
	t.Cleanup(s.Close)
	return s
}

// one is the one value that a query of the session gives.
func one(t *testing.T, s *Session, query string) string {
	var out string
	require.NoError(t, s.conn.QueryRow(context.Background(), query).Scan(&out))
	return out
}

var tScope = Scope{Schema: "app", Relation: "t", Path: []string{"app", "public"}, Columns: []ScopeColumn{
	{"id", "integer"}, {"Name", "text"}, {"state", "app.state"}, {"at", "timestamp with time zone"},
}}

// TestOneReadOnlyTransaction: all is read in one transaction that has written nothing, that cannot, and that has limits.
func TestOneReadOnlyTransaction(t *testing.T) {
	ctx := context.Background()
	db := pgtest.New(t)
	db.Exec(t, script)
	s := open(t, db)
	began := one(t, s, "SELECT now()::text")
	_, err := s.Catalog(ctx)
	require.NoError(t, err)
	printed, err := s.Print(ctx, tScope, []Expression{
		{"noisy(id)", ""}, {"nope(id)", ""}, {"tableoid <> 0", "boolean"}, {"EXISTS (SELECT 1 FROM t x WHERE x.id = t.id)", "boolean"},
		{"nextval('t_id_seq')", "integer"},
	})
	require.NoError(t, err)
	assert.Equal(t, []bool{true, false, true, true, true}, []bool{
		printed[0].Err == nil, printed[1].Err == nil, printed[2].Err == nil, printed[3].Err == nil, printed[4].Err == nil,
	}, "%v", printed)
	assert.Equal(t, began, one(t, s, "SELECT now()::text"), "another transaction")
	assert.Equal(t, "on", one(t, s, "SELECT current_setting('transaction_read_only')"))
	assert.Equal(t, "repeatable read", one(t, s, "SELECT current_setting('transaction_isolation')"))
	assert.Equal(t, "1min", one(t, s, "SELECT current_setting('statement_timeout')"))
	assert.Equal(t, "30s", one(t, s, "SELECT current_setting('lock_timeout')"))
	assert.Equal(t, "none", one(t, s, "SELECT coalesce(txid_current_if_assigned()::text, 'none')"), "something was written")
	_, err = s.conn.Exec(ctx, "CREATE TABLE app.mine (id int)")
	var refused *pgconn.PgError
	require.ErrorAs(t, err, &refused)
	assert.Equal(t, "25006", refused.Code)
}

// TestPrintResolves: other words for the same expression print alike, other expressions do not.
func TestPrintResolves(t *testing.T) {
	db := pgtest.New(t)
	db.Exec(t, script)
	s := open(t, db)
	for _, tc := range []struct {
		a, b, kind string
		same       bool
	}{
		{"'x'", "'x'::text", "text", true},
		{"'x'", "'y'::text", "text", false},
		{`"Name" in ('a', 'b')`, `("Name" = ANY (ARRAY['a'::text, 'b'::text]))`, "boolean", true},
		{`"Name" in ('a', 'b')`, `("Name" = ANY (ARRAY['a'::text, 'c'::text]))`, "boolean", false},
		{"state = 'open'", "(state = 'open'::app.state)", "boolean", true},
		{"id between 1 and 5", "((id >= 1) AND (id <= 5))", "boolean", true},
		{"id between 1 and 5", "((id >= 1) AND (id < 5))", "boolean", false},
		{"now()", "CURRENT_TIMESTAMP", "timestamptz", false},
		{"0", "(0)::numeric", "numeric", true},
		{"exists (select from t x where x.id = t.id)", "(EXISTS ( SELECT FROM app.t x WHERE (x.id = t.id)))", "boolean", true},
		{"exists (select from t x where x.id = t.id)", "(EXISTS ( SELECT FROM app.t x WHERE (x.id > t.id)))", "boolean", false},
	} {
		printed, err := s.Print(context.Background(), tScope, []Expression{{tc.a, tc.kind}, {tc.b, tc.kind}})
		require.NoError(t, err)
		require.NoError(t, errors.Join(printed[0].Err, printed[1].Err), tc.a)
		assert.Equal(t, tc.same, printed[0].Text == printed[1].Text, "%s and %s: %v", tc.a, tc.b, printed)
	}
}

// secret is a password that no message has by chance.
const secret = "s3cr3t/w%rd@x:y z'"

// TestErrorsHideThePassword opens what cannot be opened, with the password in every place that it can have.
func TestErrorsHideThePassword(t *testing.T) {
	query := url.QueryEscape(secret)
	user := url.UserPassword("me", secret).String()
	for _, address := range []string{
		"postgres://" + user + "@127.0.0.1:1/db",
		"postgres://me:" + query + "@127.0.0.1:1/db",
		"postgres://me:" + secret + "@127.0.0.1:1/db",
		"postgresql://me@127.0.0.1:1/db?password=" + query,
		"postgres://" + user + "@127.0.0.1:notaport/db",
		"postgres://" + user + "@127.0.0.1:1/db?sslmode=nope",
		"postgres://" + user + "@127.0.0.1:1/db?connect_timeout=" + query,
		"postgres://" + user + "@127.0.0.1:1,127.0.0.1:2/db",
		"postgres://" + user + "@no.such.host.invalid/db",
		"host=127.0.0.1 port=1 user=me password='" + strings.ReplaceAll(secret, "'", `\'`) + "'",
		"host=127.0.0.1 port=" + query + " password=" + query,
		"password=" + secret,
		secret,
		"://" + user + "@",
		"postgres://me:s3cr3t%zz@host/db",
	} {
		_, err := Open(context.Background(), address, 2*time.Second)
		var list source.List
		require.ErrorAs(t, err, &list, address)
		text := list.Error()
		for _, part := range []string{"s3cr3t", "w%rd", "w%25rd", "x:y", "x%3Ay"} {
			assert.NotContains(t, text, part, address)
		}
		assert.Contains(t, []string{CodeURL, CodeConnect}, list[0].Code)
	}
}

// TestPasswordFromTheEnvironment: one that is not in the URL is hidden too.
func TestPasswordFromTheEnvironment(t *testing.T) {
	t.Setenv("PGPASSWORD", "s3cr3t")
	config, err := pgx.ParseConfig("postgres://me@127.0.0.1:1/db")
	require.NoError(t, err)
	assert.Equal(t, "the word is ****", secretsOf("postgres://me@127.0.0.1:1/db", config).hide("the word is s3cr3t"))
}

func TestTooOld(t *testing.T) {
	require.NoError(t, (&Session{Version: 120000}).tooOld())
	require.ErrorContains(t, (&Session{Version: 110022}).tooOld(), "error[TF603]: the server is PostgreSQL 11.22; 12 and newer can be read")
	require.ErrorContains(t, (&Session{Version: 90624}).tooOld(), "PostgreSQL 9.6;")
}

// TestSilentServer: one that takes the connection and says nothing is given up.
func TestSilentServer(t *testing.T) {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	require.NoError(t, err)
	defer listener.Close()
	_, err = Open(context.Background(), "postgres://me:s3cr3t@"+listener.Addr().String()+"/db?sslmode=disable", 200*time.Millisecond)
	require.ErrorContains(t, err, "error[TF602]: cannot connect to database \"db\"")
	require.ErrorContains(t, err, "hint: the limit is 200ms; --timeout sets another")
}

// FuzzHide: a password in a URL is not in what Hide leaves, and a second pass changes nothing.
func FuzzHide(f *testing.F) {
	for _, seed := range []string{"secret", "a@b", "p:w/x", "%25", "x y", ""} {
		f.Add("parse \"postgres://me:", seed, "@host/db\": no")
	}
	f.Fuzz(func(t *testing.T, before, password, after string) {
		escaped := url.QueryEscape(password)
		if len(escaped) < 3 || strings.Contains("postgres://me:@host/db?x=1****", escaped) {
			t.Skip("the text has it anyway")
		}
		out := Hide("cannot open postgres://me:" + escaped + "@host/db?x=1")
		if strings.Contains(out, escaped) {
			t.Fatalf("%q holds %q", out, escaped)
		}
		text := before + password + after
		if once := Hide(text); Hide(once) != once {
			t.Fatalf("%q is hidden twice as %q", once, Hide(once))
		}
	})
}
