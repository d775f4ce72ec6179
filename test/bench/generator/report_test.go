package main

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/trefoil-sql/trefoil/test/bench/project"
	"github.com/trefoil-sql/trefoil/test/corpora"
)

func of(ms int) took {
	d := time.Duration(ms) * time.Millisecond
	return took{wall: d, cpu: d, memory: 100 << 20}
}

func sized(tables, generate int) row {
	return row{
		name: fmt.Sprintf("%d tables", tables), tables: tables, queries: 2 * tables, ddl: 400 * tables, parse: time.Duration(tables) * 100 * time.Microsecond,
		sqlc: of(2 * tables), first: of(generate), generate: of(generate), check: of(generate), unchanged: of(50), modelOnly: of(tables / 2),
		stages: []stage{{"catalog", time.Millisecond}, {"sqlc", 2 * time.Millisecond}},
	}
}

func TestReport(t *testing.T) {
	r := report{version: "trefoil  v1\nsqlc     v2\n", start: of(20), rows: []row{sized(1000, 1000), sized(3000, 9000)}}
	var b bytes.Buffer
	r.print(&b)
	for _, want := range []string{
		"trefoil v1, sqlc v2, go",
		"| 1000 tables | 1000 | 2000 | 400 KB | 100 | 2000 (2000) | 1000 (1000) | 0.50 |",
		"| Project | catalog | sqlc |\n|---|--:|--:|\n| 1000 tables | 1.0 | 2.0 |",
		"| 1000 tables | 3000 tables | 2.00 | 1.00 |",
		"| `trefoil version` in at most 30 ms | 20 ms | yes |",
		"| 1,000 tables: all in at most 0.7 of sqlc's time for Go alone | 0.50 | yes |",
		"| 1,000 tables: models only in at most 4 times the bare parse | 5.0 | no |",
		"| 3,000 tables: an exponent of growth of at most 1.1 | 2.00 | no |",
		"| 3,000 tables: less than 600 MB of memory | 100 MB | yes |",
	} {
		assert.Contains(t, b.String(), want)
	}
}

// TestLeastOfSeveralRuns, save for memory, of which the most counts.
func TestLeastOfSeveralRuns(t *testing.T) {
	var least took
	for _, ms := range []int{30, 10, 20} {
		least = least.least(took{wall: time.Duration(ms), cpu: time.Duration(100 - ms), memory: int64(ms)})
	}
	assert.Equal(t, took{wall: 10, cpu: 70, memory: 30}, least)
	stages := leastStages(nil, []byte("config          0.2 ms\nsqlc          104.1 ms\nnote: 3 ms\n"))
	stages = leastStages(stages, []byte("config          0.3 ms\nsqlc           99.5 ms\n"))
	assert.Equal(t, []stage{{"config", 200 * time.Microsecond}, {"sqlc", 99500 * time.Microsecond}}, stages)
}

func TestInputs(t *testing.T) {
	at := filepath.Join(t.TempDir(), "p")
	require.NoError(t, project.Write(at, 30))
	var r row
	require.NoError(t, counts(at, &r))
	assert.Equal(t, 32, r.tables, "tables and views")
	assert.Equal(t, 60, r.queries)
	_, err := parseAll(at)
	require.NoError(t, err)
	to := filepath.Join(t.TempDir(), "s")
	require.NoError(t, os.Mkdir(to, 0o755))
	require.NoError(t, writeForSqlc(at, to))
	assert.FileExists(t, filepath.Join(to, "sqlc.yaml"))
	assert.FileExists(t, filepath.Join(to, "schema.sql"))

	root := corpora.Dir(t)
	to = filepath.Join(t.TempDir(), "c")
	name, err := largestCorpus(root, to)
	require.NoError(t, err)
	assert.NotEmpty(t, name)
	require.NoError(t, counts(to, &r))
	assert.Greater(t, r.tables, 50)
}
