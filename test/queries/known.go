package queries

import (
	_ "embed"
	"strings"
	"testing"
)

// knownDifferences has a line for each query whose difference stands: the source, the query, and why, between bars.
//
//go:embed testdata/known-differences.txt
var knownDifferences string

// Known are the differences of a source that stand: reasons by query.
func Known(t testing.TB, source string) map[string]string {
	t.Helper()
	out := map[string]string{}
	for line := range strings.Lines(knownDifferences) {
		line = strings.TrimSpace(line)
		if line == "" || strings.HasPrefix(line, "#") {
			continue
		}
		parts := strings.Split(line, " | ")
		if len(parts) != 3 {
			t.Fatalf("testdata/known-differences.txt: not three parts: %s", line)
		}
		if parts[0] == source {
			out[parts[1]] = parts[2]
		}
	}
	return out
}
