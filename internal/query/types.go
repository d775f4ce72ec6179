package query

import (
	"github.com/trefoil-sql/trefoil/internal/catalog"
	"github.com/trefoil-sql/trefoil/internal/sqlc"
)

// types finds what a name of sqlc's for a type, or a relation's, stands for.
type types struct {
	kinds         map[catalog.Name]catalog.TypeKind
	relations     map[catalog.Name]*catalog.Relation
	domains       map[catalog.Name]*catalog.Domain
	composites    map[catalog.Name]*catalog.Composite
	lists         map[catalog.Name]*sqlc.Enum
	defaultSchema string
}

func newTypes(in Input) types {
	t := types{
		kinds: map[catalog.Name]catalog.TypeKind{}, relations: map[catalog.Name]*catalog.Relation{},
		domains: map[catalog.Name]*catalog.Domain{}, composites: map[catalog.Name]*catalog.Composite{},
		lists: map[catalog.Name]*sqlc.Enum{}, defaultSchema: in.DefaultSchema,
	}
	for i := range in.Catalog.Relations {
		r := &in.Catalog.Relations[i]
		t.relations[r.Name], t.kinds[r.Name] = r, catalog.CompositeType
	}
	for i := range in.Catalog.Composites {
		c := &in.Catalog.Composites[i]
		t.composites[c.Name], t.kinds[c.Name] = c, catalog.CompositeType
	}
	for i := range in.Catalog.Domains {
		d := &in.Catalog.Domains[i]
		t.domains[d.Name], t.kinds[d.Name] = d, catalog.DomainType
	}
	for _, e := range in.Catalog.Enums {
		t.kinds[e.Name] = catalog.EnumType
	}
	for _, r := range in.Catalog.Ranges {
		t.kinds[r.Name] = catalog.RangeType
		if r.Multirange.Name != "" {
			t.kinds[r.Multirange] = catalog.MultirangeType
		}
	}
	for i := range in.Enums {
		t.lists[in.Enums[i].Name] = &in.Enums[i]
	}
	return t
}

// qualified fills in the schema that a name was left without.
func (t types) qualified(n catalog.Name) catalog.Name {
	if n.Schema == "" {
		n.Schema = t.defaultSchema
	}
	return n
}

// column finds a column of a relation.
func (t types) column(n catalog.Name, column string) (*catalog.ColumnName, *catalog.Column, bool) {
	r, ok := t.relations[t.qualified(n)]
	if !ok {
		return nil, nil, false
	}
	c, ok := r.Column(column)
	return &catalog.ColumnName{Relation: r.Name, Column: column}, c, ok
}

// of is the type that sqlc gives a column, and the values that it says it has.
func (t types) of(c sqlc.Column) (catalog.Type, *Values) {
	typ, values := t.element(c.Type)
	if c.Array {
		typ.Array, typ.Dims = true, max(1, c.Dims)
	}
	return typ, values
}

func (t types) element(n catalog.Name) (catalog.Type, *Values) {
	if n.Name == "any" && n.Schema != t.defaultSchema {
		return catalog.Type{Kind: catalog.UnknownType}, nil
	}
	if e, ok := t.lists[t.qualified(n)]; ok {
		return t.listed(e)
	}
	if kind, ok := t.kinds[t.qualified(n)]; ok {
		return catalog.Type{Name: t.qualified(n), Kind: kind}, nil
	}
	if n.Schema == "" {
		n.Schema = "pg_catalog"
	}
	return catalog.Type{Name: n, Kind: catalog.BaseType}, nil
}

// listed is what the enum type stands for that sqlc was shown in place of a value list.
func (t types) listed(e *sqlc.Enum) (catalog.Type, *Values) {
	if len(e.Domains) > 0 {
		return catalog.Type{Name: e.Domains[0], Kind: catalog.DomainType}, nil
	}
	for _, n := range e.Columns {
		if _, c, ok := t.column(n.Relation, n.Column); ok {
			return c.Type.Element(), &Values{Columns: []catalog.ColumnName{n}}
		}
	}
	return catalog.Type{Kind: catalog.UnknownType}, nil
}

// neverNull tells a domain that refuses NULL.
func (t types) neverNull(typ catalog.Type) bool {
	if typ.Kind != catalog.DomainType || typ.Array {
		return false
	}
	d, ok := t.domains[typ.Name]
	return ok && (d.NotNull || t.neverNull(d.Type))
}
