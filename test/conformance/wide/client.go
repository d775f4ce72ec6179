package wide

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/trefoil-sql/trefoil/internal/generate"
	"github.com/trefoil-sql/trefoil/internal/naming"
)

// config asks for all three clients in what they do by default, but that Go has tags for JSON.
const config = `version: "2"
plugins: [{name: trefoil, process: {cmd: trefoil}}]
sql:
  - engine: postgresql
    schema: schema.sql
    gen: {go: {package: db, out: go/db, sql_package: pgx/v5, emit_json_tags: true}}
    codegen:
      - {plugin: trefoil, out: ts/gen, options: {target: zod, update: false}}
      - {plugin: trefoil, out: py/client, options: {target: pydantic, update: false}}
options: {trefoil: {go_json: true}}
`

// Kind says what a row is read as: what is sent to the database, or what it sends.
type Kind string

const (
	Insert Kind = "insert"
	Row    Kind = "row"
)

// Question asks a client to read a row, and to write it again as what is sent to the database.
type Question struct {
	Table string
	Kind  Kind
	Text  string
}

// Reply is a client's.
type Reply struct {
	OK bool
	// Out is the row as the client writes it again.
	Out string
	// Names are the constraints that a refusal names, Error is all that it says.
	Names []string
	Error string
	// Unwritable tells that what was read is not written again.
	Unwritable bool
}

// Client is one generated client, ready to run.
type Client struct {
	Name     string
	Language naming.Language
	dir      string
	command  []string
}

// Generate writes the clients of a schema into a folder, with the real pipeline, and makes them ready to run.
func Generate(t testing.TB, s Schema) []Client {
	t.Helper()
	dir := t.TempDir()
	write(t, dir, "sqlc.yaml", config)
	write(t, dir, "schema.sql", s.SQL())
	made, err := generate.Run(context.Background(), generate.Options{Dir: dir})
	require.NoError(t, err)
	for _, target := range made.Targets {
		_, err := target.Write(dir)
		require.NoError(t, err)
	}
	root, err := filepath.Abs("../../..")
	require.NoError(t, err)
	return []Client{golang(t, root, dir, s), zod(t, root, dir), pydantic(t, root, dir)}
}

func write(t testing.TB, dir, path, text string) {
	t.Helper()
	file := filepath.Join(dir, path)
	require.NoError(t, os.MkdirAll(filepath.Dir(file), 0o755))
	require.NoError(t, os.WriteFile(file, []byte(text), 0o644))
}

func run(t testing.TB, dir string, name string, args ...string) {
	t.Helper()
	cmd := exec.Command(name, args...)
	cmd.Dir = dir
	out, err := cmd.CombinedOutput()
	require.NoError(t, err, "%s", out)
}

// golang builds a program round the generated package.
func golang(t testing.TB, root, dir string, s Schema) Client {
	for _, name := range []string{"go.mod", "go.sum"} {
		text, err := os.ReadFile(filepath.Join(root, name))
		require.NoError(t, err)
		write(t, dir, "go/"+name, strings.Replace(string(text), "module github.com/trefoil-sql/trefoil", "module example.com/wide", 1))
	}
	var tables strings.Builder
	for _, subject := range s.Subjects {
		fmt.Fprintf(&tables, "\t%q: func() validator { return new(db.S%s) },\n", subject.Table, subject.Table[1:])
	}
	write(t, dir, "go/main.go", strings.Replace(workerGo, "// TABLES\n", tables.String(), 1))
	run(t, filepath.Join(dir, "go"), "go", "build", "-mod=mod", "-o", "worker", ".")
	return Client{"Go", naming.Go, dir, []string{filepath.Join(dir, "go", "worker")}}
}

// zod compiles the generated TypeScript. Its types are checked elsewhere.
func zod(t testing.TB, root, dir string) Client {
	modules := filepath.Join(root, "test/ts/node_modules")
	_, err := os.Stat(filepath.Join(modules, "zod"))
	require.NoError(t, err, "this test needs Zod and TypeScript: run `npm ci` in test/ts")
	ts := filepath.Join(dir, "ts")
	require.NoError(t, os.Symlink(modules, filepath.Join(ts, "node_modules")))
	write(t, dir, "ts/package.json", `{"type": "module"}`)
	write(t, dir, "ts/worker.mjs", workerTS)
	run(t, ts, filepath.Join(modules, ".bin", "tsc"), "--noCheck", "--skipLibCheck", "--target", "es2022", "--module", "nodenext",
		"--moduleResolution", "nodenext", "--types", "", "--rootDir", "gen", "--outDir", "out", "gen/index.ts")
	return Client{"Zod", naming.TypeScript, ts, []string{"node", "worker.mjs"}}
}

func pydantic(t testing.TB, root, dir string) Client {
	python := os.Getenv("TREFOIL_TEST_PYTHON")
	if python == "" {
		python = filepath.Join(root, "test/python/.venv/bin/python")
	}
	_, err := os.Stat(python)
	require.NoError(t, err, "this test needs Python with Pydantic: run make deps, or set TREFOIL_TEST_PYTHON")
	py := filepath.Join(dir, "py")
	write(t, dir, "py/worker.py", workerPython)
	return Client{"Pydantic", naming.Python, py, []string{python, "worker.py"}}
}

// Ask runs the client once for all questions.
func (c Client) Ask(t testing.TB, questions []Question) []Reply {
	t.Helper()
	var in bytes.Buffer
	e := json.NewEncoder(&in)
	e.SetEscapeHTML(false)
	for _, q := range questions {
		require.NoError(t, e.Encode(q))
	}
	cmd := exec.Command(c.command[0], c.command[1:]...)
	cmd.Dir = c.dir
	cmd.Env = append(os.Environ(), "PYTHONIOENCODING=utf-8", "PYTHONDONTWRITEBYTECODE=1", "TZ=UTC")
	cmd.Stdin = &in
	var stderr bytes.Buffer
	cmd.Stderr = &stderr
	out, err := cmd.Output()
	require.NoError(t, err, "%s: %s", c.Name, stderr.String())
	var replies []Reply
	lines := bufio.NewScanner(bytes.NewReader(out))
	lines.Buffer(nil, 1<<24)
	for lines.Scan() {
		var r Reply
		require.NoError(t, json.Unmarshal(lines.Bytes(), &r), lines.Text())
		replies = append(replies, r)
	}
	require.NoError(t, lines.Err())
	require.Len(t, replies, len(questions), c.Name)
	return replies
}
