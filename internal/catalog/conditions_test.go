package catalog_test

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/trefoil-sql/trefoil/internal/catalog"
	"github.com/trefoil-sql/trefoil/internal/source"
	"github.com/trefoil-sql/trefoil/test/corpora"
)

// TestConditions: what a table's tree says is what its text says where a query has it for WHERE.
func TestConditions(t *testing.T) {
	n := 0
	for _, path := range []string{"../nullability/testdata/schema.sql", "../../test/soundness/testdata/schema.sql"} {
		text, err := os.ReadFile(path)
		require.NoError(t, err)
		cat, _, err := catalog.Load([]*source.File{source.NewFile(filepath.Base(path), string(text))})
		require.NoError(t, err)
		n += sameConditions(t, cat)
	}
	assert.Greater(t, n, 20)
	renamed, _, err := catalog.Load([]*source.File{source.NewFile("a.sql", `
		CREATE TYPE mood AS ENUM ('sad', 'ok');
		CREATE TABLE a (x int CHECK (x > 0), m mood CHECK (m <> 'ok'), y int GENERATED ALWAYS AS (x + 1) STORED, CHECK (a.x < 9 AND length('x') = 1));
		CREATE TABLE b (LIKE a INCLUDING ALL) PARTITION BY LIST (x);
		ALTER TYPE mood RENAME VALUE 'ok' TO 'well';
		ALTER TABLE a RENAME x TO z;
		ALTER TABLE a RENAME TO c;
		CREATE SCHEMA s;
		ALTER TABLE c SET SCHEMA s;`)})
	require.NoError(t, err)
	assert.Equal(t, 6, sameConditions(t, renamed), "all but a.x, which has no name any more")
	dir, ok := corpora.Find(t)
	if !ok {
		return
	}
	projects, err := os.ReadDir(dir)
	require.NoError(t, err)
	for _, p := range projects {
		if p.IsDir() {
			sameConditions(t, corpora.Catalog(t, dir, p.Name()))
		}
	}
}

// sameConditions compares the conditions of all tables, and tells how many there are.
func sameConditions(t *testing.T, cat *catalog.Catalog) int {
	t.Helper()
	n := 0
	for _, r := range cat.Relations {
		have := cat.Conditions(r.Name)
		for _, c := range r.Checks {
			sameCondition(t, cat, r, have.Checks, c.Name, c.Expression.SQL)
		}
		for _, c := range r.Columns {
			if c.Generated != catalog.NotGenerated {
				sameCondition(t, cat, r, have.Generated, c.Name, "("+c.Default.SQL+") IS NULL")
			}
		}
		n += len(have.Checks) + len(have.Generated)
	}
	return n
}

func sameCondition(t *testing.T, cat *catalog.Catalog, r catalog.Relation, have map[string]catalog.Condition, name, sql string) {
	t.Helper()
	file := source.NewFile("condition.sql", `SELECT FROM "`+r.Name.Schema+`"."`+r.Name.Name+`" WHERE `+sql)
	found := cat.Analyse(file, r.Name.Schema)
	require.Len(t, found, 1)
	got, ok := have[name]
	require.Equal(t, found[0].Query != nil, ok, "%s: %s", r.Name, sql)
	if !ok {
		return
	}
	want := found[0].Query.Where
	if test, ok := want.(*catalog.IsNull); ok && len(sql) > 0 && sql[0] == '(' && test.Arg != nil && !isNullTest(got.Value) {
		want = test.Arg
	}
	diff := cmp.Diff(want, got.Value, cmpopts.IgnoreTypes(source.Span{}), cmpopts.EquateEmpty())
	assert.Empty(t, diff, "%s: %s", r.Name, sql)
	assert.Equal(t, r.Name, *got.Of.Relation)
}

func isNullTest(v catalog.Value) bool {
	_, ok := v.(*catalog.IsNull)
	return ok
}
