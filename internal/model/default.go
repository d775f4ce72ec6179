package model

import (
	"encoding/json"
	"strings"

	"github.com/trefoil-sql/trefoil/internal/catalog"
	"github.com/trefoil-sql/trefoil/internal/constraint"
)

// constantDefault reads a default that a client can write itself: a literal, perhaps signed or cast, that becomes a
// value of the column without changing on the way. Anything else (now(), a sequence, an expression) is the database's
// to compute. base is the column's type with domains resolved, t the field's.
func constantDefault(e *catalog.Expression, base catalog.Type, t Type) *Default {
	if e == nil {
		return nil
	}
	lit, ok := literal(e.Tree, base)
	if !ok {
		return nil
	}
	return readDefault(lit, t)
}

// isNull tells a NULL, cast or not.
func isNull(e catalog.Expr) bool {
	switch e := e.(type) {
	case *catalog.Literal:
		return e.Kind == catalog.NullLiteral
	case *catalog.Cast:
		return isNull(e.Arg)
	}
	return false
}

// literal strips signs, and casts that change nothing, from a literal.
func literal(e catalog.Expr, base catalog.Type) (lit catalog.Literal, ok bool) {
	switch e := e.(type) {
	case *catalog.Literal:
		return *e, e.Kind != catalog.NullLiteral && e.Kind != catalog.BitLiteral
	case *catalog.Cast:
		lit, ok = literal(e.Arg, base)
		return lit, ok && castKeeps(lit, e.Type, base)
	case *catalog.Op:
		if e.Left != nil || e.Name != "-" {
			return lit, false
		}
		lit, ok = literal(e.Right, base)
		lit.Value = "-" + lit.Value
		return lit, ok && (lit.Kind == catalog.IntLiteral || lit.Kind == catalog.NumericLiteral)
	}
	return lit, false
}

// castKeeps tells that a literal cast to a type, and from there to the column's, is what the literal alone would be. A
// type with a length or scale may cut or round.
func castKeeps(lit catalog.Literal, to, base catalog.Type) bool {
	if len(to.Mods) > 0 || to.Array != base.Array {
		return false
	}
	switch lit.Kind {
	case catalog.StringLiteral:
		text := to.Kind == catalog.BaseType && (to.Name.Name == "text" || to.Name.Name == "varchar")
		return to.Name == base.Name || text || to.Kind == catalog.DomainType && len(base.Mods) == 0
	case catalog.IntLiteral, catalog.NumericLiteral:
		return to.Name == base.Name || to.Name.Name == "numeric" || lit.Kind == catalog.IntLiteral && isInteger(to)
	default:
		return to.Name == base.Name
	}
}

func isInteger(t catalog.Type) bool {
	return t.Name.Name == "int2" || t.Name.Name == "int4" || t.Name.Name == "int8"
}

// readDefault takes a literal as a value of the field's type. A literal whose reading takes PostgreSQL's input rules
// (dates, intervals, arrays, 'yes' for a boolean) is left to the database.
func readDefault(lit catalog.Literal, t Type) *Default {
	isString := lit.Kind == catalog.StringLiteral
	switch t := t.(type) {
	case EnumRef:
		for _, v := range t.Enum.Values {
			if v.Value == lit.Value && isString {
				return &Default{StringDefault, lit.Value}
			}
		}
	case JSONOf:
		return jsonDefault(lit)
	case Scalar:
		return scalarDefault(lit, t)
	}
	return nil
}

func scalarDefault(lit catalog.Literal, t Scalar) *Default {
	isString := lit.Kind == catalog.StringLiteral
	switch t.Kind {
	case Int2, Int4, Int8, Numeric, Float4, Float8:
		return numberDefault(lit, t)
	case Bool:
		if text, ok := boolWords[lit.Value]; ok && (isString || lit.Kind == catalog.BoolLiteral) {
			return &Default{BoolDefault, text}
		}
	case Text, Varchar, CIText:
		if isString {
			return &Default{StringDefault, lit.Value}
		}
	case JSON, JSONB:
		return jsonDefault(lit)
	}
	return nil
}

// boolWords are the usual spellings of a boolean.
var boolWords = map[string]string{"true": "true", "t": "true", "false": "false", "f": "false"}

func jsonDefault(lit catalog.Literal) *Default {
	if lit.Kind != catalog.StringLiteral || !json.Valid([]byte(lit.Value)) {
		return nil
	}
	return &Default{JSONDefault, lit.Value}
}

// numberDefault reads decimal text. A fraction that the column has no room for is rounded by the database.
func numberDefault(lit catalog.Literal, t Scalar) *Default {
	text, ok := constraint.Decimal(lit.Value)
	if !ok || lit.Kind == catalog.BoolLiteral {
		return nil
	}
	_, fraction, _ := strings.Cut(text, ".")
	isInt := t.Kind == Int2 || t.Kind == Int4 || t.Kind == Int8
	if isInt && fraction != "" || t.HasPrecision && len(fraction) > max(0, t.Scale) {
		return nil
	}
	return &Default{NumberDefault, text}
}
