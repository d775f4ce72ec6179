package constraint

import (
	"fmt"
	"strings"

	"github.com/trefoil-sql/trefoil/internal/catalog"
)

// operand compiles a value: a column, a constant, or a function of a column.
func (c compiler) operand(e catalog.Expr) Node {
	switch e := e.(type) {
	case *catalog.ColumnRef:
		if t, ok := c.resolve(e.Name); ok {
			return Column{Name: e.Name, SQL: t, Type: baseTypes[t.Name.Name]}
		}
	case *catalog.Literal:
		return constant(e)
	case *catalog.Cast:
		return c.cast(e)
	case *catalog.Op:
		return c.signed(e)
	case *catalog.Call:
		return c.call(e)
	}
	return c.unknown(e, "no client evaluates this expression")
}

func constant(e *catalog.Literal) Node {
	switch e.Kind {
	case catalog.IntLiteral, catalog.NumericLiteral:
		if n, ok := Decimal(e.Value); ok {
			return Const{Type: numericType, Text: n}
		}
	case catalog.StringLiteral:
		return Const{Type: textType, Text: e.Value}
	case catalog.BoolLiteral:
		return Const{Type: boolType, Text: e.Value}
	case catalog.NullLiteral:
		return Const{Null: true}
	}
	return Unknown{SQL: e.Value, Reason: "the constant has no form in the clients"}
}

// signed reads -1 and +1, which the parser gives as an operator.
func (c compiler) signed(e *catalog.Op) Node {
	if k, ok := c.operandOrNil(e.Right).(Const); ok && e.Left == nil && k.Type.Class == NumericClass {
		switch e.Name {
		case "-":
			n, ok := Decimal("-" + k.Text)
			if strings.HasPrefix(k.Text, "-") {
				n, ok = k.Text[1:], true
			}
			if ok {
				return Const{Type: numericType, Text: n}
			}
		case "+":
			return k
		}
	}
	return c.unknown(e, fmt.Sprintf("operator %s is not evaluated by the clients", e.Name))
}

func (c compiler) operandOrNil(e catalog.Expr) Node {
	if e == nil {
		return nil
	}
	return c.operand(e)
}

// cast drops the casts that change nothing: between text and varchar without a length, and of a constant to a type of
// its own class.
func (c compiler) cast(e *catalog.Cast) Node {
	arg := c.operand(e.Arg)
	to := classOf(e.Type)
	switch arg := arg.(type) {
	case Column:
		if classOf(arg.SQL) == textClass && to == textClass && len(e.Type.Mods) == 0 && e.Type.Name.Name != "name" {
			return arg
		}
		if classOf(arg.SQL) == integerClass && (to == numericClass || to == integerClass && wider(e.Type, arg.SQL)) && len(e.Type.Mods) == 0 {
			return arg
		}
	case Func:
		if arg.Name == JSONTypeOf && to == textClass && len(e.Type.Mods) == 0 {
			return arg
		}
	case Const:
		if arg.Null {
			return arg
		}
		if len(e.Type.Mods) == 0 {
			if to == textClass && arg.Type.Class == TextClass && e.Type.Name.Name != "name" {
				return arg
			}
			if k, ok := coerce(arg, to); ok && exactIn(k, to) {
				return k
			}
		}
	}
	return c.unknown(e, "the cast is not evaluated by the clients")
}

// exactIn tells that a number constant keeps its value in the class: 0.5::int would not.
func exactIn(k Const, to class) bool {
	return to != integerClass || !strings.Contains(k.Text, ".")
}

var integerSize = map[string]int{"int2": 2, "int4": 4, "int8": 8}

func wider(to, from catalog.Type) bool {
	return integerSize[to.Name.Name] >= integerSize[from.Name.Name]
}

var functions = map[string]FuncName{
	"length": CharLength, "char_length": CharLength, "character_length": CharLength,
	"octet_length": OctetLength,
	"jsonb_typeof": JSONTypeOf, "json_typeof": JSONTypeOf,
}

func (c compiler) call(e *catalog.Call) Node {
	name, ok := functions[e.Name]
	if !ok || len(e.Args) != 1 || (e.Schema != "" && e.Schema != "pg_catalog") {
		return c.unknown(e, fmt.Sprintf("function %s is not evaluated by the clients", e.Name))
	}
	arg, ok := c.operand(e.Args[0]).(Column)
	if !ok {
		return c.unknown(e, fmt.Sprintf("the argument of %s is not a column", e.Name))
	}
	switch cl := classOf(arg.SQL); {
	case name == JSONTypeOf && cl == jsonClass,
		name == CharLength && (cl == textClass || cl == foldedClass),
		name == OctetLength && (cl == textClass || cl == foldedClass):
		return Func{Name: name, Args: []Node{arg}, Type: funcType(name)}
	}
	return c.unknown(e, fmt.Sprintf("%s of this type is not evaluated by the clients", e.Name))
}

func funcType(name FuncName) Type {
	if name == JSONTypeOf {
		return textType
	}
	return int4Type
}
