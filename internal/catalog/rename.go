package catalog

import (
	"slices"
	"strings"

	pg_query "github.com/pganalyze/pg_query_go/v5"

	"github.com/trefoil-sql/trefoil/internal/source"
	"github.com/trefoil-sql/trefoil/internal/suggest"
)

// rename is ALTER … RENAME of anything.
func (r *replay) rename(st *statement, n *pg_query.RenameStmt) error {
	switch n.RenameType {
	case pg_query.ObjectType_OBJECT_TABLE, pg_query.ObjectType_OBJECT_VIEW, pg_query.ObjectType_OBJECT_MATVIEW,
		pg_query.ObjectType_OBJECT_INDEX, pg_query.ObjectType_OBJECT_SEQUENCE, pg_query.ObjectType_OBJECT_FOREIGN_TABLE:
		return r.renameRelationStatement(st, n)
	case pg_query.ObjectType_OBJECT_COLUMN, pg_query.ObjectType_OBJECT_ATTRIBUTE:
		return r.renameColumn(st, n)
	case pg_query.ObjectType_OBJECT_TABCONSTRAINT:
		return r.renameConstraint(st, n)
	case pg_query.ObjectType_OBJECT_DOMCONSTRAINT:
		return r.renameDomainConstraint(st, n)
	case pg_query.ObjectType_OBJECT_TYPE, pg_query.ObjectType_OBJECT_DOMAIN:
		return r.renameType(st, n)
	case pg_query.ObjectType_OBJECT_SCHEMA:
		return r.renameSchema(st, n)
	case pg_query.ObjectType_OBJECT_FUNCTION, pg_query.ObjectType_OBJECT_PROCEDURE, pg_query.ObjectType_OBJECT_ROUTINE,
		pg_query.ObjectType_OBJECT_AGGREGATE:
		return r.renameFunction(st, n)
	case pg_query.ObjectType_OBJECT_TRIGGER, pg_query.ObjectType_OBJECT_POLICY, pg_query.ObjectType_OBJECT_RULE:
		return r.renamePart(st, n)
	case pg_query.ObjectType_OBJECT_COLLATION, pg_query.ObjectType_OBJECT_CONVERSION, pg_query.ObjectType_OBJECT_STATISTIC_EXT:
		return r.renameOther(st, n)
	}
	return nil // roles, databases, languages and the like: no type depends on them
}

// renamedRelation finds the relation of a RENAME; nil without an error where IF EXISTS allows it.
func (r *replay) renamedRelation(st *statement, n *pg_query.RenameStmt) (*relation, error) {
	v := n.Relation
	rel := r.findRelation(v.Schemaname, v.Relname)
	if rel == nil && !n.MissingOk {
		return nil, r.noRelation(st.rangeVarSpan(v), v.Schemaname, v.Relname)
	}
	return rel, nil
}

func (r *replay) renameRelationStatement(st *statement, n *pg_query.RenameStmt) error {
	rel, err := r.renamedRelation(st, n)
	if rel == nil {
		return err
	}
	want, special := alterKinds[n.RenameType]
	if special && n.RenameType != pg_query.ObjectType_OBJECT_INDEX && want.kinds != string(rel.kind) {
		return failf(st.rangeVarSpan(n.Relation), wrongObjectType, "%q is not %s", rel.name, want.word)
	}
	return r.renameRelation(rel, n.Newname, st.last(n.Newname))
}

// renameRelation moves a relation, its row type and, of a key's index, its constraint.
func (r *replay) renameRelation(rel *relation, name string, span source.Span) error {
	if old := rel.schema.relations[name]; old != nil {
		return existing(span, old.span, duplicateTable, "relation %q already exists", name)
	}
	if old := rel.schema.types[name]; old != nil && rel.rowType != nil {
		return existing(span, old.span, duplicateObject, "type %q already exists", name)
	}
	delete(rel.schema.relations, rel.name)
	if t := rel.rowType; t != nil {
		delete(rel.schema.types, t.name)
		t.name = name
		rel.schema.types[name] = t
	}
	rel.name = name
	rel.schema.relations[name] = rel
	if rel.index != nil && rel.index.constraint != nil {
		r.db.nameConstraint(rel.index.constraint, name)
	}
	return nil
}

