package nullability

import "github.com/trefoil-sql/trefoil/internal/catalog"

// neverNull are the forms with a grammar of their own that always have a value.
var neverNull = map[string]bool{
	"current_date": true, "current_time": true, "current_timestamp": true, "localtime": true, "localtimestamp": true, "current_role": true,
	"current_user": true, "user": true, "session_user": true, "current_catalog": true, "grouping": true, "xmlelement": true,
	"json_object": true, "json_array": true,
}

// strictForms are NULL just when an argument is.
var strictForms = map[string]bool{
	"xmlparse": true, "xmlpi": true, "xmlserialize": true, "is document": true, "is json": true, "json_scalar": true, "json_serialize": true, "json": true,
}

// construct is the verdict for a form with a grammar of its own.
func (a *analysis) construct(v *catalog.Construct, f *facts) Verdict {
	switch {
	case neverNull[v.Name]:
		return never(v.Name + " is never NULL")
	case strictForms[v.Name]:
		return a.anyOf(f, v.Name, v.Args...)
	}
	return perhaps(v.Name + " may give NULL")
}
