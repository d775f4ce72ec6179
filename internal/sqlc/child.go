package sqlc

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"

	"github.com/sqlc-dev/sqlc/pkg/cli"
)

// childArg is the first argument of a process that runs sqlc. No command has the name.
const childArg = "__sqlc-child"

// hosted tells that this process's main calls Child, so that a child of the same binary will run sqlc and not the
// program anew.
var hosted bool

// Child makes the process run sqlc, or answer it, and exit when Run started it for that, and returns at once otherwise. A binary that
// uses Run calls it first in main, or in TestMain.
func Child() {
	hosted = true
	if isAnalysis() {
		if err := handOver(os.Stdin, os.Stdout); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
		os.Exit(0)
	}
	if len(os.Args) > 1 && os.Args[1] == childArg {
		os.Exit(cli.Run(os.Args[2:]))
	}
}

// answer is how a run of sqlc ended.
type answer struct {
	ok     bool
	stderr string
}

// panicked tells that sqlc ended in a Go panic.
func (a answer) panicked() bool {
	return !a.ok && (strings.HasPrefix(a.stderr, "panic: ") || strings.Contains(a.stderr, "\npanic: ") ||
		strings.Contains(a.stderr, "\ngoroutine "))
}

// run runs "sqlc generate" on the config in dir, with at as its working directory: a plugin's program is looked for and
// started there. An error is about starting sqlc or about the context.
func run(ctx context.Context, dir, at string) (answer, error) {
	if !hosted {
		return answer{}, errors.New("internal error: the program runs sqlc without sqlc.Child in its main function")
	}
	exe, err := executable()
	if err != nil {
		return answer{}, err
	}
	var stderr bytes.Buffer
	cmd := exec.CommandContext(ctx, exe, childArg, "generate", "--no-remote", "--file", filepath.Join(dir, configFile))
	cmd.Dir = at
	cmd.Env = environment()
	cmd.Stderr = &stderr
	err = cmd.Run()
	if ctx.Err() != nil {
		return answer{}, ctx.Err()
	}
	var exit *exec.ExitError
	if err != nil && !errors.As(err, &exit) {
		return answer{}, fmt.Errorf("cannot run sqlc: %w", err)
	}
	return answer{ok: err == nil, stderr: stderr.String()}, nil
}

func executable() (string, error) {
	exe, err := os.Executable()
	if err != nil {
		return "", fmt.Errorf("cannot find the program's own file to run sqlc: %w", err)
	}
	return exe, nil
}

// childMemory has the garbage collector run less often, up to a limit: a run of sqlc is short, and has most of what it
// makes to the end.
var childMemory = map[string]string{"GOGC": "400", "GOMEMLIMIT": "300MiB"}

// environment leaves out what would change sqlc's answer: its debug switches and its cloud's token. Where it keeps the
// plugins that it has fetched is no such thing.
func environment() []string {
	kept := slices.DeleteFunc(os.Environ(), func(v string) bool {
		return strings.HasPrefix(v, "SQLC") && !strings.HasPrefix(v, "SQLCCACHE=")
	})
	kept = append(kept, analysisVar+"=1")
	for name, value := range childMemory {
		if os.Getenv(name) == "" {
			kept = append(kept, name+"="+value)
		}
	}
	return kept
}
