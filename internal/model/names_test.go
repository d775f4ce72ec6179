package model_test

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/trefoil-sql/trefoil/internal/catalog"
	"github.com/trefoil-sql/trefoil/internal/config"
	"github.com/trefoil-sql/trefoil/internal/model"
	"github.com/trefoil-sql/trefoil/internal/sqlc"
)

func relationNames(m *model.Model) []string {
	var out []string
	for _, r := range m.Relations {
		for _, o := range []*model.Object{r.Row, r.Insert, r.Update} {
			if o != nil {
				out = append(out, o.Name)
			}
		}
	}
	return out
}

func TestRelationNames(t *testing.T) {
	for _, c := range []struct {
		name, table, shared, options string
		want                         []string
	}{
		{"plain", "llm_usages", "", "", []string{"LlmUsage", "LlmUsageInsert", "LlmUsageUpdate"}},
		{"singular already", "llm_usage", "", "", []string{"LlmUsage", "LlmUsageInsert", "LlmUsageUpdate"}},
		{"of another schema", "auth.users", "", "", []string{"AuthUser", "AuthUserInsert", "AuthUserUpdate"}},
		{"default schema", "auth.users", "default_schema: auth", "", []string{"User", "UserInsert", "UserUpdate"}},
		{"initialism", "llm_usages", "initialisms: [llm]", "", []string{"LLMUsage", "LLMUsageInsert", "LLMUsageUpdate"}},
		{"renamed", "llm_usages", "rename: {tables: {llm_usages: ModelCall}}", "", []string{"ModelCall", "ModelCallInsert", "ModelCallUpdate"}},
		{"renamed to a word", "llm_usages", "rename: {tables: {public.llm_usages: model_calls}}", "", []string{"ModelCalls", "ModelCallsInsert", "ModelCallsUpdate"}},
		{"templates", "llm_usages", "", "naming: {row: \"{table}\", insert: \"New{name}\", update: \"{name}Patch\"}",
			[]string{"LlmUsages", "NewLlmUsage", "LlmUsagePatch"}},
		{"no variants", "llm_usages", "", "insert: false\nupdate: false", []string{"LlmUsage"}},
		{"variants of some tables", "llm_usages", "", "variants: {insert: {include: [llm_*]}, update: {exclude: [llm_usages]}}",
			[]string{"LlmUsage", "LlmUsageInsert"}},
		{"variants of other tables", "llm_usages", "", "variants: {insert: {include: [other_*]}}", []string{"LlmUsage", "LlmUsageUpdate"}},
		{"odd name", "my-odd table!", "", "", []string{"MyOddTable", "MyOddTableInsert", "MyOddTableUpdate"}},
		{"digits", "2fa_codes", "", "", []string{"Type2faCode", "Type2faCodeInsert", "Type2faCodeUpdate"}},
		{"no letters", "🎉", "", "", []string{"Type", "Insert", "Update"}},
		{"hides a global", "dates", "", "", []string{"Date_", "DateInsert", "DateUpdate"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			s := newSchema()
			s.table(c.table, column("id", "int4"))
			g := zod
			g.shared, g.options = c.shared, c.options
			assert.Equal(t, c.want, relationNames(g.build(t, s)))
		})
	}
}

func TestSchemaNames(t *testing.T) {
	s := newSchema()
	s.table("deals", column("id", "int4"))
	r := zod.build(t, s).Relations[0]
	assert.Equal(t, []string{"DealSchema", "DealInsertSchema", "DealUpdateSchema"}, []string{r.Row.Schema, r.Insert.Schema, r.Update.Schema})
	g := zod
	g.options = "naming: {row_schema: \"{name}Row\", insert_schema: \"Create{name}\", update_schema: \"Update{name}\"}"
	r = g.build(t, s).Relations[0]
	assert.Equal(t, []string{"DealRow", "CreateDeal", "UpdateDeal"}, []string{r.Row.Schema, r.Insert.Schema, r.Update.Schema})
}

