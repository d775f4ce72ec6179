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
