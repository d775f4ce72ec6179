package constraint

import (
	"slices"

	"github.com/trefoil-sql/trefoil/internal/naming"
)

// Level says how much of a rule a client enforces.
type Level string

const (
	// Full: a row is refused if and only if PostgreSQL refuses it.
	Full Level = "full"
	// Partly: some of the rows that PostgreSQL refuses are refused, and none that it accepts.
	Partly Level = "partly"
	// NotAtAll: the rule is left to PostgreSQL.
	NotAtAll Level = "not"
)

// Support is what a client enforces of a rule, and why not all of it: each reason once, in order of place.
type Support struct {
	Level   Level
	Reasons []string
}

// SupportOf tells how much of a rule's tree the clients of a language enforce.
func SupportOf(tree Node, lang naming.Language) Support {
	var s Support
	add := func(reason string) {
		if reason != "" && !slices.Contains(s.Reasons, reason) {
			s.Reasons = append(s.Reasons, reason)
		}
	}
	Walk(tree, func(n Node) { add(unsupported(n, lang)) })
	tests := Enforceable(tree, lang)
	for _, test := range tests {
		Walk(test, func(n Node) { add(undecided(n)) })
	}
	switch {
	case len(s.Reasons) == 0:
		s.Level = Full
	case len(tests) == 0:
		s.Level = NotAtAll
	default:
		s.Level = Partly
	}
	return s
}

// Unsupported tells why a client of the language cannot evaluate a node; "" if it can.
func Unsupported(n Node, lang naming.Language) string {
	reason := ""
	Walk(n, func(n Node) {
		if reason == "" {
			reason = unsupported(n, lang)
		}
	})
	return reason
}

func unsupported(n Node, lang naming.Language) string {
	switch n := n.(type) {
	case Unknown:
		return n.Reason
	case Match:
		if lang == naming.Go {
			return n.Regex.NotRE2
		}
	}
	return ""
}

const (
	beyond     = "text with characters beyond ASCII is left to PostgreSQL"
	notFinite  = "NaN and infinite numerics are left to PostgreSQL"
	dimensions = "arrays of several dimensions are left to PostgreSQL"
)

// undecided tells which values of a node's operands the clients leave to PostgreSQL; "" for none.
func undecided(n Node) string {
	switch n := n.(type) {
	case Match:
		if n.Regex.ASCII {
			return beyond
		}
	case Arith:
		if n.Type.Class == NumericClass {
			return notFinite
		}
	case Cast:
		return undecidedCast(TypeOf(n.X), n.To)
	case Cmp:
		if TypeOf(n.Left).Class == ArrayClass {
			return dimensions
		}
	case Distinct:
		if TypeOf(n.Left).Class == ArrayClass {
			return dimensions
		}
	case Member:
		if TypeOf(n.X).Class == ArrayClass {
			return dimensions
		}
	case Func:
		return undecidedFunc(n)
	}
	return ""
}

func undecidedCast(from, to Type) string {
	switch {
	case from.Class == TextClass && to.Class != TextClass:
		return "text that is not plain digits is left to PostgreSQL"
	case from.Class == NumericClass && to.Class == FloatClass:
		return "numerics beyond the range of doubles are left to PostgreSQL"
	}
	return ""
}

func undecidedFunc(n Func) string {
	switch n.Name {
	case Lower, Upper:
		return beyond
	case Abs, Round, Trunc, Floor, Ceil:
		if n.Type.Class == NumericClass {
			return notFinite
		}
	case JSONText:
		return "the text of objects, arrays and fractions in JSON is left to PostgreSQL"
	case JSONIndex:
		return "elements of what is no array are left to PostgreSQL"
	case ArrayPosition:
		return dimensions
	}
	return ""
}