func TestDefaultTemplatesAreTheConfigs(t *testing.T) {
	s := newSchema()
	s.enum("mood", "sad")
	s.table("deals", column("id", "int4"))
	g := zod
	g.queries = []sqlc.Query{{Name: "Q", Cmd: ":one", Columns: []sqlc.Column{expr("n", "int4", true)}, Params: []sqlc.Param{{Number: 1}}}}
	loaded := g.build(t, s)
	in := g.input(t, s)
	in.Options = config.Options{Target: config.Zod}
	bare, _, err := model.Build(in)
	require.NoError(t, err)
	assert.Equal(t, loaded, bare)
}

func TestSQLCNames(t *testing.T) {
	for _, c := range []struct{ table, gopts, want string }{
		{"llm_usages", "", "LlmUsage"},
		{"metadata", "", "Metadata"},
		{"waves", "", "Wave"},
		{"statuses", "", "Status"},
		{"user_ids", "", "UserID"},
		{"llm_usages", "initialisms: [llm]", "LLMUsage"},
		{"llm_usages", "rename: {llm_usage: Call}", "Call"},
		{"llm_usages", "emit_exact_table_names: true", "LlmUsages"},
		{"llm_usages", "inflection_exclude_table_names: [llm_usages]", "LlmUsages"},
		{"auth.users", "", "AuthUser"},
		{"2fa_codes", "", "_2faCode"},
	} {
		s := newSchema()
		s.table(c.table, column("id", "int4"))
		g := golang
		g.gopts = c.gopts
		assert.Equal(t, []string{c.want}, relationNames(g.build(t, s)), "%s %s", c.table, c.gopts)
	}
}

func TestColumnNames(t *testing.T) {
	type pair struct{ name, wire string }
	for _, c := range []struct {
		what, column, shared string
		keys                 string // of rows and inserts
		zod, python          pair
	}{
		{"plain", "deal_id", "", "", pair{"deal_id", "deal_id"}, pair{"deal_id", "deal_id"}},
		{"camel", "deal_id", "", "camel", pair{"dealId", "deal_id"}, pair{"deal_id", "dealId"}},
		{"with digits", "p95_ms", "", "camel", pair{"p95Ms", "p95_ms"}, pair{"p95_ms", "p95Ms"}},
		{"quoted camel", "dealId", "", "", pair{"dealId", "dealId"}, pair{"deal_id", "dealId"}},
		{"odd underscores", "a__b_", "", "", pair{"a__b_", "a__b_"}, pair{"a__b_", "a__b_"}},
		{"reserved", "class", "", "", pair{"class", "class"}, pair{"class_", "class"}},
		{"attribute of models", "schema", "", "", pair{"schema", "schema"}, pair{"schema_", "schema"}},
		{"private", "_x", "", "", pair{"_x", "_x"}, pair{"x", "_x"}},
		{"space", "first name", "", "", pair{"first name", "first name"}, pair{"first_name", "first name"}},
		{"no letters", "#", "", "camel", pair{"#", "#"}, pair{"field", "#"}},
		{"renamed", "usr_nm", "rename: {columns: {things.usr_nm: user_name}}", "", pair{"user_name", "usr_nm"}, pair{"user_name", "usr_nm"}},
		{"renamed everywhere", "usr_nm", "rename: {columns: {usr_nm: user_name}}", "camel", pair{"userName", "usr_nm"}, pair{"user_name", "userName"}},
		{"renamed with its schema", "usr_nm", "rename: {columns: {public.things.usr_nm: user_name, usr_nm: other}}", "",
			pair{"user_name", "usr_nm"}, pair{"user_name", "usr_nm"}},
		{"tagged", "tagged", "", "", pair{"label", "tagged"}, pair{"label", "tagged"}},
		{"renamed and tagged", "tagged", "rename: {columns: {tagged: title_text}}", "", pair{"title_text", "tagged"}, pair{"title_text", "tagged"}},
	} {
		t.Run(c.what, func(t *testing.T) {
			s := newSchema()
			text := ""
			if c.column == "tagged" {
				text = "@name label"
			}
			s.table("things", column(c.column, "text", comment(text)))
			for g, want := range map[*target]pair{&zod: c.zod, &python: c.python} {
				g := *g
				g.shared = c.shared
				if c.keys != "" {
					g.options = "keys: {row: " + c.keys + ", insert: " + c.keys + "}"
				}
				r := g.build(t, s).Relations[0]
				for _, o := range []*model.Object{r.Row, r.Insert} {
					assert.Equal(t, want, pair{o.Fields[0].Name, o.Fields[0].Wire})
					assert.Equal(t, c.column, o.Fields[0].Column)
				}
			}
		})
	}
}

