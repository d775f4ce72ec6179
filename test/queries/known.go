package queries

import (
	_ "embed"
	"fmt"
	"strconv"
	"strings"
	"testing"

	"github.com/trefoil-sql/trefoil/internal/pgtest"
)

// knownDifferences has a line for each query whose difference stands: the source, the query, and why, between bars. One that
// does not stand with every PostgreSQL has "from 18" or "before 18" after the source.
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
		where, condition, _ := strings.Cut(parts[0], " ")
		holds, err := versionHolds(condition, pgtest.ServerVersion(t)/10000)
		if err != nil {
			t.Fatalf("testdata/known-differences.txt: %v: %s", err, line)
		}
		if where == source && holds {
			out[parts[1]] = parts[2]
		}
	}
	return out
}

// versionHolds tells whether a condition such as "from 18" or "before 18" is true of a major version; "" always is.
func versionHolds(condition string, version int) (bool, error) {
	if condition == "" {
		return true, nil
	}
	word, number, _ := strings.Cut(condition, " ")
	n, err := strconv.Atoi(number)
	switch {
	case err != nil:
		return false, err
	case word == "from":
		return version >= n, nil
	case word == "before":
		return version < n, nil
	}
	return false, fmt.Errorf("%q is no condition", condition)
}
