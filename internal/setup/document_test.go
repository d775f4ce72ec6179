package setup

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"go.yaml.in/yaml/v3"
)

// step is one thing that extend adds.
type step struct {
	value any
	path  []any
}

var steps = []step{
	{pluginEntry{"trefoil", process{"trefoil"}}, []any{"plugins", end{}}},
	{codegenEntry{"trefoil", "gen/ts", targetOptions{"zod"}}, []any{"sql", 0, "codegen", end{}}},
	{codegenEntry{"trefoil", "gen/py", targetOptions{"pydantic"}}, []any{"sql", 0, "codegen", end{}}},
	{"supabase/prelude.sql", []any{"options", "trefoil", "prelude"}},
}

func addAll(t *testing.T, text string) string {
	t.Helper()
	d, err := parseDocument(text)
	require.NoError(t, err)
	for _, s := range steps {
		d, err = d.add(s.value, s.path...)
		require.NoError(t, err, text)
	}
	return d.text
}

// survives tells whether all lines of a text stand in another one, in their order.
func survives(before, after string) bool {
	rest := strings.SplitAfter(after, "\n")
	for _, line := range strings.SplitAfter(strings.TrimSuffix(before, "\n"), "\n") {
		found := false
		for len(rest) > 0 && !found {
			found = strings.TrimSuffix(rest[0], "\n") == strings.TrimSuffix(line, "\n")
			rest = rest[1:]
		}
		if !found {
			return false
		}
	}
	return true
}

// means holds a result against the original, decoded: all that was there is there as it was, and what was added comes
// last in its list.
func means(t *testing.T, before, after string) {
	t.Helper()
	var had, has map[string]any
	require.NoError(t, yaml.Unmarshal([]byte(before), &had))
	require.NoError(t, yaml.Unmarshal([]byte(after), &has))
	without := func(list any, n int) any {
		all := list.([]any)
		assert.GreaterOrEqual(t, len(all), n)
		if len(all) == n {
			return nil
		}
		return all[:len(all)-n]
	}
	sql := has["sql"].([]any)[0].(map[string]any)
	codegen := sql["codegen"].([]any)
	assert.Equal(t, map[string]any{"plugin": "trefoil", "out": "gen/ts", "options": map[string]any{"target": "zod"}}, codegen[len(codegen)-2])
	assert.Equal(t, map[string]any{"plugin": "trefoil", "out": "gen/py", "options": map[string]any{"target": "pydantic"}}, codegen[len(codegen)-1])
	plugins := has["plugins"].([]any)
	assert.Equal(t, map[string]any{"name": "trefoil", "process": map[string]any{"cmd": "trefoil"}}, plugins[len(plugins)-1])
	options := has["options"].(map[string]any)
	assert.Equal(t, map[string]any{"prelude": "supabase/prelude.sql"}, options["trefoil"])

	sql["codegen"], has["plugins"] = without(codegen, 2), without(plugins, 1)
	delete(options, "trefoil")
	for _, m := range []struct{ had, has map[string]any }{{had, has}, {had["sql"].([]any)[0].(map[string]any), sql}} {
		for k, v := range m.has {
			if v == nil || k == "options" && len(options) == 0 {
				delete(m.has, k)
			}
		}
		for k, v := range m.had {
			if list, ok := v.([]any); v == nil || ok && len(list) == 0 {
				delete(m.had, k)
			}
		}
	}
	if o, ok := had["options"].(map[string]any); ok {
		if delete(o, "trefoil"); len(o) == 0 {
			delete(had, "options")
		}
	}
	assert.Equal(t, had, has)
}

// forms are ways of writing a config.
var forms = map[string]string{
	"indented": `version: "2"

# Everything we store.
sql:
  - engine: postgresql # always
    schema: schema

    # Go for the server.
    gen:
      go:
        out: internal/db

        # last one
        # really

  # A second one.
  - engine: postgresql
    schema: other
# The end.
`,
	"lists not indented": `version: 2
plugins:
- name: py
  process: {cmd: py}
  # of py

# Everything we store.
sql:
- schema: schema
  engine: postgresql
  codegen:
  - plugin: py
    out: gen/other # here
    options:
      text: |
        # not a comment

        last
# comment on options
options:
  py: [1, 2]`,
	"wide": `version: "2"
sql:
    -   engine: postgresql
        queries:
            - a
            - b
        schema:
            - c
        codegen:
            -   plugin: py
                out: x
plugins:
    -   name: py
        wasm:
            url: file://x
`,
	"sql first":  "# licence\nsql:\n  - schema: a\n    engine: postgresql\nversion: '2'\n",
	"keys alone": "version: \"2\"\nplugins: # none\noptions:\n  trefoil:\nsql:\n  - schema: a\n    codegen:\n    engine: postgresql\n",
	"flow": `version: "2"
plugins: [] # none yet
sql: [{schema: "a]", engine: postgresql, codegen: [{plugin: it's, out: 'it''s', options: {"a": "\"]"}}, # last
  ]}]
options: {it's: 1}
`,
	"one line": `{version: "2", sql: [{schema: [a, b,], engine: postgresql,}]}`,
	"json": `{
  "version": "2",
  "sql": [
    {
      "engine": "postgresql",
      "schema": ["a", "b"],
      "codegen": [
        {"plugin": "py", "out": "gen/py"}
      ]
    }
  ]
}
`,
	"document marks": "%YAML 1.1\n---\nversion: \"2\"\nsql:\n  - schema: é a\n    engine: postgresql\n...\n",
	"long strings":   "version: \"2\"\nsql:\n  - engine: postgresql\n    schema: \"a\n      b\n      # c\"\n    name: a\n      b\n\n\n# end\n",
}

