package catalog

import "github.com/trefoil-sql/trefoil/internal/source"

// Expr is an SQL expression, free of the parser's own types. It keeps what the statement said; nothing is folded.
type Expr interface{ Span() source.Span }

// Place is embedded in every node; it spans the node's first token or more.
type Place struct{ At source.Span }

// Span is where the node stands.
func (p Place) Span() source.Span { return p.At }

type (
	// ColumnRef names a column, perhaps with its relation. In a domain's CHECK, VALUE is a ColumnRef named VALUE.
	ColumnRef struct {
		Place
		Qualifier []string
		Name      string
	}

	// Literal is a constant. Value is its text: digits, the unescaped string, true or false.
	Literal struct {
		Place
		Kind  LiteralKind
		Value string
	}

	// Cast is x::type, CAST or a typed literal such as DATE '2020-01-01'.
	Cast struct {
		Place
		Arg  Expr
		Type Type
	}

	// Op is an operator; Left is nil for a prefix operator. Schema is "" unless written OPERATOR(schema.op).
	Op struct {
		Place
		Schema, Name string
		Left, Right  Expr
	}

	// Quantified is left op ANY (right) or ALL.
	Quantified struct {
		Place
		Op    string
		All   bool
		Left  Expr
		Right Expr
	}

	// In is left [NOT] IN (list).
	In struct {
		Place
		Not  bool
		Left Expr
		List []Expr
	}

	// Between is arg [NOT] BETWEEN [SYMMETRIC] low AND high.
	Between struct {
		Place
		Not, Symmetric bool
		Arg, Low, High Expr
	}

	// Like is LIKE, ILIKE or SIMILAR TO; Kind is the keyword in lower case (like, ilike, similar). Escape may be nil.
	Like struct {
		Place
		Kind                 string
		Not                  bool
		Arg, Pattern, Escape Expr
	}

	// Bool is AND, OR or NOT over its arguments; nested ANDs and ORs are as the parser gave them.
	Bool struct {
		Place
		Op   BoolOp
		Args []Expr
	}

	// NullTest is arg IS [NOT] NULL.
	NullTest struct {
		Place
		Arg Expr
		Not bool
	}

	// BoolTest is arg IS [NOT] TRUE, FALSE or UNKNOWN; Value is the keyword in lower case.
	BoolTest struct {
		Place
		Arg   Expr
		Value string
		Not   bool
	}

	// Distinct is left IS [NOT] DISTINCT FROM right.
	Distinct struct {
		Place
		Not         bool
		Left, Right Expr
	}

	// Call is a function call. Schema is "" unless written. SQL's special forms come as the functions they stand for
	// (EXTRACT as extract, POSITION as position, TRIM as btrim, ltrim or rtrim, CURRENT_TIMESTAMP as current_timestamp).
	Call struct {
		Place
		Schema, Name string
		Args         []Expr
		Star         bool // count(*)
		Distinct     bool
		Variadic     bool
		Filter       Expr
		Window       bool // has OVER
	}

	// Case is CASE [arg] WHEN … THEN … ELSE … END; Arg and Else may be nil.
	Case struct {
		Place
		Arg   Expr
		Whens []When
		Else  Expr
	}

	// When is one branch of a Case.
	When struct{ Cond, Result Expr }

	// Coalesce, NullIf, Greatest and Least have grammar of their own.
	Coalesce struct {
		Place
		Args []Expr
	}
	NullIf struct {
		Place
		Left, Right Expr
	}
	MinMax struct {
		Place
		Greatest bool
		Args     []Expr
	}

	// Array is ARRAY[…].
	Array struct {
		Place
		Elements []Expr
	}

	// Row is ROW(…) or (a, b).
	Row struct {
		Place
		Fields []Expr
	}

	// Subscript is arg[index] or arg[low:high].
	Subscript struct {
		Place
		Arg       Expr
		Low, High Expr
		Slice     bool
	}

	// FieldSelect is (arg).field.
	FieldSelect struct {
		Place
		Arg   Expr
		Field string
	}

	// Collate is arg COLLATE name.
	Collate struct {
		Place
		Arg  Expr
		Name string
	}

	// Opaque is what this tree has no node for: a subquery, XML, JSON constructors. SQL is its text.
	Opaque struct {
		Place
		SQL string
	}
)

// LiteralKind is the sort of a Literal.
type LiteralKind int

const (
	IntLiteral LiteralKind = iota
	NumericLiteral
	StringLiteral
	BoolLiteral
	NullLiteral
	BitLiteral
)

// BoolOp is the operator of a Bool.
type BoolOp string

const (
	And BoolOp = "and"
	Or  BoolOp = "or"
	Not BoolOp = "not"
)
