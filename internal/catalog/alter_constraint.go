package catalog

import (
	"slices"

	pg_query "github.com/pganalyze/pg_query_go/v5"

	"github.com/trefoil-sql/trefoil/internal/source"
	"github.com/trefoil-sql/trefoil/internal/suggest"
)

// alterAddConstraint is ADD CONSTRAINT, also with USING INDEX.
func (c *tableChange) alterAddConstraint(cmd *pg_query.AlterTableCmd) error {
	con := cmd.Def.GetConstraint()
	if !c.rel.isTable() {
		return failf(c.st.head(), wrongObjectType, "ALTER action ADD CONSTRAINT cannot be performed on relation %q", c.rel.name)
	}
	if con.Indexname != "" {
		return c.usingIndex(con)
	}
	c.constraint(con, nil)
	return nil
}

// usingIndex makes an index that is there a constraint's; the index takes the constraint's name.
func (c *tableChange) usingIndex(n *pg_query.Constraint) error {
	span := c.st.find(n.Indexname, c.st.at(n.Location).Start)
	idx := c.rel.schema.relations[n.Indexname]
	switch {
	case idx == nil || idx.index == nil:
		return failf(span, undefinedObject, "index %q does not exist", n.Indexname)
	case idx.index.table != c.rel:
		return failf(span, objectNotInState, "index %q does not belong to table %q", idx.name, c.rel.name)
	case idx.index.constraint != nil:
		return failf(span, objectNotInState, "index %q is already associated with a constraint", idx.name)
	case !idx.index.unique:
		return failf(span, wrongObjectType, "%q is not a unique index", idx.name)
	case idx.index.where != nil:
		return failf(span, wrongObjectType, "%q is a partial index", idx.name)
	}
	con := &constraint{
		header: header{name: n.Conname, span: c.constraintSpan(n)}, kind: keyKinds[n.Contype], rel: c.rel, index: idx, local: true,
		deferable: n.Deferrable || n.Initdeferred, deferred: n.Initdeferred,
	}
	for _, k := range idx.index.keys {
		if k.col == nil {
			return failf(span, wrongObjectType, "index %q contains expressions", idx.name)
		}
		con.columns = append(con.columns, k.col)
	}
	if con.name == "" {
		con.name = idx.name
	} else if con.name != idx.name {
		if err := c.r.renameRelation(idx, con.name, con.span); err != nil {
			return err
		}
	}
	if con.kind == primaryConstraint {
		if c.rel.primaryKey() != nil {
			return failf(con.span, invalidTableDefinition, "multiple primary keys for table %q are not allowed", c.rel.name)
		}
		idx.index.primary = true
		for _, col := range con.columns {
			c.r.setNotNull(col)
		}
	}
	if err := nameTaken(c.rel, con.name, con.span); err != nil {
		return err
	}
	idx.index.constraint = con
	c.r.addConstraint(con)
	return nil
}

// alteredConstraint finds the constraint that a command names; nil without an error where IF EXISTS allows it.
func (c *tableChange) alteredConstraint(name string, missingOk bool) (*constraint, source.Span, error) {
	span := c.st.find(name, c.afterRelation())
	con := c.rel.constraint(name)
	if con != nil || missingOk {
		return con, span, nil
	}
	var names []string
	for _, x := range c.rel.constraints {
		names = append(names, x.name)
	}
	return nil, span, hinted(span, undefinedObject, suggest.Hint(name, names),
		"constraint %q of relation %q does not exist", name, c.rel.name)
}

// alterDropConstraint is DROP CONSTRAINT.
func (c *tableChange) alterDropConstraint(cmd *pg_query.AlterTableCmd) error {
	con, span, err := c.alteredConstraint(cmd.Name, cmd.MissingOk)
	if con == nil {
		return err
	}
	if con.inherited > 0 {
		return failf(span, invalidTableDefinition, "cannot drop inherited constraint %q of relation %q", con.name, c.rel.name)
	}
	return c.r.drop([]object{con}, append([]object{con}, c.r.inheritedConstraints(con)...), cmd.Behavior, span)
}

