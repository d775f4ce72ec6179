package constraint_test

import (
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/trefoil-sql/trefoil/internal/catalog"
	"github.com/trefoil-sql/trefoil/internal/constraint"
)

type atoms = []constraint.ColumnAtom

func oneOf(column string, values ...string) constraint.ColumnAtom {
	return constraint.ColumnAtom{Column: column, Atom: constraint.OneOf{Values: values}}
}

func compare(column string, op constraint.CompareOp, value string) constraint.ColumnAtom {
	return constraint.ColumnAtom{Column: column, Atom: constraint.Compare{Op: op, Value: value}}
}

func jsonType(column string, types ...string) constraint.ColumnAtom {
	return constraint.ColumnAtom{Column: column, Atom: constraint.JSONType{Types: types}}
}

func notEqual(column, value string) constraint.ColumnAtom {
	return constraint.ColumnAtom{Column: column, Atom: constraint.NotEqual{Value: value}}
}

func notNull(column string) constraint.ColumnAtom {
	return constraint.ColumnAtom{Column: column, Atom: constraint.NotNull{}}
}

func pattern(column, re string) constraint.ColumnAtom {
	return constraint.ColumnAtom{Column: column, Atom: constraint.Pattern{Regex: constraint.Regex{SQL: re, Operator: "~", Pattern: re, Python: re}}}
}

// length gives Min and Max; a negative bound is open.
func length(column string, unit constraint.LengthUnit, lowest, highest int) constraint.ColumnAtom {
	l := constraint.Length{Unit: unit}
	if lowest >= 0 {
		l.Min = &lowest
	}
	if highest >= 0 {
		l.Max = &highest
	}
	return constraint.ColumnAtom{Column: column, Atom: l}
}

