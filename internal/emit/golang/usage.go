package golang

import (
	"strings"

	"github.com/trefoil-sql/trefoil/internal/emit/golang/gofile"
	"github.com/trefoil-sql/trefoil/internal/model"
)

// Usage is what callers of the package meet: the types that sqlc wrote.
type Usage struct {
	// Types are the Go types of each object's fields, in their order; "" where sqlc wrote none.
	Types map[*model.Object][]string
	// Takes and Gives are the structs that a query's method takes and gives, by the query's name. A method whose parameters
	// or columns are not put into a struct is missing.
	Takes, Gives map[string]string
}

// UsageOf reads sqlc's files for the types of a model's fields.
func UsageOf(m *model.Model, files []*gofile.File) (Usage, error) {
	pkg, err := readPackage(files)
	if err != nil {
		return Usage{}, err
	}
	u := Usage{Types: map[*model.Object][]string{}, Takes: map[string]string{}, Gives: map[string]string{}}
	for _, r := range m.Relations {
		u.structure(pkg, r.Row.Name, r.Row)
	}
	for _, q := range m.Queries {
		u.query(pkg, q)
	}
	return u, nil
}

func (u Usage) query(pkg *sqlcPackage, q *model.Query) {
	if q.Params != nil {
		if name := pkg.takes[q.Name]; u.structure(pkg, name, q.Params) {
			u.Takes[q.Name] = name
		} else if args := pkg.arguments[q.Name]; len(args) >= len(q.Params.Fields) {
			u.Types[q.Params] = args[len(args)-len(q.Params.Fields):]
		}
	}
	if q.Row == nil {
		return
	}
	name, ok := pkg.gives[q.Name]
	if !ok {
		name = q.Row.Name // a batch returns its rows to a callback
	}
	switch {
	case q.SharedRow:
		u.Gives[q.Name] = name
	case u.structure(pkg, name, q.Row):
		u.Gives[q.Name] = name
	case len(q.Row.Fields) == 1:
		result := pkg.results[q.Name]
		if q.Cmd == ":many" {
			result = strings.TrimPrefix(result, "[]")
		}
		u.Types[q.Row] = []string{result}
	}
}

// structure notes the types of a struct's fields for the object that it holds.
func (u Usage) structure(pkg *sqlcPackage, name string, o *model.Object) bool {
	fields, ok := pkg.structs[name]
	if !ok {
		return false
	}
	types := make([]string, len(o.Fields))
	for _, p := range match(o.Fields, fields) {
		for i, f := range o.Fields {
			if f.Name == p.Name {
				types[i] = p.goType
			}
		}
	}
	u.Types[o] = types
	return true
}
