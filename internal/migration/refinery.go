package migration

import (
	"regexp"
	"slices"
)

// refineryName is how Refinery names files. Both kinds are applied, in the order of their numbers; U is only allowed to
// be older than what has been applied already.
var refineryName = regexp.MustCompile(`^[VU](\d+(?:\.\d+)?)__\w+\.sql$`)

func isRefinery(e entry) bool { return refineryName.MatchString(e.name()) }

func refineryVersion(e entry) string { return refineryName.FindStringSubmatch(e.name())[1] }

// fitsRefinery: such names in a crate that uses Refinery, or with a U that has no V of its version. In Flyway, where U
// undoes a V, each has one; in Refinery none has, because a version is one file's.
func fitsRefinery(r *reader, l *listing) bool {
	if !l.most(isRefinery) {
		return false
	}
	return r.crateUses(l, "refinery") || slices.ContainsFunc(l.sql, func(e entry) bool {
		return isRefinery(e) && e.name()[0] == 'U' && !slices.ContainsFunc(l.sql, func(o entry) bool {
			return isRefinery(o) && o.name()[0] == 'V' && refineryVersion(o) == refineryVersion(e)
		})
	})
}

// refinerySteps is the versions of the directory and of all below it.
func refinerySteps(r *reader, l *listing) []step {
	found := l.take(isRefinery, nil)
	slices.SortStableFunc(found, func(a, b entry) int {
		return compareVersions(splitVersion(refineryVersion(a)), splitVersion(refineryVersion(b)))
	})
	r.checkVersions("refinery", found, refineryVersion)
	return filesToSteps(found)
}