// The cases of TestAtoms are given to PostgreSQL as well, by TestAtomsAgainstPostgreSQL.
var atomCases = []struct {
	name  string
	check catalog.Expr
	atoms atoms
	rest  int // conjuncts that no atom covers
}{
	{"list of words", in(col("t"), str("a"), str("b")), atoms{oneOf("t", "a", "b")}, 0},
	{"list with repeats", in(col("t"), str("a"), str("b"), str("a")), atoms{oneOf("t", "a", "b")}, 0},
	{"list with an empty string", in(col("v"), str(""), str("b")), atoms{oneOf("v", "", "b")}, 0},
	{"list as pg_dump writes it",
		anyOf(cast(col("v"), "text"), cast(array(cast(str("a"), "varchar"), cast(str("b"), "varchar")), "text[]")),
		atoms{oneOf("v", "a", "b")}, 0},
	{"list in an array", anyOf(col("t"), array(str("a"), str("b"))), atoms{oneOf("t", "a", "b")}, 0},
	{"list in an array literal", anyOf(col("t"), cast(str("{a, b c}"), "text[]")), atoms{oneOf("t", "a", "b c")}, 0},
	{"list in a bare array literal", anyOf(col("t"), str("{a,b}")), atoms{oneOf("t", "a", "b")}, 0},
	{"array literal with quotes", anyOf(col("t"), cast(str(`{"a"}`), "text[]")), nil, 1},
	{"array that cuts its elements", anyOf(col("t"), cast(array(str("abc")), "varchar[]", 1)), atoms{oneOf("t", "a")}, 0},
	{"array that rounds its elements", anyOf(col("i"), cast(array(num("0.6")), "int4[]")), nil, 1},
	{"one word", op(col("t"), "=", str("a")), atoms{oneOf("t", "a")}, 0},
	{"one word, turned round", op(str("a"), "=", col("t")), atoms{oneOf("t", "a")}, 0},
	{"words joined by OR", or(op(col("t"), "=", str("a")), op(col("t"), "=", str("b"))), atoms{oneOf("t", "a", "b")}, 0},
	{"lists joined by OR", or(in(col("t"), str("a"), str("b")), in(col("t"), str("b"), str("c"))),
		atoms{oneOf("t", "a", "b", "c")}, 0},
	{"words of two columns joined by OR", or(op(col("t"), "=", str("a")), op(col("w"), "=", str("b"))), nil, 1},
	{"list or null", or(isNull(col("t")), in(col("t"), str("a"))), atoms{oneOf("t", "a")}, 0},
	{"list or another column's null", or(isNull(col("w")), in(col("t"), str("a"))), nil, 1},
	{"list with NULL", in(col("t"), str("a"), null()), nil, 0},
	{"no list with NULL", notIn(col("t"), str("a"), null()), nil, 1},
	{"no list", notIn(col("t"), str("a")), nil, 1},
	{"NOT of a list", not(in(col("t"), str("a"))), nil, 1},
	{"NOT of no list", not(notIn(col("t"), str("a"))), atoms{oneOf("t", "a")}, 0},
	{"all different", allOf(col("t"), array(str("a"))), nil, 1},
	{"list of a char column", in(col("c"), str("a")), nil, 1},
	{"list of a number", in(col("i"), num("1"), num("2")), nil, 1},
	{"word cut by a cast", op(col("t"), "=", cast(str("abc"), "varchar", 2)), atoms{oneOf("t", "ab")}, 0},
	{"column cut by a cast", op(cast(col("t"), "varchar", 2), "=", str("ab")), nil, 1},

	{"not empty", op(col("t"), "<>", str("")), atoms{notEqual("t", "")}, 0},
	{"not empty, C's way", op(col("t"), "!=", str("")), atoms{notEqual("t", "")}, 0},
	{"NOT of empty", not(op(col("t"), "=", str(""))), atoms{notEqual("t", "")}, 0},
	{"words in order", op(col("t"), ">", str("a")), nil, 1},

	{"not negative", op(col("i"), ">=", num("0")), atoms{compare("i", constraint.GE, "0")}, 0},
	{"turned round", op(num("0"), "<=", col("i")), atoms{compare("i", constraint.GE, "0")}, 0},
	{"negative bound", op(col("i"), ">", num("-5")), atoms{compare("i", constraint.GT, "-5")}, 0},
	{"plus sign", op(col("i"), "<", &catalog.Op{Name: "+", Right: num("5")}), atoms{compare("i", constraint.LT, "5")}, 0},
	{"two minus signs", op(col("i"), "<", &catalog.Op{Name: "-", Right: num("-5")}), atoms{compare("i", constraint.LT, "5")}, 0},
	{"quoted number", op(col("i"), ">=", str("3")), atoms{compare("i", constraint.GE, "3")}, 0},
	{"integer above a fraction", op(col("i"), ">", num("0.5")), atoms{compare("i", constraint.GE, "1")}, 0},
	{"integer below a fraction", op(col("i"), "<", num("-0.5")), atoms{compare("i", constraint.LE, "-1")}, 0},
	{"integer equal to a fraction", op(col("i"), "=", num("0.5")), nil, 1},
	{"integer within a larger type", op(col("i"), "<", num("3000000000")), nil, 1},
	{"bigint", op(col("b"), "<", num("3000000000")), atoms{compare("b", constraint.LT, "3000000000")}, 0},
	{"integer cast to numeric", op(cast(col("i"), "numeric"), ">=", cast(num("0"), "numeric")),
		atoms{compare("i", constraint.GE, "0")}, 0},
	{"integer made smaller", op(cast(col("b"), "int4"), ">=", num("0")), nil, 1},
	{"numeric", op(col("n"), ">=", num("0.50")), atoms{compare("n", constraint.GE, "0.5")}, 0},
	{"numeric with an exponent", op(col("u"), "<", num("1e3")), atoms{compare("u", constraint.LT, "1000")}, 0},
	{"numeric as pg_dump writes it", op(col("n"), ">=", cast(num("0"), "numeric")), atoms{compare("n", constraint.GE, "0")}, 0},
	{"numeric compared as double", op(col("u"), ">=", cast(num("1"), "float8")), nil, 1},
	{"numeric compared as double, turned round", op(cast(num("1"), "float8"), "<=", col("u")), nil, 1},
	{"bigint compared as double", op(col("b"), "<=", cast(num("9007199254740993"), "float8")), nil, 1},
	{"integer compared as double", op(col("i"), "<=", cast(num("7"), "float8")), atoms{compare("i", constraint.LE, "7")}, 0},
	{"double", op(col("f"), "<", num("0.1")), atoms{compare("f", constraint.LT, "0.1")}, 0},
	{"double as pg_dump writes it", op(col("f"), ">=", cast(num("0"), "float8")), atoms{compare("f", constraint.GE, "0")}, 0},
	{"real", op(col("r"), ">=", num("0.1")), nil, 1},
	{"rounded constant", op(col("i"), ">", cast(num("0.6"), "int4")), atoms{compare("i", constraint.GT, "1")}, 0},
	{"two columns", op(col("i"), ">", col("b")), nil, 1},
	{"two constants", op(num("1"), "<", num("2")), nil, 0},
	{"number with NULL", op(col("i"), ">", null()), nil, 0},
	{"between", between(col("i"), num("1"), num("5")),
		atoms{compare("i", constraint.GE, "1"), compare("i", constraint.LE, "5")}, 0},
	{"not between", &catalog.Between{Arg: col("i"), Low: num("1"), High: num("5"), Not: true}, nil, 1},
	{"NOT of not between", not(&catalog.Between{Arg: col("i"), Low: num("1"), High: num("5"), Not: true}),
		atoms{compare("i", constraint.GE, "1"), compare("i", constraint.LE, "5")}, 0},
	{"between symmetric", &catalog.Between{Arg: col("i"), Low: num("5"), High: num("1"), Symmetric: true}, nil, 1},
	{"NOT of OR", not(or(op(col("i"), "<", num("0")), op(col("i"), ">", num("9")))),
		atoms{compare("i", constraint.GE, "0"), compare("i", constraint.LE, "9")}, 0},
	{"AND", and(op(col("i"), ">=", num("0")), op(col("t"), "<>", str(""))),
		atoms{compare("i", constraint.GE, "0"), notEqual("t", "")}, 0},
	{"AND with what is unknown", and(op(col("i"), ">=", num("0")), op(call("lower", col("t")), "=", col("t"))),
		atoms{compare("i", constraint.GE, "0")}, 1},
	{"null or AND", or(isNull(col("i")), and(op(col("i"), ">=", num("0")), op(col("i"), "<", num("10")))),
		atoms{compare("i", constraint.GE, "0"), compare("i", constraint.LT, "10")}, 0},
	{"AND or null of two columns", or(and(op(col("i"), ">=", num("0")), op(col("b"), "<", num("10"))), isNull(col("i"))),
		atoms{compare("i", constraint.GE, "0")}, 1},
	{"numbers joined by OR", or(op(col("i"), "<", num("0")), op(col("i"), ">", num("9"))), nil, 1},

	{"length at least", op(call("length", col("t")), ">", num("2")), atoms{length("t", constraint.Characters, 3, -1)}, 0},
	{"length at most", op(call("char_length", col("t")), "<=", num("3")), atoms{length("t", constraint.Characters, -1, 3)}, 0},
	{"length below", op(call("char_length", col("t")), "<", num("3")), atoms{length("t", constraint.Characters, -1, 2)}, 0},
	{"length in bytes", op(call("octet_length", col("t")), "<=", num("3")), atoms{length("t", constraint.Bytes, -1, 3)}, 0},
	{"length exactly", op(call("length", col("v")), "=", num("2")), atoms{length("v", constraint.Characters, 2, 2)}, 0},
	{"length zero", op(call("length", col("v")), "=", num("0")), atoms{length("v", constraint.Characters, -1, 0)}, 0},
	{"length not zero", op(call("length", col("t")), "<>", num("0")), atoms{length("t", constraint.Characters, 1, -1)}, 0},
	{"length not two", op(call("length", col("t")), "<>", num("2")), nil, 1},
	{"length within", between(call("length", col("t")), num("1"), num("3")),
		atoms{length("t", constraint.Characters, 1, -1), length("t", constraint.Characters, -1, 3)}, 0},
	{"length that every string has", op(call("length", col("t")), ">=", num("0")), nil, 0},
	{"length that no string has", op(call("length", col("t")), "<", num("0")), nil, 1},
	{"length of a cast column", op(call("length", cast(col("v"), "text")), "<", num("3")),
		atoms{length("v", constraint.Characters, -1, 2)}, 0},
	{"length of a char column", op(call("length", col("c")), "<", num("3")), nil, 1},
	{"length of a trimmed column", op(call("length", call("btrim", col("t"))), ">", num("0")), nil, 1},
	{"function of somebody's", op(&catalog.Call{Schema: "app", Name: "length", Args: []catalog.Expr{col("t")}}, ">", num("0")), nil, 1},

	{"JSON object", op(call("jsonb_typeof", col("j")), "=", str("object")), atoms{jsonType("j", "object")}, 0},
	{"JSON object, json", op(call("json_typeof", col("k")), "=", str("object")), atoms{jsonType("k", "object")}, 0},
	{"JSON object or array", in(call("jsonb_typeof", col("j")), str("object"), str("array")), atoms{jsonType("j", "object", "array")}, 0},
	{"JSON types joined by OR", or(op(call("jsonb_typeof", col("j")), "=", str("object")), op(call("jsonb_typeof", col("j")), "=", str("array"))),
		atoms{jsonType("j", "object", "array")}, 0},
	{"no JSON null", op(call("jsonb_typeof", col("j")), "<>", str("null")),
		atoms{jsonType("j", "object", "array", "string", "number", "boolean")}, 0},
	{"no JSON scalars", notIn(call("jsonb_typeof", col("j")), str("null"), str("string"), str("number"), str("boolean")),
		atoms{jsonType("j", "object", "array")}, 0},

	{"not null", isNotNull(col("t")), atoms{notNull("t")}, 0},
	{"NOT of null", not(isNull(col("t"))), atoms{notNull("t")}, 0},
	{"null", isNull(col("t")), nil, 1},
	{"null or not null", or(isNull(col("t")), isNotNull(col("t"))), nil, 0},
	{"null of an expression", isNotNull(call("lower", col("t"))), nil, 1},
	{"not null and more", and(isNotNull(col("t")), op(col("t"), "<>", str(""))), atoms{notNull("t"), notEqual("t", "")}, 0},

	{"boolean", op(col("o"), "=", boolean(true)), nil, 1},
	{"array column", op(col("a"), "<>", cast(str("{}"), "text[]")), nil, 1},
	{"pattern", op(col("t"), "~", str("^a")), atoms{pattern("t", "^a")}, 0},
	{"no pattern", op(col("t"), "!~", str("^a")), nil, 1},
	{"pattern with a class of the locale", op(col("t"), "~", str(`\w`)), nil, 1},
}

