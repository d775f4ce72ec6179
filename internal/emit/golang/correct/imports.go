package correct

import (
	"bytes"
	"cmp"
	"go/ast"
	"go/scanner"
	"go/token"
	"slices"
	"strconv"
	"strings"

	"github.com/trefoil-sql/trefoil/internal/sqlc"
)

// imports brings the import declaration in line with the edits: it adds the packages that the new types name, and drops
// those that nothing names any more. Standard packages come first, as sqlc writes them.
func (f *file) imports() edit {
	before, after := f.selectors()
	var kept []imported
	have := map[string]bool{}
	for _, spec := range f.Heads.Imports {
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
	return f.importEdit(importText(kept))
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

// selectors are the names before a dot, without and with the edits, which are in order.
func (f *file) selectors() (before, after map[string]bool) {
	before, after = map[string]bool{}, map[string]bool{}
	ast.Inspect(f.whole(), func(n ast.Node) bool {
		sel, ok := n.(*ast.SelectorExpr)
		if !ok {
			return true
		}
		if x, ok := sel.X.(*ast.Ident); ok {
			before[x.Name] = true
			if !f.replaces(f.Offset(x.Pos())) {
				after[x.Name] = true
			}
		}
		return true
	})
	for _, e := range f.edits {
		addSelectors(after, e.text)
	}
	return before, after
}

// addSelectors adds the names before a dot in a piece of Go.
func addSelectors(names map[string]bool, text string) {
	var s scanner.Scanner
	fset := token.NewFileSet()
	s.Init(fset.AddFile("", fset.Base(), len(text)), []byte(text), nil, 0)
	var name string // the last token's, unless a dot is before it
	for dotted := false; ; {
		_, tok, lit := s.Scan()
		switch {
		case tok == token.EOF:
			return
		case tok == token.IDENT && !dotted:
			name = lit
		case tok == token.PERIOD && name != "":
			names[name] = true
			name = ""
		default:
			name = ""
		}
		dotted = tok == token.PERIOD
	}
}

// replaces tells that an edit replaces what is at an offset.
func (f *file) replaces(at int) bool {
	i, _ := slices.BinarySearchFunc(f.edits, at, func(e edit, at int) int { return cmp.Compare(e.end, at+1) })
	return i < len(f.edits) && f.edits[i].start <= at
}

// importEdit puts a declaration in the place of those that there are, or after the package's name.
func (f *file) importEdit(text string) edit {
	name := f.Offset(f.Heads.Name.End())
	e := edit{start: name, end: name}
	if text != "" {
		e.text = "\n\n" + text
	}
	for _, decl := range f.Heads.Decls {
		if gen, ok := decl.(*ast.GenDecl); ok && gen.Tok == token.IMPORT {
			if e.start == name {
				e.start, e.text = f.Offset(gen.Pos()), text
			}
			e.end = f.Offset(gen.End())
		}
	}
	if e.start > name && text == "" { // nor a blank line in its place
		e.end += len(f.Text[e.end:]) - len(bytes.TrimLeft(f.Text[e.end:], "\n"))
	}
	return e
}

// importText is the declaration, as gofmt writes it.
func importText(list []imported) string {
	if len(list) == 0 {
		return ""
	}
	slices.SortFunc(list, func(a, b imported) int { return cmp.Compare(a.path, b.path) })
	var groups [2]string
	for _, one := range list {
		line := strconv.Quote(one.path) + "\n"
		if one.spell {
			line = one.name + " " + line
		}
		group := 0
		if first, _, _ := strings.Cut(one.path, "/"); strings.Contains(first, ".") {
			group = 1
		}
		groups[group] += "\t" + line
	}
	between := ""
	if groups[0] != "" && groups[1] != "" {
		between = "\n"
	}
	return "import (\n" + groups[0] + between + groups[1] + ")"
}
