package breaking

import (
	"slices"
	"strings"
)

// Language is what a client is written in, by the name of its target.
type Language string

const (
	Go       Language = "go"
	Zod      Language = "zod"
	Pydantic Language = "pydantic"
)

// Languages are in the order in which they are listed.
var Languages = []Language{Go, Zod, Pydantic}

// Effect is how a change breaks one side of a client, as a set of bits. 0 is compatible.
type Effect uint8

const (
	// Types: code that was written against the old types does not pass the compiler or type checker with the new ones.
	Types Effect = 1 << iota
	// Data: a client that was generated before, and still runs, meets rows that it refuses or changes, or writes values
	// that the database refuses or changes.
	Data
	// TypesIf and DataIf stand in the table of rules alone: they are Types and Data where the language's own type of the
	// field becomes another one that does not take the place of the old one.
	TypesIf
	DataIf
)

var effectNames = []struct {
	effect Effect
	name   string
}{{Types, "types"}, {TypesIf, "types*"}, {Data, "data"}, {DataIf, "data*"}}

// Names are the bits that are set, in words.
func (e Effect) Names() []string {
	names := []string{}
	for _, n := range effectNames {
		if e&n.effect != 0 {
			names = append(names, n.name)
		}
	}
	return names
}

// Class is breaking or compatible.
func (e Effect) Class() string {
	if e == 0 {
		return "compatible"
	}
	return "breaking"
}

// Effects are the effects of a rule by language.
type Effects map[Language]Effect

func all(e Effect) Effects { return Effects{Go: e, Zod: e, Pydantic: e} }

// own are the languages that trefoil writes itself, whose schemas test each value.
func own(e Effect) Effects { return Effects{Zod: e, Pydantic: e} }

// and gives Go another effect than the other two.
func (e Effects) and(golang Effect) Effects {
	return Effects{Go: golang, Zod: e[Zod], Pydantic: e[Pydantic]}
}

// String is a cell of the table in docs/breaking.md: languages with the same effect share it.
func (e Effects) String() string {
	var groups []string
	var done []Language
	for _, l := range Languages {
		if e[l] == 0 || slices.Contains(done, l) {
			continue
		}
		var same []string
		for _, other := range Languages {
			if e[other] == e[l] {
				same, done = append(same, string(other)), append(done, other)
			}
		}
		who := strings.Join(same, ", ")
		if len(same) == len(Languages) {
			who = "all"
		}
		groups = append(groups, who+": "+strings.Join(e[l].Names(), ", "))
	}
	if groups == nil {
		return "compatible"
	}
	return strings.Join(groups, "; ")
}
