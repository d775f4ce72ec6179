package types

import (
	"cmp"
	"context"
	"flag"
	"fmt"
	"maps"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/trefoil-sql/trefoil/internal/breaking"
	"github.com/trefoil-sql/trefoil/internal/generate"
)

var update = flag.Bool("update", false, "write the tables into docs/types.md")

const page = "../../docs/types.md"

// TestThePageListsTheTypes: the tables in docs/types.md are what the clients are made of.
func TestThePageListsTheTypes(t *testing.T) {
	t.Parallel()
	text, err := os.ReadFile(page)
	require.NoError(t, err)
	want := string(text)
	for name, table := range map[string]string{"types": typesTable(t), "notes": notesTable(), "unmapped": unmappedTable()} {
		want = between(t, want, name, table)
	}
	if *update {
		require.NoError(t, os.WriteFile(page, []byte(want), 0o666))
		return
	}
	assert.Equal(t, want, string(text), "go test ./test/types -update writes the tables")
}

// between puts a table where the page has its place.
func between(t *testing.T, text, name, table string) string {
	t.Helper()
	before, rest, ok := strings.Cut(text, "<!-- "+name+": go test ./test/types -update -->\n")
	require.True(t, ok, "the page says where the table of %s is", name)
	_, after, ok := strings.Cut(rest, "<!-- end of "+name+" -->")
	require.True(t, ok, "the page says where the table of %s ends", name)
	return before + "<!-- " + name + ": go test ./test/types -update -->\n" + table + "<!-- end of " + name + " -->" + after
}

func (r row) title() string { return code(cmp.Or(r.shown, r.sql)) }

func code(text string) string {
	if text == "" {
		return ""
	}
	return "`" + strings.ReplaceAll(text, "|", `\|`) + "`"
}

// typesTable has what the clients' own tables make of each type.
func typesTable(t *testing.T) string {
	t.Helper()
	p, err := generate.Models(context.Background(), generate.Options{Dir: project(t, true)})
	require.NoError(t, err)
	require.Len(t, p.Clients, 5)
	var b strings.Builder
	b.WriteString("| PostgreSQL | Go, pgx | TypeScript, `json` | TypeScript, `driver` | Python, `json` | Python, `driver` |\n|---|---|---|---|---|---|\n")
	for i, r := range rows {
		b.WriteString("| " + r.title())
		for _, c := range p.Clients {
			b.WriteString(" | " + cell(t, c, i))
		}
		b.WriteString(" |\n")
	}
	return b.String()
}

// cell is a type as it is read and, where that differs, as it is sent; of Go, as it is in a column that is NOT NULL and in
// one that is not.
func cell(t *testing.T, c breaking.Client, i int) string {
	t.Helper()
	for _, r := range c.Model.Relations {
		if r.Source.Name != table(i) {
			continue
		}
		read := c.Types[r.Row]
		require.Len(t, read, 3)
		if c.Language == breaking.Go {
			return orBoth(read[1], read[2], "NULL: ")
		}
		sent := c.Types[r.Insert]
		require.Len(t, sent, 3)
		return orBoth(read[1], sent[1], "sent: ")
	}
	t.Fatalf("no table for %s", rows[i].sql)
	return ""
}

func orBoth(one, other, what string) string {
	if one == other {
		return code(one)
	}
	return code(one) + "; " + what + code(other)
}

func notesTable() string {
	var b strings.Builder
	b.WriteString("| PostgreSQL | accepted, and how it is written |\n|---|---|\n")
	for _, r := range rows {
		if r.note != "" {
			fmt.Fprintf(&b, "| %s | %s |\n", r.title(), r.note)
		}
	}
	return b.String()
}

func unmappedTable() string {
	var b strings.Builder
	b.WriteString("| type | what has it |\n|---|---|\n")
	for _, name := range slices.Sorted(maps.Keys(unmapped)) {
		fmt.Fprintf(&b, "| `%s` | %s |\n", name, unmapped[name])
	}
	return b.String()
}
