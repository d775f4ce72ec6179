package breaking

import "slices"

// Rule is one kind of change. Readers and Writers say how it can break the code that reads rows and the code that makes
// what is written; what it does in one case may be less, since a client may not have the field, or not write it.
type Rule struct {
	// ID is what options: trefoil: breaking: ignore: names.
	ID string
	// Says completes "a change where …" in docs/breaking.md.
	Says             string
	Readers, Writers Effects
}

// Rules is the table of rules, in the order in which the findings on one thing are listed.
var Rules = slices.Concat(targetRules, tableRules, columnRules, typeRules, checkRules, enumRules, compositeRules, queryRules)

// RuleIDs are the ids in the order of the table.
func RuleIDs() []string {
	ids := make([]string, len(Rules))
	for i, r := range Rules {
		ids[i] = r.ID
	}
	return ids
}

func ruleOf(id string) (Rule, int) {
	i := slices.IndexFunc(Rules, func(r Rule) bool { return r.ID == id })
	if i < 0 {
		panic("breaking: there is no rule " + id)
	}
	return Rules[i], i
}

// compatible is what breaks nobody.
var compatible = Effects{}

var targetRules = []Rule{
	{"target-added", "a target is generated for the first time", compatible, compatible},
	{"target-removed", "a target is no longer generated", all(Types), all(Types)},
	{"target-moved", "a target is generated into another folder", all(Types), all(Types)},
}

var tableRules = []Rule{
	{"table-added", "a table or view is new", compatible, compatible},
	{"table-removed", "a table or view is gone", all(Types | Data), own(Types | Data).and(Data)},
	{"table-renamed", "a table or view is gone, and one with the same columns is new", all(Types | Data), own(Types | Data).and(Data)},
	{"table-hidden", "a target leaves out a table that is still there", own(Types), own(Types)},
	{"table-shown", "a target has a table that it left out", compatible, compatible},
	{"table-became-read-only", "a table can no longer be written, such as one that became a view", compatible, own(Types | Data).and(Data)},
	{"table-became-writable", "a view became a table", compatible, compatible},
	{"row-type-renamed", "the type or schema of a table's row has another name", all(Types), compatible},
	{"insert-type-renamed", "the type or schema of an insert has another name", compatible, own(Types)},
	{"update-type-renamed", "the type or schema of an update has another name", compatible, own(Types)},
	{"insert-type-removed", "a target no longer has an insert type for a table", compatible, own(Types)},
	{"update-type-removed", "a target no longer has an update type for a table", compatible, own(Types)},
	{"insert-type-added", "a target has an insert type for a table that had none", compatible, compatible},
	{"update-type-added", "a target has an update type for a table that had none", compatible, compatible},
}

var columnRules = []Rule{
	{"column-added", "a column is new, and an INSERT may leave it out", compatible, compatible},
	{"required-column-added", "a column is new that is NOT NULL and has no default", compatible, own(Types | Data).and(Data)},
	{"column-removed", "a column is gone", all(Types | Data), own(Types | Data).and(Data)},
	{"column-renamed", "a column is gone, and one of the same type is new in its place", all(Types | Data), own(Types | Data).and(Data)},
	{"column-hidden", "a target leaves out a column that is still there", own(Types), own(Types)},
	{"column-shown", "a target has a column that it left out", compatible, own(Types)},
	{"field-renamed", "the field of a column has another name in a target", all(Types), all(Types)},
	{"alias-changed", "the key of a field in JSON is another, and its name is not", Effects{Pydantic: Types}, Effects{Pydantic: Types}},
	{"column-became-nullable", "a column may hold null", own(Types | Data).and(TypesIf | DataIf), compatible},
	{"column-became-not-null", "a column may no longer hold null", Effects{Go: TypesIf}, own(Types | Data).and(Data)},
	{
		"column-became-generated", "a column can no longer be written: it is generated, or always an identity",
		compatible, own(Types | Data).and(Data),
	},
	{"column-became-writable", "a column that was generated can be written", compatible, compatible},
	{"default-added", "an INSERT may leave out a column that it had to give", compatible, compatible},
	{"default-removed", "an INSERT has to give a column that it could leave out", compatible, own(Types | Data).and(Data)},
	{"default-changed", "a column has another constant default", compatible, compatible},
}

