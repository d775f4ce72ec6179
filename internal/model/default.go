package model

import (
	"strings"

	"github.com/trefoil-sql/trefoil/internal/catalog"
)

// constantDefault reads a default that a client can write itself: a literal, perhaps signed or cast to the column's
// type. Anything else (now(), a sequence, an expression) is the database's to compute.
func constantDefault(e *catalog.Expression, t Type) *Default {
	if e == nil {
		return nil
	}
	kind, text, ok := literal(e.Tree)
	if !ok {
		return nil
	}
	return readDefault(kind, text, t)
}

// literal strips casts and a sign from a literal.
func literal(e catalog.Expr) (catalog.LiteralKind, string, bool) {
	switch e := e.(type) {
	case *catalog.Literal:
		return e.Kind, e.Value, e.Kind != catalog.NullLiteral
	case *catalog.Cast:
		return literal(e.Arg)
	case *catalog.Op:
		kind, text, ok := literal(e.Right)
		if e.Left != nil || e.Name != "-" || !ok || kind > catalog.NumericLiteral || strings.HasPrefix(text, "-") {
			return 0, "", false
		}
		return kind, "-" + text, true
	}
	return 0, "", false
}

// readDefault takes a literal as a value of the field's type. A literal whose reading takes PostgreSQL's input rules
// (dates, intervals, arrays, 'yes' for a boolean) is left to the database.
func readDefault(kind catalog.LiteralKind, text string, t Type) *Default {
	switch t := t.(type) {
	case EnumRef:
		for _, v := range t.Enum.Values {
			if v.Value == text && kind == catalog.StringLiteral {
				return &Default{StringDefault, text}
			}
		}
	case JSONOf:
		if kind == catalog.StringLiteral {
			return &Default{JSONDefault, text}
		}
	case Scalar:
		return scalarDefault(kind, text, t)
	}
	return nil
}

func scalarDefault(kind catalog.LiteralKind, text string, t Scalar) *Default {
	switch t.Kind {
	case Int2, Int4, Int8, Numeric, Float8:
		return numberDefault(kind, text, t)
	case Bool:
		switch {
		case kind == catalog.BoolLiteral:
			return &Default{BoolDefault, text}
		case kind == catalog.StringLiteral && (text == "true" || text == "t"):
			return &Default{BoolDefault, "true"}
		case kind == catalog.StringLiteral && (text == "false" || text == "f"):
			return &Default{BoolDefault, "false"}
		}
	case Text, Varchar:
		if kind == catalog.StringLiteral {
			return &Default{StringDefault, text}
		}
	case JSON, JSONB:
		if kind == catalog.StringLiteral {
			return &Default{JSONDefault, text}
		}
	}
	return nil
}

func numberDefault(kind catalog.LiteralKind, text string, t Scalar) *Default {
	if kind > catalog.StringLiteral {
		return nil
	}
	digits := strings.TrimPrefix(strings.TrimSpace(text), "-")
	whole := digits != "" && strings.Trim(digits, "0123456789") == ""
	decimal := strings.Count(digits, ".") == 1 && strings.Trim(digits, "0123456789.") == "" && len(digits) > 1
	isInt := t.Kind == Int2 || t.Kind == Int4 || t.Kind == Int8
	if !whole && (!decimal || isInt) {
		return nil
	}
	return &Default{NumberDefault, strings.TrimSpace(text)}
}