func TestFieldNamesAreUnique(t *testing.T) {
	s := newSchema()
	s.table("things", column("_x", "text"), column("x", "text"), column("x ", "text"), column("class", "text"), column("class_", "text"),
		column("dealId", "text"), column("deal_id", "text"))
	row := python.build(t, s).Relations[0].Row
	assert.Equal(t, []string{"x_2", "x", "x_3", "class__2", "class_", "deal_id_2", "deal_id"}, fieldNames(row), "a column's own name is its own")
	g := zod
	g.options = "keys: {row: camel}"
	assert.Equal(t, []string{"x_2", "x", "x_3", "class", "class_2", "dealId", "dealId_2"}, fieldNames(g.build(t, s).Relations[0].Row))
	g = python
	g.options = "keys: {row: camel}"
	wires := []string{}
	for _, f := range g.build(t, s).Relations[0].Row.Fields {
		wires = append(wires, f.Wire)
	}
	assert.Equal(t, []string{"x_2", "x", "x_3", "class", "class_2", "dealId", "dealId_2"}, wires)
}

func TestEnumNames(t *testing.T) {
	for _, c := range []struct{ name, shared, options, typ, list, schema string }{
		{"column", "", "", "LlmUsageProvider", "LLM_USAGE_PROVIDERS", "LlmUsageProviderSchema"},
		{"renamed", "rename: {enums: {llm_usages.provider: LLMProvider}}", "", "LLMProvider", "LLM_PROVIDERS", "LLMProviderSchema"},
		{"renamed with its schema", "rename: {enums: {public.llm_usages.provider: LLMProvider}}", "", "LLMProvider", "LLM_PROVIDERS", "LLMProviderSchema"},
		{"renamed to a word", "rename: {enums: {llm_usages.provider: llm_status}}\ninitialisms: [llm]", "", "LLMStatus", "LLM_STATUSES", "LLMStatusSchema"},
		{"templates", "", "naming: {enum: \"{name}Enum\", enum_schema: \"z{name}\"}", "LlmUsageProviderEnum", "LLM_USAGE_PROVIDERS", "zLlmUsageProvider"},
		{"uncountable", "rename: {enums: {llm_usages.provider: NEWS}}", "", "NEWS", "NEWS_VALUES", "NEWSSchema"},
	} {
		t.Run(c.name, func(t *testing.T) {
			s := newSchema()
			check(s.table("llm_usages", column("provider", "text")), "k", in("provider", "a"))
			g := zod
			g.shared, g.options = c.shared, c.options
			e := g.build(t, s).Enums[0]
			assert.Equal(t, []string{c.typ, c.list, c.schema}, []string{e.Name, e.List, e.Schema})
		})
	}
}

func TestEnumTypeNames(t *testing.T) {
	s := newSchema()
	s.catalog.Enums = []catalog.Enum{
		{Name: name("app.state"), Values: []string{"on"}},
		{Name: name("mood"), Values: []string{"sad"}, Comment: "How one feels.\n@name Feeling"},
	}
	s.domain("level", typ("text"), in("VALUE", "low")).Comment = "@name Height"
	s.domain("size", typ("text"), in("VALUE", "s"))
	m := zod.build(t, s)
	types, _ := names(m)
	assert.Equal(t, []string{"AppState", "Feeling", "Height", "Size"}, types)
	assert.Equal(t, "How one feels.", m.Enums[1].Doc)
	assert.Equal(t, "enum app.state", m.Enums[0].Origin)
	assert.Equal(t, "constraint level_check of domain public.level", m.Enums[2].Origin)
	assert.Empty(t, m.Enums[0].Constraint)
}

