package migration

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestRecognise(t *testing.T) {
	root := t.TempDir()
	for name, text := range map[string]string{
		"goose/1_a.sql":          "-- +goose Up\nSELECT 1;\n",
		"goose/2_b.sql":          "-- +goose Up\nSELECT 2;\n",
		"migrate/1_a.up.sql":     "SELECT 1;",
		"migrate/1_a.down.sql":   "SELECT 1;",
		"structure.sql":          "SELECT 1;",
		"empty/README.md":        "",
		"broken/1_a.up.sql":      "SELECT 1;",
		"broken/01_again.up.sql": "SELECT 1;",
	} {
		require.NoError(t, os.MkdirAll(filepath.Dir(filepath.Join(root, name)), 0o755))
		require.NoError(t, os.WriteFile(filepath.Join(root, name), []byte(text), 0o600))
	}
	for path, want := range map[string]Recognised{
		"goose": {"goose", 2}, "migrate": {"golang-migrate", 1}, "structure.sql": {"dump", 1}, "empty": {}, "nothing": {},
		"broken": {"golang-migrate", 2},
	} {
		got, ok := Recognise(root, path)
		assert.Equal(t, want, got, path)
		assert.Equal(t, want.Files > 0, ok, path)
	}
}
