package model_test

import (
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/trefoil-sql/trefoil/internal/catalog"
	"github.com/trefoil-sql/trefoil/internal/model"
)

// TestPresence decides for each sort of column whether it is in a variant, may be null and may be left out.
func TestPresence(t *testing.T) {
	type presence struct{ there, nullable, optional bool }
	var absent presence
	required, orNull := presence{there: true}, presence{there: true, nullable: true}
	maybe, any := presence{there: true, optional: true}, presence{there: true, nullable: true, optional: true}
	for _, c := range []struct {
		name                string
		column              catalog.Column
		row, insert, update presence
	}{
		{"not null", column("x", "int4", notNull), required, required, maybe},
		{"null", column("x", "int4"), orNull, any, any},
		{"null with a default", column("x", "int4", def(num("1"))), orNull, any, any},
		{"not null with a default", column("x", "int4", notNull, def(call("f"))), required, maybe, maybe},
		{"not null, default null", column("x", "int4", notNull, def(null())), required, required, maybe},
		{"not null, default a cast null", column("x", "int4", notNull, def(cast(null(), "int4"))), required, required, maybe},
		{"identity always", column("x", "int8", identity(catalog.IdentityAlways)), required, absent, absent},
		{"identity by default", column("x", "int8", identity(catalog.IdentityByDefault)), required, maybe, maybe},
		{"generated", column("x", "int4", generated, def(num("1"))), orNull, absent, absent},
		{"generated, not null", column("x", "int4", generated, notNull), required, absent, absent},
		{"domain", column("x", "domain plain"), orNull, any, any},
		{"domain that forbids null", column("x", "domain required"), required, required, maybe},
		{"domain with a default", column("x", "domain defaulted", notNull), required, maybe, maybe},
		{"domain over one with a default", column("x", "domain heir", notNull), required, maybe, maybe},
		{"default null over a domain's", column("x", "domain defaulted", notNull, def(null())), required, required, maybe},
		{"domain whose check forbids null", column("x", "domain checked"), required, required, maybe},
		{"array of a domain that forbids null", column("x", "domain required[]"), orNull, any, any},
	} {
		t.Run(c.name, func(t *testing.T) {
			s := newSchema()
			s.domain("checked", typ("int4"), isNotNull("VALUE"))
			s.domain("defaulted", typ("int4")).Default = &catalog.Expression{Tree: num("1")}
			s.domain("heir", typ("domain defaulted"))
			s.domain("plain", typ("int4"))
			s.domain("required", typ("int4")).NotNull = true
			s.table("things", column("other", "text"), c.column)
			for _, g := range []target{zod, python} {
				r := relation(t, g.build(t, s), "things")
				presenceOf := func(o *model.Object) presence {
					for _, f := range o.Fields {
						if f.Name == "x" {
							return presence{true, f.Nullable, f.Optional}
						}
					}
					return absent
				}
				assert.Equal(t, c.row, presenceOf(r.Row), "row")
				assert.Equal(t, c.insert, presenceOf(r.Insert), "insert")
				assert.Equal(t, c.update, presenceOf(r.Update), "update")
			}
		})
	}
}

func TestCheckThatForbidsNull(t *testing.T) {
	s := newSchema()
	r := s.table("things", column("x", "text"), column("y", "text"))
	check(r, "x_present", isNotNull("x"))
	check(r, "y_present", isNotNull("y")).NotValid = true
	m := relation(t, zod.build(t, s), "things")
	assert.Equal(t, []string{"y"}, nullable(m.Row), "rows that are there may break a NOT VALID check")
	assert.Empty(t, nullable(m.Insert), "what is written may not")
	assert.Empty(t, nullable(m.Update))
}

