// Command bench runs the benchmarks and writes their tables into docs/benchmarks.md. Each section of that document stands
// between markers of its name and is what the program of that name below test/bench prints.
package main

import (
	"bytes"
	"flag"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
)

const document = "docs/benchmarks.md"

var sections = []string{"generator", "clients"}

func main() {
	trefoil := flag.String("trefoil", "bin/trefoil", "the trefoil to measure")
	only := flag.String("only", "", "the one section to run: "+strings.Join(sections, " or "))
	flag.Parse()
	if err := run(*trefoil, *only); err != nil {
		fmt.Fprintln(os.Stderr, "bench:", err)
		os.Exit(1)
	}
}

func run(trefoil, only string) error {
	trefoil, err := filepath.Abs(trefoil)
	if err != nil {
		return err
	}
	for _, section := range sections {
		dir := "./test/bench/" + section
		if _, err := os.Stat(dir); err != nil || only != "" && only != section {
			continue
		}
		table, err := output(dir, trefoil)
		if err != nil {
			return fmt.Errorf("%s: %w", section, err)
		}
		if err := put(section, table); err != nil {
			return err
		}
	}
	return nil
}

// output runs one section's program, which prints its tables as Markdown. They are shown as they come.
func output(dir, trefoil string) ([]byte, error) {
	var out bytes.Buffer
	cmd := exec.Command("go", "run", dir)
	cmd.Env = append(os.Environ(), "TREFOIL_BENCH_BINARY="+trefoil)
	cmd.Stdout, cmd.Stderr = io.MultiWriter(os.Stdout, &out), os.Stderr
	err := cmd.Run()
	return out.Bytes(), err
}

// put replaces a section of the document.
func put(section string, table []byte) error {
	text, err := os.ReadFile(document)
	if err != nil {
		return err
	}
	begin, end := []byte("<!-- "+section+" -->\n"), []byte("<!-- /"+section+" -->\n")
	from, to := bytes.Index(text, begin), bytes.Index(text, end)
	if from < 0 || to < from {
		return fmt.Errorf("%s has no section between %s and %s", document, bytes.TrimSpace(begin), bytes.TrimSpace(end))
	}
	from += len(begin)
	replaced := append(append(append([]byte{}, text[:from]...), table...), text[to:]...)
	return os.WriteFile(document, replaced, 0o644)
}
