package migration

import (
	"fmt"
	"strings"

	"github.com/trefoil-sql/trefoil/internal/source"
)

// fail reports an error that has no place in a file.
func (r *reader) fail(code, hint, format string, args ...any) {
	d := source.Errorf(source.Span{}, code, format, args...)
	d.Hint = hint
	r.errs = append(r.errs, d)
}

// note reports what does not stop the run and has no place in a file.
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
		text += "; it looks like " + strings.Join(rivals, " and ") + " too"
		hint = "the option layout has it read otherwise"
	}
	r.note(source.Info, CodeLayout, hint, "%s", text)
	if len(l.ignored) > 0 {
		r.note(source.Info, CodeLayout, "",
			"not read, because %s does not apply them: %s", chosen.name, list(l.ignored.paths()))
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

func (r *reader) noSQL(l *listing) {
	hint := "name a directory of migrations in SQL, or a file that pg_dump --schema-only wrote"
	if len(codeMigrations(l)) > 0 {
		hint = "its migrations are written in a programming language: have their tool print SQL, " +
			"or name a file that pg_dump --schema-only wrote"
	}
	r.fail(CodeNoSQL, hint, "%s holds no .sql file", l.path)
}

func (r *reader) nothingApplies(l *listing, chosen *layout) {
	hint := ""
	if l.forced {
		hint = "without the option layout it is recognised"
	}
	r.fail(CodeNoSQL, hint, "%s holds no file that %s would apply", l.path, chosen.name)
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
