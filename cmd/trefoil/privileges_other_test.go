//go:build !linux

package main

// dropPrivileges does nothing: tests are run by an ordinary user here.
func dropPrivileges() {}
