package correct

import (
	"go/ast"
	"go/token"
	"maps"
	"slices"
	"strings"

	"github.com/trefoil-sql/trefoil/internal/emit/golang/gofile"
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
	// err is why a function's body does not parse.
	err error
	// unsure tells that something only sqlc's analysis tells.
	unsure bool
}

// file is one file, and what is to be changed in it.
type file struct {
	*gofile.File
	pkg   *pkg
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
	file   *file
	name   string
	typ    *ast.StructType
	fields []field // nil until list
}

type method struct {
	file *file
	typ  *ast.FuncType
	decl *ast.FuncDecl // nil until whole
}

// whole is the method with its body and its comment, which are parsed when they are asked for.
func (m *method) whole() *ast.FuncDecl {
	if m.decl == nil {
		for _, decl := range m.file.whole().Decls {
			if fn, ok := decl.(*ast.FuncDecl); ok && fn.Pos() == m.typ.Pos() {
				m.decl = fn
			}
		}
	}
	return m.decl
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
	if s.fields != nil {
		return s.fields
	}
	out := make([]field, 0, len(s.typ.Fields.List))
	for _, f := range s.typ.Fields.List {
		for _, name := range f.Names {
			one := field{name: name.Name, typ: f.Type}
			if f.Tag != nil {
				one.tag = " " + f.Tag.Value
			}
			out = append(out, one)
		}
	}
	s.fields = out
	return out
}

func newPackage(files []*gofile.File) *pkg {
	p := &pkg{
		structs: map[string]*structType{}, methods: map[string]*method{}, batches: map[string]*method{},
		interfaces: map[string]*signature{},
	}
	for _, one := range files {
		f := &file{File: one, pkg: p, needs: map[string]string{}}
		p.files = append(p.files, f)
		for _, decl := range f.Heads.Decls {
			p.add(f, decl)
		}
		p.stdlib = p.stdlib || sqlc.ImportsOf(f.Heads)["sql"] == "database/sql"
	}
	return p
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
			p.structs[t.Name.Name] = &structType{file: f, name: t.Name.Name, typ: typ}
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
		p.methods[fn.Name.Name] = &method{file: f, typ: fn.Type}
	case isBatch && strings.HasPrefix(fn.Name.Name, "Query"):
		p.batches[query] = &method{file: f, typ: fn.Type}
	}
}

// whole is the file with the functions' bodies.
func (f *file) whole() *ast.File {
	tree, err := f.Whole()
	if err != nil {
		f.pkg.err = err
	}
	return tree
}

func (f *file) replace(n ast.Node, text string) {
	f.edits = append(f.edits, edit{f.Offset(n.Pos()), f.Offset(n.End()), text})
}

func (f *file) insert(at token.Pos, text string) {
	f.edits = append(f.edits, edit{f.Offset(at), f.Offset(at), text})
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
