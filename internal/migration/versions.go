package migration

import (
	"encoding/json"
	"regexp"
	"slices"
	"strings"
)

var versionDirectory = regexp.MustCompile(`^[vV]?(\d+(?:[._]\d+)*)$`)

// fitsVersions: all SQL stands in directories that are named as versions.
func fitsVersions(_ *reader, l *listing) bool {
	return !l.single && len(l.sql) > 0 && !slices.ContainsFunc(l.sql, func(e entry) bool { return !inVersion(e) })
}

func inVersion(e entry) bool {
	dir, _, nested := strings.Cut(e.rel, "/")
	return nested && versionDirectory.MatchString(dir)
}

// versionSteps is the versions' directories by version. A directory's manifest names its files, if it has one.
func versionSteps(r *reader, l *listing) []step {
	var dirs []string
	for _, e := range l.take(inVersion, nil) {
		if dir, _, _ := strings.Cut(e.rel, "/"); !slices.Contains(dirs, dir) {
			dirs = append(dirs, dir)
		}
	}
	slices.SortStableFunc(dirs, func(a, b string) int {
		return compareVersions(splitVersion(strings.TrimLeft(a, "vV")), splitVersion(strings.TrimLeft(b, "vV")))
	})
	var steps []step
	for _, dir := range dirs {
		sub := l.sub(dir)
		if listed, ok := r.manifest(sub); ok {
			steps = append(steps, filesToSteps(listed)...)
		} else {
			steps = append(steps, step{dir: sub})
		}
	}
	return steps
}

// manifest is the files that Temporal's manifest.json lists.
func (r *reader) manifest(l *listing) (entries, bool) {
	file, ok := l.other.find("manifest.json")
	if !ok {
		return nil, false
	}
	var content struct{ SchemaUpdateCqlFiles []string }
	if json.Unmarshal([]byte(file.load(&r.errs)), &content) != nil || len(content.SchemaUpdateCqlFiles) == 0 {
		return nil, false
	}
	return r.listed(l, file, content.SchemaUpdateCqlFiles), true
}

// listed is the files of a directory that another file names, in its order.
func (r *reader) listed(l *listing, by entry, names []string) (found entries) {
	for _, name := range names {
		e, ok := l.sql.find(name)
		if !ok {
			r.fail(CodeMissing, "", "%s names %s, which does not exist", by.path, name)
			continue
		}
		found = append(found, e)
	}
	l.take(func(e entry) bool { return slices.Contains(names, e.rel) }, nil)
	return found
}
