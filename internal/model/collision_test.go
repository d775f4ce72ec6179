package model_test

import (
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/trefoil-sql/trefoil/internal/catalog"
	"github.com/trefoil-sql/trefoil/internal/sqlc"
)

var collisions = []struct {
	name   string
	schema func(*schema)
	target func(*target)
	want   string
}{
	{"two tables", func(s *schema) { s.table("User"); s.table("user") }, func(*target) {},
		`schema.sql:2:1: error[TF301]: table public.User and table public.user are both called User in the zod target
  | user
  | ^^^^
  hint: give one of them another name with options.trefoil.rename.tables, or with @name in its comment
  note: schema.sql:1:1: table public.User is here
schema.sql:2:1: error[TF301]: the schema of table public.User and the schema of table public.user are both called UserSchema in the zod target
  | user
  | ^^^^
  hint: give one of them another name with options.trefoil.rename.tables, or with @name in its comment
  note: schema.sql:1:1: the schema of table public.User is here
`},
	{"a table and an enum", func(s *schema) { s.enum("mood", "sad"); s.table("Mood") }, func(g *target) { *g = python },
		`schema.sql:2:1: error[TF301]: enum public.mood and table public.Mood are both called Mood in the pydantic target
  | Mood
  | ^^^^
  hint: give one of them another name with options.trefoil.rename.tables, or with @name in its comment
  note: schema.sql:1:1: enum public.mood is here
`},
	{"an insert type and a table", func(s *schema) { s.table("deals"); s.table("deal_inserts") }, func(g *target) {
		*g = python
		g.options = "update: false"
	}, `schema.sql:1:1: error[TF301]: table public.deal_inserts and the insert type of table public.deals are both called DealInsert in the pydantic target
  | deals
  | ^^^^^
  hint: give one of them another name with options.trefoil.rename.tables, or with @name in its comment
  note: schema.sql:2:1: table public.deal_inserts is here
`},
	{"a query and a table", func(s *schema) { s.table("deals") }, func(g *target) {
		*g = python
		g.options = "naming: {query_row: \"{query}\"}"
		g.queries = []sqlc.Query{{Name: "Deal", Cmd: ":one", Columns: []sqlc.Column{{Name: "n", Type: catalog.Name{Name: "int4"}}}}}
	}, `error[TF301]: table public.deals and the row of query Deal are both called Deal in the pydantic target
  hint: give one of them another name with naming.query_row, or with @name in its comment
  note: schema.sql:1:1: table public.deals is here
`},
	{"lists of one name", func(s *schema) {
		check(s.table("a", column("state", "text")), "a_state", in("state", "on"))
		check(s.table("b", column("state", "text")), "b_state", in("state", "off"))
	}, func(g *target) { g.shared = "rename: {enums: {a.state: State, b.state: State}}" },
		`schema.sql:4:1: error[TF301]: constraint a_state on public.a and constraint b_state on public.b are both called State in the zod target
  |   state
  | ^^^^^^^
  hint: give one of them another name with options.trefoil.rename.enums, or with @name in its comment
  note: schema.sql:2:1: constraint a_state on public.a is here
`},
}

func TestCollisions(t *testing.T) {
	for _, c := range collisions {
		t.Run(c.name, func(t *testing.T) {
			s, g := newSchema(), zod
			c.schema(s)
			c.target(&g)
			if g.lang == zod.lang {
				g.options = "insert: false\nupdate: false"
			}
			assert.Equal(t, c.want, g.fails(t, s))
		})
	}
}

func TestNoCollision(t *testing.T) {
	s := newSchema()
	s.enum("mood", "sad")
	s.table("moods")
	g := zod
	g.shared = "exclude: [mood]"
	g.build(t, s)

	g = zod
	g.shared = "rename: {tables: {moods: Feeling}}"
	g.build(t, s)

	s = newSchema()
	s.enum("mood", "sad")
	s.table("moods")
	g = zod
	g.shared = "include: [moods]"
	g.build(t, s) // nothing refers to the enum: the target does not have it
}
