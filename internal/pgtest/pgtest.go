// Package pgtest gives tests a real PostgreSQL, the oracle for what trefoil replays.
//
// TREFOIL_TEST_DATABASE_URL names a server to use; its role must be allowed to create databases. Without it a
// throw-away cluster is started on a loopback port, once for a test binary, from binaries that Find finds. A test
// never skips because there is no server: it fails and says what to install.
package pgtest

import (
	"context"
	"fmt"
	"net/url"
	"os"
	"strings"
	"sync"
	"sync/atomic"
	"testing"

	"github.com/jackc/pgx/v5"
)

// EnvURL names the variable that holds the address of a server to use instead of a throw-away one.
const EnvURL = "TREFOIL_TEST_DATABASE_URL"

// shared is the server of this process.
var shared struct {
	once    sync.Once
	server  *Server
	url     string
	version int
	err     error
}

// databases counts the databases this process made, to name them apart.
var databases atomic.Int64

// Main runs a package's tests and stops the server after them. Call it from TestMain.
func Main(m *testing.M) { os.Exit(Runner{m}.Run()) }

// Runner runs a package's tests and stops the server after them, for a TestMain that has more to do than Main.
type Runner struct{ M *testing.M }

// Run gives the tests' exit code.
func (r Runner) Run() int {
	code := r.M.Run()
	if shared.server != nil {
		shared.server.Stop()
	}
	return code
}

// DB is a database of one test's own. It is dropped when the test ends.
type DB struct {
	t         testing.TB
	name, url string
}

// New makes an empty database for the test, in UTF-8 with the C collation.
func New(t testing.TB) *DB {
	t.Helper()
	url := serverURL(t)
	name := fmt.Sprintf("trefoil_test_%d_%d", os.Getpid(), databases.Add(1))
	admin(t, url, fmt.Sprintf("CREATE DATABASE %s TEMPLATE template0 ENCODING 'UTF8' LC_COLLATE 'C' LC_CTYPE 'C'", name))
	t.Cleanup(func() { admin(t, url, fmt.Sprintf("DROP DATABASE IF EXISTS %s WITH (FORCE)", name)) })
	return &DB{t: t, name: name, url: withDatabase(t, url, name)}
}

// ServerVersion is the server's version as a number: 150008 is 15.8.
func ServerVersion(t testing.TB) int {
	t.Helper()
	serverURL(t)
	return shared.version
}

// URL is a connection string of the database, for libraries and for child processes.
func (db *DB) URL() string { return db.url }

// Name is the database's name, unique on the server: roles, which belong to the whole server, can be named after it.
func (db *DB) Name() string { return db.name }

// ServerVersion is the server's version as a number: 150008 is 15.8.
func (db *DB) ServerVersion() int { return ServerVersion(db.t) }

// Conn opens a connection that is closed when the test ends.
func (db *DB) Conn(ctx context.Context) *pgx.Conn {
	db.t.Helper()
	conn, err := pgx.Connect(ctx, db.url)
	if err != nil {
		db.t.Fatalf("connect to the test's database: %v", err)
	}
	db.t.Cleanup(func() { _ = conn.Close(context.Background()) })
	return conn
}

// Exec runs a script of any number of statements. Several statements run in one transaction, unless they say otherwise.
func (db *DB) Exec(t testing.TB, sql string) {
	t.Helper()
	ctx := context.Background()
	conn, err := pgx.Connect(ctx, db.url)
	if err != nil {
		t.Fatalf("connect to the test's database: %v", err)
	}
	defer conn.Close(ctx)
	if _, err := conn.PgConn().Exec(ctx, sql).ReadAll(); err != nil {
		t.Fatalf("run SQL: %v\n%s", err, sql)
	}
}

// serverURL starts the process's server if there is none yet.
func serverURL(t testing.TB) string {
	t.Helper()
	shared.once.Do(func() {
		shared.url = os.Getenv(EnvURL)
		if shared.url == "" {
			shared.server, shared.err = Start(context.Background())
			if shared.err != nil {
				return
			}
			shared.url = shared.server.URL()
		}
		shared.version, shared.err = version(context.Background(), shared.url)
	})
	if shared.err != nil {
		t.Fatalf("this test needs a PostgreSQL server: %v", shared.err)
	}
	return shared.url
}

func version(ctx context.Context, url string) (int, error) {
	conn, err := pgx.Connect(ctx, url)
	if err != nil {
		return 0, err
	}
	defer conn.Close(ctx)
	var v int
	err = conn.QueryRow(ctx, "SELECT current_setting('server_version_num')::int").Scan(&v)
	return v, err
}

// adminLock lets one CREATE DATABASE run at a time: concurrent ones wait for each other in the server anyway, and
// may fail while their template is in use.
var adminLock sync.Mutex

func admin(t testing.TB, url, sql string) {
	t.Helper()
	adminLock.Lock()
	defer adminLock.Unlock()
	ctx := context.Background()
	conn, err := pgx.Connect(ctx, url)
	if err != nil {
		t.Fatalf("connect to the test server: %v", err)
	}
	defer conn.Close(ctx)
	if _, err := conn.Exec(ctx, sql); err != nil {
		t.Fatalf("%s: %v", sql, err)
	}
}

// withDatabase is the connection string for another database of the same server.
func withDatabase(t testing.TB, conn, name string) string {
	t.Helper()
	if !strings.Contains(conn, "://") {
		return conn + " dbname=" + name // libpq's keyword form: a later setting wins
	}
	u, err := url.Parse(conn)
	if err != nil {
		t.Fatalf("%s is not a connection string: %v", EnvURL, err)
	}
	u.Path = "/" + name
	return u.String()
}