func (r *replay) renameColumn(st *statement, n *pg_query.RenameStmt) error {
	rel, err := r.renamedRelation(st, n)
	if rel == nil {
		return err
	}
	after := st.rangeVarSpan(n.Relation).End
	col := rel.column(n.Subname)
	switch {
	case col == nil:
		return hinted(st.find(n.Subname, after), undefinedColumn, suggest.Hint(n.Subname, columnNames(rel.columns)),
			"column %q does not exist", n.Subname)
	case rel.ofType != nil:
		return failf(st.find(n.Subname, after), wrongObjectType, "cannot rename column of typed table")
	case col.inherited > 0:
		return failf(st.find(n.Subname, after), invalidTableDefinition, "cannot rename inherited column %q", n.Subname)
	}
	family := r.family(col)
	if rel.kind == composite {
		for _, t := range r.tablesOf(rel.rowType) {
			if x := t.column(n.Subname); x != nil {
				family = append(family, x)
			}
		}
	}
	for _, x := range family {
		if old := x.rel.column(n.Newname); old != nil {
			return existing(st.last(n.Newname), old.span, duplicateColumn,
				"column %q of relation %q already exists", n.Newname, x.rel.name)
		}
	}
	for _, x := range family {
		r.setColumnName(x, n.Newname)
	}
	return nil
}

// setColumnName renames a column, and with it the column of a plain index over it.
func (r *replay) setColumnName(col *column, name string) {
	for _, idx := range col.rel.indexes {
		for k := range idx.index.keys {
			if idx.index.keys[k].col == col {
				idx.index.keys[k].name = name
			}
		}
	}
	col.name = name
}

func (r *replay) renameConstraint(st *statement, n *pg_query.RenameStmt) error {
	rel, err := r.renamedRelation(st, n)
	if rel == nil {
		return err
	}
	span := st.find(n.Subname, st.rangeVarSpan(n.Relation).End)
	con := rel.constraint(n.Subname)
	if con == nil {
		return failf(span, undefinedObject, "constraint %q for table %q does not exist", n.Subname, rel.name)
	}
	if con.inherited > 0 && con.kind == checkConstraint {
		return failf(span, invalidTableDefinition, "cannot rename inherited constraint %q", con.name)
	}
	if con.index != nil {
		return r.renameRelation(con.index, n.Newname, st.last(n.Newname))
	}
	if err := nameTaken(rel, n.Newname, st.last(n.Newname)); err != nil {
		return err
	}
	if con.kind == checkConstraint {
		r.renameInheritedCheck(con, n.Newname)
	}
	r.db.nameConstraint(con, n.Newname)
	return nil
}

func (r *replay) renameInheritedCheck(con *constraint, name string) {
	for _, child := range r.children(con.rel) {
		if x := child.constraint(con.name); x != nil && x.inherited > 0 {
			r.renameInheritedCheck(x, name)
			r.db.nameConstraint(x, name)
		}
	}
}

func (r *replay) renameDomainConstraint(st *statement, n *pg_query.RenameStmt) error {
	t, err := r.domain(st, stringsOf(n.Object.GetList().GetItems()))
	if err != nil {
		return err
	}
	con := t.check(n.Subname)
	if con == nil {
		return noDomainConstraint(st.find(n.Subname, st.start), t, n.Subname)
	}
	if old := t.check(n.Newname); old != nil {
		return existing(st.last(n.Newname), old.span, duplicateObject, "constraint %q for domain %q already exists", n.Newname, t.name)
	}
	r.db.nameConstraint(con, n.Newname)
	return nil
}

