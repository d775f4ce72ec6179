package catalog

import (
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
	def := cmd.Def.GetColumnDef()
	ref, err := c.r.resolveType(c.st, def.TypeName)
	if err != nil {
		return err
	}
	if c.rel.ofType != nil {
		return failf(span, wrongObjectType, "cannot alter column type of typed table")
	}
	if col.inherited > 0 {
		return failf(span, invalidTableDefinition, "cannot alter inherited column %q", col.name)
	}
	if c.only && len(c.r.children(c.rel)) > 0 {
		return failf(span, invalidTableDefinition, "type of inherited column %q must be changed in child tables too", col.name)
	}
	if err := c.typedTablesFollow(cmd.Behavior); err != nil {
		return err
	}
	if err := c.retypable(col, ref, span); err != nil {
		return err
	}
	if err := c.convertible(col, ref, def.RawDefault != nil, span); err != nil {
		return err
	}
	if def.RawDefault != nil {
		if _, err := c.r.newExpr(c.st, def.RawDefault, relationScope(c.rel), inTransform.forColumn(&column{header: header{name: col.name}, typ: ref})); err != nil {
			return err
		}
	}
	for _, x := range c.r.family(col) {
		x.typ = ref
		if x.identity != NoIdentity {
			c.retypeSequence(x)
		}
	}
	if c.rel.kind == composite {
		c.typedTables(func(t *relation) {
			if x := t.column(col.name); x != nil {
				x.typ = ref
			}
		})
	}
	return nil
}

// convertible tells whether the column's values and its default can become of the new type.
func (c *tableChange) convertible(col *column, to typeRef, using bool, span source.Span) error {
	if !c.rel.isTable() || c.rel.kind == foreign {
		return nil
	}
	text := c.r.typeText(to)
	if !using && col.generated == NotGenerated && !c.r.casts(col.typ, to, assignmentCast) {
		return hinted(span, datatypeMismatch, "You might need to specify \"USING "+quoteIdent(col.name)+"::"+text+"\".",
			"column %q cannot be cast automatically to type %s", col.name, text)
	}
	if col.def == nil || col.generated != NotGenerated {
		return nil
	}
	own := col.def.expr.typ
	if own.typ == nil {
		own = col.typ
	}
	if !c.r.casts(own, to, assignmentCast) {
		return failf(span, datatypeMismatch, "default for column %q cannot be cast automatically to type %s", col.name, text)
	}
	return nil
}

// retypable is what stands in the way of a new type.
func (c *tableChange) retypable(col *column, to typeRef, span source.Span) error {
	for _, o := range c.r.db.objects() {
		switch x := o.(type) {
		case *relation:
			if x.query.uses(col) {
				return failf(span, featureNotSupported, "cannot alter type of a column used by a view or rule")
			}
		case *column:
			if x != col && x.generated != NotGenerated && x.def != nil && x.def.expr.uses(col) {
				return failf(span, featureNotSupported, "cannot alter type of a column used by a generated column")
			}
			if x.rel != c.rel && c.rel.rowType != nil && x.typ.typ == c.rel.rowType && x.rel.kind != plainView {
				return c.rowTypeUsed(x, span)
			}
		case *rule:
			for _, e := range x.exprs {
				if e.uses(col) {
					return failf(span, featureNotSupported, "cannot alter type of a column used by a view or rule")
				}
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

// rowTypeUsed says that a column elsewhere holds rows of this relation.
func (c *tableChange) rowTypeUsed(by *column, span source.Span) error {
	if c.rel.kind == composite {
		return failf(span, featureNotSupported, "cannot alter type %q because column \"%s.%s\" uses it", c.rel.name, by.rel.name, by.name)
	}
	return failf(span, featureNotSupported, "cannot alter table %q because column \"%s.%s\" uses its row type", c.rel.name, by.rel.name, by.name)
}

// retypeSequence gives the sequence of an identity column the column's type.
func (c *tableChange) retypeSequence(col *column) {
	for _, rel := range col.rel.schema.relations {
		if rel.sequence != nil && rel.sequence.owner == col && rel.sequence.derived {
			rel.sequence.typ = unmodified(col.typ)
		}
	}
}
