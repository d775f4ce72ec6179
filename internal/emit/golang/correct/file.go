package correct

import (
	"bytes"
	"cmp"
	"fmt"
	"go/ast"
	"go/format"
	"go/parser"
	"go/token"
	"maps"
	"slices"
	"strings"

	"github.com/trefoil-sql/trefoil/internal/sqlc"
)

// pkg is the package that sqlc wrote.
type pkg struct {
	files      []*file
	structs    map[string]*structType
	methods    map[string]*method // of Queries
	batches    map[string]*method // Query and QueryRow of XBatchResults, by X
	interfaces map[string]*signature
	// stdlib tells that lists go through pq.Array, which only slices that sqlc knew do.
	stdlib bool
	// forms and notNullForms are the types that may be null, and those that may not.
	forms, notNullForms map[string]bool
	// unsure tells that something only sqlc's analysis tells.
	unsure bool
}

// file is one file, and what is to be changed in it.
type file struct {
	pkg   *pkg
	name  string
	src   []byte
	fset  *token.FileSet
	tree  *ast.File
	edits []edit
	// needs are packages that the new text names: the path by the name.
	needs map[string]string
}

// edit replaces the bytes [start, end).
type edit struct {
	start, end int
	text       string
}

type structType struct {
	file *file
	name string
	typ  *ast.StructType
}

type method struct {
	file *file
	decl *ast.FuncDecl
}

// signature is a method of an interface.
type signature struct {
	file *file
	typ  *ast.FuncType
}

// field is one field of a struct.
type field struct {
	name string
	typ  ast.Expr
	tag  string
}

func (s *structType) list() []field {
	var out []field
	for _, f := range s.typ.Fields.List {
		for _, name := range f.Names {
			one := field{name: name.Name, typ: f.Type}
			if f.Tag != nil {
				one.tag = " " + f.Tag.Value
			}
			out = append(out, one)
		}
	}
	return out
}

func parse(files map[string][]byte) (*pkg, error) {
	p := &pkg{
		structs: map[string]*structType{}, methods: map[string]*method{}, batches: map[string]*method{},
		interfaces: map[string]*signature{},
	}
	for _, name := range slices.Sorted(maps.Keys(files)) {
		f := &file{pkg: p, name: name, src: files[name], fset: token.NewFileSet(), needs: map[string]string{}}
		var err error
		if f.tree, err = parser.ParseFile(f.fset, name, f.src, parser.ParseComments|parser.SkipObjectResolution); err != nil {
			return nil, fmt.Errorf("sqlc wrote Go that does not parse: %w", err)
		}
		p.files = append(p.files, f)
		for _, decl := range f.tree.Decls {
			p.add(f, decl)
		}
		p.stdlib = p.stdlib || sqlc.ImportsOf(f.tree)["sql"] == "database/sql"
	}
	return p, nil
}

func (p *pkg) add(f *file, decl ast.Decl) {
	if fn, ok := decl.(*ast.FuncDecl); ok {
		p.addMethod(f, fn)
		return
	}
	for _, spec := range decl.(*ast.GenDecl).Specs {
		t, ok := spec.(*ast.TypeSpec)
		if !ok {
			continue
		}
		switch typ := t.Type.(type) {
		case *ast.StructType:
			p.structs[t.Name.Name] = &structType{f, t.Name.Name, typ}
		case *ast.InterfaceType:
			for _, m := range typ.Methods.List {
				if sig, ok := m.Type.(*ast.FuncType); ok && t.Name.Name == "Querier" {
					p.interfaces[m.Names[0].Name] = &signature{f, sig}
				}
			}
		}
	}
}

func (p *pkg) addMethod(f *file, fn *ast.FuncDecl) {
	if fn.Recv == nil {
		return
	}
	star, ok := fn.Recv.List[0].Type.(*ast.StarExpr)
	if !ok {
		return
	}
	receiver := star.X.(*ast.Ident).Name
	query, isBatch := strings.CutSuffix(receiver, "BatchResults")
	switch {
	case receiver == "Queries":
		p.methods[fn.Name.Name] = &method{f, fn}
	case isBatch && strings.HasPrefix(fn.Name.Name, "Query"):
		p.batches[query] = &method{f, fn}
	}
}

func (f *file) offset(pos token.Pos) int { return f.fset.Position(pos).Offset }

// text is the source of a node.
func (f *file) text(n ast.Node) string { return string(f.src[f.offset(n.Pos()):f.offset(n.End())]) }

func (f *file) replace(n ast.Node, text string) {
	f.edits = append(f.edits, edit{f.offset(n.Pos()), f.offset(n.End()), text})
}

func (f *file) insert(at token.Pos, text string) {
	f.edits = append(f.edits, edit{f.offset(at), f.offset(at), text})
}

// retype replaces a type.
func (f *file) retype(n ast.Expr, t sqlc.GoType) {
	f.replace(n, t.Expr)
	maps.Copy(f.needs, t.Imports)
}

// hasSlices tells a change that the code around it would have to follow: database/sql takes slices by pq.Array.
func (p *pkg) hasSlices(types ...string) bool {
	return p.stdlib && slices.ContainsFunc(types, func(t string) bool { return strings.HasPrefix(t, "[]") && t != "[]byte" })
}

// write applies the edits.
func (p *pkg) write() (map[string][]byte, error) {
	out := map[string][]byte{}
	for _, f := range p.files {
		text, err := f.write()
		if err != nil {
			return nil, fmt.Errorf("the corrected %s: %w", f.name, err)
		}
		out[f.name] = text
	}
	return out, nil
}

func (f *file) write() ([]byte, error) {
	if len(f.edits) == 0 {
		return f.src, nil
	}
	slices.SortStableFunc(f.edits, func(a, b edit) int { return cmp.Or(cmp.Compare(a.start, b.start), cmp.Compare(a.end, b.end)) })
	var b bytes.Buffer
	at := 0
	for i, e := range f.edits {
		if i > 0 && e == f.edits[i-1] && e.end > e.start {
			continue // two queries say the same of a type they share
		}
		b.Write(f.src[at:e.start])
		b.WriteString(e.text)
		at = e.end
	}
	b.Write(f.src[at:])
	text, err := f.imports(b.Bytes())
	if err != nil {
		return nil, err
	}
	return format.Source(text)
}
