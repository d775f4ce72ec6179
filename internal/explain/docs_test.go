package explain_test

import (
	"flag"
	"fmt"
	"os"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/trefoil-sql/trefoil/internal/constraint"
	"github.com/trefoil-sql/trefoil/internal/constraint/constrainttest"
	"github.com/trefoil-sql/trefoil/internal/explain"
	"github.com/trefoil-sql/trefoil/internal/pgtest"
)

var update = flag.Bool("update", false, "write docs/rules.md")

const (
	opening = "<!-- The table is written by: go test ./internal/explain -update -->\n"
	closing = "<!-- The end of the table. -->\n"
)

// table writes the constructs and what each language does with them.
func table(t *testing.T) string {
	var all []string
	for _, g := range constrainttest.Groups {
		all = append(all, g.Examples...)
	}
	rules := constrainttest.Rules(t, all)
	var b strings.Builder
	for _, g := range constrainttest.Groups {
		fmt.Fprintf(&b, "\n### %s\n\n| CHECK | Go | TypeScript | Python | left to PostgreSQL |\n|---|---|---|---|---|\n", g.Title)
		for _, sql := range g.Examples {
			fmt.Fprintf(&b, "| %s |", code(sql))
			reasons := []string{}
			for _, lang := range explain.Languages {
				s := constraint.SupportOf(rules[0].Tree, lang)
				fmt.Fprintf(&b, " %s |", map[constraint.Level]string{constraint.Full: "yes", constraint.Partly: "partly", constraint.NotAtAll: "no"}[s.Level])
				if len(s.Reasons) > len(reasons) {
					reasons = s.Reasons
				}
			}
			fmt.Fprintf(&b, " %s |\n", strings.Join(reasons, "; "))
			rules = rules[1:]
		}
	}
	return b.String() + "\n"
}

// code quotes SQL in a cell of a table.
func code(sql string) string { return "`" + strings.ReplaceAll(sql, "|", `\|`) + "`" }

func TestDocsTellWhatIsEnforced(t *testing.T) {
	const path = "../../docs/rules.md"
	b, err := os.ReadFile(path)
	require.NoError(t, err)
	before, rest, ok := strings.Cut(string(b), opening)
	require.True(t, ok)
	_, after, ok := strings.Cut(rest, closing)
	require.True(t, ok)
	want := before + opening + table(t) + closing + after
	if *update {
		require.NoError(t, os.WriteFile(path, []byte(want), 0o644))
		return
	}
	require.Equal(t, want, string(b), "run: go test ./internal/explain -update")
}

// TestExamplesAreChecks: PostgreSQL takes every example.
func TestExamplesAreChecks(t *testing.T) {
	db := pgtest.New(t)
	db.Exec(t, constrainttest.Table())
	for _, g := range constrainttest.Groups {
		for _, sql := range g.Examples {
			db.Exec(t, "ALTER TABLE r ADD CHECK ("+sql+")")
		}
	}
}

func TestMain(m *testing.M) { pgtest.Main(m) }
