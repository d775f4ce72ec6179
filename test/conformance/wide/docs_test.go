package wide

import (
	"flag"
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/trefoil-sql/trefoil/internal/naming"
)

var update = flag.Bool("update", false, "write the tables of docs/conformance.md")

const (
	opening = "<!-- The tables are written by: go test ./test/conformance/wide -run TestDocs -update -->\n"
	closing = "<!-- The end of the tables. -->\n"
)

var languages = map[naming.Language]string{naming.Go: "Go", naming.TypeScript: "TypeScript", naming.Python: "Python"}

// tables are the limits and the spellings.
func tables() string {
	var b strings.Builder
	b.WriteString("\n| | what | why |\n|---|---|---|\n")
	for _, l := range Limits {
		fmt.Fprintf(&b, "| %s | %s | %s |\n", languages[l.Language], l.Name, l.Why)
	}
	b.WriteString("\n## Other spellings\n\nPostgreSQL reads more than it writes. These are taken by `jsonb_populate_record` and never sent by `row_to_json`, and the clients " +
		"marked here refuse them. Each is tested to be so.\n\n| type | JSON | refused in Go | TypeScript | Python |\n|---|---|---|---|---|\n")
	for _, s := range Spellings {
		fmt.Fprintf(&b, "| `%s` | `%s` |", s.SQL, s.JSON)
		for _, lang := range []naming.Language{naming.Go, naming.TypeScript, naming.Python} {
			mark := ""
			if slices.Contains(s.RefusedBy, lang) {
				mark = " yes"
			}
			b.WriteString(mark + " |")
		}
		b.WriteString("\n")
	}
	return b.String() + "\n"
}

func TestDocs(t *testing.T) {
	const path = "../../../docs/conformance.md"
	b, err := os.ReadFile(path)
	require.NoError(t, err)
	before, rest, ok := strings.Cut(string(b), opening)
	require.True(t, ok)
	_, after, ok := strings.Cut(rest, closing)
	require.True(t, ok)
	want := before + opening + tables() + closing + after
	if *update {
		require.NoError(t, os.WriteFile(path, []byte(want), 0o644))
		return
	}
	require.Equal(t, want, string(b), "run: go test ./test/conformance/wide -run TestDocs -update")
}