var typeRules = []Rule{
	{"type-changed", "the type is one whose values are others", own(TypesIf | Data).and(TypesIf | DataIf), all(TypesIf | Data)},
	{"type-widened", "the type has all values of the old one and more", own(TypesIf | Data).and(TypesIf | DataIf), all(TypesIf)},
	{"type-narrowed", "the type has only some values of the old one", all(TypesIf), all(TypesIf | Data)},
	{"type-equivalent", "the type is another with the same values", all(TypesIf), all(TypesIf)},
	{"type-remapped", "a target has another type for the same values, by its options", all(TypesIf), all(TypesIf)},
	{"limit-added", "a text or bit string without a limit got one", compatible, all(Data)},
	{"limit-removed", "a text or bit string lost its limit", own(Data), compatible},
	{"limit-raised", "a text or bit string may be longer", own(Data), compatible},
	{"limit-lowered", "a text or bit string must be shorter", compatible, all(Data)},
	{"precision-added", "a numeric without a precision got one", compatible, all(Data)},
	{"precision-removed", "a numeric lost its precision", own(Data), compatible},
	{"precision-raised", "a numeric may have more digits before the point", own(Data), compatible},
	{"precision-lowered", "a numeric may have fewer digits before the point", compatible, all(Data)},
	{"scale-raised", "a numeric keeps more digits after the point, which an old client rounds off", own(Data), compatible},
	{"scale-lowered", "a numeric keeps fewer digits after the point: the database rounds what is written", compatible, all(Data)},
	{"became-array", "a value became an array", all(Types | Data), all(Types | Data)},
	{"became-scalar", "an array became a single value", all(Types | Data), all(Types | Data)},
	{
		"dimensions-changed", "an array is declared with another number of dimensions, which the database does not enforce",
		all(TypesIf), all(TypesIf),
	},
	{"elements-became-nullable", "the elements of an array may be null", own(Types | Data), Effects{Pydantic: TypesIf}},
	{"elements-became-not-null", "the elements of an array may no longer be null", Effects{Pydantic: TypesIf}, own(Types | Data).and(Data)},
	{"enum-introduced", "a text became one of a list of values", Effects{Go: TypesIf}, all(TypesIf | Data)},
	{"enum-withdrawn", "a list of values became any text", own(TypesIf | Data).and(TypesIf), all(TypesIf)},
	{"enum-exchanged", "a value is of another enum", own(TypesIf | Data).and(TypesIf), all(TypesIf | Data)},
	{"json-shape-added", "any JSON became JSON of a known shape, such as an object", compatible, own(TypesIf | Data).and(Data)},
	{"json-shape-removed", "JSON of a known shape became any JSON", own(TypesIf | Data), compatible},
	{"json-shape-changed", "JSON of a known shape has another one, such as an array in place of an object", own(Types | Data), own(Types | Data).and(Data)},
}

var checkRules = []Rule{
	{"check-added", "a CHECK that clients test is new", compatible, all(Data)},
	{"check-removed", "a CHECK that clients test is gone", own(Data), compatible},
	{"check-renamed", "a CHECK has another name, which messages give", compatible, compatible},
	{"check-tightened", "a CHECK allows less", compatible, all(Data)},
	{"check-loosened", "a CHECK allows more", own(Data), compatible},
	{"check-changed", "a CHECK allows other values", own(Data), all(Data)},
}

var enumRules = []Rule{
	{"enum-added", "an enum is new", compatible, compatible},
	{"enum-removed", "an enum is gone, or a target leaves it out", all(Types), all(Types)},
	{"enum-renamed", "an enum's type, list or schema has another name", all(Types), all(Types)},
	{"enum-value-added", "an enum has a new value", own(Data), compatible},
	{"enum-value-removed", "an enum lost a value", all(Types), all(Types | Data)},
	{
		"enum-value-renamed", "the name of an enum's value is another, and the value is not",
		Effects{Go: Types, Pydantic: Types}, Effects{Go: Types, Pydantic: Types},
	},
	{"enum-reordered", "an enum's values have another order", compatible, compatible},
}

var compositeRules = []Rule{
	{"composite-added", "a composite type is new", compatible, compatible},
	{"composite-removed", "a composite type is gone, or a target leaves it out", own(Types), own(Types)},
	{"composite-renamed", "a composite's type or schema has another name", own(Types), own(Types)},
	{"attribute-added", "a composite type has a new attribute", compatible, own(Types | Data)},
	{"attribute-removed", "a composite type lost an attribute", own(Types | Data), own(Types | Data)},
}

var queryRules = []Rule{
	{"query-added", "a query is new", compatible, compatible},
	{"query-removed", "a query is gone, or a target leaves it out", all(Types), all(Types)},
	{"query-moved", "a query is in another file: clients import it from another module, or from the index as before", compatible, compatible},
	{"query-command-changed", "a query has another command, such as :many for :one", Effects{Go: Types}, Effects{Go: Types}},
	{"query-row-added", "a query returns rows that returned none", Effects{Go: Types}, compatible},
	{"query-row-removed", "a query no longer returns rows", all(Types), compatible},
	{"query-row-renamed", "the type or schema of a query's rows has another name", all(Types), compatible},
	{"query-params-renamed", "the type or schema of a query's parameters has another name", compatible, all(Types)},
	{"query-column-added", "a query returns a new column", compatible, compatible},
	{"query-column-removed", "a query no longer returns a column", own(Types | Data).and(Types), compatible},
	{"query-column-renamed", "a query returns a column under another name", own(Types | Data).and(Types), compatible},
	{"query-column-became-nullable", "a query's column may hold null", own(Types | Data).and(TypesIf | DataIf), compatible},
	{"query-column-became-not-null", "a query's column no longer holds null", Effects{Go: TypesIf}, compatible},
	{"query-param-added", "a query takes a new parameter", compatible, own(Types | Data).and(Types)},
	{"query-param-removed", "a query no longer takes a parameter", compatible, own(Types | Data).and(Types)},
	{"query-param-renamed", "a query takes a parameter under another name", compatible, own(Types | Data).and(Types)},
	{"query-param-became-nullable", "a query's parameter may be null", compatible, Effects{Go: TypesIf}},
	{"query-param-became-not-null", "a query's parameter may no longer be null", compatible, own(Types | Data).and(TypesIf | Data)},
}
