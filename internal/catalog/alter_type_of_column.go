package catalog

import (
	"slices"

	pg_query "github.com/pganalyze/pg_query_go/v5"

	"github.com/trefoil-sql/trefoil/internal/source"
)

// alterColumnType is ALTER COLUMN … TYPE and ALTER ATTRIBUTE … TYPE.
func (c *tableChange) alterColumnType(cmd *pg_query.AlterTableCmd) error {
	col, err := c.alteredColumn(cmd.Name)
	if err != nil {
		return err
	}
	span := c.st.find(cmd.Name, c.afterRelation())
	ref, err := c.r.resolveType(c.st, cmd.Def.GetColumnDef().TypeName)
	if err != nil {
		return err
	}
	if err := c.mayRetype(cmd, col, ref, span); err != nil {
		return err
	}
	collation, err := c.r.collationOf(c.st, ref, cmd.Def.GetColumnDef().CollClause)
	if err != nil {
		return err
	}
	for _, x := range c.r.family(col) {
		c.keepDefaultType(x)
		x.collation = collation
		if err := c.retype(x, ref, span); err != nil {
			return err
		}
		if err := c.keysStillCompare(x, span); err != nil {
			return err
		}
		if x.identity != NoIdentity {
			c.retypeSequence(x)
		}
	}
	if c.rel.kind == composite {
		c.typedTables(func(t *relation) {
			if x := t.column(col.name); x != nil {
				x.typ, x.collation = ref, collation
			}
		})
	}
	return nil
}

// mayRetype checks that the column can have the new type, in PostgreSQL's order.
func (c *tableChange) mayRetype(cmd *pg_query.AlterTableCmd, col *column, to typeRef, span source.Span) error {
	if err := c.notOfItself(to, span); err != nil {
		return err
	}
	switch {
	case c.rel.ofType != nil:
		return failf(span, wrongObjectType, "cannot alter column type of typed table")
	case col.inherited > 0:
		return failf(span, invalidTableDefinition, "cannot alter inherited column %q", col.name)
	case c.only && len(c.r.children(c.rel)) > 0:
		return failf(span, invalidTableDefinition, "type of inherited column %q must be changed in child tables too", col.name)
	}
	if c.rel.kind == ordinary || c.rel.kind == partitioned {
		if err := c.converts(col, to, cmd.Def.GetColumnDef().RawDefault, span); err != nil {
			return err
		}
	}
	if err := c.retypable(col, to, span); err != nil {
		return err
	}
	if err := c.typedTablesFollow(cmd); err != nil {
		return err
	}
	return c.rowTypeFree(col, to, span)
}

// retypable is what stands in the way of a new type.
func (c *tableChange) retypable(col *column, to typeRef, span source.Span) error {
	for _, o := range c.r.db.objects() {
		switch x := o.(type) {
		case *relation:
			if x.query.uses(col) {
				return failf(span, featureNotSupported, "cannot alter type of a column used by a view or rule")
			}
		case *rule:
			for _, e := range x.exprs {
				if e.uses(col) {
					return failf(span, featureNotSupported, "cannot alter type of a column used by a view or rule")
				}
			}
		case *column:
			if x.generated != NotGenerated && x.def != nil && x.def.expr.uses(col) && x != col {
				return failf(span, featureNotSupported, "cannot alter type of a column used by a generated column")
			}
		case *policy:
			if x.using.uses(col) || x.check.uses(col) {
				return failf(span, featureNotSupported, "cannot alter type of a column used in a policy definition")
			}
		case *trigger:
			if x.when.uses(col) {
				return failf(span, featureNotSupported, "cannot alter type of a column used in a trigger definition")
			}
		}
	}
	if to.typ.kind == PseudoType && !to.array {
		return failf(span, invalidTableDefinition, "column %q has pseudo-type %s", col.name, c.r.typeText(to))
	}
	return nil
}

// retypeSequence gives the sequence of an identity column the column's type.
func (c *tableChange) retypeSequence(col *column) {
	for _, rel := range col.rel.schema.relations {
		if rel.sequence != nil && rel.sequence.owner == col && rel.sequence.derived {
			rel.sequence.typ = unmodified(col.typ)
		}
	}
}

