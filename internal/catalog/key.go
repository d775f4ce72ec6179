package catalog

import (
	"slices"

	pg_query "github.com/pganalyze/pg_query_go/v5"
)

// addKeys makes primary keys, unique and exclusion constraints: the primary key first, and equal ones once.
func (c *tableChange) addKeys(pending []pendingConstraint) {
	slices.SortStableFunc(pending, func(a, b pendingConstraint) int { return rank(a.node) - rank(b.node) })
	var made []*keyPlan
	for _, p := range pending {
		plan, err := c.planKey(p)
		if err != nil {
			c.note(err)
			continue
		}
		if prior := samePlan(made, plan); prior != nil {
			if prior.name == "" {
				prior.name = plan.name
			}
			continue
		}
		made = append(made, plan)
	}
	for _, plan := range made {
		c.note(c.addKey(plan))
	}
}

func rank(con *pg_query.Constraint) int {
	if con.Contype == pg_query.ConstrType_CONSTR_PRIMARY {
		return 0
	}
	return 1
}

// keyPlan is a key whose parts are resolved and whose name may still be open.
type keyPlan struct {
	name string
	node *pg_query.Constraint
	i    *index
	con  *constraint
}

var keyKinds = map[pg_query.ConstrType]constraintKind{
	pg_query.ConstrType_CONSTR_PRIMARY:   primaryConstraint,
	pg_query.ConstrType_CONSTR_UNIQUE:    uniqueConstraint,
	pg_query.ConstrType_CONSTR_EXCLUSION: exclusionConstraint,
}

func (c *tableChange) planKey(p pendingConstraint) (*keyPlan, error) {
	con := &constraint{
		header: header{span: c.constraintSpan(p.node)}, kind: keyKinds[p.node.Contype], rel: c.rel, local: true,
		deferable: p.node.Deferrable || p.node.Initdeferred, deferred: p.node.Initdeferred,
	}
	i := &index{
		table: c.rel, method: "btree", unique: con.kind != exclusionConstraint, primary: con.kind == primaryConstraint,
		nullsEqual: p.node.NullsNotDistinct, constraint: con,
	}
	var err error
	if con.kind == exclusionConstraint {
		err = c.exclusion(p.node, con, i)
	} else {
		err = c.keyParts(p, con, i)
	}
	if err != nil {
		return nil, err
	}
	if con.kind == primaryConstraint && c.rel.primaryKey() != nil {
		return nil, failf(con.span, invalidTableDefinition, "multiple primary keys for table %q are not allowed", c.rel.name)
	}
	what := "unique constraint"
	if i.primary {
		what = "primary key constraint"
	}
	if err := uniqueCoversPartitions(c.rel, i, con.span, what); err != nil {
		return nil, err
	}
	return &keyPlan{name: p.node.Conname, node: p.node, i: i, con: con}, nil
}

func (c *tableChange) keyParts(p pendingConstraint, con *constraint, i *index) error {
	names := stringsOf(p.node.Keys)
	if p.col != nil {
		names = []string{p.col.name}
	}
	columns, err := c.keyColumns(c.rel, names, "key", c.st.at(p.node.Location))
	if err != nil {
		return err
	}
	for k, col := range columns {
		if slices.Contains(columns[:k], col) {
			what := "unique"
			if i.primary {
				what = "primary key"
			}
			return failf(con.span, duplicateColumn, "column %q appears twice in %s constraint", col.name, what)
		}
		i.keys = append(i.keys, indexKey{col: col, name: col.name, plain: true})
	}
	con.columns = columns
	i.include, err = c.keyColumns(c.rel, stringsOf(p.node.Including), "key", c.st.at(p.node.Location))
	return err
}

// exclusion is EXCLUDE USING method (element WITH operator, …).
func (c *tableChange) exclusion(n *pg_query.Constraint, con *constraint, i *index) error {
	i.method = n.AccessMethod
	var params []*pg_query.Node
	for _, pair := range n.Exclusions {
		params = append(params, pair.GetList().GetItems()[0])
	}
	var include []*pg_query.Node
	for _, name := range stringsOf(n.Including) {
		include = append(include, &pg_query.Node{Node: &pg_query.Node_IndexElem{IndexElem: &pg_query.IndexElem{Name: name}}})
	}
	if err := c.r.indexParts(c.st, i, params, include, n.WhereClause); err != nil {
		return err
	}
	for _, k := range i.keys {
		if k.col != nil {
			con.columns = append(con.columns, k.col)
		}
	}
	return nil
}

// samePlan finds a key that says the same, which PostgreSQL makes only once.
func samePlan(made []*keyPlan, p *keyPlan) *keyPlan {
	for _, m := range made {
		if p.con.kind != exclusionConstraint && m.con.kind != exclusionConstraint &&
			slices.Equal(m.con.columns, p.con.columns) && slices.Equal(m.i.include, p.i.include) &&
			m.i.nullsEqual == p.i.nullsEqual && m.con.deferable == p.con.deferable && m.con.deferred == p.con.deferred {
			return m
		}
	}
	return nil
}

func (c *tableChange) addKey(p *keyPlan) error {
	if p.con.kind == primaryConstraint && c.rel.primaryKey() != nil {
		return failf(p.con.span, invalidTableDefinition, "multiple primary keys for table %q are not allowed", c.rel.name)
	}
	if p.name != "" && c.rel.schema.relations[p.name] == nil {
		if err := nameTaken(c.rel, p.name, p.con.span); err != nil {
			return err
		}
	}
	if _, err := c.r.addIndex(p.i, p.name, p.con.span); err != nil {
		return err
	}
	if p.i.primary {
		for _, col := range p.con.columns {
			c.r.setNotNull(col)
		}
	}
	return nil
}

// setNotNull marks a column and its copies in children.
func (r *replay) setNotNull(col *column) {
	col.notNull = true
	for _, child := range r.children(col.rel) {
		if c := child.column(col.name); c != nil {
			r.setNotNull(c)
		}
	}
}
