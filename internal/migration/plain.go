package migration

import (
	"regexp"
	"slices"
	"strings"
)

// plain is the layout of files that no tool marks.
const plain = "plain"

// pairs are the endings that tell the way up from the way down where both have a file.
var pairs = []struct{ up, down string }{{"up", "down"}, {"do", "undo"}}

// plainSteps is all files and directories in natural order. A file that undoes another, by its name, is left out.
func plainSteps(r *reader, l *listing) []step {
	var steps []step
	var entered []string
	for _, e := range l.sql {
		switch dir, _, nested := strings.Cut(e.rel, "/"); {
		case !nested && !undoes(l, e):
			steps = append(steps, step{file: e})
		case nested && !slices.Contains(entered, dir):
			entered = append(entered, dir)
			steps = append(steps, step{dir: l.sub(dir)})
		}
	}
	return steps
}

// undoes tells whether a file ends in down, say, and there is one that ends in up instead and is named alike.
func undoes(l *listing, e entry) bool {
	for _, p := range pairs {
		name := stem(e.rel)
		base, ok := strings.CutSuffix(name, p.down)
		if !ok || base == "" || !strings.ContainsAny(base[len(base)-1:], "._-") {
			continue
		}
		if slices.ContainsFunc(l.sql, func(o entry) bool { return stem(o.rel) == base+p.up }) {
			return true
		}
	}
	return false
}

var versionDirectory = regexp.MustCompile(`^[vV]?(\d+(?:[._]\d+)*)$`)

// fitsVersions: all SQL stands in directories that are named as versions.
func fitsVersions(_ *reader, l *listing) bool {
	for _, e := range l.sql {
		if dir, _, nested := strings.Cut(e.rel, "/"); !nested || !versionDirectory.MatchString(dir) {
			return false
		}
	}
	return len(l.sql) > 0
}

// versionSteps is the versions' directories by version.
func versionSteps(r *reader, l *listing) []step {
	steps := slices.DeleteFunc(plainSteps(r, l), func(s step) bool {
		drop := s.dir == nil || !versionDirectory.MatchString(lastSegment(s.dir.path))
		if drop {
			r.ignoredStep(l, s)
		}
		return drop
	})
	slices.SortStableFunc(steps, func(a, b step) int { return compareVersions(stepVersion(a), stepVersion(b)) })
	return steps
}

func stepVersion(s step) []string {
	return splitVersion(versionDirectory.FindStringSubmatch(lastSegment(s.dir.path))[1])
}

func lastSegment(p string) string { return p[strings.LastIndex(p, "/")+1:] }
