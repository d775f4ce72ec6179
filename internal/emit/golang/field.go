package golang

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/dave/jennifer/jen"

	"github.com/trefoil-sql/trefoil/internal/constraint"
	"github.com/trefoil-sql/trefoil/internal/model"
)

// field writes the tests of one field. tested is false if there are rules that its Go type keeps from being tested.
func (g *generator) field(p pair) (code []jen.Code, tested bool) {
	if p.Embed {
		if _, ok := g.pkg.structs[p.goType]; !ok {
			return nil, true
		}
		if !g.pkg.canValidate(p.goType) {
			return nil, false
		}
		return []jen.Code{jen.Id("found").Op("=").Add(
			g.call("trefoilWithin", jen.Id("found"), jen.Lit(p.goName), p.value().Dot("Validate").Call()))}, true
	}
	t, known := g.goType(p)
	tests, tested := g.tests(p, t, known)
	trees, bound := g.trees(p)
	tests, tested = append(tests, trees...), tested && bound
	return g.guard(p, t, tests), tested
}

func (p pair) value() *jen.Statement {
	if p.local != "" {
		return jen.Id(p.local)
	}
	return jen.Id("v").Dot(p.goName)
}

// goType knows sqlc's types, the package's own enums, and slices, which are nil for NULL.
func (g *generator) goType(p pair) (goType, bool) {
	if t, ok := goTypes[p.goType]; ok {
		return t, true
	}
	name := strings.TrimPrefix(p.goType, "*")
	if g.pkg.strings[name] {
		if name != p.goType {
			return goType{text, pointer, ""}, true
		}
		return goType{text, never, ""}, true
	}
	if of, ok := strings.CutPrefix(name, "Null"); ok && g.pkg.strings[of] && name == p.goType {
		return goType{text, flag, of}, true
	}
	switch {
	case strings.HasPrefix(p.goType, "[]"), strings.HasPrefix(p.goType, "pgtype.Multirange["):
		return goType{opaque, nilling, ""}, true
	case strings.HasPrefix(p.goType, "pgtype.Range["):
		return goType{opaque, flag, ""}, true
	}
	return goType{}, false
}

// guard puts the tests behind the question whether there is a value, and refuses null where the column does. A
// parameter that is only compared has no column, and may be null.
func (g *generator) guard(p pair, t goType, tests []jen.Code) []jen.Code {
	required := !p.Nullable && p.Column != ""
	var absent, present *jen.Statement
	switch t.null {
	case pointer, nilling:
		absent, present = p.value().Op("==").Nil(), p.value().Op("!=").Nil()
	case flag:
		absent, present = jen.Op("!").Add(p.value().Dot("Valid")), p.value().Dot("Valid")
	default:
		return tests
	}
	null := jen.Id("found").Op("=").Append(jen.Id("found"), g.call("trefoilNull", jen.Lit(p.goName), jen.Lit(p.Column)))
	if p.NullBreaks != "" {
		null = jen.Id("found").Op("=").Append(jen.Id("found"), g.call("trefoilBreaks", jen.Lit(p.goName), jen.Lit(p.Column), jen.Lit(p.NullBreaks)))
	}
	switch {
	case required && len(tests) > 0:
		return []jen.Code{jen.If(absent).Block(null).Else().Block(tests...)}
	case required:
		return []jen.Code{jen.If(absent).Block(null)}
	case len(tests) > 0:
		return []jen.Code{jen.If(present).Block(tests...)}
	default:
		return nil
	}
}

// refuse appends a violation of a CHECK, or, where check is "", of what the message says.
func (g *generator) refuse(p pair, check, message string) jen.Code {
	var violation *jen.Statement
	if check != "" {
		violation = g.call("trefoilBreaks", jen.Lit(p.goName), jen.Lit(p.Column), jen.Lit(check))
	} else {
		violation = jen.Id("Violation").Values(jen.Dict{
			jen.Id("Field"): jen.Lit(p.goName), jen.Id("Column"): jen.Lit(p.Column), jen.Id("Message"): jen.Lit(message),
		})
	}
	return jen.Id("found").Op("=").Append(jen.Id("found"), violation)
}

// when refuses the field if a condition holds.
func (g *generator) when(p pair, condition jen.Code, check, message string) jen.Code {
	return jen.If(condition).Block(g.refuse(p, check, message))
}

// tests are those of a value that is there. tested is false if there should be some and the Go type does not allow it.
func (g *generator) tests(p pair, t goType, known bool) (code []jen.Code, tested bool) {
	value := p.value()
	if t.null == pointer {
		value = jen.Op("*").Add(value)
	}
	if t.field != "" {
		value = value.Dot(t.field)
	}
	switch typ := p.Type.(type) {
	case model.EnumRef:
		if t.carrier != text {
			return nil, known
		}
		return append([]jen.Code{g.enum(p, typ, value)}, g.text(p, model.Scalar{Kind: model.Text}, value)...), true
	case model.Array:
		return g.elements(p, typ, value)
	case model.JSONOf:
		if t.carrier != bytes_ {
			return nil, known && len(p.Rules) == 0
		}
		return g.documents(p, value), true
	case model.Scalar:
		return g.scalar(p, typ, t, value)
	}
	return nil, true
}

