package model_test

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/trefoil-sql/trefoil/internal/catalog"
	"github.com/trefoil-sql/trefoil/internal/model"
	"github.com/trefoil-sql/trefoil/internal/sqlc"
)

func columnName(table, column string) catalog.ColumnName {
	return catalog.ColumnName{Relation: name(table), Column: column}
}

func TestValueListOfAColumn(t *testing.T) {
	for _, c := range []struct {
		name, typ string
		checks    []catalog.Expr
		want      []string
	}{
		{"one check", "text", []catalog.Expr{in("x", "b", "a")}, []string{"b", "a"}},
		{"two checks", "varchar(9)", []catalog.Expr{in("x", "a", "b", "c"), in("x", "c", "b")}, []string{"b", "c"}},
		{"checks that leave nothing", "text", []catalog.Expr{in("x", "a"), in("x", "b")}, nil},
		{"no list", "text", []catalog.Expr{op(ref("x"), "<>", str(""))}, nil},
		{"list beside another rule", "text", []catalog.Expr{&catalog.Bool{Op: catalog.And, Args: []catalog.Expr{in("x", "a"), isNotNull("x")}}}, []string{"a"}},
		{"one word", "text", []catalog.Expr{op(ref("x"), "=", str("a"))}, []string{"a"}},
		{"padded", "bpchar(3)", []catalog.Expr{in("x", "a")}, nil},
		{"numbers", "int4", []catalog.Expr{&catalog.In{Left: ref("x"), List: []catalog.Expr{num("1")}}}, nil},
		{"array", "text[]", []catalog.Expr{in("x", "a")}, nil},
		{"domain", "domain word", []catalog.Expr{in("x", "a")}, []string{"a"}},
		{"domain with a list", "domain level", []catalog.Expr{in("x", "none", "low", "other")}, []string{"none", "low"}},
		{"domain over one with a list", "domain heir", []catalog.Expr{in("x", "high", "other")}, []string{"high"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			s := newSchema()
			s.domain("heir", typ("domain level"))
			s.domain("level", typ("text"), in("VALUE", "low", "high", "none"))
			s.domain("word", typ("text"), op(ref("VALUE"), "<>", str("")))
			r := s.table("things", column("x", c.typ, comment("What it is.")))
			for _, e := range c.checks {
				check(r, "k", e)
			}
			lists := model.ValueLists(&s.catalog, "public")[1:] // level comes first
			if c.want == nil {
				assert.Empty(t, lists)
				return
			}
			require.Len(t, lists, 1)
			assert.Equal(t, model.ValueList{
				Key: "things.x", Values: c.want, SQLName: name("thing_x"), Columns: []catalog.ColumnName{columnName("things", "x")},
				Constraint: "k", Comment: "What it is.", Span: r.Columns[0].Span,
			}, lists[0])
		})
	}
}

func TestValueListThatIsNotValid(t *testing.T) {
	s := newSchema()
	check(s.table("things", column("x", "text")), "k", in("x", "a")).NotValid = true
	assert.Empty(t, model.ValueLists(&s.catalog, "public"))
	m := relation(t, zod.build(t, s), "things")
	assert.Empty(t, m.Row.Fields[0].Rules)
	assert.Equal(t, []string{"k"}, constraints(m.Insert.Fields[0]), "what is written obeys it")
}

func TestValueListsOfDomains(t *testing.T) {
	s := newSchema()
	s.enum("app.mood", "sad")
	s.domain("base", typ("text"), in("VALUE", "a", "b", "c"))
	s.domain("heir", typ("domain base"))
	s.domain("heir_of_heir", typ("domain heir"))
	s.domain("narrow", typ("domain base"), in("VALUE", "c", "a", "z"))
	s.domain("plain", typ("text"))
	lists := model.ValueLists(&s.catalog, "public")
	require.Len(t, lists, 3)
	assert.Equal(t, []string{"app.mood", "base", "narrow"}, []string{lists[0].Key, lists[1].Key, lists[2].Key})
	assert.True(t, lists[0].IsEnumType())
	assert.Equal(t, []catalog.Name{name("base"), name("heir"), name("heir_of_heir")}, lists[1].Domains)
	assert.Equal(t, name("base"), lists[1].SQLName, "a cast to the domain is one to the enum")
	assert.Equal(t, []string{"c", "a"}, lists[2].Values)
	assert.Equal(t, []catalog.Name{name("narrow")}, lists[2].Domains)

	s.table("things", column("x", "domain heir_of_heir"), column("y", "domain narrow"))
	row := relation(t, zod.build(t, s), "things").Row
	assert.Equal(t, "Base", row.Fields[0].Type.(model.EnumRef).Enum.Name)
	assert.Equal(t, "Narrow", row.Fields[1].Type.(model.EnumRef).Enum.Name)
}

