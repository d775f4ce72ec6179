package query

import (
	"runtime"

	"golang.org/x/sync/errgroup"

	"github.com/trefoil-sql/trefoil/internal/catalog"
	"github.com/trefoil-sql/trefoil/internal/source"
)

// Queries are independent reads of one catalog, which changes none of what it is asked for: so they are analysed and
// described side by side. What comes of each has its place, whichever is ready first.

// atOnce is how many queries one turn describes: a turn for each would cost more than it gains.
const atOnce = 16

// sideBySide calls do for 0 to n-1 in turns of some, several at the same time.
func sideBySide(n, atOnce int, do func(i int)) {
	var group errgroup.Group
	group.SetLimit(runtime.GOMAXPROCS(0))
	for from := 0; from < n; from += atOnce {
		group.Go(func() error {
			for i := from; i < min(from+atOnce, n); i++ {
				do(i)
			}
			return nil
		})
	}
	_ = group.Wait() // no turn fails
}

// files are the query files of the queries whose places are known, each once.
func (in Input) files() []*source.File {
	var out []*source.File
	seen := map[*source.File]bool{nil: true}
	for _, q := range in.Queries {
		if f := q.Span.File; !seen[f] {
			seen[f] = true
			out = append(out, f)
		}
	}
	return out
}

// analysed are the analysed statements of query files. What is known of a file is kept.
func (in Input) analysed(files []*source.File) map[*source.File][]catalog.Analysed {
	found := make([][]catalog.Analysed, len(files))
	sideBySide(len(files), 1, func(i int) {
		var known bool
		if found[i], known = in.statements[files[i]]; !known {
			found[i] = in.Catalog.Analyse(files[i], in.DefaultSchema)
		}
	})
	out := make(map[*source.File][]catalog.Analysed, len(files))
	for i, f := range files {
		out[f] = found[i]
	}
	return out
}
