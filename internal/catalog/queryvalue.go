package catalog

import "github.com/trefoil-sql/trefoil/internal/source"

// Value is an expression after analysis. Unlike Expr it is resolved: columns point to their sources, calls to the
// function that PostgreSQL would run, and every conversion that PostgreSQL adds is a CastValue.
type Value interface {
	// Result is its type.
	Result() Type
	// At is where it stands.
	At() source.Span
}

// Typed is embedded in every Value.
type Typed struct {
	Type  Type
	Place source.Span
}

// Result is the value's type.
func (t Typed) Result() Type { return t.Type }

// At is where the value stands.
func (t Typed) At() source.Span { return t.Place }

type (
	// ColumnValue is a column of an entry of FROM, at this level or one further out (Level).
	ColumnValue struct {
		Typed
		Of    *Source
		Index int // in Of.Columns; -1 for a system column, named by Name
		Name  string
		Level int // queries between here and the one whose FROM has it
	}

	// WholeRow is an entry of FROM used as a value.
	WholeRow struct {
		Typed
		Of    *Source
		Level int
	}

	// Constant is a literal. Text is as in Literal; Null is NULL, of whatever type.
	Constant struct {
		Typed
		Kind LiteralKind
		Text string
		Null bool
	}

	// ParameterValue is a use of a parameter.
	ParameterValue struct {
		Typed
		Param *Parameter
	}

	// FunctionCall is a call of a function, an aggregate or a window function, and of an operator (Operator is its name).
	FunctionCall struct {
		Typed
		Schema, Name string
		Operator     string
		Kind         FunctionKind
		Args         []Value // those given, in the function's order, ORDER BY of WITHIN GROUP last; variadic ones one by one
		// Strict tells that a NULL argument makes NULL without the function being called (pg_proc.proisstrict).
		Strict bool
		// Set tells that it returns a set.
		Set bool
		// Builtin tells a function of pg_catalog; others are an extension's or the migrations' own.
		Builtin  bool
		Star     bool // count(*)
		Distinct bool
		Filter   Value // nil without FILTER
		Order    []Value
		Over     *Window // nil unless called with OVER
		Variadic bool    // called with VARIADIC array
	}

	// CastValue is a conversion, written or added.
	CastValue struct {
		Typed
		Arg      Value
		Implicit bool
		// Strict tells that NULL gives NULL and nothing else does; false for a cast by a function that is not strict.
		Strict bool
	}

	// Logic is AND, OR or NOT.
	Logic struct {
		Typed
		Op   BoolOp
		Args []Value
	}

	// IsNull is IS [NOT] NULL. Of a row it looks at the fields.
	IsNull struct {
		Typed
		Arg Value
		Not bool
	}

	// IsBool is IS [NOT] TRUE, FALSE or UNKNOWN; Is is the keyword in lower case.
	IsBool struct {
		Typed
		Arg Value
		Is  string
		Not bool
	}

	// IsDistinct is IS [NOT] DISTINCT FROM.
	IsDistinct struct {
		Typed
		Not         bool
		Left, Right Value
	}

	// CaseValue is CASE. Arg, if there is one, is compared with each When's Cond by Equal in the Conds: Conds are whole
	// conditions. Else is nil without ELSE.
	CaseValue struct {
		Typed
		Whens []WhenValue
		Else  Value
	}

	// WhenValue is one branch of a CaseValue.
	WhenValue struct{ Cond, Result Value }

	// CoalesceValue, NullIfValue and MinMaxValue have grammar of their own.
	CoalesceValue struct {
		Typed
		Args []Value
	}
	NullIfValue struct {
		Typed
		Left, Right Value
	}
	MinMaxValue struct {
		Typed
		Greatest bool
		Args     []Value
	}

	// ArrayValue is ARRAY[…].
	ArrayValue struct {
		Typed
		Elements []Value
	}

	// RowValue is ROW(…) or (a, b).
	RowValue struct {
		Typed
		Fields []Value
	}

	// SubscriptValue is an element or slice of an array, or of jsonb.
	SubscriptValue struct {
		Typed
		Arg     Value
		Indices []Value
		Slice   bool
	}

	// FieldValue is (arg).field.
	FieldValue struct {
		Typed
		Arg   Value
		Field string
	}

	// ListTest is arg [NOT] IN (list), or arg op ANY or ALL of an array.
	ListTest struct {
		Typed
		Op    string // of IN it is =, of NOT IN <>
		All   bool   // NOT IN too
		Left  Value
		List  []Value // of IN
		Array Value   // of ANY and ALL
	}

	// BetweenValue is arg [NOT] BETWEEN [SYMMETRIC] low AND high.
	BetweenValue struct {
		Typed
		Not, Symmetric bool
		Arg, Low, High Value
	}

	// SubqueryValue is a subquery in an expression. Kind is scalar, exists, any, all, array or row (a comparison of rows).
	SubqueryValue struct {
		Typed
		Kind  string
		Test  Value // of any and all, the left side
		Op    string
		Query *Query
	}

	// Construct is what has grammar of its own and no node here: CURRENT_TIMESTAMP and its like, GROUPING, XML and SQL/JSON
	// constructors. Name is the keyword in lower case.
	Construct struct {
		Typed
		Name string
		Args []Value
	}
)

// FunctionKind is pg_proc.prokind in words.
type FunctionKind string

const (
	PlainFunction     FunctionKind = "function"
	AggregateFunction FunctionKind = "aggregate"
	WindowFunction    FunctionKind = "window"
)

// Window is OVER (…), a named window written out.
type Window struct {
	Partition, Order []Value
	// Frame tells an explicit frame clause; Mode, Start and End are as written.
	Frame bool
	// MayBeEmpty tells that the frame can hold no row, so that an aggregate over it sees none.
	MayBeEmpty bool
}
