package main

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"os/exec"
	"regexp"
	"strconv"
	"testing"
	"time"

	"github.com/rogpeppe/go-internal/testscript"
	"google.golang.org/protobuf/encoding/protowire"

	"github.com/trefoil-sql/trefoil/internal/generate"
)

// TestMain makes this test binary the trefoil command too: the scripts run it as users do.
func TestMain(m *testing.M) {
	generate.Child()
	testscript.Main(m, map[string]func(){
		"trefoil":        func() { os.Exit(start()) },
		"sqlc-gen-sizes": genSizes,
	})
}

// genSizes is a plugin of sqlc's: it answers with one file, sizes.txt, that tells how long the request's parts are, by
// the numbers of sqlc's protocol.
func genSizes() {
	request, err := io.ReadAll(os.Stdin)
	sizes := map[protowire.Number]int{}
	for err == nil && len(request) > 0 {
		number, _, n := protowire.ConsumeField(request)
		if err = protowire.ParseError(n); err == nil {
			sizes[number] += n
			request = request[n:]
		}
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	file := protowire.AppendString(protowire.AppendTag(nil, 1, protowire.BytesType), "sizes.txt")
	file = protowire.AppendString(protowire.AppendTag(file, 2, protowire.BytesType), fmt.Sprintln("queries:", sizes[3]))
	os.Stdout.Write(protowire.AppendBytes(protowire.AppendTag(nil, 1, protowire.BytesType), file))
}

// TestScripts drives the command over testdata/script. With UPDATE_SCRIPTS set it rewrites what cmp compares.
func TestScripts(t *testing.T) {
	testscript.Run(t, testscript.Params{
		Dir:                 "testdata/script",
		UpdateScripts:       os.Getenv("UPDATE_SCRIPTS") != "",
		RequireExplicitExec: true,
		RequireUniqueNames:  true,
		Cmds:                map[string]func(*testscript.TestScript, bool, []string){"exits": exits, "awaits": awaits},
	})
}

// exits runs a command and compares its exit code: exits 1 trefoil check.
func exits(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 2 {
		ts.Fatalf("usage: exits code command [argument ...]")
	}
	want, err := strconv.Atoi(args[0])
	ts.Check(err)
	got := 0
	var exit *exec.ExitError
	if err := ts.Exec(args[1], args[2:]...); errors.As(err, &exit) {
		got = exit.ExitCode()
	} else {
		ts.Check(err)
	}
	if got != want {
		ts.Fatalf("exit code %d, want %d", got, want)
	}
}

// awaitLimit bounds how long a script waits for something that comes long before.
const awaitLimit = 30 * time.Second

// awaits waits until a file matches a pattern: awaits gen/ts/tasks.ts 'late'. With ! it waits until the file is gone.
func awaits(ts *testscript.TestScript, neg bool, args []string) {
	if len(args) != 2 && !(neg && len(args) == 1) {
		ts.Fatalf("usage: awaits file pattern; ! awaits file")
	}
	var text []byte
	var err error
	for end := time.Now().Add(awaitLimit); time.Now().Before(end); time.Sleep(10 * time.Millisecond) {
		text, err = os.ReadFile(ts.MkAbs(args[0]))
		if neg && errors.Is(err, fs.ErrNotExist) || !neg && err == nil && regexp.MustCompile(args[1]).Match(text) {
			return
		}
	}
	ts.Fatalf("waited in vain for %q; the file is: %s (%v)", args, text, err)
}
