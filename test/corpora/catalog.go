package corpora

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/trefoil-sql/trefoil/internal/catalog"
	"github.com/trefoil-sql/trefoil/internal/migration"
	"github.com/trefoil-sql/trefoil/internal/source"
)

// adapted are what has to be replaced in the SQL of a project that is written for another database too, and files that
// need what a step in another language makes.
var (
	adapted = map[string]*strings.Replacer{
		"lnd": strings.NewReplacer("BLOB", "BYTEA", "INTEGER PRIMARY KEY", "BIGSERIAL PRIMARY KEY", "UNHEX(", "DECODE("),
	}
	skipped = []string{"migrations/20260424205453_v1_0_100.sql"}
)

// Catalog replays one project of the corpora.
func Catalog(t testing.TB, dir, name string) *catalog.Catalog {
	t.Helper()
	root := filepath.Join(dir, name)
	read, _, err := migration.Read(root, []string{"migrations"}, migration.Options{})
	require.NoError(t, err)
	var files []*source.File
	if text, err := os.ReadFile(filepath.Join(root, "prelude.sql")); err == nil {
		files = append(files, source.NewFile("prelude.sql", string(text)))
	}
	for _, f := range read {
		if r, ok := adapted[name]; ok {
			f = source.NewFile(f.Path, r.Replace(f.Text))
		}
		if !slices.Contains(skipped, f.Path) {
			files = append(files, f)
		}
	}
	c, _, err := catalog.Load(files)
	require.NoError(t, err)
	return c
}
