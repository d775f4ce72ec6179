package model_test

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/trefoil-sql/trefoil/internal/catalog"
	"github.com/trefoil-sql/trefoil/internal/model"
	"github.com/trefoil-sql/trefoil/internal/sqlc"
)

func querySchema() *schema {
	s := newSchema()
	s.enum("mood", "sad")
	s.domain("required", typ("text")).NotNull = true
	s.composite("pair", column("a", "int4"))
	r := s.table("deals", column("id", "int4", notNull), column("state", "varchar(9)", notNull, comment("How it stands.")), column("note", "varchar(20)"),
		column("meta", "jsonb"), column("mood", "enum mood"), column("tags", "text[]"))
	check(r, "state_check", in("state", "open", "closed"))
	check(r, "note_check", op(ref("note"), "<>", str("")))
	check(r, "note_old", op(call("length", ref("note")), ">", num("2"))).NotValid = true
	check(r, "meta_check", op(call("jsonb_typeof", ref("meta")), "=", str("object")))
	s.table("loose", column("a", "domain required"), column("b", "text"))
	check(s.table("checked", column("a", "text"), column("b", "text")), "a_check", isNotNull("a"))
	return s
}

// from makes a result column of a table's column.
func from(table, column, as string, notNull bool) sqlc.Column {
	n := name(table)
	return sqlc.Column{Name: as, OriginalName: column, Table: &n, NotNull: notNull, Type: catalog.Name{Name: "text"}}
}

// expr makes a result column or parameter without a source.
func expr(as, typ string, notNull bool) sqlc.Column {
	n := name(typ)
	if n.Schema == "public" {
		n.Schema = ""
	}
	return sqlc.Column{Name: as, Type: n, NotNull: notNull}
}

func rowOf(t *testing.T, g target, columns ...sqlc.Column) *model.Query {
	t.Helper()
	g.queries = []sqlc.Query{{Name: "Q", Cmd: ":many", File: "q.sql", Columns: columns}}
	return g.build(t, querySchema()).Queries[0]
}

func TestResultColumns(t *testing.T) {
	m := rowOf(t, zod,
		from("deals", "state", "state", true), from("deals", "note", "remark", false), from("deals", "id", "id", false),
		expr("n", "pg_catalog.int8", true), expr("", "text", false), expr("mood", "mood", true), expr("st", "deal_state", true),
		expr("word", "public.required", true), expr("p", "pair", true), expr("what", "any", false),
		sqlc.Column{Name: "list", Type: catalog.Name{Name: "uuid"}, Array: true, NotNull: true}, expr("span", "tstzrange", true)).Row
	assert.Equal(t, []string{"state", "remark", "id", "n", "column_5", "mood", "st", "word", "p", "what", "list", "span"}, fieldNames(m))
	assert.Equal(t, []string{"remark", "id", "column_5", "what"}, nullable(m), "what sqlc says: an outer join makes id null")
	assert.Empty(t, filtered(m, func(f model.Field) bool { return f.Optional }))
	assert.Equal(t, "DealState", field(t, m, "state").Type.(model.EnumRef).Enum.Name)
	assert.Equal(t, "How it stands.", field(t, m, "state").Doc)
	assert.Equal(t, model.Scalar{Kind: model.Varchar, Length: 20}, field(t, m, "remark").Type)
	assert.Equal(t, []string{"note_check"}, constraints(field(t, m, "remark")), "a row may break what is NOT VALID")
	assert.Equal(t, model.Scalar{Kind: model.Int8}, field(t, m, "n").Type)
	assert.Equal(t, "Mood", field(t, m, "mood").Type.(model.EnumRef).Enum.Name)
	assert.Equal(t, "DealState", field(t, m, "st").Type.(model.EnumRef).Enum.Name, "an expression of the type that sqlc was shown")
	assert.Equal(t, model.Scalar{Kind: model.Text}, field(t, m, "word").Type)
	assert.Equal(t, "Pair", field(t, m, "p").Type.(model.ObjectRef).Object.Name)
	assert.Equal(t, model.Scalar{Kind: model.AnyKind}, field(t, m, "what").Type)
	assert.Equal(t, model.Array{Elem: model.Scalar{Kind: model.UUID}, Dims: 1}, field(t, m, "list").Type)
	assert.Equal(t, model.Range{Elem: model.Scalar{Kind: model.TimestampTZ}, Name: "tstzrange"}, field(t, m, "span").Type)
}

