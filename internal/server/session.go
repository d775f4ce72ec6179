package server

import (
	"context"
	"errors"
	"fmt"
	"net"
	"strconv"
	"strings"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"

	"github.com/trefoil-sql/trefoil/internal/catalog"
	"github.com/trefoil-sql/trefoil/internal/source"
)

// oldest is the first version that can be read, as server_version_num has it.
const oldest = 120000

// Session is one read-only transaction on a server: all that is read is of one moment, and nothing can be written.
type Session struct {
	// Version is server_version_num: 150008 is 15.8.
	Version int

	conn    *pgx.Conn
	secrets secrets
	timeout time.Duration
}

// Open connects and begins the transaction. The timeout is for connecting and for each statement; half of it for a lock.
// Errors are diagnostics, and hold no password.
func Open(ctx context.Context, url string, timeout time.Duration) (*Session, error) {
	config, err := pgx.ParseConfig(url)
	if err != nil {
		// The parser's own words may quote any part of the text.
		d := source.Errorf(source.Span{}, CodeURL, "the database's URL cannot be read")
		d.Hint = "it has the form postgres://user:password@host:port/database, where %, @, : and / in a password are written as %25, %40, %3A and %2F"
		return nil, source.List{d}
	}
	s := &Session{secrets: secretsOf(url, config), timeout: timeout}
	config.ConnectTimeout = timeout
	// A pooler between here and the server need not know prepared statements.
	config.DefaultQueryExecMode = pgx.QueryExecModeExec
	config.RuntimeParams["application_name"] = "trefoil verify"
	ctx, cancel := context.WithTimeout(ctx, timeout)
	defer cancel()
	if s.conn, err = pgx.ConnectConfig(ctx, config); err != nil {
		return nil, s.failure(CodeConnect, "cannot connect to "+address(config), cause(err))
	}
	if err := s.begin(ctx); err != nil {
		s.Close()
		return nil, err
	}
	return s, nil
}

// Within reads on a connection and in the transaction that the caller has. The caller ends both. The connection must send
// each statement when its turn comes: default_query_exec_mode=exec.
func Within(ctx context.Context, conn *pgx.Conn) (*Session, error) {
	s := &Session{conn: conn}
	return s, s.readVersion(ctx)
}

// begin starts the transaction, bounds what it may wait for, and has names and strings printed as everywhere else.
func (s *Session) begin(ctx context.Context) error {
	for _, sql := range []string{
		"BEGIN TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY",
		"SET LOCAL statement_timeout = " + milliseconds(s.timeout),
		"SET LOCAL lock_timeout = " + milliseconds(s.timeout/2),
		"SET LOCAL idle_in_transaction_session_timeout = " + milliseconds(idle),
		"SET LOCAL quote_all_identifiers = off",
		"SET LOCAL standard_conforming_strings = on",
	} {
		if _, err := s.conn.Exec(ctx, sql); err != nil {
			return s.failure(CodeRead, "cannot begin to read", err)
		}
	}
	if err := s.readVersion(ctx); err != nil {
		return s.failure(CodeRead, "cannot read the server's version", err)
	}
	return s.tooOld()
}

func (s *Session) tooOld() error {
	if s.Version >= oldest {
		return nil
	}
	return source.List{source.Errorf(source.Span{}, CodeVersion,
		"the server is PostgreSQL %s; 12 and newer can be read", s.VersionText())}
}

// milliseconds is a duration as the server's settings take it, where 0 would be no limit.
func milliseconds(d time.Duration) string {
	return strconv.FormatInt(max(1, d.Milliseconds()), 10)
}

// idle is how long the server keeps the transaction of a process that has gone away.
const idle = time.Minute

func (s *Session) readVersion(ctx context.Context) error {
	var text string
	if err := s.conn.QueryRow(ctx, "SELECT current_setting('server_version_num')").Scan(&text); err != nil {
		return err
	}
	v, err := strconv.Atoi(text)
	s.Version = v
	return err
}

// VersionText is the version as people write it: 15.8.
func (s *Session) VersionText() string {
	if s.Version < 100000 { // 90624 is 9.6.24
		return fmt.Sprintf("%d.%d", s.Version/10000, s.Version/100%100)
	}
	return fmt.Sprintf("%d.%d", s.Version/10000, s.Version%10000)
}

// Catalog reads what users made in the database.
func (s *Session) Catalog(ctx context.Context) (catalog.Document, error) {
	doc, err := Read(ctx, s.conn)
	if err != nil {
		return doc, s.failure(CodeRead, "cannot read the server's catalog", err)
	}
	return doc, nil
}

// Close ends the transaction and the connection.
func (s *Session) Close() {
	ctx, cancel := context.WithTimeout(context.Background(), s.timeout)
	defer cancel()
	_, _ = s.conn.Exec(ctx, "ROLLBACK")
	_ = s.conn.Close(ctx)
}

// address names the server and the database, and the user without the password.
func address(c *pgx.ConnConfig) string {
	return fmt.Sprintf("database %q on %s as %q", c.Database, net.JoinHostPort(c.Host, strconv.Itoa(int(c.Port))), c.User)
}

// cause is what went wrong without the driver's own account of the address.
func cause(err error) error {
	var connect *pgconn.ConnectError
	if errors.As(err, &connect) {
		if inner := connect.Unwrap(); inner != nil {
			return inner
		}
	}
	return err
}

// failure is an error of the server or the way to it as a diagnostic.
func (s *Session) failure(code, what string, err error) error {
	d := source.Errorf(source.Span{}, code, "%s: %s", what, s.secrets.hide(reason(err)))
	var refused *pgconn.PgError
	switch {
	case errors.As(err, &refused) && (refused.Code == queryCanceled || refused.Code == lockNotAvailable),
		pgconn.Timeout(err), errors.Is(err, context.DeadlineExceeded):
		d.Hint = fmt.Sprintf("the limit is %s; --timeout sets another", s.timeout)
	}
	return source.List{d}
}

// SQLSTATEs of what the timeouts end, and of what the role may not do.
const (
	queryCanceled      = "57014"
	lockNotAvailable   = "55P03"
	insufficientRights = "42501"
)

// reason is an error's text on one line.
func reason(err error) string {
	var refused *pgconn.PgError
	if errors.As(err, &refused) {
		return fmt.Sprintf("%s (SQLSTATE %s)", refused.Message, refused.Code)
	}
	return strings.Join(strings.Fields(err.Error()), " ")
}
