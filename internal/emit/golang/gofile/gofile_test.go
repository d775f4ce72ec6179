package gofile

import (
	"go/ast"
	"go/format"
	"go/parser"
	"go/token"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"golang.org/x/tools/txtar"
)

const awkward = `package p

import "fmt"

type T struct {
	A string ` + "`json:\"a\"`" + `
}

/* func commented() {
}
*/

const query = ` + "`" + `
func inString() {
}
` + "`" + `

func plain(a int) error {
	if a > 0 {
		return nil
	}
	return fmt.Errorf("}")
}

func raw() string {
	return ` + "`" + `
}
` + "`" + `
}

func within() {
	/*
}
	*/
}

func oneLine() error { return nil }

func empty() {
}

func result() struct {
	A int
} {
	return struct{ A int }{1}
}

func external()

var f = func() {
}
`

// sources are Go files: an awkward one, those of the golden cases, and this repository's own.
func sources(t testing.TB) map[string]string {
	t.Helper()
	out := map[string]string{"awkward.go": awkward, "unformatted.go": "package p\n\nfunc a() {\nif true {\n}\n}\n\nfunc b() {\n}\n"}
	cases, err := filepath.Glob("../../../../test/golden/testdata/*.txtar")
	require.NoError(t, err)
	require.NotEmpty(t, cases)
	for _, name := range cases {
		archive, err := txtar.ParseFile(name)
		require.NoError(t, err)
		for _, f := range archive.Files {
			if strings.HasSuffix(f.Name, ".go") {
				out[filepath.Base(name)+" "+f.Name] = string(f.Data)
			}
		}
	}
	own, err := filepath.Glob("*.go")
	require.NoError(t, err)
	for _, name := range own {
		text, err := os.ReadFile(name)
		require.NoError(t, err)
		out[name] = string(text)
	}
	return out
}

// heads is all that a file declares, with the positions, save for what is in bodies.
func heads(t testing.TB, file *ast.File) string {
	t.Helper()
	ast.Inspect(file, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.FuncDecl:
			n.Body = nil
		case *ast.BasicLit:
			if n.Kind == token.STRING && strings.HasPrefix(n.Value, "`") && strings.Contains(n.Value, "\n") {
				n.Value = "" // blanks may be in it
			}
		}
		return true
	})
	file.FileEnd = 0
	var b strings.Builder
	require.NoError(t, ast.Fprint(&b, nil, file, ast.NotNilFilter))
	return b.String()
}

func TestHeads(t *testing.T) {
	skipped := 0
	for name, text := range sources(t) {
		f, err := Parse(name, []byte(text))
		require.NoError(t, err, name)
		for _, decl := range f.Heads.Decls {
			if fn, ok := decl.(*ast.FuncDecl); ok && fn.Body == nil {
				skipped++
			}
		}
		whole, err := f.Whole()
		require.NoError(t, err, name)
		for i, decl := range f.Heads.Decls {
			assert.Equal(t, f.Offset(whole.Decls[i].Pos()), f.Offset(decl.Pos()), name)
		}
		same(t, text, f)
	}
	assert.Greater(t, skipped, 100)
}

// same tells that the heads are those of a parser that reads all.
func same(t testing.TB, text string, f *File) {
	t.Helper()
	whole, err := parser.ParseFile(token.NewFileSet(), f.Name, text, parser.SkipObjectResolution)
	require.NoError(t, err)
	assert.Equal(t, heads(t, whole), heads(t, f.Heads), f.Name)
}

func TestErrorsNameTheirLines(t *testing.T) {
	_, err := Parse("a.go", []byte("package p\n\nfunc a() {\n\tx(\n}\n\nfunc b( {\n}\n"))
	assert.ErrorContains(t, err, "sqlc wrote Go that does not parse: a.go:5:1")
}

// FuzzHeads: of every file that parses and is formatted the heads are right.
func FuzzHeads(f *testing.F) {
	for _, text := range sources(f) {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		if _, err := format.Source([]byte(text)); err != nil {
			return
		}
		if _, err := parser.ParseFile(token.NewFileSet(), "", text, parser.SkipObjectResolution); err != nil {
			return // a part of a file
		}
		file, err := Parse("", []byte(text))
		require.NoError(t, err)
		same(t, text, file)
	})
}
