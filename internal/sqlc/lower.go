package sqlc

import (
	"slices"

	"github.com/trefoil-sql/trefoil/internal/catalog"
)

// lowering turns the catalog's types into those that sqlc is shown: a domain becomes the type below it, or the enum that
// stands for its value list.
type lowering struct {
	domains  map[catalog.Name]*catalog.Domain
	byDomain map[catalog.Name]*Enum
	byColumn map[catalog.ColumnName]*Enum
	// views are the relations whose columns can be null whatever their domains say: an outer join makes a null of any value.
	views map[catalog.Name]bool
}

func newLowering(c *catalog.Catalog, enums []Enum) lowering {
	l := lowering{
		domains:  map[catalog.Name]*catalog.Domain{},
		byDomain: map[catalog.Name]*Enum{},
		byColumn: map[catalog.ColumnName]*Enum{},
		views:    map[catalog.Name]bool{},
	}
	for i := range c.Relations {
		l.views[c.Relations[i].Name] = c.Relations[i].IsView()
	}
	for i := range c.Domains {
		l.domains[c.Domains[i].Name] = &c.Domains[i]
	}
	for i := range enums {
		for _, d := range enums[i].Domains {
			l.byDomain[d] = &enums[i]
		}
		for _, col := range enums[i].Columns {
			l.byColumn[col] = &enums[i]
		}
	}
	return l
}

// column is what a column of a relation is declared as.
func (l lowering) column(rel catalog.Name, c catalog.Column) (t catalog.Type, notNull bool) {
	t, notNull = l.lower(c.Type)
	if e, ok := l.byColumn[catalog.ColumnName{Relation: rel, Column: c.Name}]; ok {
		t = enumType(t, e)
	}
	return t, c.NotNull || notNull && !l.views[rel]
}

// lower resolves domains. notNull tells that one of them forbids NULL; a domain in an array forbids it for the elements
// only.
func (l lowering) lower(t catalog.Type) (lowered catalog.Type, notNull bool) {
	lowered = t
	if d, ok := l.domains[t.Name]; ok && t.Kind == catalog.DomainType {
		lowered, notNull = l.lower(d.Type)
		notNull = notNull || d.NotNull
		if e, ok := l.byDomain[d.Name]; ok {
			lowered = enumType(lowered, e)
		}
		lowered.Dims += dims(t)
		lowered.Array = lowered.Dims > 0
	}
	lowered.Dims = dims(lowered)
	return lowered, notNull && !t.Array
}

// base is lower without the value lists.
func (l lowering) base(t catalog.Type) catalog.Type {
	l.byDomain = nil
	t, _ = l.lower(t)
	return t
}

// dims is the number of dimensions of an array type, at least one.
func dims(t catalog.Type) int {
	if !t.Array {
		return 0
	}
	return max(1, t.Dims)
}

// enumType is the enum in place of a type that it lists the values of: an array stays one.
func enumType(t catalog.Type, e *Enum) catalog.Type {
	return catalog.Type{Name: e.Name, Kind: catalog.EnumType, Array: t.Array, Dims: t.Dims}
}

// listed finds the value list that the canonical schema declares under a name.
func listed(enums []Enum, name catalog.Name) (*Enum, bool) {
	i := slices.IndexFunc(enums, func(e Enum) bool { return e.Name == name })
	if i < 0 {
		return nil, false
	}
	return &enums[i], true
}
