package zod

import (
	"bytes"
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/trefoil-sql/trefoil/internal/output"
)

// modulesDir is where npm put Zod and the compiler.
const modulesDir = "../../../test/ts/node_modules"

// customTS is what the user's own types are imported from.
const customTS = `import * as z from "zod";
export type Settings = { theme: string };
export const SettingsSchema = z.object({ theme: z.string() });
export type Box<T> = { value: T };
export type Mood = 1 | 2;
`

// project is generated TypeScript in a folder of its own, with more files beside it.
type project struct {
	t   *testing.T
	dir string
}

func newProject(t *testing.T, tree output.Tree, more map[string]string) project {
	t.Helper()
	modules, err := filepath.Abs(modulesDir)
	require.NoError(t, err)
	_, err = os.Stat(filepath.Join(modules, "zod"))
	require.NoError(t, err, "this test needs Zod and TypeScript: run `npm ci` in test/ts")
	p := project{t, t.TempDir()}
	require.NoError(t, os.Symlink(modules, filepath.Join(p.dir, "node_modules")))
	p.write("package.json", `{"type": "module"}`)
	p.write("gen/custom.ts", customTS)
	for path, content := range tree {
		p.write("gen/"+path, string(content))
	}
	for path, content := range more {
		p.write(path, content)
	}
	return p
}

func (p project) write(path, content string) {
	p.t.Helper()
	file := filepath.Join(p.dir, filepath.FromSlash(path))
	require.NoError(p.t, os.MkdirAll(filepath.Dir(file), 0o755))
	require.NoError(p.t, os.WriteFile(file, []byte(content), 0o644))
}

// strictest are the compiler's flags that a user's project may have set.
var strictest = []string{
	"--strict", "--skipLibCheck", "--noUncheckedIndexedAccess", "--noUnusedLocals", "--noUnusedParameters",
	"--noImplicitOverride", "--noPropertyAccessFromIndexSignature", "--verbatimModuleSyntax", "--isolatedModules",
	"--target", "es2022", "--lib", "es2022", "--module", "nodenext", "--moduleResolution", "nodenext", "--types", "",
	"--rootDir", ".", "--outDir", "out",
}

// compile type-checks everything and writes JavaScript to out/. It gives what the compiler prints.
func (p project) compile(flags ...string) string {
	p.t.Helper()
	var files []string
	require.NoError(p.t, filepath.WalkDir(p.dir, func(path string, d os.DirEntry, err error) error {
		if err == nil && filepath.Ext(path) == ".ts" && d.Type().IsRegular() {
			files = append(files, path)
		}
		return err
	}))
	args := append(append(append([]string{}, strictest...), flags...), files...)
	cmd := exec.Command(filepath.Join(p.dir, "node_modules", ".bin", "tsc"), args...)
	cmd.Dir = p.dir
	out, err := cmd.CombinedOutput()
	require.NoError(p.t, err, "%s", out)
	return string(out)
}

// verdict is what a schema says of an input. Output is what it makes of it, null for an input that it refuses.
type verdict struct {
	OK bool
	// Sent is the input as JavaScript writes it again, which is what a server would be sent.
	Sent     string
	Output   json.RawMessage
	Messages []string
}

// question asks a schema of the index for its verdict on a JSON text.
type question struct{ Schema, Input string }

const askJS = `
import { readFileSync } from "node:fs";
import * as gen from "./out/gen/index.js";
const questions = JSON.parse(readFileSync(0, "utf8"));
const answers = questions.map(({ Schema, Input }) => {
  const result = gen[Schema].safeParse(JSON.parse(Input));
  return {
    OK: result.success,
    Sent: JSON.stringify(JSON.parse(Input)),
    Output: result.success ? result.data : null,
    Messages: result.success ? [] : result.error.issues.map((i) => [...i.path, i.message].join(": ")),
  };
});
process.stdout.write(JSON.stringify(answers, (_, v) => (typeof v === "bigint" ? v + "n" : Number.isNaN(v) || v === Infinity || v === -Infinity ? String(v) : v)));
`

// ask runs questions in Node.
func (p project) ask(questions []question) []verdict {
	p.t.Helper()
	p.write("ask.mjs", askJS)
	input, err := json.Marshal(questions)
	require.NoError(p.t, err)
	var answers []verdict
	require.NoError(p.t, json.Unmarshal(p.node("ask.mjs", string(input)), &answers))
	require.Len(p.t, answers, len(questions))
	return answers
}

// node runs a script and gives its output.
func (p project) node(script, input string) []byte {
	p.t.Helper()
	cmd := exec.Command("node", script)
	cmd.Dir = p.dir
	cmd.Stdin = strings.NewReader(input)
	var stderr bytes.Buffer
	cmd.Stderr = &stderr
	out, err := cmd.Output()
	require.NoError(p.t, err, "%s", stderr.String())
	return out
}
