package catalog

import (
	"slices"
	"strings"

	pg_query "github.com/pganalyze/pg_query_go/v5"
)

// collationKind is what the collations are kept under among the other objects.
const collationKind = "collation"

// defineCollation is CREATE COLLATION. Only the options can say that it takes different strings for equal; FROM copies that.
func (r *replay) defineCollation(st *statement, parts []string, n *pg_query.DefineStmt) error {
	loose, span := false, st.findName(parts, st.start)
	for _, d := range n.Definition {
		switch def := d.GetDefElem(); strings.ToLower(def.Defname) {
		case "deterministic":
			loose = isFalse(def.Arg)
		case "from":
			from := r.findOther(collationKind, stringsOf(def.Arg.GetList().GetItems()))
			loose = from != nil && from.loose
		}
	}
	o, err := r.addOther(collationKind, parts, span, n.IfNotExists)
	if err == nil && o.span == span { // and not one that was there
		o.loose = loose
	}
	return err
}

// isFalse reads an option as defGetBoolean does.
func isFalse(n *pg_query.Node) bool {
	word := n.GetString_().GetSval()
	if names := stringsOf(n.GetTypeName().GetNames()); len(names) > 0 {
		word = names[len(names)-1]
	}
	if i, ok := n.GetNode().(*pg_query.Node_Integer); ok {
		return i.Integer.Ival == 0
	}
	if b, ok := n.GetNode().(*pg_query.Node_Boolean); ok {
		return !b.Boolean.Boolval
	}
	return strings.EqualFold(word, "false") || strings.EqualFold(word, "off")
}

// collationOf is the collation of a column or domain of a type: that of COLLATE, else the type's own. The database's, and
// that of a built-in type, are nil.
func (r *replay) collationOf(st *statement, ref typeRef, n *pg_query.CollateClause) (*other, error) {
	if n == nil {
		if ref.typ.kind == DomainType {
			return ref.typ.collation, nil
		}
		return nil, nil
	}
	if !ref.collatable() {
		return nil, failf(st.at(n.Location), datatypeMismatch, "collations are not supported by type %s", r.typeText(ref))
	}
	if err := r.collation(st, n); err != nil {
		return nil, err
	}
	parts := stringsOf(n.Collname)
	if o := r.findOther(collationKind, parts); o != nil {
		return o, nil
	}
	schemaName, name := splitName(parts)
	if name == "default" || name == "C" && ref.isName() || schemaName != "" && schemaName != "pg_catalog" {
		return nil, nil
	}
	return r.builtinCollation(name), nil
}

// builtinCollation is one of PostgreSQL's own, which take only the same strings for equal.
func (r *replay) builtinCollation(name string) *other {
	in, key := r.db.schemas["pg_catalog"], otherKey{collationKind, name}
	if in.others[key] == nil {
		in.others[key] = &other{header: header{name: name, schema: in}, kind: collationKind}
	}
	return in.others[key]
}

// derivedCollation is the collation of a query's column: that of the columns that it is made of.
func (r *replay) derivedCollation(c scopeColumn) *other {
	if c.typ.typ == nil || !c.typ.collatable() || c.typ.isName() {
		return nil
	}
	var found []*other
	Walk(c.v, func(v Value, _ int) bool {
		if ref, ok := v.(*ColumnValue); ok && ref.Origin != nil {
			if o := r.columnCollation(*ref.Origin); o != nil && !slices.Contains(found, o) {
				found = append(found, o)
			}
		}
		return true
	})
	if i := slices.IndexFunc(found, func(o *other) bool { return o.loose }); i >= 0 {
		return found[i]
	}
	if len(found) == 1 {
		return found[0]
	}
	return nil
}

// columnCollation is the collation of a table's or view's column; name has "C".
func (r *replay) columnCollation(of ColumnName) *other {
	rel := r.findRelation(of.Relation.Schema, of.Relation.Name)
	if rel == nil {
		return nil
	}
	switch col := rel.column(of.Column); {
	case col == nil:
		return nil
	case col.typ.isName():
		return r.builtinCollation("C")
	default:
		return col.collation
	}
}

// isName tells the built-in type name.
func (t typeRef) isName() bool { return t.typ != nil && t.typ.schema.builtin && t.typ.name == "name" }

func freezeCollation(o *other) *Collation {
	if o == nil {
		return nil
	}
	return &Collation{Name: o.qualified(), Nondeterministic: o.loose}
}
