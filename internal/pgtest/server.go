package pgtest

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"time"

	"github.com/jackc/pgx/v5"
)

// Server is a throw-away PostgreSQL cluster. It ends with this process, however this process ends.
type Server struct {
	dir  string // the cluster, its log, and a copy of the binaries where one is needed
	port int
	cmd  *exec.Cmd
	done chan struct{} // closed when the server process has ended
	dog  *watchdog
}

// startTimeout is how long a server may take until it answers, on a machine that has other work.
const startTimeout = 60 * time.Second

// Start makes a cluster and waits until it answers. Nothing in it is durable: it never syncs to disk.
func Start(ctx context.Context) (*Server, error) {
	bin, err := Find()
	if err != nil {
		return nil, err
	}
	dir, err := os.MkdirTemp("", "trefoil-pg-")
	if err != nil {
		return nil, err
	}
	s, err := start(ctx, bin, dir)
	if err != nil {
		_ = os.RemoveAll(dir)
		return nil, fmt.Errorf("PostgreSQL from %s: %w", bin, err)
	}
	return s, nil
}

func start(ctx context.Context, bin, dir string) (*Server, error) {
	user, err := serverUser()
	if err != nil {
		return nil, err
	}
	if err := user.own(dir); err != nil {
		return nil, err
	}
	if bin, err = within(ctx, user, bin, dir); err != nil {
		return nil, err
	}
	if err := initdb(ctx, user, bin, dir); err != nil {
		return nil, err
	}
	// The port that was free may be taken by another process before the server binds it: try again.
	for range 5 {
		var s *Server
		if s, err = run(ctx, user, bin, dir); err == nil {
			return s, nil
		}
		if !strings.Contains(err.Error(), "could not bind") && !strings.Contains(err.Error(), "in use") {
			break
		}
	}
	return nil, err
}

// within is a directory of the binaries that the account can reach. Below a folder of root's alone it cannot, as in a
// clone under mktemp -d: then the installation is copied beside the cluster.
func within(ctx context.Context, user account, bin, dir string) (string, error) {
	cmd := exec.CommandContext(ctx, filepath.Join(bin, "postgres"), "--version")
	cmd.Dir, cmd.Env, cmd.SysProcAttr = dir, environment(bin), user.attributes()
	if err := cmd.Run(); !errors.Is(err, fs.ErrPermission) {
		return bin, nil // what else is wrong shows when initdb starts
	}
	to := filepath.Join(dir, "installation")
	if err := os.CopyFS(to, os.DirFS(filepath.Dir(bin))); err != nil {
		return "", err
	}
	err := filepath.WalkDir(to, func(path string, _ fs.DirEntry, err error) error {
		return errors.Join(err, user.own(path))
	})
	return filepath.Join(to, filepath.Base(bin)), err
}

func initdb(ctx context.Context, user account, bin, dir string) error {
	cmd := exec.CommandContext(ctx, filepath.Join(bin, "initdb"), "-D", filepath.Join(dir, "data"), "-U", "postgres",
		"--auth=trust", "--encoding=UTF8", "--locale=C", "--no-sync", "--no-instructions")
	cmd.Dir = dir
	cmd.Env = environment(bin)
	cmd.SysProcAttr = user.attributes()
	if out, err := cmd.CombinedOutput(); err != nil {
		return fmt.Errorf("initdb: %w\n%s", err, bytes.TrimSpace(out))
	}
	return nil
}

// settings make the server quick and quiet. max_connections allows a package's parallel tests.
var settings = []string{
	"listen_addresses=127.0.0.1", "unix_socket_directories=", "max_connections=100", "shared_buffers=64MB",
	"fsync=off", "synchronous_commit=off", "full_page_writes=off", "wal_level=minimal", "max_wal_senders=0",
	"autovacuum=off", "jit=off", "max_locks_per_transaction=512", "timezone=UTC", "log_min_messages=fatal",
	"log_min_error_statement=panic",
}

func run(ctx context.Context, user account, bin, dir string) (*Server, error) {
	port, err := freePort()
	if err != nil {
		return nil, err
	}
	log, err := os.Create(filepath.Join(dir, "log"))
	if err != nil {
		return nil, err
	}
	defer log.Close()
	args := []string{"-D", filepath.Join(dir, "data"), "-p", strconv.Itoa(port)}
	for _, setting := range settings {
		args = append(args, "-c", setting)
	}
	cmd := exec.Command(filepath.Join(bin, "postgres"), args...)
	cmd.Dir, cmd.Env, cmd.Stdout, cmd.Stderr = dir, environment(bin), log, log
	cmd.SysProcAttr = user.attributes()
	s := &Server{dir: dir, port: port, cmd: cmd, done: make(chan struct{})}
	if err := startTied(cmd, s.done); err != nil {
		return nil, err
	}
	if s.dog, err = watch(cmd.Process.Pid, dir); err == nil {
		err = s.wait(ctx)
	}
	if err != nil {
		s.halt()
		text, _ := os.ReadFile(log.Name())
		return nil, fmt.Errorf("%w\n%s", err, bytes.TrimSpace(text))
	}
	return s, nil
}

// wait returns when the server answers.
func (s *Server) wait(ctx context.Context) error {
	ctx, cancel := context.WithTimeout(ctx, startTimeout)
	defer cancel()
	for {
		conn, err := pgx.Connect(ctx, s.URL())
		if err == nil {
			return conn.Close(ctx)
		}
		select {
		case <-s.done:
			return errors.New("the server ended as it started")
		case <-ctx.Done():
			return fmt.Errorf("the server does not answer: %w", err)
		case <-time.After(20 * time.Millisecond):
		}
	}
}

// URL is the connection string of the superuser's own database.
func (s *Server) URL() string {
	return fmt.Sprintf("postgres://postgres@127.0.0.1:%d/postgres?sslmode=disable", s.port)
}

// Stop ends the server and deletes its cluster.
func (s *Server) Stop() {
	s.halt()
	_ = os.RemoveAll(s.dir)
}

// halt ends the server process at once: nothing in the cluster is worth a checkpoint.
func (s *Server) halt() {
	quit(s.cmd.Process)
	select {
	case <-s.done:
	case <-time.After(10 * time.Second):
		_ = s.cmd.Process.Kill()
		<-s.done
	}
	if s.dog != nil {
		s.dog.release()
	}
}

// environment is this process's own, less what would change how the server or its messages behave, and with the
// libraries that lie beside unpacked binaries.
func environment(bin string) []string {
	var env []string
	for _, v := range os.Environ() {
		if !strings.HasPrefix(v, "PG") && !strings.HasPrefix(v, "LC_") && !strings.HasPrefix(v, "LANG") {
			env = append(env, v)
		}
	}
	lib := filepath.Join(filepath.Dir(bin), "lib")
	return append(env, "LC_ALL=C", "LD_LIBRARY_PATH="+lib)
}

func freePort() (int, error) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return 0, err
	}
	defer l.Close()
	return l.Addr().(*net.TCPAddr).Port, nil
}
