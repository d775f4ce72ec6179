package breaking

import (
	"flag"
	"fmt"
	"os"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

const docs = "../../docs/breaking.md"

var update = flag.Bool("update", false, "write the table of rules into docs/breaking.md")

// TestDocsHaveEveryRule holds the last table of the page against the table of rules: the same rows, in the same order.
func TestDocsHaveEveryRule(t *testing.T) {
	text, err := os.ReadFile(docs)
	require.NoError(t, err)
	const head = "| Rule | A change where | Readers | Writers |\n|---|---|---|---|\n"
	before, have, ok := strings.Cut(string(text), head)
	require.True(t, ok, "the page has no table of rules")
	var want strings.Builder
	for _, r := range Rules {
		fmt.Fprintf(&want, "| `%s` | %s | %s | %s |\n", r.ID, r.Says, r.Readers, r.Writers)
	}
	if *update {
		require.NoError(t, os.WriteFile(docs, []byte(before+head+want.String()), 0o644))
		return
	}
	assert.Equal(t, strings.Split(want.String(), "\n"), strings.Split(have, "\n"), "go test ./internal/breaking -update mends it")
}

func TestRulesAreNamedOnceAndDescribed(t *testing.T) {
	seen := map[string]bool{}
	for _, r := range Rules {
		assert.False(t, seen[r.ID], r.ID)
		seen[r.ID] = true
		assert.Regexp(t, `^[a-z]+(-[a-z]+)+$`, r.ID)
		assert.NotEmpty(t, r.Says)
		assert.NotContains(t, r.Says, "|")
	}
	assert.GreaterOrEqual(t, len(Rules), 40)
}