// inheritedConstraints are the copies in children that go with a constraint.
func (r *replay) inheritedConstraints(con *constraint) []object {
	var out []object
	for _, child := range r.children(con.rel) {
		for _, have := range child.constraints {
			if have.parent != con && (have.parent != nil || con.kind != checkConstraint || have.kind != checkConstraint ||
				have.name != con.name || have.inherited == 0) {
				continue
			}
			have.inherited--
			if have.inherited <= 0 && !have.local {
				out = append(out, have)
				out = append(out, r.inheritedConstraints(have)...)
			}
		}
	}
	return out
}

// alterConstraint is ALTER CONSTRAINT, which changes when a foreign key is checked.
func (c *tableChange) alterConstraint(cmd *pg_query.AlterTableCmd) error {
	n := cmd.Def.GetConstraint()
	con, span, err := c.alteredConstraint(n.Conname, false)
	if err != nil {
		return err
	}
	if con.kind != foreignConstraint {
		return failf(span, wrongObjectType, "constraint %q of relation %q is not a foreign key constraint", con.name, c.rel.name)
	}
	con.deferable, con.deferred = n.Deferrable || n.Initdeferred, n.Initdeferred
	return nil
}

func (c *tableChange) alterValidate(cmd *pg_query.AlterTableCmd) error {
	con, span, err := c.alteredConstraint(cmd.Name, false)
	if err != nil {
		return err
	}
	if con.kind != checkConstraint && con.kind != foreignConstraint {
		return failf(span, wrongObjectType, "constraint %q of relation %q is not a foreign key or check constraint", con.name, c.rel.name)
	}
	con.notValid = false
	for _, child := range c.r.children(c.rel) {
		if x := child.constraint(con.name); x != nil && con.kind == checkConstraint {
			x.notValid = false
		}
	}
	return nil
}

// alterInherit is INHERIT parent.
func (c *tableChange) alterInherit(cmd *pg_query.AlterTableCmd) error {
	v := cmd.Def.GetRangeVar()
	parent, err := c.r.relation(c.st, v)
	if err != nil {
		return err
	}
	if err := mayInherit(c.st, v, parent, c.rel); err != nil {
		return err
	}
	if parent == c.rel || inherits(parent, c.rel) {
		return failf(c.st.rangeVarSpan(v), duplicateTable, "circular inheritance not allowed")
	}
	return c.adopt(parent, c.st.rangeVarSpan(v))
}

// adopt makes an existing table a child: it must have the parent's columns and checks.
func (c *tableChange) adopt(parent *relation, span source.Span) error {
	for _, p := range parent.columns {
		col := c.rel.column(p.name)
		switch {
		case col == nil:
			return failf(span, datatypeMismatch, "child table is missing column %q", p.name)
		case !col.typ.same(p.typ):
			return failf(span, datatypeMismatch, "child table %q has different type for column %q", c.rel.name, p.name)
		case p.notNull && !col.notNull:
			return failf(span, datatypeMismatch, "column %q in child table must be marked NOT NULL", p.name)
		}
		col.inherited++
		if c.rel.isPartition {
			col.local = false
		}
	}
	for _, con := range parent.constraints {
		if con.kind != checkConstraint || con.noInherit {
			continue
		}
		have := c.rel.constraint(con.name)
		if have == nil {
			return failf(span, datatypeMismatch, "child table is missing constraint %q", con.name)
		}
		have.inherited++
		if c.rel.isPartition {
			have.local = false
		}
	}
	c.rel.addParent(parent)
	return nil
}

// alterNoInherit is NO INHERIT parent.
func (c *tableChange) alterNoInherit(cmd *pg_query.AlterTableCmd) error {
	v := cmd.Def.GetRangeVar()
	parent, err := c.r.relation(c.st, v)
	if err != nil {
		return err
	}
	if !slices.Contains(c.rel.parents, parent) {
		return failf(c.st.rangeVarSpan(v), undefinedTable, "relation %q is not a parent of relation %q", parent.name, c.rel.name)
	}
	c.r.leave(c.rel, parent)
	return nil
}

// leave ends an inheritance; what came from the parent alone is now the table's own.
func (r *replay) leave(child, parent *relation) {
	child.parents = without(child.parents, parent)
	for _, p := range parent.columns {
		if col := child.column(p.name); col != nil {
			col.inherited--
			col.local = col.local || col.inherited <= 0
		}
	}
	for _, con := range child.constraints {
		if con.kind == checkConstraint && parent.constraint(con.name) != nil && con.inherited > 0 {
			con.inherited--
			con.local = con.local || con.inherited <= 0
		}
	}
}

