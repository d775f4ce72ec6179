// Package migration reads a project's SQL files in the order in which its migration tool applies them. What the tool
// would not run is blanked, never cut, so that every place in a file stays true.
//
// The package does not parse SQL beyond its tokens: strings, comments and the end of a statement.
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
// A file's Text has the length of the file on disk, in bytes: all that is not to be replayed is spaces, with line ends
// kept. The notes are warnings, and infos that say how each directory was read. The error is a source.List.
func Read(root string, patterns []string, o Options) (files []*source.File, notes source.List, err error) {
	r := &reader{root: root, read: map[string]bool{}}
	if o.Layout != "" && layoutNamed(o.Layout) == nil {
		d := source.Errorf(source.Span{}, CodeUnknownLayout, "there is no layout %q", o.Layout)
		d.Hint = "layouts are " + strings.Join(Layouts(), ", ")
		return nil, nil, source.List{d}
	}
	for _, pattern := range patterns {
		for _, l := range r.listings(pattern) {
			r.directory(l, layoutNamed(o.Layout))
		}
	}
	return r.files, r.notes, r.errs.Err()
}

// reader gathers the outcome of a Read.
type reader struct {
	root  string
	files []*source.File
	// read is the absolute paths of files.
	read  map[string]bool
	notes source.List
	errs  source.List
}

// directory reads one directory by a layout, or by the one it is recognised to have.
func (r *reader) directory(l *listing, forced *layout) {
	if len(l.sql) == 0 {
		r.errs = append(r.errs, noSQL(l))
		return
	}
	r.codeMigrations(l)
	chosen, rivals := forced, []string(nil)
	if chosen == nil {
		chosen, rivals = r.recognise(l)
	}
	steps := chosen.steps
	if l.single {
		steps = plainSteps
	}
	before := len(r.files)
	for _, s := range steps(r, l) {
		switch {
		case s.dir != nil && chosen.name == plain:
			r.directory(s.dir, forced)
		case s.dir != nil:
			r.directory(s.dir, nil)
		default:
			r.file(s.file, chosen)
		}
	}
	r.report(l, chosen, rivals, len(r.files)-before)
}

// report notes how a directory was read.
func (r *reader) report(l *listing, chosen *layout, rivals []string, n int) {
	if n == 0 {
		d := source.Errorf(source.Span{}, CodeNoSQL, "%s holds nothing that %s would apply", l.path, chosen.name)
		r.errs = append(r.errs, d)
		return
	}
	text := fmt.Sprintf("read %s as %s: %s", l.path, chosen.name, count(n, "file"))
	if len(rivals) > 0 {
		text += "; it also looks like " + strings.Join(rivals, ", ")
	}
	r.info(CodeLayout, "the option layout says otherwise", "%s", text)
}

func count(n int, thing string) string {
	if n == 1 {
		return "1 " + thing
	}
	return fmt.Sprintf("%d %ss", n, thing)
}

// file takes over one file, blanked.
func (r *reader) file(e entry, by *layout) {
	if r.read[e.abs] {
		return
	}
	r.read[e.abs] = true
	raw := e.load(&r.errs)
	if d, ok := notText(e.path, raw); ok {
		r.errs = append(r.errs, d)
		return
	}
	r.files = append(r.files, source.NewFile(e.path, blanked(raw, by.annotations)))
}

func (r *reader) info(code, hint, format string, args ...any) {
	r.note(source.Info, code, hint, format, args...)
}

func (r *reader) warn(code, hint, format string, args ...any) {
	r.note(source.Warning, code, hint, format, args...)
}

func (r *reader) note(severity source.Severity, code, hint, format string, args ...any) {
	d := source.Errorf(source.Span{}, code, format, args...)
	d.Severity, d.Hint = severity, hint
	r.notes = append(r.notes, d)
}

// ignored notes a file that the directory's tool does not look at.
func (r *reader) ignored(l *listing, e entry) {
	r.info(CodeLayout, "", "%s is not read: it is not named as a migration of %s", e.path, l.path)
}

func (r *reader) ignoredStep(l *listing, s step) {
	if s.dir == nil {
		r.ignored(l, s.file)
		return
	}
	for _, e := range s.dir.sql {
		r.ignored(l, e)
	}
}

func noSQL(l *listing) source.Diagnostic {
	d := source.Errorf(source.Span{}, CodeNoSQL, "%s holds no .sql file", l.path)
	d.Hint = "schema: names a directory of migrations in SQL, or a dump made with pg_dump --schema-only"
	if names := codeNames(l); len(names) > 0 {
		d.Hint = "its migrations are written in a programming language: let their tool print SQL, " +
			"or dump the schema with pg_dump --schema-only"
	}
	return d
}

// codeMigrations notes the steps that are written in a programming language.
func (r *reader) codeMigrations(l *listing) {
	names := codeNames(l)
	if len(names) == 0 || len(l.sql) == 0 {
		return
	}
	const most = 10
	text := strings.Join(names[:min(most, len(names))], ", ")
	if len(names) > most {
		text += fmt.Sprintf(" and %d more", len(names)-most)
	}
	r.info(CodeCodeMigration, "what they do to the schema can stand in a file named by the option prelude, or in one more path of schema:",
		"%s not replayed, because SQL alone is read: %s", count(len(names), "migration"), text)
}
