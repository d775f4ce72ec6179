package catalog

import (
	"slices"

	pg_query "github.com/pganalyze/pg_query_go/v5"
)

// alterAddColumn is ADD COLUMN, also of a composite's attribute; children get the column too.
func (c *tableChange) alterAddColumn(cmd *pg_query.AlterTableCmd) error {
	def := cmd.Def.GetColumnDef()
	if cmd.MissingOk && c.rel.column(def.Colname) != nil {
		return nil
	}
	if c.rel.isPartition {
		return failf(c.st.at(def.Location), wrongObjectType, "cannot add column to a partition")
	}
	if c.rel.ofType != nil {
		return failf(c.st.at(def.Location), wrongObjectType, "cannot add column to typed table")
	}
	if err := c.typedTablesFollow(cmd); err != nil {
		return err
	}
	if c.only && len(c.r.children(c.rel)) > 0 {
		return failf(c.st.at(def.Location), invalidTableDefinition, "column must be added to child tables too")
	}
	col := c.column(def)
	if col == nil {
		return nil
	}
	if c.rel.kind == composite {
		c.typedTables(func(t *relation) { c.r.copyColumn(col, t).local = true })
	}
	c.setPendingDefaults()
	return c.inheritAdded(c.rel, col)
}

// setPendingDefaults makes the defaults read so far.
func (c *tableChange) setPendingDefaults() {
	for _, d := range c.defaults {
		c.note(c.setDefault(d.col, d.node))
	}
	c.defaults = nil
}

// inheritAdded gives a new column to the children; one that is there already is merged.
func (c *tableChange) inheritAdded(rel *relation, col *column) error {
	for _, child := range c.r.children(rel) {
		if have := child.column(col.name); have != nil {
			if !have.typ.same(col.typ) {
				return failf(c.st.head(), datatypeMismatch, "child table %q has different type for column %q", child.name, col.name)
			}
			if have.collation != col.collation {
				return failf(c.st.head(), collationMismatch, "child table %q has different collation for column %q", child.name, col.name)
			}
			have.inherited++
			continue
		}
		copied := c.r.copyColumn(col, child)
		copied.inherited = 1
		if err := c.inheritAdded(child, copied); err != nil {
			return err
		}
	}
	return nil
}

// copyColumn adds a column like col to another relation.
func (r *replay) copyColumn(col *column, to *relation) *column {
	copied := &column{
		header: header{name: col.name, span: col.span}, rel: to, typ: col.typ, collation: col.collation, notNull: col.notNull,
		generated: col.generated,
	}
	r.db.identify(&copied.header)
	to.columns = append(to.columns, copied)
	if col.def != nil {
		r.putDefault(copied, col.def.expr.copyFor(col.rel, to))
	}
	return copied
}

// typedTablesFollow says that CASCADE is needed to change the tables OF this composite type too.
func (c *tableChange) typedTablesFollow(cmd *pg_query.AlterTableCmd) error {
	if c.rel.kind != composite || cmd.Behavior == pg_query.DropBehavior_DROP_CASCADE || len(c.r.tablesOf(c.rel.rowType)) == 0 {
		return nil
	}
	return hinted(c.st.head(), dependentObjectsExist, "Use ALTER ... CASCADE to alter the typed tables too.",
		"cannot alter type %q because it is the type of a typed table", c.rel.name)
}

// typedTables runs a change on all tables OF this composite type.
func (c *tableChange) typedTables(change func(*relation)) {
	for _, t := range c.r.tablesOf(c.rel.rowType) {
		change(t)
	}
}

func (r *replay) tablesOf(t *typ) []*relation {
	var out []*relation
	for _, s := range r.db.schemas {
		for _, rel := range s.relations {
			if t != nil && rel.ofType == t {
				out = append(out, rel)
			}
		}
	}
	slices.SortFunc(out, func(a, b *relation) int { return a.id - b.id })
	return out
}

// alterDropColumn is DROP COLUMN.
func (c *tableChange) alterDropColumn(cmd *pg_query.AlterTableCmd) error {
	col := c.rel.column(cmd.Name)
	if col == nil && cmd.MissingOk {
		return nil
	}
	span := c.st.find(cmd.Name, c.afterRelation())
	if col == nil {
		_, err := columnOf(c.rel, cmd.Name, span)
		return err
	}
	if c.rel.ofType != nil {
		return failf(span, wrongObjectType, "cannot drop column from typed table")
	}
	if col.inherited > 0 {
		return failf(span, invalidTableDefinition, "cannot drop inherited column %q", col.name)
	}
	if p := c.rel.partition; p != nil && (slices.Contains(p.columns, col) || slices.ContainsFunc(p.exprs, func(e *expr) bool { return e.uses(col) })) {
		return failf(span, invalidTableDefinition, "cannot drop column %q because it is part of the partition key of relation %q", col.name, c.rel.name)
	}
	if err := c.typedTablesFollow(cmd); err != nil {
		return err
	}
	targets := []object{col}
	if c.rel.kind == composite {
		c.typedTables(func(t *relation) {
			if x := t.column(col.name); x != nil {
				targets = append(targets, x)
			}
		})
	}
	return c.r.drop(targets, append(targets, c.r.inheritedColumns(col)...), cmd.Behavior, span)
}

// inheritedColumns are the columns of children that go with a column: those that nothing else holds. Others lose one
// parent.
func (r *replay) inheritedColumns(col *column) []object {
	var out []object
	for _, child := range r.children(col.rel) {
		have := child.column(col.name)
		if have == nil {
			continue
		}
		have.inherited--
		if have.inherited <= 0 && !have.local {
			out = append(out, have)
			out = append(out, r.inheritedColumns(have)...)
		}
	}
	return out
}

