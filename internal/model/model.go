// Package model holds the language-neutral description of what to generate. Everything that is a decision is made here
// once: what is nullable, what may be left out, what a thing is called and which rule is enforced. A Model is built
// for one target, so its names are final: emitters write them down and decide nothing.
package model

import (
	"github.com/trefoil-sql/trefoil/internal/catalog"
	"github.com/trefoil-sql/trefoil/internal/constraint"
)

// Model is all that one target emits. Slices are in the order of emission.
type Model struct {
	Enums      []*Enum
	Composites []*Object
	Relations  []*Relation
	Queries    []*Query
}

// Enum is a list of string values with names: from CREATE TYPE, from a CHECK that lists a column's values, or from a
// domain's CHECK.
type Enum struct {
	Name   string // the type: LLMProvider
	List   string // the constant that holds all values: LLM_PROVIDERS (zod)
	Schema string // the schema: LLMProviderSchema (zod)
	Values []EnumValue
	Doc    string
	// Origin says where it comes from, for the output's comments: "enum public.mood" or
	// "constraint llm_usage_provider_check on public.llm_usage".
	Origin string
	// SQLName is the name by which the canonical schema declares it to sqlc.
	SQLName catalog.Name
	// Constraint is the CHECK's name, "" for a CREATE TYPE.
	Constraint string
	// Module is the file that holds it, without extension: the table's whose CHECK it is (zod), or that of all enums.
	Module string
	// File is the enum's own name in Module, where a target gives each enum a file (pydantic); unique among the enums.
	File string
}

// EnumValue is one value: its name in the target (GOOGLE_GLA) and what the database holds (google-gla).
type EnumValue struct{ Name, Value string }

// Relation is a table or view: its row type and, where wanted, its insert and update types.
type Relation struct {
	Source catalog.Name
	Kind   catalog.RelationKind
	Doc    string
	// Module is the file that holds it, without extension; unique in the target.
	Module string
	Row    *Object
	Insert *Object // nil for what cannot be inserted into, or is not wanted
	Update *Object
	// JSON are the objects in the JSON that a view builds, each after those that it is made of.
	JSON []*Object
}

// Variant says what an Object describes.
type Variant string

const (
	Row       Variant = "row"
	Insert    Variant = "insert"
	Update    Variant = "update"
	Composite Variant = "composite"
	QueryRow  Variant = "query row"
	Params    Variant = "params"
	// JSONObject is an object in JSON that a query builds. Its fields have the form that to_json gives.
	JSONObject Variant = "json object"
)

// Object is a record with named fields.
type Object struct {
	Variant Variant
	Name    string // the type: LlmUsage
	Schema  string // the schema: LlmUsageSchema (zod)
	// Plain is the schema without Rules, which can be extended and picked from: LlmUsagePlainSchema; "" where there are no
	// Rules (zod).
	Plain  string
	Fields []Field
	Doc    string
	// Module is the file that holds it, without extension. For a shared object it is the owner's.
	Module string
	// Source is the relation or composite that it comes from; zero for queries.
	Source catalog.Name
	// Rules are the CHECKs that read several columns, in PostgreSQL's order.
	Rules []ObjectRule
}

// Field is one member of an Object.
type Field struct {
	// Name is the field's name in the target's source, unique in its object. In Python and Go it is a valid identifier;
	// in TypeScript it is the key of the object and may be any string.
	Name string
	// Wire is what the field is called outside: in Python the key in JSON, so that where it differs from Name the field
	// needs an alias; in TypeScript, where Name is the key, the database's name for it. It is unique in its object.
	Wire string
	// Column is the database's column, "" where there is none.
	Column string
	Type   Type
	// Nullable: an explicit null is accepted.
	Nullable bool
	// NullBreaks is the CHECK that a null breaks where nothing but a CHECK refuses it, "" otherwise.
	NullBreaks string
	// Optional: the key may be left out.
	Optional bool
	// Default is the value the database takes when the key is left out, where it is a constant that the client can write;
	// nil otherwise.
	Default *Default
	// Rules are the tests on the value itself, never on null. The type's own limits (varchar(50), int4's range,
	// numeric(10,6)) are in Type and not repeated here, and a value list is the Enum type. The rule that makes a JSONOf
	// is here too, for its constraint's name.
	Rules []Rule
	// Tests are the conditions on the value that no native form covers, never tested on null. Their only column is
	// constraint.DomainValue, the field's value.
	Tests []Test
	Doc   string
	// Embed marks a field made by sqlc.embed: its Type is an ObjectRef.
	Embed bool
}

// Rule is a test with the name of the constraint that it comes from.
type Rule struct {
	Constraint string
	Test       constraint.Atom
}

// Test is a condition on one value with the name of the constraint that it comes from. A value breaks it as
// constraint's package comment says; several tests of one constraint are refused once.
type Test struct {
	Constraint string
	SQL        string // the whole CHECK, for comments
	Tree       constraint.Node
}

// ObjectRule is a CHECK that reads several of an object's columns. The object breaks it if it breaks any of its tests;
// it is refused once.
type ObjectRule struct {
	Constraint string
	SQL        string
	Tests      []ObjectTest
}

// ObjectTest is a condition on an object's fields. Its columns are named as in the database.
type ObjectTest struct {
	Tree   constraint.Node
	Inputs []RuleInput // one for each of the tree's columns, in order of name
}

// RuleInput says where a column's value is found.
type RuleInput struct {
	Column string
	// Field is the index in the object's Fields.
	Field int
	// Default is what the database stores when the key is left out. Nil if that is not known: then the test is not made.
	Default *constraint.Const
}

// Default is a constant default. Kind says how to read Text.
type Default struct {
	Kind DefaultKind
	Text string // decimal text, string content, true or false, JSON text
}

// DefaultKind is the sort of a Default.
type DefaultKind string

const (
	NumberDefault DefaultKind = "number"
	StringDefault DefaultKind = "string" // also an enum's value
	BoolDefault   DefaultKind = "bool"
	JSONDefault   DefaultKind = "json"
)

// Query is one named query of sqlc's.
type Query struct {
	Name string // as in the query file: DailyCost
	Cmd  string // :one, :many, :exec, :copyfrom …
	Doc  string
	// Module is the file that holds its types, without extension.
	Module string
	// Row is nil when nothing is returned. Where the query returns exactly a relation's row it is that Relation's Row,
	// which must not be emitted again.
	Row *Object
	// SharedRow tells that Row belongs to a relation.
	SharedRow bool
	// Params is nil without parameters.
	Params *Object
	// JSON are the objects in the JSON that the query builds, each after those that it is made of.
	JSON []*Object
}
