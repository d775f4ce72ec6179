package config

import (
	"fmt"
	"reflect"
	"strings"

	"go.yaml.in/yaml/v3"

	"github.com/trefoil-sql/trefoil/internal/suggest"
)

// field is what the tags of a struct's field say.
type field struct {
	key         string
	required    bool
	check, keys string
	only        TargetKind
	target      TargetKind
}

func fieldOf(f reflect.StructField) field {
	key, options, _ := strings.Cut(f.Tag.Get("json"), ",")
	return field{
		key: key, required: options == "", check: f.Tag.Get("check"), keys: f.Tag.Get("keys"),
		only: TargetKind(f.Tag.Get("only")), target: TargetKind(f.Tag.Get("target")),
	}
}

var pathsType = reflect.TypeFor[Paths]()

const pathsWanted = "a path or a list of paths"

// decode reads a node of trefoil's own options into a value as the value's type and the field's tags say. path is how
// messages name the node.
func (r *reader) decode(n *yaml.Node, v reflect.Value, path string, f field) {
	if v.Type() == pathsType && n.Kind == yaml.ScalarNode {
		v.Set(reflect.MakeSlice(pathsType, 1, 1))
		v = v.Index(0)
	}
	switch v.Kind() {
	case reflect.Pointer:
		v.Set(reflect.New(v.Type().Elem()))
		r.decode(n, v.Elem(), path, f)
	case reflect.Struct:
		if r.wants(n, yaml.MappingNode, "a mapping", path) {
			r.decodeStruct(n, v, path, f)
		}
	case reflect.Map:
		if r.wants(n, yaml.MappingNode, "a mapping", path) {
			r.decodeMap(n, v, path, f)
		}
	case reflect.Slice:
		what := "a list"
		if v.Type() == pathsType {
			what = pathsWanted
		}
		if !r.wants(n, yaml.SequenceNode, what, path) {
			return
		}
		v.Set(reflect.MakeSlice(v.Type(), len(n.Content), len(n.Content)))
		for i, item := range n.Content {
			r.decode(follow(item), v.Index(i), fmt.Sprintf("%s[%d]", path, i), f)
		}
	case reflect.Bool:
		if r.wantsScalar(n, "!!bool", "true or false", path) {
			v.SetBool(strings.EqualFold(n.Value, "true"))
		}
	case reflect.String:
		if r.wantsScalar(n, "!!str", "a string", path) {
			v.SetString(n.Value)
			r.checkText(n, n.Value, path, f.check)
		}
	}
}

// checkText holds a string against the rule that its field names.
func (r *reader) checkText(n *yaml.Node, text, path, check string) {
	rule := rules[check]
	if message, hint := rule.check(text); message != "" {
		r.reportAt(n, rule.Code, hint, "%s: %q %s", path, text, message)
	}
}

func (r *reader) wants(n *yaml.Node, kind yaml.Kind, what, path string) bool {
	if n.Kind == kind {
		return true
	}
	r.reportAt(n, CodeKind, emptyHint(n), "%s has to be %s, not %s", path, what, kindOf(n))
	return false
}

func (r *reader) wantsScalar(n *yaml.Node, tag, what, path string) bool {
	if n.Kind == yaml.ScalarNode && n.ShortTag() == tag && (tag != "!!bool" || isBool(n.Value)) {
		return true
	}
	hint := emptyHint(n)
	if n.Kind == yaml.ScalarNode && tag == "!!str" && hint == "" {
		hint = "put it in quotes"
	}
	r.reportAt(n, CodeKind, hint, "%s has to be %s, not %s", path, what, kindOf(n))
	return false
}

func isBool(text string) bool {
	return strings.EqualFold(text, "true") || strings.EqualFold(text, "false")
}

func emptyHint(n *yaml.Node) string {
	if isNull(n) {
		return "give it a value or remove it"
	}
	return ""
}

// checked is a struct with rules that go beyond one field.
type checked interface {
	check(r *reader, m mapping, path string)
}

func (r *reader) decodeStruct(n *yaml.Node, v reflect.Value, path string, f field) {
	if f.target != "" {
		outer := r.target
		r.target = f.target
		defer func() { r.target = outer }()
	}
	m := r.mapping(n, false)
	known := make([]string, v.NumField())
	present := map[string]bool{}
	for i := range v.NumField() {
		known[i] = fieldOf(v.Type().Field(i)).key
	}
	for _, e := range m.entries {
		present[e.name] = true
		r.decodeEntry(e, v, path, known)
	}
	for i := range v.NumField() {
		if f := fieldOf(v.Type().Field(i)); f.required && !present[f.key] {
			r.reportAt(n, CodeMissing, missingHint(f), "%s has no %s", path, f.key)
		}
	}
	if c, ok := v.Addr().Interface().(checked); ok {
		c.check(r, m, path)
	}
}

func missingHint(f field) string {
	if allowed := rules[f.check].Allowed; allowed != nil {
		return "add " + f.key + ": " + strings.Join(allowed, " or ")
	}
	return ""
}

// decodeEntry reads the value of one key of a struct.
func (r *reader) decodeEntry(e entry, v reflect.Value, path string, known []string) {
	for i, key := range known {
		if key != e.name {
			continue
		}
		f := fieldOf(v.Type().Field(i))
		if f.only != "" && r.target != "" && f.only != r.target {
			r.reportAt(e.key, CodeNotForTarget, "", "%s.%s is for %s only, and this is for %s", path, key, f.only, r.target)
			return
		}
		r.decode(e.value, v.Field(i), path+"."+key, f)
		return
	}
	r.unknownKey(e, path, known)
}

// unknownKey reports a key with the nearest known one, or with all of them.
func (r *reader) unknownKey(e entry, path string, known []string) {
	hint := suggest.Hint(e.name, known)
	if hint == "" {
		hint = "known here: " + list(known)
	}
	r.reportAt(e.key, CodeUnknownKey, hint, "unknown key %s in %s", e.name, path)
}

func (r *reader) decodeMap(n *yaml.Node, v reflect.Value, path string, f field) {
	v.Set(reflect.MakeMap(v.Type()))
	for _, e := range r.mapping(n, false).entries {
		if f.keys != "" {
			r.checkText(e.key, e.name, path, f.keys)
		}
		value := reflect.New(v.Type().Elem()).Elem()
		r.decode(e.value, value, path+"."+e.name, field{check: f.check})
		v.SetMapIndex(reflect.ValueOf(e.name), value)
	}
}

// check holds the rules over the keys of a type override.
func (o *TypeOverride) check(r *reader, m mapping, path string) {
	column, hasColumn := m.get("column")
	_, hasType := m.get("db_type")
	switch {
	case hasColumn && hasType:
		r.reportAt(column.key, CodeCombination, "make two entries of it", "%s has both column and db_type", path)
	case !hasColumn && !hasType:
		r.reportAt(m.node, CodeCombination, "add column: table.column or db_type: type", "%s has neither column nor db_type", path)
	}
	if o.Zod == nil && o.Python == nil {
		r.reportAt(m.node, CodeCombination, "add zod: {type: …} or python: {type: …}", "%s has neither zod nor python", path)
	}
}
