// Package migration reads a project's SQL files in the order in which its migration tool applies them. What the tool
// does not run is blanked, never cut, so that every place in a file stays true.
//
// The package knows SQL's tokens and no more: what a string or a comment is, and where a statement ends.
package migration

import (
	"strings"

	"github.com/trefoil-sql/trefoil/internal/source"
)

// Options is how to read.
type Options struct {
	// Layout is one of Layouts, or "" to recognise each directory's.
	Layout string
}

// Read returns the files that patterns name, in the order to apply them in. Patterns are files, directories or globs
// (doublestar's), relative to the absolute directory root; they are read in the order given, and a file that several
// of them name is read once.
//
// A file's Text has as many bytes as the file on disk. What is not to be replayed is spaces, with line ends kept; where
// a tool ends a statement at a comment, the comment is a semicolon. A file that has others read in its middle is
// returned in parts, each with the rest blanked.
//
// The notes are warnings, and infos that say how each directory was read. The error is a source.List.
func Read(root string, patterns []string, o Options) (files []*source.File, notes source.List, err error) {
	forced := layoutNamed(o.Layout)
	if o.Layout != "" && forced == nil {
		d := source.Errorf(source.Span{}, CodeUnknownLayout, "there is no layout %q", o.Layout)
		d.Hint = "layouts are " + strings.Join(Layouts(), ", ")
		return nil, nil, source.List{d}
	}
	r := &reader{root: root, seen: map[string]bool{}}
	for _, pattern := range patterns {
		for _, l := range r.listings(pattern) {
			r.directory(l, forced, false)
		}
	}
	return r.files, r.notes, r.errs.Err()
}

// reader gathers the outcome of a Read.
type reader struct {
	// root is the project's directory.
	root  string
	files []*source.File
	notes source.List
	errs  source.List
	// seen is the absolute paths of the files read.
	seen map[string]bool
}

// directory reads one directory by a layout, or by the one it is recognised to have. It is nested if another
// directory's layout led to it.
func (r *reader) directory(l *listing, forced *layout, nested bool) {
	if len(l.sql) == 0 {
		r.noSQL(l)
		return
	}
	chosen, rivals := forced, []string(nil)
	l.forced = forced != nil
	if !l.forced {
		chosen, rivals = r.recognise(l)
	}
	steps := chosen.steps
	if l.single {
		steps = plainSteps
	}
	before, bad := len(r.seen), len(r.errs)
	todo := steps(r, l)
	for _, s := range todo {
		switch {
		case s.dir == nil:
			r.file(s.file, l, chosen)
		case chosen.name == plain:
			r.directory(s.dir, forced, true)
		default:
			r.directory(s.dir, nil, true)
		}
	}
	if len(todo) == 0 {
		if len(r.errs) == bad {
			r.nothingApplies(l, chosen)
		}
		return
	}
	if !nested || chosen.name != plain {
		r.report(l, chosen, rivals, len(r.seen)-before)
	}
	r.reportCode(l)
}

// file takes over one file, blanked.
func (r *reader) file(e entry, l *listing, by *layout) {
	if r.seen[e.abs] {
		return
	}
	r.seen[e.abs] = true
	raw := e.load(&r.errs)
	if d, ok := notText(e.path, raw); ok {
		r.errs = append(r.errs, d)
		return
	}
	b := blankFile(raw, r.annotationsOf(e, l, by), by)
	r.notes = append(r.notes, b.diagnostics(e.path, raw)...)
	from := 0
	for _, in := range b.sortedIncludes() {
		r.part(e, b, span{from, in.start})
		r.include(in, e, l, by)
		from = in.end
	}
	if from == 0 {
		r.files = append(r.files, source.NewFile(e.path, string(b.text)))
		return
	}
	r.part(e, b, span{from, len(b.text)})
}

// annotationsOf is how a file is marked: as the directory's tool does it, else as any other does. A plain directory
// may hold files of several tools, unless it is said to be plain.
func (r *reader) annotationsOf(e entry, l *listing, by *layout) *annotations {
	own, text := by.annotations, e.load(&r.errs)
	if own == nil && (by.name != plain || l.forced) || own != nil && own.marks(text) {
		return own
	}
	for _, other := range layouts {
		if other.annotations != nil && other.annotations.marks(text) {
			return other.annotations
		}
	}
	if own == nil || own.mark == "" {
		return own
	}
	r.note(source.Warning, CodeNoAnnotation, "begin the file with `"+own.mark+"`",
		"%s has no `%s`, and %s would refuse it: all of it is read", e.path, own.mark, by.name)
	return nil
}
