package main

import (
	"bytes"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"go.yaml.in/yaml/v3"
	"golang.org/x/tools/txtar"
)

// The project's action, its pre-commit hooks and its documented jobs are run here as a runner would, with this binary
// for trefoil and a stub for go.

// job is a temporary project in a temporary repository, and the environment that a runner gives to a step.
type job struct {
	*testing.T
	repository, bin, temp string
}

const jobProject = `
-- service/db.yaml --
version: "2"
plugins: [{name: trefoil, process: {cmd: trefoil}}]
sql:
  - engine: postgresql
    schema: schema
    codegen: [{plugin: trefoil, out: gen/ts, options: {target: zod}}]
-- service/schema/1_tasks.sql --
CREATE TABLE tasks (
    id integer PRIMARY KEY,
    title text NOT NULL
);
`

// goStub is go for these tests: go install puts this test's trefoil where the real one would put its own.
const goStub = `#!/bin/sh
echo "$@" >>"$STUB_LOG"
test "$1" = install && mkdir -p "$GOBIN" && ln -sf "$STUB_TREFOIL" "$GOBIN/trefoil"
`

func newJob(t *testing.T) *job {
	t.Helper()
	if _, err := exec.LookPath("bash"); err != nil {
		t.Skip("there is no bash")
	}
	j := &job{t, t.TempDir(), t.TempDir(), t.TempDir()}
	for _, f := range txtar.Parse([]byte(jobProject)).Files {
		j.write(f.Name, string(f.Data))
	}
	exe, err := os.Executable()
	require.NoError(t, err)
	require.NoError(t, os.Symlink(exe, filepath.Join(j.bin, "trefoil")))
	require.NoError(t, os.WriteFile(filepath.Join(j.bin, "go"), []byte(goStub), 0o755))
	out, code := j.bash(nil, "trefoil generate -q -C service -f db.yaml")
	require.Equal(t, 0, code, out)
	return j
}

func (j *job) write(name, text string) {
	p := filepath.Join(j.repository, filepath.FromSlash(name))
	require.NoError(j, os.MkdirAll(filepath.Dir(p), 0o755))
	require.NoError(j, os.WriteFile(p, []byte(text), 0o644))
}

// drift changes the schema, so that a file is no longer what generate would write.
func (j *job) drift() {
	j.write("service/schema/2_state.sql", "\nALTER TABLE tasks ADD COLUMN state text;\n")
}

// bash runs a script in the repository as runners do: it ends at the first command that fails.
func (j *job) bash(env map[string]string, script string) (output string, code int) {
	j.Helper()
	cmd := exec.Command("bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", script)
	cmd.Dir = j.repository
	cmd.Env = append(os.Environ(),
		"PATH="+j.bin+":"+os.Getenv("PATH"), "GITHUB_WORKSPACE="+j.repository, "CI_PROJECT_DIR="+j.repository,
		"STUB_LOG="+filepath.Join(j.temp, "log"), "STUB_TREFOIL="+filepath.Join(j.bin, "trefoil"))
	for name, value := range env {
		cmd.Env = append(cmd.Env, name+"="+value)
	}
	var out bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &out
	err := cmd.Run()
	var exit *exec.ExitError
	if err != nil && !errors.As(err, &exit) {
		require.NoError(j, err)
	}
	return out.String(), cmd.ProcessState.ExitCode()
}

// installed is what go was called with.
func (j *job) installed() string {
	log, err := os.ReadFile(filepath.Join(j.temp, "log"))
	if err != nil {
		return ""
	}
	return strings.TrimSpace(string(log))
}

// action is action.yml, as far as it is run here.
type action struct {
	Name, Description string
	Inputs            map[string]struct{ Description, Default string }
	Runs              struct {
		Using string
		Steps []step
	}
}

type step struct {
	ID, Name, If, Uses, Shell, Run string
	Env, With                      map[string]string
}

func readYAML(t *testing.T, file string, into any) {
	t.Helper()
	text, err := os.ReadFile(file)
	require.NoError(t, err)
	d := yaml.NewDecoder(bytes.NewReader(text))
	d.KnownFields(true)
	require.NoError(t, d.Decode(into))
}

func readAction(t *testing.T) action {
	t.Helper()
	var a struct {
		action   `yaml:",inline"`
		Branding struct{ Icon, Color string }
	}
	readYAML(t, "../../action.yml", &a)
	return a.action
}

