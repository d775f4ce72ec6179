// Package zod writes a model as TypeScript: Zod 4 schemas with their types, one ES module per relation. The templates
// in templates/zod hold the shape of the files; this package puts the values in. It decides nothing that the model has
// decided.
//
// Objects that are read (rows, composites, query rows) are as z.object makes them and drop unknown keys, so that a new
// column breaks no client. Objects that are written (insert, update, parameters) are as z.strictObject makes them:
// PostgreSQL refuses a column that it does not know, and a misspelt optional key would be lost silently.
//
// A key with a default stays optional and gets no .default(): the database takes the default, whatever it has become
// since the schema was generated.
//
// The modules are light for those who import them: a schema's fields are made when they are first needed, types are
// written out beside the schemas instead of being inferred from them, and what is not used can be left out by a bundler.
//
// Where a CHECK reads several columns, the schema is a refined object, on which .extend, .pick, .omit and .partial do not
// work: the plain object is exported beside it.
package zod

import (
	"bytes"
	"fmt"
	"slices"
	"strings"
	"text/template"

	"github.com/trefoil-sql/trefoil/internal/model"
	"github.com/trefoil-sql/trefoil/internal/output"
	"github.com/trefoil-sql/trefoil/templates"
)

// Options are the target's options, checked and with their defaults filled in.
type Options struct {
	Numeric   string // number or string
	BigInt    string // number, bigint or string
	Timestamp string // string or date
	// Driver tells that values come from node-postgres and go to it, not JSON.
	Driver bool
	// ImportExtension ends relative imports: ".js", ".ts" or "".
	ImportExtension string
}

// Names of the modules that are there whatever the schema holds.
const (
	indexModule   = "index"
	jsonModule    = "json"
	runtimeModule = "runtime" // how PostgreSQL reads and writes values; not exported by the index
	sqlModule     = "sql"     // how PostgreSQL evaluates CHECKs; only there if it is used, and not exported by the index
)

var shapes = template.Must(template.ParseFS(templates.FS, "zod/*.tmpl"))

// Emit writes the model's modules, by path relative to the target's directory.
func Emit(m *model.Model, o Options) (output.Tree, error) {
	if o.Driver {
		m = withoutComposites(m)
	}
	mods := modules(m)
	e := &emitter{Options: o, declared: declaredNames(mods), tree: output.Tree{}}
	exported := []string{e.specifier(jsonModule)}
	for _, mod := range mods {
		exported = append(exported, e.specifier(mod.name))
		if err := e.module(mod); err != nil {
			return nil, err
		}
	}
	slices.Sort(exported)
	e.write(jsonModule, map[string]any{"Runtime": e.specifier(runtimeModule)})
	e.write(runtimeModule, map[string]any{"JSON": e.specifier(jsonModule), "Driver": o.Driver})
	if e.usesSQL {
		e.write(sqlModule, map[string]any{"Runtime": e.specifier(runtimeModule), "Driver": o.Driver})
	}
	e.write(indexModule, map[string]any{"Modules": exported})
	if e.err != nil {
		return nil, e.err
	}
	return e.tree, nil
}

// withoutComposites: node-postgres hands composites over as text, so that nothing has their objects.
func withoutComposites(m *model.Model) *model.Model {
	rest := *m
	rest.Composites = nil
	return &rest
}

// emitter holds what all modules share.
type emitter struct {
	Options
	// declared are the names that the model's modules export, so that none of them is taken for a global.
	declared map[string]bool
	usesSQL  bool
	tree     output.Tree
	err      error
}

// specifier is a module as the others import it, quoted.
func (e *emitter) specifier(module string) string { return quote("./" + module + e.ImportExtension) }

// write renders a module's template to its file. The first error stays.
func (e *emitter) write(module string, data any) {
	e.render(module, module, data)
}

func (e *emitter) render(shape, module string, data any) {
	var buf bytes.Buffer
	buf.Grow(4 << 10)
	if err := shapes.ExecuteTemplate(&buf, shape, data); err != nil && e.err == nil {
		e.err = fmt.Errorf("write %s.ts: %w", module, err)
	}
	e.tree[module+".ts"] = append(bytes.TrimSpace(buf.Bytes()), '\n')
}

// source is one module before it is written: what it exports, in order.
type source struct {
	name    string
	enums   []*model.Enum
	objects []described
}

// described is an object with a sentence on what it is.
type described struct {
	*model.Object
	what string
}

// modules groups what the model has by module, in order of name.
func modules(m *model.Model) []*source {
	byName := map[string]*source{}
	at := func(name string) *source {
		if byName[name] == nil {
			byName[name] = &source{name: name}
		}
		return byName[name]
	}
	add := func(o *model.Object, what string) {
		if o != nil {
			s := at(o.Module)
			s.objects = append(s.objects, described{o, what})
		}
	}
	for _, enum := range m.Enums {
		s := at(enum.Module)
		s.enums = append(s.enums, enum)
	}
	for _, o := range m.Composites {
		add(o, fmt.Sprintf("Composite type %s.", o.Source))
	}
	for _, r := range m.Relations {
		for _, o := range r.JSON {
			add(o, fmt.Sprintf("An object in the JSON of %s %s.", r.Kind, r.Source))
		}
		add(r.Row, fmt.Sprintf("A row of %s %s.", r.Kind, r.Source))
		add(r.Insert, fmt.Sprintf("What an INSERT into %s %s takes.", r.Kind, r.Source))
		add(r.Update, fmt.Sprintf("What an UPDATE of %s %s takes.", r.Kind, r.Source))
	}
	for _, q := range m.Queries {
		for _, o := range q.JSON {
			add(o, fmt.Sprintf("An object in the JSON of query %s.", q.Name))
		}
		if !q.SharedRow {
			add(q.Row, fmt.Sprintf("A row of query %s.", q.Name))
		}
		add(q.Params, fmt.Sprintf("The parameters of query %s.", q.Name))
	}
	list := make([]*source, 0, len(byName))
	for _, s := range byName {
		list = append(list, s)
	}
	slices.SortFunc(list, func(a, b *source) int { return strings.Compare(a.name, b.name) })
	return list
}

// declaredNames are all names that the index exports.
func declaredNames(modules []*source) map[string]bool {
	names := map[string]bool{"Json": true, "JsonSchema": true}
	for _, s := range modules {
		for _, enum := range s.enums {
			names[enum.Name], names[enum.List], names[enum.Schema] = true, true, true
		}
		for _, o := range s.objects {
			names[o.Name], names[o.Schema], names[o.Plain] = true, true, true
		}
	}
	return names
}
