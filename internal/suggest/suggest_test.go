package suggest

import (
	"testing"

	"github.com/stretchr/testify/assert"
)

func TestNearest(t *testing.T) {
	known := []string{"numeric", "naming", "timestamp", "target", "insert", "include", "id", "queries", "orders"}
	for word, want := range map[string]string{
		"numric":     "numeric",
		"Numeric":    "numeric",
		"nmaing":     "naming",
		"timestamps": "timestamp",
		"targte":     "target",
		"inclde":     "include",
		"di":         "id",
		"query":      "queries",
		"users":      "",
		"":           "",
		"colour":     "",
		"x":          "",
		"überhaupt":  "",
	} {
		got, ok := Nearest(word, known)
		assert.Equal(t, want, got, word)
		assert.Equal(t, want != "", ok, word)
	}
	got, ok := Nearest("ab", []string{"ac", "aa"})
	assert.True(t, ok)
	assert.Equal(t, "aa", got, "of equally near words the first in order")
	assert.Equal(t, "did you mean \"numeric\"?", Hint("numric", known))
	assert.Empty(t, Hint("colour", known))
}

func TestDistanceIsSymmetric(t *testing.T) {
	for _, tc := range []struct {
		a, b string
		want int
	}{
		{"", "", 0}, {"", "abc", 3}, {"abc", "abc", 0}, {"abc", "acb", 1}, {"kitten", "sitting", 3}, {"ca", "abc", 3}, {"é", "e", 1},
	} {
		assert.Equal(t, tc.want, distance([]rune(tc.a), []rune(tc.b)), tc)
		assert.Equal(t, tc.want, distance([]rune(tc.b), []rune(tc.a)), tc)
	}
}
