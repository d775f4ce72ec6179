package sqlc

import (
	"context"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"go/types"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"github.com/trefoil-sql/trefoil/internal/catalog"
)

// TypeUse is a type of a column or parameter whose Go type is wanted.
type TypeUse struct {
	Type catalog.Type
	// Source is the column that the value is taken from as it is; its value list goes with it. Zero for an expression.
	Source  catalog.ColumnName
	NotNull bool
}

// GoType is a type as sqlc would write it in the package.
type GoType struct {
	Expr string // pgtype.Int8, *string, []uuid.UUID
	// Imports are the packages that Expr names: the path by the name.
	Imports map[string]string
}

// GoTypes asks sqlc which Go types it would give columns of such types, with all options of the entry: the answer is in
// the order of the uses. It is asked by a table with a column for each.
func GoTypes(ctx context.Context, in Input, uses []TypeUse) ([]GoType, error) {
	if len(uses) == 0 {
		return nil, nil
	}
	dir, err := os.MkdirTemp("", "trefoil-types-")
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(dir)
	asked, declared := asking(in, declare(in), uses)
	r := &runner{in: asked, dir: dir, files: []queryFile{placeholder}, declared: declared}
	if err := r.write(); err != nil {
		return nil, err
	}
	a, err := run(ctx, dir, dir)
	if err != nil {
		return nil, err
	}
	if !a.ok {
		return nil, fmt.Errorf("sqlc does not say the Go types of the queries: %s", strings.TrimSpace(a.stderr))
	}
	result, err := r.result(true)
	if err != nil {
		return nil, err
	}
	return readTypes(result.Files[modelsFile(asked)], len(uses))
}

// askingTable is a name that no table of a user's has.
const askingTable = "trefoil_asks_for_types"

// asking is an input whose only relation has a column for each use. The value lists are declared as for the input itself.
func asking(in Input, d declaration, uses []TypeUse) (Input, declaration) {
	d.enums = slices.Clone(d.enums)
	for i := range d.enums {
		d.enums[i].Values = first(d.enums[i].Values)
	}
	rel := catalog.Relation{Name: catalog.Name{Schema: publicSchema, Name: askingTable}, Kind: catalog.Table}
	columns := map[catalog.ColumnName][]catalog.ColumnName{}
	for i, u := range uses {
		name := "c" + strconv.Itoa(i)
		rel.Columns = append(rel.Columns, catalog.Column{Name: name, Type: u.Type, NotNull: u.NotNull})
		columns[u.Source] = append(columns[u.Source], catalog.ColumnName{Relation: rel.Name, Column: name})
	}
	for i := range d.enums {
		own := d.enums[i].Columns
		for _, col := range own[:len(own):len(own)] {
			d.enums[i].Columns = append(d.enums[i].Columns[:len(d.enums[i].Columns):len(d.enums[i].Columns)], columns[col]...)
		}
	}
	c := *in.Catalog
	c.Relations, c.Functions, c.Sequences = []catalog.Relation{rel}, nil, nil
	c.Enums, c.Domains = slices.Clone(c.Enums), slices.Clone(c.Domains)
	for i, e := range c.Enums {
		c.Enums[i].Values = first(e.Values)
	}
	for i := range c.Domains {
		c.Domains[i].NotNull = false // the uses say what is null: an outer join does not know a domain's NOT NULL
	}
	in.Catalog, in.WantQueries, in.WantTypes, in.SQL.Queries = &c, false, nil, nil
	return in, d
}

// first is what is declared of an enum's values to ask for its type.
func first(values []string) []string { return values[:min(1, len(values))] }

const (
	typesDir    = "types"
	typesSchema = "types.sql"
)

// typesJob is an entry that asks for the types that are wanted, in the run for all else; its schema goes into schemas.
func (r *runner) typesJob(schemas map[string]string) ([]job, error) {
	if len(r.in.WantTypes) == 0 {
		return nil, nil
	}
	asked, declared := asking(r.in, r.declared, r.in.WantTypes)
	schemas[typesSchema] = r.canonical(asked.Catalog, declared.enums)
	one := job{schema: typesSchema, files: []queryFile{placeholder}, goDir: typesDir, structs: true, plainEnums: true}
	return []job{one}, r.writeFile(placeholder.copy, placeholder.Text)
}

// types reads the answers.
func (r *runner) types() ([]GoType, error) {
	if len(r.in.WantTypes) == 0 {
		return nil, nil
	}
	files, err := readFiles(filepath.Join(r.dir, typesDir))
	if err != nil {
		return nil, err
	}
	return readTypes(files[modelsFile(r.in)], len(r.in.WantTypes))
}

// readTypes reads the fields of the asking table's struct, which is the only one with a field for each use whose name
// begins with the table's.
func readTypes(text []byte, n int) ([]GoType, error) {
	file, err := parser.ParseFile(token.NewFileSet(), "models.go", text, parser.SkipObjectResolution)
	if err != nil {
		return nil, fmt.Errorf("sqlc wrote Go that does not parse: %w", err)
	}
	imports := ImportsOf(file)
	for _, decl := range file.Decls {
		gen, ok := decl.(*ast.GenDecl)
		if !ok {
			continue
		}
		for _, spec := range gen.Specs {
			t, ok := spec.(*ast.TypeSpec)
			if !ok || !strings.HasPrefix(strings.ToLower(strings.ReplaceAll(t.Name.Name, "_", "")), "trefoilasksfortype") {
				continue
			}
			if s, ok := t.Type.(*ast.StructType); ok && s.Fields.NumFields() == n {
				return fieldTypes(s, imports), nil
			}
		}
	}
	return nil, fmt.Errorf("sqlc wrote no struct of %d fields for the types that it was asked for", n)
}

func fieldTypes(s *ast.StructType, imports map[string]string) []GoType {
	var out []GoType
	for _, f := range s.Fields.List {
		g := GoType{Expr: types.ExprString(f.Type), Imports: map[string]string{}}
		NeedImports(g.Imports, f.Type, imports)
		out = append(out, g)
	}
	return out
}
