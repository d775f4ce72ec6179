package setup

import (
	"os"
	"path"
	"path/filepath"
	"regexp"
	"strings"
)

// free is the first of some folders that is not there or holds nothing, so that what is generated has it to itself; the
// last one if there is none.
func (p *Project) free(candidates ...string) string {
	for _, c := range candidates {
		entries, err := os.ReadDir(filepath.Join(p.Dir, filepath.FromSlash(c)))
		if os.IsNotExist(err) || err == nil && len(entries) == 0 {
			return c
		}
	}
	return candidates[len(candidates)-1]
}

// goOut is the folder for Go, where a module's packages can import it.
func (p *Project) goOut() string {
	if p.Go == nil {
		return p.free("gen/go", "gen/trefoil/go")
	}
	dir := p.Go.Dir()
	return p.free(path.Join(dir, "internal/db"), path.Join(dir, "internal/dbgen"), path.Join(dir, "gen/trefoil/go"))
}

// notIdentifier is what the name of a package cannot hold.
var notIdentifier = regexp.MustCompile(`\W+`)

// goPackage is the name of the package in a folder.
func goPackage(out string) string {
	if name := notIdentifier.ReplaceAllString(path.Base(out), ""); name != "go" {
		return name
	}
	return "db" // go is a keyword
}

func (p *Project) typeScriptOut() string {
	if p.TypeScript == nil {
		return p.free("gen/ts", "gen/trefoil/ts")
	}
	dir := p.TypeScript.Dir()
	candidates := []string{path.Join(dir, "gen/ts"), path.Join(dir, "gen/trefoil/ts")}
	if src := path.Join(dir, "src"); p.tree.has(src + "/") {
		candidates = append([]string{path.Join(src, "db"), path.Join(src, "generated/db")}, candidates...)
	}
	return p.free(candidates...)
}

// pythonOut is the folder for Python, in the project's own package if that can be found.
func (p *Project) pythonOut() string {
	if p.Python == nil {
		return p.free("gen/python/db", "gen/trefoil/python")
	}
	dir := p.Python.Dir()
	candidates := []string{path.Join(dir, "gen/python/db"), path.Join(dir, "gen/trefoil/python")}
	name := notIdentifier.ReplaceAllString(strings.ToLower(p.Python.Name), "_")
	for _, pkg := range []string{path.Join(dir, name), path.Join(dir, "src", name)} {
		if name != "" && p.tree.has(pkg+"/") {
			candidates = append([]string{path.Join(pkg, "db"), path.Join(pkg, "generated/db")}, candidates...)
		}
	}
	return p.free(candidates...)
}

// sqlPackage is the database/sql or pgx that the module already uses.
func (p *Project) sqlPackage() string {
	if p.Go == nil || p.Go.Library == "" || p.Go.Library == pgx {
		return "pgx/v5"
	}
	if p.Go.Library == "github.com/jackc/pgx/v4" {
		return "pgx/v4"
	}
	return "database/sql"
}
