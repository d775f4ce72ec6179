package migration

import "slices"

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

// recognise decides a directory's layout: the first that fits, in this order.
//
//  1. Layouts with annotations, if more than half of the directory's own files have them.
//  2. Layouts that go by the names of files or by a tool's own files.
//  3. Layouts with annotations, if any file has them.
//  4. Plain.
//
// Within a step the order of the table decides. The second result is the layouts that fit as well.
func (r *reader) recognise(l *listing) (*layout, []string) {
	steps := []func(*layout) bool{
		func(c *layout) bool { return c.annotations != nil && 2*r.annotated(l, c.annotations) > len(l.top()) },
		func(c *layout) bool { return c.fits != nil && c.fits(r, l) },
		func(c *layout) bool { return c.annotations != nil && r.annotated(l, c.annotations) > 0 },
	}
	var fit []string
	for _, step := range steps {
		for i := range layouts {
			if c := &layouts[i]; !slices.Contains(fit, c.name) && step(c) {
				fit = append(fit, c.name)
			}
		}
	}
	// Plain fits everything: it is no rival to the others.
	fit = slices.DeleteFunc(fit, func(name string) bool { return name == plain })
	if len(fit) == 0 {
		return layoutNamed(plain), nil
	}
	return layoutNamed(fit[0]), fit[1:]
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
