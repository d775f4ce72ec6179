package architecture

import (
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

var (
	ownCode  = regexp.MustCompile(`^TF[0-9]{3}$`)
	sqlstate = regexp.MustCompile(`^([0-9][0-9A-Z]|P0)[0-9A-Z]{3}$`)
	// row is a line of docs/errors.md that describes a code.
	row = regexp.MustCompile(`(?m)^\| ((?:TF|[0-9P])[0-9A-Z]{3,4}) \| ([a-z0-9_]+) \| ([^|]{10,}\.) \| ([^|]{5,}\.) \|$`)
	// anyRow is one that begins like one.
	anyRow = regexp.MustCompile(`(?m)^\| [A-Z0-9]{5} \|`)
)

// TestEveryCodeIsListed holds docs/errors.md against the code, in both directions: what a diagnostic can carry is listed,
// and what is listed can be carried.
func TestEveryCodeIsListed(t *testing.T) {
	text, err := os.ReadFile("../../docs/errors.md")
	require.NoError(t, err)
	var listed []string
	for _, m := range row.FindAllStringSubmatch(string(text), -1) {
		listed = append(listed, m[1])
	}
	assert.Len(t, anyRow.FindAllString(string(text), -1), len(listed), "a row lacks a column or a sentence")
	slices.Sort(listed)
	assert.Equal(t, slices.Compact(slices.Clone(listed)), listed, "a code is listed twice")

	used := usedCodes(t)
	assert.Greater(t, len(used), 60)
	assert.Equal(t, used, listed)
}

// TestOwnCodesAreOfOneMeaning: no two packages have a constant with one code of trefoil's own.
func TestOwnCodesAreOfOneMeaning(t *testing.T) {
	seen := map[string]string{}
	for dir, files := range sourceFiles(t) {
		for name, code := range constants(files) {
			if ownCode.MatchString(code) {
				assert.Empty(t, seen[code], "%s is %s.%s too", code, dir, name)
				seen[code] = dir + "." + name
			}
		}
	}
}

// sourceFiles parses the packages below internal, without tests and the packages that only tests use.
func sourceFiles(t *testing.T) map[string][]*ast.File {
	t.Helper()
	byDir := map[string][]*ast.File{}
	require.NoError(t, filepath.WalkDir("../../internal", func(path string, d os.DirEntry, err error) error {
		if err != nil || !strings.HasSuffix(path, ".go") || strings.HasSuffix(path, "_test.go") || strings.HasSuffix(filepath.Dir(path), "test") {
			return err
		}
		file, err := parser.ParseFile(token.NewFileSet(), path, nil, 0)
		byDir[filepath.Dir(path)] = append(byDir[filepath.Dir(path)], file)
		return err
	}))
	return byDir
}

// constants are a package's string constants that are codes, by name.
func constants(files []*ast.File) map[string]string {
	found := map[string]string{}
	for _, file := range files {
		for _, decl := range file.Decls {
			gen, ok := decl.(*ast.GenDecl)
			if !ok || gen.Tok != token.CONST {
				continue
			}
			for _, spec := range gen.Specs {
				v := spec.(*ast.ValueSpec)
				for i, value := range v.Values {
					if code, ok := literalCode(value); ok {
						found[v.Names[i].Name] = code
					}
				}
			}
		}
	}
	return found
}

func literalCode(e ast.Expr) (string, bool) {
	lit, ok := e.(*ast.BasicLit)
	if !ok || lit.Kind != token.STRING {
		return "", false
	}
	text, err := strconv.Unquote(lit.Value)
	return text, err == nil && (ownCode.MatchString(text) || sqlstate.MatchString(text))
}

// usedCodes are the codes that the functions of a package, or its tables, give to something: as a constant, or written
// out as an argument, in an assignment or as a field named Code. Comparing with a code and translating one are no use.
func usedCodes(t *testing.T) []string {
	t.Helper()
	var used []string
	for _, files := range sourceFiles(t) {
		named := constants(files)
		for _, file := range files {
			for _, decl := range file.Decls {
				if gen, ok := decl.(*ast.GenDecl); ok && gen.Tok == token.CONST {
					continue
				}
				ast.Inspect(decl, func(n ast.Node) bool {
					for _, e := range given(n) {
						if code, ok := literalCode(e); ok {
							used = append(used, code)
						}
						if id, ok := e.(*ast.Ident); ok && named[id.Name] != "" {
							used = append(used, named[id.Name])
						}
					}
					return true
				})
			}
		}
	}
	slices.Sort(used)
	return slices.Compact(used)
}

// given are the expressions that a node passes on.
func given(n ast.Node) []ast.Expr {
	switch n := n.(type) {
	case *ast.CallExpr:
		return n.Args
	case *ast.AssignStmt:
		return n.Rhs
	case *ast.ReturnStmt:
		return n.Results
	case *ast.KeyValueExpr:
		if key, ok := n.Key.(*ast.Ident); ok && strings.EqualFold(key.Name, "code") {
			return []ast.Expr{n.Value}
		}
	case *ast.CompositeLit:
		// A row of a table without keys.
		return slices.DeleteFunc(slices.Clone(n.Elts), func(e ast.Expr) bool { _, keyed := e.(*ast.KeyValueExpr); return keyed })
	}
	return nil
}
