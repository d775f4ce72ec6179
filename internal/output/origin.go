package output

import (
	"regexp"
	"slices"
	"strings"

	"github.com/trefoil-sql/trefoil/internal/source"
)

// Origin says what in the schema a file is generated from.
type Origin struct {
	// Span is where the file's subject is defined; it may be zero.
	Span source.Span
	// Parts are what the file's lines are about, in the order in which the schema is read.
	Parts []Part
}

// Part is a thing that a generated file writes about: a column, a value list.
type Part struct {
	// Words are its names in the file.
	Words []string
	Span  source.Span
}

var word = regexp.MustCompile(`[\pL\pN_$]+`)

// of is the place that a drift comes from: the last part that is named more often after the change, else one that is
// named less often, else one that a changed line names, else the file's subject. A hand edit and a stale file come from
// no place in the schema.
func (o Origin) of(d Drift) source.Span {
	switch d.Kind {
	case Missing:
		return o.Span
	case Changed:
		added, removed := words(d.Diff())
		for _, named := range []map[string]int{less(added, removed), less(removed, added), added} {
			if span := o.last(named); !span.IsZero() {
				return span
			}
		}
		return o.Span
	}
	return source.Span{}
}

func (o Origin) last(named map[string]int) source.Span {
	var span source.Span
	for _, p := range o.Parts {
		if slices.ContainsFunc(p.Words, func(w string) bool { return names(named, w) }) {
			span = p.Span
		}
	}
	return span
}

// names tells that all words of a name, which may be any text, are there.
func names(named map[string]int, name string) bool {
	parts := word.FindAllString(name, -1)
	return len(parts) > 0 && !slices.ContainsFunc(parts, func(w string) bool { return named[w] <= 0 })
}

// words counts the words of a diff's added and removed lines.
func words(lines []string) (added, removed map[string]int) {
	added, removed = map[string]int{}, map[string]int{}
	for _, line := range lines {
		counts := added
		switch {
		case strings.HasPrefix(line, "-"):
			counts = removed
		case !strings.HasPrefix(line, "+"):
			continue
		}
		for _, w := range word.FindAllString(line[1:], -1) {
			counts[w]++
		}
	}
	return added, removed
}

func less(a, b map[string]int) map[string]int {
	rest := map[string]int{}
	for w, n := range a {
		rest[w] = n - b[w]
	}
	return rest
}
