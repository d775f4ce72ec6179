package catalog

import (
	"slices"
	"sync"

	pg_query "github.com/pganalyze/pg_query_go/v5"

	"github.com/trefoil-sql/trefoil/internal/source"
	"github.com/trefoil-sql/trefoil/internal/suggest"
)

// createIndex is CREATE INDEX.
func (r *replay) createIndex(st *statement, n *pg_query.IndexStmt) error {
	rel, err := r.relation(st, n.Relation)
	if err != nil {
		return err
	}
	span := st.rangeVarSpan(n.Relation)
	if !rel.isTable() && rel.kind != matView || rel.kind == foreign {
		return failf(span, wrongObjectType, "cannot create index on relation %q", rel.name)
	}
	i := &index{table: rel, method: n.AccessMethod, unique: n.Unique, nullsEqual: n.NullsNotDistinct}
	if i.method == "" {
		i.method = "btree"
	}
	if err := r.indexMethod(st, i.method); err != nil {
		return err
	}
	if err := r.indexParts(st, i, n.IndexParams, n.IndexIncludingParams, n.WhereClause); err != nil {
		return err
	}
	if n.Idxname != "" {
		if old := rel.schema.relations[n.Idxname]; old != nil {
			if n.IfNotExists {
				return nil
			}
			return existing(st.find(n.Idxname, st.start), old.span, duplicateTable, "relation %q already exists", n.Idxname)
		}
	}
	if err := uniqueCoversPartitions(rel, i, span, "unique constraint"); i.unique && err != nil {
		return err
	}
	_, err = r.addIndex(i, n.Idxname, st.find(n.Idxname, st.start))
	return err
}

// indexParts resolves an index's columns and condition.
func (r *replay) indexParts(st *statement, i *index, params, include []*pg_query.Node, where *pg_query.Node) error {
	sc := sync.OnceValue(func() *scope { return relationScope(i.table) }) // most indexes have no expressions
	names := indexColumnNames(append(slices.Clone(params), include...))
	var errs []error
	for k, n := range params {
		e := n.GetIndexElem()
		key := indexKey{name: names[k], plain: isPlainElem(e)}
		var err error
		if e.Name != "" {
			key.col, err = indexColumn(st, i.table, e.Name)
		} else {
			key.expr, _, err = r.usedExpr(st, e.Expr, sc(), useIndex)
		}
		errs = append(errs, err)
		i.keys = append(i.keys, key)
	}
	for _, n := range include {
		if n.GetIndexElem().GetExpr() != nil {
			return failf(st.head(), featureNotSupported, "expressions are not supported in included columns")
		}
		col, err := indexColumn(st, i.table, n.GetIndexElem().GetName())
		if err != nil {
			return err
		}
		i.include = append(i.include, col)
	}
	if where != nil && !where.GetAConst().GetBoolval().GetBoolval() { // PostgreSQL does not keep WHERE true
		var err error
		i.where, _, err = r.usedExpr(st, where, sc(), usePredicate)
		errs = append(errs, err)
	}
	return join(errs...)
}

func indexColumn(st *statement, rel *relation, name string) (*column, error) {
	if c := rel.column(name); c != nil {
		return c, nil
	}
	return nil, hinted(st.last(name), undefinedColumn, suggest.Hint(name, columnNames(rel.columns)), "column %q does not exist", name)
}

func isPlainElem(e *pg_query.IndexElem) bool {
	return len(e.Opclass) == 0 && len(e.Collation) == 0 &&
		(e.Ordering == pg_query.SortByDir_SORTBY_DEFAULT || e.Ordering == pg_query.SortByDir_SORTBY_ASC) &&
		e.NullsOrdering == pg_query.SortByNulls_SORTBY_NULLS_DEFAULT
}

// uniqueCoversPartitions is the rule that a unique index over partitions has all columns of the partition key.
func uniqueCoversPartitions(rel *relation, i *index, span source.Span, what string) error {
	if rel.partition == nil {
		return nil
	}
	if len(rel.partition.exprs) > 0 {
		return failf(span, featureNotSupported, "unsupported %s constraint with partition key definition", what)
	}
	for _, p := range rel.partition.columns {
		if !slices.ContainsFunc(i.keys, func(k indexKey) bool { return k.col == p }) {
			return failf(span, featureNotSupported, "%s on partitioned table must include all partitioning columns", what)
		}
	}
	return nil
}

// addIndex makes an index under a name or a generated one, and its copies on partitions.
func (r *replay) addIndex(i *index, name string, span source.Span) (*relation, error) {
	table := i.table
	if name == "" {
		name = r.chooseIndexName(i)
	} else if old := table.schema.relations[name]; old != nil {
		return nil, existing(span, old.span, duplicateTable, "relation %q already exists", name)
	}
	idx := &relation{header: header{name: name, schema: table.schema}, kind: indexKind, temporary: table.temporary, index: i}
	r.db.addRelation(idx, span)
	table.indexes = append(table.indexes, idx)
	if i.constraint != nil {
		i.constraint.name, i.constraint.index = name, idx
		r.addConstraint(i.constraint)
	}
	if table.kind == partitioned {
		for _, child := range r.children(table) {
			if _, err := r.partitionIndex(idx, child); err != nil {
				return nil, err
			}
		}
	}
	return idx, nil
}

// chooseIndexName is PostgreSQL's: t_pkey, t_a_b_key, t_a_idx.
func (r *replay) chooseIndexName(i *index) string {
	table := i.table
	if i.primary {
		return r.db.chooseRelationName(table.name, "", "pkey", table.schema, true)
	}
	var names []string
	for _, k := range i.keys {
		names = append(names, k.name)
	}
	names = append(names, columnNames(i.include)...)
	label := "idx"
	if i.constraint != nil {
		label = "key"
		if i.constraint.kind == exclusionConstraint {
			label = "excl"
		}
	}
	return r.db.chooseRelationName(table.name, columnsPart(names), label, table.schema, i.constraint != nil)
}
