package migration_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/trefoil-sql/trefoil/internal/migration"
	"github.com/trefoil-sql/trefoil/internal/source"
)

func link(t *testing.T, target, path string) {
	t.Helper()
	require.NoError(t, os.MkdirAll(filepath.Dir(path), 0o777))
	if err := os.Symlink(target, path); err != nil {
		t.Skipf("the system makes no symbolic links: %v", err)
	}
}

func read(t *testing.T, root string, patterns ...string) []*source.File {
	t.Helper()
	files, _, err := migration.Read(root, patterns, migration.Options{})
	require.NoError(t, err)
	return files
}

func TestSymbolicLinksAreFollowed(t *testing.T) {
	outside, root := t.TempDir(), t.TempDir()
	write(t, filepath.Join(outside, "shared.sql"), "SELECT 3;")
	write(t, filepath.Join(outside, "dir", "4.sql"), "SELECT 4;")
	write(t, filepath.Join(root, "m", "v2", "2.sql"), "SELECT 2;")
	link(t, filepath.Join(outside, "shared.sql"), filepath.Join(root, "m", "v3", "3.sql"))
	link(t, filepath.Join(outside, "dir"), filepath.Join(root, "m", "v4"))
	// A loop, a second way to a directory, which would come first, and a way to the whole.
	link(t, "..", filepath.Join(root, "m", "v2", "loop"))
	link(t, "v2", filepath.Join(root, "m", "v1"))
	link(t, "m", filepath.Join(root, "migrations"))
	link(t, "nowhere", filepath.Join(root, "m", "v5", "readme"))
	assert.Equal(t, []string{"m/v2/2.sql", "m/v3/3.sql", "m/v4/4.sql"}, paths(read(t, root, "m")))
	assert.Equal(t, []string{"migrations/v2/2.sql", "migrations/v3/3.sql", "migrations/v4/4.sql"}, paths(read(t, root, "migrations")))
	assert.Equal(t, []string{"m/v2/2.sql", "m/v3/3.sql", "m/v4/4.sql"}, paths(read(t, root, "m/**/*.sql")))
}

func TestBrokenLinkIsAnError(t *testing.T) {
	root := t.TempDir()
	write(t, filepath.Join(root, "1.sql"), "SELECT 1;")
	link(t, "gone.sql", filepath.Join(root, "2.sql"))
	_, _, err := migration.Read(root, []string{"."}, migration.Options{})
	require.Error(t, err)
	assert.Equal(t, "error[TF204]: cannot read 2.sql: no such file or directory", err.Error())
}

func TestUnusualPaths(t *testing.T) {
	// The project's own directory holds what a glob would take for its own.
	root := filepath.Join(t.TempDir(), "a[b]{c}*")
	write(t, filepath.Join(root, "m [1]", "1 é.sql"), "SELECT 1;")
	write(t, filepath.Join(root, "..", "beside.sql"), "SELECT 2;")
	assert.Equal(t, []string{"m [1]/1 é.sql"}, paths(read(t, root, "m [1]")))
	assert.Equal(t, []string{"m [1]/1 é.sql"}, paths(read(t, root, "m*/*.sql")))
	assert.Equal(t, []string{"../beside.sql"}, paths(read(t, root, "../*.sql")))
	assert.Equal(t, []string{"m [1]/1 é.sql"}, paths(read(t, root, filepath.Join(root, "m [1]"))))
	assert.Equal(t, []string{"m [1]/1 é.sql"}, paths(read(t, root, "./m [1]/")))
}

func TestTextIsUTF8(t *testing.T) {
	root := t.TempDir()
	write(t, filepath.Join(root, "m", "1_latin.sql"), "SELECT 1;\n-- caf\xe9\n")
	write(t, filepath.Join(root, "m", "2_utf16.sql"), "\xff\xfeS\x00")
	write(t, filepath.Join(root, "m", "3_zero.sql"), "SELECT '\x00';")
	write(t, filepath.Join(root, "m", "4_fine.sql"), "\ufeffSELECT 'é';")
	_, _, err := migration.Read(root, []string{"m"}, migration.Options{})
	require.Error(t, err)
	assert.Equal(t, strings.TrimPrefix(`
m/1_latin.sql:2:7: error[TF205]: m/1_latin.sql is not UTF-8 at byte 16
  | -- caf?
  |       ^
  hint: save the file as UTF-8
m/2_utf16.sql:1:1: error[TF205]: m/2_utf16.sql is not UTF-8 at byte 0
  | ??S?
  | ^
  hint: save the file as UTF-8; this is UTF-16
m/3_zero.sql:1:9: error[TF205]: m/3_zero.sql holds a zero byte at byte 8, which PostgreSQL refuses
  | SELECT '?';
  |         ^
  hint: save the file as UTF-8`, "\n"), err.Error())
}

// TestReadingTwiceIsTheSame: the outcome is a function of the files.
func TestReadingTwiceIsTheSame(t *testing.T) {
	root := t.TempDir()
	write(t, filepath.Join(root, "m", "1_a.sql"), "-- +goose Up\nSELECT 1;\n-- +goose Down\nSELECT 2;\n")
	first, second := read(t, root, "m"), read(t, root, "m")
	require.Len(t, second, 1)
	assert.Equal(t, first[0].Text, second[0].Text)
}

func TestNoPatternIsNothing(t *testing.T) {
	files, found, err := migration.Read(t.TempDir(), nil, migration.Options{})
	require.NoError(t, err)
	assert.Empty(t, files)
	assert.Empty(t, found)
}