func TestEnumMembers(t *testing.T) {
	values := []string{"google-gla", "GoogleGla", "", "24h", "+", "é", "名", "mro", "class", "None", "a b", "A+", "A-", "👍"}
	s := newSchema()
	s.enum("mood", values...)
	members := func(g target) []string {
		var out []string
		for i, v := range g.build(t, s).Enums[0].Values {
			assert.Equal(t, values[i], v.Value)
			out = append(out, v.Name)
		}
		return out
	}
	want := []string{
		"GOOGLE_GLA", "GOOGLE_GLA_2", "EMPTY", "VALUE_24H", "VALUE", "É", "名", "MRO", "CLASS", "NONE", "A_B", "A", "A_2", "VALUE_2",
	}
	assert.Equal(t, want, members(python))
	assert.Equal(t, want, members(zod))
	g := python
	g.shared = "rename: {values: {mood: {\"+\": plus, A+: a_plus, GoogleGla: google_gla}}}"
	assert.Equal(t, []string{
		"GOOGLE_GLA_2", "GOOGLE_GLA", "EMPTY", "VALUE_24H", "PLUS", "É", "名", "MRO", "CLASS", "NONE", "A_B", "A_PLUS", "A", "VALUE",
	}, members(g), "what the user named comes first")
}

func TestGoConstants(t *testing.T) {
	constants := func(g target, values ...string) []string {
		s := newSchema()
		check(s.table("jobs", column("state", "text")), "k", in("state", values...))
		var out []string
		for _, v := range g.build(t, s).Enums[0].Values {
			out = append(out, v.Name)
		}
		return out
	}
	assert.Equal(t, []string{"JobStateGoogleGla", "JobState24h", "JobStateAb", "JobStateMro"}, constants(golang, "google-gla", "24h", "a b", "mro"))
	assert.Equal(t, []string{"JobStateValue0", "JobStateValue1", "JobStateA"}, constants(golang, "", "+", "a"), "as sqlc has it")
	assert.Equal(t, []string{"JobStateA", "JobStateA_2", "JobStateGoogleGla", "JobStateGoogleGla_2"}, constants(golang, "A+", "A-", "google-gla", "GoogleGla"))
	g := golang
	g.shared = "rename: {enums: {jobs.state: State}}"
	assert.Equal(t, []string{"StateEmpty", "StateValue", "State24H", "StateÉ", "StateDone"}, constants(g, "", "+", "24H", "é", "done"))
	g.shared = "rename: {values: {jobs.state: {+: plus, b: a}}}"
	assert.Equal(t, []string{"JobStatePlus", "JobStateA_2", "JobStateA"}, constants(g, "+", "a", "b"))
}

func TestModules(t *testing.T) {
	s := newSchema()
	for _, n := range []string{"auth.users", "auth_users", "class", "enums", "usage", "Usage", "index"} {
		s.table(n, column("id", "int4"))
	}
	g := python
	g.shared = "initialisms: []\nrename: {tables: {auth_users: AuthUserToo, Usage: OtherUsage}}"
	query := func(n, file string) sqlc.Query { return sqlc.Query{Name: n, Cmd: ":exec", File: file} }
	g.queries = []sqlc.Query{query("A", "usage.sql"), query("B", "usage.sql"), query("C", "Dash-Board.v2.sql")}
	m := g.build(t, s)
	modules := []string{}
	for _, r := range m.Relations {
		modules = append(modules, r.Module)
		assert.Equal(t, r.Module, r.Row.Module)
	}
	assert.Equal(t, []string{"auth_users", "usage", "auth_users_2", "class_", "enums_2", "index_2", "usage_2"}, modules)
	assert.Equal(t, []string{"usage_queries", "usage_queries", "dash_board_v2"}, []string{m.Queries[0].Module, m.Queries[1].Module, m.Queries[2].Module})
}
