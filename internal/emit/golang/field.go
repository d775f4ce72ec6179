package golang

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/trefoil-sql/trefoil/internal/constraint"
	"github.com/trefoil-sql/trefoil/internal/model"
)

// field writes the tests of one field. tested is false if there are rules that its Go type keeps from being tested.
func (g *generator) field(p pair) (code []string, tested bool) {
	if p.Embed {
		if _, ok := g.pkg.structs[p.goType]; !ok {
			return nil, true
		}
		if !g.pkg.canValidate(p.goType) {
			return nil, false
		}
		return []string{"found = " + g.call("trefoilWithin", "found", lit(p.goName), p.value()+".Validate()")}, true
	}
	t, known := g.goType(p)
	tests, tested := g.tests(p, t, known)
	trees, bound := g.trees(p)
	tests, tested = append(tests, trees...), tested && bound
	return g.guard(p, t, tests), tested
}

func (p pair) value() string {
	if p.local != "" {
		return p.local
	}
	return "v." + p.goName
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
func (g *generator) guard(p pair, t goType, tests []string) []string {
	if t.null == never {
		return tests
	}
	null := g.null(p)
	if p.Nullable || p.Column == "" {
		if len(tests) == 0 {
			return nil
		}
		return []string{block("if "+t.present(p), tests...)}
	}
	refused := block("if "+t.absent(p), null)
	if len(tests) > 0 {
		refused = otherwise(refused, tests...)
	}
	return []string{refused}
}

// null refuses a null.
func (g *generator) null(p pair) string {
	violation := g.call("trefoilNull", lit(p.goName), lit(p.Column))
	if p.NullBreaks != "" {
		violation = g.call("trefoilBreaks", lit(p.goName), lit(p.Column), lit(p.NullBreaks))
	}
	return found(violation)
}

// found appends a violation.
func found(violation string) string { return "found = append(found, " + violation + ")" }

// present is the condition that a field is not null, and absent that it is. There is one where the Go type can say so.
func (t goType) present(p pair) string {
	if t.null == flag {
		return p.value() + ".Valid"
	}
	return p.value() + " != nil"
}

func (t goType) absent(p pair) string {
	if t.null == flag {
		return negation(t.present(p))
	}
	return p.value() + " == nil"
}

// refuse appends a violation of a CHECK, or, where check is "", of what the message says.
func (g *generator) refuse(p pair, check, message string) string {
	if check != "" {
		return found(g.call("trefoilBreaks", lit(p.goName), lit(p.Column), lit(check)))
	}
	return found(within(g.names.violation+"{", []string{
		"Column:  " + lit(p.Column) + ",", "Field:   " + lit(p.goName) + ",", "Message: " + lit(message) + ",",
	}, "\n}"))
}

// when refuses the field if a condition holds.
func (g *generator) when(p pair, condition, check, message string) string {
	return block("if "+condition, g.refuse(p, check, message))
}

// tests are those of a value that is there. tested is false if there should be some and the Go type does not allow it.
func (g *generator) tests(p pair, t goType, known bool) (code []string, tested bool) {
	value := p.value()
	if t.null == pointer {
		value = "*" + value
	}
	if t.field != "" {
		value += "." + t.field
	}
	switch typ := p.Type.(type) {
	case model.EnumRef:
		if t.carrier != text {
			return nil, known
		}
		return append([]string{g.enum(p, typ, value)}, g.text(p, model.Scalar{Kind: model.Text}, value)...), true
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

func (g *generator) scalar(p pair, s model.Scalar, t goType, value string) (code []string, tested bool) {
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
func (g *generator) text(p pair, s model.Scalar, value string) []string {
	var code []string
	if s.Length > 0 {
		code = append(code, g.when(p, g.call("trefoilTooLong", value, strconv.Itoa(s.Length)), "", "is "+tooLong(s)))
	}
	stored := value
	if s.Length > 0 && s.Kind == model.Varchar {
		stored = g.call("trefoilCut", value, strconv.Itoa(s.Length))
	}
	for _, r := range p.Rules {
		switch test := r.Test.(type) {
		case constraint.NotEqual:
			code = append(code, g.when(p, stored+" == "+lit(test.Value), r.Constraint, ""))
		case constraint.OneOf:
			code = append(code, either(stored, test.Values, g.refuse(p, r.Constraint, "")))
		case constraint.Length:
			code = append(code, g.length(p, r.Constraint, test, stored)...)
		case constraint.Pattern:
			code = append(code, g.when(p, negation(apply(g.pattern(test.Regex)+".MatchString", stored)), r.Constraint, ""))
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

func (g *generator) length(p pair, check string, l constraint.Length, stored string) []string {
	count := func() string {
		if l.Unit == constraint.Bytes {
			return apply("len", stored)
		}
		return apply(g.from("unicode/utf8", "RuneCountInString"), stored)
	}
	var code []string
	if l.Min != nil && l.Max != nil && *l.Min == *l.Max {
		return append(code, g.when(p, count()+" != "+strconv.Itoa(*l.Min), check, ""))
	}
	if l.Min != nil && *l.Min > 0 {
		code = append(code, g.when(p, count()+" < "+strconv.Itoa(*l.Min), check, ""))
	}
	if l.Max != nil {
		code = append(code, g.when(p, count()+" > "+strconv.Itoa(*l.Max), check, ""))
	}
	return code
}

// enum refuses a value that is not of the list. An enum of the same values may stand in several constraints; the field
// names its own.
func (g *generator) enum(p pair, t model.EnumRef, value string) string {
	if t.Cut > 0 {
		value = g.call("trefoilCut", apply("string", value), strconv.Itoa(t.Cut))
	}
	message := "is no value of " + t.Enum.Origin
	var values []string
	for _, v := range t.Enum.Values {
		values = append(values, v.Value)
	}
	return either(value, values, g.refuse(p, t.Constraint, message))
}

// elements tests the elements of an array of strings or enums; those that are NULL have no form in sqlc's slices.
func (g *generator) elements(p pair, t model.Array, value string) (code []string, tested bool) {
	field := *p.Field
	field.Type, field.Rules, field.Tests = t.Elem, t.Rules, t.Tests
	elem := pair{Field: &field, goName: p.goName, goType: strings.TrimPrefix(p.goType, "[]"), local: p.local}
	if len(t.Rules)+len(t.Tests) > 0 {
		return g.ruledElements(elem, value, strings.HasPrefix(p.goType, "[]"))
	}
	et, known := g.goType(elem)
	if !known || et.carrier != text || et.null != never {
		return nil, true
	}
	var tests []string
	switch typ := t.Elem.(type) {
	case model.EnumRef:
		tests = []string{g.enum(elem, typ, "element")}
	case model.Scalar:
		if typ.Length > 0 && families[typ.Kind] == strings_ {
			tests = g.text(elem, typ, "element")
		}
	}
	if len(tests) == 0 {
		return nil, true
	}
	return []string{block("for _, element := range "+value, tests...)}, true
}

// ruledElements tests elements that have rules: those of a domain. Which of them can be NULL is not known here.
func (g *generator) ruledElements(elem pair, value string, isSlice bool) (code []string, tested bool) {
	elem.local, elem.Nullable = "element", true // elem has a field of its own
	if !isSlice {
		return nil, false
	}
	tests, tested := g.field(elem)
	if len(tests) == 0 {
		return nil, tested
	}
	return []string{block("for _, element := range "+value, tests...)}, tested
}

// numbers compares integers and floats. In PostgreSQL NaN is equal to itself and above every other float.
func (g *generator) numbers(p pair, value string, isFloat bool) []string {
	var code []string
	for _, r := range p.Rules {
		cmp, ok := r.Test.(constraint.Compare)
		if !ok {
			continue
		}
		refused := value + " " + broken[cmp.Op] + " " + cmp.Value
		if isFloat && (cmp.Op == constraint.LT || cmp.Op == constraint.LE) {
			refused += " || " + value + " != " + value
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
func (g *generator) numerics(p pair, s model.Scalar, t goType, value string) []string {
	var tests []string
	if s.HasPrecision {
		tests = append(tests, g.when(p, apply("d.overflows", strconv.Itoa(s.Precision), strconv.Itoa(s.Scale)), "",
			fmt.Sprintf("overflows numeric(%d,%d)", s.Precision, s.Scale)))
	}
	for _, r := range p.Rules {
		if cmp, ok := r.Test.(constraint.Compare); ok {
			refused := apply("d.cmp", g.constant(cmp.Value)) + " " + broken[cmp.Op] + " 0"
			tests = append(tests, g.when(p, refused, r.Constraint, ""))
		}
	}
	if len(tests) == 0 {
		return nil
	}
	round := func(d string) string {
		if s.HasPrecision {
			return apply(d+".round", strconv.Itoa(s.Scale))
		}
		return d
	}
	if t.carrier == text {
		parsed := "if d, ok := " + g.call("trefoilParseDecimal", value) + "; !ok"
		tests = append([]string{"d = " + round("d")}, tests...)
		return []string{otherwise(block(parsed, g.refuse(p, "", "is no numeric")), tests...)}
	}
	// pgtype.Numeric can be null, so these stand in the block of the guard.
	return append([]string{"d := " + round(g.call("trefoilNumeric", value))}, tests...)
}

// constant is the name of a decimal that the package declares once.
func (g *generator) constant(text string) string {
	if n, err := strconv.ParseFloat(text, 64); err == nil && n == 0 {
		return "trefoilDecimal{}"
	}
	for i, c := range g.constants {
		if c == text {
			return constantName(i)
		}
	}
	g.constants = append(g.constants, text)
	return constantName(len(g.constants) - 1)
}

func constantName(i int) string { return "trefoilConstant" + strconv.Itoa(i+1) }

// pattern is the name of a regular expression that the package compiles once.
func (g *generator) pattern(re constraint.Regex) string {
	i := slices.Index(g.patterns, re.Pattern)
	if i < 0 {
		i = len(g.patterns)
		g.patterns = append(g.patterns, re.Pattern)
	}
	return patternName(i)
}

func patternName(i int) string { return "trefoilPattern" + strconv.Itoa(i+1) }

func (g *generator) documents(p pair, value string) []string {
	var code []string
	for _, r := range p.Rules {
		if test, ok := r.Test.(constraint.JSONType); ok {
			code = append(code, either(g.call("trefoilJSONType", value), test.Types, g.refuse(p, r.Constraint, "")))
		}
	}
	return code
}
