package model

import (
	"github.com/trefoil-sql/trefoil/internal/catalog"
	"github.com/trefoil-sql/trefoil/internal/naming"
)

// column names the field of a relation's column in a variant, as the user renamed it or after the column.
func (n namer) column(rel *catalog.Relation, column string, v Variant, tags tagged) (name, wire string) {
	to, ok := n.renamedColumn(rel.Name, column)
	if !ok {
		to = tags.name
	}
	if to == "" || n.lang == naming.Go {
		to = column
	}
	return n.key(column, to, v)
}

// renamedColumn looks a column up by schema.table.column, table.column and column, in this order.
func (n namer) renamedColumn(rel catalog.Name, column string) (string, bool) {
	names := n.shared.Rename.Columns
	if len(names) == 0 {
		return "", false
	}
	if to, ok := n.qualified(names, catalog.Name{Schema: rel.Schema, Name: rel.Name + "." + column}); ok {
		return to, true
	}
	to, ok := names[column]
	return to, ok
}

// matchesColumn tells whether table.column or schema.table.column names a column.
func (n namer) matchesColumn(option string, rel *catalog.Relation, column string) bool {
	_, ok := n.qualified(map[string]string{option: ""}, catalog.Name{Schema: rel.Name.Schema, Name: rel.Name.Name + "." + column})
	return ok
}

// key names a field that the database calls column and the user calls name: by its identifier, and by what it is
// called outside (see Field.Wire).
func (n namer) key(column, name string, v Variant) (ident, wire string) {
	key := column
	switch {
	case n.casing(v) == "camel" && len(naming.Words(name)) > 0:
		key = naming.Camel(naming.Words(name))
	case n.lang == naming.TypeScript:
		key = name
	}
	switch n.lang {
	case naming.Go:
		return n.sqlc.structName(column), column
	case naming.TypeScript:
		return key, column
	default:
		return naming.Identifier(n.lang, naming.Field, snake(name)), key
	}
}

// snake leaves a name alone that is in snake_case already, however its underscores stand.
func snake(name string) string {
	for i := range len(name) {
		if c := name[i]; c != '_' && (c < 'a' || c > 'z') && (c < '0' || c > '9') {
			return naming.Snake(naming.Words(name))
		}
	}
	return name
}

// casing is the casing of a variant's keys. A composite is part of rows.
func (n namer) casing(v Variant) string {
	k := n.options.Keys
	switch v {
	case Row, Composite:
		return k.Row
	case Insert:
		return k.Insert
	case Update:
		return k.Update
	case QueryRow:
		return k.Query
	case Params:
		return k.Params
	}
	return ""
}

// fields makes the names and the keys of an object's fields unique.
func (n namer) fields(o *Object) {
	unique(o.Fields, func(f *Field) *string { return &f.Name })
	unique(o.Fields, func(f *Field) *string { return &f.Wire })
}

// unique makes one name of each field unique. A field that is called what its column is keeps its name, whatever stands
// before it.
func unique(fields []Field, name func(*Field) *string) {
	if distinct(fields, name) {
		return
	}
	var scope naming.Scope
	kept := make([]bool, len(fields))
	for i := range fields {
		if f := &fields[i]; *name(f) == f.Column {
			kept[i] = scope.Take(f.Column)
		}
	}
	for i := range fields {
		if n := name(&fields[i]); !kept[i] {
			*n = scope.Unique(*n)
		}
	}
}

// few is how many names are compared with each other: of more a set is cheaper.
const few = 24

// distinct tells whether the names of fields are unique as they are.
func distinct(fields []Field, name func(*Field) *string) bool {
	if len(fields) > few {
		return false
	}
	for i := range fields {
		for k := range i {
			if *name(&fields[i]) == *name(&fields[k]) {
				return false
			}
		}
	}
	return true
}
