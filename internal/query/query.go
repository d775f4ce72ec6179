// Package query says what the named queries return and take: names, types and nullability of their columns, types of their
// parameters, shapes of the JSON that they build. It joins the catalog's own analysis of each statement with what sqlc says
// of it; where the catalog cannot analyse a statement, sqlc's answer stands.
package query

import (
	"github.com/trefoil-sql/trefoil/internal/catalog"
	"github.com/trefoil-sql/trefoil/internal/source"
	"github.com/trefoil-sql/trefoil/internal/sqlc"
)

// Query is one named query.
type Query struct {
	Name       string
	Cmd        string // with its colon, as sqlc has it
	File       string // base name of the query file
	Comments   []string
	Span       source.Span   // the name in the query's comment; zero if it is not known
	InsertInto *catalog.Name // the table of an INSERT at the outermost level
	Columns    []Column
	Params     []Param // in order of Number
	// Analysed is the catalog's analysis, nil where sqlc's answer stands.
	Analysed *catalog.Query
	// Sqlc is what sqlc made of the query. Its Columns stand for those here one by one, and so do its Params.
	Sqlc *sqlc.Query
}

// Column is a result column, or the columns of one sqlc.embed.
type Column struct {
	// Name is as the server calls it: "?column?" for an expression without a name. Of an embed it is the relation's.
	Name string
	// Type is unknown where nobody could tell.
	Type    catalog.Type
	NotNull bool
	// Reason tells in a few words why it can be null or not: "sum of no rows". It is "" where sqlc's answer stands.
	Reason string
	// ElemNotNull tells of an array that its elements are never null.
	ElemNotNull bool
	// Source is the column of a table or view that it is, taken as it is.
	Source *catalog.ColumnName
	// Values tells where its values come from, if it holds no others; nil otherwise. It is set beside Source, too.
	Values *Values
	// Embed is set for sqlc.embed; then Type, NotNull, Source and Values are not.
	Embed *Embed
	// JSON is the shape of a json or jsonb that the query builds, nil where it is not known.
	JSON *Shape
}

// Values are the values that a column may hold beside null: those of some columns, and constants. min, coalesce and CASE
// make no new ones.
type Values struct {
	Columns   []catalog.ColumnName
	Constants []string
}

// Embed is what one sqlc.embed stands for.
type Embed struct {
	Relation catalog.Name
	// Nullable tells that the row can be absent as a whole: it stands on the outer side of a join. Then the Columns are as
	// they are when it is there.
	Nullable bool
	Columns  []Column
}

// Param is a parameter.
type Param struct {
	Number int
	// Name is what sqlc calls it: the name in the query, or one that sqlc made of the column that it meets; "" if neither.
	Name string
	// Type is that of one value: the element's for sqlc.slice.
	Type catalog.Type
	// NotNull tells that NULL is refused, or makes no sense: a comparison with it is never true. Reason tells why.
	NotNull bool
	Reason  string
	Slice   bool // sqlc.slice
	// Column is the column that it is compared with as it is or stored in. Assigned tells that it is stored as it is.
	Column   *catalog.ColumnName
	Assigned bool
}
