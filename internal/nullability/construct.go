package nullability

import "github.com/trefoil-sql/trefoil/internal/catalog"

// neverNull are the forms with a grammar of their own that always have a value.
var neverNull = map[string]bool{
	"current_date": true, "current_time": true, "current_timestamp": true, "localtime": true, "localtimestamp": true, "current_role": true,
	"current_user": true, "user": true, "session_user": true, "current_catalog": true, "grouping": true, "merge_action": true,
	"xmlelement": true, "json_object": true, "json_array": true,
}

// strictForms are NULL only where an argument is; "row" is a comparison of rows, and has the comparisons of their fields.
var strictForms = map[string]bool{
	"xmlparse": true, "xmlpi": true, "xmlroot": true, "xmlserialize": true, "is document": true, "is json": true, "row": true,
}

// construct is the verdict for a form with a grammar of its own.
func (a *analysis) construct(v *catalog.Construct, f *facts) Verdict {
	switch {
	case v.Name == "json_array" && len(v.Args) == 1 && isQuery(v.Args[0]):
		// JSON_ARRAY of a query is an aggregate over its rows.
		if r := a.query(v.Args[0].(*catalog.SubqueryValue).Query, f); r.givesRow {
			return never(v.Name + " of at least one row")
		}
		return perhaps(v.Name + " of no rows")
	case neverNull[v.Name]:
		return never(v.Name + " is never NULL")
	case strictForms[v.Name]:
		return a.anyOf(f, v.Name, v.Args...)
	}
	return perhaps(v.Name + " may give NULL")
}

// isQuery tells a query that gives an array.
func isQuery(v catalog.Value) bool {
	q, ok := v.(*catalog.SubqueryValue)
	return ok && q.Kind == "array"
}
