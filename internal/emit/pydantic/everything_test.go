package pydantic

import (
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/trefoil-sql/trefoil/internal/catalog"
	"github.com/trefoil-sql/trefoil/internal/constraint"
	"github.com/trefoil-sql/trefoil/internal/model"
)

// everything has every kind and every sort of type, in every variant, bare and nullable and optional.
func everything() *model.Model {
	mood := enum("StrEnum", "mood_check", "constraint mood_check", "SAD", "sad", "OK", "ok")
	none := enum("Nothing", "", "enum public.nothing")
	point := &model.Object{Variant: model.Composite, Name: "Place", Module: "composites", Fields: []model.Field{
		nullable(col("x", scalar(model.Float8), "")), nullable(col("mood", model.EnumRef{Enum: mood}, "")),
	}}
	all := []model.Type{
		model.EnumRef{Enum: mood}, model.EnumRef{Enum: none}, model.ObjectRef{Object: point},
		model.Range{Elem: scalar(model.Date), Name: "daterange"}, model.Range{Elem: scalar(model.Int4), Multi: true, Name: "int4multirange"},
		model.JSONOf{Shape: "object"}, model.JSONOf{Binary: true, Shape: "array"},
		model.Custom{Code: "Path", Import: &model.Import{Module: "pathlib", Names: []string{"Path"}}},
		varchar(3), model.Scalar{Kind: model.Char, Length: 3}, model.Scalar{Kind: model.Bit, Length: 3},
		model.Scalar{Kind: model.Varbit, Length: 3}, model.Scalar{Kind: model.Vector, Length: 3},
		model.Scalar{Kind: model.Numeric, Precision: 10, Scale: 6, HasPrecision: true},
	}
	for _, k := range model.Kinds {
		all = append(all, scalar(k))
	}
	m := &model.Model{Enums: []*model.Enum{mood, none}, Composites: []*model.Object{point}}
	for i, v := range []model.Variant{model.Row, model.Insert, model.Update, model.Composite, model.QueryRow, model.Params} {
		r := relation(fmt.Sprintf("t%d", i), fmt.Sprintf("t%d", i), fmt.Sprintf("T%d", i), "", "", func(model.Variant) []model.Field {
			return variations(all, v)
		})
		r.Row.Variant, r.Insert = v, nil
		m.Relations = append(m.Relations, r)
	}
	return m
}

// variations are fields of each type and of arrays of them, nullable or not and, where the variant has it, optional.
func variations(all []model.Type, v model.Variant) []model.Field {
	var fields []model.Field
	for i, t := range all {
		fields = append(fields,
			col(fmt.Sprintf("a%d", i), t, ""), nullable(col(fmt.Sprintf("b%d", i), t, "Doc.")),
			col(fmt.Sprintf("c%d", i), model.Array{Elem: t, Dims: 2}, ""))
	}
	if v == model.Insert || v == model.Update {
		for i := range fields {
			fields[i].Optional = true
		}
	}
	return fields
}

// hidden has fields and classes with the names of all that the modules use, but for dict: BaseModel has a dict of its own.
func hidden() *model.Model {
	m := one(model.Insert)
	row := m.Relations[0].Row
	for _, name := range []string{
		"list", "str", "int", "date", "Annotated", "Field", "Check", "NotNull", "Decimal", "Numeric", "Text", "Mood", "Any",
		"JsonValue", "json_default",
	} {
		f := nullable(col(name, model.Array{Elem: scalar(model.Numeric), Dims: 1}, "Doc."))
		f.Optional = true
		row.Fields = append(row.Fields, f)
	}
	m.Enums = []*model.Enum{mood}
	row.Fields = append(row.Fields,
		defaults(col("z1", model.EnumRef{Enum: mood}, ""), model.StringDefault, "ok"),
		defaults(check(col("z2", scalar(model.Numeric), ""), "c", notNegative), model.NumberDefault, "1.5"),
		defaults(col("z3", model.JSONOf{Shape: "object"}, ""), model.JSONDefault, "{}"),
		defaults(col("z4", scalar(model.JSONB), ""), model.JSONDefault, `{"a": null}`),
		nullable(col("z5", scalar(model.HStore), "")), nullable(col("z6", scalar(model.AnyKind), "")), col("z7", scalar(model.UUID), ""),
	)
	for i := range row.Fields {
		row.Fields[i].Optional = true
	}
	for _, name := range []string{"RowModel", "InputModel", "Int4", "Uuid"} {
		m.Queries = append(m.Queries, &model.Query{Module: "q", Name: name, Row: &model.Object{
			Variant: model.QueryRow, Name: name, Module: "q", Fields: []model.Field{col("a", scalar(model.Int4), "")},
		}})
	}
	return m
}