func TestAtoms(t *testing.T) {
	for _, c := range atomCases {
		t.Run(c.name, func(t *testing.T) {
			got, rest := compile(c.check).Atoms()
			assert.Equal(t, c.atoms, atoms(got))
			assert.Len(t, rest, c.rest, "conjuncts without an atom")
		})
	}
}

func TestCompileKeepsWhatItDoesNotKnow(t *testing.T) {
	check := op(call("md5", col("t")), "=", col("w"))
	rule := compile(check)
	unknown, ok := rule.Tree.(constraint.Unknown)
	assert.True(t, ok)
	assert.Equal(t, []string{"t", "w"}, unknown.Columns)
	assert.Equal(t, "function md5 is not evaluated by the clients", unknown.Reason)
	assert.Equal(t, "(md5(t) = w)", rule.SQL)
	assert.Equal(t, []string{"t", "w"}, constraint.Columns(rule.Tree))
}

func TestReasons(t *testing.T) {
	for _, c := range []struct {
		check  catalog.Expr
		reason string
	}{
		{op(col("t"), "&<", str("a")), "operator &< is not evaluated by the clients"},
		{&catalog.Op{Schema: "app", Name: "=", Left: col("t"), Right: str("a")}, "operator = is not PostgreSQL's own"},
		{op(col("t"), "<", str("a")), "the order of strings depends on the collation"},
		{op(col("c"), "=", col("v")), "char(n) and varchar are compared without trailing spaces of either"},
		{op(col("t"), "=", call("now")), "the result depends on the time"},
		{&catalog.Opaque{SQL: "EXISTS (SELECT)"}, "no client evaluates this expression"},
		{op(call("length", col("a")), ">", num("0")), "length of these types is not evaluated by the clients"},
		{in(call("md5", col("t")), str("a")), "function md5 is not evaluated by the clients"},
		{op(op(col("r"), "+", col("r")), ">", num("2")), "arithmetic in single precision is not evaluated by the clients"},
		{op(col("t"), "~", col("w")), "the pattern is not a constant"},
		{op(col("t"), "~", str("(a)\\1")), "the pattern has a back reference or an octal number, which the clients do not translate"},
		{op(col("t"), "~", str("(")), "the pattern has no equal in the clients"},
		{op(col("i"), ">", op(num("1"), "/", num("0"))), "the constant expression has no value in the clients"},
	} {
		unknown, ok := compile(c.check).Tree.(constraint.Unknown)
		assert.True(t, ok, c.reason)
		assert.Equal(t, c.reason, unknown.Reason)
	}
}

