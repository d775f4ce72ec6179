package migration

import (
	"regexp"
	"slices"
)

// layout is how one tool keeps its migrations in a directory.
type layout struct {
	// name is the value of the option layout.
	name string
	// recognised, order and counts are a row of docs/reading.md: what fits, steps and annotations do, for people.
	recognised, order, counts string
	// annotations tells the part of a file that counts from the rest, for tools that keep both directions in one file.
	annotations *annotations
	// fits tells whether a directory is kept as the tool keeps it. A layout without it goes by its annotations alone.
	fits func(*reader, *listing) bool
	// steps is what the tool applies, in order. It reports what the tool would refuse.
	steps func(*reader, *listing) []step
	// placeholder is what the tool fills in when it runs; nil for nothing.
	placeholder *regexp.Regexp
}

// step is one thing to apply: a file, or a directory that has a layout of its own.
type step struct {
	file entry
	dir  *listing
}

// Layouts is the values of the option layout, in the order in which a directory is tried for them.
func Layouts() []string {
	names := make([]string, len(layouts))
	for i, l := range layouts {
		names[i] = l.name
	}
	return names
}

func layoutNamed(name string) *layout {
	if i := slices.Index(Layouts(), name); i >= 0 {
		return &layouts[i]
	}
	return nil
}

// recognise decides a directory's layout: the first of the table that most of the directory's own files have the
// annotations of; else the first that fits; else plain. The second result is the layouts that have a case as well,
// because they fit or because any file has their annotations.
func (r *reader) recognise(l *listing) (*layout, []string) {
	marked := func(c *layout) int {
		if c.annotations == nil {
			return 0
		}
		return r.annotated(l, c.annotations)
	}
	stages := []func(*layout) bool{
		func(c *layout) bool { return 2*marked(c) > len(l.top()) },
		func(c *layout) bool { return c.fits != nil && c.fits(r, l) },
		func(c *layout) bool { return c.name == plain },
		func(c *layout) bool { return marked(c) > 0 },
	}
	var fit []string
	for _, stage := range stages {
		for i := range layouts {
			if c := &layouts[i]; !slices.Contains(fit, c.name) && stage(c) {
				fit = append(fit, c.name)
			}
		}
	}
	// Plain is always there, which says nothing unless it is the first.
	rivals := slices.DeleteFunc(slices.Clone(fit[1:]), func(name string) bool { return name == plain })
	return layoutNamed(fit[0]), rivals
}

// annotated counts the directory's own files that have a tool's annotations.
func (r *reader) annotated(l *listing, a *annotations) int {
	n := 0
	for _, e := range l.top() {
		if a.marks(e.load(&r.errs)) {
			n++
		}
	}
	return n
}
