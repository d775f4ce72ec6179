package golang

import (
	"go/format"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// FuzzComment: whatever a CHECK or the name of one holds, its comment is one line as gofmt writes it.
func FuzzComment(f *testing.F) {
	for _, text := range []string{"a > 0", "a ~ '\n'", "trailing \t\v", "\ufeff", "``a''", "'''", "# a", "\r\n", "//go:build a", "[a]: b", ""} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		if !utf8.ValidString(text) || strings.ContainsRune(text, 0) {
			return // not what PostgreSQL holds
		}
		code := "package p\n\n" + docComment("These are left: "+text+".") + "\nfunc f() {\n\t" + comment(text) + "\n}\n"
		formatted, err := format.Source([]byte(code))
		require.NoError(t, err, "%q", code)
		assert.Equal(t, string(formatted), code)
	})
}
