// Package breaking holds each rule of trefoil breaking against a case. One txtar file is one rule, and called by its id: a
// project before/ and after/, and under want/ what the command says of it. A state without a config has the one below.
// `go test ./test/breaking -update` writes what comes now.
package breaking

import (
	"bytes"
	"context"
	"encoding/json"
	"flag"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"golang.org/x/tools/txtar"

	"github.com/trefoil-sql/trefoil/internal/breaking"
	"github.com/trefoil-sql/trefoil/internal/generate"
)

var update = flag.Bool("update", false, "write what comes now into testdata")

func TestMain(m *testing.M) {
	generate.Child()
	os.Exit(m.Run())
}

const config = `version: "2"
plugins: [{name: trefoil, process: {cmd: trefoil}}]
sql:
  - engine: postgresql
    schema: schema.sql
    gen: {go: {package: db, out: gen/go, sql_package: pgx/v5}}
    codegen:
      - {plugin: trefoil, out: gen/ts, options: {target: zod}}
      - {plugin: trefoil, out: gen/py, options: {target: pydantic}}
`

const configWithQueries = `queries: queries.sql
    gen:`

// TestRules: every rule has a case that finds it, and the case says all that is found.
func TestRules(t *testing.T) {
	for _, rule := range breaking.Rules {
		t.Run(rule.ID, func(t *testing.T) {
			t.Parallel()
			file := filepath.Join("testdata", rule.ID+".txtar")
			archive, err := txtar.ParseFile(file)
			require.NoError(t, err)
			changes := compare(t, archive)
			assert.True(t, slices.ContainsFunc(changes, func(f breaking.Finding) bool { return f.Rule == rule.ID }), "the rule is not found")
			got := printed(t, changes)
			if *update {
				rewrite(t, file, archive, got)
				return
			}
			want := map[string]string{}
			for _, f := range archive.Files {
				if strings.HasPrefix(f.Name, "want/") {
					want[f.Name] = string(f.Data)
				}
			}
			if diff := cmp.Diff(want, got); diff != "" {
				t.Errorf("%s (-want +got); if it is right, run go test ./test/breaking -update\n%s", file, diff)
			}
		})
	}
}

// TestNoCaseIsLeftOver: a case of no rule would never be read.
func TestNoCaseIsLeftOver(t *testing.T) {
	files, err := os.ReadDir("testdata")
	require.NoError(t, err)
	ids := breaking.RuleIDs()
	for _, f := range files {
		assert.Contains(t, ids, strings.TrimSuffix(f.Name(), ".txtar"))
	}
	assert.Len(t, files, len(ids))
}

// TestEveryEffectIsSeen: what the table says that a rule can do, some case shows, and nothing else.
func TestEveryEffectIsSeen(t *testing.T) {
	type cell struct {
		rule     string
		language breaking.Language
	}
	readers, writers := map[cell]breaking.Effect{}, map[cell]breaking.Effect{}
	for _, rule := range breaking.Rules {
		archive, err := txtar.ParseFile(filepath.Join("testdata", rule.ID+".txtar"))
		require.NoError(t, err)
		for _, f := range archive.Files {
			if f.Name != "want/json" {
				continue
			}
			var list []generate.ChangeJSON
			require.NoError(t, json.Unmarshal(f.Data, &list))
			for _, c := range list {
				for _, l := range c.Languages {
					readers[cell{c.Rule, l.Language}] |= effect(l.Readers.In)
					writers[cell{c.Rule, l.Language}] |= effect(l.Writers.In)
				}
			}
		}
	}
	for _, rule := range breaking.Rules {
		for _, l := range breaking.Languages {
			assert.Equal(t, plain(rule.Readers[l]).Names(), readers[cell{rule.ID, l}].Names(), "%s for readers in %s", rule.ID, l)
			assert.Equal(t, plain(rule.Writers[l]).Names(), writers[cell{rule.ID, l}].Names(), "%s for writers in %s", rule.ID, l)
		}
	}
}

