package catalog

import (
	"strconv"
	"strings"
	"unicode/utf8"
)

// maxNameBytes is how long a name can be: NAMEDATALEN without its final zero.
const maxNameBytes = 63

// truncate cuts a name to 63 bytes, at a character's end.
func truncate(name string) string { return clip(name, maxNameBytes) }

func clip(s string, n int) string {
	if len(s) <= n {
		return s
	}
	for n > 0 && !utf8.RuneStart(s[n]) {
		n--
	}
	return s[:n]
}

// objectName joins the parts of a generated name as PostgreSQL's makeObjectName does: the longer of the first two is
// shortened until all fits in 63 bytes.
func objectName(name1, name2, label string) string {
	room := maxNameBytes
	if name2 != "" {
		room--
	}
	if label != "" {
		room -= len(label) + 1
	}
	n1, n2 := len(name1), len(name2)
	for n1+n2 > room {
		if n1 > n2 {
			n1--
		} else {
			n2--
		}
	}
	name := clip(name1, n1)
	if name2 != "" {
		name += "_" + clip(name2, n2)
	}
	if label != "" {
		name += "_" + label
	}
	return name
}

// chooseName tries label, label1, label2 … until the name is free.
func chooseName(name1, name2, label string, taken func(string) bool) string {
	for try := 0; ; try++ {
		l := label
		if try > 0 {
			l += strconv.Itoa(try)
		}
		if name := objectName(name1, name2, l); !taken(name) {
			return name
		}
	}
}

// columnsPart joins column names for a generated name, as ChooseIndexNameAddition does: it stops once there is enough.
func columnsPart(names []string) string {
	var b strings.Builder
	for i, n := range names {
		if i > 0 {
			b.WriteByte('_')
		}
		b.WriteString(clip(n, maxNameBytes))
		if b.Len() >= maxNameBytes+1 {
			break
		}
	}
	return b.String()
}

// chooseRelationName finds a free name for an index or sequence; one of a constraint also avoids the schema's
// constraints.
func (db *database) chooseRelationName(name1, name2, label string, in *schema, isConstraint bool) string {
	return chooseName(name1, name2, label, func(name string) bool {
		return in.relations[name] != nil || isConstraint && db.hasConstraint(in, name)
	})
}

// chooseConstraintName finds a name that no constraint of the schema has, nor any of others.
func (db *database) chooseConstraintName(name1, name2, label string, in *schema, others ...string) string {
	return chooseName(name1, name2, label, func(name string) bool {
		for _, o := range others {
			if o == name {
				return true
			}
		}
		return db.hasConstraint(in, name)
	})
}

// nameConstraint gives a constraint its name. All names go through it, so that hasConstraint knows them.
func (db *database) nameConstraint(con *constraint, name string) {
	con.name = name
	db.constraintNames[name] = true
}

// hasConstraint looks in all relations and domains of the schema.
func (db *database) hasConstraint(s *schema, name string) bool {
	if !db.constraintNames[name] {
		return false
	}
	for _, r := range s.relations {
		if r.constraint(name) != nil {
			return true
		}
	}
	for _, t := range s.types {
		for _, c := range t.checks {
			if c.name == name {
				return true
			}
		}
	}
	return false
}
