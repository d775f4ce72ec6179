package model_test

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/trefoil-sql/trefoil/internal/catalog"
	"github.com/trefoil-sql/trefoil/internal/constraint"
	"github.com/trefoil-sql/trefoil/internal/model"
	"github.com/trefoil-sql/trefoil/internal/source"
	"github.com/trefoil-sql/trefoil/internal/sqlc"
)

// replayed is the schema that some SQL makes.
func replayed(t *testing.T, sql string) *schema {
	t.Helper()
	file := source.NewFile("schema.sql", sql)
	c, _, err := catalog.Load([]*source.File{file})
	require.NoError(t, err)
	return &schema{catalog: *c, file: file}
}

// tests writes the conditions of a field, with their constraints.
func tests(list []model.Test) []string {
	out := []string{}
	for _, test := range list {
		out = append(out, test.Constraint+": "+constraint.SQL(test.Tree))
	}
	return out
}

// objectTests writes the conditions of an object: each with its inputs and what stands in for those that are left out.
func objectTests(o *model.Object) []string {
	out := []string{}
	for _, rule := range o.Rules {
		for _, test := range rule.Tests {
			line := rule.Constraint + ": " + constraint.SQL(test.Tree)
			for _, in := range test.Inputs {
				line += " " + o.Fields[in.Field].Name
				if in.Default != nil {
					line += "=" + constraint.SQL(*in.Default)
				}
			}
			out = append(out, line)
		}
	}
	return out
}

func TestConditionsOfOneColumn(t *testing.T) {
	row := relation(t, zod.build(t, replayed(t, `
		CREATE TABLE things (
			a text CONSTRAINT a_lower CHECK (a = lower(a)),
			b text CONSTRAINT b_list CHECK (b IN ('x', 'Y', 'z')) CONSTRAINT b_lower CHECK (b = lower(b)) CONSTRAINT b_long CHECK (length(b) < 5),
			c integer CONSTRAINT c_set CHECK (coalesce(c, 0) > 0),
			d text[] CONSTRAINT d_some CHECK (cardinality(d) > 0),
			e integer CONSTRAINT e_now CHECK (e > 0 AND e % 2 = 0 AND now() > '2020-01-01'),
			f text CONSTRAINT f_like CHECK (f LIKE 'x%'),
			g text CONSTRAINT g_old CHECK (g = upper(g)) ,
			h boolean CONSTRAINT h_true CHECK (h)
		);`)), "things").Row
	assert.Equal(t, []string{"a_lower: (VALUE = lower(VALUE))"}, tests(field(t, row, "a").Tests))
	assert.Equal(t, []string{"b_lower: (VALUE = lower(VALUE))"}, tests(field(t, row, "b").Tests), "every value of the list is short enough")
	assert.Empty(t, field(t, row, "b").Rules)
	assert.Equal(t, "b_list", field(t, row, "b").Type.(model.EnumRef).Constraint)
	assert.Equal(t, []string{"c_set: (coalesce(VALUE, 0) > 0)"}, tests(field(t, row, "c").Tests))
	assert.False(t, field(t, row, "c").Nullable, "the CHECK refuses null")
	assert.Equal(t, []string{"d_some: (cardinality(VALUE) > 0)"}, tests(field(t, row, "d").Tests))
	assert.Equal(t, []string{"e_now: ((VALUE % 2) = 0)"}, tests(field(t, row, "e").Tests))
	assert.Equal(t, []string{"e_now"}, constraints(field(t, row, "e")))
	assert.Equal(t, []string{"f_like"}, constraints(field(t, row, "f")))
	assert.Equal(t, []string{"h_true: VALUE"}, tests(field(t, row, "h").Tests))
	assert.Empty(t, row.Rules)
}

func TestConditionsOfDomains(t *testing.T) {
	m := zod.build(t, replayed(t, `
		CREATE DOMAIN word AS text CONSTRAINT word_short CHECK (length(VALUE) < 9) CONSTRAINT word_lower CHECK (VALUE = lower(VALUE));
		CREATE DOMAIN known AS text CONSTRAINT known_set CHECK (VALUE IS NOT NULL AND VALUE <> '');
		CREATE DOMAIN level AS text CONSTRAINT level_list CHECK (VALUE IN ('low', 'high'));
		CREATE DOMAIN words AS word[] CONSTRAINT words_some CHECK (cardinality(VALUE) > 0);
		CREATE TYPE pair AS (w word, l level);
		CREATE TABLE things (a word, b word[], c known[], d level[], e words, p pair);`))
	row := relation(t, m, "things").Row
	assert.Equal(t, []string{"word_lower: (VALUE = lower(VALUE))"}, tests(field(t, row, "a").Tests))
	assert.Equal(t, []string{"word_short"}, constraints(field(t, row, "a")))
	b := field(t, row, "b").Type.(model.Array)
	assert.Equal(t, []string{"word_lower: (VALUE = lower(VALUE))"}, tests(b.Tests))
	assert.Equal(t, "word_short", b.Rules[0].Constraint)
	assert.Empty(t, field(t, row, "b").Tests)
	c := field(t, row, "c").Type.(model.Array)
	assert.True(t, c.NotNullElements)
	assert.Equal(t, []model.Rule{{Constraint: "known_set", Test: constraint.NotEqual{}}}, c.Rules)
	assert.Equal(t, "level_list", field(t, row, "d").Type.(model.Array).Elem.(model.EnumRef).Constraint)
	assert.Equal(t, []string{"words_some: (cardinality(VALUE) > 0)"}, tests(field(t, row, "e").Tests))
	assert.Len(t, field(t, row, "e").Type.(model.Array).Tests, 1)
	pair := field(t, row, "p").Type.(model.ObjectRef).Object
	assert.Equal(t, []string{"word_lower: (VALUE = lower(VALUE))"}, tests(pair.Fields[0].Tests))
	assert.Equal(t, "level_list", pair.Fields[1].Type.(model.EnumRef).Constraint)
}

