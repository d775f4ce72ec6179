package migration

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
)

// above calls visit with a listing's directory and those above it, up to the project's, until it returns true. Of a
// directory outside of the project's it is only the one above.
func (r *reader) above(l *listing, visit func(dir string) bool) bool {
	within := strings.HasPrefix(l.abs+string(filepath.Separator), r.root+string(filepath.Separator))
	for dir, n := l.abs, 0; ; dir, n = filepath.Dir(dir), n+1 {
		if visit(dir) {
			return true
		}
		if dir == r.root || dir == filepath.Dir(dir) || !within && n > 0 {
			return false
		}
	}
}

// crateUses tells whether the Rust crate that a directory belongs to names a dependency.
func (r *reader) crateUses(l *listing, dependency string) bool {
	uses := false
	r.above(l, func(dir string) bool {
		manifest, err := os.ReadFile(filepath.Join(dir, "Cargo.toml"))
		uses = err == nil && strings.Contains(string(manifest), dependency)
		return err == nil
	})
	return uses
}

// preparedBySQLx tells whether SQLx has written its cache of checked queries beside or above a directory.
func (r *reader) preparedBySQLx(l *listing) bool {
	return r.above(l, func(dir string) bool {
		info, err := os.Stat(filepath.Join(dir, ".sqlx"))
		return err == nil && info.IsDir()
	})
}

// marks are the names of tools' own files by which a directory is recognised and read.
var marks = []string{"tern.conf", "atlas.sum", "_journal.json", "snapshot.json", "manifest.json", "Cargo.toml"}

// Matters tells whether a file of that name may be read, or change how others are read, when it stands in a directory of
// migrations. Files that others name for inclusion may have any name.
func Matters(name string) bool { return isSQL(name) || slices.Contains(marks, name) }
