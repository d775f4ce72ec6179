package main

import (
	"errors"
	"io/fs"
	"os"
	"regexp"
	"time"

	"github.com/rogpeppe/go-internal/testscript"
)

// awaitLimit bounds how long a script waits for something that comes long before.
const awaitLimit = 30 * time.Second

// await waits until a file is there and matches a pattern: await gen/ts/tasks.ts 'late'. With ! it waits until the file is
// gone.
func await(ts *testscript.TestScript, neg bool, args []string) {
	if len(args) == 0 || len(args) > 2 || neg && len(args) == 2 {
		ts.Fatalf("usage: await file [pattern]; ! await file")
	}
	pattern, err := regexp.Compile(append(args, "")[1])
	ts.Check(err)
	var text []byte
	for end := time.Now().Add(awaitLimit); time.Now().Before(end); time.Sleep(time.Millisecond) {
		text, err = os.ReadFile(ts.MkAbs(args[0]))
		if neg && errors.Is(err, fs.ErrNotExist) || !neg && err == nil && pattern.Match(text) {
			return
		}
	}
	ts.Fatalf("waited in vain for %q; the file is: %s (%v)", args, text, err)
}
