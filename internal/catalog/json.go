package catalog

import (
	"bytes"
	"encoding/json"
)

// DocumentVersion is the version of the JSON shape. It goes up when a key is removed or changes its meaning; a new key
// does not change it.
const DocumentVersion = 1

// Document is the catalog as `trefoil catalog` prints it: plain values and names, no places. Lists are never null;
// what is absent is null. docs/catalog.md describes every key.
type Document struct {
	Version    int            `json:"version"`
	Schemas    []SchemaDoc    `json:"schemas"`
	Extensions []ExtensionDoc `json:"extensions"`
	Enums      []EnumDoc      `json:"enums"`
	Domains    []DomainDoc    `json:"domains"`
	Composites []CompositeDoc `json:"composites"`
	Ranges     []RangeDoc     `json:"ranges"`
	Relations  []RelationDoc  `json:"relations"`
	Sequences  []SequenceDoc  `json:"sequences"`
	Functions  []FunctionDoc  `json:"functions"`
}

// NameDoc is a qualified name.
type NameDoc struct {
	Schema string `json:"schema"`
	Name   string `json:"name"`
}

// SchemaDoc is a namespace.
type SchemaDoc struct {
	Name    string  `json:"name"`
	Comment *string `json:"comment"`
}

// ExtensionDoc is an installed extension.
type ExtensionDoc struct {
	Name   string `json:"name"`
	Schema string `json:"schema"`
}

// EnumDoc is an enum with its values in order.
type EnumDoc struct {
	NameDoc
	Values  []string `json:"values"`
	Comment *string  `json:"comment"`
}

// CollationDoc is a collation that is not the database's, or that of a built-in type.
type CollationDoc struct {
	NameDoc
	Deterministic bool `json:"deterministic"`
}

// DomainDoc is a domain.
type DomainDoc struct {
	NameDoc
	Type      string        `json:"type"`
	Collation *CollationDoc `json:"collation"`
	NotNull   bool          `json:"not_null"`
	Default   *string       `json:"default"`
	Checks    []CheckDoc    `json:"checks"`
	Comment   *string       `json:"comment"`
}

// CompositeDoc is a composite type made by CREATE TYPE.
type CompositeDoc struct {
	NameDoc
	Attributes []AttributeDoc `json:"attributes"`
	Comment    *string        `json:"comment"`
}

// AttributeDoc is a part of a composite type.
type AttributeDoc struct {
	Name      string        `json:"name"`
	Type      string        `json:"type"`
	Collation *CollationDoc `json:"collation"`
	Comment   *string       `json:"comment"`
}

// RangeDoc is a range type and its multirange.
type RangeDoc struct {
	NameDoc
	Subtype    string  `json:"subtype"`
	Multirange NameDoc `json:"multirange"`
	Comment    *string `json:"comment"`
}

// RelationDoc is a table, view, materialized view, partitioned table or foreign table.
type RelationDoc struct {
	NameDoc
	Kind             string          `json:"kind"`
	Comment          *string         `json:"comment"`
	Columns          []ColumnDoc     `json:"columns"`
	PrimaryKey       *KeyDoc         `json:"primary_key"`
	Uniques          []KeyDoc        `json:"uniques"`
	ForeignKeys      []ForeignKeyDoc `json:"foreign_keys"`
	Checks           []CheckDoc      `json:"checks"`
	Indexes          []IndexDoc      `json:"indexes"`
	Policies         []PolicyDoc     `json:"policies"`
	RowSecurity      bool            `json:"row_security"`
	ForceRowSecurity bool            `json:"force_row_security"`
	PartitionOf      *NameDoc        `json:"partition_of"`
	Inherits         []NameDoc       `json:"inherits"`
	Definition       *string         `json:"definition"`
}

// ColumnDoc is a column of a relation.
type ColumnDoc struct {
	Name      string        `json:"name"`
	Type      string        `json:"type"`
	Collation *CollationDoc `json:"collation"`
	NotNull   bool          `json:"not_null"`
	Default   *string       `json:"default"`
	Identity  *string       `json:"identity"`
	Generated *string       `json:"generated"`
	Comment   *string       `json:"comment"`
}

// KeyDoc is a primary key or a unique constraint.
type KeyDoc struct {
	Name             string   `json:"name"`
	Columns          []string `json:"columns"`
	NullsNotDistinct bool     `json:"nulls_not_distinct"`
	Deferrable       bool     `json:"deferrable"`
	Deferred         bool     `json:"initially_deferred"`
	Comment          *string  `json:"comment"`
}

// ForeignKeyDoc is a foreign key.
type ForeignKeyDoc struct {
	Name       string   `json:"name"`
	Columns    []string `json:"columns"`
	References NameDoc  `json:"references"`
	RefColumns []string `json:"referenced_columns"`
	OnUpdate   string   `json:"on_update"`
	OnDelete   string   `json:"on_delete"`
	Deferrable bool     `json:"deferrable"`
	Deferred   bool     `json:"initially_deferred"`
	NotValid   bool     `json:"not_valid"`
	Comment    *string  `json:"comment"`
}

// CheckDoc is a CHECK of a relation or a domain.
type CheckDoc struct {
	Name       string  `json:"name"`
	Expression string  `json:"expression"`
	NotValid   bool    `json:"not_valid"`
	NoInherit  bool    `json:"no_inherit"`
	Comment    *string `json:"comment"`
}

// IndexDoc is an index that belongs to no constraint.
type IndexDoc struct {
	Name    string   `json:"name"`
	Method  string   `json:"method"`
	Unique  bool     `json:"unique"`
	Columns []string `json:"columns"`
	Include []string `json:"include"`
	Where   *string  `json:"where"`
	Comment *string  `json:"comment"`
}

// PolicyDoc is a row-level security policy.
type PolicyDoc struct {
	Name       string   `json:"name"`
	Command    string   `json:"command"`
	Permissive bool     `json:"permissive"`
	Roles      []string `json:"roles"`
	Using      *string  `json:"using"`
	WithCheck  *string  `json:"with_check"`
	Comment    *string  `json:"comment"`
}

// SequenceDoc is a sequence.
type SequenceDoc struct {
	NameDoc
	Type    string       `json:"type"`
	OwnedBy *ColumnOfDoc `json:"owned_by"`
}

// ColumnOfDoc names a column of a relation.
type ColumnOfDoc struct {
	Schema   string `json:"schema"`
	Relation string `json:"relation"`
	Column   string `json:"column"`
}

// FunctionDoc is the signature of a function, procedure or aggregate.
type FunctionDoc struct {
	NameDoc
	Kind      string        `json:"kind"`
	Arguments []ArgumentDoc `json:"arguments"`
	Returns   *string       `json:"returns"`
	SetOf     bool          `json:"set_of"`
	Strict    bool          `json:"strict"`
	Comment   *string       `json:"comment"`
}

// ArgumentDoc is one parameter of a function.
type ArgumentDoc struct {
	Name       string `json:"name"`
	Mode       string `json:"mode"`
	Type       string `json:"type"`
	HasDefault bool   `json:"has_default"`
}

// JSON prints the catalog in its documented shape, indented, with a final newline.
func (c *Catalog) JSON() ([]byte, error) { return c.Document().JSON() }

// JSON prints the document, indented, with a final newline. <, > and & stay as they are.
func (d Document) JSON() ([]byte, error) {
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", "  ")
	if err := enc.Encode(d); err != nil {
		return nil, err
	}
	return b.Bytes(), nil
}
