package main

import (
	"fmt"
	"io"
	"math"
	"os"
	"regexp"
	"runtime"
	"slices"
	"strings"
	"time"
)

// report is all that is printed.
type report struct {
	version string
	start   took // of trefoil version
	rows    []row
	corpus  *row
}

func (r report) print(w io.Writer) {
	fmt.Fprintf(w, "%s. %s.\n\n", machine(), r.versions())
	rows := r.rows
	if r.corpus != nil {
		rows = append(slices.Clone(rows), *r.corpus)
	}
	r.printSizes(w, rows)
	printStages(w, rows)
	r.printGrowth(w)
	r.printGoals(w)
}

func (r report) printSizes(w io.Writer, rows []row) {
	fmt.Fprint(w, "Milliseconds of the clock, and in brackets of the processors. *Parse* is the bare parser on the DDL; *sqlc* is sqlc alone, for\n"+
		"Go alone, on the schema and the queries that trefoil gives it; *all* is `trefoil generate` for Go, Zod and Pydantic with\n"+
		"what it writes there already; *from nothing* writes every file; *models only* is without queries; *again* is a run on\n"+
		"inputs that have not changed. Only *again* uses the cache. Memory is that of the largest process.\n\n")
	fmt.Fprintln(w, "| Project | Tables, views | Queries | DDL | Parse | sqlc | All | All ÷ sqlc | From nothing | Models only | Models only ÷ parse | Check | Again | Memory |")
	fmt.Fprintln(w, "|---|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|")
	for _, x := range rows {
		fmt.Fprintf(w, "| %s | %d | %d | %d KB | %s | %s | %s | %.2f | %s | %s | %.1f | %s | %s | %d MB |\n",
			x.name, x.tables, x.queries, x.ddl/1000, ms(x.parse), x.sqlc, x.generate, ratio(x.generate.wall, x.sqlc.wall),
			x.first, x.modelOnly, ratio(x.modelOnly.wall, x.parse), x.check, x.unchanged, x.memory()>>20)
	}
	fmt.Fprintln(w)
}

// memory is the most that any run of trefoil took.
func (x row) memory() int64 {
	return max(x.first.memory, x.generate.memory, x.check.memory, x.modelOnly.memory, x.unchanged.memory)
}

func printStages(w io.Writer, rows []row) {
	fmt.Fprint(w, "The stages of *all*, as `generate -v` prints them. sqlc runs beside the queries and the other languages; *go* waits for it.\n\n")
	fmt.Fprint(w, "| Project |")
	for _, s := range rows[0].stages {
		fmt.Fprintf(w, " %s |", s.name)
	}
	fmt.Fprintf(w, "\n|---|%s\n", strings.Repeat("--:|", len(rows[0].stages)))
	for _, x := range rows {
		fmt.Fprintf(w, "| %s |", x.name)
		for _, column := range rows[0].stages {
			fmt.Fprintf(w, " %s |", x.stage(column.name))
		}
		fmt.Fprintln(w)
	}
	fmt.Fprintln(w)
}

// stage is how long a stage took, "" for a run without it.
func (x row) stage(name string) string {
	for _, s := range x.stages {
		if s.name == name {
			return ms(s.took)
		}
	}
	return ""
}

// printGrowth prints by which power of the tables' number the time grows from one size to the next.
func (r report) printGrowth(w io.Writer) {
	fmt.Fprint(w, "Exponents of growth from one size to the next, of the processors' time: 1 is as fast as the project, 2 is its square.\n\n")
	fmt.Fprintln(w, "| From | To | All | sqlc |\n|---|---|--:|--:|")
	for i := 1; i < len(r.rows); i++ {
		a, b := r.rows[i-1], r.rows[i]
		fmt.Fprintf(w, "| %s | %s | %.2f | %.2f |\n", a.name, b.name,
			exponent(a, b, a.generate.cpu, b.generate.cpu), exponent(a, b, a.sqlc.cpu, b.sqlc.cpu))
	}
	fmt.Fprintln(w)
}

func exponent(a, b row, from, to time.Duration) float64 {
	return math.Log(float64(to)/float64(from)) / math.Log(float64(b.queries)/float64(a.queries))
}

// printGoals holds the numbers against what trefoil is meant to keep to.
func (r report) printGoals(w io.Writer) {
	fmt.Fprintln(w, "| Goal | Measured | Holds |\n|---|--:|---|")
	line := func(goal, format string, measured, limit float64) {
		holds := "yes"
		if measured > limit {
			holds = "no"
		}
		fmt.Fprintf(w, "| %s | %s | %s |\n", goal, fmt.Sprintf(format, measured), holds)
	}
	at := func(tables int) *row {
		for i := range r.rows {
			if strings.HasPrefix(r.rows[i].name, fmt.Sprint(tables, " ")) {
				return &r.rows[i]
			}
		}
		return nil
	}
	milliseconds := func(d time.Duration) float64 { return float64(d.Microseconds()) / 1000 }
	line("`trefoil version` in at most 30 ms", "%.0f ms", milliseconds(r.start.wall), 30)
	thousand, most := at(1000), at(3000)
	if thousand != nil {
		line("1,000 tables: all in at most 0.7 of sqlc's time for Go alone", "%.2f", ratio(thousand.generate.wall, thousand.sqlc.wall), 0.7)
		line("1,000 tables: models only in at most 4 times the bare parse", "%.1f", ratio(thousand.modelOnly.wall, thousand.parse), 4)
		line("1,000 tables: check no slower than generate", "%.2f", ratio(thousand.check.wall, thousand.generate.wall), 1.03)
		line("1,000 tables: unchanged inputs in at most 60 ms", "%.0f ms", milliseconds(thousand.unchanged.wall), 60)
	}
	if thousand != nil && most != nil {
		line("3,000 tables: an exponent of growth of at most 1.1", "%.2f", exponent(*thousand, *most, thousand.generate.cpu, most.generate.cpu), 1.1)
	}
	if most != nil {
		line("3,000 tables: less than 600 MB of memory", "%.0f MB", float64(most.memory()>>20), 600)
	}
}

func (t took) String() string { return fmt.Sprintf("%s (%s)", ms(t.wall), ms(t.cpu)) }

// ms is a time in milliseconds, with a decimal where it is short.
func ms(d time.Duration) string {
	if d < 10*time.Millisecond {
		return fmt.Sprintf("%.1f", float64(d.Microseconds())/1000)
	}
	return fmt.Sprint(d.Milliseconds())
}

func ratio(a, b time.Duration) float64 { return float64(a) / float64(b) }

// machine is its shape, without its name.
func machine() string {
	text := fmt.Sprintf("%s/%s, %d cores", runtime.GOOS, runtime.GOARCH, runtime.NumCPU())
	if gb := memory(); gb > 0 {
		text += fmt.Sprintf(", %d GB of memory", gb)
	}
	return text
}

var memTotal = regexp.MustCompile(`(?m)^MemTotal: +(\d+) kB$`)

// memory is the machine's, in GB; 0 where that cannot be told.
func memory() int {
	text, err := os.ReadFile("/proc/meminfo")
	m := memTotal.FindSubmatch(text)
	if err != nil || m == nil {
		return 0
	}
	var kb int
	_, _ = fmt.Sscan(string(m[1]), &kb)
	return int(math.Round(float64(kb) / (1 << 20)))
}

// versions are those of all that is measured.
func (r report) versions() string {
	var all []string
	for line := range strings.Lines(r.version) {
		all = append(all, strings.Join(strings.Fields(line), " "))
	}
	return strings.Join(append(all, runtime.Version()), ", ")
}
