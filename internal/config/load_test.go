package config

import (
	"flag"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"go.yaml.in/yaml/v3"
	"golang.org/x/tools/txtar"

	"github.com/trefoil-sql/trefoil/internal/source"
)

func TestTheRepositorysOwnConfig(t *testing.T) {
	c, err := Load("../..", "")
	require.NoError(t, err)
	assert.Equal(t, "sqlc.yaml", c.File.Path)
	require.Len(t, c.SQL, 1)
	s := c.SQL[0]
	assert.Equal(t, []string{"schema"}, s.Schema)
	assert.Equal(t, []string{"queries"}, s.Queries)
	assert.Equal(t, "usage", s.Go.Package)
	assert.Equal(t, "pgx/v5", s.Go.SQLPackage)
	assert.Equal(t, []string{"id"}, s.Go.Initialisms)
	require.Len(t, s.Targets, 2)
	zod, pydantic := s.Targets[0], s.Targets[1]
	assert.Equal(t, "gen/ts", zod.Out)
	assert.Equal(t, "gen/ts", zod.Span.Text())
	assert.Equal(t, Zod, zod.Options.Target)
	assert.Equal(t, "camel", zod.Options.Keys.Insert)
	assert.Equal(t, "snake", zod.Options.Keys.Row)
	assert.Equal(t, "{query}", zod.Options.Naming.QueryRow)
	assert.Equal(t, ".js", *zod.Options.ImportExtension)
	assert.Nil(t, zod.Options.Insert)
	assert.False(t, *zod.Options.Update)
	assert.Equal(t, "{name}Create", pydantic.Options.Naming.Insert)
	assert.Equal(t, []string{"id", "created_at"}, pydantic.Options.ExcludeColumns.Insert)
	assert.Equal(t, "public", c.Shared.DefaultSchema)
	assert.Equal(t, "LLMProvider", c.Shared.Rename.Enums["llm_usage.provider"])
}

var update = flag.Bool("update", false, "rewrite the expected messages")

// TestMistakes holds each case of testdata/mistakes against the messages that it expects, to the letter.
func TestMistakes(t *testing.T) {
	cases, err := filepath.Glob("testdata/mistakes/*.txtar")
	require.NoError(t, err)
	require.NotEmpty(t, cases)
	for _, path := range cases {
		t.Run(strings.TrimSuffix(filepath.Base(path), ".txtar"), func(t *testing.T) {
			ar, err := txtar.ParseFile(path)
			require.NoError(t, err)
			dir, want := t.TempDir(), ""
			var inputs []txtar.File
			for _, f := range ar.Files {
				if f.Name == "want" {
					want = string(f.Data)
					continue
				}
				inputs = append(inputs, f)
				require.NoError(t, os.WriteFile(filepath.Join(dir, f.Name), f.Data, 0o600))
			}
			_, err = Load(dir, "")
			require.Error(t, err)
			got := strings.ReplaceAll(err.Error(), dir, "$DIR") + "\n"
			if *update {
				ar.Files = append(inputs, txtar.File{Name: "want", Data: []byte(got)})
				require.NoError(t, os.WriteFile(path, txtar.Format(ar), 0o600))
				return
			}
			assert.Equal(t, want, got)
		})
	}
}

// accepted are configs without a mistake, for trefoil and for sqlc.
var accepted = map[string]string{
	"skeleton": skeleton,
	"go only": `
version: 2
sql:
  - engine: "postgresql"
    schema: [schema/*.sql, other]
    queries: [q1, q2]
    gen: {go: {out: ./internal/db/, initialisms: [], rename: {a: A, b: B}, emit_json_tags: yes}}
overrides: {go: {rename: {b: Bee}}}
`,
	"other plugins": `
version: "2"
plugins:
  - {name: py, wasm: {url: https://example.com/py.wasm, sha256: abc}, env: [PATH]}
sql:
  - name: first
    engine: postgresql
    schema: schema
    queries: queries
    rules: [sqlc/db-prepare]
    gen: {json: {out: ./gen, indent: "  "}}
    codegen: [{plugin: py, out: gen/py/, options: {anything: [1, {goes: true}]}}]
options: {py: {whatever: 1}, trefoil: null}
rules: [{name: no-delete, rule: "query.cmd == 'exec'", message: no}]
`,
	"everything": `
version: "2"
plugins: [{name: trefoil, process: {cmd: trefoil}}]
sql:
  - engine: postgresql
    schema: schema
    gen: {go: {out: gen/go, sql_package: pgx/v5}}
    codegen:
      - &ts
        plugin: trefoil
        out: gen/ts
        options: &zod
          target: zod
          naming: {row: "{table}Row", enum: "{name}Enum", query_row: "{query}", params_schema: "z{query}"}
          keys: {row: camel, insert: camel, update: snake, query: camel, params: camel}
          insert: true
          update: false
          variants: {insert: {include: ["app.*"], exclude: [logs]}, update: {exclude: ["*_log"]}}
          exclude_columns: {row: [secret], insert: [id, "*.created_at"], update: ["{a,b}.id"]}
          include: ["*"]
          exclude: [auth.users, "*.password"]
          wire: json
          numeric: string
          bigint: bigint
          timestamp: date
          import_extension: ""
      - <<: *ts
        out: gen/tsx
        options: {<<: *zod, bigint: string, import_extension: .ts}
      - plugin: trefoil
        out: gen/py
        options: {target: pydantic, naming: {insert: "{name}Create"}}
options:
  trefoil:
    prelude: platform.sql
    layout: golang-migrate
    default_schema: app
    initialisms: [ID, url]
    rename:
      tables: {users: Person, app.people: Human}
      columns: {id: ident, users.id: uid, app.users.id: uid}
      enums: {mood: Feeling, users.state: State}
      values: {mood: {"": none, null: Nothing, on: Enabled, 1: One}}
    include: ["*"]
    exclude: [auth.users]
    types:
      - {column: users.settings, zod: {type: Settings, import: ./settings.js, schema: SettingsSchema}, python: {type: Settings, import: app.settings}}
      - {db_type: "citext[]", zod: {type: "string[]"}}
`,
}