// Columns that share an enum by its name have constraints of their own.
func TestEachColumnsOwnList(t *testing.T) {
	g := zod
	g.shared = "rename: {enums: {users.state: State, teams.state: State}}"
	m := g.build(t, replayed(t, `
		CREATE TABLE teams (state text CONSTRAINT team_states CHECK (state IN ('on', 'off')));
		CREATE TABLE users (state text CONSTRAINT user_states CHECK (state IN ('off', 'on')));`))
	teams, users := relation(t, m, "teams").Row.Fields[0].Type.(model.EnumRef), relation(t, m, "users").Row.Fields[0].Type.(model.EnumRef)
	assert.Same(t, teams.Enum, users.Enum)
	assert.Equal(t, []string{"team_states", "user_states"}, []string{teams.Constraint, users.Constraint})
}

const several = `
	CREATE TABLE things (
		id integer GENERATED ALWAYS AS IDENTITY,
		low integer NOT NULL DEFAULT 1,
		high integer,
		made timestamptz NOT NULL DEFAULT now(),
		done timestamptz,
		hidden text DEFAULT 'none',
		twice integer GENERATED ALWAYS AS (low * 2) STORED,
		CONSTRAINT a_order CHECK (low <= high),
		CONSTRAINT b_time CHECK (done >= made),
		CONSTRAINT c_hidden CHECK (hidden <> 'none' OR high > 0),
		CONSTRAINT d_both CHECK (low + high < 100 AND (low > 0 OR low < 0 AND high IS NULL) AND (low > 5 OR now() > made)),
		CONSTRAINT e_twice CHECK (twice > high),
		CONSTRAINT g_one CHECK (true)
	);
	ALTER TABLE things ADD CONSTRAINT f_new CHECK (low <> high) NOT VALID;`

func TestConditionsOfSeveralColumns(t *testing.T) {
	g := zod
	g.options = "exclude_columns: {insert: [things.hidden], update: [things.hidden]}"
	m := relation(t, g.build(t, replayed(t, several)), "things")
	both := []string{"d_both: ((low + high) < 100)", "d_both: ((low > 0) OR ((low < 0) AND (high IS NULL)))"}
	assert.Equal(t, []string{
		"a_order: (low <= high) high low", "b_time: (done >= made) done made", "c_hidden: ((hidden <> 'none') OR (high > 0)) hidden high",
		both[0] + " high low", both[1] + " high low", "e_twice: (twice > high) high twice",
	}, objectTests(m.Row))
	assert.Equal(t, []string{
		"a_order: (low <= high) high=NULL low=1", "b_time: (done >= made) done=NULL made", "c_hidden: (high > 0) high=NULL",
		both[0] + " high=NULL low=1", both[1] + " high=NULL low=1", "f_new: (low <> high) high=NULL low=1",
	}, objectTests(m.Insert))
	assert.Equal(t, []string{
		"a_order: (low <= high) high low", "b_time: (done >= made) done made", both[0] + " high low", both[1] + " high low", "f_new: (low <> high) high low",
	}, objectTests(m.Update))
}

func TestConditionsOfParameters(t *testing.T) {
	param := func(n int, column string) sqlc.Param {
		return sqlc.Param{Number: n, Column: expr(column, "pg_catalog.int4", true), Assigned: &catalog.ColumnName{Relation: name("things"), Column: column}}
	}
	things := name("things")
	g := zod
	g.queries = []sqlc.Query{
		{Name: "Add", Cmd: ":exec", InsertInto: &things, Params: []sqlc.Param{param(1, "low"), param(2, "high")}},
		{Name: "AddTwice", Cmd: ":exec", InsertInto: &things, Params: []sqlc.Param{param(1, "low"), param(2, "high"), param(3, "high")}},
		{Name: "Change", Cmd: ":exec", Params: []sqlc.Param{param(1, "low"), param(2, "high")}},
	}
	m := g.build(t, replayed(t, several))
	assert.Equal(t, []string{
		"a_order: (low <= high) high low", "d_both: ((low + high) < 100) high low", "d_both: ((low > 0) OR ((low < 0) AND (high IS NULL))) high low", "f_new: (low <> high) high low",
	}, objectTests(m.Queries[0].Params))
	assert.Empty(t, objectTests(m.Queries[1].Params), "which of the two is stored is not known")
	assert.Empty(t, objectTests(m.Queries[2].Params), "the other columns may be of any row")
}

// A type that the user wrote is the user's to test, and so is a rule that reads it.
func TestConditionsOnCustomTypes(t *testing.T) {
	g := zod
	g.shared = "types: [{column: things.low, zod: {type: MyInt}}]"
	m := relation(t, g.build(t, replayed(t, several)), "things")
	assert.Equal(t, []string{"b_time: (done >= made) done made", "c_hidden: ((hidden <> 'none') OR (high > 0)) hidden high", "e_twice: (twice > high) high twice"}, objectTests(m.Row))
	assert.Empty(t, field(t, m.Row, "low").Tests)
}

// A pattern that an engine cannot run is left to the database in that language.
func TestConditionsOfOneLanguage(t *testing.T) {
	s := replayed(t, `CREATE TABLE things (a text CONSTRAINT a_look CHECK (a ~ '^(?!x)'));`)
	assert.Equal(t, []string{"a_look"}, constraints(relation(t, zod.build(t, s), "things").Row.Fields[0]))
	assert.Empty(t, relation(t, golang.build(t, s), "things").Row.Fields[0].Rules)
}
