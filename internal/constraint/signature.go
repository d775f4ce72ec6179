package constraint

var (
	space = Const{Type: textType, Text: " "}
	zero  = Const{Type: int4Type, Text: "0"}
)

// bits is bit_length: eight times the bytes.
func bits(args []Node) Node {
	bytes := Func{Name: OctetLength, Args: args, Type: int4Type}
	return Arith{Op: Mul, Left: bytes, Right: Const{Type: int4Type, Text: "8"}, Type: int4Type}
}

func modulo(args []Node) Node {
	t := commonNumber(TypeOf(args[0]), TypeOf(args[1]))
	for i := range args {
		if t.Class == NumericClass {
			args[i], _ = coerce(args[i], t)
		}
	}
	return Arith{Op: Mod, Left: args[0], Right: args[1], Type: t}
}

// signatures are the functions that the clients compute, by PostgreSQL's names. The first that takes the arguments
// counts.
var signatures = []signature{
	{"length", []param{anyText}, plain(CharLength, int4Type)},
	{"length", []param{bytes_}, plain(OctetLength, int4Type)},
	{"char_length", []param{anyText}, plain(CharLength, int4Type)},
	{"character_length", []param{anyText}, plain(CharLength, int4Type)},
	{"octet_length", []param{unpadded}, plain(OctetLength, int4Type)},
	{"octet_length", []param{bytes_}, plain(OctetLength, int4Type)},
	{"bit_length", []param{unpadded}, bits},
	{"bit_length", []param{bytes_}, bits},
	{"lower", []param{anyText}, plain(Lower, textType)},
	{"upper", []param{anyText}, plain(Upper, textType)},
	{"btrim", []param{anyText}, withMore(BTrim, textType, space)},
	{"ltrim", []param{anyText}, withMore(LTrim, textType, space)},
	{"rtrim", []param{anyText}, withMore(RTrim, textType, space)},
	{"btrim", []param{anyText, text}, plain(BTrim, textType)},
	{"ltrim", []param{anyText, text}, plain(LTrim, textType)},
	{"rtrim", []param{anyText, text}, plain(RTrim, textType)},
	{"starts_with", []param{text, text}, plain(StartsWith, boolType)},
	{"strpos", []param{text, text}, plain(StrPos, int4Type)},
	{"position", []param{text, text}, plain(StrPos, int4Type)},
	{"left", []param{anyText, count}, plain(Left, textType)},
	{"right", []param{anyText, count}, plain(Right, textType)},
	{"substr", []param{anyText, count}, plain(Substr, textType)},
	{"substr", []param{anyText, count, count}, plain(Substr, textType)},
	{"substring", []param{anyText, typedCount}, plain(Substr, textType)},
	{"substring", []param{anyText, typedCount, typedCount}, plain(Substr, textType)},
	{"replace", []param{text, text, text}, plain(Replace, textType)},

	{"abs", []param{integer}, likeFirst(Abs)},
	{"abs", []param{exactNumber}, likeFirst(Abs)},
	{"abs", []param{wide}, likeFirst(Abs)},
	{"mod", []param{integer, integer}, modulo},
	{"mod", []param{exactOrInteger, exactOrInteger}, modulo},
	{"round", []param{exactNumber}, withMore(Round, numericType, zero)},
	{"round", []param{exactOrInteger, literalCount}, rounding(Round)},
	{"trunc", []param{exactNumber}, withMore(Trunc, numericType, zero)},
	{"trunc", []param{exactOrInteger, literalCount}, rounding(Trunc)},
	{"floor", []param{exactNumber}, plain(Floor, numericType)},
	{"floor", []param{double}, plain(Floor, float8Type)},
	{"ceil", []param{exactNumber}, plain(Ceil, numericType)},
	{"ceil", []param{double}, plain(Ceil, float8Type)},
	{"ceiling", []param{exactNumber}, plain(Ceil, numericType)},
	{"ceiling", []param{double}, plain(Ceil, float8Type)},

	{"jsonb_typeof", []param{document}, plain(JSONTypeOf, textType)},
	{"json_typeof", []param{document}, plain(JSONTypeOf, textType)},
	{"jsonb_array_length", []param{document}, plain(JSONArrayLength, int4Type)},
	{"json_array_length", []param{document}, plain(JSONArrayLength, int4Type)},
	{"jsonb_exists", []param{document, text}, plain(JSONHas, boolType)},

	{"cardinality", []param{list}, plain(Cardinality, int4Type)},
	{"array_length", []param{list, literalCount}, plain(ArrayLength, int4Type)},
}

func rounding(name FuncName) func([]Node) Node {
	return func(args []Node) Node {
		args[0], _ = coerce(args[0], numericType)
		return Func{Name: name, Args: args, Type: numericType}
	}
}

// unpadded is a string whose bytes are what the client has; those of char(n) include its padding.
func unpadded(n Node) (Node, bool) {
	if TypeOf(n).Class == PaddedClass {
		return nil, false
	}
	return anyText(n)
}

// typedCount is no quoted number: substring(text, text) is another function.
func typedCount(n Node) (Node, bool) {
	if TypeOf(n).Class == untypedClass {
		return nil, false
	}
	return count(n)
}

// wide is a double; abs(real) is a real.
func wide(n Node) (Node, bool) {
	t := TypeOf(n)
	return n, t.Class == FloatClass && t.Size == 8
}

func exactOrInteger(n Node) (Node, bool) {
	class := TypeOf(n).Class
	return n, class == NumericClass || class == IntClass
}

// variadic compiles the functions whose parameters depend on one another.
func variadic(name string, args []Node) (Node, bool) {
	for i, arg := range args {
		if n, ok := coerce(arg, textType); ok && TypeOf(arg).Class == untypedClass && name != "array_position" {
			args[i] = n
		}
	}
	switch name {
	case "num_nonnulls":
		return Func{Name: NumNonNulls, Args: args, Type: int4Type}, len(args) > 0
	case "num_nulls":
		return Func{Name: NumNulls, Args: args, Type: int4Type}, len(args) > 0
	case "array_position":
		if len(args) != 2 || TypeOf(args[0]).Class != ArrayClass {
			return nil, false
		}
		elem := *TypeOf(args[0]).Elem
		sought, ok := coerce(args[1], elem)
		return Func{Name: ArrayPosition, Args: []Node{args[0], sought}, Type: int4Type}, ok && comparableElement(elem)
	case "concat":
		return concatAll(args)
	}
	return nil, false
}

// concatAll is concat(): the strings that are not NULL, one after another.
func concatAll(args []Node) (Node, bool) {
	var out Node
	for _, arg := range args {
		s, ok := text(arg)
		if !ok {
			return nil, false
		}
		s = Coalesce{Args: []Node{s, Const{Type: textType}}}
		if out == nil {
			out = s
			continue
		}
		out = Func{Name: Concat, Args: []Node{out, s}, Type: textType}
	}
	return out, out != nil
}
