package model_test

import (
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/trefoil-sql/trefoil/internal/catalog"
	"github.com/trefoil-sql/trefoil/internal/constraint"
	"github.com/trefoil-sql/trefoil/internal/model"
)

func typesSchema(columns ...catalog.Column) *schema {
	s := newSchema()
	s.enum("mood", "sad", "ok")
	s.domain("email", typ("text"), op(ref("VALUE"), "<>", str("")))
	s.domain("level", typ("text"), in("VALUE", "low", "high", "none"))
	s.domain("some_level", typ("domain level"), op(ref("VALUE"), "<>", str("none")))
	s.domain("tags", typ("text[]"))
	s.composite("money_amount", column("amount", "numeric(10,2)"), column("currency", "bpchar(3)"))
	s.catalog.Ranges = []catalog.Range{{Name: name("price_range"), Subtype: typ("numeric"), Multirange: name("price_multirange")}}
	s.table("things", columns...)
	return s
}

func TestTypes(t *testing.T) {
	scalar := func(k model.Kind) model.Type { return model.Scalar{Kind: k} }
	for _, c := range []struct {
		typ  string
		want model.Type
	}{
		{"int4", scalar(model.Int4)},
		{"varchar", scalar(model.Varchar)},
		{"varchar(5)", model.Scalar{Kind: model.Varchar, Length: 5}},
		{"bpchar(3)", model.Scalar{Kind: model.Char, Length: 3}},
		{"bit(4)", model.Scalar{Kind: model.Bit, Length: 4}},
		{"numeric", scalar(model.Numeric)},
		{"numeric(10,6)", model.Scalar{Kind: model.Numeric, Precision: 10, Scale: 6, HasPrecision: true}},
		{"numeric(5,-2)", model.Scalar{Kind: model.Numeric, Precision: 5, Scale: -2, HasPrecision: true}},
		{"numeric(3,5)", model.Scalar{Kind: model.Numeric, Precision: 3, Scale: 5, HasPrecision: true}},
		{"timestamptz(3)", scalar(model.TimestampTZ)},
		{"regclass", scalar(model.RegType)},
		{"int4[]", model.Array{Elem: scalar(model.Int4), Dims: 1}},
		{"varchar(5)[][]", model.Array{Elem: model.Scalar{Kind: model.Varchar, Length: 5}, Dims: 2}},
		{"int4range", model.Range{Elem: scalar(model.Int4), Name: "int4range"}},
		{"tstzmultirange", model.Range{Elem: scalar(model.TimestampTZ), Multi: true, Name: "tstzmultirange"}},
		{"range price_range", model.Range{Elem: scalar(model.Numeric), Name: "price_range"}},
		{"multirange price_multirange", model.Range{Elem: scalar(model.Numeric), Multi: true, Name: "price_multirange"}},
		{"domain email", scalar(model.Text)},
		{"domain email[]", model.Array{Elem: scalar(model.Text), Dims: 1, OfDomain: true, Rules: []model.Rule{{Constraint: "email_check", Test: constraint.NotEqual{}}}}},
		{"domain tags", model.Array{Elem: scalar(model.Text), Dims: 1}},
		{"unknown unknown", scalar(model.AnyKind)},
		{"pseudo record", scalar(model.AnyKind)},
		{"composite things", nil}, // a row of the table itself
	} {
		t.Run(c.typ, func(t *testing.T) {
			m := zod.build(t, typesSchema(column("x", c.typ)))
			row := relation(t, m, "things").Row
			if c.want == nil {
				c.want = model.ObjectRef{Object: row}
			}
			assert.Equal(t, c.want, row.Fields[0].Type)
		})
	}
}

func TestTypesWithNames(t *testing.T) {
	s := typesSchema(column("mood", "enum mood"), column("moods", "enum mood[]"), column("level", "domain level"),
		column("levels", "domain level[]"), column("price", "composite money_amount"))
	m := zod.build(t, s)
	row := relation(t, m, "things").Row
	mood, level := model.EnumRef{Enum: enum(t, m, "Mood")}, model.EnumRef{Enum: enum(t, m, "Level"), Constraint: "level_check"}
	assert.Equal(t, mood, field(t, row, "mood").Type)
	assert.Equal(t, model.Array{Elem: mood, Dims: 1}, field(t, row, "moods").Type)
	assert.Equal(t, level, field(t, row, "level").Type)
	assert.Equal(t, model.Array{Elem: level, Dims: 1, OfDomain: true}, field(t, row, "levels").Type)
	price, ok := field(t, row, "price").Type.(model.ObjectRef)
	assert.True(t, ok)
	assert.Same(t, m.Composites[0], price.Object)
	assert.Equal(t, "MoneyAmount", price.Object.Name)
	assert.Equal(t, "MoneyAmountSchema", price.Object.Schema)
	assert.Equal(t, []string{"amount", "currency"}, nullable(price.Object), "an attribute is never NOT NULL")
	assert.Equal(t, model.Scalar{Kind: model.Char, Length: 3}, field(t, price.Object, "currency").Type)
}

func TestExtensionTypes(t *testing.T) {
	for n, want := range map[string]model.Kind{
		"citext": model.CIText, "hstore": model.HStore, "ltree": model.LTree, "vector": model.Vector, "geometry": model.Geometry,
	} {
		in := catalog.Type{Name: catalog.Name{Schema: "extensions", Name: n}, Kind: catalog.BaseType}
		s := typesSchema(catalog.Column{Name: "x", Type: in})
		assert.Equal(t, model.Scalar{Kind: want}, relation(t, zod.build(t, s), "things").Row.Fields[0].Type, n)
	}
}

