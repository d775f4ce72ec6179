package sqlc

import (
	"go/ast"
	"path"
	"strconv"
	"strings"
)

// ImportsOf are a Go file's imports: the path by the name that the file uses.
func ImportsOf(file *ast.File) map[string]string {
	out := map[string]string{}
	for _, spec := range file.Imports {
		name, p := ImportOf(spec)
		out[name] = p
	}
	return out
}

// ImportOf is one import's name, written or not, and its path.
func ImportOf(spec *ast.ImportSpec) (name, path string) {
	path, _ = strconv.Unquote(spec.Path.Value) // the parser has read it
	if spec.Name != nil {
		return spec.Name.Name, path
	}
	return PackageName(path), path
}

// PackageName is what a package without a name of its own is taken to be called: the last part of its path that is no
// version, as sqlc takes it.
func PackageName(p string) string {
	name := path.Base(p)
	if len(name) > 1 && name[0] == 'v' && strings.Trim(name[1:], "0123456789") == "" {
		name = path.Base(path.Dir(p))
	}
	return strings.TrimPrefix(name, "go-")
}

// NeedImports adds to needs the packages that a type names, with their paths in imports.
func NeedImports(needs map[string]string, t ast.Expr, imports map[string]string) {
	ast.Inspect(t, func(n ast.Node) bool {
		if sel, ok := n.(*ast.SelectorExpr); ok {
			if x, ok := sel.X.(*ast.Ident); ok {
				needs[x.Name] = imports[x.Name]
			}
		}
		return true
	})
}
