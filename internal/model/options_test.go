package model_test

import (
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/trefoil-sql/trefoil/internal/catalog"
	"github.com/trefoil-sql/trefoil/internal/model"
	"github.com/trefoil-sql/trefoil/internal/source"
)

func optionSchema() *schema {
	s := newSchema()
	s.enum("mood", "sad", "happy")
	s.domain("email", typ("text"))
	s.composite("amount")
	s.table("auth.users", column("id", "int4"))
	check(s.table("deals", column("id", "int4"), column("state", "text"), column("name", "text")), "k", in("state", "open", "closed"))
	return s
}

var unknownNames = []struct{ name, shared, options, want string }{
	{"table", "rename: {tables: {deels: Deal}}", "", `sqlc.yaml:20:23: error[TF303]: options.trefoil.rename.tables: no table or composite type of the schema is called deels
  |     rename: {tables: {deels: Deal}}
  |                       ^^^^^
  hint: did you mean "deals"?
`},
	{"table without its schema", "rename: {tables: {users: User}}", "", `sqlc.yaml:20:23: error[TF303]: options.trefoil.rename.tables: no table or composite type of the schema is called users
  |     rename: {tables: {users: User}}
  |                       ^^^^^
  hint: did you mean "auth.users"?
`},
	{"column", "rename: {columns: {deals.stat: status}}", "", `sqlc.yaml:20:24: error[TF303]: options.trefoil.rename.columns: no column of the schema is called deals.stat
  |     rename: {columns: {deals.stat: status}}
  |                        ^^^^^^^^^^
  hint: did you mean "deals.state"?
`},
	{"enum", "rename: {enums: {moods: Mood}}", "", `sqlc.yaml:20:22: error[TF303]: options.trefoil.rename.enums: no enum, domain or column with a list of values of the schema is called moods
  |     rename: {enums: {moods: Mood}}
  |                      ^^^^^
  hint: did you mean "mood"?
`},
	{"column without a list", "rename:\n  enums:\n    deals.name: Name", "", `sqlc.yaml:22:9: error[TF303]: options.trefoil.rename.enums: no CHECK of column deals.name lists its values
  |         deals.name: Name
  |         ^^^^^^^^^^
  hint: a list is CHECK (column IN ('one', 'another')) and must not be NOT VALID
`},
	{"value", "rename: {values: {deals.state: {opened: OPEN}}}", "", `sqlc.yaml:20:37: error[TF303]: options.trefoil.rename.values.deals.state: deals.state has no value "opened"
  |     rename: {values: {deals.state: {opened: OPEN}}}
  |                                     ^^^^^^
  hint: did you mean "open"?
`},
	{"enum of values", "rename: {values: {deals.status: {open: OPEN}}}", "", `sqlc.yaml:20:23: error[TF303]: options.trefoil.rename.values: no enum, domain or column with a list of values of the schema is called deals.status
  |     rename: {values: {deals.status: {open: OPEN}}}
  |                       ^^^^^^^^^^^^
  hint: did you mean "deals.state"?
`},
	{"type of a column", "types: [{column: deals.nam, zod: {type: X}}]", "", `sqlc.yaml:20:22: error[TF303]: options.trefoil.types: no column of the schema is called deals.nam
  |     types: [{column: deals.nam, zod: {type: X}}]
  |                      ^^^^^^^^^
  hint: did you mean "deals.name"?
`},
	{"type of a type", "types: [{db_type: \"jsonbb[]\", zod: {type: X}}]", "", `sqlc.yaml:20:23: error[TF303]: options.trefoil.types: no type of the schema is called jsonbb
  |     types: [{db_type: "jsonbb[]", zod: {type: X}}]
  |                       ^^^^^^^^^^
  hint: did you mean "jsonb"?
`},
	{"include", "include: [deal]", "", `sqlc.yaml:20:15: error[TF303]: options.trefoil.include: no table, type or column of the schema is called deal
  |     include: [deal]
  |               ^^^^
  hint: did you mean "deals"?
`},
	{"exclude", "exclude: [auth.user, deals]", "", `sqlc.yaml:20:15: error[TF303]: options.trefoil.exclude: no table, type or column of the schema is called auth.user
  |     exclude: [auth.user, deals]
  |               ^^^^^^^^^
  hint: did you mean "auth.users"?
`},
	{"exclude of the target", "", "exclude:\n  - deal", `sqlc.yaml:19:15: error[TF303]: exclude: no table, type or column of the schema is called deal
  |             - deal
  |               ^^^^
  hint: did you mean "deals"?
`},
	{"variants", "", "variants: {insert: {include: [deels]}}", `sqlc.yaml:18:41: error[TF303]: variants.insert.include: no table of the schema is called deels
  |           variants: {insert: {include: [deels]}}
  |                                         ^^^^^
  hint: did you mean "deals"?
`},
	{"column of a variant", "", "exclude_columns: {insert: [ids, deals.id]}", `sqlc.yaml:18:38: error[TF303]: exclude_columns.insert: no column of the schema is called ids
  |           exclude_columns: {insert: [ids, deals.id]}
  |                                      ^^^
  hint: did you mean "id"?
`},
}

func TestUnknownNames(t *testing.T) {
	for _, c := range unknownNames {
		t.Run(c.name, func(t *testing.T) {
			g := zod
			g.shared, g.options = c.shared, c.options
			assert.Equal(t, c.want, g.fails(t, optionSchema()))
		})
	}
}

func TestKnownNames(t *testing.T) {
	g := zod
	g.shared = `
rename:
  tables: {deals: Bargain, public.deals: Bargain, auth.users: User, amount: Money}
  columns: {name: title, deals.id: key, auth.users.id: number}
  enums: {mood: Feeling, public.mood: Feeling, deals.state: State, public.deals.state: State}
  values: {mood: {sad: BLUE}, deals.state: {open: OPEN}}
types:
  - {column: public.deals.name, zod: {type: X}}
  - {db_type: timestamp with time zone, zod: {type: X}}
  - {db_type: email, zod: {type: X}}
  - {db_type: "public.mood[]", zod: {type: X}}
  - {db_type: int4range, zod: {type: X}}
  - {db_type: citext, zod: {type: X}}
  - {db_type: app.weird, zod: {type: X}}
exclude: ["tmp_*", deals.name, email]
`
	g.options = "exclude_columns: {row: [id, auth.users.id, \"x*\"]}\nvariants: {update: {exclude: [auth.users]}}"
	s := optionSchema()
	s.table("weirdo", catalog.Column{Name: "x", Type: catalog.Type{Name: name("app.weird"), Kind: catalog.BaseType}})
	g.build(t, s)
}

func TestUnknownNamesOfSeveralEntries(t *testing.T) {
	g := zod
	g.shared, g.entries = "exclude: [elsewhere]", 1
	_, notes, err := model.Build(g.input(t, optionSchema()))
	assert.NoError(t, err, "the table may be another entry's")
	assert.Len(t, notes, 1)
	assert.Equal(t, source.Info, notes[0].Severity)
	g.options = "exclude: [elsewhere]"
	assert.Contains(t, g.fails(t, optionSchema()), "error[TF303]: exclude: no table, type or column of the schema is called elsewhere")
}
