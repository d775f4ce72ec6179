package main

import "runtime"

// rssUnit is the unit of Rusage.Maxrss, in bytes.
var rssUnit = func() int64 {
	if runtime.GOOS == "darwin" {
		return 1
	}
	return 1024
}()