func TestDefaults(t *testing.T) {
	number := func(s string) *model.Default { return &model.Default{Kind: model.NumberDefault, Text: s} }
	text := func(s string) *model.Default { return &model.Default{Kind: model.StringDefault, Text: s} }
	truth := func(s string) *model.Default { return &model.Default{Kind: model.BoolDefault, Text: s} }
	json := func(s string) *model.Default { return &model.Default{Kind: model.JSONDefault, Text: s} }
	minus := func(e catalog.Expr) catalog.Expr { return &catalog.Op{Name: "-", Right: e} }
	for _, c := range []struct {
		name, typ string
		def       catalog.Expr
		want      *model.Default
	}{
		{"integer", "int4", num("5"), number("5")},
		{"negative integer", "int4", minus(num("5")), number("-5")},
		{"minus minus", "int4", minus(minus(num("5"))), nil},
		{"minus zero", "int4", minus(num("0")), number("0")},
		{"quoted integer", "int4", str("5"), number("5")},
		{"quoted integer with blanks", "int8", str(" -5 "), number("-5")},
		{"cast integer", "int4", cast(num("5"), "int8"), number("5")},
		{"cast of its own type", "int8", cast(str("5"), "int8"), number("5")},
		{"fraction for an integer", "int4", num("1.5"), nil},
		{"fraction cast to an integer", "numeric", cast(num("1.5"), "int4"), nil},
		{"whole decimal for an integer", "int4", num("2.0"), number("2")},
		{"hexadecimal", "int4", num("0x10"), nil},
		{"numeric", "numeric(10,2)", num("1.50"), number("1.5")},
		{"numeric that is rounded", "numeric(10,2)", num("0.125"), nil},
		{"numeric with a negative scale", "numeric(5,-2)", num("100"), number("100")},
		{"not a number", "numeric", str("NaN"), nil},
		{"double", "float8", cast(num("0.5"), "float8"), number("0.5")},
		{"text", "text", str("a"), text("a")},
		{"text as pg_dump writes it", "varchar(10)", cast(str("a"), "varchar"), text("a")},
		{"text cut by a cast", "varchar(10)", cast(str("abc"), "varchar(2)"), nil},
		{"text that was a date", "text", cast(str("2020-01-01"), "date"), nil},
		{"number for text", "text", num("5"), nil},
		{"padded text", "bpchar(3)", str("a"), nil},
		{"boolean", "bool", boolean("true"), truth("true")},
		{"boolean, quoted", "bool", str("f"), truth("false")},
		{"boolean, another word", "bool", str("yes"), nil},
		{"boolean for a number", "int4", boolean("true"), nil},
		{"JSON", "jsonb", cast(str(`{"a": 1}`), "jsonb"), json(`{"a": 1}`)},
		{"broken JSON", "json", str(`{`), nil},
		{"date", "date", str("2020-01-01"), nil},
		{"array", "text[]", cast(str("{}"), "text[]"), nil},
		{"enum", "enum mood", cast(str("sad"), "enum mood"), text("sad")},
		{"no value of the enum", "enum mood", str("angry"), nil},
		{"call", "int4", call("f"), nil},
		{"sum", "int4", op(num("1"), "+", num("2")), nil},
		{"bits", "int4", &catalog.Literal{Kind: catalog.BitLiteral, Value: "b101"}, nil},
	} {
		t.Run(c.name, func(t *testing.T) {
			s := newSchema()
			s.enum("mood", "sad", "ok")
			s.table("things", column("x", c.typ, notNull, def(c.def)))
			x := field(t, relation(t, zod.build(t, s), "things").Insert, "x")
			assert.Equal(t, c.want, x.Default)
			assert.True(t, x.Optional, "the database has a default whether or not the client can write it")
			assert.Nil(t, field(t, relation(t, zod.build(t, s), "things").Update, "x").Default)
		})
	}
}

func TestJSONShape(t *testing.T) {
	typeOf := func(t *testing.T, column, typname string, tests ...catalog.Expr) (row, insert model.Field) {
		s := newSchema()
		r := s.table("things", catalog.Column{Name: column, Type: typ(typname)})
		for _, e := range tests {
			check(r, "shape", e)
		}
		m := relation(t, zod.build(t, s), "things")
		return m.Row.Fields[0], m.Insert.Fields[0]
	}
	object := op(call("jsonb_typeof", ref("j")), "=", str("object"))
	row, _ := typeOf(t, "j", "jsonb", object)
	assert.Equal(t, model.JSONOf{Binary: true, Shape: "object"}, row.Type)
	assert.Equal(t, []string{"shape"}, constraints(row))
	row, _ = typeOf(t, "j", "json", op(call("json_typeof", ref("j")), "=", str("array")))
	assert.Equal(t, model.JSONOf{Shape: "array"}, row.Type)
	row, _ = typeOf(t, "j", "jsonb", op(call("jsonb_typeof", ref("j")), "=", str("string")))
	assert.Equal(t, model.Scalar{Kind: model.JSONB}, row.Type)
	assert.Equal(t, []string{"shape"}, constraints(row))
}
