package correct

import (
	"slices"
	"strings"

	"github.com/trefoil-sql/trefoil/internal/catalog"
	"github.com/trefoil-sql/trefoil/internal/sqlc"
)

// builtin are the types that operators and functions return most, and parameters are most of.
var builtin = strings.Fields("bool int2 int4 int8 float4 float8 numeric text varchar bpchar bytea date time timestamp timestamptz " +
	"interval uuid json jsonb")

// Usual asks for the types that queries are likely to need, so that sqlc can be asked before they are read: those of all
// columns with their value lists, of what functions return, and built-in ones.
func (a *Asked) Usual() []sqlc.TypeUse {
	for _, name := range builtin {
		a.either(catalog.Type{Name: catalog.Name{Schema: "pg_catalog", Name: name}, Kind: catalog.BaseType})
	}
	for _, r := range a.in.Catalog.Relations {
		for _, c := range r.Columns {
			a.ask(sqlc.TypeUse{Type: c.Type, Source: catalog.ColumnName{Relation: r.Name, Column: c.Name}})
			a.either(c.Type)
		}
	}
	for _, f := range a.in.Catalog.Functions {
		a.either(f.Returns)
	}
	return slices.Clone(a.uses)
}

// either asks for a type that is not a column's, and for an array of it or its elements.
func (a *Asked) either(t catalog.Type) {
	if t.Kind == catalog.UnknownType || t.Kind == catalog.PseudoType {
		return
	}
	a.ask(sqlc.TypeUse{Type: t})
	if t.Array {
		t = t.Element()
	} else {
		t.Array, t.Dims = true, 1
	}
	a.ask(sqlc.TypeUse{Type: t})
}
