package migration

import (
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
	// down matches files that belong to the tool and are not applied; nil for none.
	down *regexp.Regexp
	// below is set where SQL in directories below belongs to the tool and is not applied.
	below bool
	// asText is set where the tool sorts whole names as text; else versions are compared by value.
	asText bool
	// repeats is set where two files may have one version.
	repeats bool
}

func (n numbering) fits(_ *reader, l *listing) bool {
	known := func(e entry) bool { return n.holds(e) || n.undoes(e) }
	return l.top().count(n.holds) > 0 && l.most(known)
}

func (n numbering) holds(e entry) bool {
	return e.dir() == "" && n.name.MatchString(e.name()) && !n.undoes(e)
}

func (n numbering) undoes(e entry) bool { return n.down != nil && n.down.MatchString(e.name()) }

func (n numbering) version(e entry) string { return n.name.FindStringSubmatch(e.name())[1] }

func (n numbering) steps(r *reader, l *listing) []step { return filesToSteps(n.files(r, l)) }

// files is the directory's own files that are migrations, in order.
func (n numbering) files(r *reader, l *listing) entries {
	found := l.take(n.holds, func(e entry) bool {
		if e.dir() != "" {
			return n.below
		}
		return n.undoes(e)
	})
	slices.SortStableFunc(found, func(a, b entry) int {
		if n.asText {
			return strings.Compare(a.rel, b.rel)
		}
		return compareNumbers(n.version(a), n.version(b))
	})
	if n.asText {
		r.checkTextOrder(n.tool, found)
	}
	if !n.repeats {
		r.checkVersions(n.tool, found, n.version)
	}
	return found
}

// checkVersions reports neighbours that have one version, which the tool refuses.
func (r *reader) checkVersions(tool string, sorted entries, version func(entry) string) {
	for i := 1; i < len(sorted); i++ {
		a, b := sorted[i-1], sorted[i]
		if compareVersions(splitVersion(version(a)), splitVersion(version(b))) != 0 {
			continue
		}
		r.fail(CodeDuplicateVersion, "give one of them another number",
			"%s and %s have the same version, which %s refuses", a.path, b.path, tool)
	}
}

// checkTextOrder warns of the first two neighbours whose numbers are the other way round.
func (r *reader) checkTextOrder(tool string, sorted entries) {
	for i := 1; i < len(sorted); i++ {
		a, b := sorted[i-1], sorted[i]
		m, n := leadingDigits(a.rel), leadingDigits(b.rel)
		if m > 0 && n > 0 && compareNumbers(a.rel[:m], b.rel[:n]) > 0 {
			r.note(source.Warning, CodeTextOrder, "write all numbers with the same count of digits",
				"%s applies %s before %s: it sorts names as text", tool, a.path, b.path)
			return
		}
	}
}

func filesToSteps(files entries) []step {
	steps := make([]step, len(files))
	for i, e := range files {
		steps[i] = step{file: e}
	}
	return steps
}
