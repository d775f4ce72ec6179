package wide

import (
	"encoding/json"
	"math/rand/v2"
	"slices"
	"strings"
)

// Pool makes JSON values for a column of one type.
type Pool struct {
	// Edges are the values that every run puts: those at the type's limits and of each form, and those just outside.
	Edges []string
	// Random makes another value; nil for a type whose edges are all that matters.
	Random func(r *rand.Rand) string
}

// pick is one value: an edge, or one at random.
func (p Pool) pick(r *rand.Rand) string {
	if p.Random != nil && (len(p.Edges) == 0 || r.IntN(3) > 0) {
		return p.Random(r)
	}
	return p.Edges[r.IntN(len(p.Edges))]
}

// quoted writes a string as JSON.
func quoted(s string) string {
	b := &strings.Builder{}
	e := json.NewEncoder(b)
	e.SetEscapeHTML(false)
	if err := e.Encode(s); err != nil {
		panic(err)
	}
	return strings.TrimSuffix(b.String(), "\n")
}

// texts are edges that are strings.
func texts(values ...string) []string {
	out := make([]string, len(values))
	for i, v := range values {
		out[i] = quoted(v)
	}
	return out
}

// text is a pool of strings.
func text(random func(r *rand.Rand) string, edges ...string) Pool {
	p := Pool{Edges: texts(edges...)}
	if random != nil {
		p.Random = func(r *rand.Rand) string { return quoted(random(r)) }
	}
	return p
}

// and adds edges.
func (p Pool) and(edges ...string) Pool {
	p.Edges = append(append([]string{}, p.Edges...), edges...)
	return p
}

// without leaves out an edge that is a string.
func (p Pool) without(edge string) Pool {
	p.Edges = slices.DeleteFunc(slices.Clone(p.Edges), func(v string) bool { return v == quoted(edge) })
	return p
}

// arrays is a pool of arrays of another pool's values: of no, one and several dimensions, with NULLs.
func arrays(of Pool) Pool {
	some := of.Edges[:min(len(of.Edges), 6)]
	p := Pool{Edges: []string{"[]", "[null]"}}
	for _, v := range some {
		p.Edges = append(p.Edges, "["+v+"]", "["+v+", null]", "[["+v+"], ["+v+"]]")
	}
	p.Random = func(r *rand.Rand) string {
		item := func() string {
			if r.IntN(6) == 0 {
				return "null"
			}
			return of.pick(r)
		}
		switch r.IntN(6) {
		case 0:
			return "[" + list(2, func() string { return "[" + list(2, item) + "]" }) + "]"
		case 1:
			return "[" + list(1, func() string { return "[" + list(2, func() string { return "[" + list(2, item) + "]" }) + "]" }) + "]"
		}
		return "[" + list(r.IntN(5), item) + "]"
	}
	return p
}

func list(n int, item func() string) string {
	items := make([]string, n)
	for i := range items {
		items[i] = item()
	}
	return strings.Join(items, ", ")
}

// objects is a pool of JSON objects with a pool for each key, in order of the keys.
func objects(keys []string, pools ...Pool) Pool {
	make := func(value func(p Pool) string) string {
		members := []string{}
		for i, k := range keys {
			members = append(members, quoted(k)+": "+value(pools[i]))
		}
		return "{" + strings.Join(members, ", ") + "}"
	}
	p := Pool{Edges: []string{make(func(Pool) string { return "null" })}}
	for i := range 4 {
		p.Edges = append(p.Edges, make(func(p Pool) string { return p.Edges[i%len(p.Edges)] }))
	}
	p.Random = func(r *rand.Rand) string {
		return make(func(p Pool) string {
			if r.IntN(5) == 0 {
				return "null"
			}
			return p.pick(r)
		})
	}
	return p
}
