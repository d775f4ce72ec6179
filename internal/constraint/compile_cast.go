package constraint

import "github.com/trefoil-sql/trefoil/internal/catalog"

const noForm = "what the constant stands for depends on the session, or has no form in the clients"

// cast compiles x::type: it reads a string, drops what changes nothing, and keeps the casts of the table Casts.
func (c compiler) cast(e *catalog.Cast) Node {
	xs, unknown := c.arrayOrValues(e)
	if unknown != nil {
		return unknown
	}
	x, to := xs, c.typeOf(e.Type)
	if e.Type.Kind == catalog.DomainType && !e.Type.Array {
		return c.unknown(e, "no client casts to a domain")
	}
	if to.Class == OtherClass || to.Class == ArrayClass && to.Elem.Class == OtherClass {
		return c.unknownf(e, "no client casts to %s", e.Type.Name.Name)
	}
	if len(e.Type.Mods) > 0 {
		return c.limited(e, x, to)
	}
	return c.castTo(e, x, to)
}

// arrayOrValues compiles a cast's argument. ARRAY[…] is compiled with the type that it is cast to.
func (c compiler) arrayOrValues(e *catalog.Cast) (Node, Node) {
	if array, ok := e.Arg.(*catalog.Array); ok && e.Type.Array {
		n := c.constArray(array, c.typeOf(e.Type), e.Type)
		if u, ok := n.(Unknown); ok {
			return nil, c.unknown(e, u.Reason)
		}
		return n, nil
	}
	xs, unknown := c.values(e, e.Arg)
	if unknown != nil {
		return nil, unknown
	}
	return xs[0], nil
}

func (c compiler) castTo(e *catalog.Cast, x Node, to Type) Node {
	from := TypeOf(x)
	if k, ok := x.(Const); ok && from.Class == untypedClass {
		k, ok := coerceLiteral(k, to)
		if !ok {
			return c.unknown(e, noForm)
		}
		return k
	}
	pair := CastPair{from.Class, to.Class}
	_, castable := Casts[pair]
	switch {
	case from.Class == to.Class && from.Size == to.Size && from.Class != ArrayClass && from.Class != EnumClass:
		return x
	case from.Class == ArrayClass, from.Class == EnumClass && to.Class == EnumClass:
		if n, ok := coerce(x, to); ok {
			return n
		}
	case pair == CastPair{FloatClass, FloatClass} && to.Size == 4:
		// narrowing rounds
	case pair == CastPair{IntClass, FloatClass} && to.Size == 4, pair == CastPair{NumericClass, FloatClass} && to.Size == 4:
	case castable:
		return c.fold(e, Cast{X: x, To: to})
	}
	return c.unknown(e, "no client makes this cast")
}

// limited compiles a cast to a type with a length: varchar(n) cuts. Others round, pad or raise errors.
func (c compiler) limited(e *catalog.Cast, x Node, to Type) Node {
	if to.Class != TextClass {
		return c.unknown(e, "no client makes this cast")
	}
	text := c.castTo(e, x, to)
	if _, ok := text.(Unknown); ok {
		return text
	}
	n := Const{Type: int4Type, Text: bigInt(int(e.Type.Mods[0])).(interface{ String() string }).String()}
	return c.fold(e, Func{Name: Left, Args: []Node{text, n}, Type: textType})
}
