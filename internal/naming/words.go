package naming

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// Words splits a string into lower-case words: at everything that is no letter or digit, and where the casing says so
// (dealId, LLMUsage). Digits belong to the word before them. The string is brought to Unicode's compatibility form
// first, as Python does with identifiers, so that two words that differ are different in every language.
func Words(s string) []string {
	if isLowerASCII(s) {
		return lowerWords(s)
	}
	return anyWords(s)
}

// anyWords is Words, whatever the string has in it.
func anyWords(s string) []string {
	var words []string
	for part := range strings.FieldsFuncSeq(norm.NFKC.String(s), isSeparator) {
		runes := []rune(strings.Map(dropApostrophe, part))
		for len(runes) > 0 {
			n := wordLength(runes)
			word := strings.TrimLeftFunc(norm.NFKC.String(strings.ToLower(string(runes[:n]))), unicode.IsMark)
			if word != "" {
				words = append(words, word)
			}
			runes = runes[n:]
		}
	}
	return words
}

// isLowerASCII tells a name, such as most in databases, whose words are what stands between its separators.
func isLowerASCII(s string) bool {
	for i := range len(s) {
		if c := s[i]; c >= utf8.RuneSelf || 'A' <= c && c <= 'Z' || c == '\'' {
			return false
		}
	}
	return true
}

func lowerWords(s string) []string {
	words := strings.FieldsFunc(s, func(r rune) bool { return !isLowerByte(byte(r)) })
	if len(words) == 0 {
		return nil
	}
	return words
}

func isLowerByte(c byte) bool { return 'a' <= c && c <= 'z' || '0' <= c && c <= '9' }

// apostrophes join the letters around them: don't is one word.
const apostrophes = "'’"

func dropApostrophe(r rune) rune {
	if strings.ContainsRune(apostrophes, r) {
		return -1
	}
	return r
}

func isSeparator(r rune) bool {
	return !isWordRune(r) && !strings.ContainsRune(apostrophes, r)
}

// verticalTilde is a letter by its category, but kept out of identifiers.
const verticalTilde = 'ⸯ'

// isWordRune tells what words are made of: letters, digits and the marks that belong to letters. All of them may stand
// in identifiers of TypeScript and Python; Go's have no marks.
func isWordRune(r rune) bool {
	return r != verticalTilde && (unicode.IsLetter(r) || unicode.In(r, unicode.Nd, unicode.Mn, unicode.Mc))
}

// wordLength is how many runes the first word of a part has. A capital starts a word after anything that is none, and
// the last of several capitals does before a small letter (LLM-Usage), except in a plural (IDs).
func wordLength(runes []rune) int {
	for i := 1; i < len(runes); i++ {
		if !isCapital(runes[i]) {
			continue
		}
		if !isCapital(runes[i-1]) {
			return i
		}
		small := i+1 < len(runes) && unicode.IsLetter(runes[i+1]) && !isCapital(runes[i+1])
		if small && !isPluralS(runes[i+1:]) {
			return i
		}
	}
	return len(runes)
}

func isCapital(r rune) bool { return unicode.ToLower(r) != r }

// isPluralS tells a lone s, at the end or before the next capital.
func isPluralS(rest []rune) bool {
	return rest[0] == 's' && (len(rest) == 1 || isCapital(rest[1]))
}