// deep has composites that hold tables' rows that hold composites.
func deep() *model.Model {
	composite := func(name string, t model.Type) *model.Object {
		return &model.Object{
			Variant: model.Composite, Name: name, Module: "composites", Source: catalog.Name{Schema: "public", Name: name},
			Fields: []model.Field{nullable(col("v", t, ""))},
		}
	}
	array := func(o *model.Object) model.Type { return model.Array{Elem: model.ObjectRef{Object: o}, Dims: 1} }
	inner := composite("Z", scalar(model.Int4))
	low := relation("low", "a_low", "Low", "LowInsert", "", func(model.Variant) []model.Field {
		return []model.Field{nullable(col("z", model.ObjectRef{Object: inner}, ""))}
	})
	middle := composite("B", array(low.Row))
	outer := composite("A", model.ObjectRef{Object: middle})
	again := composite("C", model.ObjectRef{Object: low.Row})
	high := relation("high", "b_high", "High", "HighInsert", "", func(model.Variant) []model.Field {
		return []model.Field{col("a", array(outer), ""), col("low", model.ObjectRef{Object: low.Row}, "")}
	})
	return &model.Model{Composites: []*model.Object{outer, middle, again, inner}, Relations: []*model.Relation{low, high}}
}

// describe makes the JSON Schemas of all models, and prints how many.
const describe = `
import client, pydantic
models = [m for m in (getattr(client, name) for name in client.__all__) if issubclass(m, pydantic.BaseModel)]
for m in models:
    for mode in "validation", "serialization":
        assert m.model_json_schema(mode=mode)["title"] == m.__name__
print(len(models))
`

// TestDriverIsSound: what is written for psycopg type-checks and is imported too. It has types of which there is no JSON
// Schema.
func TestDriverIsSound(t *testing.T) {
	for name, m := range map[string]*model.Model{"kinds": everything(), "hidden": hidden(), "deep": deep(), "usage": usage()} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			dir := installFor(t, m, Options{Driver: true})
			assert.Contains(t, run(t, dir, "", "-m", "mypy", "--strict", "--cache-dir", t.TempDir(), "client"), "Success: no issues found")
			run(t, dir, "import client", "-")
		})
	}
}

// TestEverythingIsSound: a type checker takes the package as it is, and Python imports it and describes each model.
func TestEverythingIsSound(t *testing.T) {
	for name, m := range map[string]*model.Model{"kinds": everything(), "hidden": hidden(), "deep": deep(), "usage": usage(), "empty": {}} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			dir := install(t, m)
			assert.Contains(t, run(t, dir, "", "-m", "mypy", "--strict", "--cache-dir", t.TempDir(), "client"), "Success: no issues found")
			run(t, dir, describe, "-")
		})
	}
}

// pieces are what hostile text is made of: whatever could end or change a literal, a comment or a docstring.
var pieces = []string{
	`"`, `""`, `"""`, `'''`, `\`, `\\`, `\"`, "\n", "\r", "\r\n", "\t", "\v", "\f", "\x1c", "\u0085", "\u2028", "\u2029", `\N{DIGIT ONE}`,
	`\x41`, `\u0041`, `\101`, "{", "}", "{constraint}", "%s", "#", "é", "𝔘", "\u202e", "\ufeff", "\u200b", "{{.}}", "import os", " ", "a", "$",
}

