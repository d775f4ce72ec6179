package constraint

// Atom is one test of a single value against constants, in a form that every target has natively. A CHECK is compiled
// to a tree (tree.go); the atoms are what can be read off the tree's top-level conjunction. NULL passes every atom but
// NotNull, as it passes a CHECK.
type Atom interface{ isAtom() }

type (
	// OneOf: the value is one of these strings, in the order written.
	OneOf struct{ Values []string }

	// Compare: the number compares so with a constant. Value is its decimal text, such as 0 or -1.5.
	Compare struct {
		Op    CompareOp
		Value string
	}

	// Length: the number of Unit in the string is within [Min, Max]; nil is open. A blank-padded char(n) is counted
	// without its trailing spaces, as char_length does.
	Length struct {
		Unit     LengthUnit
		Min, Max *int
	}

	// NotEqual: the string is not this one; NotEqual{""} is "not empty".
	NotEqual struct{ Value string }

	// JSONType: jsonb_typeof of the value is one of these: object, array, string, number, boolean, null.
	JSONType struct{ Types []string }

	// Pattern: the string matches. It holds of every string alike: Regex.ASCII is false.
	Pattern struct{ Regex Regex }

	// NotNull: CHECK (x IS NOT NULL).
	NotNull struct{}
)

func (OneOf) isAtom()    {}
func (Compare) isAtom()  {}
func (Length) isAtom()   {}
func (NotEqual) isAtom() {}
func (JSONType) isAtom() {}
func (Pattern) isAtom()  {}
func (NotNull) isAtom()  {}

// CompareOp is one of SQL's comparison operators; not equal is written <>.
type CompareOp string

const (
	LT CompareOp = "<"
	LE CompareOp = "<="
	GT CompareOp = ">"
	GE CompareOp = ">="
	EQ CompareOp = "="
	NE CompareOp = "<>"
)

// LengthUnit is what a length counts.
type LengthUnit string

const (
	Characters LengthUnit = "characters" // code points
	Bytes      LengthUnit = "bytes"      // of UTF-8
)
