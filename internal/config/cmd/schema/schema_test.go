package main

import (
	"encoding/json"
	"flag"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"

	validator "github.com/santhosh-tekuri/jsonschema/v6"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"go.yaml.in/yaml/v3"

	"github.com/trefoil-sql/trefoil/internal/config"
	"github.com/trefoil-sql/trefoil/internal/source"
)

const root = "../../../.."

var update = flag.Bool("update", false, "rewrite the committed schema")

func TestCommittedSchemaIsTheGeneratedOne(t *testing.T) {
	want, err := generate(root)
	require.NoError(t, err)
	if *update {
		require.NoError(t, os.WriteFile(filepath.Join(root, committed), want, 0o644))
	}
	have, err := os.ReadFile(filepath.Join(root, committed))
	require.NoError(t, err)
	assert.Equal(t, string(want), string(have), "go run ./internal/config/cmd/schema mends it")
}

// TestEveryOptionIsDescribed: an option without a comment would be one that an editor says nothing about.
func TestEveryOptionIsDescribed(t *testing.T) {
	text, err := generate(root)
	require.NoError(t, err)
	var doc struct {
		Defs map[string]struct {
			Description string
			Properties  map[string]struct{ Description string }
		} `json:"$defs"`
	}
	require.NoError(t, json.Unmarshal(text, &doc))
	require.Len(t, doc.Defs, 12)
	for name, def := range doc.Defs {
		assert.NotEmpty(t, def.Description, name)
		for key, prop := range def.Properties {
			assert.True(t, strings.HasPrefix(prop.Description, key+" "), "%s.%s: %q", name, key, prop.Description)
		}
	}
}

func compile(t *testing.T) *validator.Schema {
	text, err := os.ReadFile(filepath.Join(root, committed))
	require.NoError(t, err)
	doc, err := validator.UnmarshalJSON(strings.NewReader(string(text)))
	require.NoError(t, err)
	c := validator.NewCompiler()
	require.NoError(t, c.AddResource("trefoil.schema.json", doc))
	s, err := c.Compile("trefoil.schema.json")
	require.NoError(t, err)
	return s
}

func TestTheRepositorysConfigIsValid(t *testing.T) {
	text, err := os.ReadFile(filepath.Join(root, "sqlc.yaml"))
	require.NoError(t, err)
	var doc map[string]any
	require.NoError(t, yaml.Unmarshal(text, &doc))
	s := compile(t)
	require.NoError(t, s.Validate(doc))
	doc["options"].(map[string]any)["trefoil"].(map[string]any)["exclud"] = []any{}
	assert.ErrorContains(t, s.Validate(doc), "additional properties 'exclud' not allowed", "the schema looks at the options")
}

// TestSchemaAgreesWithLoad makes options at random, good ones and bad ones, and compares what Load and the schema say.
func TestSchemaAgreesWithLoad(t *testing.T) {
	s := compile(t)
	r := random{Rand: rand.New(rand.NewPCG(1, 2))}
	file := filepath.Join(t.TempDir(), "sqlc.json")
	verdicts := map[bool]int{}
	for range 2000 {
		doc := r.document()
		text, err := json.Marshal(doc)
		require.NoError(t, err)
		require.NoError(t, os.WriteFile(file, text, 0o600))
		_, err = config.Load(filepath.Dir(file), "")
		var mistakes source.List
		if err != nil {
			require.ErrorAs(t, err, &mistakes)
		}
		// How brackets in a pattern are closed is beyond a schema.
		mistakes = slices.DeleteFunc(mistakes, func(d source.Diagnostic) bool {
			return strings.Contains(d.Message, "is not a valid pattern")
		})
		plain, err := validator.UnmarshalJSON(strings.NewReader(string(text)))
		require.NoError(t, err)
		err = s.Validate(plain)
		verdicts[err == nil]++
		if (err == nil) != (len(mistakes) == 0) {
			t.Fatalf("%s\nLoad: %s\nschema: %v", text, mistakes, err)
		}
	}
	assert.Greater(t, verdicts[true], 500)
	assert.Greater(t, verdicts[false], 500)
}

// random makes options. wrong is how likely a value is to be a wrong one.
type random struct {
	*rand.Rand
	wrong float64
}

