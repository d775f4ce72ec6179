package breaking

import (
	"slices"
	"strings"

	"github.com/bmatcuk/doublestar/v4"
)

// Ignore is a rule that the user does not mind.
type Ignore struct {
	Rule string
	// Objects are patterns over what the rule is about; without one it is ignored everywhere.
	Objects []string
}

// Apply marks the findings that one of the list ignores. Names in defaultSchema may stand without it.
func Apply(findings Changes, list []Ignore, defaultSchema string) {
	for i := range findings {
		findings[i].Ignored = slices.ContainsFunc(list, func(g Ignore) bool {
			return g.Rule == findings[i].Rule && g.matches(findings[i].Subject, defaultSchema)
		})
	}
}

// matches compares the patterns with the subject, and with the table or query that it is in. A dot separates as a slash
// does in paths, so that * stays within one part.
func (g Ignore) matches(s Subject, defaultSchema string) bool {
	if len(g.Objects) == 0 {
		return true
	}
	names := []string{s.Name}
	if s.Kind != TargetSubject {
		names = enclosing(s, defaultSchema)
	}
	return slices.ContainsFunc(g.Objects, func(pattern string) bool {
		return slices.ContainsFunc(names, func(name string) bool {
			ok, _ := doublestar.Match(strings.ReplaceAll(pattern, ".", "/"), strings.ReplaceAll(name, ".", "/"))
			return ok
		})
	})
}

// enclosing are the names that a pattern may mean the subject by.
func enclosing(s Subject, defaultSchema string) []string {
	names := []string{s.Name}
	parts := strings.Split(s.Name, ".")
	whole := 2 // parts of a name that is no field's
	if s.Kind == QuerySubject {
		whole = 1
	}
	if len(parts) > whole {
		names = append(names, strings.Join(parts[:whole], "."))
	}
	if s.Kind == QuerySubject {
		return names
	}
	for _, n := range names {
		if bare, ok := strings.CutPrefix(n, defaultSchema+"."); ok {
			names = append(names, bare)
		}
	}
	return names
}
