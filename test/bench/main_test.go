package main

import (
	"os"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// TestTheDocumentHasEverySection, once, and putting one leaves the rest.
func TestTheDocumentHasEverySection(t *testing.T) {
	text, err := os.ReadFile("../../" + document)
	require.NoError(t, err)
	t.Chdir(t.TempDir())
	require.NoError(t, os.Mkdir("docs", 0o755))
	require.NoError(t, os.WriteFile(document, text, 0o644))
	for _, section := range sections {
		assert.Equal(t, 1, strings.Count(string(text), "<!-- "+section+" -->\n"))
		require.NoError(t, put(section, []byte("| "+section+" |\n")))
	}
	after, err := os.ReadFile(document)
	require.NoError(t, err)
	for _, section := range sections {
		assert.Contains(t, string(after), "<!-- "+section+" -->\n| "+section+" |\n<!-- /"+section+" -->\n")
	}
	assert.Equal(t, outside(string(text)), outside(string(after)))
	assert.Error(t, put("nothing", nil))
}

// outside is the document without its sections.
func outside(text string) string {
	for _, section := range sections {
		before, rest, _ := strings.Cut(text, "<!-- "+section+" -->\n")
		_, after, _ := strings.Cut(rest, "<!-- /"+section+" -->\n")
		text = before + after
	}
	return text
}
