// Package pydantic writes a model as a Python package of Pydantic 2 models. The templates hold the shape of the files;
// this package works out the values in them. What a thing is called and how it is enforced is the model's decision.
package pydantic

import (
	"bytes"
	"fmt"
	"text/template"

	"github.com/trefoil-sql/trefoil/internal/model"
	"github.com/trefoil-sql/trefoil/internal/output"
	"github.com/trefoil-sql/trefoil/templates"
)

// Options are the target's options. Most of what can be chosen is decided in the model.
type Options struct {
	// Driver tells that values come from psycopg and go to it, not JSON.
	Driver bool
}

var tmpl = template.Must(template.ParseFS(templates.FS, "pydantic/*.tmpl"))

// Emit writes the package. Paths are relative to the package's folder.
func Emit(m *model.Model, o Options) (output.Tree, error) {
	e := &emitter{tree: output.Tree{}, driver: o.Driver}
	e.static()
	if o.Driver {
		m = withoutComposites(m)
		e.tree["_driver.py"] = e.execute("driver.tmpl", nil)
	}
	if err := e.enums(m.Enums); err != nil {
		return nil, err
	}
	for _, mod := range modules(m) {
		if err := e.module(mod); err != nil {
			return nil, err
		}
	}
	if e.rules {
		e.tree["_rules.py"] = e.execute("rules.tmpl", nil)
	}
	return e.tree, e.init("", e.exports)
}

// withoutComposites: psycopg hands composites over as text or as tuples, so that nothing has their models.
func withoutComposites(m *model.Model) *model.Model {
	rest := *m
	rest.Composites = nil
	return &rest
}

// emitter collects the files and what each exports.
type emitter struct {
	tree    output.Tree
	driver  bool
	exports []export
	// rules tells that a module needs _rules.py.
	rules bool
	// file is the one that is being written.
	file *file
	// buffer is what a template is written into.
	buffer bytes.Buffer
}

// support are the files that are the same for every schema, and their templates.
var support = map[string]string{
	"_base.py": "base.tmpl", "_types.py": "types.tmpl", "_usual.py": "usual.tmpl", "py.typed": "typed.tmpl",
}

// static writes the files that are the same for every schema.
func (e *emitter) static() {
	for path, name := range support {
		e.tree[path] = e.execute(name, nil)
	}
}

func (e *emitter) add(module, template string, data any) error {
	path := module + ".py"
	_, taken := e.tree[path]
	_, isPackage := e.tree[module+"/__init__.py"]
	if taken || isPackage {
		return fmt.Errorf("two parts of the pydantic target would be written to %s", path)
	}
	e.tree[path] = e.execute(template, data)
	return nil
}

// execute runs a template. The templates are part of the program, so that a failure is a bug in it.
func (e *emitter) execute(name string, data any) []byte {
	e.buffer.Reset()
	if err := tmpl.ExecuteTemplate(&e.buffer, name, data); err != nil {
		panic(err)
	}
	text := bytes.Trim(e.buffer.Bytes(), "\n")
	return append(append(make([]byte, 0, len(text)+1), text...), '\n')
}
