package catalog

import (
	"slices"

	pg_query "github.com/pganalyze/pg_query_go/v5"
)

// children are the tables that inherit from a table directly, partitions included, in order of creation.
func (r *replay) children(parent *relation) []*relation {
	if !parent.mayHaveChildren {
		return nil
	}
	var out []*relation
	for _, s := range r.db.schemas {
		for _, rel := range s.relations {
			if slices.Contains(rel.parents, parent) {
				out = append(out, rel)
			}
		}
	}
	slices.SortFunc(out, func(a, b *relation) int { return a.id - b.id })
	return out
}

// addParent makes a table inherit from another one.
func (child *relation) addParent(parent *relation) {
	child.parents = append(child.parents, parent)
	parent.mayHaveChildren = true
}

// setParents reads INHERITS (…) or PARTITION OF and takes over the parents' columns.
func (r *replay) setParents(st *statement, rel *relation, n *pg_query.CreateStmt) error {
	rel.isPartition = n.Partbound != nil
	for _, p := range n.InhRelations {
		v := p.GetRangeVar()
		parent, err := r.relation(st, v)
		if err != nil {
			return err
		}
		if err := mayInherit(st, v, parent, rel); err != nil {
			return err
		}
		rel.addParent(parent)
		for _, col := range parent.columns {
			if err := r.inheritColumn(st, v, rel, col); err != nil {
				return err
			}
		}
	}
	return nil
}

func mayInherit(st *statement, v *pg_query.RangeVar, parent, child *relation) error {
	span := st.rangeVarSpan(v)
	switch {
	case !parent.isTable():
		return failf(span, wrongObjectType, "inherited relation %q is not a table or foreign table", parent.name)
	case parent.kind == partitioned && !child.isPartition:
		return failf(span, wrongObjectType, "cannot inherit from partitioned table %q", parent.name)
	case parent.kind != partitioned && child.isPartition:
		return failf(span, invalidObjectDefinition, "%q is not partitioned", parent.name)
	case parent.isPartition && !child.isPartition:
		return failf(span, wrongObjectType, "cannot inherit from partition %q", parent.name)
	case slices.Contains(child.parents, parent):
		return failf(span, duplicateTable, "relation %q would be inherited from more than once", parent.name)
	}
	return nil
}

// inheritColumn takes over one column, or merges it with that of another parent.
func (r *replay) inheritColumn(st *statement, v *pg_query.RangeVar, rel *relation, from *column) error {
	col := rel.column(from.name)
	if col == nil {
		col = &column{header: header{name: from.name, span: from.span}, rel: rel, typ: from.typ, collation: from.collation, generated: from.generated}
		r.db.identify(&col.header)
		rel.columns = append(rel.columns, col)
	} else if !col.typ.same(from.typ) {
		return failf(st.rangeVarSpan(v), datatypeMismatch, "inherited column %q has a type conflict", from.name)
	} else if col.collation != from.collation {
		return failf(st.rangeVarSpan(v), collationMismatch, "inherited column %q has a collation conflict", from.name)
	}
	col.inherited++
	col.notNull = col.notNull || from.notNull
	if from.def != nil && col.def == nil {
		r.putDefault(col, from.def.expr.copyFor(from.rel, rel))
	}
	if rel.isPartition && from.identity != NoIdentity { // before PostgreSQL 17 a partition's column is no identity
		col.identity = NoIdentity
	}
	return nil
}

// inheritConstraints takes over the parents' checks when a table is made.
func inheritConstraints(c *tableChange) {
	if !c.creating {
		return
	}
	for _, parent := range c.rel.parents {
		for _, con := range parent.constraints {
			if con.kind == checkConstraint && !con.noInherit {
				c.note(c.r.takeCheck(c.st, con, c.rel))
			}
		}
	}
}

// takeCheck gives a child the check of its parent.
func (r *replay) takeCheck(st *statement, con *constraint, child *relation) error {
	copied := con.expr.copyFor(con.rel, child)
	if old := child.constraint(con.name); old != nil {
		if old.kind != checkConstraint || !sameExpr(old.expr, copied) {
			return failf(st.head(), duplicateObject, "constraint %q for relation %q already exists", con.name, child.name)
		}
		old.inherited++
		return nil
	}
	r.addConstraint(&constraint{
		header: header{name: con.name, span: con.span}, kind: checkConstraint, rel: child, expr: copied,
		columns: copied.columnsOf(child), notValid: con.notValid, inherited: 1,
	})
	return nil
}

// inheritCheck gives a new check to all children and theirs.
func (r *replay) inheritCheck(st *statement, con *constraint) error {
	for _, child := range r.children(con.rel) {
		if err := r.takeCheck(st, con, child); err != nil {
			return err
		}
		if err := r.inheritCheck(st, child.constraint(con.name)); err != nil {
			return err
		}
	}
	return nil
}

// ofType gives a typed table the columns of its type.
func (c *tableChange) ofType(n *pg_query.TypeName) error {
	if n == nil {
		return nil
	}
	ref, err := c.r.resolveType(c.st, n)
	if err != nil {
		return err
	}
	if ref.typ.kind != CompositeType || ref.array || ref.typ.rel.kind != composite {
		return failf(c.st.typeSpan(n), wrongObjectType, "type %s is not a composite type", c.r.typeText(ref))
	}
	c.rel.ofType = ref.typ
	for _, from := range ref.typ.rel.columns {
		col := &column{header: header{name: from.name, span: from.span}, rel: c.rel, typ: from.typ, collation: from.collation, local: true}
		c.r.db.identify(&col.header)
		c.rel.columns = append(c.rel.columns, col)
	}
	return nil
}

// conflictingDefaults finds a column whose parents have different defaults, unless the table says its own.
func (c *tableChange) conflictingDefaults() error {
	for _, col := range c.rel.columns {
		var first *columnDefault
		for _, parent := range c.rel.parents {
			from := parent.column(col.name)
			if from == nil || from.def == nil || c.ownDefault(col) {
				continue
			}
			if first != nil && !sameExpr(first.expr, from.def.expr) {
				return hinted(c.st.find(col.name, c.st.start), invalidColumnDefinition,
					"To resolve the conflict, specify a default explicitly.", "column %q inherits conflicting default values", col.name)
			}
			first = from.def
		}
	}
	return nil
}

func (c *tableChange) ownDefault(col *column) bool {
	return slices.ContainsFunc(c.defaults, func(d pendingDefault) bool { return d.col == col })
}