func TestResultNames(t *testing.T) {
	g := zod
	g.shared = "rename: {columns: {deals.note: remark}}"
	g.options = "keys: {query: camel}\nnaming: {query_row: \"{query}Line\", query_schema: \"z{query}\"}"
	q := rowOf(t, g, from("deals", "note", "note", false), from("deals", "note", "the_note", false), expr("n", "int4", true), expr("n", "int4", true))
	assert.Equal(t, "QLine", q.Row.Name)
	assert.Equal(t, "zQ", q.Row.Schema)
	assert.Equal(t, []string{"remark", "theNote", "n", "n_2"}, fieldNames(q.Row))
	assert.Equal(t, "the_note", q.Row.Fields[1].Wire)
}

func TestWholeRelation(t *testing.T) {
	all := func(notNull ...bool) []sqlc.Column {
		var out []sqlc.Column
		for i, c := range querySchema().find("deals").Columns {
			out = append(out, from("deals", c.Name, c.Name, notNull[i]))
		}
		return out
	}
	inner := all(true, true, false, false, false, false)
	renamed := all(true, true, false, false, false, false)
	renamed[2].Name = "remark"
	for _, c := range []struct {
		name    string
		target  target
		columns []sqlc.Column
		shared  bool
	}{
		{"all", zod, inner, true},
		{"outer join", zod, all(false, false, false, false, false, false), false},
		{"one less", zod, inner[:5], false},
		{"other order", zod, append(append([]sqlc.Column{}, inner[1:]...), inner[0]), false},
		{"renamed", zod, renamed, false},
		{"of an excluded table", target{lang: zod.lang, shared: "exclude: [deals]"}, inner, false},
		{"with a hidden column", target{lang: zod.lang, shared: "exclude: [deals.note]"}, inner, false},
		{"NOT NULL by a domain", zod, []sqlc.Column{from("loose", "a", "a", true), from("loose", "b", "b", false)}, true},
		{"NOT NULL by a domain, outer join", zod, []sqlc.Column{from("loose", "a", "a", false), from("loose", "b", "b", false)}, false},
		{"NOT NULL by a check", zod, []sqlc.Column{from("checked", "a", "a", false), from("checked", "b", "b", false)}, false},
		{"not the table's own column", zod, []sqlc.Column{from("loose", "a", "a", true), expr("b", "text", false)}, false},
	} {
		t.Run(c.name, func(t *testing.T) {
			q := rowOf(t, c.target, c.columns...)
			assert.Equal(t, c.shared, q.SharedRow)
			assert.Equal(t, !c.shared, q.Row.Name == "QRow")
		})
	}
}

func TestCommandsWithoutRows(t *testing.T) {
	for cmd, has := range map[string]bool{
		":one": true, ":many": true, ":batchone": true, ":batchmany": true, ":exec": false, ":execrows": false, ":execresult": false,
		":execlastid": false, ":copyfrom": false, ":batchexec": false,
	} {
		g := zod
		g.queries = []sqlc.Query{{Name: "Q", Cmd: cmd, Columns: []sqlc.Column{expr("n", "int4", true)}}}
		q := g.build(t, querySchema()).Queries[0]
		assert.Equal(t, has, q.Row != nil, cmd)
		assert.Nil(t, q.Params)
	}
}

