package verify

import (
	"encoding/json"
	"fmt"
	"strings"
)

// describe names what steps lead to: column "id" of table public.t.
func (s scope) describe(at []Step) string {
	o := s.objects[at[0]]
	name := at[0].Name
	out := o.noun + " " + name
	for _, step := range at[1:] {
		if noun, ok := parts[step.Key]; ok && (step.Name != "" || step.Key == "primary_key") {
			out = part(noun, step) + " of " + out
		}
	}
	return out
}

// parts names the elements of the lists inside an object.
var parts = map[string]string{
	"columns": "column", "attributes": "attribute", "primary_key": "primary key", "uniques": "unique constraint",
	"foreign_keys": "foreign key", "checks": "check", "indexes": "index", "policies": "policy", "inherits": "parent",
	"arguments": "parameter",
}

func part(noun string, s Step) string {
	switch s.Key {
	case "primary_key":
		return noun
	case "arguments":
		var i int
		if _, err := fmt.Sscan(s.Name, &i); err == nil {
			return fmt.Sprintf("%s %d", noun, i+1)
		}
	}
	return fmt.Sprintf("%s %q", noun, s.Name)
}

// words says what kind of difference it is, and the difference in a sentence.
func (s scope) words(d Difference) (kind Kind, code, message string) {
	last := d.Steps[len(d.Steps)-1]
	whole := last.Name != "" || last.Key == "primary_key"
	subject := s.describe(d.Steps)
	switch {
	case whole && absent(d.Server):
		return Missing, CodeMissing, subject + " is missing on the server"
	case whole && absent(d.Ours):
		return Extra, CodeExtra, subject + " is on the server, and no migration makes it"
	}
	return Different, CodeDifferent, fmt.Sprintf("%s %s in the migrations, but %s on the server",
		subject, clause(last.Key, d.Ours), clause(last.Key, d.Server))
}

func absent(side string) bool { return side == "" || side == "null" }

// flags are the clauses of what is true or false.
var flags = map[string][2]string{
	"not_null":           {"is NOT NULL", "may be null"},
	"nulls_not_distinct": {"is NULLS NOT DISTINCT", "is NULLS DISTINCT"},
	"deferrable":         {"is DEFERRABLE", "is NOT DEFERRABLE"},
	"initially_deferred": {"is INITIALLY DEFERRED", "is INITIALLY IMMEDIATE"},
	"not_valid":          {"is NOT VALID", "is validated"},
	"no_inherit":         {"is NO INHERIT", "is inherited"},
	"unique":             {"is unique", "is not unique"},
	"permissive":         {"is permissive", "is restrictive"},
	"row_security":       {"has row level security enabled", "has row level security disabled"},
	"force_row_security": {"has row level security forced", "has row level security not forced"},
	"set_of":             {"returns a set", "returns one value"},
	"strict":             {"is STRICT", "is CALLED ON NULL INPUT"},
	"has_default":        {"has a default", "has no default"},
}

// attributes are the clauses of what has a value: with it, and without.
var attributes = map[string][2]string{
	"type":               {"has the type %s", "has no type"},
	"collation":          {"has the collation %s", "has no collation of its own"},
	"default":            {"has the default %s", "has no default"},
	"identity":           {"is GENERATED %s AS IDENTITY", "is no identity column"},
	"generated":          {"is generated and %s", "is not generated"},
	"comment":            {"has the comment %q", "has no comment"},
	"values":             {"has the values %s", "has no values"},
	"kind":               {"is a %s", "is nothing"},
	"columns":            {"is over %s", "is over no column"},
	"references":         {"refers to %s", "refers to nothing"},
	"referenced_columns": {"refers to %s", "refers to no column"},
	"on_update":          {"has ON UPDATE %s", "has no ON UPDATE"},
	"on_delete":          {"has ON DELETE %s", "has no ON DELETE"},
	"expression":         {"has the expression %s", "has no expression"},
	"method":             {"is a %s index", "has no method"},
	"include":            {"includes %s", "includes no column"},
	"where":              {"is where %s", "has no condition"},
	"command":            {"is for %s", "is for nothing"},
	"roles":              {"is to %s", "is to no role"},
	"using":              {"is using %s", "has no using expression"},
	"with_check":         {"is with check %s", "has no with check expression"},
	"partition_of":       {"is a partition of %s", "is no partition"},
	"owned_by":           {"is owned by %s", "is owned by no column"},
	"returns":            {"returns %s", "returns nothing"},
	"subtype":            {"has the subtype %s", "has no subtype"},
	"multirange":         {"has the multirange %s", "has no multirange"},
	"schema":             {"is in the schema %s", "is in no schema"},
	"name":               {"has the name %q", "has no name"},
	"mode":               {"is %s", "has no mode"},
	"order":              {"has its columns in the order %s", "has no columns"},
}

// clause says one side of a difference: has the type text.
func clause(key, side string) string {
	var value any
	if json.Unmarshal([]byte(side), &value) != nil {
		value = side
	}
	if b, ok := value.(bool); ok {
		return flags[key][map[bool]int{true: 0, false: 1}[b]]
	}
	if words := inWords(value); words != "" {
		if key != "comment" {
			words = strings.Join(strings.Fields(words), " ") // the server prints subqueries on several lines
		}
		if keywords[key] {
			words = strings.ToUpper(words)
		}
		return fmt.Sprintf(attributes[key][0], words)
	}
	return attributes[key][1]
}

// keywords are the keys whose values are words of SQL.
var keywords = map[string]bool{"identity": true, "on_update": true, "on_delete": true, "command": true, "mode": true}

// inWords is a value as people write it; "" if there is none.
func inWords(value any) string {
	switch v := value.(type) {
	case string:
		return v
	case []any:
		var list []string
		for _, e := range v {
			list = append(list, inWords(e))
		}
		return strings.Join(list, ", ")
	case map[string]any: // a name, or the name of a column
		var names []string
		for _, key := range []string{"schema", "relation", "name", "column"} {
			if name, ok := v[key].(string); ok {
				names = append(names, name)
			}
		}
		name := strings.Join(names, ".")
		if v["deterministic"] == false {
			name += " (not deterministic)"
		}
		return name
	}
	return ""
}
