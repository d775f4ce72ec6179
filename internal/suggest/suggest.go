// Package suggest finds the word that somebody meant.
package suggest

import (
	"fmt"
	"slices"
	"strings"
)

// Nearest returns the known word nearest to word, if one is near enough to be meant: one change, or changes of less than
// half of the longer word, where a change is a letter added, dropped or replaced, or two neighbours swapped. Case does
// not count as a change. Of equally near words the first in alphabetical order is returned.
func Nearest(word string, known []string) (string, bool) {
	best, bestDistance := "", 0
	for _, k := range slices.Sorted(slices.Values(known)) {
		a, b := fold(word), fold(k)
		d, longer := distance(a, b), max(len(a), len(b))
		near := d == 1 && longer > 1 || 2*d < longer
		if near && (best == "" || d < bestDistance) {
			best, bestDistance = k, d
		}
	}
	return best, best != ""
}

// Hint is Nearest as the hint of a message, or "" if no known word is near.
func Hint(word string, known []string) string {
	if near, ok := Nearest(word, known); ok {
		return fmt.Sprintf("did you mean %q?", near)
	}
	return ""
}

func fold(s string) []rune { return []rune(strings.ToLower(s)) }

// distance is the optimal string alignment distance of two words.
func distance(a, b []rune) int {
	// before, last and row are the rows i-2, i-1 and i of the table of distances between prefixes.
	before, last, row := make([]int, len(b)+1), make([]int, len(b)+1), make([]int, len(b)+1)
	for j := range row {
		last[j] = j
	}
	for i := 1; i <= len(a); i++ {
		row[0] = i
		for j := 1; j <= len(b); j++ {
			replaced := last[j-1]
			if a[i-1] != b[j-1] {
				replaced++
			}
			row[j] = min(last[j]+1, row[j-1]+1, replaced)
			if i > 1 && j > 1 && a[i-1] == b[j-2] && a[i-2] == b[j-1] {
				row[j] = min(row[j], before[j-2]+1)
			}
		}
		before, last, row = last, row, before
	}
	return last[len(b)]
}
