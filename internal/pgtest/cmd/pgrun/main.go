// Command pgrun starts a throw-away PostgreSQL, runs a command with TREFOIL_TEST_DATABASE_URL set to it, and ends with
// the command's exit code:
//
//	go run ./internal/pgtest/cmd/pgrun -- npx vitest run
//
// If the variable is set already, the command runs against that server.
package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"os/signal"
	"syscall"

	"github.com/trefoil-sql/trefoil/internal/pgtest"
)

func main() {
	args := os.Args[1:]
	if len(args) > 0 && args[0] == "--" {
		args = args[1:]
	}
	if len(args) == 0 {
		fmt.Fprintln(os.Stderr, "usage: pgrun [--] command [argument ...]")
		os.Exit(2)
	}
	code, err := run(args)
	if err != nil {
		fmt.Fprintln(os.Stderr, "pgrun:", err)
	}
	os.Exit(code)
}

// run returns the command's exit code, or an error and the code 125 if there was no command's exit.
func run(args []string) (int, error) {
	url := os.Getenv(pgtest.EnvURL)
	if url == "" {
		server, err := pgtest.Start(context.Background())
		if err != nil {
			return 125, err
		}
		defer server.Stop()
		url = server.URL()
	}
	// The terminal sends an interrupt to the command as well, and it is the one to end of it; a termination is sent to
	// this process alone. Neither is ignored outright: the command would inherit that.
	signals := make(chan os.Signal, 1)
	signal.Notify(signals, os.Interrupt, syscall.SIGTERM)
	cmd := exec.Command(args[0], args[1:]...)
	cmd.Stdin, cmd.Stdout, cmd.Stderr = os.Stdin, os.Stdout, os.Stderr
	cmd.Env = append(os.Environ(), pgtest.EnvURL+"="+url)
	if err := cmd.Start(); err != nil {
		return 125, err
	}
	go func() {
		for s := range signals {
			if s == syscall.SIGTERM {
				_ = cmd.Process.Signal(s)
			}
		}
	}()
	err := cmd.Wait()
	var exit *exec.ExitError
	if errors.As(err, &exit) {
		return max(exit.ExitCode(), 1), nil
	}
	if err != nil {
		return 125, err
	}
	return 0, nil
}
