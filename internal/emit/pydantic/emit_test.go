package pydantic

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/trefoil-sql/trefoil/internal/constraint"
	"github.com/trefoil-sql/trefoil/internal/model"
	"github.com/trefoil-sql/trefoil/internal/output"
)

// one is a model of one relation with one variant.
func one(v model.Variant, fields ...model.Field) *model.Model {
	r := relation("t", "t", "T", "", "", func(model.Variant) []model.Field { return fields })
	r.Row.Variant, r.Insert = v, nil
	return &model.Model{Relations: []*model.Relation{r}}
}

// fieldLines is how the fields of a model's only class are written.
func fieldLines(t *testing.T, m *model.Model) string {
	t.Helper()
	tree, err := Emit(m, Options{})
	require.NoError(t, err)
	_, body, found := strings.Cut(string(tree["t.py"]), "\n    \"\"\"A row of table public.t.\"\"\"\n\n")
	require.True(t, found, "%s", tree["t.py"])
	return body
}

var (
	mood    = enum("Mood", "", "enum public.mood", "SAD", "sad", "OK", "ok")
	listed  = enum("Role", "t_role_check", "constraint t_role_check on public.t", "ADMIN", "admin")
	hundred = model.Scalar{Kind: model.Numeric, Precision: 3, Scale: -2, HasPrecision: true}
	shaped  = model.JSONOf{Binary: true, Shape: "object"}
	three   = 3
)

func optional(f model.Field) model.Field {
	f.Optional = true
	return f
}

func called(f model.Field, wire string) model.Field {
	f.Wire = wire
	return f
}

