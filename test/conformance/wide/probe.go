package wide

import (
	"encoding/json"
	"math/rand/v2"
	"strings"
)

// Probe is one row as a JSON object for a subject's table.
type Probe struct {
	Subject *Subject
	Text    string
}

// Probes makes the probes of a schema: first each column's edges, then random rows, evenly over the subjects until there
// are n. No probe comes twice.
func Probes(s *Schema, r *rand.Rand, n int) []Probe {
	m := maker{seen: map[string]bool{}}
	for i := range s.Subjects {
		m.edges(&s.Subjects[i], r)
	}
	if len(m.out) > n {
		r.Shuffle(len(m.out), func(i, j int) { m.out[i], m.out[j] = m.out[j], m.out[i] })
		return m.out[:n]
	}
	for barren := 0; len(m.out) < n && barren < 50; barren++ {
		for i := range s.Subjects {
			if before := len(m.out); before < n {
				m.random(&s.Subjects[i], r)
				if len(m.out) > before {
					barren = 0
				}
			}
		}
	}
	return m.out
}

type maker struct {
	out  []Probe
	seen map[string]bool
}

// edges gives each column each of its edges: all columns the same one in a table of one type, the others anything
// in a table of a rule.
func (m *maker) edges(s *Subject, r *rand.Rand) {
	if s.Check == "" {
		for _, v := range s.Columns[0].Pool.Edges {
			m.add(s, func(Column) string { return v })
		}
		for _, null := range s.Columns {
			m.add(s, func(c Column) string {
				if c.Name == null.Name {
					return "null"
				}
				return c.Pool.Edges[0]
			})
		}
		return
	}
	for _, column := range s.Columns {
		for _, v := range append([]string{"null"}, column.Pool.Edges...) {
			m.add(s, func(c Column) string {
				if c.Name == column.Name {
					return v
				}
				return anyValue(c, r)
			})
		}
	}
}

// random gives the columns of a type one value, since each says all of it, and those of a rule one each.
func (m *maker) random(s *Subject, r *rand.Rand) {
	if s.Check != "" {
		m.add(s, func(c Column) string { return anyValue(c, r) })
		return
	}
	v := s.Columns[0].Pool.pick(r)
	m.add(s, func(Column) string { return v })
}

func anyValue(c Column, r *rand.Rand) string {
	if !c.NotNull && r.IntN(8) == 0 {
		return "null"
	}
	return c.Pool.pick(r)
}

func (m *maker) add(s *Subject, value func(c Column) string) {
	members := make([]string, len(s.Columns))
	for i, c := range s.Columns {
		members[i] = quoted(c.Name) + ": " + value(c)
	}
	text := "{" + strings.Join(members, ", ") + "}"
	if key := s.Table + text; !m.seen[key] {
		if !json.Valid([]byte(text)) {
			panic(text)
		}
		m.seen[key] = true
		m.out = append(m.out, Probe{s, text})
	}
}
