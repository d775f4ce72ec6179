package sqlc

import (
	"context"
	"math/rand/v2"
	"os"
	"slices"
)

// Whole runs sqlc on everything at once.
func Whole(ctx context.Context, in Input) (*Result, error) {
	return with(in, func(r *runner) (*Result, error) { return r.whole(ctx, false) })
}

// EachFile has a part for every file, as far as files may be apart. The result is nil where there are no parts.
func EachFile(ctx context.Context, in Input) (*Result, error) {
	return with(in, func(r *runner) (*Result, error) { return r.inParts(ctx, r.groups(sizes{part: 1})) })
}

// Dealt deals the files out to parts at random, in any order.
func Dealt(ctx context.Context, in Input, random *rand.Rand) (*Result, error) {
	return with(in, func(r *runner) (*Result, error) {
		if r.groups(sizes{part: 1}) == nil {
			return nil, nil
		}
		units := unitsOf(r.files)
		random.Shuffle(len(units), func(i, j int) { units[i], units[j] = units[j], units[i] })
		return r.inParts(ctx, grouped(units, 1+random.IntN(10)))
	})
}

// Parts is how many parts Run would make.
func Parts(in Input) int {
	r := &runner{in: in, files: ReadQueries(in).files}
	return len(r.groups(usual))
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
	return do(&runner{in: in, dir: dir, files: slices.Clone(read.files), declared: declare(in)})
}
