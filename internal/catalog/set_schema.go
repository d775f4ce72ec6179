package catalog

import (
	"slices"
	"strings"

	pg_query "github.com/pganalyze/pg_query_go/v5"

	"github.com/trefoil-sql/trefoil/internal/source"
)

// setSchema is ALTER … SET SCHEMA.
func (r *replay) setSchema(st *statement, n *pg_query.AlterObjectSchemaStmt) error {
	span := st.last(n.Newschema)
	switch n.ObjectType {
	case pg_query.ObjectType_OBJECT_TABLE, pg_query.ObjectType_OBJECT_VIEW, pg_query.ObjectType_OBJECT_MATVIEW,
		pg_query.ObjectType_OBJECT_SEQUENCE, pg_query.ObjectType_OBJECT_FOREIGN_TABLE:
		v := n.Relation
		rel := r.findRelation(v.Schemaname, v.Relname)
		if rel == nil {
			if n.MissingOk {
				return nil
			}
			return r.noRelation(st.rangeVarSpan(v), v.Schemaname, v.Relname)
		}
		to, err := r.schemaNamed(n.Newschema, span)
		if err != nil {
			return err
		}
		if rel.sequence != nil && rel.sequence.owner != nil {
			return failf(st.rangeVarSpan(v), featureNotSupported, "cannot move an owned sequence into another schema")
		}
		return r.moveRelation(rel, to, span)
	case pg_query.ObjectType_OBJECT_TYPE, pg_query.ObjectType_OBJECT_DOMAIN:
		return r.moveType(st, n, span)
	case pg_query.ObjectType_OBJECT_FUNCTION, pg_query.ObjectType_OBJECT_PROCEDURE, pg_query.ObjectType_OBJECT_ROUTINE,
		pg_query.ObjectType_OBJECT_AGGREGATE:
		return r.moveFunction(st, n, span)
	case pg_query.ObjectType_OBJECT_EXTENSION:
		return r.moveExtension(st, n, span)
	case pg_query.ObjectType_OBJECT_COLLATION, pg_query.ObjectType_OBJECT_CONVERSION, pg_query.ObjectType_OBJECT_STATISTIC_EXT:
		return r.moveOther(st, n, span)
	}
	return nil // operators and text search objects: dropIgnored says why
}

// moveRelation moves a relation with its row type, its indexes and the sequences that its columns own.
func (r *replay) moveRelation(rel *relation, to *schema, span source.Span) error {
	if rel.schema == to {
		return nil
	}
	moved := append([]*relation{rel}, rel.indexes...)
	for _, s := range rel.schema.relations {
		if s.sequence != nil && s.sequence.owner != nil && s.sequence.owner.rel == rel {
			moved = append(moved, s)
		}
	}
	for _, m := range moved {
		if old := to.relations[m.name]; old != nil {
			return existing(span, old.span, duplicateTable, "relation %q already exists in schema %q", m.name, to.name)
		}
	}
	for _, m := range moved {
		delete(m.schema.relations, m.name)
		if t := m.rowType; t != nil {
			delete(m.schema.types, t.name)
			t.schema = to
			to.types[t.name] = t
		}
		m.schema = to
		to.relations[m.name] = m
	}
	return nil
}

func (r *replay) moveType(st *statement, n *pg_query.AlterObjectSchemaStmt, span source.Span) error {
	parts := stringsOf(n.Object.GetList().GetItems())
	if n.Object.GetTypeName() != nil {
		parts = stringsOf(n.Object.GetTypeName().Names)
	}
	ref, err := r.namedType(parts, st.findName(parts, st.start))
	if err != nil {
		return err
	}
	to, err := r.schemaNamed(n.Newschema, span)
	if err != nil {
		return err
	}
	t := ref.typ
	if t.rel != nil {
		return r.moveRelation(t.rel, to, span)
	}
	if t.schema == to {
		return nil
	}
	if old := to.types[t.name]; old != nil {
		return existing(span, old.span, duplicateObject, "type %q already exists in schema %q", t.name, to.name)
	}
	delete(t.schema.types, t.name)
	t.schema = to
	to.types[t.name] = t
	return nil
}

func (r *replay) moveFunction(st *statement, n *pg_query.AlterObjectSchemaStmt, span source.Span) error {
	f, err := r.findFunction(st, n.Object.GetObjectWithArgs(), n.ObjectType)
	if err != nil {
		return err
	}
	to, err := r.schemaNamed(n.Newschema, span)
	if err != nil {
		return err
	}
	if f.schema == to {
		return nil
	}
	if err := r.functionFree(f, to, f.name, span); err != nil {
		return err
	}
	f.schema.functions[f.name] = without(f.schema.functions[f.name], f)
	f.schema = to
	to.functions[f.name] = append(slices.Clone(to.functions[f.name]), f)
	return nil
}

// moveExtension moves what the extension made.
func (r *replay) moveExtension(st *statement, n *pg_query.AlterObjectSchemaStmt, span source.Span) error {
	name := n.Object.GetString_().GetSval()
	e := r.db.extensions[name]
	if e == nil {
		return failf(st.find(name, st.start), undefinedObject, "extension %q does not exist", name)
	}
	to, err := r.schemaNamed(n.Newschema, span)
	if err != nil {
		return err
	}
	for key, t := range e.target.types {
		if t.extension == e {
			delete(e.target.types, key)
			t.schema = to
			to.types[key] = t
		}
	}
	e.target = to
	return nil
}

func (r *replay) moveOther(st *statement, n *pg_query.AlterObjectSchemaStmt, span source.Span) error {
	kind, parts := otherWords[n.ObjectType], stringsOf(n.Object.GetList().GetItems())
	o := r.findOther(kind, parts)
	if o == nil {
		return failf(st.findName(parts, st.start), undefinedObject, "%s %q does not exist", kind, strings.Join(parts, "."))
	}
	to, err := r.schemaNamed(n.Newschema, span)
	if err != nil {
		return err
	}
	delete(o.schema.others, otherKey{kind, o.name})
	o.schema = to
	to.others[otherKey{kind, o.name}] = o
	return nil
}