// converts checks that the values and the default can become the new type.
func (c *tableChange) converts(col *column, to typeRef, using *pg_query.Node, span source.Span) error {
	from := col.typ
	text := "column %q cannot be cast automatically to type %s"
	if using != nil {
		var err error
		if _, from, err = c.r.usedExpr(c.st, using, relationScope(c.rel), useTransform); err != nil {
			return err
		}
		text = "result of USING clause for column %q cannot be cast automatically to type %s"
	}
	if !c.r.casts(from, to, assignmentCast) {
		hint := "You might need to specify \"USING " + quoteIdent(col.name) + "::" + c.r.typeText(to) + "\"."
		return hinted(span, datatypeMismatch, hint, text, col.name, c.r.typeText(to))
	}
	if col.def == nil || col.generated != NotGenerated {
		return nil
	}
	if t := c.defaultType(col); !c.r.casts(t, to, assignmentCast) {
		return failf(span, datatypeMismatch, "default for column %q cannot be cast automatically to type %s", col.name, c.r.typeText(to))
	}
	return nil
}

// defaultType is the type of a column's default: a constant without one is of the column's.
func (c *tableChange) defaultType(col *column) typeRef {
	quiet := &analysis{r: c.r, st: c.st, lenient: true}
	t := quiet.expr(col.def.expr.node, (*scope)(nil).inner()).typ
	if isUnknownLiteral(t) {
		return col.typ
	}
	return t
}

// keepDefaultType writes down the type of a default that is a date or time without one: what it means depends on it.
func (c *tableChange) keepDefaultType(col *column) {
	if col.def == nil || col.def.expr.node.GetAConst().GetSval() == nil || categoryOf(baseOf(col.typ)) != 'D' {
		return
	}
	old := *col.def.expr
	old.node = &pg_query.Node{Node: &pg_query.Node_TypeCast{TypeCast: &pg_query.TypeCast{
		Arg: old.node, Location: -1,
		TypeName: &pg_query.TypeName{
			Names: []*pg_query.Node{pg_query.MakeStrNode("pg_catalog"), pg_query.MakeStrNode(baseOf(col.typ).typ.name)}, Typemod: -1, Location: -1,
		},
	}}}
	c.r.putDefault(col, &old)
}

// rowTypeFree checks that no stored column has the type whose attribute changes.
func (c *tableChange) rowTypeFree(col *column, to typeRef, span source.Span) error {
	if c.rel.kind != composite && storedAlike(col.typ, to) {
		return nil
	}
	user := c.r.columnOfType(c.rel.rowType)
	if user == nil {
		return nil
	}
	if c.rel.kind == composite {
		return failf(span, featureNotSupported, "cannot alter type %q because column \"%s.%s\" uses it", c.rel.name, user.rel.name, user.name)
	}
	return failf(span, featureNotSupported, "cannot alter table %q because column \"%s.%s\" uses its row type", c.rel.name, user.rel.name, user.name)
}

// storedAlike tells types between which values need no rewriting.
func storedAlike(a, b typeRef) bool {
	if a.typ == nil || b.typ == nil {
		return true
	}
	text := map[string]bool{"text": true, "varchar": true}
	return a.same(b) || a.array == b.array && text[a.typ.name] && text[b.typ.name]
}

// columnOfType finds a column of a stored relation that holds values of a type, directly or in another type.
func (r *replay) columnOfType(t *typ) *column {
	for _, o := range r.db.objects() {
		col, ok := o.(*column)
		if !ok || t == nil || baseOf(unmodified(col.typ)).typ != t && element(col.typ).typ != t {
			continue
		}
		switch col.rel.kind {
		case ordinary, partitioned, foreign, matView:
			return col
		case composite:
			if user := r.columnOfType(col.rel.rowType); user != nil {
				return user
			}
		}
	}
	return nil
}

// keysStillCompare checks the foreign keys of and to a column whose type has changed.
func (c *tableChange) keysStillCompare(col *column, span source.Span) error {
	for _, o := range c.r.db.objects() {
		con, ok := o.(*constraint)
		if !ok || con.kind != foreignConstraint || !slices.Contains(con.columns, col) && !slices.Contains(con.refCols, col) {
			continue
		}
		if err := c.comparableKeys(con, span); err != nil {
			return err
		}
	}
	return nil
}
