package constraint

import (
	"fmt"
	"slices"
	"strings"
	"unicode"
)

// charset is a set of code points: ranges in order that do not touch.
type charset []charRange

type charRange struct{ low, high rune }

const lastRune = unicode.MaxRune

func oneChar(r rune) charset { return charset{{r, r}} }

func charsIn(s string) charset {
	var set charset
	for _, r := range s {
		set = append(set, charRange{r, r})
	}
	return set.normal()
}

// normal sorts the ranges and joins those that touch.
func (s charset) normal() charset {
	sorted := slices.SortedFunc(slices.Values(s), func(a, b charRange) int { return int(a.low - b.low) })
	var out charset
	for _, r := range sorted {
		if last := len(out) - 1; last >= 0 && r.low <= out[last].high+1 {
			out[last].high = max(out[last].high, r.high)
			continue
		}
		out = append(out, r)
	}
	return out
}

func (s charset) complement() charset {
	out := charset{}
	next := rune(0)
	for _, r := range s.normal() {
		if r.low > next {
			out = append(out, charRange{next, r.low - 1})
		}
		next = r.high + 1
	}
	if next <= lastRune {
		out = append(out, charRange{next, lastRune})
	}
	return out
}

// bothCases adds the other case of every letter of ASCII. ok is false if the set has another letter with a case: what
// that is depends on the locale.
func (s charset) bothCases() (charset, bool) {
	out := slices.Clone(s)
	for _, r := range s {
		if r.high > unicode.MaxASCII && hasCase(r) {
			return nil, false
		}
		for c := max(r.low, 'A'); c <= min(r.high, 'z'); c++ {
			if isLetter(c) {
				out = append(out, charRange{c ^ 0x20, c ^ 0x20})
			}
		}
	}
	return out.normal(), true
}

func isLetter(c rune) bool { return 'a' <= c|0x20 && c|0x20 <= 'z' }

func hasCase(r charRange) bool {
	for c := max(r.low, unicode.MaxASCII+1); c <= r.high; c++ {
		if unicode.ToLower(c) != c || unicode.ToUpper(c) != c {
			return true
		}
	}
	return false
}

// pattern writes the set in the syntax that all engines share.
func (s charset) pattern() string {
	s = s.normal()
	switch {
	case len(s) == 0:
		return `[^\s\S]`
	case len(s) == 1 && s[0] == charRange{0, lastRune}:
		return `[\s\S]`
	case len(s) == 1 && s[0].low == s[0].high:
		return quoteChar(s[0].low)
	case s[len(s)-1].high == lastRune:
		return "[^" + s.complement().ranges() + "]"
	}
	return "[" + s.ranges() + "]"
}

func (s charset) ranges() string {
	var b strings.Builder
	for _, r := range s {
		b.WriteString(quoteInSet(r.low))
		if r.high > r.low {
			if r.high > r.low+1 {
				b.WriteByte('-')
			}
			b.WriteString(quoteInSet(r.high))
		}
	}
	return b.String()
}

func quoteChar(c rune) string {
	if strings.ContainsRune(`^$\.*+?()[]{}|`, c) {
		return `\` + string(c)
	}
	return visible(c)
}

func quoteInSet(c rune) string {
	if strings.ContainsRune(`\]^-[`, c) {
		return `\` + string(c)
	}
	return visible(c)
}

// visible writes a character by its number where it would not be seen.
func visible(c rune) string {
	switch {
	case c < 0x20 || 0x7f <= c && c <= 0xa0 || c == 0xad:
		return fmt.Sprintf(`\x%02x`, c)
	case unicode.IsPrint(c):
		return string(c)
	case c <= 0xffff && (c < 0xd800 || c > 0xdfff):
		return string(c)
	}
	return string(c)
}

// The classes of characters, in ASCII. Which other characters are in them depends on the database's locale.
var (
	digits     = charset{{'0', '9'}}
	letters    = charset{{'A', 'Z'}, {'a', 'z'}}
	wordChars  = charset{{'0', '9'}, {'A', 'Z'}, {'_', '_'}, {'a', 'z'}}
	whitespace = charset{{'\t', '\r'}, {' ', ' '}}
)

// namedClasses are [[:name:]]. punct is left out: locales differ in ASCII already.
var namedClasses = map[string]charset{
	"alpha": letters, "digit": digits, "space": whitespace, "word": wordChars,
	"alnum": {{'0', '9'}, {'A', 'Z'}, {'a', 'z'}},
	"upper": {{'A', 'Z'}}, "lower": {{'a', 'z'}},
	"blank": {{'\t', '\t'}, {' ', ' '}}, "cntrl": {{0, 31}, {127, 127}},
	"print": {{' ', '~'}}, "graph": {{'!', '~'}},
	"xdigit": {{'0', '9'}, {'A', 'F'}, {'a', 'f'}},
}
