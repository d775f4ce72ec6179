package main

import (
	"reflect"

	"github.com/invopop/jsonschema"

	"github.com/trefoil-sql/trefoil/internal/config"
)

// refine adds to the definitions of a struct, and of those within it, what the tags of its fields say.
func refine(defs jsonschema.Definitions, t reflect.Type) {
	for i := range t.NumField() {
		f := t.Field(i)
		prop, _ := defs[t.Name()].Properties.Get(keyOf(f))
		if inner := structIn(f.Type); inner != nil {
			refine(defs, inner)
			continue
		}
		if value, ok := f.Tag.Lookup("default"); ok {
			prop.Default = any(value)
			if f.Type == reflect.TypeFor[*bool]() {
				prop.Default = value == "true"
			}
		}
		if keys := f.Tag.Get("keys"); keys != "" {
			prop.PropertyNames = &jsonschema.Schema{}
			restrict(prop.PropertyNames, keys)
		}
		for _, s := range texts(prop) {
			if check := f.Tag.Get("check"); check != "" {
				restrict(s, check)
			}
		}
	}
}

// structIn is the struct that a field, or an item of it, is.
func structIn(t reflect.Type) reflect.Type {
	if t.Kind() == reflect.Pointer || t.Kind() == reflect.Slice {
		t = t.Elem()
	}
	if t.Kind() == reflect.Struct {
		return t
	}
	return nil
}

// texts finds the schemas of the strings that a schema holds, at any depth.
func texts(s *jsonschema.Schema) []*jsonschema.Schema {
	if s == nil {
		return nil
	}
	if s.Type == "string" {
		return []*jsonschema.Schema{s}
	}
	found := append(texts(s.Items), texts(s.AdditionalProperties)...)
	for _, one := range s.OneOf {
		found = append(found, texts(one)...)
	}
	return found
}

// restrict gives a string's schema the rule of a check or keys tag.
func restrict(s *jsonschema.Schema, check string) {
	rule, ok := config.RuleOf(check)
	if !ok {
		panic("no rule " + check)
	}
	s.Pattern = rule.Pattern
	for _, v := range rule.Allowed {
		s.Enum = append(s.Enum, v)
	}
}

// forTargets adds what depends on the target, and how the keys of a type override exclude each other.
func forTargets(defs jsonschema.Definitions) {
	override := defs["TypeOverride"]
	override.OneOf = []*jsonschema.Schema{{Required: []string{"column"}}, {Required: []string{"db_type"}}}
	override.AnyOf = []*jsonschema.Schema{{Required: []string{"zod"}}, {Required: []string{"python"}}}

	t := reflect.TypeFor[config.TypeOverride]()
	for i := range t.NumField() {
		f := t.Field(i)
		if target := f.Tag.Get("target"); target != "" {
			prop, _ := override.Properties.Get(keyOf(f))
			if others := without(structIn(f.Type), config.TargetKind(target)); others != nil {
				prop.Properties = others.Properties
			}
		}
	}

	options := defs["Options"]
	for _, target := range []config.TargetKind{config.Zod, config.Pydantic} {
		if others := without(reflect.TypeFor[config.Options](), target); others != nil {
			options.AllOf = append(options.AllOf, &jsonschema.Schema{
				If:   having("target", &jsonschema.Schema{Const: target}),
				Then: others,
			})
		}
	}
}

// without forbids the options of a struct, and of those within it, that a target does not have; nil if it has all.
func without(t reflect.Type, target config.TargetKind) *jsonschema.Schema {
	s := &jsonschema.Schema{Properties: jsonschema.NewProperties()}
	for i := range t.NumField() {
		f := t.Field(i)
		if only := f.Tag.Get("only"); only != "" && only != string(target) {
			s.Properties.Set(keyOf(f), jsonschema.FalseSchema)
		} else if f.Type.Kind() == reflect.Struct {
			if inner := without(f.Type, target); inner != nil {
				s.Properties.Set(keyOf(f), inner)
			}
		}
	}
	if s.Properties.Len() == 0 {
		return nil
	}
	return s
}

// with is a schema for what a key holds, where it is there.
func with(key string, value *jsonschema.Schema) *jsonschema.Schema {
	s := &jsonschema.Schema{Properties: jsonschema.NewProperties()}
	s.Properties.Set(key, value)
	return s
}

// having is with, and the key has to be there.
func having(key string, value *jsonschema.Schema) *jsonschema.Schema {
	s := with(key, value)
	s.Required = []string{key}
	return s
}
