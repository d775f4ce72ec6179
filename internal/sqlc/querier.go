package sqlc

import (
	"bytes"
	"cmp"
	"fmt"
	"go/ast"
	"go/format"
	"go/parser"
	"go/token"
	"slices"
	"strings"
)

// querier is what one part's file with the interface Querier says.
type querier struct {
	head, tail string // before the imports, and after the methods
	imports
	methods []querierMethod
}

type querierMethod struct {
	name, text string
	params     []string
}

// mergeQueriers makes one interface of those of the parts, with the methods in sqlc's order; nil where sqlc would name a
// parameter otherwise, as the file then imports a package of its name.
func mergeQueriers(texts [][]byte) ([]byte, error) {
	all := querier{imports: newImports()}
	var parts []querier
	for _, text := range texts {
		q, err := readQuerier(text)
		if err != nil {
			return nil, err
		}
		parts = append(parts, q)
		all.imports.add(q.imports)
		all.methods = append(all.methods, q.methods...)
		all.head, all.tail = q.head, q.tail
	}
	imported := all.packages()
	for _, q := range parts {
		own := q.packages()
		for _, m := range q.methods {
			if slices.ContainsFunc(m.params, func(p string) bool { return imported[p] && !own[p] }) {
				return nil, nil
			}
		}
	}
	slices.SortFunc(all.methods, func(a, b querierMethod) int { return cmp.Compare(a.name, b.name) })
	return format.Source([]byte(all.text()))
}

func (q querier) text() string {
	var b strings.Builder
	b.WriteString(q.head + q.imports.text() + "\n\ntype Querier interface {\n")
	for _, m := range q.methods {
		b.WriteString("\t" + m.text + "\n")
	}
	return b.String() + q.tail
}

// readQuerier reads a file as sqlc writes it: imports in one declaration, then the interface.
func readQuerier(text []byte) (querier, error) {
	set := token.NewFileSet()
	file, err := parser.ParseFile(set, "", text, parser.ParseComments)
	if err != nil {
		return querier{}, err
	}
	at := func(p token.Pos) int { return set.Position(p).Offset }
	q := querier{}
	if q.imports, err = importsOf(file, text, at); err != nil {
		return q, err
	}
	in, head, err := interfaceOf(file)
	if err != nil {
		return q, err
	}
	q.head, q.tail = string(text[:at(head)]), string(text[at(in.Methods.Closing):])
	for _, m := range in.Methods.List {
		q.methods = append(q.methods, methodOf(m, text, at))
	}
	return q, nil
}

// interfaceOf finds the interface, and where the imports begin.
func interfaceOf(file *ast.File) (*ast.InterfaceType, token.Pos, error) {
	for _, d := range file.Decls {
		decl, ok := d.(*ast.GenDecl)
		if !ok || decl.Tok != token.TYPE {
			continue
		}
		if in, ok := decl.Specs[0].(*ast.TypeSpec).Type.(*ast.InterfaceType); ok {
			return in, file.Decls[0].Pos(), nil
		}
	}
	return nil, 0, fmt.Errorf("sqlc wrote no interface into %s", file.Name)
}

func methodOf(m *ast.Field, text []byte, at func(token.Pos) int) querierMethod {
	start := m.Pos()
	if m.Doc != nil {
		start = m.Doc.Pos()
	}
	method := querierMethod{name: m.Names[0].Name, text: string(bytes.TrimSpace(text[at(start):at(m.End())]))}
	for _, p := range m.Type.(*ast.FuncType).Params.List {
		for _, n := range p.Names {
			method.params = append(method.params, n.Name)
		}
	}
	return method
}
