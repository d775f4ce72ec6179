// Package rows gives what a real server answers to the golden cases' queries to the clients that are generated for them:
// each row has to be one of its query's.
package rows

import (
	"bytes"
	"context"
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/jackc/pgx/v5"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"golang.org/x/tools/txtar"

	"github.com/trefoil-sql/trefoil/internal/generate"
	"github.com/trefoil-sql/trefoil/internal/pgtest"
)

func TestMain(m *testing.M) {
	generate.Child()
	pgtest.Main(m)
}

// data fills the tables of a case, with every column that can be null null in some row.
var data = map[string]string{
	"query_types": `
INSERT INTO people VALUES
    (1, 'a', NULL, 'a', 'sad', 'new', NULL, 1.50, NULL, '{}', '2020-01-01Z', NULL),
    (2, 'b', 'a@b', 'c', 'glad', 'known', 'new', 0, (1, NULL), '{x,y}', '2020-02-29 10:00+05', '2021-01-01Z'),
    (12, 'c', 'a@b', 'b', 'glad', 'known', 'known', -3.25, (NULL, 2), '{z}', 'epoch', '2021-01-01Z');
INSERT INTO visits VALUES (1, 1, '2020-01-01Z', NULL), (2, 1, '2020-01-02Z', '1 day 02:00');`,
	"query_json": `
INSERT INTO customers VALUES
    ('a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11', 'a', 'person', NULL), ('a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a12', 'b', 'firm', '{"a": [1, {"b": null}]}');
INSERT INTO orders VALUES
    (1, 'a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11', '2020-01-01 10:00Z', NULL, 12.50, NULL, '{}', NULL),
    (2, 'a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11', '2020-01-02Z', '2020-02-29', 'NaN', (1, NULL), '{x,NULL}', '\x00ff');`,
	"query_views": `
INSERT INTO authors VALUES (1, 'a', 'new', 'a@b', NULL), (2, 'b', 'known', 'b@c', '2000-01-01');
INSERT INTO books VALUES (1, NULL, 5, NULL), (2, 1, 7, '{"x": 1}'), (3, 2, 9, '{}');
REFRESH MATERIALIZED VIEW totals;
INSERT INTO copies VALUES (NULL, NULL, NULL);`,
	"query_overrides": `
INSERT INTO authors VALUES (1, 'a', NULL);
INSERT INTO books VALUES (1, 1, 5), (2, 1, 6);`,
}

// arguments are the values of parameters, by query; queries with parameters that are not here are not run.
var arguments = map[string][]string{"OneOrder": {"2"}}

// answer is the rows of one query, as row_to_json writes them.
type answer struct {
	Query string
	Rows  []json.RawMessage
}

func TestRowsAreThoseOfTheirQueries(t *testing.T) {
	for name, fill := range data {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			c := open(t, name)
			db := pgtest.New(t)
			db.Exec(t, c["schema.sql"])
			db.Exec(t, fill)
			answers := answered(t, db.Conn(context.Background()), c["queries.sql"])
			require.NotEmpty(t, answers)
			input, err := json.Marshal(answers)
			require.NoError(t, err)
			root := write(t, c)
			t.Run("zod", func(t *testing.T) { assert.Empty(t, zod(t, root, input)) })
			t.Run("pydantic", func(t *testing.T) { assert.Empty(t, pydantic(t, root, input)) })
		})
	}
}

// open reads the inputs of a golden case.
func open(t *testing.T, name string) map[string]string {
	t.Helper()
	archive, err := txtar.ParseFile("../golden/testdata/" + name + ".txtar")
	require.NoError(t, err)
	files := map[string]string{}
	for _, f := range archive.Files {
		if !strings.HasPrefix(f.Name, "want/") {
			files[f.Name] = string(f.Data)
		}
	}
	return files
}

var (
	named = regexp.MustCompile(`(?s)-- name: (\w+) :(?:one|many)\n(.*?);`)
	marks = regexp.MustCompile(`[!?]"`)
)

// answered runs the queries of a file.
func answered(t *testing.T, conn *pgx.Conn, queries string) []answer {
	t.Helper()
	var out []answer
	for _, m := range named.FindAllStringSubmatch(queries, -1) {
		name, sql := m[1], marks.ReplaceAllString(m[2], `"`)
		for i, value := range arguments[name] {
			sql = strings.ReplaceAll(sql, "$"+string(rune('1'+i)), value)
		}
		if regexp.MustCompile(`\$\d|[^']@\w|sqlc\.`).MatchString(sql) {
			continue
		}
		a := answer{Query: name}
		rows, err := conn.Query(context.Background(), "WITH r AS ("+sql+") SELECT row_to_json(r) FROM r")
		require.NoError(t, err, name)
		for rows.Next() {
			var text []byte
			require.NoError(t, rows.Scan(&text))
			a.Rows = append(a.Rows, text)
		}
		require.NoError(t, rows.Err(), name)
		require.NotEmpty(t, a.Rows, "query %s has no rows to read", name)
		out = append(out, a)
	}
	return out
}

