package query_test

import (
	"runtime"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/trefoil-sql/trefoil/internal/catalog"
	"github.com/trefoil-sql/trefoil/internal/config"
	"github.com/trefoil-sql/trefoil/internal/migration"
	"github.com/trefoil-sql/trefoil/internal/query"
	"github.com/trefoil-sql/trefoil/internal/sqlc"
	"github.com/trefoil-sql/trefoil/test/bench/project"
)

// BenchmarkStage reads and describes the 2,000 queries of a project of 1,000 tables, of a catalog that nothing has been
// asked of before.
func BenchmarkStage(b *testing.B) {
	dir := b.TempDir()
	require.NoError(b, project.Write(dir, 1000))
	cfg, err := config.Load(dir, "")
	require.NoError(b, err)
	entry := cfg.SQL[0]
	files, _, err := migration.Read(cfg.Dir, entry.Schema, migration.Options{Layout: cfg.Shared.Layout})
	require.NoError(b, err)
	texts := sqlc.ReadQueries(sqlc.Input{Config: cfg, SQL: entry})
	b.ReportAllocs()
	for b.Loop() {
		b.StopTimer()
		cat, _, err := catalog.Load(files)
		require.NoError(b, err)
		runtime.GC()
		b.StartTimer()
		in, unread, ok := query.Read(query.Input{Catalog: cat, DefaultSchema: cfg.Shared.DefaultSchema}, texts, true)
		require.True(b, ok)
		require.Empty(b, unread)
		queries, list := query.Build(in)
		require.NoError(b, list.Err())
		require.Len(b, queries, 2000)
	}
}
