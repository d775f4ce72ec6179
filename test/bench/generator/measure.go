package main

import (
	"bytes"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"syscall"
	"time"

	pg_query "github.com/pganalyze/pg_query_go/v5"

	"github.com/trefoil-sql/trefoil/test/bench/project"
)

// took is the least of several runs: of the clock, of the processors, and of memory the most that one process held.
type took struct {
	wall, cpu time.Duration
	memory    int64 // bytes
}

func (t took) least(other took) took {
	if t.wall == 0 {
		return other
	}
	return took{min(t.wall, other.wall), min(t.cpu, other.cpu), max(t.memory, other.memory)}
}

// stage is one line of what -v prints.
type stage struct {
	name string
	took time.Duration
}

// row is all that is measured of one project.
type row struct {
	name                        string
	tables, queries             int
	ddl                         int // bytes
	parse                       time.Duration
	sqlc, first, generate       took
	check, unchanged, modelOnly took
	stages                      []stage
}

type bench struct{ trefoil, dir string }

// measure does everything with a project so many times, in turn: what else the machine does meets all alike.
func (b *bench) measure(at string, runs int) (row, error) {
	var r row
	if err := b.prepare(at, &r); err != nil {
		return r, err
	}
	models := at + "-models"
	for range runs {
		fmt.Fprint(os.Stderr, ".")
		steps := []struct {
			into *took
			dir  string
			args []string
		}{
			{&r.sqlc, at + "-sqlc", []string{"__sqlc-child", "generate", "--no-remote", "--file", "sqlc.yaml"}},
			{&r.first, at, []string{"generate", "--quiet", "--no-cache"}},
			{&r.generate, at, []string{"generate", "--verbose", "--no-cache"}},
			{&r.check, at, []string{"check", "--quiet", "--no-cache"}},
			{&r.modelOnly, models, []string{"check", "--quiet", "--no-cache"}},
			{&r.unchanged, at, []string{"generate", "--quiet"}},
		}
		for _, s := range steps {
			if s.into == &r.first {
				if err := os.RemoveAll(filepath.Join(at, "gen")); err != nil {
					return r, err
				}
			}
			t, out, err := b.command(s.dir, s.args...)
			if err != nil {
				return r, fmt.Errorf("trefoil %s: %w\n%s", strings.Join(s.args, " "), err, out)
			}
			*s.into = s.into.least(t)
			if s.into == &r.generate {
				r.stages = leastStages(r.stages, out)
			}
		}
		parse, err := parseAll(at)
		if err != nil {
			return r, err
		}
		if r.parse == 0 || parse < r.parse {
			r.parse = parse
		}
	}
	return r, nil
}

// prepare makes the folders for sqlc alone and for models only, and has a record of a run on the project.
func (b *bench) prepare(at string, r *row) error {
	if err := counts(at, r); err != nil {
		return err
	}
	models := at + "-models"
	if err := os.CopyFS(models, os.DirFS(at)); err != nil {
		return err
	}
	config, err := os.ReadFile(filepath.Join(at, "sqlc.yaml"))
	if err != nil {
		return err
	}
	config = bytes.Replace(config, []byte(project.QueriesLine), nil, 1)
	if err := os.WriteFile(filepath.Join(models, "sqlc.yaml"), config, 0o644); err != nil {
		return err
	}
	for _, dir := range []string{at, models} {
		if _, out, err := b.command(dir, "generate", "--quiet"); err != nil {
			return fmt.Errorf("trefoil generate: %w\n%s", err, out)
		}
	}
	if err := os.Mkdir(at+"-sqlc", 0o755); err != nil {
		return err
	}
	return writeForSqlc(at, at+"-sqlc")
}

// command runs trefoil in a folder, and returns what it took and printed. The memory is that of the largest of its
// processes.
func (b *bench) command(dir string, args ...string) (took, []byte, error) {
	cmd := exec.Command(b.trefoil, args...)
	cmd.Dir = dir
	cmd.Env = append(os.Environ(), "TREFOIL_CACHE_DIR="+filepath.Join(b.dir, "cache"))
	start := time.Now()
	out, err := cmd.CombinedOutput()
	t := took{wall: time.Since(start)}
	if cmd.ProcessState != nil {
		t.cpu = cmd.ProcessState.UserTime() + cmd.ProcessState.SystemTime()
		if usage, ok := cmd.ProcessState.SysUsage().(*syscall.Rusage); ok {
			t.memory = int64(usage.Maxrss) * rssUnit
		}
	}
	return t, out, err
}

var stageLine = regexp.MustCompile(`(?m)^(\w+) +([0-9.]+) ms$`)

// leastStages takes the lesser time of each stage.
func leastStages(least []stage, out []byte) []stage {
	for i, m := range stageLine.FindAllSubmatch(out, -1) {
		ms, _ := strconv.ParseFloat(string(m[2]), 64)
		s := stage{string(m[1]), time.Duration(ms * float64(time.Millisecond))}
		switch {
		case i >= len(least):
			least = append(least, s)
		case s.took < least[i].took:
			least[i].took = s.took
		}
	}
	return least
}

// version is what trefoil prints of itself, and what that takes.
func (b *bench) version() (string, took, error) {
	var least took
	var text string
	for range 20 {
		t, out, err := b.command(b.dir, "version")
		if err != nil {
			return "", least, err
		}
		least, text = least.least(t), string(out)
	}
	return text, least, nil
}

// parseAll has the bare parser read a project's schema.
func parseAll(at string) (time.Duration, error) {
	files, err := schemaOf(at)
	if err != nil {
		return 0, err
	}
	start := time.Now()
	for _, f := range files {
		if _, err := pg_query.Parse(f.Text); err != nil {
			return 0, err
		}
	}
	return time.Since(start), nil
}