func load(t *testing.T, text string) (*Config, error) {
	dir := t.TempDir()
	require.NoError(t, os.WriteFile(filepath.Join(dir, "sqlc.yaml"), []byte(text), 0o600))
	return Load(dir, "")
}

// TestWhatIsAcceptedIsValidForSqlc asks sqlc about every config that Load accepts.
func TestWhatIsAcceptedIsValidForSqlc(t *testing.T) {
	own, err := os.ReadFile("../../sqlc.yaml")
	require.NoError(t, err)
	for name, text := range accepted {
		_, err := load(t, text)
		require.NoError(t, err, name)
		assert.NotContains(t, sqlcSays(t, text), "error parsing sqlc.yaml", name)
	}
	assert.NotContains(t, sqlcSays(t, string(own)), "error parsing sqlc.yaml")
	assert.Contains(t, sqlcSays(t, "version: '2'"), "error parsing")
}

func TestDefaultsAndGo(t *testing.T) {
	c, err := load(t, accepted["go only"])
	require.NoError(t, err)
	assert.Equal(t, Shared{DefaultSchema: "public"}, c.Shared)
	s := c.SQL[0]
	assert.Equal(t, []string{"schema/*.sql", "other"}, s.Schema)
	assert.Equal(t, []string{"q1", "q2"}, s.Queries)
	g := s.Go
	assert.Equal(t, "internal/db", g.Out)
	assert.Equal(t, "./internal/db/", g.Span.Text())
	assert.Equal(t, "db", g.Package)
	assert.Equal(t, "database/sql", g.SQLPackage)
	assert.Equal(t, []string{}, g.Initialisms)
	assert.Equal(t, map[string]string{"a": "A", "b": "Bee"}, g.Rename, "sqlc puts the global names over the entry's")
	assert.Equal(t, yaml.MappingNode, g.Node.Kind)
	assert.Empty(t, s.Targets)

	c, err = load(t, accepted["other plugins"])
	require.NoError(t, err)
	assert.Empty(t, c.SQL[0].Targets)
	assert.Nil(t, c.SQL[0].Go)
	assert.Equal(t, "first", c.SQL[0].Name)
	var others []string
	for _, o := range c.SQL[0].Others {
		others = append(others, o.Name+" "+o.Out+" "+o.Span.Text())
	}
	assert.Equal(t, []string{"json gen ./gen", "py gen/py gen/py/"}, others)
}

// TestDriversDefaults: what was given stays.
func TestDriversDefaults(t *testing.T) {
	for options, want := range map[string][3]string{
		"target: zod":                                  {"number", "number", "string"},
		"target: zod, wire: driver":                    {"string", "string", "date"},
		"target: zod, wire: driver, bigint: bigint":    {"string", "bigint", "date"},
		"target: zod, wire: driver, timestamp: string": {"string", "string", "string"},
	} {
		c, err := load(t, strings.Replace(accepted["everything"], "{target: pydantic, naming: {insert: \"{name}Create\"}}", "{"+options+"}", 1))
		require.NoError(t, err)
		o := c.SQL[0].Targets[2].Options
		assert.Equal(t, want, [3]string{o.Numeric, o.BigInt, o.Timestamp}, options)
	}
}

