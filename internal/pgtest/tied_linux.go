package pgtest

import "syscall"

// tied makes a child end with this process, at once and without a watchdog's help.
func tied(a *syscall.SysProcAttr) *syscall.SysProcAttr {
	a.Pdeathsig = syscall.SIGQUIT
	return a
}