func TestEveryKindHasATypeOfPostgreSQL(t *testing.T) {
	have := map[model.Kind]bool{model.AnyKind: true}
	for _, n := range []string{
		"bool", "int2", "int4", "int8", "float4", "float8", "numeric", "money", "text", "varchar", "bpchar", "citext", "name",
		"char", "bytea", "uuid", "date", "time", "timetz", "timestamp", "timestamptz", "interval", "json", "jsonb", "jsonpath", "xml",
		"inet", "cidr", "macaddr", "macaddr8", "bit", "varbit", "point", "line", "lseg", "box", "path", "polygon", "circle",
		"tsvector", "tsquery", "oid", "regtype", "xid", "xid8", "pg_lsn", "ltree", "hstore", "vector", "geometry",
	} {
		s := typesSchema(column("x", n))
		scalar := relation(t, zod.build(t, s), "things").Row.Fields[0].Type.(model.Scalar)
		have[scalar.Kind] = true
		assert.Equal(t, n, string(scalar.Kind), "a kind is called what PostgreSQL calls the type")
	}
	for _, k := range model.Kinds {
		assert.True(t, have[k], "no type of PostgreSQL is a %s", k)
	}
}

func TestUnmappedType(t *testing.T) {
	s := typesSchema(catalog.Column{Name: "x", Type: catalog.Type{Name: name("app.weird"), Kind: catalog.BaseType}})
	const want = `schema.sql:8:1: error[TF302]: public.things.x has type app.weird, which the zod target does not know
  |   x
  | ^^^
  hint: say what it is: options: trefoil: types: [{db_type: app.weird, zod: {type: string}, python: {type: str}}]
`
	assert.Equal(t, want, zod.fails(t, s), "once, whatever the number of variants")
	golang.build(t, s) // sqlc maps types in Go

	mapped := zod
	mapped.shared = "types:\n  - db_type: app.weird\n    zod: {type: Weird, schema: weird, import: ./weird.js}"
	assert.Equal(t, model.Custom{
		Code: "Weird", Schema: "weird", Import: &model.Import{Module: "./weird.js", Names: []string{"Weird", "weird"}},
	}, relation(t, mapped.build(t, s), "things").Row.Fields[0].Type)
}

func TestCustomTypes(t *testing.T) {
	s := typesSchema(
		column("a", "jsonb"), column("b", "jsonb", comment("Facts.\n@type zod:Facts = FactsSchema from ./facts.js python:Facts from app.facts")),
		column("c", "varchar(5)"), column("d", "text[]"), column("e", "domain email"), column("f", "text"), column("g", "numeric(3,1)[]"))
	shared := `
types:
  - column: things.a
    zod: {type: "Record<string, A>"}
    python: {type: A, import: app.a}
  - db_type: character varying
    zod: {type: Short}
  - db_type: text[]
    zod: {type: Texts}
  - db_type: email
    zod: {type: Email, schema: "z.email()"}
  - db_type: numeric
    zod: {type: Big, import: "big.js"}
`
	z, p := zod, python
	z.shared, p.shared = shared, shared
	row := relation(t, z.build(t, s), "things").Row
	assert.Equal(t, model.Custom{Code: "Record<string, A>"}, field(t, row, "a").Type)
	assert.Equal(t, model.Custom{
		Code: "Facts", Schema: "FactsSchema", Import: &model.Import{Module: "./facts.js", Names: []string{"Facts", "FactsSchema"}},
	}, field(t, row, "b").Type)
	assert.Equal(t, "Facts.", field(t, row, "b").Doc)
	assert.Equal(t, model.Custom{Code: "Short"}, field(t, row, "c").Type)
	assert.Equal(t, model.Custom{Code: "Texts"}, field(t, row, "d").Type)
	assert.Equal(t, model.Custom{Code: "Email", Schema: "z.email()"}, field(t, row, "e").Type)
	assert.Empty(t, field(t, row, "e").Rules, "a type that the user wrote is the user's to check")
	assert.Equal(t, model.Scalar{Kind: model.Text}, field(t, row, "f").Type)
	assert.Equal(t, model.Array{Elem: model.Custom{Code: "Big", Import: &model.Import{Module: "big.js", Names: []string{"Big"}}}, Dims: 1},
		field(t, row, "g").Type)

	row = relation(t, p.build(t, s), "things").Row
	assert.Equal(t, model.Custom{Code: "A", Import: &model.Import{Module: "app.a", Names: []string{"A"}}}, field(t, row, "a").Type)
	assert.Equal(t, model.Custom{Code: "Facts", Import: &model.Import{Module: "app.facts", Names: []string{"Facts"}}}, field(t, row, "b").Type)
	assert.Equal(t, model.Scalar{Kind: model.Varchar, Length: 5}, field(t, row, "c").Type)
	assert.Equal(t, []string{"email_check"}, constraints(field(t, row, "e")))
}

func TestRulesOfVariants(t *testing.T) {
	s := newSchema()
	s.domain("email", typ("text"), op(ref("VALUE"), "<>", str("")))
	r := s.table("things", column("x", "domain email"), column("n", "int4"))
	check(r, "x_length", op(call("length", ref("x")), "<=", num("9")))
	check(r, "n_positive", op(ref("n"), ">", num("0"))).NotValid = true
	m := relation(t, zod.build(t, s), "things")
	assert.Equal(t, []string{"email_check", "x_length"}, constraints(field(t, m.Row, "x")))
	assert.Empty(t, field(t, m.Row, "n").Rules)
	assert.Equal(t, []model.Rule{{Constraint: "n_positive", Test: constraint.Compare{Op: constraint.GT, Value: "0"}}},
		field(t, m.Insert, "n").Rules)
	assert.Equal(t, []string{"n_positive"}, constraints(field(t, m.Update, "n")))
}
