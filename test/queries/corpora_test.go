package queries

import (
	"context"
	"slices"
	"testing"

	"github.com/jackc/pgx/v5"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/trefoil-sql/trefoil/internal/catalog"
	"github.com/trefoil-sql/trefoil/internal/catalog/catalogtest"
	"github.com/trefoil-sql/trefoil/internal/pgtest"
	"github.com/trefoil-sql/trefoil/internal/source"
	"github.com/trefoil-sql/trefoil/test/effort"
)

// leastOfCorpora is the share of the corpora's queries that must be the server's.
const leastOfCorpora = 0.97

// TestCorporaQueries: the analysis of the real projects' queries says what the server says.
func TestCorporaQueries(t *testing.T) {
	for _, p := range Projects(t) {
		t.Run(p.Name, func(t *testing.T) {
			ctx := context.Background()
			db := pgtest.New(t)
			conn := db.Conn(ctx)
			for _, f := range p.Schema {
				require.NoError(t, catalogtest.ApplyFile(ctx, conn, f))
			}
			cat, _, err := catalog.Load(p.Schema)
			require.NoError(t, err)
			server := NewServer(db.Conn(ctx))
			tally := NewTally(t, p.Name)
			for _, f := range p.Files {
				compareFile(t, cat, server, f, tally)
			}
			tally.Report(t, leastOfCorpora)
		})
	}
}

// compareFile counts the queries of a file.
func compareFile(t *testing.T, cat *catalog.Catalog, server *Server, f *source.File, tally *Tally) {
	t.Helper()
	statements, err := catalogtest.Split(f.Text)
	require.NoError(t, err, f.Path)
	names := Names(f, statements)
	analysed := cat.Analyse(f, "")
	require.Len(t, analysed, len(statements), f.Path)
	for i, s := range statements {
		rewritten, err := Rewrite(s.SQL)
		require.NoError(t, err, names[i])
		there, err := server.Describe(context.Background(), rewritten.SQL)
		require.NoError(t, err, names[i])

		ours := Describe(cat, analysed[i])
		if q := analysed[i].Query; q != nil {
			checkUses(t, names[i], q)
			ours.Params = ByName(q, rewritten.Names, ours.Params)
		}
		tally.Add(names[i], rewritten.SQL, Differences(ours, there))
	}
}

// checkUses: the places of a parameter's uses are such uses, and all names are found in them.
func checkUses(t *testing.T, at string, q *catalog.Query) {
	t.Helper()
	for _, p := range q.Params {
		assert.NotEmpty(t, p.Uses, "%s: parameter %d", at, p.Number)
		for _, use := range p.Uses {
			r, err := Rewrite(use.Text())
			if assert.NoError(t, err, at) && p.Name != "" {
				assert.Equal(t, Rewritten{"$1", []string{p.Name}}, r, "%s: %q is no use of %s", at, use.Text(), p.Name)
			}
		}
	}
}

// longHistory is the number of migrations from which on a project is only for CI here: applying them takes longest.
const longHistory = 100

// TestCorporaViews: the analysed queries of the corpora's views have the columns that the server has.
func TestCorporaViews(t *testing.T) {
	tally := NewTally(t, "views")
	for _, c := range catalogtest.Projects {
		ctx := context.Background()
		files := c.Files(t)
		if !effort.InCI() && len(files) > longHistory {
			continue
		}
		cat, _, err := catalog.Load(files)
		require.NoError(t, err)
		views := slices.DeleteFunc(slices.Clone(cat.Relations), func(r catalog.Relation) bool {
			return r.Kind != catalog.View && r.Kind != catalog.MaterializedView
		})
		if len(views) == 0 {
			continue
		}
		db := pgtest.New(t)
		conn := db.Conn(ctx)
		for _, f := range files {
			require.NoError(t, catalogtest.ApplyFile(ctx, conn, f))
		}
		server := NewServer(db.Conn(ctx))
		for _, r := range views {
			compareView(t, c.Name, cat, server, r, tally)
		}
	}
	tally.Report(t, leastOfCorpora)
}

func compareView(t *testing.T, corpus string, cat *catalog.Catalog, server *Server, r catalog.Relation, tally *Tally) {
	t.Helper()
	at := corpus + " " + r.Name.String()
	there, err := server.Describe(context.Background(), "TABLE "+quoted(r.Name))
	require.NoError(t, err, at)
	require.Empty(t, there.Refused, at)
	query := cat.View(r.Name)
	if query == nil {
		tally.Add(at, r.Definition, []string{"there is no query"})
		return
	}
	ours := Describe(cat, catalog.Analysed{Query: query})
	for i := range min(len(ours.Columns), len(r.Columns)) {
		ours.Columns[i].Name = r.Columns[i].Name // CREATE VIEW v (a, b) names them anew
	}
	tally.Add(at, r.Definition, Differences(ours, there))
}

func quoted(n catalog.Name) string { return pgx.Identifier{n.Schema, n.Name}.Sanitize() }
