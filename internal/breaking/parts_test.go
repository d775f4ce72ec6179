package breaking

import (
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/trefoil-sql/trefoil/internal/constraint"
	"github.com/trefoil-sql/trefoil/internal/model"
)

func TestAssignable(t *testing.T) {
	enums := []*model.Enum{{Name: "Mood"}}
	for _, tc := range []struct {
		language Language
		from, to string
		want     bool
	}{
		{Zod, "string", "string", true},
		{Zod, "number", "number | pg.NonFinite", true},
		{Zod, "number | pg.NonFinite", "number", false},
		{Zod, "Mood", "string", true},
		{Zod, "string", "Mood", false},
		{Zod, "Mood[]", "(string | null)[]", true},
		{Zod, "(string | null)[]", "string[]", false},
		{Zod, "{ [key: string]: Json }", "Json", true},
		{Zod, "{ [key: string]: string | null }", "string | null", false},
		{Zod, "Json", "unknown", true},
		{Pydantic, "int", "float", true},
		{Pydantic, "float", "int", false},
		{Pydantic, "Mood", "str", true},
		{Pydantic, "list[Mood]", "list[str]", false},
		{Pydantic, "str", "dict[str, JsonValue] | str", true},
		{Go, "int32", "int64", false},
		{Go, "Mood", "string", false},
		{Go, "string", "interface{}", true},
		{Go, "", "string", true},
	} {
		assert.Equal(t, tc.want, assignable(tc.language, tc.from, tc.to, enums), "%s: %s to %s", tc.language, tc.from, tc.to)
	}
}

func TestCompareTests(t *testing.T) {
	compare := func(op constraint.CompareOp, value string) constraint.Atom {
		return constraint.Compare{Op: op, Value: value}
	}
	length := func(min, max int) constraint.Atom {
		l := constraint.Length{Unit: constraint.Characters}
		if min >= 0 {
			l.Min = &min
		}
		if max >= 0 {
			l.Max = &max
		}
		return l
	}
	for _, tc := range []struct {
		old, new []constraint.Atom
		want     string
	}{
		{[]constraint.Atom{compare(">=", "0")}, []constraint.Atom{compare(">", "0")}, "check-tightened"},
		{[]constraint.Atom{compare(">=", "1.50")}, []constraint.Atom{compare(">=", "-2")}, "check-loosened"},
		{[]constraint.Atom{compare("<", "10")}, []constraint.Atom{compare("<=", "10")}, "check-loosened"},
		{[]constraint.Atom{compare("<", "10")}, []constraint.Atom{compare(">", "10")}, "check-changed"},
		{[]constraint.Atom{compare("=", "10")}, []constraint.Atom{compare("=", "11")}, "check-changed"},
		{[]constraint.Atom{compare(">", "0")}, []constraint.Atom{compare(">", "0"), compare("<", "9")}, "check-tightened"},
		{[]constraint.Atom{compare(">", "0"), compare("<", "9")}, []constraint.Atom{compare("<", "9")}, "check-loosened"},
		{[]constraint.Atom{length(1, 10)}, []constraint.Atom{length(1, -1), length(-1, 20)}, "check-loosened"},
		{[]constraint.Atom{length(1, 10)}, []constraint.Atom{length(2, 20)}, "check-changed"},
		{[]constraint.Atom{length(-1, 10)}, []constraint.Atom{length(-1, 9)}, "check-tightened"},
		{[]constraint.Atom{constraint.NotEqual{Value: "a"}}, []constraint.Atom{constraint.NotEqual{Value: "b"}}, "check-changed"},
	} {
		assert.Equal(t, tc.want, compareTests(tc.old, tc.new), "%v to %v", tc.old, tc.new)
	}
}

