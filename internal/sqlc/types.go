package sqlc

import "github.com/trefoil-sql/trefoil/internal/catalog"

// Query is one query as sqlc analysed it.
type Query struct {
	Name       string
	Cmd        string // with its colon, as sqlc has it
	Text       string // rewritten SQL: sqlc.arg and @name are $n
	File       string // base name of the query file
	Comments   []string
	Columns    []Column
	Params     []Param
	InsertInto *catalog.Name
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
}

// Param is one parameter, in order of Number.
type Param struct {
	Number int
	Column Column
	// Assigned is the column that the parameter's value is stored in, when it directly is (INSERT … VALUES, UPDATE … SET,
	// :copyfrom); nil when it is only compared or computed with.
	Assigned *catalog.ColumnName
}
