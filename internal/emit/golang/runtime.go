package golang

import (
	"bytes"
	"cmp"
	"fmt"
	"go/ast"
	"go/format"
	"go/parser"
	"go/token"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/trefoil-sql/trefoil/internal/emit/golang/runtime"
)

// runtimeDecl is one declaration of the runtime with its comment.
type runtimeDecl struct {
	names []string
	node  ast.Decl
	file  *ast.File
	text  string
}

// runtimeFile copies from the runtime what is used, and what that uses.
func runtimeFile(used map[string]bool, pkg string) ([]byte, error) {
	decls, err := runtimeDecls()
	if err != nil {
		return nil, err
	}
	kept, imports := closure(decls, used)
	var b bytes.Buffer
	fmt.Fprintf(&b, "%spackage %s\n\n", header, pkg)
	if len(imports) > 0 {
		fmt.Fprintf(&b, "import (\n%s\n)\n\n", strings.Join(imports, "\n"))
	}
	for _, d := range kept {
		b.WriteString(d.text + "\n\n")
	}
	return format.Source(b.Bytes())
}

// runtimeDecls parses the runtime's files in a fixed order.
func runtimeDecls() ([]runtimeDecl, error) {
	var decls []runtimeDecl
	fset := token.NewFileSet()
	for _, name := range []string{
		"violation.go", "text.go", "decimal.go", "pgx.go", "json.go", "evaluate.go", "compare.go", "strings.go", "number.go", "arithmetic.go",
		"cast.go", "document.go", "list.go", "moment.go", "wire.go", "wire_time.go",
	} {
		text, err := runtime.Source.ReadFile(name)
		if err != nil {
			return nil, err
		}
		file, err := parser.ParseFile(fset, name, text, parser.ParseComments|parser.SkipObjectResolution)
		if err != nil {
			return nil, err
		}
		for _, decl := range file.Decls {
			if names := declNames(decl); len(names) > 0 {
				start := fset.Position(declStart(decl)).Offset
				end := fset.Position(decl.End()).Offset
				decls = append(decls, runtimeDecl{names, decl, file, string(text[start:end])})
			}
		}
	}
	return decls, nil
}

// declNames are what a declaration declares; a method counts as its type. Imports declare nothing.
func declNames(decl ast.Decl) []string {
	switch decl := decl.(type) {
	case *ast.FuncDecl:
		if decl.Recv != nil {
			return []string{base(decl.Recv.List[0].Type)}
		}
		return []string{decl.Name.Name}
	case *ast.GenDecl:
		var names []string
		for _, spec := range decl.Specs {
			switch spec := spec.(type) {
			case *ast.TypeSpec:
				names = append(names, spec.Name.Name)
			case *ast.ValueSpec:
				for _, n := range spec.Names {
					names = append(names, n.Name)
				}
			}
		}
		return names
	}
	return nil
}

func declStart(decl ast.Decl) token.Pos {
	var doc *ast.CommentGroup
	switch decl := decl.(type) {
	case *ast.FuncDecl:
		doc = decl.Doc
	case *ast.GenDecl:
		doc = decl.Doc
	}
	if doc != nil {
		return doc.Pos()
	}
	return decl.Pos()
}

// closure keeps the declarations that are used, and gives the import lines that they need.
func closure(decls []runtimeDecl, used map[string]bool) (kept []runtimeDecl, imports []string) {
	taken := make([]bool, len(decls))
	packages := map[string]bool{}
	for changed := true; changed; {
		changed = false
		for i, d := range decls {
			if taken[i] || !slices.ContainsFunc(d.names, func(n string) bool { return used[n] }) {
				continue
			}
			taken[i], changed = true, true
			ast.Inspect(d.node, func(n ast.Node) bool {
				if id, ok := n.(*ast.Ident); ok {
					used[id.Name] = true
				}
				if sel, ok := n.(*ast.SelectorExpr); ok {
					if id, ok := sel.X.(*ast.Ident); ok {
						packages[importPath(d.file, id.Name)] = true
					}
				}
				return true
			})
		}
	}
	for i, d := range decls {
		if taken[i] {
			kept = append(kept, d)
		}
	}
	delete(packages, "")
	for path := range packages {
		imports = append(imports, strconv.Quote(path))
	}
	// The standard library first, as gofmt's users expect.
	slices.SortFunc(imports, func(a, b string) int {
		return cmp.Or(cmp.Compare(strings.Count(a, "."), strings.Count(b, ".")), cmp.Compare(a, b))
	})
	return kept, imports
}

// importPath is the path that a file imports under a name, or "".
func importPath(file *ast.File, name string) string {
	for _, spec := range file.Imports {
		path, err := strconv.Unquote(spec.Path.Value)
		if err == nil && path[strings.LastIndexByte(path, '/')+1:] == name {
			return path
		}
	}
	return ""
}

// exportedNames maps the runtime's exported names to what they are called in a package that has them already.
func (p *sqlcPackage) exportedNames() map[string]string {
	names := map[string]string{}
	for _, name := range []string{"ValidationError", "Violation"} {
		free := name
		for p.declared[free] {
			free = "Trefoil" + free
		}
		names[name] = free
	}
	return names
}

var exported = regexp.MustCompile(`\b(ValidationError|Violation)\b`)

// rename gives the runtime's exported names their names in the package.
func rename(code []byte, names map[string]string) []byte {
	return exported.ReplaceAllFunc(code, func(name []byte) []byte { return []byte(names[string(name)]) })
}
