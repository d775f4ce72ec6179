package catalog

// Conditions are the expressions of a table that hold for each of its rows, resolved as the WHERE of a query is.
type Conditions struct {
	// Checks are by name. One that cannot be resolved is not there.
	Checks map[string]Condition
	// Generated are the expressions of generated columns, by the columns' names.
	Generated map[string]Condition
}

// Condition is an expression over the columns of Of, which stands for a row of the table.
type Condition struct {
	Value Value
	Of    *Source
}

// Conditions resolves the CHECKs and generated columns of a table. It is safe for concurrent use.
func (c *Catalog) Conditions(table Name) Conditions {
	out := Conditions{Checks: map[string]Condition{}, Generated: map[string]Condition{}}
	r := c.kept().session(table.Schema)
	rel := r.findRelation(table.Schema, table.Name)
	if rel == nil {
		return out
	}
	sc := relationScope(rel).at(inWhere)
	for _, con := range rel.constraints {
		if con.kind == checkConstraint {
			if found, ok := r.condition(sc, con.expr, true); ok {
				out.Checks[con.name] = found
			}
		}
	}
	for _, col := range rel.columns {
		if col.generated != NotGenerated && col.def != nil {
			if found, ok := r.condition(sc, col.def.expr, false); ok {
				out.Generated[col.name] = found
			}
		}
	}
	return out
}

// condition resolves an expression of a table that the replay has taken, in the table's scope; false where it cannot be
// resolved by its present names.
func (r *replay) condition(sc *scope, e *expr, boolean bool) (Condition, bool) {
	a := &analysis{r: r, st: &statement{file: e.file, offset: e.offset, start: e.start, end: e.end}, params: &parameters{}}
	t := a.expr(e.node, sc)
	if boolean {
		t = a.boolean(t, sc.clause.name)
	}
	return Condition{t.v, sc.items[0].source}, len(a.problems) == 0 && t.v != nil
}
