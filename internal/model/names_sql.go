package model

import (
	"fmt"

	"github.com/trefoil-sql/trefoil/internal/catalog"
	"github.com/trefoil-sql/trefoil/internal/naming"
)

// sqlNames gives the canonical schema's types names that no type of the catalog has. Relations have a type too.
type sqlNames struct{ taken map[catalog.Name]bool }

func newSQLNames(c *catalog.Catalog) sqlNames {
	n := sqlNames{taken: map[catalog.Name]bool{}}
	for _, e := range c.Enums {
		n.taken[e.Name] = true
	}
	for _, d := range c.Domains {
		n.taken[d.Name] = true
	}
	for _, comp := range c.Composites {
		n.taken[comp.Name] = true
	}
	for _, r := range c.Ranges {
		n.taken[r.Name], n.taken[r.Multirange] = true, true
	}
	for _, rel := range c.Relations {
		n.taken[rel.Name] = true
	}
	return n
}

// column names the type of a column's list: llm_usage_provider.
func (n sqlNames) column(c catalog.ColumnName) catalog.Name {
	words := append(naming.Singular(naming.Words(c.Relation.Name)), naming.Words(c.Column)...)
	name := catalog.Name{Schema: c.Relation.Schema, Name: naming.Snake(words)}
	base := name.Name
	for i := 2; n.taken[name]; i++ {
		name.Name = fmt.Sprintf("%s_%d", base, i)
	}
	n.taken[name] = true
	return name
}