// write generates a case's clients into a folder of their own.
func write(t *testing.T, files map[string]string) string {
	t.Helper()
	root := t.TempDir()
	put := func(path, text string) {
		require.NoError(t, os.MkdirAll(filepath.Dir(filepath.Join(root, path)), 0o755))
		require.NoError(t, os.WriteFile(filepath.Join(root, path), []byte(text), 0o644))
	}
	for path, text := range files {
		put(path, text)
	}
	result, err := generate.Run(context.Background(), generate.Options{Dir: root})
	require.NoError(t, err)
	for _, target := range result.Targets {
		for path, text := range target.Tree {
			put(filepath.Join(target.Dir, path), string(text))
		}
	}
	put("package.json", `{"type": "module"}`)
	put("read.mjs", readJS)
	put("read.py", readPython)
	require.NoError(t, os.Symlink(repository(t, "test/ts/node_modules"), filepath.Join(root, "node_modules")))
	return root
}

// readJS and readPython print each row that a client does not read, or not in full. A query that returns a table's or a
// view's row has no type of its own: such rows are read by the type of the same name.
const readJS = `
import { readFileSync } from "node:fs";
import * as gen from "./out/index.js";
const whole = { Shelf: gen.ShelfSchema, Totals: gen.TotalSchema, Copies: gen.CopySchema };
for (const { Query, Rows } of JSON.parse(readFileSync(0, "utf8"))) {
  const schema = gen[Query + "RowSchema"] ?? whole[Query];
  for (const row of Rows) {
    const result = schema.safeParse(row);
    const all = (a, b) => a === null || typeof a !== "object" || Object.keys(a).every((k) => k in b && all(a[k], b[k]));
    if (!result.success || !all(row, result.data)) {
      console.log(Query, JSON.stringify(row), result.success ? "lacks a key" : result.error.message);
    }
  }
}
`

const readPython = `
import json, sys
import py
whole = {"Shelf": "Shelf", "Totals": "Total", "Copies": "Copy"}
def complete(value, model):
    if isinstance(value, list):
        return isinstance(model, list) and len(value) == len(model) and all(map(complete, value, model))
    if isinstance(value, dict) and not isinstance(model, dict):
        names = {f.validation_alias or n: n for n, f in type(model).model_fields.items()}
        return all(k in names and complete(v, getattr(model, names[k])) for k, v in value.items())
    return True
for answer in json.load(sys.stdin):
    model = getattr(py, answer["Query"] + "Row", None) or getattr(py, whole.get(answer["Query"], ""))
    for row in answer["Rows"]:
        try:
            if not complete(row, model.model_validate_json(json.dumps(row))):
                print(answer["Query"], row, "lacks a key")
        except ValueError as e:
            print(answer["Query"], row, e)
`

func zod(t *testing.T, root string, input []byte) string {
	t.Helper()
	files, err := filepath.Glob(filepath.Join(root, "ts", "*.ts"))
	require.NoError(t, err)
	command(t, root, nil, filepath.Join(root, "node_modules/.bin/tsc"), append([]string{
		"--strict", "--skipLibCheck", "--target", "es2022", "--module", "nodenext", "--moduleResolution", "nodenext", "--types", "",
		"--rootDir", "ts", "--outDir", "out",
	}, files...)...)
	return command(t, root, input, "node", "read.mjs")
}

func pydantic(t *testing.T, root string, input []byte) string {
	t.Helper()
	return command(t, root, input, repository(t, "test/python/.venv/bin/python"), "read.py")
}

func repository(t *testing.T, path string) string {
	t.Helper()
	abs, err := filepath.Abs(filepath.Join("../..", path))
	require.NoError(t, err)
	_, err = os.Stat(abs)
	require.NoError(t, err, "run make deps")
	return abs
}

// command runs a program and gives what it prints.
func command(t *testing.T, dir string, input []byte, name string, args ...string) string {
	t.Helper()
	cmd := exec.Command(name, args...)
	cmd.Dir, cmd.Stdin = dir, bytes.NewReader(input)
	var stderr bytes.Buffer
	cmd.Stderr = &stderr
	out, err := cmd.Output()
	require.NoError(t, err, "%s %s", out, stderr.String())
	return string(out)
}