// run runs the action's steps with some inputs. The cache is always empty.
func (j *job) run(a action, inputs map[string]string) (output string, code int) {
	values := map[string]string{
		"runner.temp": j.temp, "runner.os": "Linux", "runner.arch": "X64", "steps.cache.outputs.cache-hit": "",
	}
	for name, in := range a.Inputs {
		values["inputs."+name] = in.Default
	}
	for name, value := range inputs {
		require.Contains(j, a.Inputs, name)
		values["inputs."+name] = value
	}
	x := expressions{j, values}
	for _, s := range a.Runs.Steps {
		if s.If != "" && !x.truth(s.If) || s.Run == "" {
			continue
		}
		require.Equal(j, "bash", s.Shell, s.Name)
		env := map[string]string{}
		for name, value := range s.Env {
			env[name] = x.expand(value)
		}
		assert.NotContains(j, s.Run, "${{", "a value in a script is code: it has to come by the environment")
		out, code := j.bash(env, s.Run)
		if output += out; code != 0 {
			return output, code
		}
	}
	return output, 0
}

// expressions evaluates what action.yml uses of GitHub's expressions.
type expressions struct {
	*job
	values map[string]string
}

var expression = regexp.MustCompile(`\$\{\{\s*(.*?)\s*\}\}`)

func (x expressions) expand(text string) string {
	return expression.ReplaceAllStringFunc(text, func(e string) string {
		for _, part := range strings.Split(expression.FindStringSubmatch(e)[1], " || ") {
			if v := x.value(part); v != "" {
				return v
			}
		}
		return ""
	})
}

func (x expressions) truth(condition string) bool {
	for _, part := range strings.Split(condition, " && ") {
		if a, b, ok := strings.Cut(part, " == "); ok && x.value(a) != x.value(b) {
			return false
		} else if a, b, differ := strings.Cut(part, " != "); differ && x.value(a) == x.value(b) {
			return false
		} else if !ok && !differ {
			x.Fatalf("cannot evaluate %s", part)
		}
	}
	return true
}

var formatCall = regexp.MustCompile(`^format\('(.*)\{0\}(.*)', ([\w.]+)\)$`)

func (x expressions) value(e string) string {
	if strings.HasPrefix(e, "'") {
		return strings.Trim(e, "'")
	}
	if f := formatCall.FindStringSubmatch(e); f != nil {
		return f[1] + x.value(f[3]) + f[2]
	}
	require.Contains(x, x.values, e, "action.yml uses something that is not there")
	return x.values[e]
}

func TestAction(t *testing.T) {
	a := readAction(t)
	assert.Equal(t, "composite", a.Runs.Using)
	j := newJob(t)
	project := map[string]string{"directory": "service", "config": "db.yaml"}

	out, code := j.run(a, project)
	assert.Equal(t, 0, code, out)
	assert.Empty(t, out)
	assert.Equal(t, "install github.com/trefoil-sql/trefoil/cmd/trefoil@latest", j.installed())

	j.drift()
	out, code = j.run(a, project)
	assert.Equal(t, 1, code)
	assert.Regexp(t, `(?m)^::error .*file=service/schema/2_state\.sql,line=2,.*gen/ts/tasks\.ts`, out)
	assert.Contains(t, out, "trefoil generate -C service -f db.yaml")

	// A binary that is there, a fixed version, a mistake, another command, flags.
	binary := map[string]string{"binary": filepath.Join(j.bin, "trefoil"), "directory": "service", "config": "db.yaml"}
	require.NoError(t, os.Remove(filepath.Join(j.temp, "log")))
	out, code = j.run(a, binary)
	assert.Equal(t, 1, code, out)
	assert.Empty(t, j.installed())
	project["version"] = "v1.2.3"
	_, code = j.run(a, project)
	assert.Equal(t, 1, code)
	assert.Equal(t, "install github.com/trefoil-sql/trefoil/cmd/trefoil@v1.2.3", j.installed())

	j.write("service/schema/3_broken.sql", "ALTER TABLE taks ADD COLUMN x int;\n")
	out, code = j.run(a, binary)
	assert.Equal(t, 2, code)
	assert.Regexp(t, `(?m)^::error .*file=service/schema/3_broken\.sql,line=1,`, out)
	require.NoError(t, os.Remove(filepath.Join(j.repository, "service/schema/3_broken.sql")))

	binary["command"] = "generate --keep-stale"
	out, code = j.run(a, binary)
	assert.Equal(t, 0, code, out)
	delete(binary, "command")
	out, code = j.run(a, binary)
	assert.Equal(t, 0, code, out)
}

// TestActionsInputsCannotRunAnything passes text that a shell would take for a command.
func TestActionsInputsCannotRunAnything(t *testing.T) {
	j := newJob(t)
	for _, input := range []string{"directory", "config", "command", "version"} {
		j.run(readAction(t), map[string]string{input: "$(touch pwned); `touch pwned`; touch pwned"})
	}
	assert.NoFileExists(t, filepath.Join(j.repository, "pwned"))
}

