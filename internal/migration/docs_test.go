package migration

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// TestReadingListsTheLayouts: the table in docs/reading.md is the code's.
func TestReadingListsTheLayouts(t *testing.T) {
	const begin, end = "-update -->\n", "<!-- end of layouts -->"
	page := filepath.Join("..", "..", "docs", "reading.md")
	text, err := os.ReadFile(page)
	require.NoError(t, err)
	before, rest, ok := strings.Cut(string(text), begin)
	require.True(t, ok, "the page says where its table is")
	table, after, ok := strings.Cut(rest, end)
	require.True(t, ok, "the page says where its table ends")
	want := layoutsTable()
	if flag.Lookup("update").Value.String() == "true" {
		require.NoError(t, os.WriteFile(page, []byte(before+begin+want+end+after), 0o666))
		return
	}
	assert.Equal(t, want, table, "go test ./internal/migration -update writes the table")
}

func layoutsTable() string {
	var b strings.Builder
	b.WriteString("| layout | recognised by | order | what counts |\n|---|---|---|---|\n")
	for _, l := range layouts {
		fmt.Fprintf(&b, "| `%s` | %s | %s | %s |\n", l.name, l.recognised, l.order, l.counts)
	}
	return b.String()
}

func TestLayoutsAreNamedOnce(t *testing.T) {
	names := Layouts()
	assert.Len(t, slices.Compact(slices.Sorted(slices.Values(names))), len(layouts))
	assert.Equal(t, plain, names[len(names)-1], "plain fits everything")
	for _, name := range names {
		assert.Equal(t, name, layoutNamed(name).name)
	}
	assert.Nil(t, layoutNamed("goos"))
}
