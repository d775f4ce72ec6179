package model

import (
	"github.com/trefoil-sql/trefoil/internal/catalog"
	"github.com/trefoil-sql/trefoil/internal/naming"
)

// placeEnums moves the enum of a table's CHECK into the table's module, so that importing a table costs its own lists and
// not those of all others. Types and domains belong to no table, and neither does an enum that several tables' lists were
// given: their module is that of all enums. A target with a file for each enum has no need of it.
func (b *builder) placeEnums() {
	if b.Language != naming.TypeScript {
		return
	}
	placed := map[*Enum]string{}
	for _, l := range b.Lists {
		e := b.enumOfList(l)
		if e == nil {
			continue
		}
		module := b.moduleOf(l)
		if before, ok := placed[e]; ok && before != module {
			module = enumModule
		}
		placed[e], e.Module = module, module
	}
}

// enumOfList is the enum that a list was made, or nil where the target has none of it.
func (b *builder) enumOfList(l ValueList) *Enum {
	if len(l.Columns) > 0 {
		return b.listOf[l.Columns[0]]
	}
	return b.enumOf[l.Type]
}

// moduleOf is the module of the table whose CHECK a list is; the first column is the one that the list is named after.
func (b *builder) moduleOf(l ValueList) string {
	if l.Type != (catalog.Name{}) || len(l.Columns) == 0 {
		return enumModule
	}
	if r := b.relationOf[l.Columns[0].Relation]; r != nil {
		return r.Module
	}
	return enumModule
}
