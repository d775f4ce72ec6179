package golang

import (
	"fmt"
	"go/ast"
	"go/types"
	"reflect"
	"slices"
	"strconv"
	"strings"

	"github.com/trefoil-sql/trefoil/internal/emit/golang/gofile"
)

// sqlcPackage is what sqlc wrote, as far as the methods need it.
type sqlcPackage struct {
	files   map[string]bool
	structs map[string][]structField
	// order are the structs' names as they stand.
	order []string
	// strings are the types made of a string: sqlc's enums.
	strings map[string]bool
	// takes and gives are the types of each query method's last argument and of its first result, without pointers and
	// slices.
	takes, gives map[string]string
	// arguments are the types of all of a method's arguments but the context, and results its first result's, as written.
	arguments map[string][]string
	results   map[string]string
	// declared are all names at package level, and methods those of types, as Type.Method.
	declared map[string]bool
	// twice are the names that are declared again.
	twice []string
}

// structField is one field of a struct, its type as written.
type structField struct {
	name, typ string
	tag       *ast.BasicLit // nil without one
}

// canValidate tells that a struct can have a method Validate: not one with a field of that name.
func (p *sqlcPackage) canValidate(name string) bool {
	return !slices.ContainsFunc(p.structs[name], func(f structField) bool { return f.name == "Validate" })
}

func readPackage(files []*gofile.File) (*sqlcPackage, error) {
	p := &sqlcPackage{
		files: map[string]bool{}, structs: map[string][]structField{}, strings: map[string]bool{},
		takes: map[string]string{}, gives: map[string]string{}, declared: map[string]bool{},
		arguments: map[string][]string{}, results: map[string]string{},
	}
	for _, file := range files {
		p.files[file.Name] = true
		for _, decl := range file.Heads.Decls {
			p.add(file, decl)
		}
	}
	if len(p.twice) > 0 {
		// Labels and names of which a Go identifier keeps nothing, such as _ and -, can meet so.
		return nil, fmt.Errorf("sqlc's Go would declare %s twice: give one of the things another name with rename: under gen: go:",
			strings.Join(p.twice, ", "))
	}
	return p, nil
}

// declare notes a name at package level, or a method as Type.Method.
func (p *sqlcPackage) declare(name string) {
	if p.declared[name] && name != "_" {
		p.twice = append(p.twice, name)
	}
	p.declared[name] = true
}

func (p *sqlcPackage) add(f *gofile.File, decl ast.Decl) {
	switch decl := decl.(type) {
	case *ast.FuncDecl:
		p.addFunc(f, decl)
	case *ast.GenDecl:
		for _, spec := range decl.Specs {
			switch spec := spec.(type) {
			case *ast.TypeSpec:
				p.addType(f, spec)
			case *ast.ValueSpec:
				for _, name := range spec.Names {
					p.declare(name.Name)
				}
			}
		}
	}
}

func (p *sqlcPackage) addType(f *gofile.File, spec *ast.TypeSpec) {
	p.declare(spec.Name.Name)
	switch t := spec.Type.(type) {
	case *ast.Ident:
		p.strings[spec.Name.Name] = t.Name == "string"
	case *ast.StructType:
		fields := make([]structField, 0, len(t.Fields.List))
		for _, field := range t.Fields.List {
			for _, name := range field.Names {
				fields = append(fields, structField{name.Name, typeText(f, field.Type), field.Tag})
			}
		}
		p.structs[spec.Name.Name] = fields
		p.order = append(p.order, spec.Name.Name)
	}
}

// key is the name that the tag gives the field in JSON, "" without one.
func (f structField) key() string {
	if f.tag == nil {
		return ""
	}
	text, err := strconv.Unquote(f.tag.Value)
	if err != nil {
		return ""
	}
	key, _, _ := strings.Cut(reflect.StructTag(text).Get("json"), ",")
	return key
}

func (p *sqlcPackage) addFunc(f *gofile.File, decl *ast.FuncDecl) {
	if decl.Recv == nil {
		p.declare(decl.Name.Name)
		return
	}
	receiver := base(f, decl.Recv.List[0].Type)
	p.declare(receiver + "." + decl.Name.Name)
	if receiver != "Queries" {
		return
	}
	if params := decl.Type.Params.List; len(params) > 1 {
		p.takes[decl.Name.Name] = base(f, params[len(params)-1].Type)
		for _, field := range params[1:] {
			for range max(1, len(field.Names)) {
				p.arguments[decl.Name.Name] = append(p.arguments[decl.Name.Name], typeText(f, field.Type))
			}
		}
	}
	if results := decl.Type.Results; results != nil && len(results.List) > 1 {
		p.gives[decl.Name.Name] = base(f, results.List[0].Type)
		p.results[decl.Name.Name] = typeText(f, results.List[0].Type)
	}
}

// base is a type's name without pointer and slice.
func base(f *gofile.File, t ast.Expr) string { return strings.TrimLeft(typeText(f, t), "*[]") }

// typeText is a type as it is written; one that is longer than a name on one line.
func typeText(f *gofile.File, t ast.Expr) string {
	if isPlain(t) {
		return f.Source(t)
	}
	return types.ExprString(t)
}

// isPlain tells names and what stars and brackets make of them, which gofmt writes in one way.
func isPlain(t ast.Expr) bool {
	switch t := t.(type) {
	case *ast.Ident:
		return true
	case *ast.SelectorExpr:
		return isPlain(t.X)
	case *ast.StarExpr:
		return isPlain(t.X)
	case *ast.ArrayType:
		return t.Len == nil && isPlain(t.Elt)
	}
	return false
}

// fileName is the name, or another where sqlc already has a file of that name.
func (p *sqlcPackage) fileName(name string) string {
	for p.files[name] {
		name = "trefoil_" + name
	}
	return name
}
