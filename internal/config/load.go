package config

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
)

// Names are the files that Load looks for.
var Names = []string{"sqlc.yaml", "sqlc.yml", "sqlc.json"}

// Load reads and checks the config of the project in dir; "" is the working directory. file is relative to dir; with ""
// the one of Names that is there is read. The error is a source.List with all mistakes found, or says that there is no
// file to read.
func Load(dir, file string) (*Config, error) {
	dir, err := filepath.Abs(dir)
	if err != nil {
		return nil, err
	}
	if file == "" {
		if file, err = find(dir); err != nil {
			return nil, err
		}
	}
	full := file
	if !filepath.IsAbs(file) {
		full = filepath.Join(dir, file)
	}
	content, err := os.ReadFile(full)
	if err != nil {
		return nil, fmt.Errorf("reading the config: %w", err)
	}
	r := newReader(filepath.Base(full), content)
	doc := r.parse()
	if doc == nil {
		return nil, r.list
	}
	c := r.read(doc)
	c.Dir = filepath.Dir(full)
	if err := r.list.Err(); err != nil {
		r.list.Sort()
		return nil, r.list
	}
	return c, nil
}

// skeleton is the least that a config needs.
const skeleton = `version: "2"
plugins: [{name: trefoil, process: {cmd: trefoil}}]
sql:
  - engine: postgresql
    schema: schema
    codegen: [{plugin: trefoil, out: gen/ts, options: {target: zod}}]`

// find returns the one of Names that is in dir.
func find(dir string) (string, error) {
	var found []string
	for _, name := range Names {
		if info, err := os.Stat(filepath.Join(dir, name)); err == nil && !info.IsDir() {
			found = append(found, name)
		}
	}
	switch len(found) {
	case 0:
		return "", fmt.Errorf("no %s in %s; write a sqlc.yaml such as\n%s", orList(Names), dir, skeleton)
	case 1:
		return found[0], nil
	}
	return "", fmt.Errorf("%s has more than one config: %s; keep one, or say which with -f", dir, strings.Join(found, ", "))
}

func orList(names []string) string {
	last := len(names) - 1
	return strings.Join(names[:last], ", ") + " or " + names[last]
}
