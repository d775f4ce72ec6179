package naming

import (
	"slices"
	"strings"
	"sync"

	"github.com/jinzhu/inflection"
)

// Singular puts the last word into the singular: a row of deals is a deal.
func Singular(words []string) []string { return inflectLast(words, singular) }

// Plural puts the last word into the plural. One that is in it already stays.
func Plural(words []string) []string { return inflectLast(words, plural) }

func inflectLast(words []string, inflect func(string) string) []string {
	out := slices.Clone(words)
	if len(out) == 0 {
		return out
	}
	last := &out[len(out)-1]
	if inflected := inflect(*last); inflected != "" { // nothing would be left of "s"
		*last = inflected
	}
	return out
}

// uncountable words are the same in both numbers.
var uncountable = strings.Fields(`
	analytics apparatus aws corps dns gps headquarters https logistics mathematics means news physics sales series sms
	species tls`)

// singularEndings are those of words that are no plurals, though the library cuts them: data, metadata and quota,
// status and campus, analysis, address.
var singularEndings = []string{"a", "us", "is", "ss"}

// irregular are plurals that the library takes for those of other words.
var irregular = map[string]string{
	"aches": "ache", "caches": "cache", "niches": "niche",
	"bases": "base", "bonuses": "bonus", "campuses": "campus", "canvases": "canvas", "censuses": "census",
	"corpuses": "corpus", "focuses": "focus", "gases": "gas", "lenses": "lens", "atlases": "atlas", "biases": "bias",
	"calories": "calorie", "pies": "pie", "ties": "tie", "zombies": "zombie",
	"menus": "menu", "heroes": "hero", "viruses": "virus", "axes": "axis", "mice": "mouse",
	"calves": "calf", "halves": "half", "hooves": "hoof", "knives": "knife", "leaves": "leaf", "lives": "life",
	"loaves": "loaf", "scarves": "scarf", "selves": "self", "shelves": "shelf", "thieves": "thief", "wives": "wife",
	"wolves": "wolf",
}

// singulars are singular words whose ending is a plural's.
var singulars = strings.Fields("atlas bias canvas chaos cosmos gas lens specimen regimen abdomen omen")

func singular(word string) string {
	if s, ok := irregular[word]; ok {
		return s
	}
	switch {
	case slices.Contains(uncountable, word), slices.Contains(singulars, word),
		slices.ContainsFunc(singularEndings, func(end string) bool { return strings.HasSuffix(word, end) }):
		return word
	case strings.HasSuffix(word, "ves"):
		return strings.TrimSuffix(word, "s")
	}
	return LibrarySingular(word)
}

// inflected are the answers of the inflection library so far. It tries many patterns on each word, and a word comes up again
// in many names and in every target.
type inflected struct {
	inflect func(string) string
	answers sync.Map // string by string
}

func (i *inflected) of(word string) string {
	if s, ok := i.answers.Load(word); ok {
		return s.(string)
	}
	s := i.inflect(word)
	i.answers.Store(word, s)
	return s
}

var librarySingulars, libraryPlurals = &inflected{inflect: inflection.Singular}, &inflected{inflect: inflection.Plural}

// LibrarySingular is what the inflection library makes of a word, which is what sqlc goes by. The word may be a whole name. What
// stands before its last underscore stays: no pattern has one, and but for that of oxen those that are about a word's beginning
// are about its end as well.
func LibrarySingular(word string) string {
	last := strings.LastIndexByte(word, '_')
	if last < 0 || len(word) >= 2 && strings.EqualFold(word[:2], "ox") {
		return librarySingulars.of(word)
	}
	return word[:last] + librarySingulars.of(word[last:])
}

func plural(word string) string {
	if slices.Contains(uncountable, word) {
		return word
	}
	for p, s := range irregular {
		if s == word {
			return p
		}
	}
	if slices.Contains(singulars, word) || strings.HasSuffix(word, "us") {
		return word + "es"
	}
	return libraryPlurals.of(word)
}
