//go:build !unix

package pgtest

import (
	"errors"
	"os"
	"os/exec"
	"syscall"
)

type account struct{}

func serverUser() (account, error) {
	return account{}, errors.New("a throw-away server is started on Unix only: set " + EnvURL + " to a server")
}

func (account) own(string) error                       { return nil }
func (account) attributes() *syscall.SysProcAttr       { return nil }
func startTied(cmd *exec.Cmd, _ chan<- struct{}) error { return cmd.Start() }
func quit(p *os.Process)                               { _ = p.Kill() }

type watchdog struct{}

func watch(int, string) (*watchdog, error) { return &watchdog{}, nil }
func (*watchdog) release()                 {}
