// Package collector has the garbage collector run less often, unless the user says how often: a run is short, and has most
// of what it makes to the end. A package does so, and not main, since the packages that a program starts with make enough for
// a first collection. One without imports of ours starts before most of them.
package collector

import (
	"os"
	"runtime/debug"
)

func init() {
	if os.Getenv("GOGC") == "" {
		debug.SetGCPercent(800)
	}
	// Beyond the limit it runs as often as it has to.
	if os.Getenv("GOMEMLIMIT") == "" {
		debug.SetMemoryLimit(500 << 20)
	}
}
