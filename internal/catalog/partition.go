package catalog

import (
	"slices"
	"strings"

	pg_query "github.com/pganalyze/pg_query_go/v5"

	"github.com/trefoil-sql/trefoil/internal/suggest"
)

// partitionBy reads PARTITION BY.
func (r *replay) partitionBy(st *statement, rel *relation, n *pg_query.PartitionSpec) error {
	if n == nil {
		return nil
	}
	rel.partition = &partitionKey{strategy: strings.ToLower(strings.TrimPrefix(n.Strategy.String(), "PARTITION_STRATEGY_"))}
	for _, p := range n.PartParams {
		elem := p.GetPartitionElem()
		if elem.Name == "" {
			e, err := r.newExpr(st, elem.Expr, relationScope(rel))
			if err != nil {
				return err
			}
			rel.partition.exprs = append(rel.partition.exprs, e)
			continue
		}
		col := rel.column(elem.Name)
		if col == nil {
			return hinted(st.at(elem.Location), undefinedColumn, suggest.Hint(elem.Name, columnNames(rel.columns)),
				"column %q named in partition key does not exist", elem.Name)
		}
		rel.partition.columns = append(rel.partition.columns, col)
	}
	return nil
}

// partitionOf finishes a table that has become a partition: it gets the parent's indexes, keys and triggers.
func (r *replay) partitionOf(st *statement, parent, child *relation, bound *pg_query.PartitionBoundSpec) error {
	child.isPartition = true
	child.boundText = st.boundText(bound)
	for _, idx := range slices.Clone(parent.indexes) {
		if _, err := r.partitionIndex(idx, child); err != nil {
			return err
		}
	}
	for _, con := range slices.Clone(parent.constraints) {
		if con.kind == foreignConstraint {
			r.cloneForeignKey(con, child)
		}
	}
	for _, t := range parent.triggers {
		r.cloneTrigger(t, child)
	}
	return nil
}

// boundText is a partition's bound as it was written.
func (st *statement) boundText(n *pg_query.PartitionBoundSpec) string {
	if n.IsDefault {
		return "DEFAULT"
	}
	text := st.file.Text[:st.end]
	for pos := st.start; pos < len(text); {
		pos = skipSpace(text, pos)
		end := tokenEnd(text, pos)
		next := skipSpace(text, end)
		if pos < end && strings.EqualFold(text[pos:end], "for") && next < len(text) && strings.EqualFold(text[next:tokenEnd(text, next)], "values") {
			return balanced(text[pos:])
		}
		pos = max(end, pos+1)
	}
	return ""
}

// balanced is text up to the end of its last bracket that stands outside others, before any other clause.
func balanced(text string) string {
	depth, last := 0, 0
	for pos := 0; pos < len(text); {
		pos = skipSpace(text, pos)
		end := tokenEnd(text, pos)
		if pos >= len(text) {
			break
		}
		switch token := text[pos:end]; {
		case token == "(":
			depth++
		case token == ")":
			depth--
			if depth == 0 {
				last = end
			}
		case depth == 0 && (strings.EqualFold(token, "partition") || strings.EqualFold(token, "using") || strings.EqualFold(token, "tablespace")):
			return strings.TrimSpace(text[:last])
		}
		pos = end
	}
	return strings.TrimSpace(text[:last])
}