// fieldCases are fields and how each is written.
var fieldCases = []struct {
	name  string
	field model.Field
	want  string
}{
	{"plain", col("a", scalar(model.Int4), ""), `a: Int4`},
	{"nullable", nullable(col("a", scalar(model.Int4), "")), `a: Int4 | None`},
	{"comment", col("a", scalar(model.UUID), `Say "hi"`), `a: Uuid = Field(description="Say \"hi\"")`},
	{"nullable insert", optional(nullable(col("a", scalar(model.Text), ""))), `a: Text | None = None`},
	{"the database's default", optional(col("a", scalar(model.TimestampTZ), "")),
		`a: Annotated[Timestamptz | None, NotNull()] = None`},
	{"integer default", defaults(col("a", scalar(model.Int4), ""), model.NumberDefault, "-007"), `a: Int4 = -7`},
	{"numeric default", defaults(col("a", hundred, ""), model.NumberDefault, "1.50"),
		`a: Annotated[Numeric, Precision(3, -2)] = Decimal("1.50")`},
	{"float default", defaults(col("a", scalar(model.Float8), ""), model.NumberDefault, "1.50"), `a: Float8 = 1.50`},
	{"whole float default", defaults(col("a", scalar(model.Float4), ""), model.NumberDefault, "-2"), `a: Float4 = -2.0`},
	{"boolean default", defaults(col("a", scalar(model.Bool), ""), model.BoolDefault, "false"), `a: Bool = False`},
	{"string default", defaults(col("a", varchar(3), ""), model.StringDefault, "a\"\n"),
		`a: Annotated[Text, Length(3)] = "a\"\n"`},
	{"enum default", defaults(col("a", model.EnumRef{Enum: mood}, "How."), model.StringDefault, "ok"),
		`a: Mood = Field(default=Mood.OK, description="How.")`},
	{"empty object default", defaults(col("a", shaped, ""), model.JSONDefault, "{}"),
		`a: dict[str, JsonValue] = Field(default_factory=dict)`},
	{"json default", defaults(col("a", scalar(model.JSONB), ""), model.JSONDefault, `{"a": [1]}`),
		`a: JsonValue = Field(default_factory=json_default("{\"a\": [1]}"))`},
	{"listed enum", col("a", model.EnumRef{Enum: listed, Constraint: listed.Constraint}, ""), `a: Annotated[Role, Listed("t_role_check")]`},
	{"array", col("a", model.Array{Elem: varchar(3), Dims: 2}, ""), `a: Annotated[list[list[Annotated[Text, Length(3)] | None]], Dimensions(2)]`},
	{"array without nulls", col("a", model.Array{Elem: model.EnumRef{Enum: mood}, Dims: 1, NotNullElements: true}, ""),
		`a: Annotated[list[Mood], Dimensions()]`},
	{"range", col("a", model.Range{Elem: scalar(model.Int4), Name: "int4range"}, ""), `a: Text`},
	{"json array", col("a", model.JSONOf{Shape: "array"}, ""), `a: list[JsonValue]`},
	{"custom", col("a", model.Custom{Code: "Money", Import: &model.Import{Module: "app.money", Names: []string{"Money"}}}, ""),
		`a: Money`},
	{"alias", called(col("schema_", scalar(model.Int2), ""), "schema"),
		`schema_: Int2 = Field(validation_alias="schema", serialization_alias="schema")`},
	{"range check", check(check(nullable(col("a", scalar(model.Int4), "")), "c", notNegative), "c",
		constraint.Compare{Op: constraint.LT, Value: "10"}), `a: Annotated[Int4, Check("c", ge=0, lt=10)] | None`},
	{"two constraints", check(check(col("a", scalar(model.Numeric), ""), "c", notNegative), "d",
		constraint.Compare{Op: constraint.LE, Value: "0.5"}), `a: Annotated[Numeric, Check("c", ge=0), Check("d", le=Decimal("0.5"))]`},
	{"float check", check(col("a", scalar(model.Float8), ""), "c", constraint.Compare{Op: constraint.GT, Value: "0.5"}),
		`a: Annotated[Float8, Check("c", gt=0.5)]`},
	{"not empty", check(col("a", scalar(model.Text), ""), "c", constraint.NotEqual{}), `a: Annotated[Text, Check("c", min_length=1)]`},
	{"not equal twice", check(check(col("a", scalar(model.Text), ""), "c", constraint.NotEqual{Value: "x"}), "c",
		constraint.NotEqual{Value: "y"}), `a: Annotated[Text, Check("c", ne="x"), Check("c", ne="y")]`},
	{"length", check(col("a", scalar(model.Text), ""), "c",
		constraint.Length{Unit: constraint.Bytes, Min: &three, Max: &three}), `a: Annotated[Text, Check("c", min_bytes=3, max_bytes=3)]`},
	{"one of", check(col("a", scalar(model.Text), ""), "c", constraint.OneOf{Values: []string{"x"}}),
		`a: Annotated[Text, Check("c", one_of=("x",))]`},
	{"json type", check(col("a", scalar(model.JSON), ""), "c", constraint.JSONType{Types: []string{"object", "array"}}),
		`a: Annotated[JsonValue, Check("c", json_type=("object", "array"))]`},
}

func TestFields(t *testing.T) {
	for _, tc := range fieldCases {
		t.Run(tc.name, func(t *testing.T) {
			assert.Equal(t, "    "+tc.want+"\n", fieldLines(t, one(model.Row, tc.field)))
		})
	}
}

// TestALongFieldIsBroken: one argument a line.
func TestALongFieldIsBroken(t *testing.T) {
	f := defaults(col("a", scalar(model.Int4), strings.Repeat("x", 90)), model.NumberDefault, "0")
	want := "    a: Int4 = Field(\n        default=0,\n        description=\"" + strings.Repeat("x", 90) + "\",\n    )\n"
	assert.Equal(t, want, fieldLines(t, one(model.Row, f)))
}

// TestAFieldThatHidesAType: a field may have the name of what annotations need, such as a column called list.
func TestAFieldThatHidesAType(t *testing.T) {
	m := one(model.Row, nullable(col("list", model.Array{Elem: scalar(model.JSONPath), Dims: 1}, "")), col("Int4", scalar(model.Int4), ""))
	tree, err := Emit(m, Options{})
	require.NoError(t, err)
	assert.Equal(t, `# Code generated by trefoil; DO NOT EDIT.
# Regenerate with: trefoil generate

from builtins import list as _list
from typing import Annotated

from ._base import RowModel
from ._types import Dimensions, Int4 as _Int4


class T(RowModel):
    """A row of table public.t."""

    list: Annotated[_list[str | None], Dimensions()] | None
    Int4: _Int4
`, string(tree["t.py"]))
}

