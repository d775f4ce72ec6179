package model_test

import (
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/trefoil-sql/trefoil/internal/catalog"
	"github.com/trefoil-sql/trefoil/internal/model"
	"github.com/trefoil-sql/trefoil/internal/sqlc"
)

func TestTagsOfTables(t *testing.T) {
	for _, c := range []struct {
		name, comment, doc string
		want               []string
	}{
		{"prose", "All deals.\n\nAnd more.", "All deals.\n\nAnd more.", []string{"Deal", "DealInsert", "DealUpdate"}},
		{"name", "@name Bargain\nAll deals.", "All deals.", []string{"Bargain", "BargainInsert", "BargainUpdate"}},
		{"name as a word", "All deals.\n  @name big_bargain  ", "All deals.", []string{"BigBargain", "BigBargainInsert", "BigBargainUpdate"}},
		{"omit", "@omit", "", nil},
		{"omit a variant", "@omit insert", "", []string{"Deal", "DealUpdate"}},
		{"omit variants", "@omit insert, update", "", []string{"Deal"}},
		{"omit the row", "@omit row", "", nil},
		{"prose with an at", "@deprecated Use contracts.\nmail x@name.org", "@deprecated Use contracts.\nmail x@name.org", []string{"Deal", "DealInsert", "DealUpdate"}},
		{"Windows", "All deals.\r\n@omit update\r\n", "All deals.", []string{"Deal", "DealInsert"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			s := newSchema()
			s.table("deals", column("id", "int4")).Comment = c.comment
			m := zod.build(t, s)
			assert.Equal(t, c.want, relationNames(m))
			if c.want != nil {
				assert.Equal(t, c.doc, m.Relations[0].Doc)
				assert.Equal(t, c.doc, m.Relations[0].Row.Doc)
			}
			assert.Equal(t, []string{"Deal"}, relationNames(golang.build(t, s)), "Go's structs are sqlc's")
		})
	}
}

func TestTagsOfColumns(t *testing.T) {
	s := newSchema()
	s.table("deals", column("id", "int4"), column("secret", "text", comment("@omit")), column("made_at", "timestamptz", comment("@omit insert,update")),
		column("pin", "text", comment("Four digits.\n@omit row")), column("nm", "text", comment("@name full_name\nWho it is.")))
	r := zod.build(t, s).Relations[0]
	assert.Equal(t, []string{"id", "made_at", "full_name"}, fieldNames(r.Row))
	assert.Equal(t, []string{"id", "pin", "full_name"}, fieldNames(r.Insert))
	assert.Equal(t, []string{"id", "pin", "full_name"}, fieldNames(r.Update))
	assert.Equal(t, "Who it is.", field(t, r.Row, "full_name").Doc)
	assert.Equal(t, []string{"ID", "Secret", "MadeAt", "Pin", "Nm"}, fieldNames(golang.build(t, s).Relations[0].Row))
}

func TestTagsOfTypes(t *testing.T) {
	s := newSchema()
	s.catalog.Enums = []catalog.Enum{{Name: name("mood"), Values: []string{"sad"}, Comment: "@omit"}}
	s.composite("point3", column("x", "int4", comment("@name across")), column("y", "int4", comment("@omit")))
	s.catalog.Composites[0].Comment = "@name SpacePoint\nA place."
	s.table("things", column("mood", "enum mood"), column("at", "composite point3"))
	m := python.build(t, s)
	assert.Empty(t, m.Enums)
	assert.Equal(t, model.Scalar{Kind: model.Text}, field(t, m.Relations[0].Row, "mood").Type, "sent as text")
	assert.Equal(t, "SpacePoint", m.Composites[0].Name)
	assert.Equal(t, "A place.", m.Composites[0].Doc)
	assert.Equal(t, []string{"across", "y"}, fieldNames(m.Composites[0]), "a composite is sent whole")
}

