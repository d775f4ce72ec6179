// Command trefoil generates Go, TypeScript and Python clients from PostgreSQL migrations and sqlc query files.
package main

import (
	"context"
	"os"
	"os/signal"

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
	return run(ctx, os.Args[1:], streams{out: os.Stdout, err: os.Stderr})
}
