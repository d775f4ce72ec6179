package naming

import (
	"testing"

	"github.com/stretchr/testify/assert"
)

// FuzzWordsOfLowerASCII: the short way to a name's words gives those of the long one.
func FuzzWordsOfLowerASCII(f *testing.F) {
	for _, s := range []string{"", "deal_id", "__x__", "24h", "p95 ms", "a\x00b", "50% off!", "a.b"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		if isLowerASCII(s) {
			assert.Equal(t, anyWords(s), lowerWords(s))
		}
	})
}

// FuzzPlainIdentifier: what is taken for a valid identifier as it is comes out of the long way as it went in.
func FuzzPlainIdentifier(f *testing.F) {
	for _, s := range []string{"", "a", "_a", "A9_", "9a", "a-b", "été", "@a", "a[", "`a", "{a"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		for _, lang := range Languages() {
			if isPlain(s) {
				assert.Equal(t, s, validIdentifier(lang, Type, s))
			}
		}
	})
}
