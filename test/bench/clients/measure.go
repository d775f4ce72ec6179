package main

import (
	"bytes"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"time"
)

// cost is what one process took.
type cost struct {
	wall time.Duration
	out  string // its standard output
}

// best runs a command so many times and gives the run that took the least time.
func best(repeats int, dir, name string, args ...string) (cost, error) {
	var least cost
	for i := range repeats {
		c, err := measured(dir, name, args...)
		if err != nil {
			return c, err
		}
		if i == 0 || c.wall < least.wall {
			least = c
		}
	}
	return least, nil
}

func measured(dir, name string, args ...string) (cost, error) {
	cmd := exec.Command(name, args...)
	var stdout, stderr bytes.Buffer
	cmd.Dir, cmd.Stdout, cmd.Stderr = dir, &stdout, &stderr
	// Byte code is what a program is started from again and again.
	cmd.Env = append(os.Environ(), "PYTHONDONTWRITEBYTECODE=")
	start := time.Now()
	err := cmd.Run()
	c := cost{wall: time.Since(start), out: stdout.String()}
	if err != nil {
		return c, fmt.Errorf("%s %s: %w\n%s%s", name, strings.Join(args, " "), err, firstLines(stdout.String()), stderr.String())
	}
	return c, nil
}

func firstLines(text string) string {
	lines := strings.SplitAfterN(text, "\n", 6)
	return strings.Join(lines[:min(len(lines), 5)], "")
}

// row is one line of a table: a measure with a number for each tool, or less than 0 where a tool has nothing to measure.
type row struct {
	what    string
	unit    string
	higher  bool // whether more is better
	numbers []float64
}

// markdown writes rows beside each other, the first column being trefoil's. The last column is trefoil's number by that
// of the best other tool: below 1 is better, or above 1 where more is better.
func markdown(tools []string, rows []row) string {
	var b strings.Builder
	fmt.Fprintf(&b, "| | %s | to the best other |\n|---|%s---:|\n", strings.Join(tools, " | "), strings.Repeat("---:|", len(tools)))
	for _, r := range rows {
		fmt.Fprintf(&b, "| %s |", r.what)
		other := -1.0
		for i, n := range r.numbers {
			fmt.Fprintf(&b, " %s |", number(n, r.unit))
			if i > 0 && n >= 0 && (other < 0 || r.higher == (n > other)) {
				other = n
			}
		}
		if other > 0 {
			fmt.Fprintf(&b, " %.2f |\n", r.numbers[0]/other)
		} else {
			b.WriteString(" |\n")
		}
	}
	return b.String()
}

func number(n float64, unit string) string {
	switch {
	case n < 0:
		return ""
	case n >= 100 || n == 0 || unit == "":
		return strings.TrimSpace(fmt.Sprintf("%s %s", thousands(n), unit))
	case n >= 10:
		return fmt.Sprintf("%.1f %s", n, unit)
	}
	return fmt.Sprintf("%.2f %s", n, unit)
}

// thousands writes a whole number with a comma between each three digits.
func thousands(n float64) string {
	digits := fmt.Sprintf("%.0f", n)
	for i := len(digits) - 3; i > 0; i -= 3 {
		digits = digits[:i] + "," + digits[i:]
	}
	return digits
}

func writeAll(dir string, files map[string]string) error {
	for name, text := range files {
		path := filepath.Join(dir, name)
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			return err
		}
		if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
			return err
		}
	}
	return nil
}
