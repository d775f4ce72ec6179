//go:build unix && !linux

package pgtest

import "syscall"

// tied leaves a child to the watchdog: there is no parent-death signal here.
func tied(a *syscall.SysProcAttr) *syscall.SysProcAttr { return a }
