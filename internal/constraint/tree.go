// Package constraint compiles CHECK expressions to rules: a small, typed, language-neutral expression tree with SQL's
// three-valued logic, and the atoms that can be read off it. What the tree has no node for is kept as Unknown with the
// reason, so that the rest of the CHECK is still enforced and the gap can be shown.
//
// # What evaluating a tree means
//
// A tree is evaluated on one row, whose columns hold what PostgreSQL would store: varchar(n) cut to its length,
// numeric(p,s) and timestamps rounded, real narrowed, char(n) padded. A value may be NULL. Evaluation ends in one of:
//
//   - true or NULL: the row passes;
//   - false: the row is refused;
//   - an error, as PostgreSQL raises it (integer out of range, division by zero): the row is refused;
//   - undecided: a value is outside of what every engine computes alike. The row passes, and PostgreSQL decides.
//
// An error or an undecided value ends the evaluation where it occurs. All, Any, Case and Coalesce therefore look at
// their arguments from left to right and no further than they must, as PostgreSQL does. All other nodes evaluate every
// operand first; then any operand that is NULL makes the result NULL, unless the node says otherwise.
package constraint

import (
	"github.com/trefoil-sql/trefoil/internal/catalog"
	"github.com/trefoil-sql/trefoil/internal/source"
)

// Rule is one CHECK, compiled.
type Rule struct {
	// Constraint is the CHECK's name.
	Constraint string
	// SQL is the expression as canonical SQL.
	SQL string
	// Tree is the whole condition. A row is refused only when it is false, so NULL passes.
	Tree Node
	// NotValid tells that existing rows may break the rule: it holds for what is written only.
	NotValid bool
	Span     source.Span
}

// Node is an expression of the tree. TypeOf gives its type; a condition is of BoolClass.
type Node interface{ isNode() }

type (
	// Column is the value of a column; in a domain's rule the value itself, named VALUE. SQL is its base type, with the
	// modifiers that shape what is stored: domains are resolved.
	Column struct {
		Name string
		SQL  catalog.Type
		Type Type
	}

	// Const is a constant. Text is in the one form that its class has (see Class), "" for NULL and for arrays. Elems are
	// an array's elements.
	Const struct {
		Type  Type
		Null  bool
		Text  string
		Elems []Const
	}

	// Cmp compares two values of one class; a constant is on the right where only one side is one. Strings are compared
	// by <, <=, > and >= only where the collation is "C": by code points. NaN equals itself and is above all numbers;
	// false is below true; bytes, uuids and dates have their natural order; arrays and JSON are only compared for
	// equality, numbers in JSON by value.
	Cmp struct {
		Op          CompareOp
		Left, Right Node
	}

	// Distinct is Left IS [NOT] DISTINCT FROM Right: never NULL. Both are of one class.
	Distinct struct {
		Left, Right Node
		Not         bool
	}

	// Member is X [NOT] IN (List): NULL where X is, and where it is not in the list and the list holds NULL.
	Member struct {
		X    Node
		List []Const
		Not  bool
	}

	// Quantified is X Op ANY (Array), or ALL. Array is not constant. It is NULL where the array is; an empty array makes
	// ANY false and ALL true, even for a NULL X. The elements are compared like ORs, or ANDs, of Cmp.
	Quantified struct {
		X     Node
		Op    CompareOp
		All   bool
		Array Node
	}

	// All is AND, Any is OR; nested ones are flattened. They have at least one argument.
	All struct{ Args []Node }
	Any struct{ Args []Node }

	// Negation is NOT X.
	Negation struct{ X Node }

	// IsNull is X IS [NOT] NULL: never NULL. X may be a condition: that is IS [NOT] UNKNOWN.
	IsNull struct {
		X   Node
		Not bool
	}

	// Arith computes with two numbers of one class, which is also the result's. Integers outside of Type.Size are an
	// error, and so is a zero divisor. Integers divide towards zero and % has the dividend's sign; numerics divide to the
	// scale that PostgreSQL chooses (DivisionScale), rounding half away from zero. Doubles overflow with an error.
	// A numeric that is NaN or infinite is undecided.
	Arith struct {
		Op          ArithOp
		Left, Right Node
		Type        Type
	}

	// Cast is X::To where that keeps or exactly makes a value; Casts lists which there are.
	Cast struct {
		X  Node
		To Type
	}

	// Func calls one of PostgreSQL's functions; see FuncName. Type is the result's.
	Func struct {
		Name FuncName
		Args []Node
		Type Type
	}

	// Match is X ~ pattern; LIKE, ILIKE and SIMILAR TO are translated to patterns as well.
	Match struct {
		X     Node
		Regex Regex
		Not   bool
	}

	// Case is CASE WHEN … THEN … ELSE … END; all results are of Type. Else is a NULL Const where there is none.
	Case struct {
		Whens []When
		Else  Node
		Type  Type
	}

	// Coalesce is the first argument that is not NULL. The arguments are of one class.
	Coalesce struct{ Args []Node }

	// Extremum is GREATEST or LEAST of arguments of one class, whose order Cmp has: NULLs are left out, and it is NULL
	// where all are.
	Extremum struct {
		Greatest bool
		Args     []Node
	}

	// Unknown is what the clients do not evaluate. Columns are those it reads. Emitters never see one: Enforceable
	// leaves it out, with everything that its value could change.
	Unknown struct {
		SQL     string
		Reason  string
		Columns []string
	}
)

// When is one branch of a Case.
type When struct{ Cond, Result Node }

func (Column) isNode()     {}
func (Const) isNode()      {}
func (Cmp) isNode()        {}
func (Distinct) isNode()   {}
func (Member) isNode()     {}
func (Quantified) isNode() {}
func (All) isNode()        {}
func (Any) isNode()        {}
func (Negation) isNode()   {}
func (IsNull) isNode()     {}
func (Arith) isNode()      {}
func (Cast) isNode()       {}
func (Func) isNode()       {}
func (Match) isNode()      {}
func (Case) isNode()       {}
func (Coalesce) isNode()   {}
func (Extremum) isNode()   {}
func (Unknown) isNode()    {}

// ArithOp is an operator of Arith.
type ArithOp string

const (
	Add ArithOp = "+"
	Sub ArithOp = "-"
	Mul ArithOp = "*"
	Div ArithOp = "/"
	Mod ArithOp = "%"
)
