package catalog

// checkUpdatable says where a statement writes to a view that PostgreSQL does not write through: only a plain select of one
// table, and only its columns that are taken as they are. Triggers and rules may do it instead.
func (a *analysis) checkUpdatable(item *scopeItem, command string, columns []string) {
	rel := item.rel
	if rel == nil || rel.kind != plainView || rel.query == nil || len(rel.triggers) > 0 || len(rel.rules) > 0 {
		return
	}
	q := a.r.view(rel.qualified())
	if q == nil {
		return
	}
	verbs := map[string]string{"insert": "insert into", "update": "update", "delete": "delete from"}
	if !isSimple(q) {
		a.problem(failf(a.st.head(), objectNotInState, "cannot %s view %q", verbs[command], rel.name))
		return
	}
	for _, name := range columns {
		at := outputIndex(item.columns, name)
		if at < 0 || at >= len(q.Columns) {
			continue
		}
		if c, ok := q.Columns[at].Value.(*ColumnValue); !ok || c.Index < 0 {
			a.problem(failf(a.st.head(), featureNotSupported, "cannot %s column %q of view %q", command, name, rel.name))
		}
	}
}

// isSimple tells a query that PostgreSQL can write through.
func isSimple(q *Query) bool {
	if q.Grouped || q.Distinct || q.SetOp != nil || q.Limit != nil || q.Offset != nil || len(q.With) > 0 || len(q.From) != 1 || q.Rows != nil {
		return false
	}
	for _, c := range q.Columns {
		if c.Value == nil || contains(&RowValue{Fields: []Value{c.Value}}, func(f *FunctionCall) bool { return f.Set || f.Over != nil }) {
			return false
		}
	}
	src, ok := q.From[0].(*Source)
	return ok && src.Relation != nil
}
