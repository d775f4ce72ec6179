package catalog

import (
	"fmt"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/trefoil-sql/trefoil/internal/migration"
	"github.com/trefoil-sql/trefoil/internal/source"
	"github.com/trefoil-sql/trefoil/test/bench/project"
)

// sizes are how many tables the benchmarks' projects have. The cost per table is to be the same in each.
var sizes = []int{100, 1000}

// projectFiles are the migrations of a synthetic project.
func projectFiles(tb testing.TB, tables int) []*source.File {
	tb.Helper()
	dir := tb.TempDir()
	require.NoError(tb, project.Write(dir, tables))
	files, _, err := migration.Read(filepath.Join(dir, "migrations"), []string{"."}, migration.Options{})
	require.NoError(tb, err)
	require.NotEmpty(tb, files)
	return files
}

// BenchmarkParse is what the parser alone takes of BenchmarkLoad.
func BenchmarkParse(b *testing.B) {
	for _, n := range sizes {
		files := projectFiles(b, n)
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				for _, f := range files {
					parseFile(f)
				}
			}
		})
	}
}

// BenchmarkLoad replays the migrations of a synthetic project.
func BenchmarkLoad(b *testing.B) {
	for _, n := range sizes {
		files := projectFiles(b, n)
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				_, _, err := Load(files)
				require.NoError(b, err)
			}
		})
	}
}