func TestWithin(t *testing.T) {
	for _, k := range model.Kinds {
		assert.True(t, within(k, k), k)
		assert.True(t, within(k, model.AnyKind), k)
	}
	for _, tc := range []struct {
		from, to model.Kind
		want     bool
	}{
		{model.Int2, model.Numeric, true}, {model.Numeric, model.Int2, false}, {model.Int4, model.Text, false},
		{model.UUID, model.Varchar, true}, {model.Text, model.UUID, false}, {model.Date, model.Timestamp, false},
	} {
		assert.Equal(t, tc.want, within(tc.from, tc.to), "%s in %s", tc.from, tc.to)
	}
}

func TestIgnore(t *testing.T) {
	column := Subject{TableSubject, "public.notes.body"}
	for _, tc := range []struct {
		pattern string
		subject Subject
		want    bool
	}{
		{"notes", column, true},
		{"public.notes", column, true},
		{"notes.body", column, true},
		{"notes.*", column, true},
		{"public.*.body", column, true},
		{"*", column, true},
		{"tags", column, false},
		{"notes.title", column, false},
		{"billing.**", Subject{TableSubject, "billing.invoices.id"}, true},
		{"invoices", Subject{TableSubject, "billing.invoices.id"}, false},
		{"GetNote", Subject{QuerySubject, "GetNote.body"}, true},
		{"Get*.body", Subject{QuerySubject, "GetNote.body"}, true},
		{"Get*.title", Subject{QuerySubject, "GetNote.body"}, false},
		{"mood", Subject{EnumSubject, "public.mood"}, true},
		{"gen/**", Subject{TargetSubject, "gen/ts"}, true},
	} {
		findings := Changes{{Rule: "type-changed", Subject: tc.subject}, {Rule: "column-added", Subject: tc.subject}}
		Apply(findings, []Ignore{{Rule: "type-changed", Objects: []string{tc.pattern}}}, "public")
		assert.Equal(t, tc.want, findings[0].Ignored, "%s for %s", tc.pattern, tc.subject.Name)
		assert.False(t, findings[1].Ignored)
	}
	all := Changes{{Rule: "type-changed", Subject: column}}
	Apply(all, []Ignore{{Rule: "type-changed"}}, "public")
	assert.True(t, all[0].Ignored)
}

// TestRenamesAreNotGuessed: what could be one of several is gone and new, not renamed.
func TestRenamesAreNotGuessed(t *testing.T) {
	field := func(name string, k model.Kind) model.Field {
		return model.Field{Column: name, Type: model.Scalar{Kind: k}}
	}
	pairs := func(old, new []model.Field) (names []string) {
		for _, p := range pairFields(old, new, func(f model.Field) string { return f.Column }) {
			name := func(f *model.Field) string {
				if f == nil {
					return ""
				}
				return f.Column
			}
			names = append(names, name(p.old)+">"+name(p.new))
		}
		return names
	}
	a, b, c := field("a", model.Text), field("b", model.Text), field("c", model.Int4)
	assert.Equal(t, []string{"c>c", "a>b"}, pairs([]model.Field{a, c}, []model.Field{c, b}))
	assert.Equal(t, []string{">c", "a>"}, pairs([]model.Field{a}, []model.Field{c}), "another type")
	assert.Equal(t, []string{">b", ">x", "a>"}, pairs([]model.Field{a}, []model.Field{b, field("x", model.Text)}), "two candidates")
	assert.Equal(t, []string{"a>x", "b>y"},
		pairs([]model.Field{a, b}, []model.Field{field("x", model.Text), field("y", model.Text)}), "each in its place")

	table := func(name string, fields ...model.Field) *model.Relation {
		r := &model.Relation{Kind: "table", Row: &model.Object{Fields: fields}}
		r.Source.Schema, r.Source.Name = "public", name
		return r
	}
	assert.Equal(t, map[string]string{"public.old": "public.new", "public.kept": "public.kept"},
		pairRelations([]*model.Relation{table("old", a), table("kept", c)}, []*model.Relation{table("new", a), table("kept", b)}))
	assert.Empty(t, pairRelations([]*model.Relation{table("old", a)}, []*model.Relation{table("one", a), table("two", a)}))
	assert.Empty(t, pairRelations([]*model.Relation{table("one", a), table("two", a)}, []*model.Relation{table("new", a)}))
}
