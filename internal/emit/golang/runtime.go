package golang

import (
	"go/ast"
	"go/parser"
	"go/token"
	"go/types"
	"maps"
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
func runtimeFile(used map[string]bool, pkg string, names exportedNames) ([]byte, error) {
	decls, err := runtimeDecls()
	if err != nil {
		return nil, err
	}
	kept, imports := closure(decls, used)
	var b strings.Builder
	b.WriteString(header + "package " + pkg + "\n\n" + importBlock(imports))
	for i, d := range kept {
		if i > 0 {
			b.WriteString("\n")
		}
		b.WriteString(names.in(d.text) + "\n")
	}
	return []byte(b.String()), nil
}

// runtimeDecls parses the runtime's files in a fixed order.
func runtimeDecls() ([]runtimeDecl, error) {
	var decls []runtimeDecl
	fset := token.NewFileSet()
	for _, name := range []string{
		"violation.go", "text.go", "decimal.go", "small.go", "pgx.go", "json.go", "evaluate.go", "compare.go", "strings.go", "number.go", "arithmetic.go",
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
			return []string{receiver(decl)}
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

// receiver is the name of a method's type.
func receiver(decl *ast.FuncDecl) string {
	return strings.TrimLeft(types.ExprString(decl.Recv.List[0].Type), "*")
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

// closure keeps the declarations that are used, and gives the packages that they import.
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
	return kept, slices.Sorted(maps.Keys(packages))
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

// exportedNames are what the runtime's exported names are called in a package.
type exportedNames struct{ validationError, violation string }

// exportedNames gives others to those that the package has already.
func (p *sqlcPackage) exportedNames() exportedNames {
	free := func(name string) string {
		for p.declared[name] {
			name = "Trefoil" + name
		}
		return name
	}
	return exportedNames{free(validationError), free(violation)}
}

// validationError and violation are the runtime's exported names.
const (
	validationError = "ValidationError"
	violation       = "Violation"
)

var exported = regexp.MustCompile(`\b(` + validationError + `|` + violation + `)\b`)

// in gives the runtime's exported names their names in the package.
func (n exportedNames) in(code string) string {
	if n == (exportedNames{validationError, violation}) {
		return code
	}
	return exported.ReplaceAllStringFunc(code, func(name string) string {
		if name == violation {
			return n.violation
		}
		return n.validationError
	})
}
