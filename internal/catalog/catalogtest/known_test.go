package catalogtest_test

import (
	_ "embed"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/trefoil-sql/trefoil/internal/pgtest"
)

// knownDifferences has a line for each difference that stands: where, the start of its text or a pattern between
// slashes, and why, between bars. One that stands from some PostgreSQL on has "from 18" after where it is.
//
//go:embed testdata/known-differences.txt
var knownDifferences string

type knownDifference struct {
	where, text, reason string
	pattern             *regexp.Regexp
}

func known(t *testing.T) []knownDifference {
	var out []knownDifference
	for line := range strings.Lines(knownDifferences) {
		line = strings.TrimSpace(line)
		if line == "" || strings.HasPrefix(line, "#") {
			continue
		}
		parts := strings.Split(line, " | ")
		require.Len(t, parts, 3, "testdata/known-differences.txt: %s", line)
		if where, version, ok := strings.Cut(parts[0], " from "); ok {
			from, err := strconv.Atoi(version)
			require.NoError(t, err, "testdata/known-differences.txt: %s", line)
			if pgtest.ServerVersion(t)/10000 < from {
				continue
			}
			parts[0] = where
		}
		pattern := regexp.QuoteMeta(parts[1])
		if inside, ok := strings.CutPrefix(parts[1], "/"); ok {
			pattern = strings.TrimSuffix(inside, "/")
		}
		out = append(out, knownDifference{parts[0], parts[1], parts[2], regexp.MustCompile("^" + pattern)})
	}
	return out
}

// unknown leaves out the known differences of a place. One that is listed and no longer there fails the test, so that
// the list stays true.
func unknown(t *testing.T, where string, diffs []string) []string {
	t.Helper()
	for _, k := range known(t) {
		if k.where != where {
			continue
		}
		matches := func(d string) bool { return k.pattern.MatchString(d) }
		assert.True(t, slices.ContainsFunc(diffs, matches), "known difference of %s is gone, take it off the list: %s", where, k.text)
		diffs = slices.DeleteFunc(diffs, matches)
	}
	return diffs
}