// family is a column and its copies in all children.
func (r *replay) family(col *column) []*column {
	out := []*column{col}
	for _, child := range r.children(col.rel) {
		if have := child.column(col.name); have != nil {
			out = append(out, r.family(have)...)
		}
	}
	return out
}

// alterDefault is SET DEFAULT and DROP DEFAULT.
func (c *tableChange) alterDefault(cmd *pg_query.AlterTableCmd) error {
	col, err := c.alteredColumn(cmd.Name)
	if err != nil {
		return err
	}
	span := c.st.find(cmd.Name, c.afterRelation())
	if col.identity != NoIdentity {
		return hinted(span, syntaxError, "Use ALTER TABLE ... ALTER COLUMN ... DROP IDENTITY instead.",
			"column %q of relation %q is an identity column", col.name, c.rel.name)
	}
	sets := c.st.setsExpression(cmd.Name, c.afterRelation())
	if sets && col.generated == NotGenerated {
		return failf(span, objectNotInState, "column %q of relation %q is not a generated column", col.name, c.rel.name)
	}
	if col.generated != NotGenerated && !sets {
		return hinted(span, syntaxError, "Use ALTER TABLE ... ALTER COLUMN ... DROP EXPRESSION instead.",
			"column %q of relation %q is a generated column", col.name, c.rel.name)
	}
	for _, x := range c.r.family(col) {
		if cmd.Def == nil {
			c.r.putDefault(x, nil)
		} else if err := c.setDefault(x, cmd.Def); err != nil {
			return err
		}
	}
	return nil
}

func (c *tableChange) alterSetNotNull(cmd *pg_query.AlterTableCmd) error {
	col, err := c.alteredColumn(cmd.Name)
	if err != nil {
		return err
	}
	c.r.setNotNull(col)
	return nil
}

func (c *tableChange) alterDropNotNull(cmd *pg_query.AlterTableCmd) error {
	col, err := c.alteredColumn(cmd.Name)
	if err != nil {
		return err
	}
	span := c.st.find(cmd.Name, c.afterRelation())
	if col.identity != NoIdentity {
		return failf(span, syntaxError, "column %q of relation %q is an identity column", col.name, c.rel.name)
	}
	if pk := c.rel.primaryKey(); pk != nil && slices.Contains(pk.columns, col) {
		return failf(span, invalidTableDefinition, "column %q is in a primary key", col.name)
	}
	if c.rel.isPartition && len(c.rel.parents) == 1 {
		if p := c.rel.parents[0].column(col.name); p != nil && p.notNull {
			return failf(span, invalidTableDefinition, "column %q is marked NOT NULL in parent table", col.name)
		}
	}
	for _, x := range c.r.family(col) {
		x.notNull = false
	}
	return nil
}

// alterDropExpression makes a generated column a plain one.
func (c *tableChange) alterDropExpression(cmd *pg_query.AlterTableCmd) error {
	col, err := c.alteredColumn(cmd.Name)
	if err != nil {
		return err
	}
	if col.generated == NotGenerated {
		if cmd.MissingOk {
			return nil
		}
		return failf(c.st.find(cmd.Name, c.afterRelation()), objectNotInState,
			"column %q of relation %q is not a stored generated column", col.name, c.rel.name)
	}
	for _, x := range c.r.family(col) {
		x.generated = NotGenerated
		c.r.putDefault(x, nil)
	}
	return nil
}

func (c *tableChange) alterAddIdentity(cmd *pg_query.AlterTableCmd) error {
	col, err := c.alteredColumn(cmd.Name)
	if err != nil {
		return err
	}
	span := c.st.find(cmd.Name, c.afterRelation())
	if err := c.identityType(col, cmd.Def.GetConstraint()); err != nil {
		return err
	}
	switch {
	case !col.notNull:
		return failf(span, objectNotInState, "column %q of relation %q must be declared NOT NULL before identity can be added", col.name, c.rel.name)
	case col.identity != NoIdentity:
		return failf(span, objectNotInState, "column %q of relation %q is already an identity column", col.name, c.rel.name)
	case col.def != nil:
		return failf(span, objectNotInState, "column %q of relation %q already has a default value", col.name, c.rel.name)
	}
	con := cmd.Def.GetConstraint()
	col.identity = NoIdentity
	return c.identity(col, con)
}

func (c *tableChange) alterSetIdentity(cmd *pg_query.AlterTableCmd) error {
	col, err := c.alteredColumn(cmd.Name)
	if err != nil {
		return err
	}
	if col.identity == NoIdentity {
		return failf(c.st.find(cmd.Name, c.afterRelation()), objectNotInState,
			"column %q of relation %q is not an identity column", col.name, c.rel.name)
	}
	for _, o := range cmd.Def.GetList().GetItems() {
		if def := o.GetDefElem(); def.Defname == "generated" {
			col.identity = identityKind(string(rune(def.Arg.GetInteger().GetIval())))
		}
	}
	return nil
}

func (c *tableChange) alterDropIdentity(cmd *pg_query.AlterTableCmd) error {
	col, err := c.alteredColumn(cmd.Name)
	if err != nil {
		return err
	}
	if col.identity == NoIdentity {
		if cmd.MissingOk {
			return nil
		}
		return failf(c.st.find(cmd.Name, c.afterRelation()), objectNotInState,
			"column %q of relation %q is not an identity column", col.name, c.rel.name)
	}
	col.identity = NoIdentity
	for _, s := range c.r.db.sortedSchemas() {
		for _, rel := range s.relations {
			if rel.sequence != nil && rel.sequence.owner == col && rel.sequence.derived {
				delete(s.relations, rel.name)
			}
		}
	}
	return nil
}
