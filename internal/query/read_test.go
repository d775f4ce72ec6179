package query_test

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
	"golang.org/x/tools/txtar"

	"github.com/trefoil-sql/trefoil/internal/catalog"
	"github.com/trefoil-sql/trefoil/internal/config"
	"github.com/trefoil-sql/trefoil/internal/migration"
	"github.com/trefoil-sql/trefoil/internal/model"
	"github.com/trefoil-sql/trefoil/internal/query"
	"github.com/trefoil-sql/trefoil/internal/sqlc"
	"github.com/trefoil-sql/trefoil/test/bench/project"
	"github.com/trefoil-sql/trefoil/test/corpora"
)

// tally counts queries that sqlc has analysed, and how many of them were read as well.
type tally struct{ read, all int }

// compare holds the queries of a project that can be read against sqlc's analysis of them: what they are called, their
// comments and places, and the names and order of what they return and take.
func (n *tally) compare(t *testing.T, dir string) {
	t.Helper()
	cfg, err := config.Load(dir, "")
	if err != nil {
		return
	}
	for _, entry := range cfg.SQL {
		files, _, err := migration.Read(cfg.Dir, slices.Concat(cfg.Shared.Prelude, entry.Schema), migration.Options{Layout: cfg.Shared.Layout})
		if err != nil || len(entry.Queries) == 0 {
			continue
		}
		cat, _, err := catalog.Load(files)
		if err != nil {
			continue
		}
		in := sqlc.Input{
			Config: cfg, SQL: entry, Catalog: cat, WantQueries: true,
			Enums: model.Lower(cfg, entry, model.ValueLists(cat, cfg.Shared.DefaultSchema)),
		}
		in.Queries = sqlc.ReadQueries(in)
		if told, _, err := sqlc.Run(context.Background(), in); err == nil {
			n.queries(t, in, told.Queries)
		}
	}
}

func (n *tally) queries(t *testing.T, in sqlc.Input, told []sqlc.Query) {
	t.Helper()
	n.all += len(told)
	named, ok := in.Queries.Named()
	if !ok {
		return
	}
	require.Len(t, named, len(told))
	byName := map[string]sqlc.Query{}
	for i, q := range told {
		assert.Equal(t, q.Name, named[i].Name, "the order")
		byName[q.Name] = q
	}
	read := query.ReadEach(query.Input{Catalog: in.Catalog, DefaultSchema: in.Config.Shared.DefaultSchema, Enums: in.Enums}, named)
	n.read += len(read)
	for _, q := range read {
		assert.Equal(t, summary(byName[q.Name]), summary(q), "query %s", q.Name)
	}
}

// summary is what is read of a query.
func summary(q sqlc.Query) string {
	var b strings.Builder
	fmt.Fprintln(&b, q.Name, q.Cmd, q.File, q.Span, q.NameSpan)
	for _, c := range q.Comments {
		fmt.Fprintf(&b, "comment %q\n", c)
	}
	if q.InsertInto != nil {
		fmt.Fprintln(&b, "into", *q.InsertInto)
	}
	for _, c := range q.Columns {
		if c.Embed != nil {
			fmt.Fprintln(&b, "embed", *c.Embed)
			continue
		}
		fmt.Fprintf(&b, "column %q\n", c.Name)
	}
	for _, p := range q.Params {
		fmt.Fprintf(&b, "parameter %d %q\n", p.Number, p.Column.Name)
	}
	return b.String()
}

func TestReadQueriesOfGoldenCases(t *testing.T) {
	paths, err := filepath.Glob("../../test/golden/testdata/*.txtar")
	require.NoError(t, err)
	var n tally
	for _, p := range paths {
		archive, err := txtar.ParseFile(p)
		require.NoError(t, err)
		dir := t.TempDir()
		for _, f := range archive.Files {
			if !strings.HasPrefix(f.Name, "want/") {
				write(t, dir, f.Name, string(f.Data))
			}
		}
		n.compare(t, dir)
	}
	t.Logf("read %d of %d queries", n.read, n.all)
	assert.Greater(t, n.read, n.all/2)
}

// TestReadQueriesOfProjects: all queries of the repository's own project and of a synthetic one are read.
func TestReadQueriesOfProjects(t *testing.T) {
	var n tally
	n.compare(t, "../..")
	dir := t.TempDir()
	require.NoError(t, project.Write(dir, 40))
	n.compare(t, dir)
	assert.Positive(t, n.all)
	assert.Equal(t, n.all, n.read)
}

const corpusConfig = `version: "2"
sql:
  - engine: postgresql
    schema: migrations
    queries: queries
    gen: {go: {package: db, out: gen/go, sql_package: pgx/v5}}
`

// TestReadQueriesOfCorpora: the queries of real projects.
func TestReadQueriesOfCorpora(t *testing.T) {
	var n tally
	for _, name := range corpora.SqlcProjects {
		before := n
		n.compare(t, corpora.SqlcProject(t, name, corpusConfig))
		t.Logf("%s: read %d of %d queries", name, n.read-before.read, n.all-before.all)
		assert.Greater(t, n.read, before.read, name)
	}
}

func write(t *testing.T, dir, name, text string) {
	t.Helper()
	p := filepath.Join(dir, filepath.FromSlash(name))
	require.NoError(t, os.MkdirAll(filepath.Dir(p), 0o755))
	require.NoError(t, os.WriteFile(p, []byte(text), 0o644))
}
