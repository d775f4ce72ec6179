package naming

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Pascal writes words as LlmUsage. Words among the initialisms are written in capitals: LLMUsage.
func Pascal(words []string, initialisms []string) string {
	var b strings.Builder
	size := 0
	for _, w := range words {
		size += len(w)
	}
	b.Grow(size)
	for _, w := range words {
		if slices.ContainsFunc(initialisms, func(i string) bool { return strings.EqualFold(i, w) }) {
			b.WriteString(strings.ToUpper(w))
			continue
		}
		writeCapitalised(&b, w)
	}
	return b.String()
}

// Camel writes words as dealId.
func Camel(words []string) string {
	if len(words) == 0 {
		return ""
	}
	return words[0] + Pascal(words[1:], nil)
}

// Snake writes words as deal_id.
func Snake(words []string) string { return strings.Join(words, "_") }

// Screaming writes words as DEAL_ID.
func Screaming(words []string) string { return strings.ToUpper(Snake(words)) }

func writeCapitalised(b *strings.Builder, w string) {
	first, size := utf8.DecodeRuneInString(w)
	b.WriteRune(unicode.ToUpper(first))
	b.WriteString(w[size:])
}
