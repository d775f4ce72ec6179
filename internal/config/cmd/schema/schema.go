package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"path/filepath"
	"reflect"
	"strings"

	"github.com/invopop/jsonschema"

	"github.com/trefoil-sql/trefoil/internal/config"
)

const (
	module = "github.com/trefoil-sql/trefoil"
	// committed is where the schema is kept, relative to the module's root.
	committed = "docs/trefoil.schema.json"
)

// generate returns the schema for a whole sqlc.yaml, of which it describes trefoil's own nodes alone: $defs/Shared is
// options: trefoil:, and $defs/Options a target's options. Descriptions are the comments of the structs, read from the
// module's source; root is the module's root relative to the working directory.
func generate(root string) ([]byte, error) {
	r := &jsonschema.Reflector{Anonymous: true, Mapper: paths}
	comments, err := comments(root)
	if err != nil {
		return nil, err
	}
	r.LookupComment = comments.of
	doc := whole()
	for _, t := range []reflect.Type{reflect.TypeFor[config.Shared](), reflect.TypeFor[config.Options]()} {
		for name, def := range r.ReflectFromType(t).Definitions {
			doc.Definitions[name] = def
		}
		refine(doc.Definitions, t)
	}
	forTargets(doc.Definitions)
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", "  ")
	if err := enc.Encode(doc); err != nil {
		return nil, err
	}
	return b.Bytes(), nil
}

// paths is the schema of config.Paths, which has two forms.
func paths(t reflect.Type) *jsonschema.Schema {
	if t != reflect.TypeFor[config.Paths]() {
		return nil
	}
	one := &jsonschema.Schema{Type: "string"}
	return &jsonschema.Schema{OneOf: []*jsonschema.Schema{one, {Type: "array", Items: &jsonschema.Schema{Type: "string"}}}}
}

// whole is the schema of a sqlc.yaml that leaves to sqlc what is sqlc's.
func whole() *jsonschema.Schema {
	codegen := &jsonschema.Schema{
		If:   having("plugin", &jsonschema.Schema{Const: config.PluginName}),
		Then: having("options", ref("Options")),
	}
	shared := &jsonschema.Schema{OneOf: []*jsonschema.Schema{{Type: "null"}, ref("Shared")}}
	s := with("options", with(config.PluginName, shared))
	s.Properties.Set("sql", &jsonschema.Schema{Items: with("codegen", &jsonschema.Schema{Items: codegen})})
	s.Version, s.Title, s.Type = jsonschema.Version, "trefoil's options in sqlc.yaml", "object"
	s.Definitions = jsonschema.Definitions{}
	return s
}

func ref(name string) *jsonschema.Schema { return &jsonschema.Schema{Ref: "#/$defs/" + name} }

// commentMap has the structs' comments by type and by field.
type commentMap map[string]string

func comments(root string) (commentMap, error) {
	r := &jsonschema.Reflector{}
	if err := r.AddGoComments(module, filepath.Join(root, "internal", "config")); err != nil {
		return nil, err
	}
	m := commentMap{}
	for name, text := range r.CommentMap {
		m[name[strings.LastIndex(name, "/")+1:]] = strings.Join(strings.Fields(text), " ")
	}
	return m, nil
}

// of returns a comment with the Go name that it starts with replaced by the option's.
func (m commentMap) of(t reflect.Type, fieldName string) string {
	if fieldName == "" {
		return m["config."+t.Name()]
	}
	text := m["config."+t.Name()+"."+fieldName]
	if f, ok := t.FieldByName(fieldName); ok && text != "" {
		rest, found := strings.CutPrefix(text, fieldName+" ")
		if !found {
			panic(fmt.Sprintf("the comment of %s.%s does not start with its name", t.Name(), fieldName))
		}
		return keyOf(f) + " " + rest
	}
	return text
}

func keyOf(f reflect.StructField) string {
	key, _, _ := strings.Cut(f.Tag.Get("json"), ",")
	return key
}
