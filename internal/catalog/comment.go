package catalog

import (
	pg_query "github.com/pganalyze/pg_query_go/v5"
)

// comment is COMMENT ON. An empty one takes the comment away.
func (r *replay) comment(st *statement, n *pg_query.CommentStmt) error {
	o, err := r.commented(st, n)
	if o == nil || err != nil {
		return err
	}
	o.head().comment = n.Comment
	if rel, ok := o.(*relation); ok && rel.kind == composite {
		rel.rowType.comment = n.Comment
	}
	return nil
}

// commented finds what a comment is on; nil for what the replay keeps no account of.
func (r *replay) commented(st *statement, n *pg_query.CommentStmt) (object, error) {
	parts := stringsOf(n.Object.GetList().GetItems())
	switch n.Objtype {
	case pg_query.ObjectType_OBJECT_TABLE, pg_query.ObjectType_OBJECT_VIEW, pg_query.ObjectType_OBJECT_MATVIEW,
		pg_query.ObjectType_OBJECT_INDEX, pg_query.ObjectType_OBJECT_SEQUENCE, pg_query.ObjectType_OBJECT_FOREIGN_TABLE:
		return r.commentedRelation(st, n.Objtype, parts)
	case pg_query.ObjectType_OBJECT_COLUMN:
		return r.commentedColumn(st, parts)
	case pg_query.ObjectType_OBJECT_TYPE, pg_query.ObjectType_OBJECT_DOMAIN:
		names := stringsOf(n.Object.GetTypeName().GetNames())
		if n.Objtype == pg_query.ObjectType_OBJECT_DOMAIN {
			return nilIfError(r.domain(st, names))
		}
		ref, err := r.namedType(names, st.findName(names, st.start))
		if err != nil {
			return nil, err
		}
		return ref.typ, nil
	case pg_query.ObjectType_OBJECT_SCHEMA:
		return nilIfError(r.schemaNamed(n.Object.GetString_().GetSval(), st.find(n.Object.GetString_().GetSval(), st.start)))
	case pg_query.ObjectType_OBJECT_EXTENSION:
		return r.commentedExtension(st, n.Object.GetString_().GetSval())
	case pg_query.ObjectType_OBJECT_FUNCTION, pg_query.ObjectType_OBJECT_PROCEDURE, pg_query.ObjectType_OBJECT_AGGREGATE,
		pg_query.ObjectType_OBJECT_ROUTINE:
		return nilIfError(r.findFunction(st, n.Object.GetObjectWithArgs(), n.Objtype))
	case pg_query.ObjectType_OBJECT_TABCONSTRAINT, pg_query.ObjectType_OBJECT_POLICY, pg_query.ObjectType_OBJECT_TRIGGER,
		pg_query.ObjectType_OBJECT_RULE:
		return r.commentedPart(st, n.Objtype, parts)
	case pg_query.ObjectType_OBJECT_DOMCONSTRAINT:
		return r.commentedDomainConstraint(st, n)
	}
	return nil, nil
}

// nilIfError keeps a typed nil from looking like an object.
func nilIfError[T object](o T, err error) (object, error) {
	if err != nil {
		return nil, err
	}
	return o, nil
}

func (r *replay) commentedRelation(st *statement, kind pg_query.ObjectType, parts []string) (object, error) {
	schemaName, name := splitName(parts)
	span := st.findName(parts, st.start)
	rel := r.findRelation(schemaName, name)
	if rel == nil {
		return nil, r.noRelation(span, schemaName, name)
	}
	want, special := alterKinds[kind]
	if special && want.kinds != string(rel.kind) {
		return nil, failf(span, wrongObjectType, "%q is not %s", rel.name, want.word)
	}
	if kind == pg_query.ObjectType_OBJECT_TABLE && rel.kind != ordinary && rel.kind != partitioned {
		return nil, failf(span, wrongObjectType, "%q is not a table", rel.name)
	}
	return rel, nil
}

func (r *replay) commentedColumn(st *statement, parts []string) (object, error) {
	if len(parts) < 2 {
		return nil, failf(st.head(), syntaxError, "column name must be qualified")
	}
	span := st.findName(parts, st.start)
	schemaName, name := splitName(parts[:len(parts)-1])
	rel := r.findRelation(schemaName, name)
	if rel == nil {
		return nil, r.noRelation(span, schemaName, name)
	}
	return nilIfError(columnOf(rel, parts[len(parts)-1], span))
}

func (r *replay) commentedExtension(st *statement, name string) (object, error) {
	if e := r.db.extensions[name]; e != nil {
		return e, nil
	}
	if name == "plpgsql" {
		return nil, nil
	}
	return nil, failf(st.find(name, st.start), undefinedObject, "extension %q does not exist", name)
}

// commentedPart is a constraint, policy, trigger or rule: the name of its relation, then its own.
func (r *replay) commentedPart(st *statement, kind pg_query.ObjectType, parts []string) (object, error) {
	name := parts[len(parts)-1]
	schemaName, table := splitName(parts[:len(parts)-1])
	span := st.find(name, st.start)
	rel := r.findRelation(schemaName, table)
	if rel == nil {
		return nil, r.noRelation(st.findName(parts[:len(parts)-1], span.End), schemaName, table)
	}
	if kind == pg_query.ObjectType_OBJECT_TABCONSTRAINT {
		if con := rel.constraint(name); con != nil {
			return con, nil
		}
		return nil, failf(span, undefinedObject, "constraint %q for table %q does not exist", name, rel.name)
	}
	o, word, owner := rel.part(kind, name)
	if o == nil {
		return nil, failf(span, undefinedObject, "%s %q for %s %q does not exist", word, name, owner, rel.name)
	}
	return o, nil
}

func (r *replay) commentedDomainConstraint(st *statement, n *pg_query.CommentStmt) (object, error) {
	items := n.Object.GetList().GetItems()
	if len(items) != 2 {
		return nil, nil
	}
	t, err := r.domain(st, stringsOf(items[0].GetTypeName().GetNames()))
	if err != nil {
		return nil, err
	}
	name := items[1].GetString_().GetSval()
	if con := t.check(name); con != nil {
		return con, nil
	}
	return nil, noDomainConstraint(st.find(name, st.start), t, name)
}
