package catalog

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/trefoil-sql/trefoil/internal/source"
)

// TestReferenceSchema replays the project's own migrations without a word.
func TestReferenceSchema(t *testing.T) {
	paths, err := filepath.Glob("../../schema/*.sql")
	require.NoError(t, err)
	require.NotEmpty(t, paths)
	var files []*source.File
	for _, p := range paths {
		text, err := os.ReadFile(p)
		require.NoError(t, err)
		files = append(files, source.NewFile(filepath.Base(p), string(text)))
	}
	cat, notes, err := Load(files)
	require.NoError(t, err)
	require.Empty(t, notes)
	require.Len(t, cat.Relations, 6)
}
