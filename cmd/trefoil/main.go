// Command trefoil generates Go, TypeScript and Python clients from PostgreSQL migrations and sqlc query files.
package main

import (
	"context"
	"os"
	"os/signal"
	"runtime/debug"

	"github.com/mattn/go-isatty"

	"github.com/trefoil-sql/trefoil/internal/generate"
)

func main() {
	generate.Child()
	collectSeldom()
	os.Exit(start())
}

// collectSeldom has the garbage collector run less often, unless the user says how often: a run is short, and has most of
// what it makes to the end. Beyond the limit it runs as often as it has to.
func collectSeldom() {
	if os.Getenv("GOGC") == "" {
		debug.SetGCPercent(400)
	}
	if os.Getenv("GOMEMLIMIT") == "" {
		debug.SetMemoryLimit(450 << 20)
	}
}

// start runs the command of this process and returns its exit code. An interrupt ends it in good order.
func start() int {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	return run(ctx, os.Args[1:], standard())
}

// standard are the process's own streams. Colours are for a terminal, and not for those who ask for none (no-color.org).
func standard() streams {
	colour := isatty.IsTerminal(os.Stderr.Fd()) && os.Getenv("NO_COLOR") == "" && os.Getenv("TERM") != "dumb"
	return streams{out: os.Stdout, err: os.Stderr, colour: colour}
}
