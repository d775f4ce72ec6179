package sqlc

import (
	"fmt"
	"regexp"

	"github.com/trefoil-sql/trefoil/internal/catalog"
	"github.com/trefoil-sql/trefoil/internal/suggest"
)

// named finds the name that a message of sqlc's is about.
var named = regexp.MustCompile(`(?:^| )(column|column reference|relation|table alias|type|schema|function)(?: name)? ("(?:[^"\\]|\\.)+"|\w+)[ (]`)

// missing tells what kind of thing a message misses, and its name.
func missing(text string) (what, name string, ok bool) {
	m := named.FindStringSubmatch(text + " ")
	if m == nil {
		return "", "", false
	}
	name = m[2]
	if name[0] == '"' {
		if _, err := fmt.Sscanf(name, "%q", &name); err != nil {
			return "", "", false
		}
	}
	return m[1], name, true
}

// meant is a hint at what a query may have meant.
func (r *runner) meant(what, name string, s *statement) string {
	switch what {
	case "column", "column reference":
		return suggest.Hint(name, r.columns(s))
	case "relation":
		var known []string
		for _, rel := range r.in.Catalog.Relations {
			if rel.Name.Name == name && rel.Name.Schema != publicSchema {
				return fmt.Sprintf("it is in schema %s: %s", rel.Name.Schema, rel.Name)
			}
			known = append(known, shortName(rel.Name))
		}
		return suggest.Hint(name, known)
	}
	return ""
}

// columns are those of the relations that a statement names or, if it names none, of all.
func (r *runner) columns(s *statement) []string {
	words := s.words()
	var here, all []string
	for _, rel := range r.in.Catalog.Relations {
		for _, c := range rel.Columns {
			all = append(all, c.Name)
			if words[rel.Name.Name] {
				here = append(here, c.Name)
			}
		}
	}
	if len(here) > 0 {
		return here
	}
	return all
}

// shortName is a name as a query would write it.
func shortName(n catalog.Name) string {
	if n.Schema == publicSchema {
		return n.Name
	}
	return n.String()
}