func TestPreCommitHooks(t *testing.T) {
	var hooks []struct {
		ID, Name, Description, Entry, Language, Files string
		PassFilenames                                 bool `yaml:"pass_filenames"`
	}
	readYAML(t, "../../.pre-commit-hooks.yaml", &hooks)
	entries := map[string]string{}
	j := newJob(t)
	for _, h := range hooks {
		entries[h.ID] = h.Entry
		assert.False(t, h.PassFilenames, "the commands take no files")
		files := regexp.MustCompile(h.Files)
		require.NoError(t, filepath.WalkDir(j.repository, func(p string, e os.DirEntry, err error) error {
			if err == nil && !e.IsDir() {
				assert.True(t, files.MatchString(filepath.ToSlash(p)), "%s does not start %s", p, h.ID)
			}
			return err
		}))
	}
	require.Len(t, entries, 2)
	const args = " -C service -f db.yaml"
	out, code := j.bash(nil, entries["trefoil-check"]+args)
	assert.Equal(t, 0, code, out)
	j.drift()
	out, code = j.bash(nil, entries["trefoil-check"]+args)
	assert.Equal(t, 1, code, out)
	out, code = j.bash(nil, entries["trefoil-generate"]+args)
	assert.Equal(t, 0, code, out)
	out, code = j.bash(nil, entries["trefoil-check"]+args)
	assert.Equal(t, 0, code, out)
}

var yamlBlock = regexp.MustCompile("(?s)```yaml\n(.*?)```")

// block is the YAML of docs/ci.md that begins with a comment.
func block(t *testing.T, name string, into any) {
	t.Helper()
	doc, err := os.ReadFile("../../docs/ci.md")
	require.NoError(t, err)
	for _, b := range yamlBlock.FindAllStringSubmatch(string(doc), -1) {
		if strings.HasPrefix(b[1], "# "+name+"\n") {
			require.NoError(t, yaml.Unmarshal([]byte(b[1]), into))
			return
		}
	}
	t.Fatalf("docs/ci.md has no %s", name)
}

func TestGitLabExample(t *testing.T) {
	var pipeline map[string]struct {
		Image     string
		Variables map[string]string
		Script    []string
	}
	block(t, ".gitlab-ci.yml", &pipeline)
	example := pipeline["trefoil"]
	require.NotEmpty(t, example.Script)
	version, err := os.ReadFile("../../go.mod")
	require.NoError(t, err)
	assert.Contains(t, string(version), "\ngo "+strings.TrimPrefix(example.Image, "golang:")+".")

	j := newJob(t)
	require.NoError(t, os.Rename(filepath.Join(j.repository, "service/db.yaml"), filepath.Join(j.repository, "service/sqlc.yaml")))
	j.repository = filepath.Join(j.repository, "service")
	env := map[string]string{}
	for name, value := range example.Variables {
		env[name] = os.Expand(value, func(string) string { return j.repository })
	}
	script := strings.Join(example.Script, "\n")
	for range 2 {
		out, code := j.bash(env, script)
		assert.Equal(t, 0, code, out)
		assert.Equal(t, "install github.com/trefoil-sql/trefoil/cmd/trefoil@latest", j.installed(), "it is installed once")
	}
	j.write("schema/2_state.sql", "ALTER TABLE tasks ADD COLUMN state text;\n")
	out, code := j.bash(env, script)
	assert.Equal(t, 1, code, out)
}

// TestExamplesNameWhatThereIs holds the examples for GitHub and pre-commit against the action and the hooks.
func TestExamplesNameWhatThereIs(t *testing.T) {
	var workflow struct {
		Jobs map[string]struct{ Steps []step }
	}
	block(t, ".github/workflows/clients.yml", &workflow)
	inputs := readAction(t).Inputs
	used := false
	for _, s := range workflow.Jobs["clients"].Steps {
		if strings.HasPrefix(s.Uses, "trefoil-sql/trefoil@") {
			used = true
			for name := range s.With {
				assert.Contains(t, inputs, name)
			}
		}
	}
	assert.True(t, used)
	doc, err := os.ReadFile("../../docs/ci.md")
	require.NoError(t, err)
	for name, in := range inputs {
		value := ""
		if in.Default != "" {
			value = "`" + in.Default + "` "
		}
		assert.Contains(t, string(doc), "| `"+name+"` | "+value+"| ")
	}

	var config struct {
		Repos []struct{ Hooks []struct{ ID string } }
	}
	block(t, ".pre-commit-config.yaml", &config)
	hooks, err := os.ReadFile("../../.pre-commit-hooks.yaml")
	require.NoError(t, err)
	assert.Contains(t, string(hooks), "- id: "+config.Repos[0].Hooks[0].ID+"\n")
}
