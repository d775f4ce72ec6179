package catalog

import (
	"slices"

	pg_query "github.com/pganalyze/pg_query_go/v5"

	"github.com/trefoil-sql/trefoil/internal/source"
	"github.com/trefoil-sql/trefoil/internal/suggest"
)

// constraint sorts a declaration by when it is made.
func (c *tableChange) constraint(con *pg_query.Constraint, col *column) {
	p := pendingConstraint{con, col}
	switch con.Contype {
	case pg_query.ConstrType_CONSTR_CHECK:
		c.checks = append(c.checks, p)
	case pg_query.ConstrType_CONSTR_PRIMARY, pg_query.ConstrType_CONSTR_UNIQUE, pg_query.ConstrType_CONSTR_EXCLUSION:
		c.keys = append(c.keys, p)
	case pg_query.ConstrType_CONSTR_FOREIGN:
		c.foreign = append(c.foreign, p)
	}
}

// constraintSpan is a constraint's name where it was written, else its first word.
func (c *tableChange) constraintSpan(con *pg_query.Constraint) source.Span {
	if con.Conname != "" && con.Location >= 0 {
		if span := c.st.find(con.Conname, c.st.offset+int(con.Location)); span.Start > c.st.start {
			return span
		}
	}
	return c.st.at(con.Location)
}

// addConstraint puts a constraint on its relation.
func (r *replay) addConstraint(con *constraint) {
	r.db.identify(&con.header)
	r.db.nameConstraint(con, con.name)
	con.rel.constraints = append(con.rel.constraints, con)
}

// nameTaken says that the relation has a constraint of that name.
func nameTaken(rel *relation, name string, span source.Span) error {
	if old := rel.constraint(name); old != nil {
		return existing(span, old.span, duplicateObject, "constraint %q for relation %q already exists", name, rel.name)
	}
	return nil
}

// addChecks makes the CHECKs that were read. All of them see the same columns.
func (c *tableChange) addChecks() {
	if len(c.checks) == 0 {
		return
	}
	item := relationItem(c.rel)
	for _, p := range c.checks {
		c.note(c.addCheck(p, itemScope(item)))
	}
}

// addCheck makes a CHECK, and the same on all children.
func (c *tableChange) addCheck(p pendingConstraint, sc *scope) error {
	if c.st.mark(p.node.Location) == markNotNull {
		return c.notNullByName(p.node)
	}
	e, _, err := c.r.usedExpr(c.st, p.node.RawExpr, sc, useCheck)
	if err != nil {
		return err
	}
	con := &constraint{
		header: header{name: p.node.Conname, span: c.constraintSpan(p.node)},
		kind:   checkConstraint, rel: c.rel, expr: e, columns: e.columnsOf(c.rel), local: true,
		notValid:  p.node.SkipValidation && !c.creating || c.st.mark(p.node.Location) == markNotEnforced,
		noInherit: p.node.IsNoInherit,
	}
	if con.name == "" {
		con.name = c.r.db.chooseConstraintName(c.rel.name, checkColumn(con), "check", c.rel.schema, c.pendingNames()...)
	} else if merged, err := c.mergeCheck(con); merged || err != nil {
		return err
	}
	c.r.addConstraint(con)
	if con.noInherit {
		return nil
	}
	return c.r.inheritCheck(c.st, con)
}

// pendingNames are the names that this statement's other checks say: a generated one avoids them.
func (c *tableChange) pendingNames() []string {
	var names []string
	for _, p := range c.checks {
		if p.node.Conname != "" {
			names = append(names, p.node.Conname)
		}
	}
	return names
}

// checkColumn is the column that a generated name has in it: the only one used, if there is only one.
func checkColumn(con *constraint) string {
	if len(con.columns) == 1 {
		return con.columns[0].name
	}
	return ""
}

// mergeCheck finds an inherited check of the same name and expression, which then is the table's own as well.
func (c *tableChange) mergeCheck(con *constraint) (bool, error) {
	old := c.rel.constraint(con.name)
	if old == nil {
		return false, nil
	}
	if old.kind == checkConstraint && old.inherited > 0 && !old.local && sameExpr(old.expr, con.expr) {
		old.local = true
		return true, nil
	}
	return false, nameTaken(c.rel, con.name, con.span)
}

func sameExpr(a, b *expr) bool {
	if a == nil || b == nil {
		return a == b
	}
	a.writeNames(defaultPath)
	b.writeNames(defaultPath)
	return canonicalSQL(a.node) == canonicalSQL(b.node)
}

// foreignActions are the words for PostgreSQL's letters.
var foreignActions = map[string]string{
	"a": "no action", "r": "restrict", "c": "cascade", "n": "set null", "d": "set default", "": "no action",
}

