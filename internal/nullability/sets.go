package nullability

import (
	"slices"

	"github.com/trefoil-sql/trefoil/internal/catalog"
)

// set says of a function that returns a set which of its columns are never NULL: y, or e for the elements of its array.
var setFunctions = map[string]string{
	"generate_series": "y", "generate_subscripts": "y", "unnest": "e",
	"json_array_elements": "y", "jsonb_array_elements": "y", "json_array_elements_text": "n", "jsonb_array_elements_text": "n",
	"json_each": "yy", "jsonb_each": "yy", "json_each_text": "yn", "jsonb_each_text": "yn", "json_object_keys": "y", "jsonb_object_keys": "y",
	"jsonb_path_query": "y", "jsonb_path_query_tz": "y", "regexp_matches": "y", "regexp_split_to_table": "y",
}

// setColumns are the verdicts for the columns of the rows of a set; nil for one that nothing is known of.
func (a *analysis) setColumns(v *catalog.FunctionCall, f *facts) []Verdict {
	if !v.Builtin {
		return nil
	}
	letters := setFunctions[v.Name]
	if v.Name == "string_to_table" && len(v.Args) == 2 {
		letters = "y"
	}
	if v.Name == "unnest" && len(v.Args) != 1 {
		return nil
	}
	var out []Verdict
	for _, l := range letters {
		switch l {
		case 'y':
			out = append(out, never("rows of "+v.Name+" are not NULL"))
		case 'e':
			out = append(out, a.elements(v.Args[0], f))
		default:
			out = append(out, perhaps(v.Name+" gives NULL for a JSON null"))
		}
	}
	return out
}

// setInSelect is a function in the select list that returns a set. With others beside it, the shorter are filled up.
func (a *analysis) setInSelect(v *catalog.FunctionCall, f *facts) Verdict {
	columns := a.setColumns(v, f)
	switch {
	case f.scope != nil && f.scope.query != nil && sets(f.scope.query) > 1:
		return perhaps("the shorter of two sets is filled up with NULL")
	case len(columns) == 1:
		return columns[0]
	case len(columns) > 1:
		return never("a row of " + v.Name)
	}
	return perhaps(v.Name + " may return NULL")
}

// callColumns are the verdicts for a function in FROM.
func (a *analysis) callColumns(s *entry) []Verdict {
	var out []Verdict
	f := s.scope.rows // it may refer to entries before it, as LATERAL does
	if f == nil {
		f = s.scope.around.copy(s.scope)
	}
	columns := len(s.Columns)
	if s.Ordinality {
		columns--
	}
	if len(s.Calls) == 1 {
		out = a.callColumn(s.Calls[0], columns, f)
	} else {
		out = slices.Repeat([]Verdict{perhaps("the shorter of several sets is filled up with NULL")}, columns)
	}
	if s.Ordinality {
		out = append(out, never("rows are counted"))
	}
	return out
}

// callColumn are the verdicts for the columns of the one function in FROM.
func (a *analysis) callColumn(v catalog.Value, columns int, f *facts) []Verdict {
	call, ok := v.(*catalog.FunctionCall)
	switch {
	case ok && call.Set:
		if out := a.setColumns(call, f); len(out) == columns {
			return out
		}
	case columns == 1 && !a.isRow(v):
		return []Verdict{a.null(v, f)}
	}
	name := "the function"
	if ok {
		name = nameOf(call)
	}
	return slices.Repeat([]Verdict{perhaps(name + " may return NULL")}, columns)
}