func TestEverythingIsRead(t *testing.T) {
	c, err := load(t, accepted["everything"])
	require.NoError(t, err)
	off, on, none, ts := false, true, "", ".ts"
	zod := Options{
		Target: Zod,
		Naming: Naming{
			Row: "{table}Row", RowSchema: "{name}Schema", Insert: "{name}Insert", InsertSchema: "{name}InsertSchema",
			Update: "{name}Update", UpdateSchema: "{name}UpdateSchema", Enum: "{name}Enum", EnumSchema: "{name}Schema",
			QueryRow: "{query}", QuerySchema: "{query}RowSchema", Params: "{query}Params", ParamsSchema: "z{query}",
		},
		Keys:   Keys{Row: "camel", Insert: "camel", Update: "snake", Query: "camel", Params: "camel"},
		Insert: &on, Update: &off,
		Variants: VariantTables{
			Insert: TablePatterns{Include: []string{"app.*"}, Exclude: []string{"logs"}},
			Update: TablePatterns{Exclude: []string{"*_log"}},
		},
		ExcludeColumns: VariantPatterns{
			Row: []string{"secret"}, Insert: []string{"id", "*.created_at"}, Update: []string{"{a,b}.id"},
		},
		Include: []string{"*"}, Exclude: []string{"auth.users", "*.password"},
		Wire: "json", Numeric: "string", BigInt: "bigint", Timestamp: "date", ImportExtension: &none,
	}
	targets := c.SQL[0].Targets
	require.Len(t, targets, 3)
	assert.Equal(t, zod, targets[0].Options)
	assert.Equal(t, "gen/tsx", targets[1].Out)
	zod.BigInt, zod.ImportExtension = "string", &ts
	assert.Equal(t, zod, targets[1].Options, "<< brings in all that is not said again")
	assert.Equal(t, "{name}Create", targets[2].Options.Naming.Insert)
	assert.Equal(t, "{name}", targets[2].Options.Naming.Row)
	assert.Equal(t, "snake", targets[2].Options.Keys.Params)
	assert.Equal(t, Shared{
		Prelude: Paths{"platform.sql"}, Layout: "golang-migrate", DefaultSchema: "app", Initialisms: []string{"id", "url"},
		Rename: Rename{
			Tables:  map[string]string{"users": "Person", "app.people": "Human"},
			Columns: map[string]string{"id": "ident", "users.id": "uid", "app.users.id": "uid"},
			Enums:   map[string]string{"mood": "Feeling", "users.state": "State"},
			Values:  map[string]map[string]string{"mood": {"": "none", "null": "Nothing", "on": "Enabled", "1": "One"}},
		},
		Include: []string{"*"}, Exclude: []string{"auth.users"},
		Types: []TypeOverride{
			{Column: "users.settings", Zod: &CustomType{Type: "Settings", Import: "./settings.js", Schema: "SettingsSchema"},
				Python: &CustomType{Type: "Settings", Import: "app.settings"}},
			{DBType: "citext[]", Zod: &CustomType{Type: "string[]"}},
		},
	}, c.Shared)
}

// TestEveryOptionIsComplete keeps later stages from meeting an empty string that they do not expect.
func TestEveryOptionIsComplete(t *testing.T) {
	c, err := load(t, strings.Replace(skeleton, "zod", "pydantic", 1))
	require.NoError(t, err)
	var walk func(v reflect.Value, path string)
	walk = func(v reflect.Value, path string) {
		for i := range v.NumField() {
			name := path + "." + v.Type().Field(i).Name
			switch f := v.Field(i); f.Kind() {
			case reflect.Struct:
				walk(f, name)
			case reflect.String:
				assert.NotEmpty(t, f.String(), name)
			}
		}
	}
	walk(reflect.ValueOf(c.SQL[0].Targets[0].Options), "options")
	assert.Equal(t, ".js", *c.SQL[0].Targets[0].Options.ImportExtension)
}

// TestWhereTheFileIs: the file is looked for in the folder, or named relative to it, and its own folder is the project.
func TestWhereTheFileIs(t *testing.T) {
	dir := t.TempDir()
	require.NoError(t, os.Mkdir(filepath.Join(dir, "sub"), 0o700))
	require.NoError(t, os.WriteFile(filepath.Join(dir, "sub", "other.json"), []byte(
		`{"version":"2","sql":[{"engine":"postgresql","schema":"\u0073chema"}]}`), 0o600))
	for _, name := range []string{"sub/other.json", filepath.Join(dir, "sub", "other.json")} {
		c, err := Load(dir, name)
		require.NoError(t, err)
		assert.Equal(t, filepath.Join(dir, "sub"), c.Dir)
		assert.Equal(t, "other.json", c.File.Path)
		assert.Equal(t, []string{"schema"}, c.SQL[0].Schema)
	}
	_, err := Load(dir, "absent.yaml")
	assert.ErrorIs(t, err, os.ErrNotExist)
	_, err = Load(filepath.Join(dir, "absent"), "")
	assert.ErrorContains(t, err, filepath.Join(dir, "absent"))

	for _, name := range Names {
		dir := t.TempDir()
		require.NoError(t, os.WriteFile(filepath.Join(dir, name), []byte(skeleton), 0o600))
		t.Chdir(dir)
		c, err := Load("", "")
		require.NoError(t, err)
		assert.Equal(t, name, c.File.Path)
	}
}

func TestMistakesAreAList(t *testing.T) {
	_, err := load(t, "version: '2'\nsql: [{engine: mysql}]\nx: 1")
	var list source.List
	require.ErrorAs(t, err, &list)
	require.Len(t, list, 3)
	assert.Equal(t, []string{CodeMissing, CodeEngine, CodeUnknownKey}, []string{list[0].Code, list[1].Code, list[2].Code})
}
