package zod

import (
	"strings"

	"github.com/trefoil-sql/trefoil/internal/catalog"
	"github.com/trefoil-sql/trefoil/internal/constraint"
	"github.com/trefoil-sql/trefoil/internal/model"
)

// hostile is text that breaks out of strings, comments and templates where it is not escaped.
const hostile = "it's \"quoted\" `tick` ${dollar} \\ */ /* // <!-- \n@internal\r\n@ts-ignore \u2028 \u2029 \u0000 \u202e é 😀"

// hostileKeys are names that objects of JavaScript have already, or that need quotes.
var hostileKeys = []string{
	"constructor", "toString", "hasOwnProperty", "get", "class", "0", "1e3", "-1", "", " ", "odd name", "it's", "\"q\"", "`${x}`",
	"a\nb", "é", "日本", "😀", "a*/b", "\u2028", "valueOf",
}

// object is the shortest way to an object of a model.
func object(v model.Variant, module, name string, fields ...model.Field) *model.Object {
	return &model.Object{
		Variant: v, Name: name, Schema: name + "Schema", Fields: fields, Module: module,
		Source: catalog.Name{Schema: "public", Name: module},
	}
}

func column(name string, t model.Type, rules ...model.Rule) model.Field {
	return model.Field{Name: name, Wire: name, Column: name, Type: t, Rules: rules}
}

func nullable(f model.Field) model.Field { f.Nullable = true; return f }
func optional(f model.Field) model.Field { f.Optional = true; return f }
func documented(f model.Field, doc string) model.Field {
	f.Doc = doc
	return f
}

func camel(f model.Field, name string) model.Field {
	f.Name, f.Wire = name, name
	return f
}

func kind(k model.Kind) model.Scalar { return model.Scalar{Kind: k} }

func varchar(n int) model.Scalar { return model.Scalar{Kind: model.Varchar, Length: n} }

func numeric(p, s int) model.Scalar {
	return model.Scalar{Kind: model.Numeric, Precision: p, Scale: s, HasPrecision: true}
}

func check(name string, test constraint.Atom) model.Rule {
	return model.Rule{Constraint: name, Test: test}
}

func compare(name string, op constraint.CompareOp, value string) model.Rule {
	return check(name, constraint.Compare{Op: op, Value: value})
}

// relation gives a table with all its variants: what is written may be left out where it is nullable.
func relation(module, name string, fields ...model.Field) *model.Relation {
	insert, update := make([]model.Field, len(fields)), make([]model.Field, len(fields))
	for i, f := range fields {
		f.Optional = f.Nullable
		insert[i] = f
		f.Optional = true
		update[i] = f
	}
	return &model.Relation{
		Source: catalog.Name{Schema: "public", Name: module}, Kind: catalog.Table, Module: module,
		Row:    object(model.Row, module, name, fields...),
		Insert: object(model.Insert, module, name+"Insert", insert...),
		Update: object(model.Update, module, name+"Update", update...),
	}
}

func enum(name, list, constraint string, values ...string) *model.Enum {
	e := &model.Enum{
		Name: name, List: list, Schema: name + "Schema", Module: "enums", Constraint: constraint, Origin: "enum public." + name,
	}
	if constraint != "" {
		e.Origin = "constraint " + constraint + " on public.t"
	}
	for _, v := range values {
		e.Values = append(e.Values, model.EnumValue{Name: v, Value: v})
	}
	return e
}

// everything is a model with every kind, variant and shape of type, and with hostile names, comments and values.
func everything() *model.Model {
	mood := enum("Mood", "MOODS", "", "sad", "ok")
	odd := enum("Odd", "ODDS", `odd"check'`, append([]string{hostile}, hostileKeys...)...)
	odd.Doc = hostile
	point := object(model.Composite, "composites", "Pair", nullable(column("left", kind(model.Float8))),
		nullable(column("mood", model.EnumRef{Enum: mood})))
	nested := object(model.Composite, "composites", "Nested", nullable(column("pair", model.ObjectRef{Object: point})))
	kinds := relation("kinds", "Kinds", kindFields()...)
	nested.Fields = append(nested.Fields, nullable(column("kinds", model.ObjectRef{Object: kinds.Row})))
	shapes := relation("shapes", "Shapes", shapeFields(mood, odd, point, nested)...)
	m := &model.Model{
		Enums:      []*model.Enum{mood, odd},
		Composites: []*model.Object{nested, point},
		Relations:  []*model.Relation{kinds, shapes, hostileRelation(), emptyRelation(), globals(), rules(), conditions(mood)},
	}
	m.Queries = []*model.Query{
		{
			Name: "GetKinds", Module: "queries", Row: kinds.Row, SharedRow: true,
			Params: object(model.Params, "queries", "GetKindsParams", column("id", kind(model.UUID))),
		},
		{Name: "Joined", Module: "queries", Row: object(model.QueryRow, "queries", "JoinedRow",
			model.Field{Name: "kinds", Wire: "kinds", Type: model.ObjectRef{Object: kinds.Row}, Embed: true},
			camel(column("total_cost", kind(model.Numeric)), "totalCost"))},
	}
	return m
}

