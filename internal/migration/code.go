package migration

import (
	"path"
	"regexp"
	"slices"
	"strings"
)

// codeName is the name of a migration in a programming language: it begins with its version, as those in SQL do.
var codeName = regexp.MustCompile(`^[VRU]?\d+[._-].*\.(go|py|rs|java|kt|js|ts|rb)$`)

// codeNames is the migrations in the directory itself that are not SQL.
func codeNames(l *listing) (names []string) {
	for _, e := range l.other {
		name := path.Base(e.rel)
		if e.dir() == "" && codeName.MatchString(name) && !strings.HasSuffix(name, "_test.go") {
			names = append(names, name)
		}
	}
	slices.SortFunc(names, natural)
	return names
}
