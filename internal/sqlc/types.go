package sqlc

import (
	"github.com/trefoil-sql/trefoil/internal/catalog"
	"github.com/trefoil-sql/trefoil/internal/config"
	"github.com/trefoil-sql/trefoil/internal/source"
)

// Input is one sql: entry of the config and the catalog to run it on.
type Input struct {
	Config  *config.Config
	SQL     config.SQL
	Catalog *catalog.Catalog
	// Enums are the value lists that sqlc is shown as enum types.
	Enums []Enum
	// KeepPlural are tables, by sqlc's own names, that are not put in the singular in Go.
	KeepPlural []string
	// Queries are the entry's query files where they have been read before.
	Queries *QueryFiles
	// WantQueries asks for the analysed queries. Go files come whenever SQL.Go is set.
	WantQueries bool
	// WantTypes are types whose Go is wanted beside the files of SQL.Go.
	WantTypes []TypeUse
}

// Enum is a value list that the canonical schema declares as an enum type: one from a CHECK or a domain. The catalog's
// own enum types are declared as they are and not listed here.
type Enum struct {
	// Name is what the canonical schema calls the type; it collides with no type of the catalog.
	Name   catalog.Name
	Values []string
	// GoName is the type's name in Go, "" for the one that sqlc derives.
	GoName string
	// GoValues are the names of the values' constants in Go, by value; missing ones are sqlc's.
	GoValues map[string]string
	// Columns are declared with the type, and so are all columns of the Domains.
	Columns []catalog.ColumnName
	Domains []catalog.Name
}

// Result is what sqlc made of an Input.
type Result struct {
	// Files are sqlc's Go files by base name; nil without gen: go.
	Files map[string][]byte
	// Queries are in the order of file name and place.
	Queries []Query
	// Types answer Input.WantTypes.
	Types []GoType
}

// Output is one folder of what sqlc and its other plugins made.
type Output struct {
	config.Other // the first, if several write to the folder
	// Files have paths relative to Out, with forward slashes.
	Files map[string][]byte
}

// Query is one query as sqlc analysed it.
type Query struct {
	Name string
	Cmd  string // with its colon, as sqlc has it
	Text string // rewritten SQL: sqlc.arg and @name are $n
	File string // base name of the query file
	// Span is the statement in the query file, with the comments before it; NameSpan is the name in them.
	Span, NameSpan source.Span
	Comments       []string
	Columns        []Column
	Params         []Param
	InsertInto     *catalog.Name
	// Read tells that the query was read off its file and trefoil's own analysis: of Columns and Params there are only the
	// names.
	Read bool
}

// Column is a result column or what sqlc knows of a parameter.
type Column struct {
	Name    string
	NotNull bool
	Array   bool
	Dims    int
	// Type is as sqlc names it: {"pg_catalog","int4"}, {"","text"}, a user's enum. "any" where it could not tell.
	Type catalog.Name
	// Table and OriginalName are the source column, where there is one.
	Table        *catalog.Name
	OriginalName string
	Embed        *catalog.Name // sqlc.embed(t)
	Slice        bool          // sqlc.slice
	NamedParam   bool
	// Unknown tells of a parameter that was read (Query.Read) that NotNull is not known.
	Unknown bool
}

// Param is one parameter, in order of Number.
type Param struct {
	Number int
	Column Column
	// Assigned is the column that the parameter's value is stored in, when it directly is (INSERT … VALUES, UPDATE … SET,
	// :copyfrom); nil when it is only compared or computed with.
	Assigned *catalog.ColumnName
}
