package config

import (
	"path"
	"path/filepath"
	"strings"

	"github.com/bmatcuk/doublestar/v4"

	"github.com/trefoil-sql/trefoil/internal/source"
)

// out reads the folder that an entry writes to, cleaned. Every folder has to be within the project, and none may be the
// project: files that are no longer generated are removed from it.
func (r *reader) out(m mapping, at string) (string, source.Span) {
	written := text(m, "out")
	if written == "" {
		r.missing(m, "out", at)
		return "", r.node(m.node)
	}
	e, _ := m.get("out")
	span, out := r.node(e.value), path.Clean(written)
	switch {
	case strings.Contains(written, `\`):
		r.report(span, CodeOut, "write it with /", `%s: out %s has a \ in it`, at, written)
	case out == ".":
		r.report(span, CodeOut, "give it a folder of its own, such as gen", "%s: out is the project itself", at)
	case !filepath.IsLocal(out) || path.IsAbs(out):
		r.report(span, CodeOut, "write a path below the folder of the config", "%s: out %s is outside the project", at, written)
	default:
		return out, span
	}
	return "", span
}

// folder is where an entry writes.
type folder struct {
	out  string
	span source.Span
}

// outs reports folders that two targets share or that lie in each other: each would take the other's files for its own
// that are no longer generated. The folders of other plugins may lie in each other, around a target's and in it, since
// only what is known to be theirs is ever removed. What sqlc makes of one entry may share a folder.
func (r *reader) outs(c *Config) {
	var targets []folder
	for _, s := range c.SQL {
		var own []folder
		if s.Go != nil {
			own = append(own, folder{s.Go.Out, s.Go.Span})
		}
		for _, t := range s.Targets {
			own = append(own, folder{t.Out, t.Span})
		}
		for _, f := range own {
			r.overlap(f, targets, func(other folder) bool { return within(f.out, other.out) || within(other.out, f.out) })
			targets = append(targets, f)
		}
	}
	for _, s := range c.SQL {
		before := targets
		for _, o := range s.Others {
			f := folder{o.Out, o.Span}
			r.overlap(f, before, func(other folder) bool { return f.out == other.out })
			targets = append(targets, f)
		}
	}
}

// overlap reports the first of the targets that a folder is in the way of.
func (r *reader) overlap(f folder, targets []folder, inTheWay func(folder) bool) {
	for _, t := range targets {
		if f.out == "" || t.out == "" || !inTheWay(t) {
			continue
		}
		d := source.Errorf(f.span, CodeOut, "out %s overlaps with the folder %s of another target", f.out, t.out)
		d.Hint = "give every target a folder of its own, beside the others"
		d.Notes = []source.Note{{Span: t.span, Message: "the other target is here"}}
		r.list = append(r.list, d)
		return
	}
}

// overSources reports folders that hold what is generated from: the schema, the queries or the prelude. A folder that is
// found to do so only by its files, through a pattern or a symbolic link, is refused before it is written.
func (r *reader) overSources(c *Config) {
	var sources []string
	for _, s := range c.SQL {
		sources = append(append(sources, s.Schema...), s.Queries...)
	}
	sources = append(sources, c.Shared.Prelude...)
	report := func(out string, span source.Span) {
		for _, s := range sources {
			if base, _ := doublestar.SplitPattern(path.Clean(filepath.ToSlash(s))); out != "" && s != "" && within(base, out) {
				r.report(span, CodeOut, "give the target a folder of its own, such as gen", "out %s holds %s, which is generated from", out, s)
				return
			}
		}
	}
	for _, s := range c.SQL {
		if s.Go != nil {
			report(s.Go.Out, s.Go.Span)
		}
		for _, t := range s.Targets {
			report(t.Out, t.Span)
		}
		for _, o := range s.Others {
			report(o.Out, o.Span)
		}
	}
}

// within tells whether a clean path is the folder or lies in it.
func within(p, folder string) bool { return p == folder || strings.HasPrefix(p, folder+"/") }
