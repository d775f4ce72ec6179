// Package correct mends the types in the Go files that sqlc wrote, where sqlc could not tell a type or was wrong about
// NULL: the fields of row and parameter structs, the results of queries of one column, parameters that are arguments,
// and embedded rows that an outer join may leave out. It reads the syntax trees of the files and changes only the text
// of those types, and what has to follow from them.
package correct

import (
	"go/ast"
	"slices"

	"github.com/trefoil-sql/trefoil/internal/emit/golang/gofile"
	"github.com/trefoil-sql/trefoil/internal/sqlc"
)

// Query is what the files should say of one query.
type Query struct {
	Name, Cmd string
	// Read tells that the names were read off the query and are to be found in the files.
	Read bool
	// Columns are the result, a sqlc.embed as one.
	Columns []Column
	// Params are the parameters, in order of number.
	Params []Param
}

// Param is one parameter.
type Param struct {
	Types
	Name string // "" for none
	// Narrow is the int4 that sqlc may have where Types is int8.
	Narrow Types
	// NotNull tells that NULL makes no sense: the parameter is only compared. That one may be NULL is sqlc's to say, by
	// sqlc.narg or the column that it is stored in.
	NotNull bool
	// Nullable tells sqlc.narg.
	Nullable bool
	// Unknown tells that Nullable is not known.
	Unknown bool
}

// Column is one column of a result.
type Column struct {
	Types
	Name     string // "" for none
	Nullable bool
	// Embed is set for a sqlc.embed; then Types means nothing.
	Embed *Embed
}

// Types are a type's two forms in Go. A zero one leaves what sqlc wrote.
type Types struct{ Null, NotNull sqlc.GoType }

// Embed is the row of a relation in a result.
type Embed struct {
	// Absent tells that there may be none: it is on the outer side of a join.
	Absent bool
	// NotNull says of each column whether the relation forbids NULL in it.
	NotNull []bool
}

func (t Types) known() bool { return t.NotNull.Expr != "" }

// want is the column's type in Go.
func (c Column) want() sqlc.GoType {
	if c.Nullable {
		return c.Null
	}
	return c.NotNull
}

// Files returns the files with the types that the queries have. What is right is left byte for byte. The error is about
// Go that does not parse, or ErrRead.
func Files(files []*gofile.File, queries []Query) ([]*gofile.File, error) {
	p := newPackage(files)
	p.remember(queries)
	for _, q := range queries {
		if q.Read && !p.check(q) {
			return nil, ErrRead
		}
		p.params(q)
		p.result(q)
	}
	switch {
	case p.err != nil:
		return nil, p.err
	case p.unsure:
		return nil, ErrRead
	}
	return p.write()
}

// params corrects a query's parameters: a struct's fields, or arguments.
func (p *pkg) params(q Query) {
	fn := p.methods[q.Name]
	if fn == nil || len(q.Params) == 0 {
		return
	}
	if s := p.structs[q.Name+"Params"]; s != nil {
		if fields := s.list(); len(fields) == len(q.Params) {
			for i, f := range fields {
				s.file.param(f.typ, q.Params[i])
			}
		}
		return
	}
	fn.file.args(fn.typ, q)
	if in := p.interfaces[q.Name]; in != nil {
		in.file.args(in.typ, q)
	}
}

// args corrects the arguments of a method; of a batch they are a list.
func (f *file) args(t *ast.FuncType, q Query) {
	args := arguments(t)
	if len(args) != len(q.Params) {
		return
	}
	for i, t := range q.Params {
		arg := args[i]
		if slice, ok := arg.(*ast.ArrayType); ok && isBatch(q.Cmd) {
			arg = slice.Elt
		}
		f.param(arg, t)
	}
}

// param corrects a parameter's type.
func (f *file) param(at ast.Expr, p Param) {
	now := f.Source(at)
	if !p.Types.known() || p.isNarrow(now) || f.pkg.hasSlices(now, p.Types.NotNull.Expr) {
		return
	}
	switch now {
	case p.Types.NotNull.Expr:
	case p.Types.Null.Expr:
		if p.NotNull {
			f.retype(at, p.Types.NotNull)
		}
	default: // interface{}, or another type than PostgreSQL takes
		if f.nullable(now, p) {
			f.retype(at, p.Types.Null)
		} else {
			f.retype(at, p.Types.NotNull)
		}
	}
}

func isBatch(cmd string) bool {
	return slices.Contains([]string{":batchexec", ":batchone", ":batchmany", ":copyfrom"}, cmd)
}

// arguments are the types of a method's arguments after the context and the database.
func arguments(t *ast.FuncType) []ast.Expr {
	var out []ast.Expr
	for _, field := range t.Params.List {
		for range max(1, len(field.Names)) {
			out = append(out, field.Type)
		}
	}
	if len(out) > 0 {
		out = out[1:]
	}
	if len(out) > 0 {
		if name, ok := out[0].(*ast.Ident); ok && name.Name == "DBTX" {
			out = out[1:]
		}
	}
	return out
}
