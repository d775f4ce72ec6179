// Package corpora finds the real projects' migrations that tests read. They are no part of the repository.
package corpora

import (
	"os"
	"path/filepath"
	"runtime"
	"testing"

	"github.com/trefoil-sql/trefoil/test/effort"
)

// Dir is the absolute folder of the corpora: TREFOIL_CORPORA, or shared/corpora beside the repository. Without it the
// test fails in CI, and is skipped elsewhere.
func Dir(t testing.TB) string {
	t.Helper()
	dir, ok := Find(t)
	if !ok {
		t.Skipf("there are no corpora at %s: set TREFOIL_CORPORA to run this test", dir)
	}
	return dir
}

// Find is Dir for a test that can do without: ok tells whether the folder is there. Without it the test fails in CI.
func Find(t testing.TB) (dir string, ok bool) {
	t.Helper()
	dir = os.Getenv("TREFOIL_CORPORA")
	if dir == "" {
		_, here, _, _ := runtime.Caller(0)
		dir = filepath.Join(filepath.Dir(here), "..", "..", "..", "shared", "corpora")
	}
	dir, err := filepath.Abs(dir)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat(dir); err != nil {
		if effort.InCI() {
			t.Fatalf("there are no corpora at %s: set TREFOIL_CORPORA", dir)
		}
		return dir, false
	}
	return dir, true
}