func (g *generator) scalar(p pair, s model.Scalar, t goType, value *jen.Statement) (code []jen.Code, tested bool) {
	limited := s.Length > 0 && (s.Kind == model.Varchar || s.Kind == model.Char) || s.HasPrecision
	if len(p.Rules) == 0 && !limited {
		return nil, true
	}
	f := families[s.Kind]
	if !f.carries(t.carrier) {
		return nil, f == untested
	}
	switch f {
	case strings_:
		return g.text(p, s, value), true
	case integers:
		return g.numbers(p, value, false), true
	case floats:
		return g.numbers(p, value, true), true
	case numerics:
		return g.numerics(p, s, t, value), true
	default:
		return g.documents(p, value), true
	}
}

// text tests a length and the rules, which see the string as it is stored.
func (g *generator) text(p pair, s model.Scalar, value *jen.Statement) []jen.Code {
	var code []jen.Code
	if s.Length > 0 {
		code = append(code, g.when(p, g.call("trefoilTooLong", value, jen.Lit(s.Length)), "", "is "+tooLong(s)))
	}
	stored := value
	if s.Length > 0 && s.Kind == model.Varchar {
		stored = g.call("trefoilCut", value.Clone(), jen.Lit(s.Length))
	}
	for _, r := range p.Rules {
		switch test := r.Test.(type) {
		case constraint.NotEqual:
			code = append(code, g.when(p, stored.Clone().Op("==").Lit(test.Value), r.Constraint, ""))
		case constraint.OneOf:
			code = append(code, jen.Switch(stored.Clone()).Block(
				jen.Case(literals(test.Values)...), jen.Default().Block(g.refuse(p, r.Constraint, ""))))
		case constraint.Length:
			code = append(code, g.length(p, r.Constraint, test, stored)...)
		case constraint.Pattern:
			code = append(code, g.when(p, jen.Op("!").Add(g.pattern(test.Regex)).Dot("MatchString").Call(stored.Clone()), r.Constraint, ""))
		}
	}
	return code
}

func tooLong(s model.Scalar) string {
	name := "character varying"
	if s.Kind == model.Char {
		name = "character"
	}
	return fmt.Sprintf("too long for type %s(%d)", name, s.Length)
}

func (g *generator) length(p pair, check string, l constraint.Length, stored *jen.Statement) []jen.Code {
	count := func() *jen.Statement {
		if l.Unit == constraint.Bytes {
			return jen.Len(stored.Clone())
		}
		return jen.Qual("unicode/utf8", "RuneCountInString").Call(stored.Clone())
	}
	var code []jen.Code
	if l.Min != nil && l.Max != nil && *l.Min == *l.Max {
		return append(code, g.when(p, count().Op("!=").Lit(*l.Min), check, ""))
	}
	if l.Min != nil && *l.Min > 0 {
		code = append(code, g.when(p, count().Op("<").Lit(*l.Min), check, ""))
	}
	if l.Max != nil {
		code = append(code, g.when(p, count().Op(">").Lit(*l.Max), check, ""))
	}
	return code
}

func literals(values []string) []jen.Code {
	var list []jen.Code
	for _, v := range values {
		list = append(list, jen.Lit(v))
	}
	return list
}

// enum refuses a value that is not of the list. An enum of the same values may stand in several constraints; the field
// names its own.
func (g *generator) enum(p pair, t model.EnumRef, value *jen.Statement) jen.Code {
	if t.Cut > 0 {
		value = g.call("trefoilCut", jen.String().Parens(value), jen.Lit(t.Cut))
	}
	message := "is no value of " + t.Enum.Origin
	var values []string
	for _, v := range t.Enum.Values {
		values = append(values, v.Value)
	}
	return jen.Switch(value).Block(
		jen.Case(literals(values)...),
		jen.Default().Block(g.refuse(p, t.Constraint, message)),
	)
}

// elements tests the elements of an array of strings or enums; those that are NULL have no form in sqlc's slices.
func (g *generator) elements(p pair, t model.Array, value *jen.Statement) (code []jen.Code, tested bool) {
	elem := p
	elem.Type, elem.Rules, elem.Tests, elem.goType = t.Elem, t.Rules, t.Tests, strings.TrimPrefix(p.goType, "[]")
	if len(t.Rules)+len(t.Tests) > 0 {
		return g.ruledElements(elem, value, strings.HasPrefix(p.goType, "[]"))
	}
	et, known := g.goType(elem)
	if !known || et.carrier != text || et.null != never {
		return nil, true
	}
	var tests []jen.Code
	switch typ := t.Elem.(type) {
	case model.EnumRef:
		tests = []jen.Code{g.enum(elem, typ, jen.Id("element"))}
	case model.Scalar:
		if typ.Length > 0 && families[typ.Kind] == strings_ {
			tests = g.text(elem, typ, jen.Id("element"))
		}
	}
	if len(tests) == 0 {
		return nil, true
	}
	return []jen.Code{jen.For(jen.List(jen.Id("_"), jen.Id("element")).Op(":=").Range().Add(value)).Block(tests...)}, true
}

