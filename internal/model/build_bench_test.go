package model_test

import (
	"fmt"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/trefoil-sql/trefoil/internal/catalog"
	"github.com/trefoil-sql/trefoil/internal/config"
	"github.com/trefoil-sql/trefoil/internal/migration"
	"github.com/trefoil-sql/trefoil/internal/model"
	"github.com/trefoil-sql/trefoil/internal/naming"
	"github.com/trefoil-sql/trefoil/internal/query"
	"github.com/trefoil-sql/trefoil/internal/sqlc"
	"github.com/trefoil-sql/trefoil/test/bench/project"
)

// projectInput is what the models of a synthetic project are built from.
func projectInput(b *testing.B, tables int) model.Input {
	b.Helper()
	dir := b.TempDir()
	require.NoError(b, project.Write(dir, tables))
	cfg, err := config.Load(dir, "")
	require.NoError(b, err)
	entry := cfg.SQL[0]
	files, _, err := migration.Read(dir, entry.Schema, migration.Options{})
	require.NoError(b, err)
	cat, _, err := catalog.Load(files)
	require.NoError(b, err)
	views := query.Views(cat)
	cat = query.Settled(cat, views)
	in := model.Input{
		Config: cfg, Entry: entry, Catalog: cat, Views: views,
		Checks: model.CompileChecks(cat),
	}
	in.Lists = model.ListsOfViews(in.Checks.ValueLists(cfg.Shared.DefaultSchema), views)
	read, unread, ok := query.Read(query.Input{
		Catalog: cat, DefaultSchema: cfg.Shared.DefaultSchema, Enums: model.Lower(cfg, entry, in.Lists),
	}, sqlc.ReadQueries(sqlc.Input{Config: cfg, SQL: entry}), true)
	require.True(b, ok)
	require.Empty(b, unread)
	queries, list := query.Build(read)
	require.NoError(b, list.Err())
	in.Queries = queries
	return in
}

// BenchmarkBuild builds the models of a synthetic project for its three targets.
func BenchmarkBuild(b *testing.B) {
	for _, n := range []int{100, 1000} {
		plain := projectInput(b, n)
		targets := []model.Input{plain, plain, plain}
		targets[0].Language, targets[1].Language, targets[2].Language = naming.Go, naming.TypeScript, naming.Python
		for i, t := range plain.Entry.Targets {
			targets[1+i].Options = t.Options
		}
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				for _, in := range targets {
					_, _, err := model.Build(in)
					require.NoError(b, err)
				}
			}
		})
	}
}