func TestEnums(t *testing.T) {
	e := enum("Mood", "", "enum public.mood", "SAD", "sad", "A_B", `a"b\`)
	e.Doc = "How one feels."
	tree, err := Emit(&model.Model{Enums: []*model.Enum{e}}, Options{})
	require.NoError(t, err)
	assert.Equal(t, `# Code generated by trefoil; DO NOT EDIT.
# Regenerate with: trefoil generate

from enum import StrEnum


class Mood(StrEnum):
    """How one feels.

    The values of enum public.mood.
    """

    SAD = "sad"
    A_B = "a\"b\\"
`, string(tree["enums/mood.py"]))
}

// TestThePackageExportsEverything, in order, and each file is known as generated, so that it is removed when it is stale.
func TestThePackageExportsEverything(t *testing.T) {
	tree, err := Emit(usage(), Options{})
	require.NoError(t, err)
	assert.Equal(t, []string{
		"__init__.py", "_all.py", "_base.py", "_types.py", "_usual.py", "dashboard.py", "enums/__init__.py", "enums/_all.py",
		"enums/featurename.py", "enums/featurestatus.py", "enums/llmfeature.py", "enums/llmprovider.py", "feature_usage.py", "llm_usage.py", "py.typed",
	}, tree.Paths())
	for path, content := range tree {
		assert.True(t, output.Generated(content), path)
		assert.True(t, strings.HasSuffix(string(content), "\n") && !strings.HasSuffix(string(content), "\n\n"), path)
	}
	again, err := Emit(usage(), Options{})
	require.NoError(t, err)
	assert.Equal(t, tree, again)
	init, all := string(tree["__init__.py"]), string(tree["_all.py"])
	assert.Contains(t, init, "\nif TYPE_CHECKING:\n    from . import dashboard as dashboard, enums as enums, ")
	assert.Contains(t, init, "\n    _HOMES = \"\"\"\nDailyCost dashboard\n")
	assert.Contains(t, all, "\nfrom .dashboard import (\n    DailyCost,\n")
	assert.Contains(t, all, "\n\n__all__ = [\n    \"DailyCost\",\n")
}

func TestAdvice(t *testing.T) {
	created := col("created_at", scalar(model.TimestampTZ), "")
	created.Optional = true
	for v, want := range map[model.Variant]string{
		model.Insert: "the database has defaults for columns that were left out",
		model.Update: "a column that was left out keeps its value",
	} {
		tree, err := Emit(one(v, created), Options{})
		require.NoError(t, err)
		assert.Contains(t, string(tree["t.py"]), want)
	}
	tree, err := Emit(usage(), Options{})
	require.NoError(t, err)
	assert.NotContains(t, string(tree["llm_usage.py"]), "exclude_unset")
}

// TestASharedRowIsNotWrittenAgain: it is its relation's.
func TestASharedRowIsNotWrittenAgain(t *testing.T) {
	m := usage()
	row := m.Relations[0].Row
	m.Queries = []*model.Query{{Name: "Get", Cmd: ":one", Module: "usage", Row: row, SharedRow: true}}
	tree, err := Emit(m, Options{})
	require.NoError(t, err)
	assert.NotContains(t, tree, "usage.py")
	assert.Equal(t, 1, strings.Count(string(tree["feature_usage.py"]), "class FeatureUsage("))
}

func TestErrors(t *testing.T) {
	for want, m := range map[string]*model.Model{
		"T: the default of field a is no JSON: {bad": one(model.Row, defaults(col("a", scalar(model.JSONB), ""), model.JSONDefault, "{bad")),
		"T: pydantic has no row for the type new":    one(model.Row, col("a", scalar("new"), "")),
		"two parts of the pydantic target would be written": {
			Enums:     []*model.Enum{enum("E", "", "", "A", "a")},
			Relations: []*model.Relation{relation("enums", "enums", "Enums", "I", "", func(model.Variant) []model.Field { return nil })},
		},
	} {
		_, err := Emit(m, Options{})
		assert.ErrorContains(t, err, want)
	}
}
