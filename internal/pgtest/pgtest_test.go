package pgtest

import (
	"bufio"
	"context"
	"fmt"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestMain(m *testing.M) {
	if os.Getenv("PGTEST_CHILD") != "" {
		child()
	}
	Main(m)
}

// child starts a server, says where it is, and waits to be killed.
func child() {
	s, err := Start(context.Background())
	if err != nil {
		fmt.Println(err)
		os.Exit(1)
	}
	fmt.Println(s.port, s.dir)
	if os.Getenv("PGTEST_CHILD") == "panic" {
		panic("as a test would")
	}
	select {}
}

func TestDatabasesAreSeparate(t *testing.T) {
	ctx := context.Background()
	a, b := New(t), New(t)
	a.Exec(t, "CREATE TABLE t (x int); INSERT INTO t VALUES (1), (2)")
	var n int
	require.NoError(t, a.Conn(ctx).QueryRow(ctx, "SELECT count(*) FROM t").Scan(&n))
	assert.Equal(t, 2, n)
	_, err := b.Conn(ctx).Exec(ctx, "SELECT * FROM t")
	assert.ErrorContains(t, err, "42P01")
	assert.GreaterOrEqual(t, a.ServerVersion(), 120000)
}

func TestDatabaseIsDroppedAfterTheTest(t *testing.T) {
	var dropped *DB
	t.Run("inner", func(t *testing.T) { dropped = New(t) })
	db, ctx := New(t), context.Background()
	var n int
	name := dropped.url[strings.LastIndex(dropped.url, "/")+1:]
	name, _, _ = strings.Cut(name, "?")
	require.NoError(t, db.Conn(ctx).QueryRow(ctx, "SELECT count(*) FROM pg_database WHERE datname = $1", name).Scan(&n))
	assert.Equal(t, 0, n)
}

// TestServerEndsWithItsProcess: neither a kill nor a panic leaves a server or its directory behind.
func TestServerEndsWithItsProcess(t *testing.T) {
	for _, how := range []string{"kill", "panic"} {
		t.Run(how, func(t *testing.T) {
			t.Parallel()
			cmd := exec.Command(os.Args[0])
			cmd.Env = append(os.Environ(), "PGTEST_CHILD="+how)
			out, err := cmd.StdoutPipe()
			require.NoError(t, err)
			require.NoError(t, cmd.Start())
			line, err := bufio.NewReader(out).ReadString('\n')
			require.NoError(t, err, line)
			var port int
			var dir string
			_, err = fmt.Sscan(line, &port, &dir)
			require.NoError(t, err, line)
			if how == "kill" {
				require.NoError(t, cmd.Process.Kill())
			}
			assert.Error(t, cmd.Wait())
			assert.Eventually(t, func() bool {
				conn, err := net.Dial("tcp", fmt.Sprintf("127.0.0.1:%d", port))
				if err == nil {
					_ = conn.Close()
				}
				_, statErr := os.Stat(dir)
				return err != nil && os.IsNotExist(statErr)
			}, 20*time.Second, 50*time.Millisecond)
		})
	}
}

func TestForcedDirectoryMustHoldBinaries(t *testing.T) {
	t.Setenv(EnvBin, t.TempDir())
	_, err := Find()
	assert.ErrorContains(t, err, EnvBin)
}

func TestHydrateMakesTheListedLinks(t *testing.T) {
	pkg := t.TempDir()
	lib := filepath.Join(pkg, "native", "lib")
	require.NoError(t, os.MkdirAll(lib, 0o755))
	require.NoError(t, os.WriteFile(filepath.Join(lib, "libpq.so.5.18"), []byte("library"), 0o644))
	list := `[{"source":"native/lib/libpq.so.5.18","target":"native/lib/libpq.so.5"}]`
	require.NoError(t, os.WriteFile(filepath.Join(pkg, "native", "pg-symlinks.json"), []byte(list), 0o644))
	for range 2 { // the second time the link exists
		hydrate(pkg)
		text, err := os.ReadFile(filepath.Join(lib, "libpq.so.5"))
		require.NoError(t, err)
		assert.Equal(t, "library", string(text))
	}
}

func TestPgrunPassesTheServerAndTheExitCode(t *testing.T) {
	bin := filepath.Join(t.TempDir(), "pgrun")
	out, err := exec.Command("go", "build", "-o", bin, "./cmd/pgrun").CombinedOutput()
	require.NoError(t, err, string(out))
	cmd := exec.Command(bin, "--", "sh", "-c", `echo "url=$`+EnvURL+`"; exit 7`)
	text, err := cmd.CombinedOutput()
	assert.Equal(t, 7, cmd.ProcessState.ExitCode(), string(text))
	assert.ErrorContains(t, err, "7")
	assert.Contains(t, string(text), "url=postgres://")
}

// TestBinariesBelowAFolderOfRootsAlone: as root the server is another user's, who cannot look into such a folder.
func TestBinariesBelowAFolderOfRootsAlone(t *testing.T) {
	bin, err := Find()
	require.NoError(t, err)
	closed, err := os.MkdirTemp("", "trefoil-closed-") // nobody else can look into it
	require.NoError(t, err)
	t.Cleanup(func() { _ = os.RemoveAll(closed) })
	require.NoError(t, os.Symlink(filepath.Dir(bin), filepath.Join(closed, "native")))
	t.Setenv(EnvBin, filepath.Join(closed, "native", filepath.Base(bin)))
	s, err := Start(context.Background())
	require.NoError(t, err)
	s.Stop()
}