// good and bad are values of strings by the rule that holds for them; a rule's own allowed values are good too.
var (
	good = map[string][]string{
		"relation_template": {"{name}", "Create{table}Input", "{name}_{table}", "größe{name}"},
		"enum_template":     {"{name}", "_{name}2"},
		"query_template":    {"{query}", "Q{query}"},
		"pattern":           {"*", "a.b", "{a,b}.c.d", "[a-z]*", "[", "{a", `a\`},
		"table_pattern":     {"*", "app.*", "{"},
		"name":              {"app", "my schema"},
		"table":             {"users", "app.users"},
		"column":            {"users.id", "app.users.id"},
		"parts":             {"id", "users.id", "app.users.id"},
		"word":              {"LlmUsage", "llm_usage", "größe", "_x"},
		"initialism":        {"id", "URL", "v2"},
		"text":              {"string", "Foo<Bar>", "größe", `a"b`},
		"module":            {"./x.js", "app.types", "@scope/pkg"},
		"path":              {"schema", "a b/*.sql"},
	}
	bad = []string{
		"", "a.b.c.d", "x y", "2x", "{nmae}", "{query}{name}", "{name", "a-b", "a..b", "a\nb", `a"b`, "zodd", "\x00",
	}
)

func (r random) chance(p float64) bool { return r.Float64() < p }

func one[T any](r random, values []T) T { return values[r.IntN(len(values))] }

func (r random) document() map[string]any {
	r.wrong = one(r, []float64{0, 0.005, 0.02, 0.1})
	entry := func(out string) any {
		return map[string]any{"plugin": "trefoil", "out": out, "options": r.value(reflect.TypeFor[config.Options](), "", "")}
	}
	doc := map[string]any{
		"version": "2",
		"plugins": []any{map[string]any{"name": "trefoil", "process": map[string]any{"cmd": "trefoil"}}},
		"sql":     []any{map[string]any{"engine": "postgresql", "schema": "schema", "codegen": []any{entry("a"), entry("b")}}},
	}
	if r.chance(0.7) {
		doc["options"] = map[string]any{"trefoil": r.value(reflect.TypeFor[config.Shared](), "", ""), "other": 1}
	}
	return doc
}

// value makes a value for a type, now and then one of another kind.
func (r random) value(t reflect.Type, check, keys string) any {
	if r.chance(r.wrong) {
		return one(r, []any{nil, 5, 1.5, true, "x", []any{}, map[string]any{}, []any{nil}})
	}
	switch t.Kind() {
	case reflect.Pointer:
		return r.value(t.Elem(), check, keys)
	case reflect.Struct:
		return r.object(t)
	case reflect.Map:
		m := map[string]any{}
		for range r.IntN(3) {
			key := r.text(keys)
			if r.wrong > 0 && r.chance(0.1) {
				key = one(r, bad)
			}
			m[key] = r.value(t.Elem(), check, "text")
		}
		return m
	case reflect.Slice:
		if t == reflect.TypeFor[config.Paths]() && r.chance(0.5) {
			return r.text(check)
		}
		list := []any{}
		for range r.IntN(3) {
			list = append(list, r.value(t.Elem(), check, keys))
		}
		return list
	case reflect.Bool:
		return r.chance(0.5)
	case reflect.String:
		return r.text(check)
	}
	panic(fmt.Sprint("no value for ", t))
}

func (r random) text(check string) string {
	rule, ok := config.RuleOf(check)
	if !ok {
		panic("no rule " + check)
	}
	values := append(slices.Clone(good[check]), rule.Allowed...)
	if r.chance(r.wrong) {
		values = bad
	}
	return one(r, values)
}

func (r random) object(t reflect.Type) any {
	m := map[string]any{}
	either := r.chance(0.5) // column or db_type
	for i := range t.NumField() {
		f := t.Field(i)
		key, options, _ := strings.Cut(f.Tag.Get("json"), ",")
		present := r.chance(0.3)
		switch {
		case options == "":
			present = true
		case f.Tag.Get("only") != "":
			present = r.chance(0.05)
		case key == "column":
			present = either
		case key == "db_type":
			present = !either
		case f.Tag.Get("target") != "":
			present = r.chance(0.8)
		}
		if r.chance(r.wrong) {
			present = !present
		}
		if present {
			m[key] = r.value(f.Type, f.Tag.Get("check"), f.Tag.Get("keys"))
		}
	}
	if r.chance(r.wrong) {
		m["unknown"] = true
	}
	return m
}
