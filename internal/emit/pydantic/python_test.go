package pydantic

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/trefoil-sql/trefoil/internal/model"
	"github.com/trefoil-sql/trefoil/internal/output"
)

// python is an interpreter with what test/python/requirements.txt lists.
func python(t *testing.T) string {
	t.Helper()
	file := os.Getenv("TREFOIL_TEST_PYTHON")
	if file == "" {
		var err error
		file, err = filepath.Abs("../../../test/python/.venv/bin/python")
		require.NoError(t, err)
	}
	if _, err := os.Stat(file); err != nil {
		t.Fatalf("this test needs Python with Pydantic and mypy: in test/python run\n"+
			"  python3 -m venv .venv && .venv/bin/pip install --require-hashes -r requirements.txt\n"+
			"or set TREFOIL_TEST_PYTHON to an interpreter that has them (%v)", err)
	}
	return file
}

// install writes a model's package under the name client and returns the folder that it is in.
func install(t *testing.T, m *model.Model) string {
	t.Helper()
	return installFor(t, m, Options{})
}

func installFor(t *testing.T, m *model.Model, o Options) string {
	t.Helper()
	tree, err := Emit(m, o)
	require.NoError(t, err)
	root := t.TempDir()
	_, err = output.Target{Name: "pydantic", Dir: "client", Tree: tree}.Write(root)
	require.NoError(t, err)
	return root
}

// run runs Python in a folder and returns what it printed; stdin is the process's input. Warnings are errors.
func run(t *testing.T, dir, stdin string, args ...string) string {
	t.Helper()
	cmd := exec.Command(python(t), append([]string{"-W", "error"}, args...)...)
	cmd.Dir = dir
	cmd.Env = append(os.Environ(), "PYTHONDONTWRITEBYTECODE=1", "PYTHONIOENCODING=utf-8")
	cmd.Stdin = strings.NewReader(stdin)
	out, err := cmd.CombinedOutput()
	require.NoError(t, err, "%s", out)
	return string(out)
}
