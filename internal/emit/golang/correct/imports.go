package correct

import (
	"cmp"
	"go/ast"
	"go/parser"
	"go/token"
	"slices"
	"strconv"
	"strings"

	"github.com/trefoil-sql/trefoil/internal/sqlc"
)

// imports brings the import declaration in line with a changed text: it adds the packages that the new types name, and
// drops those that nothing names any more. Standard packages come first, as sqlc writes them.
func (f *file) imports(text []byte) ([]byte, error) {
	fset := token.NewFileSet()
	tree, err := parser.ParseFile(fset, f.name, text, parser.ParseComments|parser.SkipObjectResolution)
	if err != nil {
		return nil, err
	}
	before, after := selectors(f.tree), selectors(tree)
	var kept []imported
	have := map[string]bool{}
	for _, spec := range tree.Imports {
		one := newImported(spec)
		if before[one.name] && !after[one.name] {
			continue
		}
		have[one.name] = true
		kept = append(kept, one)
	}
	for name, p := range f.needs {
		if after[name] && !have[name] {
			kept = append(kept, imported{name: name, path: p, spell: sqlc.PackageName(p) != name})
		}
	}
	start, end := importRange(tree)
	from, to := fset.Position(start).Offset, fset.Position(end).Offset
	return slices.Concat(text[:from], []byte(importText(kept)), text[to:]), nil
}

// imported is one import. spell tells that its name is written.
type imported struct {
	name, path string
	spell      bool
}

func newImported(spec *ast.ImportSpec) imported {
	name, p := sqlc.ImportOf(spec)
	return imported{name: name, path: p, spell: spec.Name != nil}
}

// selectors are the names before a dot.
func selectors(tree *ast.File) map[string]bool {
	out := map[string]bool{}
	ast.Inspect(tree, func(n ast.Node) bool {
		if sel, ok := n.(*ast.SelectorExpr); ok {
			if x, ok := sel.X.(*ast.Ident); ok {
				out[x.Name] = true
			}
		}
		return true
	})
	return out
}

// importRange is where the import declarations are, or where one would be.
func importRange(tree *ast.File) (start, end token.Pos) {
	start, end = tree.Name.End(), tree.Name.End()
	for _, decl := range tree.Decls {
		if gen, ok := decl.(*ast.GenDecl); ok && gen.Tok == token.IMPORT {
			if start == tree.Name.End() {
				start = gen.Pos()
			}
			end = gen.End()
		}
	}
	return start, end
}

func importText(list []imported) string {
	if len(list) == 0 {
		return ""
	}
	slices.SortFunc(list, func(a, b imported) int { return cmp.Compare(a.path, b.path) })
	var standard, others strings.Builder
	for _, one := range list {
		line := strconv.Quote(one.path) + "\n"
		if one.spell {
			line = one.name + " " + line
		}
		if first, _, _ := strings.Cut(one.path, "/"); strings.Contains(first, ".") {
			others.WriteString(line)
		} else {
			standard.WriteString(line)
		}
	}
	return "\n\nimport (\n" + standard.String() + "\n" + others.String() + ")\n"
}
