package queries

import (
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/trefoil-sql/trefoil/internal/catalog/catalogtest"
	"github.com/trefoil-sql/trefoil/internal/config"
	"github.com/trefoil-sql/trefoil/internal/migration"
	"github.com/trefoil-sql/trefoil/internal/source"
	"github.com/trefoil-sql/trefoil/test/corpora"
)

// Project is a corpus with queries for sqlc.
type Project struct {
	Name   string
	Config *config.Config
	Entry  config.SQL
	Schema []*source.File
	Files  []*source.File // query files, in order of path
}

// Projects reads the corpora that have a config of sqlc.
func Projects(t testing.TB) []Project {
	t.Helper()
	var out []Project
	for _, c := range catalogtest.Projects {
		root := filepath.Join(corpora.Dir(t), c.Name, "sqlc")
		if _, err := os.Stat(root); err != nil {
			continue
		}
		for _, path := range configs(t, copied(t, root)) {
			cfg, err := config.Load(filepath.Dir(path), filepath.Base(path))
			if err != nil {
				t.Fatal(err)
			}
			p := Project{Name: c.Name, Config: cfg, Entry: cfg.SQL[0]}
			schema, _, err := migration.Read(cfg.Dir, p.Entry.Schema, migration.Options{})
			if err != nil {
				t.Fatal(err)
			}
			for _, f := range schema {
				p.Schema = append(p.Schema, c.ForServer(f))
			}
			for _, pattern := range p.Entry.Queries {
				p.Files = append(p.Files, queryFiles(t, cfg.Dir, pattern)...)
			}
			out = append(out, p)
		}
	}
	return out
}

// outFolder is the folder that a config has sqlc write to.
var outFolder = regexp.MustCompile(`(?m)^( *out: ).*`)

// copied is a copy of a project whose Go files have a folder of their own, as trefoil wants it.
func copied(t testing.TB, root string) string {
	t.Helper()
	dir := t.TempDir()
	if err := os.CopyFS(dir, os.DirFS(root)); err != nil {
		t.Fatal(err)
	}
	for _, path := range configs(t, dir) {
		text, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, outFolder.ReplaceAll(text, []byte("${1}gen")), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

// configs are the paths of sqlc.yaml below a directory.
func configs(t testing.TB, dir string) []string {
	t.Helper()
	var out []string
	err := filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if err == nil && d.Name() == "sqlc.yaml" {
			out = append(out, path)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// queryFiles are the file of a path, or those of a directory.
func queryFiles(t testing.TB, root, path string) []*source.File {
	t.Helper()
	paths, err := filepath.Glob(filepath.Join(root, path, "*.sql"))
	if err != nil {
		t.Fatal(err)
	}
	if len(paths) == 0 {
		paths = []string{filepath.Join(root, path)}
	}
	slices.Sort(paths)
	var out []*source.File
	for _, path := range paths {
		text, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		out = append(out, source.NewFile(filepath.Base(path), string(text)))
	}
	return out
}

var queryName = regexp.MustCompile(`(?m)^--\s*name:\s*(\w+)`)

// Names are the names of a file's statements, by sqlc's comments above them.
func Names(f *source.File, statements []catalogtest.Statement) []string {
	var out []string
	at := 0
	for _, s := range statements {
		end := s.Start + len(s.SQL)
		name := ""
		if found := queryName.FindAllStringSubmatch(f.Text[at:end], -1); found != nil {
			name = found[len(found)-1][1]
		}
		out = append(out, strings.TrimSuffix(f.Path, ".sql")+"/"+name)
		at = end
	}
	return out
}

// Reference is this repository's own service.
func Reference(t testing.TB) Project {
	t.Helper()
	cfg, err := config.Load(filepath.Join("..", ".."), "")
	if err != nil {
		t.Fatal(err)
	}
	p := Project{Name: "reference", Config: cfg, Entry: cfg.SQL[0]}
	if p.Schema, _, err = migration.Read(cfg.Dir, p.Entry.Schema, migration.Options{}); err != nil {
		t.Fatal(err)
	}
	for _, pattern := range p.Entry.Queries {
		p.Files = append(p.Files, queryFiles(t, cfg.Dir, pattern)...)
	}
	return p
}
