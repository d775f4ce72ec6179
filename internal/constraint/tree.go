// Package constraint compiles CHECK expressions to rules: a small, typed, language-neutral expression tree with SQL's
// three-valued logic, and the atoms that can be read off it. What the tree has no node for is kept as Unknown with the
// reason, so that the rest of the CHECK is still enforced and the gap can be shown.
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

// Node is an expression of the tree.
type Node interface{ isNode() }

type (
	// Column is the value of a column; in a domain's rule the value itself, named VALUE. Type is its base type: domains
	// are resolved.
	Column struct {
		Name string
		Type catalog.Type
	}

	// Const is a constant. Text is decimal text, the string, true or false; "" for null.
	Const struct {
		Kind ConstKind
		Text string
	}

	// Cmp compares; a constant is on the right where only one side is one.
	Cmp struct {
		Op          CompareOp
		Left, Right Node
	}

	// Member is X [NOT] IN (List).
	Member struct {
		X    Node
		List []Const
		Not  bool
	}

	// All is AND, Any is OR; nested ones are flattened.
	All struct{ Args []Node }
	Any struct{ Args []Node }

	// Negation is NOT X.
	Negation struct{ X Node }

	// IsNull is X IS [NOT] NULL.
	IsNull struct {
		X   Node
		Not bool
	}

	// Func is a function that the clients can compute: char_length, octet_length, jsonb_typeof.
	Func struct {
		Name FuncName
		Arg  Node
	}

	// Unknown is what the clients do not evaluate. Columns are those it reads.
	Unknown struct {
		SQL     string
		Reason  string
		Columns []string
	}
)

func (Column) isNode()   {}
func (Const) isNode()    {}
func (Cmp) isNode()      {}
func (Member) isNode()   {}
func (All) isNode()      {}
func (Any) isNode()      {}
func (Negation) isNode() {}
func (IsNull) isNode()   {}
func (Func) isNode()     {}
func (Unknown) isNode()  {}

// ConstKind is the sort of a Const.
type ConstKind int

const (
	NullConst ConstKind = iota
	NumberConst
	TextConst
	BoolConst
)

// FuncName is one of PostgreSQL's functions, synonyms folded (length and character_length are char_length).
type FuncName string

const (
	CharLength  FuncName = "char_length"
	OctetLength FuncName = "octet_length"
	JSONTypeOf  FuncName = "jsonb_typeof" // also json_typeof
)
