package catalog

import (
	"fmt"
	"path/filepath"
	"strings"
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

// BenchmarkDrop replays the dropping of a column of each table: each has to look for what depends on it.
func BenchmarkDrop(b *testing.B) {
	for _, n := range sizes {
		files := projectFiles(b, n)
		var text strings.Builder
		for i := 1; i < n; i++ { // the first refers to none
			fmt.Fprintf(&text, "ALTER TABLE %s DROP COLUMN parent_id CASCADE;\n", project.Table(i))
		}
		files = append(files, source.NewFile("drop.sql", text.String()))
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				_, _, err := Load(files)
				require.NoError(b, err)
			}
		})
	}
}
