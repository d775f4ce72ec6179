package main

import (
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"testing"
	"time"

	"github.com/rogpeppe/go-internal/testscript"

	"github.com/trefoil-sql/trefoil/internal/generate"
	"github.com/trefoil-sql/trefoil/internal/output"
	"github.com/trefoil-sql/trefoil/internal/pgtest"
)

// TestMain makes this test binary the trefoil command too: the scripts run it as users do.
func TestMain(m *testing.M) {
	generate.Child()
	trefoil := func() { os.Exit(start()) }
	testscript.Main(pgtest.Runner{M: m}, map[string]func(){
		"trefoil":           trefoil,
		"trefoil_disturbed": func() { disturb(os.Getenv("DISTURB"), os.Getenv("BEFORE")); trefoil() },
		"trefoil_bound":     func() { dropPrivileges(); trefoil() },
		"sqlc-gen-sizes":    genSizes,
	})
}

// disturb has something happen before the named step of a writing: "kill" ends the process as kill -9 does, "wait" holds
// it until the file go is there.
func disturb(how, before string) {
	output.Step = func(name string) {
		switch {
		case name != before:
		case how == "kill":
			self, _ := os.FindProcess(os.Getpid())
			_ = self.Kill()
			select {}
		case how == "wait":
			for ; !exists("go"); time.Sleep(time.Millisecond) {
			}
		}
	}
}

func exists(name string) bool {
	_, err := os.Lstat(name)
	return err == nil
}

// TestScripts drives the command over testdata/script. With UPDATE_SCRIPTS set it rewrites what cmp compares.
func TestScripts(t *testing.T) {
	testscript.Run(t, testscript.Params{
		Dir:           "testdata/script",
		UpdateScripts: os.Getenv("UPDATE_SCRIPTS") != "",
		Setup: func(env *testscript.Env) error {
			root, err := filepath.Abs("../..")
			env.Setenv("ROOT", root) // of the repository, which has the reference schema
			env.Setenv("TREFOIL_CACHE_DIR", filepath.Join(env.Getenv("TMPDIR"), "cache"))
			withTest(env)
			return err
		},
		RequireExplicitExec: true,
		RequireUniqueNames:  true,
		Cmds: map[string]func(*testscript.TestScript, bool, []string){
			"exits": exits, "await": await, "database": database, "sql": runSQL, "hold": holdSQL, "damage": damage,
		},
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

// damage changes a byte in the middle of each file of a folder.
func damage(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 1 {
		ts.Fatalf("usage: damage folder")
	}
	entries, err := os.ReadDir(args[0])
	ts.Check(err)
	for _, e := range entries {
		path := filepath.Join(args[0], e.Name())
		text, err := os.ReadFile(path)
		ts.Check(err)
		text[len(text)/2] ^= 1
		ts.Check(os.WriteFile(path, text, 0o600))
	}
}
