package model_test

import (
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/trefoil-sql/trefoil/internal/catalog"
	"github.com/trefoil-sql/trefoil/internal/model"
)

func filterSchema() *schema {
	s := newSchema()
	s.enum("mood", "sad")
	s.enum("unused", "x")
	s.table("auth.users", column("id", "int4"))
	s.table("deals", column("id", "int4"), column("secret", "text"), column("mood", "enum mood"))
	check(s.table("users", column("id", "int4"), column("role", "text")), "k", in("role", "admin"))
	s.relation(catalog.View, "totals", column("n", "int8"))
	s.relation(catalog.PartitionedTable, "events", column("at", "date"))
	parent := name("events")
	s.relation(catalog.Table, "events_2024", column("at", "date")).PartitionOf = &parent
	return s
}

// content lists the relations with their fields, and the enums.
func content(m *model.Model) (relations map[string][]string, enums []string) {
	relations = map[string][]string{}
	for _, r := range m.Relations {
		relations[r.Source.String()] = fieldNames(r.Row)
	}
	for _, e := range m.Enums {
		enums = append(enums, e.Name)
	}
	return relations, enums
}

func TestFilter(t *testing.T) {
	type tables = map[string][]string
	users, deals := []string{"id", "role"}, []string{"id", "secret", "mood"}
	for _, c := range []struct {
		name, shared, options string
		want                  tables
		enums                 []string
	}{
		{"everything but partitions", "", "",
			tables{"auth.users": {"id"}, "public.deals": deals, "public.users": users, "public.totals": {"n"}, "public.events": {"at"}},
			[]string{"Mood", "Unused", "UserRole"}},
		{"without a table", "exclude: [auth.users]", "",
			tables{"public.deals": deals, "public.users": users, "public.totals": {"n"}, "public.events": {"at"}}, []string{"Mood", "Unused", "UserRole"}},
		{"without a schema", "exclude: [auth.*]", "exclude: [users, totals, events, deals]", tables{}, []string{"Mood", "Unused"}},
		{"without a column", "exclude: [deals.secret, public.users.role, auth.users, totals, events]", "",
			tables{"public.deals": {"id", "mood"}, "public.users": {"id"}}, []string{"Mood", "Unused"}},
		{"a table and the enum that it uses", "include: [deals]", "", tables{"public.deals": deals}, []string{"Mood"}},
		{"of the target", "", "include: [users]", tables{"public.users": users}, []string{"UserRole"}},
		{"columns", "include: [deals.id, users]", "", tables{"public.deals": {"id"}, "public.users": users}, []string{"UserRole"}},
		{"an enum by name", "include: [users, unused]", "", tables{"public.users": users}, []string{"Unused", "UserRole"}},
		{"without an enum", "include: [deals]\nexclude: [mood]", "", tables{"public.deals": deals}, nil},
		{"a partition by name", "include: [events_2024]", "", tables{"public.events_2024": {"at"}}, nil},
		{"a pattern", "include: [\"{deal,total}s\"]", "", tables{"public.deals": deals, "public.totals": {"n"}}, []string{"Mood"}},
		{"a star is one part", "include: [\"*\"]\nexclude: [\"*s.id\"]", "",
			tables{"public.deals": {"secret", "mood"}, "public.users": {"role"}, "public.totals": {"n"}, "public.events": {"at"}, "public.events_2024": {"at"}},
			[]string{"Mood", "Unused", "UserRole"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			g := zod
			g.shared, g.options = c.shared, c.options
			relations, enums := content(g.build(t, filterSchema()))
			assert.Equal(t, c.want, relations)
			assert.Equal(t, c.enums, enums)
		})
	}
	g := golang
	g.shared = "include: [deals]\nexclude: [mood]"
	relations, enums := content(g.build(t, filterSchema()))
	assert.Len(t, relations, 6, "Go has what sqlc has")
	assert.Len(t, enums, 3)
}

func TestPrelude(t *testing.T) {
	s := filterSchema()
	g := zod
	g.prelude = true
	relations, enums := content(g.build(t, s))
	assert.Empty(t, relations)
	assert.Empty(t, enums)
	g.shared = "include: [auth.users, deals]"
	relations, enums = content(g.build(t, s))
	assert.Equal(t, map[string][]string{"auth.users": {"id"}, "public.deals": {"id", "secret", "mood"}}, relations)
	assert.Equal(t, []string{"Mood"}, enums)
}

func TestExcludedColumnsOfVariants(t *testing.T) {
	g := zod
	g.options = "exclude_columns: {row: [deals.secret], insert: [id, public.users.role], update: [\"s*\"]}"
	m := g.build(t, filterSchema())
	deals, users := relation(t, m, "deals"), relation(t, m, "users")
	assert.Equal(t, []string{"id", "mood"}, fieldNames(deals.Row))
	assert.Equal(t, []string{"secret", "mood"}, fieldNames(deals.Insert))
	assert.Equal(t, []string{"id", "mood"}, fieldNames(deals.Update))
	assert.Empty(t, fieldNames(users.Insert))
	assert.Equal(t, []string{"id", "role"}, fieldNames(users.Row))
}

func TestOnlyTablesAreWritten(t *testing.T) {
	s := newSchema()
	for _, k := range []catalog.RelationKind{catalog.Table, catalog.View, catalog.MaterializedView, catalog.PartitionedTable, catalog.ForeignTable} {
		s.relation(k, string(k), column("id", "int4"))
	}
	for _, r := range zod.build(t, s).Relations {
		isTable := r.Kind != catalog.View && r.Kind != catalog.MaterializedView
		assert.Equal(t, isTable, r.Insert != nil, r.Kind)
		assert.Equal(t, isTable, r.Update != nil, r.Kind)
	}
	for _, r := range golang.build(t, s).Relations {
		assert.Nil(t, r.Insert)
		assert.Nil(t, r.Update)
	}
}