// kindFields has every kind as it is, nullable, in an array, and with modifiers.
func kindFields() []model.Field {
	var fields []model.Field
	for _, k := range model.Kinds {
		name := strings.ToLower(string(k))
		fields = append(fields,
			column(name, kind(k)),
			nullable(column(name+"_null", kind(k))),
			column(name+"_array", model.Array{Elem: kind(k), Dims: 1}),
			column(name+"_matrix", model.Array{Elem: kind(k), Dims: 2, NotNullElements: true}))
	}
	return append(fields,
		column("varchar_3", varchar(3)), column("char_3", model.Scalar{Kind: model.Char, Length: 3}),
		column("bit_3", model.Scalar{Kind: model.Bit, Length: 3}), column("numeric_5_2", numeric(5, 2)),
		column("numeric_2_5", numeric(2, 5)), column("numeric_2_minus_3", numeric(2, -3)), column("numeric_1000_0", numeric(1000, 0)))
}

// shapeFields has every type that is no scalar, and the user's own.
func shapeFields(mood, odd *model.Enum, pair, nested *model.Object) []model.Field {
	custom := func(code, schema string, names ...string) model.Custom {
		c := model.Custom{Code: code, Schema: schema}
		if names != nil {
			c.Import = &model.Import{Module: "./custom.js", Names: names}
		}
		return c
	}
	return []model.Field{
		column("mood", model.EnumRef{Enum: mood}),
		nullable(column("moods", model.Array{Elem: model.EnumRef{Enum: mood}, Dims: 1})),
		column("odd", model.EnumRef{Enum: odd}),
		column("pair", model.ObjectRef{Object: pair}),
		nullable(column("nested", model.Array{Elem: model.ObjectRef{Object: nested}, Dims: 2})),
		column("range", model.Range{Elem: kind(model.Int4), Name: "int4range"}),
		column("multirange", model.Range{Elem: kind(model.Int4), Multi: true, Name: "int4multirange"}),
		column("object", model.JSONOf{Binary: true, Shape: "object"}),
		nullable(column("array", model.JSONOf{Shape: "array"})),
		column("plain", custom("string[]", "")),
		column("plain_schema", custom("string | number", "z.union([z.string(), z.number()])")),
		column("imported", custom("Settings", "", "Settings")),
		nullable(column("imported_schema", custom("Settings", "SettingsSchema", "Settings", "SettingsSchema"))),
		column("imported_generic", custom("Box<string>", "", "Box")),
		column("called", custom("() => void", "")),
		// Mood is a name of the target too.
		column("clash", model.Array{Elem: custom("Mood", "", "Mood"), Dims: 1}),
	}
}

// hostileRelation has hostile keys and comments everywhere.
func hostileRelation() *model.Relation {
	var fields []model.Field
	for _, k := range hostileKeys {
		f := documented(column(k, kind(model.Text), check(hostile, constraint.NotEqual{Value: hostile})), hostile)
		f.Default = &model.Default{Kind: model.StringDefault, Text: hostile}
		fields = append(fields, f)
	}
	r := relation("hostile", "Hostile", fields...)
	r.Row.Doc, r.Insert.Doc, r.Update.Doc = hostile, hostile, hostile
	r.Source.Name = hostile
	for i := range r.Insert.Fields {
		if r.Insert.Fields[i].Column != "" {
			r.Insert.Fields[i].Column += "_" + hostile
		}
	}
	return r
}

func emptyRelation() *model.Relation { return relation("empty", "Empty") }

// globals is a table whose types hide globals of TypeScript.
func globals() *model.Relation {
	r := relation("globals", "Date", column("at", kind(model.TimestampTZ)), column("data", kind(model.JSONB)))
	r.Insert.Name, r.Update.Name = "Record", "Array"
	return r
}