func effect(names []string) (e breaking.Effect) {
	for _, n := range names {
		e |= map[string]breaking.Effect{"types": breaking.Types, "data": breaking.Data}[n]
	}
	return e
}

// plain is an effect without the condition on it.
func plain(e breaking.Effect) breaking.Effect {
	seen := e & (breaking.Types | breaking.Data)
	if e&breaking.TypesIf != 0 {
		seen |= breaking.Types
	}
	if e&breaking.DataIf != 0 {
		seen |= breaking.Data
	}
	return seen
}

// TestNothingChanged compares a project with itself, and states of the cases with themselves.
func TestNothingChanged(t *testing.T) {
	changes, err := generate.Breaking(context.Background(), generate.Options{Dir: "../.."}, ".")
	require.NoError(t, err)
	assert.Empty(t, changes, "the reference service")
	for _, rule := range []string{"type-equivalent", "elements-became-nullable", "composite-renamed", "query-params-renamed", "check-changed"} {
		archive, err := txtar.ParseFile(filepath.Join("testdata", rule+".txtar"))
		require.NoError(t, err)
		same := &txtar.Archive{}
		for _, f := range archive.Files {
			if name, ok := strings.CutPrefix(f.Name, "after/"); ok {
				same.Files = append(same.Files, f, txtar.File{Name: "before/" + name, Data: f.Data})
			}
		}
		assert.Empty(t, compare(t, same), rule)
	}
}

// compare writes both states to directories and compares them.
func compare(t *testing.T, archive *txtar.Archive) generate.Changes {
	t.Helper()
	root := t.TempDir()
	for _, state := range []string{"before", "after"} {
		c := config
		if slices.ContainsFunc(archive.Files, func(f txtar.File) bool { return f.Name == state+"/queries.sql" }) {
			c = strings.Replace(c, "gen:", configWithQueries, 1)
		}
		write(t, filepath.Join(root, state, "sqlc.yaml"), []byte(c))
	}
	for _, f := range archive.Files {
		if !strings.HasPrefix(f.Name, "want/") {
			write(t, filepath.Join(root, filepath.FromSlash(f.Name)), f.Data)
		}
	}
	changes, err := generate.Breaking(context.Background(), generate.Options{Dir: filepath.Join(root, "after")}, filepath.Join(root, "before"))
	require.NoError(t, err)
	return changes
}

func write(t *testing.T, path string, text []byte) {
	t.Helper()
	require.NoError(t, os.MkdirAll(filepath.Dir(path), 0o755))
	require.NoError(t, os.WriteFile(path, text, 0o644))
}

// printed is the changes in every format.
func printed(t *testing.T, changes generate.Changes) map[string]string {
	t.Helper()
	var text, annotations, document strings.Builder
	require.NoError(t, changes.Write(&text))
	for _, a := range changes.Annotations(func(path string) string { return path }) {
		require.NoError(t, a.Write(&annotations))
	}
	e := json.NewEncoder(&document)
	e.SetEscapeHTML(false)
	e.SetIndent("", " ")
	require.NoError(t, e.Encode(changes.JSON()))
	return map[string]string{"want/text": text.String(), "want/github": annotations.String(), "want/json": document.String()}
}

func rewrite(t *testing.T, file string, archive *txtar.Archive, got map[string]string) {
	t.Helper()
	archive.Files = slices.DeleteFunc(archive.Files, func(f txtar.File) bool { return strings.HasPrefix(f.Name, "want/") })
	for _, name := range []string{"want/text", "want/github", "want/json"} {
		archive.Files = append(archive.Files, txtar.File{Name: name, Data: []byte(got[name])})
	}
	old, err := os.ReadFile(file)
	require.NoError(t, err)
	if text := txtar.Format(archive); !bytes.Equal(text, old) {
		require.NoError(t, os.WriteFile(file, text, 0o644))
	}
}
