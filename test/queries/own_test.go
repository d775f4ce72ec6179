package queries

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/trefoil-sql/trefoil/internal/catalog"
	"github.com/trefoil-sql/trefoil/internal/pgtest"
	"github.com/trefoil-sql/trefoil/internal/source"
)

// leastOwn is how many queries of the project's own there are at the least.
const leastOwn = 1000

// ownQueries reads the queries of a folder of testdata, in order of file and place.
func ownQueries(t *testing.T, folder string) []Own {
	t.Helper()
	paths, err := filepath.Glob(filepath.Join("testdata", folder, "*.sql"))
	require.NoError(t, err)
	require.NotEmpty(t, paths)
	var out []Own
	for _, path := range paths {
		text, err := os.ReadFile(path)
		require.NoError(t, err)
		queries, err := Expand(folder+"/"+filepath.Base(path), string(text))
		require.NoError(t, err)
		out = append(out, queries...)
	}
	return out
}

// rich is testdata/schema.sql on both sides.
func rich(t *testing.T) (*catalog.Catalog, *Server) {
	t.Helper()
	text, err := os.ReadFile("testdata/schema.sql")
	require.NoError(t, err)
	db := pgtest.New(t)
	db.Exec(t, string(text))
	cat, _, err := catalog.Load([]*source.File{source.NewFile("schema.sql", string(text))})
	require.NoError(t, err)
	return cat, NewServer(db.Conn(context.Background()))
}

// analyseAll analyses statements, given as one file.
func analyseAll(t *testing.T, cat *catalog.Catalog, sqls []string) []catalog.Analysed {
	t.Helper()
	got := cat.Analyse(source.NewFile("queries.sql", strings.Join(sqls, ";\n")+";\n"), "")
	require.Len(t, got, len(sqls), "the file is not cut at its semicolons")
	for i, a := range got {
		require.Equal(t, sqls[i], a.Span.Text())
	}
	return got
}

// analyseEach analyses statements that need not parse, each as a file of its own.
func analyseEach(t *testing.T, cat *catalog.Catalog, sqls []string) []catalog.Analysed {
	t.Helper()
	var out []catalog.Analysed
	for _, sql := range sqls {
		got := cat.Analyse(source.NewFile("query.sql", sql), "")
		require.Len(t, got, 1, sql)
		out = append(out, got[0])
	}
	return out
}

type analyser func(*testing.T, *catalog.Catalog, []string) []catalog.Analysed

// compareOwn describes queries on both sides, and counts into the tally those that are the same.
func compareOwn(t *testing.T, folder string, analyse analyser, check func(o Own, server Description) string) *Tally {
	cat, server := rich(t)
	queries := slices.DeleteFunc(ownQueries(t, folder), func(o Own) bool { return pgtest.ServerVersion(t)/10000 < o.From })
	sqls := make([]string, len(queries))
	for i, o := range queries {
		sqls[i] = o.SQL
	}
	analysed := analyse(t, cat, sqls)
	tally := NewTally(t, folder)
	for i, o := range queries {
		there, err := server.Describe(context.Background(), o.SQL)
		require.NoError(t, err)
		if wrong := check(o, there); wrong != "" {
			t.Errorf("%s:%d: %s\n%s", o.File, o.Line, wrong, o.SQL)
		}
		tally.Add(fmt.Sprintf("%s:%d", o.File, o.Line), o.SQL, Differences(Describe(cat, analysed[i]), there))
	}
	return tally
}

// TestOwnQueries: the analysis of each of the project's own queries says what the server says.
func TestOwnQueries(t *testing.T) {
	tally := compareOwn(t, "own", analyseAll, func(_ Own, server Description) string {
		if len(server.Refused) > 0 {
			return "the server refuses it with " + server.Refused[0]
		}
		return ""
	})
	tally.Report(t, 1)
}

// TestRefusedQueries: what the server refuses, the analysis refuses with the same SQLSTATE.
func TestRefusedQueries(t *testing.T) {
	tally := compareOwn(t, "refused", analyseEach, func(_ Own, server Description) string {
		if len(server.Refused) == 0 {
			return "the server accepts it"
		}
		return ""
	})
	tally.Report(t, 1)
}

// TestOwnQueriesAreMany: there are as many queries as promised, and none twice.
func TestOwnQueriesAreMany(t *testing.T) {
	for _, folder := range []string{"own", "refused"} {
		seen := map[string]string{}
		made := 0
		queries := ownQueries(t, folder)
		for _, o := range queries {
			at := fmt.Sprintf("%s:%d", o.File, o.Line)
			key := strings.Join(strings.Fields(o.SQL), " ")
			assert.Empty(t, seen[key], "%s is a query twice: %s", at, o.SQL)
			seen[key] = at
			if o.Template {
				made++
			}
		}
		t.Logf("%s: %d queries, %d of them of templates", folder, len(queries), made)
		if folder == "own" {
			assert.GreaterOrEqual(t, len(queries), leastOwn)
		}
	}
}

// TestExpand: choices are combined, and places and versions are kept.
func TestExpand(t *testing.T) {
	got, err := Expand("f.sql", "SELECT 1;\n-- from 16\nSELECT «a¦b||c» + «'{1}'¦»;\n")
	require.NoError(t, err)
	assert.Equal(t, []Own{
		{File: "f.sql", Line: 1, SQL: "SELECT 1"},
		{File: "f.sql", Line: 2, SQL: "SELECT a + '{1}'", From: 16, Template: true},
		{File: "f.sql", Line: 2, SQL: "SELECT a +", From: 16, Template: true},
		{File: "f.sql", Line: 2, SQL: "SELECT b||c + '{1}'", From: 16, Template: true},
		{File: "f.sql", Line: 2, SQL: "SELECT b||c +", From: 16, Template: true},
	}, got)
}
