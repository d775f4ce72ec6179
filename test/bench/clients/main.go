// Command clients measures what generated clients cost those who use them, beside what other tools give for the same
// tables, and prints a section of docs/benchmarks.md:
//
//	go run ./test/bench/clients -tables 1000
//
// It needs what `make deps` and `npm ci` in test/bench install. Progress goes to standard error.
package main

import (
	"context"
	"flag"
	"fmt"
	"os"
	"path/filepath"

	"github.com/trefoil-sql/trefoil/internal/generate"
	"github.com/trefoil-sql/trefoil/internal/output"
	"github.com/trefoil-sql/trefoil/test/bench/clients/synthetic"
)

// bench is one run.
type bench struct {
	root    string // the repository
	dir     string // where everything is written
	tables  []synthetic.Table
	repeats int
}

func main() {
	generate.Child()
	tables := flag.Int("tables", 1000, "how many tables the project has")
	repeats := flag.Int("repeats", 3, "how often each time is taken, of which the least counts")
	keep := flag.Bool("keep", false, "leave the folder of what was generated, and print its name")
	flag.Parse()
	if err := run(*tables, *repeats, *keep); err != nil {
		fmt.Fprintln(os.Stderr, "clients:", err)
		os.Exit(1)
	}
}

func run(tables, repeats int, keep bool) error {
	root, err := repository()
	if err != nil {
		return err
	}
	dir, err := os.MkdirTemp("", "trefoil-bench-")
	if err != nil {
		return err
	}
	if keep {
		fmt.Fprintln(os.Stderr, dir)
	} else {
		defer os.RemoveAll(dir)
	}
	b := &bench{root: root, dir: dir, tables: synthetic.Tables(tables), repeats: repeats}
	if err := b.generate(); err != nil {
		return err
	}
	for _, section := range []func() (string, error){b.typeScript, b.python, b.golang} {
		text, err := section()
		if err != nil {
			return err
		}
		fmt.Print(text)
	}
	return nil
}

// repository is the nearest folder above the working directory with a go.mod.
func repository() (string, error) {
	dir, err := os.Getwd()
	for ; err == nil && dir != filepath.Dir(dir); dir = filepath.Dir(dir) {
		if _, err := os.Stat(filepath.Join(dir, "go.mod")); err == nil {
			return dir, nil
		}
	}
	return "", fmt.Errorf("run this in the repository (%v)", err)
}

// generate writes trefoil's clients of the project: ts/trefoil, python/trefoil and go.
func (b *bench) generate() error {
	progress("generating with trefoil")
	project := filepath.Join(b.dir, "project")
	if err := synthetic.Write(project, len(b.tables)); err != nil {
		return err
	}
	result, err := generate.Run(context.Background(), generate.Options{Dir: project})
	if err != nil {
		return err
	}
	at := map[string]string{"zod": "ts/trefoil", "pydantic": "python/trefoil", "go": "go/db"}
	for _, target := range result.Targets {
		if _, err := (output.Target{Name: target.Name, Dir: at[target.Name], Tree: target.Tree}).Write(b.dir); err != nil {
			return err
		}
	}
	return nil
}

func progress(format string, args ...any) { fmt.Fprintf(os.Stderr, format+"\n", args...) }
