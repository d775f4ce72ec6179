// Package catalog replays migrations into what PostgreSQL would hold after them. It is the only importer of pg_query:
// the other stages see the values of this file and of expr.go.
package catalog

import "github.com/trefoil-sql/trefoil/internal/source"

// Name is a schema-qualified name, case-folded as PostgreSQL stores it.
type Name struct{ Schema, Name string }

// String is schema.name, unquoted, for messages and keys.
func (n Name) String() string {
	if n.Schema == "" {
		return n.Name
	}
	return n.Schema + "." + n.Name
}

// Catalog is the schema after all migrations. Slices are in order of qualified name; columns, enum values, checks and
// constraints are in PostgreSQL's order. References are by Name.
type Catalog struct {
	Schemas    []Schema
	Extensions []Extension
	Enums      []Enum
	Domains    []Domain
	Composites []Composite
	Ranges     []Range
	Relations  []Relation
	Sequences  []Sequence
	Functions  []Function
	// queries is what Analyse and View need.
	queries *queries
}

// Schema is a namespace made by the migrations, or public.
type Schema struct {
	Name    string
	Comment string
	Span    source.Span
}

// Extension is one that CREATE EXTENSION named; Schema is where its objects are.
type Extension struct {
	Name, Schema string
	Span         source.Span
}

// Enum is a type made by CREATE TYPE … AS ENUM, its values in sort order.
type Enum struct {
	Name    Name
	Values  []string
	Comment string
	Span    source.Span
}

// Domain is a type made by CREATE DOMAIN. In its checks the value is a ColumnRef named VALUE.
type Domain struct {
	Name    Name
	Type    Type // may itself be a domain
	NotNull bool
	// Collation is that of its columns; its own checks compare by that of the type below it. Nil as in Column.
	Collation *Collation
	Default   *Expression
	Checks    []Check
	Comment   string
	Span      source.Span
}

// Composite is a type made by CREATE TYPE … AS (…). The row types of relations are not listed here.
type Composite struct {
	Name       Name
	Attributes []Column
	Comment    string
	Span       source.Span
}

// Range is a type made by CREATE TYPE … AS RANGE, with its multirange.
type Range struct {
	Name       Name
	Subtype    Type
	Multirange Name
	Comment    string
	Span       source.Span
}

// RelationKind is what pg_class.relkind says, in words.
type RelationKind string

const (
	Table            RelationKind = "table"
	View             RelationKind = "view"
	MaterializedView RelationKind = "materialized view"
	PartitionedTable RelationKind = "partitioned table"
	ForeignTable     RelationKind = "foreign table"
)

// Relation is a table, view or the like.
type Relation struct {
	Name        Name
	Kind        RelationKind
	Comment     string
	Columns     []Column // live columns, by position
	PrimaryKey  *Key
	Uniques     []Key
	ForeignKeys []ForeignKey
	Checks      []Check
	Indexes     []Index
	Policies    []Policy
	// RowSecurity and ForceRowSecurity are ALTER TABLE … ENABLE and FORCE ROW LEVEL SECURITY.
	RowSecurity, ForceRowSecurity bool
	// PartitionOf and Inherits are the parents, if any.
	PartitionOf *Name
	Inherits    []Name
	// Definition is a view's query as SQL text, "" for other kinds.
	Definition string
	Span       source.Span // the name in the statement that made it
}

// IsView tells a relation whose rows are those of a query: a view or a materialized view.
func (r *Relation) IsView() bool { return r.Kind == View || r.Kind == MaterializedView }

// Column finds a column by name.
func (r *Relation) Column(name string) (*Column, bool) {
	for i := range r.Columns {
		if r.Columns[i].Name == name {
			return &r.Columns[i], true
		}
	}
	return nil, false
}

// Identity is how an identity column takes its values.
type Identity string

const (
	NoIdentity        Identity = ""
	IdentityAlways    Identity = "always"
	IdentityByDefault Identity = "by default"
)

// Generated is how a generated column is computed.
type Generated string

const (
	NotGenerated     Generated = ""
	GeneratedStored  Generated = "stored"
	GeneratedVirtual Generated = "virtual"
)

// Column is a column of a relation or an attribute of a composite.
type Column struct {
	Name    string
	Type    Type
	NotNull bool
	// Collation is how its strings are compared: as COLLATE or its domain says. Nil for that of the database or of a
	// built-in type.
	Collation *Collation
	// Default is the DEFAULT expression, or the expression of a generated column; nil without one.
	Default   *Expression
	Identity  Identity
	Generated Generated
	Comment   string
	Span      source.Span // the name where the column was declared
}

// Collation is a way to compare strings. Nondeterministic tells one that takes different strings for equal.
type Collation struct {
	Name             Name
	Nondeterministic bool
}

// Expression is SQL with its tree.
type Expression struct {
	// SQL is the expression written out as canonical SQL.
	SQL  string
	Tree Expr
	Span source.Span
}

// Key is a primary key or unique constraint.
type Key struct {
	Name             string
	Columns          []string
	NullsNotDistinct bool
	Deferrable       bool
	Deferred         bool
	Comment          string
	Span             source.Span
}

// ForeignKey is a REFERENCES constraint. Actions are PostgreSQL's words: no action, restrict, cascade, set null,
// set default.
type ForeignKey struct {
	Name       string
	Columns    []string
	References Name
	RefColumns []string
	OnUpdate   string
	OnDelete   string
	Deferrable bool
	Deferred   bool
	NotValid   bool
	Comment    string
	Span       source.Span
}

// Check is a CHECK constraint of a relation or a domain.
type Check struct {
	Name       string
	Expression Expression
	NotValid   bool
	NoInherit  bool
	Comment    string
	Span       source.Span
}

// Index is an index that belongs to no constraint. Columns holds column names, or expressions as SQL.
type Index struct {
	Name    string
	Method  string
	Unique  bool
	Columns []string
	Include []string
	Where   *Expression
	Comment string
	Span    source.Span
}

// Policy is a row-level security policy. Command is all, select, insert, update or delete.
type Policy struct {
	Name       string
	Command    string
	Permissive bool
	Roles      []string
	Using      *Expression
	WithCheck  *Expression
	Comment    string
	Span       source.Span
}

// Sequence is a sequence, with the column that owns it if one does.
type Sequence struct {
	Name    Name
	Type    Type
	OwnedBy *ColumnName
	Span    source.Span
}

// ColumnName names a column of a relation.
type ColumnName struct {
	Relation Name
	Column   string
}

// Function is the signature of a function, procedure or aggregate.
type Function struct {
	Name    Name
	Kind    string // function, procedure, aggregate
	Args    []Argument
	Returns Type // zero for procedures
	SetOf   bool
	Strict  bool
	Comment string
	Span    source.Span
}

// Argument is one parameter of a function. Mode is in, out, inout, variadic or table.
type Argument struct {
	Name       string
	Mode       string
	Type       Type
	HasDefault bool
}
