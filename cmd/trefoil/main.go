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
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	code := run(ctx, os.Args[1:], streams{out: os.Stdout, err: os.Stderr})
	stop()
	os.Exit(code)
}
