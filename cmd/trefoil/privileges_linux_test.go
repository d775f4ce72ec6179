package main

import (
	"os"
	"runtime"
	"strconv"
	"syscall"
)

// dropPrivileges starts this program anew without what lets root write where permissions say no. For other users it
// does nothing.
func dropPrivileges() {
	const (
		bounding = "TREFOIL_TEST_BOUND"
		// From linux/prctl.h and linux/capability.h.
		capBSetDrop    = 24
		dacOverride    = 1
		dacReadSearch  = 2
		fileOwnerRight = 3
	)
	if os.Geteuid() != 0 || os.Getenv(bounding) != "" {
		return
	}
	runtime.LockOSThread()
	for _, capability := range []uintptr{dacOverride, dacReadSearch, fileOwnerRight} {
		if _, _, err := syscall.RawSyscall(syscall.SYS_PRCTL, capBSetDrop, capability, 0); err != 0 {
			panic("prctl " + strconv.Itoa(int(capability)) + ": " + err.Error())
		}
	}
	self, err := os.Executable()
	if err == nil {
		err = syscall.Exec(self, os.Args, append(os.Environ(), bounding+"=1"))
	}
	panic(err)
}