func TestIntersect(t *testing.T) {
	a := constraint.OneOf{Values: []string{"x", "y", "z"}}
	b := constraint.OneOf{Values: []string{"z", "x", "q"}}
	assert.Equal(t, []string{"x", "z"}, constraint.Intersect(a, b).Values)
	assert.Empty(t, constraint.Intersect(a, constraint.OneOf{Values: []string{"q"}}).Values)
	assert.Equal(t, a, constraint.Intersect(a))
	assert.Empty(t, constraint.Intersect().Values)
}

func TestBase(t *testing.T) {
	over := func(name string) catalog.Type {
		return catalog.Type{Name: catalog.Name{Schema: "public", Name: name}, Kind: catalog.DomainType}
	}
	list := over("b")
	list.Array, list.Dims = true, 1
	c := &catalog.Catalog{Domains: []catalog.Domain{
		{Name: catalog.Name{Schema: "public", Name: "a"}, Type: over("b")},
		{Name: catalog.Name{Schema: "public", Name: "b"}, Type: base("text")},
		{Name: catalog.Name{Schema: "public", Name: "l"}, Type: list},
	}}
	assert.Equal(t, base("text"), constraint.Base(c, over("a")))
	assert.Equal(t, list, constraint.Base(c, over("l")), "a domain over an array is an array")
	assert.Equal(t, over("missing"), constraint.Base(c, over("missing")))
	assert.Equal(t, base("int4"), constraint.Base(c, base("int4")))
}
