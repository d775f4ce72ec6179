package migration

import (
	"regexp"
	"strings"
)

// codeName is the name of a migration in a programming language: it begins with its version, as those in SQL do.
var codeName = regexp.MustCompile(`^[VRU]?\d+[._-].*\.(go|py|rs|java|kt|js|ts|rb)$`)

// codeMigrations is the paths of the migrations in the directory itself that are not SQL.
func codeMigrations(l *listing) []string {
	var found entries
	for _, e := range l.other {
		if e.dir() == "" && codeName.MatchString(e.name()) && !strings.HasSuffix(e.name(), "_test.go") {
			found = append(found, e)
		}
	}
	return found.paths()
}