// rules has every atom, on every kind of value that it can test.
func rules() *model.Relation {
	one, three := 1, 3
	length := func(unit constraint.LengthUnit) constraint.Length {
		return constraint.Length{Unit: unit, Min: &one, Max: &three}
	}
	var fields []model.Field
	for _, op := range []constraint.CompareOp{"<", "<=", ">", ">=", "=", "<>"} {
		suffix := map[constraint.CompareOp]string{"<": "lt", "<=": "le", ">": "gt", ">=": "ge", "=": "eq", "<>": "ne"}[op]
		fields = append(fields,
			column("int_"+suffix, kind(model.Int4), compare("int_"+suffix, op, "5")),
			column("big_"+suffix, kind(model.Int8), compare("big_"+suffix, op, "-5")),
			column("float_"+suffix, kind(model.Float8), compare("float_"+suffix, op, "0.5")),
			column("num_"+suffix, numeric(6, 2), compare("num_"+suffix, op, "0.5")),
			column("any_"+suffix, kind(model.Numeric), compare("any_"+suffix, op, "9007199254740993.00000000000000000001")),
			column("huge_"+suffix, kind(model.Numeric), compare("huge_"+suffix, op, "1"+strings.Repeat("0", 400))))
	}
	return relation("rules", "Rules", append(fields,
		column("chars", kind(model.Text), check("chars", length(constraint.Characters))),
		column("bytes", kind(model.Text), check("bytes", length(constraint.Bytes))),
		column("filled", varchar(5), check("filled", constraint.NotEqual{})),
		column("not_x", kind(model.Text), check("not_x", constraint.NotEqual{Value: "x"})),
		column("listed", kind(model.Text), check("listed", constraint.OneOf{Values: []string{"a", "b"}})),
		column("typed", kind(model.JSONB), check("typed", constraint.JSONType{Types: []string{"object", "null"}})))...)
}

// conditions is a table with conditions on values, on elements and on several columns, with hostile names.
func conditions(mood *model.Enum) *model.Relation {
	textType := constraint.Type{Class: constraint.TextClass}
	value := constraint.Column{Name: constraint.DomainValue, Type: textType}
	lower := constraint.Cmp{
		Op: constraint.EQ, Left: constraint.Func{Name: constraint.Lower, Args: []constraint.Node{value}, Type: textType}, Right: value,
	}
	tests := []model.Test{{Constraint: hostile, SQL: hostile, Tree: lower}, {Constraint: hostile, SQL: hostile, Tree: lower}}
	three := 3
	pattern := constraint.Pattern{Regex: constraint.Regex{Pattern: "^[/\u2028\n]\\/+$"}}
	var rules []model.Rule
	for _, test := range []constraint.Atom{
		pattern, constraint.NotEqual{Value: hostile}, constraint.OneOf{Values: []string{"sad", hostile}},
		constraint.Length{Unit: constraint.Characters, Max: &three}, constraint.Length{Unit: constraint.Bytes, Min: &three},
	} {
		rules = append(rules, check(hostile, test))
	}
	element := model.Array{Elem: kind(model.Text), Dims: 2, Tests: tests, Rules: []model.Rule{check("p", pattern)}}
	fields := []model.Field{
		column("lower", kind(model.Text), check("p", pattern)), nullable(column("lowers", element)),
		column("mood", model.EnumRef{Enum: mood, Constraint: hostile}, rules...), column("settings", model.Custom{Code: "string[]"}),
	}
	var inputs []model.RuleInput
	var all []constraint.Node
	for i, name := range hostileKeys {
		inputs = append(inputs, model.RuleInput{Column: name, Field: len(fields)})
		if i%3 == 0 {
			inputs[i].Default = &constraint.Const{Type: textType, Text: hostile}
		}
		fields = append(fields, nullable(column(name, kind(model.Text))))
		all = append(all, constraint.Cmp{Op: constraint.NE, Left: constraint.Column{Name: name, Type: textType}, Right: constraint.Const{Type: textType, Text: hostile}})
	}
	for i := range fields[:3] {
		fields[i].Tests = tests
	}
	fields[3].Tests = tests
	r := relation("conditions", "Conditions", fields...)
	for _, o := range []*model.Object{r.Row, r.Insert, r.Update} {
		o.Doc, o.Plain = hostile, o.Name+"PlainSchema"
		o.Rules = []model.ObjectRule{{Constraint: hostile, SQL: hostile, Tests: []model.ObjectTest{{Tree: constraint.All{Args: all}, Inputs: inputs}}}}
	}
	return r
}
