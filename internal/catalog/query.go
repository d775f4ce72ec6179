package catalog

import "github.com/trefoil-sql/trefoil/internal/source"

// Query is a statement after analysis, as PostgreSQL's own parser leaves it: names are resolved, stars are written out,
// and every value has its type. A Query is also each subquery, common table expression and view within one.
type Query struct {
	Span    source.Span
	Command Command
	// With are the common table expressions of this level, in order.
	With []*CTE
	// Columns are the result: the select list, RETURNING, or the columns of VALUES and set operations. Junk is not there.
	Columns []ResultColumn

	// SetOp combines two queries; then only With, Columns, OrderBy and Limit are set beside it.
	SetOp *SetOperation
	// Rows are those of VALUES, each as long as Columns.
	Rows [][]Value

	// From is the FROM list; of UPDATE and DELETE the further tables (USING), of MERGE its source.
	From  []From
	Where Value // nil without one; also of UPDATE and DELETE; of MERGE the ON condition
	// Group is nil without GROUP BY. Grouped tells a query that aggregates: GROUP BY, HAVING, or an aggregate in the select
	// list. Without Group it has exactly one row before HAVING.
	Group   []GroupItem
	Grouped bool
	Having  Value
	Order   []Value
	Limit   Value // FETCH FIRST too
	Offset  Value
	// Distinct tells DISTINCT and DISTINCT ON.
	Distinct bool

	// Write is what INSERT, UPDATE, DELETE and MERGE do; nil for SELECT.
	Write *Write
	// Params are those of the whole statement, in order of Number; only of the outermost query.
	Params []*Parameter
}

// Command is what a statement does.
type Command string

const (
	SelectCommand Command = "select" // also VALUES and TABLE
	InsertCommand Command = "insert"
	UpdateCommand Command = "update"
	DeleteCommand Command = "delete"
	MergeCommand  Command = "merge"
	// OtherCommand is any statement that has no columns and no parameters, such as TRUNCATE or REFRESH.
	OtherCommand Command = "other"
)

// ResultColumn is a column of a result.
type ResultColumn struct {
	// Name is as PostgreSQL calls it: the alias without an override's mark, the column's name, or what it makes of an
	// expression.
	Name string
	Type Type
	// Value is what it is; nil where rows of several sources meet (VALUES, set operations).
	Value Value
	// Source is the table or view column that it is, taken as it is; through subqueries and CTEs, but not through views. Nil
	// for an expression.
	Source *ColumnName
	// Null is what the query says by a mark at the alias: "total!" or "total?".
	Null NullMark
	// Embed is the relation of sqlc.embed(…), at each of the columns that it stands for. EmbedOf is the entry of FROM.
	Embed   *Name
	EmbedOf *Source
}

// NullMark is an override of a column's nullability.
type NullMark byte

const (
	NoMark      NullMark = 0
	NeverMark   NullMark = '!'
	PerhapsMark NullMark = '?'
)

// CTE is a common table expression. In a recursive one, references inside Query have Source.CTE set to it.
type CTE struct {
	Name      string
	Query     *Query
	Columns   []SourceColumn
	Recursive bool // refers to itself
}

// SetOperation is UNION, INTERSECT or EXCEPT of two queries.
type SetOperation struct {
	Op          string // union, intersect, except
	All         bool
	Left, Right *Query
}

// GroupItem is a set of GROUP BY: one expression, or those of GROUPING SETS, ROLLUP and CUBE as the sets that they
// stand for are not written out: Values are all expressions in it, and Empties tells that a row may lack some of them.
type GroupItem struct {
	Values  []Value
	Empties bool
}

// From is an entry of FROM: *Source or *Join.
type From interface{ from() }

// Source is a table, view, subquery, function or CTE in FROM. Columns refer to it by pointer.
type Source struct {
	Alias string
	// Relation is the table or view, nil for other kinds.
	Relation *Name
	// Query is the subquery; nil for other kinds. A view's query is that of Catalog.View.
	Query *Query
	CTE   *CTE
	// Calls are the functions of a function in FROM, ROWS FROM included; XMLTABLE and JSON_TABLE have their values here too.
	// A set-returning call gives no rows rather than one of nulls; with several calls the shorter are filled with nulls.
	Calls []Value
	// Lateral tells that it may refer to entries before it.
	Lateral bool
	Columns []SourceColumn
	// Target tells the table that the statement writes to; Excluded is ON CONFLICT's row of that name.
	Target, Excluded bool
}

// SourceColumn is a column that a source gives. Hidden columns (of the merged side of USING) are not in stars.
type SourceColumn struct {
	Name string
	Type Type
}

// Join is two entries joined. Kind is inner (CROSS too), left, right or full.
type Join struct {
	Kind        string
	Left, Right From
	On          Value // nil for CROSS; of USING and NATURAL it is the equality that they stand for
	// Using are the columns merged by USING and NATURAL, each as what it stands for: a ColumnValue of one side, or a CoalesceValue of
	// both in a full join.
	Using []Value
}

func (*Source) from() {}
func (*Join) from()   {}

// Write is the part of a statement that changes rows.
type Write struct {
	Target *Source
	// Columns are the target's columns that INSERT names, in order; all of them where it names none. Input is its query
	// (VALUES too), nil for DEFAULT VALUES.
	Columns []string
	Input   *Query
	// Set are the assignments of UPDATE, and of ON CONFLICT DO UPDATE with its condition in ConflictWhere.
	Set           []SetColumn
	OnConflict    string // "", nothing or update
	ConflictWhere Value
	// Merge are the WHEN branches of MERGE.
	Merge []MergeBranch
}

// SetColumn stores a value in a column.
type SetColumn struct {
	Column string
	Value  Value
}

// MergeBranch is one WHEN of MERGE. Matched tells WHEN MATCHED. Action is insert, update, delete or nothing.
type MergeBranch struct {
	Matched bool
	Cond    Value
	Action  string
	Set     []SetColumn
}

// Parameter is $n, or one of sqlc's names for it: @name, sqlc.arg, sqlc.narg and sqlc.slice. One that is used several
// times is one Parameter.
type Parameter struct {
	// Number is that of $n; named ones take the numbers that are free, in order of their place in the tree as sqlc counts.
	Number int
	Name   string // "" for $n
	Type   Type
	// Nullable is sqlc.narg; Slice is sqlc.slice.
	Nullable, Slice bool
	// Column is the column that it is compared with or stored in, nil for none. Assigned tells that its value is stored in
	// the column as it is.
	Column   *ColumnName
	Assigned bool
	// Uses are the places in the statement.
	Uses []source.Span
}
