package sqlc

import (
	"context"
	"crypto/sha256"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/trefoil-sql/trefoil/internal/source"
)

// withPlugins is a config whose plugin "list" is this test binary, and "wasm" a module in the project.
func withPlugins(t *testing.T, gen, codegen string) Input {
	t.Helper()
	exe, err := os.Executable()
	require.NoError(t, err)
	module := wasm(response(map[string][]byte{"from.wasm": []byte("hello")}))
	in := project(t, fmt.Sprintf(`
-- sqlc.yaml --
version: "2"
plugins:
  - {name: list, process: {cmd: %q}}
  - {name: relative, process: {cmd: ./bin/plugin}}
  - {name: none, process: {cmd: trefoil-no-such-program}}
  - {name: wasm, wasm: {url: "file://plugin.wasm", sha256: "%x"}}
  - {name: trefoil, process: {cmd: trefoil-no-such-program}}
sql:
  - engine: postgresql
    schema: schema
    queries: queries
    gen: {%s}
    codegen: [%s]
options: {list: {shared: 1}, trefoil: {exclude: [auth.users]}}
-- queries/a.sql --
-- name: Providers :many
SELECT provider FROM llm_usage;
-- queries/b.sql --
-- name: Models :many
SELECT model FROM llm_usage;
-- here --
the config's folder
-- bin/keep --
`, exe, sha256.Sum256(module), gen, codegen), usage())
	require.NoError(t, os.WriteFile(filepath.Join(in.Config.Dir, "plugin.wasm"), module, 0o600))
	require.NoError(t, os.Symlink(exe, filepath.Join(in.Config.Dir, "bin/plugin")))
	t.Setenv("SQLCCACHE", t.TempDir())
	in.Enums = []Enum{provider()}
	return in
}

// texts runs the other plugins of an input and returns their files by the folders' and their own names.
func texts(t *testing.T, in Input) map[string]string {
	t.Helper()
	outputs, err := Others(context.Background(), in)
	require.NoError(t, err)
	got := map[string]string{}
	for _, o := range outputs {
		for name, text := range o.Files {
			got[o.Name+" "+o.Out+" "+name] = string(text)
		}
	}
	return got
}

func TestOtherPluginsAreRunAsSqlcRunsThem(t *testing.T) {
	in := withPlugins(t, "", `
      {plugin: list, out: gen, options: {files: {queries.txt: QUERIES, sub/globals.txt: GLOBALS}}},
      {plugin: list, out: gen, options: {files: {more.txt: same folder}}},
      {plugin: relative, out: gen/rel, options: {files: {here.txt: HERE}}},
      {plugin: wasm, out: gen/wasm},
      {plugin: trefoil, out: gen/ts, options: {target: zod}}`)
	before := tree(t, in.Config.Dir)
	assert.Equal(t, map[string]string{
		"list gen queries.txt":      "Providers Models",
		"list gen sub/globals.txt":  `{"shared":1}`,
		"list gen more.txt":         "same folder",
		"relative gen/rel here.txt": "the config's folder\n",
		"wasm gen/wasm from.wasm":   "hello",
	}, texts(t, in))
	assert.Equal(t, before, tree(t, in.Config.Dir), "the project is written to by output alone")
}

// tree lists all paths of a folder.
func tree(t *testing.T, dir string) (paths []string) {
	t.Helper()
	require.NoError(t, filepath.WalkDir(dir, func(p string, _ os.DirEntry, err error) error {
		paths = append(paths, p)
		return err
	}))
	return paths
}

func TestJSONIsWrittenForTheUserToo(t *testing.T) {
	in := withPlugins(t, `json: {out: gen/json, filename: all.json, indent: "\t"}`, "")
	text := texts(t, in)["json gen/json all.json"]
	assert.True(t, strings.HasPrefix(text, "{\n\t\""), "%.40s", text)
	var request struct {
		Queries []struct {
			Name    string
			Columns []struct{ Type struct{ Name string } }
		}
	}
	require.NoError(t, json.Unmarshal([]byte(text), &request))
	require.Len(t, request.Queries, 2)
	assert.Equal(t, "Providers", request.Queries[0].Name)
	assert.Equal(t, "varchar", request.Queries[0].Columns[0].Type.Name, "no enum type stands for a value list here")
	assert.NotContains(t, text, os.TempDir())
	assert.Equal(t, text, texts(t, in)["json gen/json all.json"])
}

func TestAPluginThatFailsIsReportedAtItsEntry(t *testing.T) {
	in := withPlugins(t, "", `
      {plugin: list, out: gen/a, options: {fail: "no such option\nread the manual"}},
      {plugin: none, out: gen/b},
      {plugin: wasm, out: gen/c}`)
	require.NoError(t, os.WriteFile(filepath.Join(in.Config.Dir, "plugin.wasm"), wasm([]byte("not a response")), 0o600))
	_, err := Others(context.Background(), in)
	var list source.List
	require.True(t, errors.As(err, &list), "%v", err)
	list.Sort()
	var got []string
	for _, d := range list {
		got = append(got, fmt.Sprintf("%s %s %s", d.Span.Text(), d.Code, d.Message))
	}
	require.Len(t, got, 3)
	assert.Equal(t, "gen/a TF409 plugin list: no such option", got[0])
	assert.Equal(t, []source.Note{{Message: "read the manual"}}, list[0].Notes)
	assert.Equal(t, "gen/b TF409 plugin none: trefoil-no-such-program not found", got[1])
	assert.Contains(t, list[1].Hint, "install the program")
	assert.Contains(t, got[2], "gen/c TF409 plugin wasm: loadBytes: invalid checksum: expected ")
}

func TestOtherPluginsNeedQueries(t *testing.T) {
	in := withPlugins(t, "json: {out: gen/json}", "")
	in.SQL.Queries = nil
	_, err := Others(context.Background(), in)
	require.ErrorContains(t, err, "json is not run, because the entry has no queries")
}

func TestPluginFailures(t *testing.T) {
	for stderr, want := range map[string][]pluginFailure{
		"":                                 nil,
		"panic: no\n":                      nil,
		"# package x\nq.sql:1:2: syntax\n": nil,
		"WARN x\n# package a\nerror generating code: one\ntwo\n# package \nerror generating code: three\n": {
			{"a", "one\ntwo"}, {"", "three"},
		},
	} {
		assert.Equal(t, want, pluginFailures(stderr), stderr)
	}
}
