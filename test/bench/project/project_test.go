package project

import (
	"context"
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/trefoil-sql/trefoil/internal/pgtest"
)

func TestMain(m *testing.M) { pgtest.Main(m) }

func files(t *testing.T, tables int) map[string]string {
	t.Helper()
	dir := t.TempDir()
	require.NoError(t, Write(dir, tables))
	all := map[string]string{}
	require.NoError(t, filepath.WalkDir(dir, func(p string, d os.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		text, err := os.ReadFile(p)
		rel, _ := filepath.Rel(dir, p)
		all[filepath.ToSlash(rel)] = string(text)
		return err
	}))
	return all
}

// TestTheSameSizeIsTheSameProject, byte for byte, and a larger one begins with the same tables.
func TestTheSameSizeIsTheSameProject(t *testing.T) {
	assert.Equal(t, files(t, 40), files(t, 40))
	small, large := files(t, 20), files(t, 130)
	for name, text := range small {
		if name != "migrations/0001_types.sql" {
			assert.Equal(t, text, large[name], name)
		}
	}
}

// TestAServerTakesIt: what is measured is what projects can have.
func TestAServerTakesIt(t *testing.T) {
	conn := pgtest.New(t).Conn(context.Background())
	dir := t.TempDir()
	require.NoError(t, Write(dir, 130))
	paths, err := filepath.Glob(filepath.Join(dir, "migrations", "*.sql"))
	require.NoError(t, err)
	require.Len(t, paths, 14)
	for _, p := range paths {
		text, err := os.ReadFile(p)
		require.NoError(t, err)
		_, err = conn.Exec(context.Background(), string(text))
		require.NoError(t, err, p)
	}
}
