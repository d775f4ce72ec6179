package sqlc

import (
	"context"
	"math/rand/v2"
	"os"
	"slices"
)

// Whole runs sqlc on everything at once.
func Whole(ctx context.Context, in Input) (*Result, error) {
	return with(in, func(r *runner) (*Result, error) { return r.whole(ctx, len(in.SQL.Queries) == 0) })
}

// small has parts for all that can be apart.
var small = sizes{part: 1, tables: 2}

// EachFile has a part for every file, as far as files may be apart. The result is nil where there are no parts.
func EachFile(ctx context.Context, in Input) (*Result, error) {
	return with(in, func(r *runner) (*Result, error) {
		groups, ok := r.groups(small)
		if !ok {
			return nil, nil
		}
		return r.inParts(ctx, groups, small)
	})
}

// Dealt deals the files out to parts at random, in any order.
func Dealt(ctx context.Context, in Input, random *rand.Rand) (*Result, error) {
	return with(in, func(r *runner) (*Result, error) {
		if _, ok := r.groups(small); !ok {
			return nil, nil
		}
		var groups []group
		if len(in.SQL.Queries) > 0 {
			units := unitsOf(r.files)
			random.Shuffle(len(units), func(i, j int) { units[i], units[j] = units[j], units[i] })
			groups = grouped(units, 1+random.IntN(10))
		}
		return r.inParts(ctx, groups, sizes{tables: 2 + random.IntN(max(1, len(in.Catalog.Relations)-2))})
	})
}

// Parts is how many parts Run would make.
func Parts(in Input) int {
	r := &runner{in: in, files: ReadQueries(in).files}
	groups, _ := r.groups(usual)
	return len(groups)
}

func with(in Input, do func(*runner) (*Result, error)) (*Result, error) {
	read := ReadQueries(in)
	if err := read.errs.Err(); err != nil {
		return nil, err
	}
	dir, err := os.MkdirTemp("", "trefoil-sqlc-")
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(dir)
	files := slices.Clone(read.files)
	if len(in.SQL.Queries) == 0 {
		files = []queryFile{placeholder}
	}
	return do(&runner{in: in, dir: dir, files: files, declared: declare(in)})
}