func TestEmbeds(t *testing.T) {
	deals, gone := name("deals"), name("gone")
	q := rowOf(t, zod, sqlc.Column{Name: "deals", Embed: &deals, NotNull: true}, sqlc.Column{Name: "gone", Embed: &gone, NotNull: true})
	require.Len(t, q.Row.Fields, 2)
	assert.True(t, q.Row.Fields[0].Embed)
	assert.Equal(t, "Deal", q.Row.Fields[0].Type.(model.ObjectRef).Object.Name)
	assert.Equal(t, model.Scalar{Kind: model.AnyKind}, q.Row.Fields[1].Type)
	assert.Empty(t, nullable(q.Row))
}

func TestParameters(t *testing.T) {
	stored := func(column string, c sqlc.Column) sqlc.Param {
		to := columnName("deals", column)
		return sqlc.Param{Column: c, Assigned: &to}
	}
	params := []sqlc.Param{
		stored("state", expr("state", "text", true)),
		stored("note", expr("new_note", "text", false)),
		stored("id", expr("id", "int4", false)),
		{Column: from("deals", "note", "like", true)},
		{Column: from("deals", "meta", "meta", false)},
		{Column: from("deals", "state", "which", true)},
		{Column: sqlc.Column{Name: "ids", Type: catalog.Name{Name: "int4"}, Slice: true, NotNull: true}},
		{Column: sqlc.Column{Name: "states", Table: from("deals", "state", "", true).Table, OriginalName: "state", Array: true, NotNull: true}},
		{Column: from("deals", "tags", "tags", true)},
		{Column: expr("", "pg_catalog.int8", true)},
	}
	for i := range params {
		params[i].Number = i + 1
	}
	g := zod
	g.queries = []sqlc.Query{{Name: "UpdateDeal", Cmd: ":exec", Params: params}}
	g.options = "keys: {params: camel}"
	p := g.build(t, querySchema()).Queries[0].Params
	assert.Equal(t, "UpdateDealParams", p.Name)
	assert.Equal(t, "UpdateDealParamsSchema", p.Schema)
	assert.Equal(t, []string{"state", "newNote", "id", "like", "meta", "which", "ids", "states", "tags", "param10"}, fieldNames(p))
	assert.Equal(t, []string{"newNote", "meta"}, nullable(p), "the column that it is stored in decides")
	assert.Equal(t, []string{"note_check", "note_old"}, constraints(field(t, p, "newNote")))
	assert.Equal(t, model.Scalar{Kind: model.Varchar, Length: 20}, field(t, p, "newNote").Type)
	assert.Equal(t, model.Scalar{Kind: model.Varchar}, field(t, p, "like").Type, "any text can be compared")
	assert.Empty(t, field(t, p, "like").Rules)
	assert.Equal(t, model.Scalar{Kind: model.JSONB}, field(t, p, "meta").Type)
	state := field(t, p, "which").Type
	assert.Equal(t, "DealState", state.(model.EnumRef).Enum.Name)
	assert.Equal(t, model.Array{Elem: model.Scalar{Kind: model.Int4}, Dims: 1, NotNullElements: true}, field(t, p, "ids").Type)
	assert.Equal(t, model.Array{Elem: state, Dims: 1, NotNullElements: true}, field(t, p, "states").Type)
	assert.Equal(t, model.Array{Elem: model.Scalar{Kind: model.Text}, Dims: 1, NotNullElements: true}, field(t, p, "tags").Type)
	assert.Equal(t, "How it stands.", field(t, p, "state").Doc)
	assert.Equal(t, "state", field(t, p, "state").Column)
}

func TestQueryNamesThatAreWords(t *testing.T) {
	g := zod
	g.queries = []sqlc.Query{{Name: "list_deals", Cmd: ":many", Columns: []sqlc.Column{expr("n", "int4", true)}}}
	assert.Equal(t, "ListDealsRow", g.build(t, querySchema()).Queries[0].Row.Name)
}
