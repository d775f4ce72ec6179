package migration

import (
	"path"
	"slices"
	"strings"
)

// directories is how a tool keeps each migration in a directory of its own, in a file that has always the same name.
type directories struct {
	tool string
	file string
	// down is a file that belongs to the tool and is not applied, "" for none.
	down string
	// key is what the directories are sorted by, as text; nil is their names.
	key func(dir string) string
}

// fits: there are more such directories than files beside them.
func (d directories) fits(_ *reader, l *listing) bool { return l.sql.count(d.holds) > len(l.top()) }

func (d directories) holds(e entry) bool { return inChild(e) && e.name() == d.file }

// inChild tells whether a file stands in a directory that stands in the listing's.
func inChild(e entry) bool { return e.dir() != "" && path.Dir(e.dir()) == "." }

func (d directories) steps(r *reader, l *listing) []step {
	found := l.take(d.holds, func(e entry) bool { return inChild(e) && e.name() == d.down })
	slices.SortStableFunc(found, func(a, b entry) int {
		if d.key == nil {
			return strings.Compare(a.dir(), b.dir())
		}
		return strings.Compare(d.key(a.dir()), d.key(b.dir()))
	})
	if d.key == nil {
		r.checkTextOrder(d.tool, found)
	}
	return filesToSteps(found)
}

var prisma = directories{tool: "prisma", file: "migration.sql"}

// diesel's version is the directory's name up to the first underscore, without dashes. Versions are text to it: a
// longer one is a day's later minute, not a greater number.
var diesel = directories{tool: "diesel", file: "up.sql", down: "down.sql", key: func(dir string) string {
	version, _, _ := strings.Cut(dir, "_")
	return strings.ReplaceAll(version, "-", "")
}}
