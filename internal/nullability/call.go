package nullability

import (
	"fmt"
	"slices"

	"github.com/trefoil-sql/trefoil/internal/catalog"
)

// call is the verdict for a call of a function, aggregate or window function, or of an operator.
func (a *analysis) call(v *catalog.FunctionCall, f *facts) Verdict {
	switch {
	case v.Kind == catalog.AggregateFunction:
		return a.aggregate(v, f)
	case v.Kind == catalog.WindowFunction:
		return a.window(v, f)
	case v.Set:
		return a.setInSelect(v, f)
	case !v.Builtin:
		return a.foreignCall(v, f)
	}
	if rule, ok := special[v.Name]; ok && v.Operator == "" {
		return rule(a, v, f)
	}
	if v.Operator == "||" && (isArray(v.Args[0]) || len(v.Args) == 2 && isArray(v.Args[1])) {
		return a.concatenated(v, f)
	}
	if a.comparesRows(v) {
		return a.rowComparison(v, f)
	}
	if !a.isTotal(v) {
		return perhaps(nameOf(v) + " may give NULL")
	}
	return a.anyOf(f, nameOf(v), v.Args...)
}

// nameOf is a function's or operator's name for a reason.
func nameOf(v *catalog.FunctionCall) string {
	if v.Operator != "" {
		return v.Operator
	}
	return v.Name
}

func isArray(v catalog.Value) bool { return v.Result().Array }

// rowComparison is a comparison of two rows that are written out.
func (a *analysis) rowComparison(v *catalog.FunctionCall, f *facts) Verdict {
	return a.anyOf(f, nameOf(v), fields(v.Args...)...)
}

// concatenated is || of arrays, which passes over NULL.
func (a *analysis) concatenated(v *catalog.FunctionCall, f *facts) Verdict {
	for _, arg := range v.Args {
		if isArray(arg) && !a.null(arg, f).Nullable {
			return never("|| of an array that is not NULL")
		}
	}
	if len(v.Args) == 2 && isArray(v.Args[0]) != isArray(v.Args[1]) {
		return never("|| of an element makes an array") // NULL || 1 is {1}
	}
	return perhaps("|| of arrays that may be NULL")
}

// foreignCall is a function that is not PostgreSQL's own. Those of extensions that are known to be total are listed.
func (a *analysis) foreignCall(v *catalog.FunctionCall, f *facts) Verdict {
	for _, r := range a.catalog.Ranges {
		if r.Name.Name == v.Name && r.Name.Schema == v.Schema && len(v.Args) > 1 {
			return never(v.Name + " makes a range")
		}
	}
	if a.extensionFunction(v) {
		return a.anyOf(f, nameOf(v), v.Args...)
	}
	if v.Operator != "" {
		return perhaps(fmt.Sprintf("operator %s may give NULL", v.Operator))
	}
	return perhaps(fmt.Sprintf("function %s may return NULL", v.Name))
}

// ofExtensions are functions and operators of extensions that give NULL only for NULL, with the number of arguments.
var ofExtensions = map[string]map[string][]int{
	"uuid-ossp": {"uuid_generate_v1": {0}, "uuid_generate_v1mc": {0}, "uuid_generate_v3": {2}, "uuid_generate_v4": {0}, "uuid_generate_v5": {2}, "uuid_nil": {0}},
	"pgcrypto":  {"gen_random_uuid": {0}, "gen_random_bytes": {1}, "gen_salt": {1, 2}, "crypt": {2}, "digest": {2}, "hmac": {3}},
	"citext":    {"=": {2}, "<>": {2}, "<": {2}, "<=": {2}, ">": {2}, ">=": {2}, "~~": {2}, "!~~": {2}, "~": {2}, "!~": {2}},
	"pg_trgm":   {"similarity": {2}, "word_similarity": {2}, "strict_word_similarity": {2}, "show_trgm": {1}, "%": {2}, "<->": {2}, "<%": {2}, "%>": {2}},
	"unaccent":  {"unaccent": {1, 2}},
}

// extensionFunction tells one that is listed, of an extension that is installed, and not of the migrations' own.
func (a *analysis) extensionFunction(v *catalog.FunctionCall) bool {
	name := nameOf(v)
	for _, own := range a.catalog.Functions {
		if own.Name.Name == name && own.Name.Schema == v.Schema {
			return false
		}
	}
	for _, e := range a.catalog.Extensions {
		if slices.Contains(ofExtensions[e.Name][name], len(v.Args)) {
			return (v.Strict || len(v.Args) == 0) && (v.Operator == "" || ofTexts(v.Args, e.Name == "citext"))
		}
	}
	return false
}

// ofTexts tells operands that are all text, as the operators listed take; with citext, one is that.
func ofTexts(args []catalog.Value, withCitext bool) bool {
	texts, some := true, false
	for _, arg := range args {
		t := arg.Result()
		texts = texts && !t.Array && slices.Contains([]string{"text", "varchar", "citext"}, t.Name.Name)
		some = some || t.Name.Name == "citext"
	}
	return texts && some == withCitext
}
