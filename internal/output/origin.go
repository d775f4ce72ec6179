package output

import (
	"regexp"
	"slices"
	"strings"
	"sync"

	"github.com/trefoil-sql/trefoil/internal/source"
)

// Origin says what in the schema a file is generated from.
type Origin struct {
	// Span is where the file's subject is defined; it may be zero.
	Span source.Span
	// Parts are what the file's lines are about; nil for none.
	Parts *Parts
}

// Part is a thing that a generated file writes about: a column, a value list.
type Part struct {
	// Words are its names in the file.
	Words []string
	Span  source.Span
}

// Parts are parts in the order in which the schema is read. Files may share them.
type Parts struct {
	list []Part
	// names are those of all parts, by the first of their words; they are found when they are first asked for.
	names func() map[string][]partName
}

// partName is one name of a part, in words.
type partName struct {
	part  int
	words []string
}

// NewParts keeps parts that are in the order in which the schema is read.
func NewParts(list []Part) *Parts {
	return &Parts{list, sync.OnceValue(func() map[string][]partName { return namesOf(list) })}
}

// namesOf splits names, which may be any text, into words.
func namesOf(list []Part) map[string][]partName {
	names := map[string][]partName{}
	for i, p := range list {
		for _, name := range p.Words {
			if words := word.FindAllString(name, -1); len(words) > 0 {
				names[words[0]] = append(names[words[0]], partName{i, words})
			}
		}
	}
	return names
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

// last is the place of the last part of which all words of a name are there.
func (o Origin) last(named map[string]int) source.Span {
	if o.Parts == nil {
		return source.Span{}
	}
	last, names := -1, o.Parts.names()
	for w, n := range named {
		if n <= 0 {
			continue
		}
		for _, name := range names[w] {
			if name.part > last && !slices.ContainsFunc(name.words, func(w string) bool { return named[w] <= 0 }) {
				last = name.part
			}
		}
	}
	if last < 0 {
		return source.Span{}
	}
	return o.Parts.list[last].Span
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
