package setup

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"github.com/trefoil-sql/trefoil/internal/config"
)

// Project is what a directory was found to hold. Paths are relative to it, with forward slashes.
type Project struct {
	Dir    string // absolute
	Config string // "" for none
	Schema Schema // the zero Schema for none
	// Rivals are other places that a schema could be read from.
	Rivals  []Schema
	Queries []Queries
	Languages
	tree tree
}

// Look finds what there is in an absolute directory and a few levels below it.
func Look(dir string) (*Project, error) {
	if info, err := os.Stat(dir); err != nil || !info.IsDir() {
		return nil, fmt.Errorf("%s is not a directory", dir)
	}
	p := &Project{Dir: dir}
	for _, name := range config.Names {
		if _, err := os.Lstat(filepath.Join(dir, name)); errors.Is(err, fs.ErrNotExist) {
			continue
		}
		if p.Config != "" {
			return nil, fmt.Errorf("there are two configs, %s and %s; keep one", p.Config, name)
		}
		p.Config = name
	}
	p.tree = walk(dir)
	p.findSchema()
	p.findQueries()
	p.findLanguages()
	return p, nil
}

// maxDepth is how many levels below the project's directory are looked at.
const maxDepth = 4

// skipped are directories that hold nothing of the project's own. Hidden ones are skipped as well.
var skipped = []string{"node_modules", "vendor", "target", "dist", "build", "out", "venv", "__pycache__", "testdata"}

// tree is the paths of a project, those of directories with a slash at the end; shallow ones first, then by name.
type tree []string

func walk(dir string) tree {
	var t tree
	var enter func(rel string, depth int)
	enter = func(rel string, depth int) {
		entries, err := os.ReadDir(filepath.Join(dir, filepath.FromSlash(rel)))
		if err != nil {
			return // what cannot be read is not looked at
		}
		for _, e := range entries {
			name := path.Join(rel, e.Name())
			switch {
			case strings.HasPrefix(e.Name(), "."), e.IsDir() && slices.Contains(skipped, e.Name()):
			case e.IsDir():
				t = append(t, name+"/")
				if depth < maxDepth {
					enter(name, depth+1)
				}
			case e.Type().IsRegular():
				t = append(t, name)
			}
		}
	}
	enter("", 1)
	slices.SortStableFunc(t, func(a, b string) int { return depth(a) - depth(b) })
	return t
}

func depth(p string) int { return strings.Count(strings.TrimSuffix(p, "/"), "/") }

// has tells whether a file is there, or with a slash at its end a directory.
func (t tree) has(p string) bool { return slices.Contains(t, p) }

// named lists the files of that base name, shallow ones first.
func (t tree) named(name string) (found []string) {
	for _, p := range t {
		if path.Base(p) == name && !strings.HasSuffix(p, "/") {
			found = append(found, p)
		}
	}
	return found
}

// within tells whether a path is another one or lies below it.
func within(p, folder string) bool { return p == folder || strings.HasPrefix(p, folder+"/") }

func (p *Project) read(rel string) []byte {
	text, err := os.ReadFile(filepath.Join(p.Dir, filepath.FromSlash(rel)))
	if err != nil {
		return nil // as good as empty: it was only to tell something about the project
	}
	return text
}
