package catalog_test

import (
	"os"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/trefoil-sql/trefoil/internal/catalog"
	"github.com/trefoil-sql/trefoil/internal/source"
)

// TestParameters: sqlc's names take the numbers that are free, in sqlc's order of the tree; a parameter knows the column that it
// meets, and whether it is stored there as it is.
func TestParameters(t *testing.T) {
	schema, err := os.ReadFile("testdata/query/schema.sql")
	require.NoError(t, err)
	cat, _, err := catalog.Load([]*source.File{source.NewFile("schema.sql", string(schema))})
	require.NoError(t, err)
	type parameter struct {
		name, typ, column               string
		assigned, nullable, slice, many bool
	}
	for _, c := range []struct {
		sql  string
		want []parameter
	}{
		{`SELECT id FROM users WHERE name = @name AND age > sqlc.narg('age') LIMIT sqlc.arg(n)`, []parameter{
			{name: "name", typ: "text", column: "name"}, {name: "age", typ: "integer", column: "age", nullable: true}, {name: "n", typ: "bigint"},
		}},
		{`SELECT id FROM users WHERE name = @b OR name = $1 OR name = @b`, []parameter{{typ: "text", column: "name"}, {name: "b", typ: "text", column: "name", many: true}}},
		{`WITH x AS (SELECT id FROM users WHERE born = @first) SELECT id FROM x WHERE id = @second`, []parameter{
			{name: "second", typ: "bigint", column: "id"}, {name: "first", typ: "date", column: "born"},
		}},
		{`INSERT INTO users (name, mood, balance) VALUES (@name, @mood, @balance::numeric)`, []parameter{
			{name: "name", typ: "character varying", column: "name", assigned: true}, {name: "mood", typ: "mood", column: "mood", assigned: true},
			{name: "balance", typ: "numeric", column: "balance", assigned: true},
		}},
		{`UPDATE users SET name = coalesce(sqlc.narg(name), name), mood = $1 WHERE id IN (sqlc.slice(ids))`, []parameter{
			{typ: "mood", column: "mood", assigned: true}, {name: "name", typ: "character varying", column: "name", nullable: true},
			{name: "ids", typ: "bigint", column: "id", slice: true},
		}},
		{`SELECT @ balance, @  - 5 FROM users WHERE id = ANY(@ids::bigint[])`, []parameter{{name: "balance", typ: "text"}, {name: "ids", typ: "bigint[]", column: "id"}}},
	} {
		got := cat.Analyse(source.NewFile("q.sql", c.sql), "")
		require.Len(t, got, 1)
		require.Empty(t, got[0].Problems, c.sql)
		var have []parameter
		for i, p := range got[0].Query.Params {
			assert.Equal(t, i+1, p.Number)
			x := parameter{p.Name, catalog.FormatType(p.Type), "", p.Assigned, p.Nullable, p.Slice, len(p.Uses) > 1}
			if p.Column != nil {
				x.column = p.Column.Column
			}
			have = append(have, x)
		}
		assert.Equal(t, c.want, have, c.sql)
	}
}

// TestMarks: only an alias of the outermost select list has a mark, and a name that merely ends so has none.
func TestMarks(t *testing.T) {
	schema, err := os.ReadFile("testdata/query/schema.sql")
	require.NoError(t, err)
	cat, _, err := catalog.Load([]*source.File{source.NewFile("schema.sql", string(schema))})
	require.NoError(t, err)
	sql := `SELECT s."a!" AS "b?", 1 + 1, s."a!", sqlc.embed(u) FROM (SELECT 1 AS "a!") s, users u ORDER BY "b?"`
	got := cat.Analyse(source.NewFile("q.sql", sql), "")
	require.Empty(t, got[0].Problems)
	columns := got[0].Query.Columns
	assert.Equal(t, []string{"b", "?column?", "a!"}, []string{columns[0].Name, columns[1].Name, columns[2].Name})
	assert.Equal(t, []catalog.NullMark{catalog.PerhapsMark, catalog.NoMark, catalog.NoMark}, []catalog.NullMark{columns[0].Null, columns[1].Null, columns[2].Null})
	for _, c := range columns[3:] {
		assert.Equal(t, "public.users", c.Embed.String())
		assert.Equal(t, "u", c.EmbedOf.Alias)
		assert.Equal(t, c.Name, c.Source.Column)
	}
}

// TestAnalyseWithoutLoad: a catalog that no migrations made knows what every database has.
func TestAnalyseWithoutLoad(t *testing.T) {
	cat := &catalog.Catalog{}
	got := cat.Analyse(source.NewFile("q.sql", `SELECT now(), relname FROM pg_class; SELECT 1 +; SELECT * FROM nope`), "")
	require.Len(t, got, 3)
	require.Len(t, got[0].Query.Columns, 2)
	assert.Equal(t, "42601", got[1].Problems[0].Code)
	assert.Equal(t, "42P01", got[2].Problems[0].Code)
	assert.Nil(t, cat.View(catalog.Name{Schema: "public", Name: "nope"}))
}
