package migration_test

import (
	"bytes"
	"context"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"golang.org/x/tools/txtar"

	"github.com/trefoil-sql/trefoil/internal/migration"
	"github.com/trefoil-sql/trefoil/internal/pgtest"
	"github.com/trefoil-sql/trefoil/internal/source"
)

var update = flag.Bool("update", false, "rewrite the expected parts of testdata/read and docs/reading.md")

// TestRead runs the cases in testdata/read. The comment of a case may have lines "patterns: a b" (without them the
// pattern is migrations) and "layout: x". Files under in/ are the project. What comes out is:
//
//   - want/notes: the notes;
//   - want/errors: the error, if any, and nothing else;
//   - want/sql: what is left of each file, in order, without blank lines and spaces at line ends;
//   - want/tables: the tables of a server that has run that.
func TestRead(t *testing.T) {
	cases, err := filepath.Glob("testdata/read/*.txtar")
	require.NoError(t, err)
	require.NotEmpty(t, cases)
	for _, name := range cases {
		t.Run(strings.TrimSuffix(filepath.Base(name), ".txtar"), func(t *testing.T) {
			archive, err := txtar.ParseFile(name)
			require.NoError(t, err)
			got := outcome(t, archive)
			if *update {
				rewrite(t, name, archive, got)
				return
			}
			want := &txtar.Archive{}
			for _, f := range archive.Files {
				if strings.HasPrefix(f.Name, "want/") {
					want.Files = append(want.Files, f)
				}
			}
			assert.Equal(t, string(txtar.Format(want)), string(txtar.Format(got)))
		})
	}
}

func rewrite(t *testing.T, name string, archive, got *txtar.Archive) {
	out := &txtar.Archive{Comment: archive.Comment}
	for _, f := range archive.Files {
		if !strings.HasPrefix(f.Name, "want/") {
			out.Files = append(out.Files, f)
		}
	}
	out.Files = append(out.Files, got.Files...)
	require.NoError(t, os.WriteFile(name, txtar.Format(out), 0o666))
}

// outcome reads a case's project and makes the parts under want/.
func outcome(t *testing.T, archive *txtar.Archive) *txtar.Archive {
	root := t.TempDir()
	onDisk := map[string]string{}
	for _, f := range archive.Files {
		if name, ok := strings.CutPrefix(f.Name, "in/"); ok {
			onDisk[name] = string(f.Data)
			write(t, filepath.Join(root, filepath.FromSlash(name)), string(f.Data))
		}
	}
	patterns, options := settings(string(archive.Comment))
	files, found, err := migration.Read(root, patterns, options)
	got := &txtar.Archive{}
	add := func(name, text string) {
		if text != "" {
			got.Files = append(got.Files, txtar.File{Name: "want/" + name, Data: []byte(text)})
		}
	}
	add("notes", rendered(found))
	if err != nil {
		assert.NotContains(t, err.Error(), root)
		add("errors", err.Error()+"\n")
		return got
	}
	conn := pgtest.New(t).Conn(context.Background())
	var kept strings.Builder
	for _, f := range files {
		assertBlanked(t, onDisk[f.Path], f.Text)
		fmt.Fprintf(&kept, "# %s\n%s", f.Path, condensed(f.Text))
		apply(t, conn, f)
	}
	add("sql", kept.String())
	var held strings.Builder
	for _, table := range tables(t, conn) {
		fmt.Fprintf(&held, "%s (%s)\n", table.name, strings.Join(table.columns, ", "))
	}
	add("tables", held.String())
	return got
}

func settings(comment string) (patterns []string, o migration.Options) {
	patterns = []string{"migrations"}
	for line := range strings.Lines(comment) {
		if rest, ok := strings.CutPrefix(line, "patterns:"); ok {
			patterns = strings.Fields(rest)
		}
		if rest, ok := strings.CutPrefix(line, "layout:"); ok {
			o.Layout = strings.TrimSpace(rest)
		}
	}
	return patterns, o
}

// rendered is a list as it is printed; an empty list is "".
func rendered(l source.List) string {
	var b bytes.Buffer
	_ = l.Write(&b)
	return b.String()
}

// condensed is a text without blank lines and without spaces at the ends of lines.
func condensed(text string) string {
	var b strings.Builder
	for line := range strings.Lines(text) {
		if line = strings.TrimRight(line, " \r\n"); line != "" {
			b.WriteString(line + "\n")
		}
	}
	return b.String()
}

func write(t testing.TB, path, content string) {
	t.Helper()
	require.NoError(t, os.MkdirAll(filepath.Dir(path), 0o777))
	require.NoError(t, os.WriteFile(path, []byte(content), 0o666))
}
