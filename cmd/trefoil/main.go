// Command trefoil generates Go, TypeScript and Python clients from PostgreSQL migrations and sqlc query files.
package main

import (
	"context"
	"os"
	"os/signal"

	"github.com/mattn/go-isatty"

	_ "github.com/trefoil-sql/trefoil/internal/collector" // as early as it can be
	"github.com/trefoil-sql/trefoil/internal/generate"
)

func main() {
	generate.Child()
	os.Exit(start())
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
