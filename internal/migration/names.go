package migration

import (
	"path"
	"regexp"
	"slices"
	"strings"

	"github.com/trefoil-sql/trefoil/internal/source"
)

// numbering is how a tool finds migrations by their names in one directory.
type numbering struct {
	tool string
	// name matches a migration on the way up; its first group is the version.
	name *regexp.Regexp
	// down matches files that belong to the tool and are not applied.
	down *regexp.Regexp
	// compare orders versions; nil compares the whole names as text, as the tool does.
	compare func(a, b string) int
	// repeats is set where two files may have the same version.
	repeats bool
}

// steps is the directory's own files that are migrations, in order. Others are reported.
func (n numbering) steps(r *reader, l *listing) []step {
	var found []entry
	for _, e := range l.sql {
		switch {
		case e.dir() == "" && n.version(e) != "":
			found = append(found, e)
		case e.dir() == "" && n.down != nil && n.down.MatchString(e.name()):
		default:
			r.ignored(l, e)
		}
	}
	slices.SortStableFunc(found, n.order)
	n.check(r, found)
	return filesToSteps(found)
}

func (n numbering) version(e entry) string {
	if m := n.name.FindStringSubmatch(e.name()); m != nil {
		return m[1]
	}
	return ""
}

func (n numbering) order(a, b entry) int {
	if n.compare == nil {
		return strings.Compare(a.rel, b.rel)
	}
	if c := n.compare(n.version(a), n.version(b)); c != 0 {
		return c
	}
	return natural(a.rel, b.rel)
}

// check reports two files of one version, and numbers that the tool takes for text.
func (n numbering) check(r *reader, sorted []entry) {
	for i := range sorted[:max(0, len(sorted)-1)] {
		a, b := sorted[i], sorted[i+1]
		switch c := compareNumbers(n.version(a), n.version(b)); {
		case c == 0 && !n.repeats:
			r.errs = append(r.errs, duplicate(n.tool, n.version(a), a, b))
		case c > 0 && n.compare == nil:
			r.warn(CodeTextOrder, "pad the numbers with zeros to one width",
				"%s applies %s before %s: it sorts names as text", n.tool, a.path, b.path)
			return
		}
	}
}

func duplicate(tool, version string, a, b entry) source.Diagnostic {
	d := source.Errorf(source.Span{}, CodeDuplicateVersion,
		"%s and %s both have version %s, which %s refuses", a.path, b.path, version, tool)
	d.Hint = "rename one of them"
	return d
}

func filesToSteps(files []entry) []step {
	steps := make([]step, len(files))
	for i, e := range files {
		steps[i] = step{file: e}
	}
	return steps
}

// fitsNames makes a layout's fits: any of the directory's own files has such a name.
func fitsNames(name *regexp.Regexp) func(*reader, *listing) bool {
	return func(_ *reader, l *listing) bool {
		return !l.single && slices.ContainsFunc(l.top(), func(e entry) bool { return name.MatchString(e.name()) })
	}
}

// directories is how a tool keeps each migration in a directory of its own, in a file that has always the same name.
type directories struct {
	file string
	// down is a file that belongs to the tool and is not applied, "" for none.
	down string
	// key is what the directories are sorted by, as text.
	key func(dir string) string
}

func (d directories) fits(_ *reader, l *listing) bool {
	return !l.single && slices.ContainsFunc(l.sql, d.holds)
}

func (d directories) holds(e entry) bool {
	return e.name() == d.file && e.dir() != "" && path.Dir(e.dir()) == "."
}

func (d directories) steps(r *reader, l *listing) []step {
	var found []entry
	for _, e := range l.sql {
		switch {
		case d.holds(e):
			found = append(found, e)
		case d.down != "" && e.name() == d.down && path.Dir(e.dir()) == ".":
		default:
			r.ignored(l, e)
		}
	}
	slices.SortStableFunc(found, func(a, b entry) int { return strings.Compare(d.key(a.dir()), d.key(b.dir())) })
	return filesToSteps(found)
}
