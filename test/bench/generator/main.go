// Command generator measures how long trefoil takes, and prints it as the section of docs/benchmarks.md of that name: the
// whole process and its stages beside sqlc alone and the bare parser on the same input, on synthetic projects of several
// sizes and on the largest of the corpora.
package main

import (
	"cmp"
	"flag"
	"fmt"
	"os"
	"path/filepath"

	"github.com/trefoil-sql/trefoil/test/bench/project"
)

var sizes = []int{10, 100, 1000, 3000}

func main() {
	trefoil := flag.String("trefoil", cmp.Or(os.Getenv("TREFOIL_BENCH_BINARY"), "bin/trefoil"), "the trefoil to measure")
	corpora := flag.String("corpora", os.Getenv("TREFOIL_CORPORA"), "the folder of real migrations; default ../shared/corpora")
	largest := flag.Int("largest", sizes[len(sizes)-1], "leave sizes above this one out")
	flag.Parse()
	if *corpora == "" {
		*corpora = filepath.Join("..", "shared", "corpora")
	}
	if err := run(*trefoil, *corpora, *largest); err != nil {
		fmt.Fprintln(os.Stderr, "generator:", err)
		os.Exit(1)
	}
}

func run(trefoil, corpora string, largest int) error {
	dir, err := os.MkdirTemp("", "trefoil-bench-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	if trefoil, err = filepath.Abs(trefoil); err != nil {
		return err
	}
	b := &bench{trefoil: trefoil, dir: dir}
	var r report
	if r.version, r.start, err = b.version(); err != nil {
		return err
	}
	for _, n := range sizes {
		if n > largest {
			continue
		}
		at := filepath.Join(dir, fmt.Sprint(n))
		if err := project.Write(at, n); err != nil {
			return err
		}
		row, err := b.measure(at, runsFor(n))
		if err != nil {
			return fmt.Errorf("%d tables: %w", n, err)
		}
		row.name = fmt.Sprintf("%d tables", n)
		r.rows = append(r.rows, row)
	}
	corpus, err := largestCorpus(corpora, filepath.Join(dir, "corpus"))
	if err != nil {
		return err
	}
	if corpus != "" {
		row, err := b.measure(filepath.Join(dir, "corpus"), runsFor(100))
		if err != nil {
			return fmt.Errorf("%s: %w", corpus, err)
		}
		row.name = corpus
		r.corpus = &row
	}
	r.print(os.Stdout)
	return nil
}

// runsFor is how often each thing is done: the least of all runs counts.
func runsFor(tables int) int {
	switch {
	case tables > 1000:
		return 2
	case tables > 100:
		return 5
	}
	return 7
}
