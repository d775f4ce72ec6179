package catalog

import (
	pg_query "github.com/pganalyze/pg_query_go/v5"

	"github.com/trefoil-sql/trefoil/internal/source"
)

// createTable is CREATE TABLE in all its forms.
func (r *replay) createTable(st *statement, n *pg_query.CreateStmt, kind relkind) error {
	rel, err := r.newRelation(st, n.Relation, kind, n.IfNotExists)
	if rel == nil {
		return err
	}
	rel.dropCommit = n.Oncommit == pg_query.OnCommitAction_ONCOMMIT_DROP
	if n.Partspec != nil {
		rel.kind = partitioned
	}
	c := &tableChange{r: r, st: st, rel: rel, creating: true}
	c.note(err)
	c.note(r.setParents(st, rel, n))
	c.note(c.ofType(n.OfTypename))
	c.elements(n.TableElts)
	c.note(c.conflictingDefaults())
	c.note(r.partitionBy(st, rel, n.Partspec))
	if err != nil {
		return join(c.errs)
	}
	r.db.addRelation(rel, st.rangeVarSpan(n.Relation))
	c.apply()
	if n.Partbound != nil && len(rel.parents) == 1 {
		c.note(r.partitionOf(st, rel.parents[0], rel, n.Partbound))
	}
	return join(c.errs)
}

// newRelation checks a new relation's name. It is nil without an error where IF NOT EXISTS finds one, and a relation with
// an error where the name is taken: what else is wrong with the statement can still be said.
func (r *replay) newRelation(st *statement, v *pg_query.RangeVar, kind relkind, ifNotExists bool) (*relation, error) {
	span := st.rangeVarSpan(v)
	in, err := r.relationSchema(v, span)
	if err != nil {
		return nil, err
	}
	rel := &relation{header: header{name: v.Relname, schema: in, span: span}, kind: kind, temporary: in.temporary}
	if in.relations[v.Relname] != nil {
		if ifNotExists {
			return nil, nil
		}
		if !r.replacesTemporary(st, in, v.Relname) {
			return rel, existing(span, in.relations[v.Relname].span, duplicateTable, "relation %q already exists", v.Relname)
		}
	}
	if t := in.types[v.Relname]; t != nil && kind != indexKind && kind != sequenceRel {
		return rel, hinted(span, duplicateObject,
			"A relation has an associated type of the same name, so you must use a name that doesn't conflict with any existing type.",
			"type %q already exists", v.Relname)
	}
	return rel, nil
}

// relationSchema is where a new relation goes; a temporary one has a schema of its own.
func (r *replay) relationSchema(v *pg_query.RangeVar, span source.Span) (*schema, error) {
	if v.Relpersistence == "t" {
		if s := v.Schemaname; s != "" && s != temporarySchema {
			return nil, failf(span, invalidTableDefinition, "cannot create temporary relation in non-temporary schema")
		}
		return r.temporary(), nil
	}
	in, err := r.schemaFor(v.Schemaname, span)
	if err == nil && in.name == "pg_catalog" {
		return nil, hinted(span, insufficientPrivilege, "System catalog modifications are currently disallowed.",
			"permission denied to create \"pg_catalog.%s\"", v.Relname)
	}
	return in, err
}

// replacesTemporary drops a temporary table that an earlier file left: it may have run in a session of its own.
func (r *replay) replacesTemporary(st *statement, in *schema, name string) bool {
	old := in.relations[name]
	if !in.temporary || old.span.File == st.file {
		return false
	}
	r.remove(r.closure([]object{old}).objects)
	return true
}

// existing is an error about a name that is taken, pointing at who has it.
func existing(span, first source.Span, code, format string, args ...any) error {
	d := source.Errorf(span, code, format, args...)
	if !first.IsZero() {
		d.Notes = []source.Note{{Span: first, Message: "it is made here"}}
	}
	return source.List{d}
}

// tableChange is one CREATE or ALTER of a table: columns first, then the constraints they and the table declare, in
// the order in which PostgreSQL makes them, as generated names depend on it.
type tableChange struct {
	r        *replay
	st       *statement
	rel      *relation
	creating bool
	only     bool // ALTER TABLE ONLY: children stay as they are
	checks   []pendingConstraint
	keys     []pendingConstraint
	foreign  []pendingConstraint
	defaults []pendingDefault
	likes    []pendingLike
	errs     source.List
}

// pendingConstraint is a constraint to be made; col is the column that declares it, if one does.
type pendingConstraint struct {
	node *pg_query.Constraint
	col  *column
}

type pendingDefault struct {
	col  *column
	node *pg_query.Node
}

func (c *tableChange) note(err error) {
	if list, ok := err.(source.List); ok {
		c.errs = append(c.errs, list...)
	}
}

// elements reads columns, constraints and LIKE clauses.
func (c *tableChange) elements(nodes []*pg_query.Node) {
	for _, n := range nodes {
		switch e := n.Node.(type) {
		case *pg_query.Node_ColumnDef:
			c.column(e.ColumnDef)
		case *pg_query.Node_Constraint:
			c.constraint(e.Constraint, nil)
		case *pg_query.Node_TableLikeClause:
			c.note(c.like(e.TableLikeClause))
		}
	}
}

// apply makes what was read.
func (c *tableChange) apply() {
	for _, d := range c.defaults {
		c.note(c.setDefault(d.col, d.node))
	}
	inheritConstraints(c)
	c.addChecks()
	c.addKeys(c.keys)
	for _, l := range c.likes {
		c.note(c.likeLater(l))
	}
	for _, p := range c.foreign {
		c.note(c.addForeignKey(p))
	}
	c.checks, c.keys, c.foreign, c.defaults, c.likes = nil, nil, nil, nil, nil
}