// ruledElements tests elements that have rules: those of a domain. Which of them can be NULL is not known here.
func (g *generator) ruledElements(elem pair, value *jen.Statement, isSlice bool) (code []jen.Code, tested bool) {
	elem.local, elem.Nullable = "element", true
	if !isSlice {
		return nil, false
	}
	tests, tested := g.field(elem)
	if len(tests) == 0 {
		return nil, tested
	}
	return []jen.Code{jen.For(jen.List(jen.Id("_"), jen.Id("element")).Op(":=").Range().Add(value)).Block(tests...)}, tested
}

// numbers compares integers and floats. In PostgreSQL NaN is equal to itself and above every other float.
func (g *generator) numbers(p pair, value *jen.Statement, isFloat bool) []jen.Code {
	var code []jen.Code
	for _, r := range p.Rules {
		cmp, ok := r.Test.(constraint.Compare)
		if !ok {
			continue
		}
		refused := value.Clone().Op(broken[cmp.Op]).Id(cmp.Value)
		if isFloat && (cmp.Op == constraint.LT || cmp.Op == constraint.LE) {
			refused = refused.Op("||").Add(value.Clone()).Op("!=").Add(value.Clone())
		}
		code = append(code, g.when(p, refused, r.Constraint, ""))
	}
	return code
}

// broken is the Go operator that holds when a comparison does not.
var broken = map[constraint.CompareOp]string{
	constraint.LT: ">=", constraint.LE: ">", constraint.GT: "<=", constraint.GE: "<", constraint.EQ: "!=", constraint.NE: "==",
}

// numerics tests the rounded value, which is what the column stores and its CHECKs see.
func (g *generator) numerics(p pair, s model.Scalar, t goType, value *jen.Statement) []jen.Code {
	var tests []jen.Code
	if s.HasPrecision {
		tests = append(tests, g.when(p, jen.Id("d").Dot("overflows").Call(jen.Lit(s.Precision), jen.Lit(s.Scale)), "",
			fmt.Sprintf("overflows numeric(%d,%d)", s.Precision, s.Scale)))
	}
	for _, r := range p.Rules {
		if cmp, ok := r.Test.(constraint.Compare); ok {
			refused := jen.Id("d").Dot("cmp").Call(g.constant(cmp.Value)).Op(broken[cmp.Op]).Lit(0)
			tests = append(tests, g.when(p, refused, r.Constraint, ""))
		}
	}
	if len(tests) == 0 {
		return nil
	}
	round := func(d *jen.Statement) *jen.Statement {
		if s.HasPrecision {
			return d.Dot("round").Call(jen.Lit(s.Scale))
		}
		return d
	}
	if t.carrier == text {
		parsed := jen.List(jen.Id("d"), jen.Id("ok")).Op(":=").Add(g.call("trefoilParseDecimal", value))
		tests = append([]jen.Code{jen.Id("d").Op("=").Add(round(jen.Id("d")))}, tests...)
		return []jen.Code{jen.If(parsed, jen.Op("!").Id("ok")).Block(g.refuse(p, "", "is no numeric")).Else().Block(tests...)}
	}
	// pgtype.Numeric can be null, so these stand in the block of the guard.
	return append([]jen.Code{jen.Id("d").Op(":=").Add(round(g.call("trefoilNumeric", value)))}, tests...)
}

// constant is the name of a decimal that the package declares once.
func (g *generator) constant(text string) jen.Code {
	if n, err := strconv.ParseFloat(text, 64); err == nil && n == 0 {
		return jen.Id("trefoilDecimal").Values()
	}
	for i, c := range g.constants {
		if c == text {
			return constantName(i)
		}
	}
	g.constants = append(g.constants, text)
	return constantName(len(g.constants) - 1)
}

func constantName(i int) *jen.Statement { return jen.Id("trefoilConstant" + strconv.Itoa(i+1)) }

// pattern is the name of a regular expression that the package compiles once.
func (g *generator) pattern(re constraint.Regex) *jen.Statement {
	i := slices.Index(g.patterns, re.Pattern)
	if i < 0 {
		i = len(g.patterns)
		g.patterns = append(g.patterns, re.Pattern)
	}
	return patternName(i)
}

func patternName(i int) *jen.Statement { return jen.Id("trefoilPattern" + strconv.Itoa(i+1)) }

func (g *generator) documents(p pair, value *jen.Statement) []jen.Code {
	var code []jen.Code
	for _, r := range p.Rules {
		if test, ok := r.Test.(constraint.JSONType); ok {
			code = append(code, jen.Switch(g.call("trefoilJSONType", value.Clone())).Block(
				jen.Case(literals(test.Types)...), jen.Default().Block(g.refuse(p, r.Constraint, ""))))
		}
	}
	return code
}
