package constraint

import "github.com/trefoil-sql/trefoil/internal/catalog"

// class groups base types by how their values compare with constants.
type class int

const (
	otherClass  class = iota
	textClass         // text, varchar: compared byte for byte under = and <>
	paddedClass       // bpchar: trailing spaces do not count
	foldedClass       // citext: case does not count
	integerClass
	numericClass
	floatClass
	jsonClass
	boolClass
)

var classes = map[string]class{
	"text": textClass, "varchar": textClass, "name": textClass,
	"bpchar": paddedClass,
	"citext": foldedClass,
	"int2":   integerClass, "int4": integerClass, "int8": integerClass,
	"numeric": numericClass,
	"float8":  floatClass,
	// float4 is left out: its comparison with a constant is done in float8, where 0.1::float4 is not 0.1.
	"json": jsonClass, "jsonb": jsonClass,
	"bool": boolClass,
}

func classOf(t catalog.Type) class {
	if t.Array || t.Kind != catalog.BaseType {
		return otherClass
	}
	return classes[t.Name.Name]
}

// isNumber tells whether values of the class compare with decimal constants.
func (c class) isNumber() bool {
	return c == integerClass || c == numericClass || c == floatClass
}

// classOfNode is the class of a compiled operand.
func classOfNode(n Node) class {
	switch n := n.(type) {
	case Column:
		return classOf(n.SQL)
	case Func:
		if n.Name == JSONTypeOf {
			return textClass
		}
		return integerClass
	default:
		return otherClass
	}
}
