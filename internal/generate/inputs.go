package generate

import (
	"os"
	"path/filepath"
	"strings"

	"github.com/bmatcuk/doublestar/v4"

	"github.com/trefoil-sql/trefoil/internal/config"
	"github.com/trefoil-sql/trefoil/internal/migration"
	"github.com/trefoil-sql/trefoil/internal/watch"
)

// Inputs are the files that a run reads, save for what targets' folders hold. Without a config that can be read it is
// the config alone, and false.
func Inputs(o Options) (watch.Set, bool) {
	dir, err := filepath.Abs(o.Dir)
	if err != nil {
		return watch.Set{}, false
	}
	s := watch.Set{Matters: migration.Matters}
	names := config.Names
	if o.File != "" {
		names = []string{o.File}
	}
	for _, name := range names {
		if !filepath.IsAbs(name) {
			name = filepath.Join(dir, name)
		}
		s.Files = append(s.Files, name)
	}
	cfg, err := config.Load(dir, o.File)
	if err != nil {
		return s, false
	}
	in := inputs{cfg, &s}
	in.patterns(cfg.Shared.Prelude)
	for _, entry := range cfg.SQL {
		in.entry(entry)
	}
	return s, true
}

// inputs adds to a set what a config names.
type inputs struct {
	cfg *config.Config
	set *watch.Set
}

func (in inputs) entry(entry config.SQL) {
	in.patterns(entry.Schema)
	in.patterns(entry.Queries)
	if entry.Go != nil {
		in.skip(entry.Go.Out)
	}
	for _, t := range entry.Targets {
		in.skip(t.Out)
	}
	for _, t := range entry.Others {
		in.skip(t.Out)
	}
	// A migration may have files read in its middle that stand elsewhere. What is wrong with any is for the run to say.
	files, _, _ := schemaFiles(in.cfg, entry)
	for _, f := range files.all {
		in.set.Files = append(in.set.Files, in.absolute(f.Path))
	}
}

// patterns adds files, folders, or the folders that globs look into.
func (in inputs) patterns(patterns []string) {
	for _, p := range patterns {
		abs := in.absolute(p)
		info, err := os.Stat(abs)
		if err != nil && strings.ContainsAny(p, "*?[{") {
			base, _ := doublestar.SplitPattern(filepath.ToSlash(p))
			in.set.Trees = append(in.set.Trees, in.absolute(base))
			continue
		}
		if err != nil || !info.IsDir() {
			in.set.Files = append(in.set.Files, abs)
		}
		if err != nil || info.IsDir() {
			in.set.Trees = append(in.set.Trees, abs)
		}
	}
}

func (in inputs) skip(out string) { in.set.Skip = append(in.set.Skip, in.absolute(out)) }

func (in inputs) absolute(p string) string {
	if p = filepath.FromSlash(p); filepath.IsAbs(p) {
		return filepath.Clean(p)
	}
	return filepath.Join(in.cfg.Dir, p)
}
