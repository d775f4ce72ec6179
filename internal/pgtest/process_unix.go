//go:build unix

package pgtest

import (
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"os/user"
	"runtime"
	"strconv"
	"syscall"
)

// account is the user a server runs as: this process's own, unless that is root, which PostgreSQL refuses.
type account struct{ credential *syscall.Credential }

func serverUser() (account, error) {
	if os.Getuid() != 0 {
		return account{}, nil
	}
	for _, name := range []string{"postgres", "nobody"} {
		u, err := user.Lookup(name)
		if err != nil {
			continue
		}
		uid, err1 := strconv.ParseUint(u.Uid, 10, 32)
		gid, err2 := strconv.ParseUint(u.Gid, 10, 32)
		if err := errors.Join(err1, err2); err != nil {
			return account{}, err
		}
		return account{&syscall.Credential{Uid: uint32(uid), Gid: uint32(gid)}}, nil
	}
	return account{}, errors.New("PostgreSQL does not run as root, and there is no user postgres or nobody to run it as")
}

// own gives a file or directory to the account.
func (a account) own(path string) error {
	if a.credential == nil {
		return nil
	}
	return os.Lchown(path, int(a.credential.Uid), int(a.credential.Gid))
}

// attributes put a child in a process group of its own, so that an interrupt typed at a terminal does not end the
// server before the tests that use it.
func (a account) attributes() *syscall.SysProcAttr {
	return tied(&syscall.SysProcAttr{Credential: a.credential, Setpgid: true})
}

// startTied starts a command and closes done when it has ended. The thread that starts it lives as long as the
// command: on Linux the parent-death signal is about the thread, not the process.
func startTied(cmd *exec.Cmd, done chan<- struct{}) error {
	started := make(chan error)
	go func() {
		runtime.LockOSThread()
		defer runtime.UnlockOSThread()
		err := cmd.Start()
		started <- err
		if err == nil {
			_ = cmd.Wait()
			close(done)
		}
	}()
	return <-started
}

func quit(p *os.Process) { _ = p.Signal(syscall.SIGQUIT) }

// watchdog is a shell that outlives this process by as much as it takes to end the server and delete its directory.
// It waits for its standard input to close, which the system does however this process ends.
type watchdog struct {
	cmd  *exec.Cmd
	pipe io.WriteCloser
}

// dogScript waits for the end of its input. A line that comes before the end means that all is done already.
const dogScript = `read line && exit 0
kill -QUIT "$1" 2>/dev/null
i=0
while kill -0 "$1" 2>/dev/null && [ $i -lt 100 ]; do sleep 0.1; i=$((i+1)); done
kill -KILL "$1" 2>/dev/null
rm -rf "$2"`

func watch(pid int, dir string) (*watchdog, error) {
	cmd := exec.Command("/bin/sh", "-c", dogScript, "sh", strconv.Itoa(pid), dir)
	cmd.Dir = "/"
	cmd.SysProcAttr = &syscall.SysProcAttr{Setsid: true}
	pipe, err := cmd.StdinPipe()
	if err != nil {
		return nil, err
	}
	if err := cmd.Start(); err != nil {
		return nil, fmt.Errorf("watchdog: %w", err)
	}
	return &watchdog{cmd, pipe}, nil
}

// release ends the watchdog without its work.
func (w *watchdog) release() {
	_, _ = io.WriteString(w.pipe, "\n")
	_ = w.pipe.Close()
	_ = w.cmd.Wait()
}
