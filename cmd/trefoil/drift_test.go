package main

import (
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/trefoil-sql/trefoil/internal/generate"
	"github.com/trefoil-sql/trefoil/internal/source"
)

// many are n files of which every line has changed.
func many(n, lines int) []generate.Drift {
	var drifts []generate.Drift
	for i := range n {
		drifts = append(drifts, generate.Drift{
			Path: fmt.Sprintf("gen/%d.ts", i), Kind: "changed",
			Have: []byte(strings.Repeat("old\n", lines)), Want: []byte(strings.Repeat("new\n", lines)),
		})
	}
	return drifts
}

func TestDiffsAreCut(t *testing.T) {
	for _, tc := range []struct {
		name         string
		drifts       []generate.Drift
		limit, lines int
		says         []string
	}{
		{"whole", many(1, 10), 50, 21, nil},
		{"a long file", many(1, 100), 50, 50, []string{"… 151 more lines of this diff cut; see --diff-lines"}},
		{"many files", many(20, 100), 50, maxDiff, []string{"… the diffs of 10 more files are not shown"}},
		{"a file at the end", many(2, 1000), 480, maxDiff, []string{"… 1521 more lines", "… 1981 more lines"}},
		{"none", many(3, 10), 0, 0, nil},
	} {
		t.Run(tc.name, func(t *testing.T) {
			var out strings.Builder
			f := checkFlags{diffLines: tc.limit}
			require.NoError(t, f.printDrifts(streams{err: &out}, tc.drifts))
			shown := 0
			for line := range strings.Lines(out.String()) {
				if strings.HasPrefix(line, "@@") || line == "-old\n" || line == "+new\n" {
					shown++
				}
			}
			assert.Equal(t, tc.lines, shown)
			for _, text := range tc.says {
				assert.Contains(t, out.String(), text)
			}
			assert.Equal(t, tc.says == nil, !strings.Contains(out.String(), "…"))
			assert.Equal(t, len(tc.drifts), strings.Count(out.String(), "changed  gen/"))
			assert.True(t, strings.HasSuffix(out.String(), "from the schema; run: trefoil generate\n"), out.String())
		})
	}
}

// TestADiffDoesNotMoveTheCursor: the file that was committed can hold anything.
func TestADiffDoesNotMoveTheCursor(t *testing.T) {
	var out strings.Builder
	f := checkFlags{diffLines: 50}
	require.NoError(t, f.printDrifts(streams{err: &out}, []generate.Drift{{
		Path: "a", Kind: generate.Edited, Have: []byte("\x1b[2J\tx\r\n"), Want: []byte("y\n"),
	}}))
	assert.Contains(t, out.String(), "-\ufffd[2J\tx\ufffd\n+y\n")
}

// TestOneAnnotationForEachPlace: files that have drifted for one reason are told together.
func TestOneAnnotationForEachPlace(t *testing.T) {
	file := source.NewFile("schema/1.sql", "create table a;\n")
	locate := func() source.Span { return source.Span{File: file, Start: 13, End: 14} }
	f := checkFlags{flags: flags{Options: generate.Options{Dir: "sub dir"}}}
	drifts := []generate.Drift{
		{Path: "gen/a.ts", Kind: "changed", Locate: locate}, {Path: "gen/b.ts", Kind: "stale", Have: []byte("x")},
		{Path: "gen/c.py", Kind: "missing", Locate: locate},
	}
	var out strings.Builder
	for _, a := range f.annotations(drifts) {
		require.NoError(t, a.Write(&out))
	}
	assert.Equal(t, "::error file=sub dir/schema/1.sql,line=1,col=14,endColumn=15,title=trefoil check::"+
		"sub dir/gen/a.ts is changed%0Asub dir/gen/c.py is missing%0Arun: trefoil generate -C 'sub dir'\n"+
		"::error file=sub dir/gen/b.ts,line=1,title=trefoil check::sub dir/gen/b.ts is stale%0Arun: trefoil generate -C 'sub dir'\n", out.String())
	assert.Len(t, f.annotations(many(80, 1)), maxAnnotations)
}