// alterAttach is ATTACH PARTITION, of a table or of an index.
func (c *tableChange) alterAttach(cmd *pg_query.AlterTableCmd) error {
	part := cmd.Def.GetPartitionCmd()
	child, err := c.r.relation(c.st, part.Name)
	if err != nil {
		return err
	}
	span := c.st.rangeVarSpan(part.Name)
	if c.rel.kind == indexKind {
		if child.index == nil {
			return failf(span, wrongObjectType, "%q is not an index", child.name)
		}
		child.index.parent = c.rel
		if con := child.index.constraint; con != nil && con.parent == nil {
			con.parent = c.rel.index.constraint
			con.inherited++
		}
		return nil
	}
	if c.rel.kind != partitioned {
		return failf(span, wrongObjectType, "table %q is not partitioned", c.rel.name)
	}
	if child.isPartition {
		return failf(span, wrongObjectType, "%q is already a partition", child.name)
	}
	child.isPartition = true
	inner := &tableChange{r: c.r, st: c.st, rel: child}
	if err := inner.adopt(c.rel, span); err != nil {
		child.isPartition = false
		return err
	}
	return c.r.partitionOf(c.st, c.rel, child, part.Bound)
}

// alterDetach is DETACH PARTITION: the partition's keys and indexes become its own.
func (c *tableChange) alterDetach(cmd *pg_query.AlterTableCmd) error {
	part := cmd.Def.GetPartitionCmd()
	child, err := c.r.relation(c.st, part.Name)
	if err != nil {
		return err
	}
	if !slices.Contains(child.parents, c.rel) {
		return failf(c.st.rangeVarSpan(part.Name), undefinedTable, "relation %q is not a partition of relation %q", child.name, c.rel.name)
	}
	c.r.leave(child, c.rel)
	child.isPartition, child.boundText = false, ""
	for _, idx := range child.indexes {
		idx.index.parent = nil
	}
	for _, con := range child.constraints {
		if con.parent != nil && con.parent.rel == c.rel {
			con.parent = nil
			con.inherited--
			con.local = true
		}
	}
	child.triggers = slices.DeleteFunc(slices.Clone(child.triggers), func(t *trigger) bool {
		return t.parent != nil && t.parent.rel == c.rel
	})
	return nil
}

// alterCluster is CLUSTER ON, which names an index.
func (c *tableChange) alterCluster(cmd *pg_query.AlterTableCmd) error {
	for _, idx := range c.rel.indexes {
		if idx.name == cmd.Name {
			return nil
		}
	}
	return failf(c.st.find(cmd.Name, c.afterRelation()), undefinedObject, "index %q for table %q does not exist", cmd.Name, c.rel.name)
}

// alterOf is OF type: the columns must be the type's.
func (c *tableChange) alterOf(cmd *pg_query.AlterTableCmd) error {
	ref, err := c.r.resolveType(c.st, cmd.Def.GetTypeName())
	if err != nil {
		return err
	}
	span := c.st.typeSpan(cmd.Def.GetTypeName())
	if ref.typ.rel == nil || ref.typ.rel.kind != composite {
		return failf(span, wrongObjectType, "type %s is not a composite type", c.r.typeText(ref))
	}
	want, have := ref.typ.rel.columns, c.rel.columns
	for i, w := range want {
		if i >= len(have) {
			return failf(span, datatypeMismatch, "table is missing column %q", w.name)
		}
		if have[i].name != w.name {
			return failf(span, datatypeMismatch, "table has column %q where type requires %q", have[i].name, w.name)
		}
		if !have[i].typ.same(w.typ) {
			return failf(span, datatypeMismatch, "table %q has different type for column %q", c.rel.name, w.name)
		}
	}
	if len(have) > len(want) {
		return failf(span, datatypeMismatch, "table has extra column %q", have[len(want)].name)
	}
	c.rel.ofType = ref.typ
	return nil
}

func (c *tableChange) alterNotOf(*pg_query.AlterTableCmd) error {
	if c.rel.ofType == nil {
		return failf(c.st.head(), wrongObjectType, "%q is not a typed table", c.rel.name)
	}
	c.rel.ofType = nil
	return nil
}
