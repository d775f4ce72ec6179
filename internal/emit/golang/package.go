package golang

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"go/types"
	"maps"
	"reflect"
	"slices"
	"strconv"
	"strings"
)

// sqlcPackage is what sqlc wrote, as far as the methods need it.
type sqlcPackage struct {
	files   map[string][]byte
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
	// key is the name that a tag gives it in JSON, "" without one.
	key string
}

// canValidate tells that a struct can have a method Validate: not one with a field of that name.
func (p *sqlcPackage) canValidate(name string) bool {
	return !slices.ContainsFunc(p.structs[name], func(f structField) bool { return f.name == "Validate" })
}

func parsePackage(files map[string][]byte) (*sqlcPackage, error) {
	p := &sqlcPackage{
		files: files, structs: map[string][]structField{}, strings: map[string]bool{},
		takes: map[string]string{}, gives: map[string]string{}, declared: map[string]bool{},
		arguments: map[string][]string{}, results: map[string]string{},
	}
	fset := token.NewFileSet()
	for _, name := range slices.Sorted(maps.Keys(files)) {
		file, err := parser.ParseFile(fset, name, files[name], parser.SkipObjectResolution)
		if err != nil {
			return nil, fmt.Errorf("sqlc wrote Go that does not parse: %w", err)
		}
		for _, decl := range file.Decls {
			p.add(decl)
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

func (p *sqlcPackage) add(decl ast.Decl) {
	switch decl := decl.(type) {
	case *ast.FuncDecl:
		p.addFunc(decl)
	case *ast.GenDecl:
		for _, spec := range decl.Specs {
			switch spec := spec.(type) {
			case *ast.TypeSpec:
				p.addType(spec)
			case *ast.ValueSpec:
				for _, name := range spec.Names {
					p.declare(name.Name)
				}
			}
		}
	}
}

func (p *sqlcPackage) addType(spec *ast.TypeSpec) {
	p.declare(spec.Name.Name)
	switch t := spec.Type.(type) {
	case *ast.Ident:
		p.strings[spec.Name.Name] = t.Name == "string"
	case *ast.StructType:
		var fields []structField
		for _, f := range t.Fields.List {
			for _, name := range f.Names {
				fields = append(fields, structField{name.Name, types.ExprString(f.Type), jsonKey(f.Tag)})
			}
		}
		p.structs[spec.Name.Name] = fields
		p.order = append(p.order, spec.Name.Name)
	}
}

// jsonKey is the key of a field's tag for JSON.
func jsonKey(tag *ast.BasicLit) string {
	if tag == nil {
		return ""
	}
	text, err := strconv.Unquote(tag.Value)
	if err != nil {
		return ""
	}
	key, _, _ := strings.Cut(reflect.StructTag(text).Get("json"), ",")
	return key
}

func (p *sqlcPackage) addFunc(decl *ast.FuncDecl) {
	if decl.Recv == nil {
		p.declare(decl.Name.Name)
		return
	}
	receiver := base(decl.Recv.List[0].Type)
	p.declare(receiver + "." + decl.Name.Name)
	if receiver != "Queries" {
		return
	}
	if params := decl.Type.Params.List; len(params) > 1 {
		p.takes[decl.Name.Name] = base(params[len(params)-1].Type)
		for _, field := range params[1:] {
			for range max(1, len(field.Names)) {
				p.arguments[decl.Name.Name] = append(p.arguments[decl.Name.Name], types.ExprString(field.Type))
			}
		}
	}
	if results := decl.Type.Results; results != nil && len(results.List) > 1 {
		p.gives[decl.Name.Name] = base(results.List[0].Type)
		p.results[decl.Name.Name] = types.ExprString(results.List[0].Type)
	}
}

// base is a type's name without pointer and slice.
func base(t ast.Expr) string { return strings.TrimLeft(types.ExprString(t), "*[]") }

// fileName is the name, or another where sqlc already has a file of that name.
func (p *sqlcPackage) fileName(name string) string {
	for p.files[name] != nil {
		name = "trefoil_" + name
	}
	return name
}
