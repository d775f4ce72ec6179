package model

import (
	"strings"

	"github.com/trefoil-sql/trefoil/internal/catalog"
	"github.com/trefoil-sql/trefoil/internal/naming"
)

// column names a relation's column in a variant. A column that the user renamed is called so in JSON too.
func (n namer) column(rel *catalog.Relation, column string, v Variant, tags tagged) (name, wire string) {
	if n.lang != naming.Go {
		if to, ok := n.renamedColumn(rel.Name, column); ok {
			column = to
		} else if tags.name != "" {
			column = tags.name
		}
	}
	return n.key(column, v)
}

// renamedColumn looks a column up by schema.table.column, table.column and column, in this order.
func (n namer) renamedColumn(rel catalog.Name, column string) (string, bool) {
	names := n.shared.Rename.Columns
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

// key names a field, given the database's name for it: its key in JSON in the casing that the target wants for the
// variant, and its identifier. In TypeScript the two are one, and may be any string.
func (n namer) key(column string, v Variant) (name, wire string) {
	wire = column
	if words := naming.Words(column); n.casing(v) == "camel" && len(words) > 0 {
		wire = naming.Camel(words)
	}
	switch n.lang {
	case naming.Go:
		return n.sqlc.structName(column), column
	case naming.TypeScript:
		return wire, wire
	default:
		return naming.Identifier(n.lang, naming.Field, snake(column)), wire
	}
}

// snake leaves a name alone that is in snake_case already, however its underscores stand.
func snake(name string) string {
	if name == strings.ToLower(name) && strings.Trim(name, "abcdefghijklmnopqrstuvwxyz0123456789_") == "" {
		return name
	}
	return naming.Snake(naming.Words(name))
}

// casing is the casing of a variant's keys. A composite is part of rows.
func (n namer) casing(v Variant) string {
	k := n.options.Keys
	return map[Variant]string{
		Row: k.Row, Composite: k.Row, Insert: k.Insert, Update: k.Update, QueryRow: k.Query, Params: k.Params,
	}[v]
}

// fields makes the names and the keys of an object's fields unique. A field that is called what its column is keeps
// its name, whatever stands before it.
func (n namer) fields(o *Object) {
	var names, wires naming.Scope
	for _, own := range []bool{true, false} {
		for i := range o.Fields {
			f := &o.Fields[i]
			if (f.Name == f.Column) == own {
				f.Name = names.Unique(f.Name)
			}
			if (f.Wire == f.Column) == own {
				f.Wire = wires.Unique(f.Wire)
			}
		}
	}
	if n.lang == naming.TypeScript {
		for i := range o.Fields {
			o.Fields[i].Name = o.Fields[i].Wire
		}
	}
}
