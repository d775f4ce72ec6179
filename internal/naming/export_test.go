package naming

import (
	"maps"
	"slices"
)

// Languages lists the languages in order of name.
func Languages() []Language { return slices.Sorted(maps.Keys(keywords)) }

// ReservedWords lists every word that some role may not use in a language, in order.
func ReservedWords(lang Language) []string {
	words := slices.Clone(keywords[lang])
	for _, byRole := range taken[lang] {
		words = append(words, byRole...)
	}
	slices.Sort(words)
	return slices.Compact(words)
}