func TestValueListsOfPartitions(t *testing.T) {
	s := newSchema()
	parent := name("events")
	table := func(n string, values ...string) *catalog.Relation {
		r := s.table(n, column("state", "text"))
		check(r, "events_state_check", in("state", values...))
		return r
	}
	table("a_2023", "on", "off").PartitionOf = &parent
	table("child", "on", "off").Inherits = []catalog.Name{name("a_2023")}
	table("events", "on", "off")
	table("events_special", "on").PartitionOf = &parent
	lists := model.ValueLists(&s.catalog, "public")
	require.Len(t, lists, 2)
	assert.Equal(t, []catalog.ColumnName{columnName("events", "state"), columnName("a_2023", "state"), columnName("child", "state")}, lists[0].Columns)
	assert.Equal(t, "events_special.state", lists[1].Key)
	assert.Equal(t, "constraint events_state_check on public.events", lists[0].Origin())
}

func TestSQLNamesCollideWithNothing(t *testing.T) {
	s := newSchema()
	s.enum("thing_a", "x")
	s.domain("thing_b", typ("text"))
	s.composite("thing_c")
	s.catalog.Ranges = []catalog.Range{{Name: name("thing_d"), Subtype: typ("int4"), Multirange: name("thing_e")}}
	s.table("thing_f")
	things := s.table("things", column("a", "text"), column("b", "text"), column("c", "text"), column("d", "text"), column("e", "text"),
		column("f", "text"), column("g", "text"))
	for _, c := range things.Columns {
		check(things, "k", in(c.Name, "x"))
	}
	check(s.table("thing", column("g", "text")), "k", in("g", "x"))
	var sqlNames []string
	for _, l := range model.ValueLists(&s.catalog, "public")[1:] {
		sqlNames = append(sqlNames, l.SQLName.Name)
	}
	assert.Equal(t, []string{
		"thing_g", "thing_a_2", "thing_b_2", "thing_c_2", "thing_d_2", "thing_e_2", "thing_f_2", "thing_g_2",
	}, sqlNames)
}

func lowerSchema() *schema {
	s := newSchema()
	s.enum("mood", "sad")
	s.domain("level", typ("text"), in("VALUE", "low", "high"))
	for _, n := range []string{"users", "teams", "orgs"} {
		r := s.table(n, column("state", "text"), column("mood", "text"))
		check(r, "k", in("state", "on", "off"))
		check(r, "m", in("mood", "sad"))
	}
	return s
}

func lowered(t *testing.T, shared string) map[string]sqlc.Enum {
	g := golang
	g.shared = shared
	in := g.input(t, lowerSchema())
	enums := map[string]sqlc.Enum{}
	for _, e := range model.Lower(in.Config, in.Entry, in.Lists) {
		enums[e.Name.String()] = e
	}
	return enums
}

func TestLower(t *testing.T) {
	enums := lowered(t, "")
	assert.Len(t, enums, 7, "a domain and six columns; the enum type is declared as it is")
	assert.Equal(t, sqlc.Enum{Name: name("level"), Values: []string{"low", "high"}, Domains: []catalog.Name{name("level")}}, enums["public.level"])
	assert.Equal(t, sqlc.Enum{Name: name("user_state"), Values: []string{"on", "off"}, Columns: []catalog.ColumnName{columnName("users", "state")}},
		enums["public.user_state"])
}

func TestLowerJoinsListsOfOneName(t *testing.T) {
	const shared = "rename:\n  enums: {users.state: State, teams.state: state, public.orgs.state: State, level: Level, users.mood: Mood, mood: Mood}"
	enums := lowered(t, shared)
	assert.Len(t, enums, 5)
	assert.Equal(t, sqlc.Enum{
		Name: name("org_state"), Values: []string{"on", "off"}, GoName: "State", GoValues: map[string]string{"on": "StateOn", "off": "StateOff"},
		Columns: []catalog.ColumnName{columnName("orgs", "state"), columnName("teams", "state"), columnName("users", "state")},
	}, enums["public.org_state"])
	assert.Equal(t, "Level", enums["public.level"].GoName)
	assert.Empty(t, enums["public.user_mood"].GoName, "Go's type Mood is the enum's")

	g := zod
	g.shared = shared
	m := g.build(t, lowerSchema())
	states := enum(t, m, "State")
	for _, n := range []string{"users", "teams", "orgs"} {
		assert.Equal(t, model.EnumRef{Enum: states, Constraint: "k"}, relation(t, m, n).Row.Fields[0].Type)
	}
	assert.Equal(t, model.EnumRef{Enum: enum(t, m, "Mood"), Constraint: "m"}, relation(t, m, "users").Row.Fields[1].Type, "one enum in TypeScript")

	g.lang = golang.lang
	m = g.build(t, lowerSchema())
	assert.Equal(t, "UserMood", relation(t, m, "users").Row.Fields[1].Type.(model.EnumRef).Enum.Name)
	assert.Equal(t, "State", relation(t, m, "users").Row.Fields[0].Type.(model.EnumRef).Enum.Name)
}