func (r *replay) renameType(st *statement, n *pg_query.RenameStmt) error {
	parts := stringsOf(n.Object.GetList().GetItems())
	span := st.findName(parts, st.start)
	ref, err := r.namedType(parts, span)
	if err != nil {
		return err
	}
	t := ref.typ
	if n.RenameType == pg_query.ObjectType_OBJECT_DOMAIN && t.kind != DomainType {
		return failf(span, wrongObjectType, "%s is not a domain", r.typeText(ref))
	}
	if t.rel != nil && t.rel.kind != composite {
		return hinted(span, wrongObjectType, "Use ALTER TABLE instead.", "%s is a table's row type", r.typeText(ref))
	}
	if t.rel != nil {
		return r.renameRelation(t.rel, n.Newname, st.last(n.Newname))
	}
	if old := t.schema.types[n.Newname]; old != nil {
		return existing(st.last(n.Newname), old.span, duplicateObject, "type %q already exists", n.Newname)
	}
	delete(t.schema.types, t.name)
	t.name = n.Newname
	t.schema.types[t.name] = t
	return nil
}

func (r *replay) renameSchema(st *statement, n *pg_query.RenameStmt) error {
	s, err := r.schemaNamed(n.Subname, st.find(n.Subname, st.start))
	if err != nil {
		return err
	}
	if old := r.db.schemas[n.Newname]; old != nil {
		return existing(st.last(n.Newname), old.span, duplicateSchema, "schema %q already exists", n.Newname)
	}
	if strings.HasPrefix(n.Newname, "pg_") {
		return failf(st.last(n.Newname), reservedName, "unacceptable schema name %q", n.Newname)
	}
	delete(r.db.schemas, s.name)
	s.name = n.Newname
	r.db.schemas[s.name] = s
	return nil
}

func (r *replay) renameFunction(st *statement, n *pg_query.RenameStmt) error {
	f, err := r.findFunction(st, n.Object.GetObjectWithArgs(), n.RenameType)
	if err != nil {
		return err
	}
	if err := r.functionFree(f, f.schema, n.Newname, st.last(n.Newname)); err != nil {
		return err
	}
	s := f.schema
	s.functions[f.name] = without(s.functions[f.name], f)
	f.name = n.Newname
	s.functions[f.name] = append(slices.Clone(s.functions[f.name]), f)
	return nil
}

// functionFree says that there is a function of that name and these arguments already.
func (r *replay) functionFree(f *function, in *schema, name string, span source.Span) error {
	for _, old := range in.functions[name] {
		if sameInputs(old.inputs(), f.inputs()) {
			renamed := *f
			renamed.name = name
			return existing(span, old.span, duplicateFunction, "function %s already exists in schema %q", r.signature(&renamed), in.name)
		}
	}
	return nil
}

func (r *replay) renamePart(st *statement, n *pg_query.RenameStmt) error {
	rel, err := r.renamedRelation(st, n)
	if rel == nil {
		return err
	}
	o, word, owner := rel.part(n.RenameType, n.Subname)
	if o == nil {
		return failf(st.find(n.Subname, st.start), undefinedObject, "%s %q for %s %q does not exist", word, n.Subname, owner, rel.name)
	}
	if old, _, _ := rel.part(n.RenameType, n.Newname); old != nil {
		if word == "trigger" {
			owner = "relation"
		}
		return existing(st.last(n.Newname), old.head().span, duplicateObject, "%s %q for %s %q already exists", word, n.Newname, owner, rel.name)
	}
	o.head().name = n.Newname
	return nil
}

func (r *replay) renameOther(st *statement, n *pg_query.RenameStmt) error {
	kind, parts := otherWords[n.RenameType], stringsOf(n.Object.GetList().GetItems())
	o := r.findOther(kind, parts)
	if o == nil {
		return failf(st.findName(parts, st.start), undefinedObject, "%s %q does not exist", kind, strings.Join(parts, "."))
	}
	delete(o.schema.others, otherKey{kind, o.name})
	o.name = n.Newname
	o.schema.others[otherKey{kind, o.name}] = o
	return nil
}