// partitionIndex attaches an index of the partition to the parent's, or makes one.
func (r *replay) partitionIndex(parent *relation, child *relation) (*relation, error) {
	p := parent.index
	for _, idx := range child.indexes {
		if idx.index.parent == nil && matchingIndex(p, idx.index) {
			idx.index.parent = parent
			if idx.index.constraint != nil {
				idx.index.constraint.parent = p.constraint
				idx.index.constraint.inherited++
			}
			return idx, nil
		}
	}
	i := &index{
		table: child, method: p.method, unique: p.unique, primary: p.primary, nullsEqual: p.nullsEqual,
		where: p.where.copyFor(p.table, child), parent: parent,
	}
	for _, k := range p.keys {
		copied := indexKey{expr: k.expr.copyFor(p.table, child), name: k.name, plain: k.plain}
		if k.col != nil {
			copied.col = child.column(k.col.name)
		}
		i.keys = append(i.keys, copied)
	}
	for _, c := range p.include {
		i.include = append(i.include, child.column(c.name))
	}
	if p.constraint != nil {
		i.constraint = &constraint{
			header: header{span: p.constraint.span}, kind: p.constraint.kind, rel: child, parent: p.constraint, inherited: 1,
			deferable: p.constraint.deferable, deferred: p.constraint.deferred,
		}
		for _, c := range p.constraint.columns {
			i.constraint.columns = append(i.constraint.columns, child.column(c.name))
		}
		if i.primary {
			for _, c := range i.constraint.columns {
				r.setNotNull(c)
			}
		}
	}
	return r.addIndex(i, "", parent.span)
}

// matchingIndex tells whether a partition's index can stand for the parent's.
func matchingIndex(p, c *index) bool {
	if p.unique != c.unique || p.method != c.method || p.nullsEqual != c.nullsEqual || len(p.keys) != len(c.keys) ||
		(p.constraint == nil) != (c.constraint == nil) && p.constraint != nil || len(p.include) != len(c.include) {
		return false
	}
	for i, k := range p.keys {
		switch o := c.keys[i]; {
		case k.plain != o.plain, (k.col == nil) != (o.col == nil):
			return false
		case k.col != nil && k.col.name != o.col.name:
			return false
		case k.col == nil && !sameExpr(k.expr.copyFor(p.table, c.table), o.expr):
			return false
		}
	}
	return sameExpr(p.where.copyFor(p.table, c.table), c.where)
}

// partitionForeignKeys gives the partitions of a table its new foreign key.
func (r *replay) partitionForeignKeys(con *constraint) error {
	if con.rel.kind != partitioned {
		return nil
	}
	for _, child := range r.children(con.rel) {
		r.cloneForeignKey(con, child)
	}
	return nil
}

// cloneForeignKey takes over the parent's name where it is free on the partition. One that is there already and says the
// same is attached instead.
func (r *replay) cloneForeignKey(con *constraint, child *relation) {
	clone := &constraint{
		header: header{name: con.name, span: con.span}, kind: foreignConstraint, rel: child, parent: con, inherited: 1,
		ref: con.ref, refCols: con.refCols, refIndex: con.refIndex, onUpdate: con.onUpdate, onDelete: con.onDelete,
		deferable: con.deferable, deferred: con.deferred, notValid: con.notValid,
	}
	for _, c := range con.columns {
		clone.columns = append(clone.columns, child.column(c.name))
	}
	for _, old := range child.constraints {
		if old.kind == foreignConstraint && old.parent == nil && old.ref == con.ref && slices.Equal(old.columns, clone.columns) &&
			slices.Equal(old.refCols, clone.refCols) && old.onDelete == con.onDelete && old.onUpdate == con.onUpdate &&
			old.deferable == con.deferable && old.deferred == con.deferred {
			old.parent = con
			old.inherited++
			return
		}
	}
	if child.constraint(clone.name) != nil {
		clone.name = r.db.chooseConstraintName(child.name, columnsPart(columnNames(clone.columns)), "fkey", child.schema)
	}
	r.addConstraint(clone)
	_ = r.partitionForeignKeys(clone)
}

func (r *replay) cloneTrigger(t *trigger, child *relation) {
	clone := &trigger{header: header{name: t.name, span: t.span}, rel: child, fn: t.fn, parent: t, when: t.when.copyFor(t.rel, child)}
	for _, c := range t.columns {
		clone.columns = append(clone.columns, child.column(c.name))
	}
	r.db.identify(&clone.header)
	child.triggers = append(child.triggers, clone)
}