func TestWhatIsThereStaysAsItIs(t *testing.T) {
	for name, text := range forms {
		for _, br := range []string{"\n", "\r\n"} {
			text := strings.ReplaceAll(text, "\n", br)
			after := addAll(t, text)
			means(t, text, after)
			if !strings.ContainsAny(text, "[{") {
				assert.True(t, survives(text, after), "%s:\n%s", name, after)
			}
			if strings.Contains(text, br) {
				assert.NotContains(t, strings.ReplaceAll(after, br, ""), "\n", name)
			}
		}
	}
}

// TestForm shows where things are put.
func TestForm(t *testing.T) {
	for name, want := range map[string]string{
		"indented": `version: "2"

plugins:
  - name: trefoil
    process:
      cmd: trefoil

# Everything we store.
sql:
  - engine: postgresql # always
    schema: schema

    # Go for the server.
    gen:
      go:
        out: internal/db

        # last one
        # really
    codegen:
      - plugin: trefoil
        out: gen/ts
        options:
          target: zod
      - plugin: trefoil
        out: gen/py
        options:
          target: pydantic

  # A second one.
  - engine: postgresql
    schema: other
# The end.
options:
  trefoil:
    prelude: supabase/prelude.sql
`,
		"one line": `{version: "2", sql: [{schema: [a, b,], engine: postgresql, "codegen":[` +
			`{"plugin":"trefoil","out":"gen/ts","options":{"target":"zod"}}, {"plugin":"trefoil","out":"gen/py","options":{"target":"pydantic"}}]}], ` +
			`"plugins":[{"name":"trefoil","process":{"cmd":"trefoil"}}], "options":{"trefoil":{"prelude":"supabase/prelude.sql"}}}`,
	} {
		assert.Equal(t, want, addAll(t, forms[name]), name)
	}
}

// TestRealConfigs adds to the configs of real projects, where they are at hand.
func TestRealConfigs(t *testing.T) {
	found := 0
	require.NoError(t, filepath.WalkDir("../..", func(p string, e os.DirEntry, err error) error {
		if err != nil || e.IsDir() && (e.Name() == "node_modules" || e.Name() == ".git") {
			return filepath.SkipDir
		}
		if e.Name() == "sqlc.yaml" {
			found++
			realConfig(t, p)
		}
		return nil
	}))
	require.Positive(t, found)
	corpora, err := filepath.Glob("../../../shared/corpora/*/sqlc")
	require.NoError(t, err)
	for _, dir := range corpora {
		require.NoError(t, filepath.WalkDir(dir, func(p string, e os.DirEntry, err error) error {
			if name := e.Name(); err == nil && (name == "sqlc.yaml" || name == "sqlc.yml") {
				realConfig(t, p)
			}
			return err
		}))
	}
}

func realConfig(t *testing.T, file string) {
	text, err := os.ReadFile(file)
	require.NoError(t, err)
	d, err := parseDocument(string(text))
	require.NoError(t, err)
	for _, s := range steps[:3] {
		d, err = d.add(s.value, s.path...)
		require.NoError(t, err, file)
	}
	assert.True(t, survives(string(text), d.text), "%s:\n%s", file, d.text)
	assert.Equal(t, strings.Count(string(text), "#"), strings.Count(d.text, "#"), file)
}

func TestFormsThatAreLeftAlone(t *testing.T) {
	for _, text := range []string{
		"version: \"2\"\nplugins: &p\n  - name: a\nsql:\n  - codegen: *p\n", // an alias
		"version: \"2\"\nsql: nothing\n",
		"version: \"2\"\nsql: []\n",
		"version: \"2\"\nsql:\n  - schema: a\n    codegen: null\n",
		"version: \"2\"\nsql:\n  - <<: *none\n",
		"[]", "", "a", "a: \u2028b", "\ufeffversion: 2",
	} {
		d, err := parseDocument(text)
		if err == nil {
			_, err = d.add(steps[1].value, steps[1].path...)
		}
		assert.Error(t, err, text)
	}
}

func FuzzAdd(f *testing.F) {
	for _, text := range forms {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		d, err := parseDocument(text)
		if err != nil {
			return
		}
		for _, s := range steps {
			after, err := d.add(s.value, s.path...)
			if err == nil && !strings.ContainsAny(text, "[{") && !survives(d.text, after.text) {
				t.Errorf("%q became %q", d.text, after.text)
			}
			if err == nil {
				d = after
			}
		}
	})
}
