package migration

import (
	"regexp"
	"slices"
	"strings"
)

// flywayName is how Flyway names files: a kind, a version (which repeatable ones lack), two underscores, a description.
var flywayName = regexp.MustCompile(`^([VUB])(\d+(?:[._]\d+)*)__(.*)\.(?i:sql)$|^(R)()__(.*)\.(?i:sql)$`)

// flywayCallback is SQL that Flyway runs around migrations.
var flywayCallback = regexp.MustCompile(`^(before|after|create)[A-Z]`)

type flywayFile struct {
	entry
	kind, version, description string
}

func flywayFileOf(e entry) (flywayFile, bool) {
	m := flywayName.FindStringSubmatch(e.name())
	if m == nil {
		return flywayFile{}, false
	}
	// Flyway compares descriptions as it shows them.
	return flywayFile{e, m[1] + m[4], m[2], strings.ReplaceAll(m[3]+m[6], "_", " ")}, true
}

func isFlyway(e entry) bool {
	_, ok := flywayFileOf(e)
	return ok
}

func fitsFlyway(_ *reader, l *listing) bool {
	return l.sql.count(isFlyway) > 0 && l.most(func(e entry) bool {
		return isFlyway(e) || flywayCallback.MatchString(e.name())
	})
}

// flywaySteps is the last baseline (B), the versions after it (V) and then the repeatable files (R) by description,
// from the directory and all below it. Undo files (U) are not applied.
func flywaySteps(r *reader, l *listing) []step {
	var versions, repeatable []flywayFile
	var baseline flywayFile
	for _, e := range l.take(isFlyway, nil) {
		switch f, _ := flywayFileOf(e); {
		case f.kind == "V":
			versions = append(versions, f)
		case f.kind == "R":
			repeatable = append(repeatable, f)
		case f.kind == "B" && (baseline.kind == "" || compareFlyway(f, baseline) > 0):
			baseline = f
		}
	}
	slices.SortStableFunc(versions, compareFlyway)
	r.checkVersions("flyway", entriesOf(versions), func(e entry) string {
		f, _ := flywayFileOf(e)
		return f.version
	})
	if baseline.kind != "" {
		later := slices.IndexFunc(versions, func(f flywayFile) bool { return compareFlyway(f, baseline) > 0 })
		if later < 0 {
			later = len(versions)
		}
		versions = append([]flywayFile{baseline}, versions[later:]...)
	}
	slices.SortStableFunc(repeatable, func(a, b flywayFile) int { return strings.Compare(a.description, b.description) })
	return filesToSteps(append(entriesOf(versions), entriesOf(repeatable)...))
}

func compareFlyway(a, b flywayFile) int {
	return compareVersions(splitVersion(a.version), splitVersion(b.version))
}

func entriesOf(files []flywayFile) entries {
	out := make(entries, len(files))
	for i, f := range files {
		out[i] = f.entry
	}
	return out
}
