package config

import (
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"os/exec"
	"path/filepath"
	"reflect"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/sqlc-dev/sqlc/pkg/cli"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// TestShapeHasTheKeysOfSqlc reads the keys from the structs that sqlc decodes its config into.
func TestShapeHasTheKeysOfSqlc(t *testing.T) {
	out, err := exec.Command("go", "list", "-m", "-f", "{{.Dir}}", "github.com/sqlc-dev/sqlc").Output()
	require.NoError(t, err)
	dir := strings.TrimSpace(string(out))
	config := yamlKeys(t, filepath.Join(dir, "internal/config"))
	golang := yamlKeys(t, filepath.Join(dir, "internal/codegen/golang/opts"))

	at := func(path ...string) []string {
		s := sqlcFile
		for _, p := range path {
			i := slices.IndexFunc(s.keys, func(k key) bool { return k.name == p })
			require.GreaterOrEqual(t, i, 0, p)
			s = s.keys[i].shape
		}
		var names []string
		for _, k := range s.keys {
			names = append(names, k.name)
		}
		return names
	}
	for _, tc := range []struct {
		structs map[string][]string
		name    string
		got     []string
	}{
		{config, "Config", at()},
		{config, "Cloud", at("cloud")},
		{config, "Server", at("servers")},
		{config, "Plugin", append(at("plugins"), append(at("plugins", "process"), at("plugins", "wasm")...)...)},
		{config, "Rule", at("rules")},
		{config, "Overrides", at("overrides")},
		{golang, "GlobalOptions", at("overrides", "go")},
		{golang, "Override", at("overrides", "go", "overrides")},
		{golang, "GoType", at("overrides", "go", "overrides", "go_type")},
		{config, "SQL", at("sql")},
		{config, "Database", at("sql", "database")},
		{config, "Analyzer", at("sql", "analyzer")},
		{config, "Codegen", at("sql", "codegen")},
		{config, "SQLGen", at("sql", "gen")},
		{config, "SQLJSON", at("sql", "gen", "json")},
		{golang, "Options", at("sql", "gen", "go")},
	} {
		require.NotEmpty(t, tc.structs[tc.name], tc.name)
		assert.ElementsMatch(t, tc.structs[tc.name], tc.got, tc.name)
	}
}

// yamlKeys lists the yaml tags of each struct of a package, with those of structs within it.
func yamlKeys(t *testing.T, dir string) map[string][]string {
	keys := map[string][]string{}
	files, err := filepath.Glob(filepath.Join(dir, "*.go"))
	require.NoError(t, err)
	for _, file := range files {
		parsed, err := parser.ParseFile(token.NewFileSet(), file, nil, 0)
		require.NoError(t, err)
		ast.Inspect(parsed, func(n ast.Node) bool {
			spec, ok := n.(*ast.TypeSpec)
			if !ok {
				return true
			}
			ast.Inspect(spec.Type, func(n ast.Node) bool {
				if f, ok := n.(*ast.Field); ok && f.Tag != nil {
					name, _, _ := strings.Cut(reflect.StructTag(strings.Trim(f.Tag.Value, "`")).Get("yaml"), ",")
					if name != "" && name != "-" {
						keys[spec.Name.Name] = append(keys[spec.Name.Name], name)
					}
				}
				return true
			})
			return false
		})
	}
	return keys
}

// values are one of every kind that a key can be given, as flow-style YAML.
var values = []string{
	"x", "yes", "5", "99999999999", "-1", "1.5", "1e300", "true", "True", "'true'", "null", "~", "''", "2024-01-01", "[]", "[a, b]", "[1, null]",
	"[[]]", "{}", "{some_key: b}", "{some_key: [b]}", "[{some_key: 1}]", "[null]", "!!str 5",
}

// TestShapeAgreesWithSqlc gives every key of sqlc's config a value of every kind, and asks sqlc itself which it takes:
// its decoder lists the lines of all that it refuses.
func TestShapeAgreesWithSqlc(t *testing.T) {
	lists := map[string][]string{} // items for the lists at the top, one a line
	single := map[string][]string{}
	for _, k := range sqlcFile.keys {
		if k.name == "version" {
			continue // a file without version 2 is not read any further
		}
		single[k.name] = append(single[k.name], values...)
		for _, inner := range k.keys {
			into := single
			if k.form == objects {
				into = lists
			}
			into[k.name] = append(into[k.name], nested(inner)...)
		}
	}
	docs := []string{listDoc(lists)}
	for i := 0; ; i++ {
		doc, any := "version: '2'\n", false
		for _, k := range sqlcFile.keys {
			if i < len(single[k.name]) {
				doc, any = doc+k.name+": "+single[k.name][i]+"\n", true
			}
		}
		if !any {
			break
		}
		docs = append(docs, doc)
	}
	require.Greater(t, len(lists["sql"]), 1000)
	for _, doc := range docs {
		agree(t, doc)
	}
}

// nested gives a key, and every key below it, every value.
func nested(k key) []string {
	var cases []string
	for _, v := range values {
		cases = append(cases, "{"+k.name+": "+v+"}")
	}
	for _, inner := range k.keys {
		for _, c := range nested(inner) {
			if k.form == objects {
				c = "[" + c + "]"
			}
			cases = append(cases, "{"+k.name+": "+c+"}")
		}
	}
	return cases
}

func listDoc(lists map[string][]string) string {
	doc := "version: '2'\n"
	for _, k := range sqlcFile.keys {
		if items := lists[k.name]; items != nil {
			doc += k.name + ":\n  - " + strings.Join(items, "\n  - ") + "\n"
		}
	}
	return doc
}

// agree compares the lines that sqlcKnows reports with those that sqlc reports. Values of a list of choices are no
// matter of sqlc's decoder.
func agree(t *testing.T, doc string) {
	r := newReader("sqlc.yaml", []byte(doc))
	root := r.parse()
	require.NotNil(t, root, r.list)
	r.sqlcKnows(root.Content[0], sqlcFile, "")
	ours := map[int]bool{}
	for _, d := range r.list {
		if d.Code != CodeValue {
			ours[d.Span.Position().Line] = true
		}
	}
	said := sqlcSays(t, doc)
	theirs := map[int]bool{}
	for _, found := range regexp.MustCompile(`line (\d+): `).FindAllStringSubmatch(said, -1) {
		n, _ := strconv.Atoi(found[1])
		theirs[n] = true
	}
	for i, line := range strings.Split(doc, "\n") {
		if theirs[i+1] != ours[i+1] {
			t.Errorf("sqlc refuses it: %v, trefoil refuses it: %v: %s", theirs[i+1], ours[i+1], line)
		}
	}
}

const sqlcEnv = "TREFOIL_TEST_RUN_SQLC"

// TestMain lets the test's binary be sqlc, which ends its process on a mistake.
func TestMain(m *testing.M) {
	if os.Getenv(sqlcEnv) != "" {
		os.Exit(cli.Run(os.Args[1:]))
	}
	os.Exit(m.Run())
}

// sqlcSays returns what sqlc prints on a config.
func sqlcSays(t *testing.T, doc string) string {
	file := filepath.Join(t.TempDir(), "sqlc.yaml")
	require.NoError(t, os.WriteFile(file, []byte(doc), 0o600))
	self, err := os.Executable()
	require.NoError(t, err)
	cmd := exec.Command(self, "compile", "--no-remote", "-f", file)
	cmd.Env = append(os.Environ(), sqlcEnv+"=1")
	out, _ := cmd.CombinedOutput() // it fails on most of what it is given
	return string(out)
}