func TestTagsOfQueries(t *testing.T) {
	s := newSchema()
	g := zod
	one := []sqlc.Column{{Name: "n", Type: catalog.Name{Name: "int4"}}}
	g.queries = []sqlc.Query{
		{Name: "ListDeals", Cmd: ":many", Columns: one, Comments: []string{"Every deal.", "@name DealLine"}},
		{Name: "Hidden", Cmd: ":many", Columns: one, Comments: []string{"@omit"}},
	}
	m := g.build(t, s)
	assert.Len(t, m.Queries, 1)
	assert.Equal(t, "DealLine", m.Queries[0].Row.Name)
	assert.Equal(t, "DealLineSchema", m.Queries[0].Row.Schema)
	assert.Equal(t, "Every deal.", m.Queries[0].Doc)
	g.lang = golang.lang
	m = g.build(t, s)
	assert.Equal(t, "ListDealsRow", m.Queries[0].Row.Name)
	assert.Len(t, m.Queries, 2)
}

func TestBadTags(t *testing.T) {
	for text, want := range map[string]string{
		"@nmae Bargain": "the comment has @nmae, which is no tag\n  | deals\n  | ^^^^^\n  hint: did you mean \"@name\"?",
		"@name":         "@name takes one word, not \"\"\n  | deals\n  | ^^^^^\n  hint: write it as @name LlmUsage",
		"@name a deal":  "@name takes one word, not \"a deal\"\n  | deals\n  | ^^^^^\n  hint: write it as @name LlmUsage",
		"@omit create": "@omit leaves out of row, insert or update, not of \"create\"\n  | deals\n  | ^^^^^\n" +
			"  hint: write @omit alone to leave it out of everything",
		"@type": "@type has no type\n  | deals\n  | ^^^^^\n" +
			"  hint: write it as @type zod:Metadata = MetadataSchema from ./metadata.js python:Metadata from app.metadata",
		"@type zod:": "@type has no type\n  | deals\n  | ^^^^^\n" +
			"  hint: write it as @type zod:Metadata = MetadataSchema from ./metadata.js python:Metadata from app.metadata",
		"@type ts:Deal": "@type starts with zod: or python:, not with \"ts:Deal\"\n  | deals\n  | ^^^^^\n" +
			"  hint: write it as @type zod:Metadata = MetadataSchema from ./metadata.js python:Metadata from app.metadata",
	} {
		s := newSchema()
		s.table("deals", column("id", "int4")).Comment = text
		assert.Equal(t, "schema.sql:1:1: warning[TF304]: "+want+"\n", zod.warns(t, s), text)
	}
}

func TestTypeTag(t *testing.T) {
	for text, want := range map[string]model.Custom{
		"@type zod:Deal":                         {Code: "Deal"},
		"@type python:Any zod:Deal":              {Code: "Deal"},
		"@type zod:Record<string, number>":       {Code: "Record<string, number>"},
		"@type zod:{ a: string } python:dict":    {Code: "{ a: string }"},
		"@type zod: Deal = dealSchema":           {Code: "Deal", Schema: "dealSchema"},
		"@type zod:Deal from ./deal.js":          {Code: "Deal", Import: &model.Import{Module: "./deal.js", Names: []string{"Deal"}}},
		"@type zod:D = d from ./d.js python:D":   {Code: "D", Schema: "d", Import: &model.Import{Module: "./d.js", Names: []string{"D", "d"}}},
		"@type python:D\n@name x":                {},
		"Text.\n@type zod:Deal\nzod:Other stays": {Code: "Deal"},
	} {
		s := newSchema()
		s.table("deals", column("x", "jsonb", comment(text)))
		got := zod.build(t, s).Relations[0].Row.Fields[0].Type
		if want.Code == "" {
			assert.Equal(t, model.Scalar{Kind: model.JSONB}, got, text)
			continue
		}
		assert.Equal(t, want, got, text)
	}
}
