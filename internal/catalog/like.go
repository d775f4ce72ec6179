package catalog

import (
	"slices"

	pg_query "github.com/pganalyze/pg_query_go/v5"
)

// The options of LIKE, as the grammar numbers them.
const (
	likeComments = 1 << iota
	likeCompression
	likeConstraints
	likeDefaults
	likeGenerated
	likeIdentity
	likeIndexes
)

// pendingLike is the part of LIKE that is done once the table is there.
type pendingLike struct {
	from    *relation
	options uint32
}

// like takes over the columns of another relation.
func (c *tableChange) like(n *pg_query.TableLikeClause) error {
	from, err := c.r.relation(c.st, n.Relation)
	if err != nil {
		return err
	}
	if !from.isTable() && from.kind != plainView && from.kind != matView && from.kind != composite {
		return failf(c.st.rangeVarSpan(n.Relation), wrongObjectType, "relation %q is invalid in LIKE clause", from.name)
	}
	for _, src := range from.columns {
		if old := c.rel.column(src.name); old != nil && old.local {
			c.note(existing(c.st.rangeVarSpan(n.Relation), old.span, duplicateColumn, "column %q specified more than once", src.name))
			continue
		}
		col := &column{
			header: header{name: src.name, span: src.span}, rel: c.rel, typ: src.typ, collation: src.collation, notNull: src.notNull, local: true,
		}
		c.r.db.identify(&col.header)
		c.rel.columns = append(c.rel.columns, col)
		if n.Options&likeComments != 0 {
			col.comment = src.comment
		}
		if src.identity != NoIdentity && n.Options&likeIdentity != 0 {
			col.identity = src.identity
			seq := c.r.addOwnedSequence(col, nil).sequence
			// PostgreSQL does not pass the column's type on here.
			seq.derived, seq.typ = true, c.r.db.builtinRef("int8")
		}
	}
	c.likes = append(c.likes, pendingLike{from, n.Options})
	return nil
}

// likeLater takes over defaults, generated columns, checks and indexes. PostgreSQL does so after the table's own
// constraints, except that checks come after its own checks.
func (c *tableChange) likeLater(l pendingLike) error {
	for _, src := range l.from.columns {
		c.likeDefault(c.rel.column(src.name), src, l.options)
	}
	if l.options&likeConstraints != 0 {
		for _, con := range sortedByName(l.from.constraints) {
			if con.kind == checkConstraint {
				c.note(c.likeCheck(con, l.options))
			}
		}
	}
	if l.options&likeIndexes != 0 {
		for _, idx := range slices.Clone(l.from.indexes) {
			c.note(c.likeIndex(idx, l.options))
		}
	}
	return nil
}

func (c *tableChange) likeDefault(col, src *column, options uint32) {
	if col == nil || src.def == nil {
		return
	}
	wanted := uint32(likeDefaults)
	if src.generated != NotGenerated {
		wanted = likeGenerated
	}
	if options&wanted != 0 {
		col.generated = src.generated
		c.r.putDefault(col, src.def.expr.copyFor(src.rel, c.rel))
	}
}

func (c *tableChange) likeCheck(con *constraint, options uint32) error {
	if err := nameTaken(c.rel, con.name, c.st.head()); err != nil {
		return err
	}
	copied := &constraint{
		header: header{name: con.name, span: con.span}, kind: checkConstraint, rel: c.rel, local: true,
		expr: con.expr.copyFor(con.rel, c.rel), noInherit: con.noInherit,
	}
	copied.columns = copied.expr.columnsOf(c.rel)
	if options&likeComments != 0 {
		copied.comment = con.comment
	}
	c.r.addConstraint(copied)
	return nil
}

// likeIndex copies an index or key under a generated name.
func (c *tableChange) likeIndex(idx *relation, options uint32) error {
	src := idx.index
	i := &index{
		table: c.rel, method: src.method, unique: src.unique, primary: src.primary, nullsEqual: src.nullsEqual,
		where: src.where.copyFor(src.table, c.rel),
	}
	for _, k := range src.keys {
		copied := indexKey{expr: k.expr.copyFor(src.table, c.rel), name: k.name, plain: k.plain}
		if k.col != nil {
			copied.col = c.rel.column(k.col.name)
		}
		i.keys = append(i.keys, copied)
	}
	for _, col := range src.include {
		i.include = append(i.include, c.rel.column(col.name))
	}
	if src.constraint != nil {
		i.constraint = &constraint{
			header: header{span: src.constraint.span}, kind: src.constraint.kind, rel: c.rel, local: true,
			deferable: src.constraint.deferable, deferred: src.constraint.deferred,
		}
		for _, col := range src.constraint.columns {
			i.constraint.columns = append(i.constraint.columns, c.rel.column(col.name))
		}
	}
	if i.primary {
		if c.rel.primaryKey() != nil {
			return failf(c.st.head(), invalidTableDefinition, "multiple primary keys for table %q are not allowed", c.rel.name)
		}
		for _, col := range i.constraint.columns {
			c.r.setNotNull(col)
		}
	}
	made, err := c.r.addIndex(i, "", c.st.head())
	if err == nil && options&likeComments != 0 {
		made.comment = idx.comment
		if i.constraint != nil {
			i.constraint.comment = src.constraint.comment
		}
	}
	return err
}