// addForeignKey makes a REFERENCES or FOREIGN KEY.
func (c *tableChange) addForeignKey(p pendingConstraint) error {
	con := &constraint{
		header: header{name: p.node.Conname, span: c.constraintSpan(p.node)}, kind: foreignConstraint, rel: c.rel, local: true,
		onUpdate: foreignActions[p.node.FkUpdAction], onDelete: foreignActions[p.node.FkDelAction],
		deferable: p.node.Deferrable || p.node.Initdeferred, deferred: p.node.Initdeferred,
		notValid: p.node.SkipValidation && !c.creating || c.st.mark(p.node.Location) == markNotEnforced,
	}
	if con.name != "" {
		if err := nameTaken(c.rel, con.name, con.span); err != nil {
			return err
		}
	}
	ref, err := c.r.relation(c.st, p.node.Pktable)
	if err != nil {
		return err
	}
	con.ref = ref
	if err := c.foreignColumns(con, p); err != nil {
		return err
	}
	if con.name == "" {
		con.name = c.r.db.chooseConstraintName(c.rel.name, columnsPart(columnNames(con.columns)), "fkey", c.rel.schema)
	}
	c.r.addConstraint(con)
	return c.r.partitionForeignKeys(con)
}

// foreignColumns resolves both sides, and finds the key that is referred to.
func (c *tableChange) foreignColumns(con *constraint, p pendingConstraint) error {
	refSpan := c.st.rangeVarSpan(p.node.Pktable)
	if !con.ref.isTable() || con.ref.kind == foreign {
		return failf(refSpan, wrongObjectType, "referenced relation %q is not a table", con.ref.name)
	}
	if con.ref.temporary != c.rel.temporary {
		if c.rel.temporary {
			return failf(refSpan, invalidTableDefinition, "constraints on temporary tables may reference only temporary tables")
		}
		return failf(refSpan, invalidTableDefinition, "constraints on permanent tables may reference only permanent tables")
	}
	names := stringsOf(p.node.FkAttrs)
	if p.col != nil {
		names = []string{p.col.name}
	}
	var err error
	if con.columns, err = c.keyColumns(c.rel, names, "foreign key", c.st.at(p.node.Location)); err != nil {
		return err
	}
	if len(p.node.PkAttrs) == 0 {
		pk := con.ref.primaryKey()
		if pk == nil {
			return failf(refSpan, undefinedObject, "there is no primary key for referenced table %q", con.ref.name)
		}
		con.refCols, con.refIndex = slices.Clone(pk.columns), pk.index
	} else if con.refCols, err = c.keyColumns(con.ref, stringsOf(p.node.PkAttrs), "foreign key", refSpan); err != nil {
		return err
	}
	if len(con.columns) != len(con.refCols) {
		return failf(c.constraintSpan(p.node), invalidForeignKey, "number of referencing and referenced columns for foreign key disagree")
	}
	if con.refIndex == nil {
		con.refIndex = keyOn(con.ref, con.refCols)
	}
	if con.refIndex == nil {
		return failf(refSpan, invalidForeignKey, "there is no unique constraint matching given keys for referenced table %q", con.ref.name)
	}
	return c.comparableKeys(con, c.constraintSpan(p.node))
}

// keyFamilies are types that can refer to each other without a cast, as their operator class compares them.
var keyFamilies = map[string]string{
	"int2": "integer", "int4": "integer", "int8": "integer", "float4": "float", "float8": "float",
	"date": "datetime", "timestamp": "datetime", "timestamptz": "datetime", "text": "text", "varchar": "text", "name": "text",
}

// comparableKeys checks that the columns of both sides can be compared.
func (c *tableChange) comparableKeys(con *constraint, span source.Span) error {
	for i, col := range con.columns {
		from, to := baseOf(col.typ), baseOf(con.refCols[i].typ)
		if c.r.casts(from, to, implicitCast) {
			continue
		}
		family := keyFamilies[from.typ.name]
		if from.array || to.array || family == "" || family != keyFamilies[to.typ.name] {
			name := con.name
			if name == "" {
				name = c.r.db.chooseConstraintName(c.rel.name, columnsPart(columnNames(con.columns)), "fkey", c.rel.schema)
			}
			return hinted(span, datatypeMismatch,
				"Key columns "+quoteIdent(col.name)+" and "+quoteIdent(con.refCols[i].name)+" are of incompatible types: "+
					c.r.typeText(col.typ)+" and "+c.r.typeText(con.refCols[i].typ)+".",
				"foreign key constraint %q cannot be implemented", name)
		}
	}
	return nil
}

// keyColumns finds the columns that a key names.
func (c *tableChange) keyColumns(rel *relation, names []string, what string, from source.Span) ([]*column, error) {
	var out []*column
	for _, name := range names {
		col := rel.column(name)
		if col == nil {
			span := c.st.find(name, from.Start)
			text := "column %q named in key does not exist"
			if what == "foreign key" {
				text = "column %q referenced in foreign key constraint does not exist"
			}
			return nil, hinted(span, undefinedColumn, suggest.Hint(name, columnNames(rel.columns)), text, name)
		}
		out = append(out, col)
	}
	return out, nil
}

// keyOn finds a unique index over exactly these columns, in any order.
func keyOn(rel *relation, columns []*column) *relation {
	for _, idx := range rel.indexes {
		i := idx.index
		if !i.unique || i.where != nil || len(i.keys) != len(columns) {
			continue
		}
		all := true
		for _, k := range i.keys {
			all = all && k.col != nil && slices.Contains(columns, k.col)
		}
		if all {
			return idx
		}
	}
	return nil
}
