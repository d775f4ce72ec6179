package migration

import (
	"slices"
	"strings"
)

// plain is the layout of files that no tool marks.
const plain = "plain"

// pairs are the endings that tell the way up from the way down where both have a file.
var pairs = []struct{ up, down string }{{"up", "down"}, {"do", "undo"}}

// plainSteps is all files and directories in natural order. A file that undoes another, by its name, is left out.
func plainSteps(_ *reader, l *listing) []step {
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
		base, ok := strings.CutSuffix(stem(e.rel), p.down)
		if !ok || !strings.HasSuffix(base, ".") && !strings.HasSuffix(base, "-") && !strings.HasSuffix(base, "_") {
			continue
		}
		if slices.ContainsFunc(l.sql, func(o entry) bool { return stem(o.rel) == base+p.up }) {
			return true
		}
	}
	return false
}