func hostile(r *rand.Rand) string {
	var b strings.Builder
	for range r.IntN(6) {
		b.WriteString(pieces[r.IntN(len(pieces))])
	}
	return b.String()
}

// TestTextFromSQLIsOnlyText: whatever a comment, name, value or default holds, Python reads back exactly that.
func TestTextFromSQLIsOnlyText(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	m := &model.Model{}
	type facts struct{ Doc, Wire, Text, Value, Check string }
	var want []facts
	for i := range 300 {
		w := facts{"." + hostile(r), "w" + hostile(r), hostile(r), hostile(r), "c" + hostile(r)}
		want = append(want, w)
		e := enum(fmt.Sprintf("E%d", i), w.Check, w.Text, "A", w.Value)
		f := col("a", model.EnumRef{Enum: e, Constraint: w.Check}, w.Doc)
		f.Wire = w.Wire
		rel := relation(w.Text, "t", fmt.Sprintf("T%d", i), "", w.Doc, func(model.Variant) []model.Field {
			ruled := col("e", scalar(model.Text), "")
			ruled.Tests = []model.Test{{Constraint: w.Check, SQL: w.Text, Tree: constraint.Cmp{
				Op: constraint.NE, Left: column(constraint.DomainValue, textType), Right: constraint.Const{Type: textType, Text: w.Text + "y"},
			}}}
			return []model.Field{f, defaults(ruled, model.StringDefault, ""),
				defaults(col("b", scalar(model.Text), ""), model.StringDefault, w.Text),
				defaults(col("c", scalar(model.JSONB), ""), model.JSONDefault, string(must(json.Marshal(w.Text)))),
				defaults(check(col("d", scalar(model.Text), ""), w.Check, constraint.NotEqual{Value: w.Text + "x"}), model.StringDefault, ""),
			}
		})
		rel.Insert = nil
		e.Doc = w.Doc
		m.Enums = append(m.Enums, e)
		m.Relations = append(m.Relations, rel)
	}
	out := run(t, install(t, m), `
import client, json, pydantic
found = []
for i in range(300):
    model, enum = getattr(client, f"T{i}"), getattr(client, f"E{i}")
    field, wire = model.model_fields["a"], model.model_fields["a"].validation_alias or "a"
    value = model.model_validate({wire: enum.A.value})
    assert value.b == value.c
    assert list(value.model_dump())[0] == wire
    assert model.__doc__.startswith("."), model.__doc__
    assert enum.__doc__.startswith("."), enum.__doc__
    errors = []
    for bad in {wire: None}, {wire: enum.A.value, "d": value.b + "x"}, {wire: enum.A.value, "e": value.b + "y"}:
        try:
            model.model_validate(bad)
        except pydantic.ValidationError as e:
            errors += [x["ctx"]["constraint"] for x in e.errors()]
    assert errors[0] == errors[1] == errors[2] and len(errors) == 3, errors
    found.append({"Doc": field.description, "Wire": wire, "Text": value.b, "Value": enum.A.value, "Check": errors[0]})
print(json.dumps(found))
`, "-")
	var got []facts
	require.NoError(t, json.Unmarshal([]byte(out), &got), out)
	assert.Equal(t, want, got)
}

// TestDocstrings: a docstring says what the comment says, its lines indented and without spaces at their ends.
func TestDocstrings(t *testing.T) {
	assert.Equal(t, `"""One."""`, docstring("    ", "One."))
	assert.Equal(t, "\"\"\"One.\n\n    Two\n    lines.\n    \"\"\"", docstring("    ", "", "One. ", "Two \r\nlines."))
	assert.Equal(t, `"""a\\b \"\"" c \x00\u2028\""""`, docstring("", "a\\b \"\"\" c \x00\u2028\""))
}

func must[T any](v T, err error) T {
	if err != nil {
		panic(err)
	}
	return v
}
