package nullability

import (
	"flag"
	"fmt"
	"os"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/trefoil-sql/trefoil/internal/catalog"
	"github.com/trefoil-sql/trefoil/internal/source"
)

var update = flag.Bool("update", false, "write the tables of docs/queries.md")

const docs = "../../docs/queries.md"

// fenced is a block of SQL, with the table of its columns below it, if there is one.
var fenced = regexp.MustCompile("(?s)```sql\n(.*?)```\n(\n(?:\\|[^\n]*\n)+)?")

// parameterRows are the rows below the head of the table of parameters.
var parameterRows = regexp.MustCompile(`(\| query \| parameter \|[^\n]*\n\|[-|]*\n)((?:\|[^\n]*\n)*)`)

// parameterQueries are the queries of that table.
var parameterQueries = []string{
	"SELECT id FROM account WHERE id = $1",
	"SELECT id FROM account WHERE $1::text IS NULL OR name = $1",
	"UPDATE account SET name = $1 WHERE id = $2",
	"UPDATE account SET email = coalesce($1, email) WHERE id = $2",
	"INSERT INTO account (id, email, age, created) VALUES ($1, $2, $3, now())",
	"SELECT id FROM account WHERE name = ANY ($1::text[]) LIMIT $2",
}

// TestDocs compares the tables of docs/queries.md with what is inferred.
func TestDocs(t *testing.T) {
	have, err := os.ReadFile(docs)
	require.NoError(t, err)
	text := string(have)
	schema := fenced.FindStringSubmatch(text)[1]
	c, _, err := catalog.Load([]*source.File{source.NewFile("docs.sql", schema)})
	require.NoError(t, err)
	tables := 0
	want := fenced.ReplaceAllStringFunc(text, func(block string) string {
		sql := fenced.FindStringSubmatch(block)[1]
		if sql == schema {
			return block
		}
		tables++
		return "```sql\n" + sql + "```\n\n" + columnTable(t, c, sql)
	})
	want = parameterRows.ReplaceAllString(want, "${1}"+strings.ReplaceAll(parameterTable(t, c), "$", "$$"))
	assert.Greater(t, tables, 15)
	if *update {
		require.NoError(t, os.WriteFile(docs, []byte(want), 0o600))
		return
	}
	assert.Equal(t, want, text, "run: go test ./internal/nullability -update")
}

// columnTable is what is inferred of a query's columns.
func columnTable(t *testing.T, c *catalog.Catalog, sql string) string {
	t.Helper()
	q := analyse(t, c, sql)
	var b strings.Builder
	b.WriteString("| column | type | NULL | why |\n|---|---|---|---|\n")
	for i, v := range Columns(c, q) {
		col := q.Columns[i]
		fmt.Fprintf(&b, "| `%s` | `%s` | %s | %s |\n", col.Name, catalog.FormatType(col.Type), may(v), strings.ReplaceAll(v.Reason, "|", `\|`))
	}
	return b.String()
}

func parameterTable(t *testing.T, c *catalog.Catalog) string {
	t.Helper()
	var b strings.Builder
	for _, sql := range parameterQueries {
		q := analyse(t, c, sql)
		for i, v := range Of(c, q).Params() {
			fmt.Fprintf(&b, "| `%s` | `$%d` | %s | %s |\n", sql, q.Params[i].Number, may(v), v.Reason)
		}
	}
	return b.String()
}

func may(v Verdict) string {
	if v.Nullable {
		return "perhaps"
	}
	return "never"
}
