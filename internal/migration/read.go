// Package migration reads a project's SQL files in the order in which its migration tool applies them. What the tool
// does not run is blanked, never cut, so that every place in a file stays true.
//
// The package knows SQL's tokens and no more: what a string or a comment is, and where a statement ends.
package migration

import (
	"fmt"
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
		r.errs = append(r.errs, noSQL(l))
		return
	}
	chosen, rivals := forced, []string(nil)
	if chosen == nil {
		chosen, rivals = r.recognise(l)
	}
	steps := chosen.steps
	if l.single {
		steps = plainSteps
	}
	todo, before := steps(r, l), len(r.seen)
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
		r.errs = append(r.errs, nothingApplies(l, chosen))
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
	b := blankFile(raw, r.annotationsOf(e, by), by.annotations == tern)
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

// annotationsOf is how a file is marked: as the directory's tool does it, else as any other does.
func (r *reader) annotationsOf(e entry, by *layout) *annotations {
	own, text := by.annotations, e.load(&r.errs)
	if own == nil || own.marks(text) {
		return own
	}
	for _, l := range layouts {
		if l.annotations != nil && l.annotations.marks(text) {
			return l.annotations
		}
	}
	if own.mark == "" {
		return own
	}
	r.note(source.Warning, CodeNoAnnotation, "begin the file with `"+own.mark+"`",
		"%s has no `%s`, and %s would refuse it: all of it is read", e.path, own.mark, by.name)
	return nil
}

func (r *reader) note(severity source.Severity, code, hint, format string, args ...any) {
	d := source.Errorf(source.Span{}, code, format, args...)
	d.Severity, d.Hint = severity, hint
	r.notes = append(r.notes, d)
}

// report notes how a directory was read, and what of it was not.
func (r *reader) report(l *listing, chosen *layout, rivals []string, n int) {
	text := fmt.Sprintf("read %s as %s: %s", l.path, chosen.name, count(n, "file"))
	hint := ""
	if len(rivals) > 0 {
		text += "; it would pass for " + strings.Join(rivals, " or ") + " too"
		hint = "the option layout decides otherwise"
	}
	r.note(source.Info, CodeLayout, hint, "%s", text)
	if len(l.ignored) > 0 {
		r.note(source.Info, CodeLayout, "", "not read, because %s does not apply them: %s", chosen.name, list(l.ignored.paths()))
	}
}

// reportCode notes the migrations that are written in a programming language.
func (r *reader) reportCode(l *listing) {
	if names := codeMigrations(l); len(names) > 0 {
		r.note(source.Info, CodeCodeMigration,
			"what they change can be written as SQL in a file more that schema: or the option prelude names",
			"not replayed, because only SQL is: %s", list(names))
	}
}

func noSQL(l *listing) source.Diagnostic {
	d := source.Errorf(source.Span{}, CodeNoSQL, "%s holds no .sql file", l.path)
	d.Hint = "name a directory of migrations in SQL, or a file that pg_dump --schema-only wrote"
	if len(codeMigrations(l)) > 0 {
		d.Hint = "its migrations are written in a programming language: have their tool print SQL, " +
			"or name a file that pg_dump --schema-only wrote"
	}
	return d
}

func nothingApplies(l *listing, chosen *layout) source.Diagnostic {
	d := source.Errorf(source.Span{}, CodeNoSQL, "%s holds no file that %s would apply", l.path, chosen.name)
	d.Hint = "without the option layout it is recognised"
	return d
}

func count(n int, thing string) string {
	if n == 1 {
		return "1 " + thing
	}
	return fmt.Sprintf("%d %ss", n, thing)
}

// list joins names, of many only the first.
func list(names []string) string {
	const most = 8
	if len(names) <= most {
		return strings.Join(names, ", ")
	}
	return fmt.Sprintf("%s and %d more", strings.Join(names[:most], ", "), len(names)-most)
}
