package zod

import (
	"context"
	"encoding/json"
	"flag"
	"maps"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/trefoil-sql/trefoil/internal/constraint"
	"github.com/trefoil-sql/trefoil/internal/constraint/constrainttest"
	"github.com/trefoil-sql/trefoil/internal/model"
	"github.com/trefoil-sql/trefoil/internal/naming"
	"github.com/trefoil-sql/trefoil/internal/pgtest"
)

// A longer run: go test -run TestConditionsAgainstPostgreSQL ./internal/emit/zod -seed 2 -checks 20000
var (
	seed   = flag.Uint64("seed", 21, "where random checks start")
	checks = flag.Int("checks", 400, "how many random checks there are")
)

// kindsOf are the kinds of the random checks' columns.
var kindsOf = map[string]model.Kind{
	"text": model.Text, "citext": model.CIText, "smallint": model.Int2, "integer": model.Int4, "bigint": model.Int8,
	"numeric": model.Numeric, "double precision": model.Float8, "real": model.Float4, "boolean": model.Bool, "jsonb": model.JSONB,
	"json": model.JSON, "date": model.Date, "timestamp": model.Timestamp, "timestamptz": model.TimestampTZ, "uuid": model.UUID,
	"bytea": model.Bytea,
}

// randomTable is the table of the random checks, with some of them.
func randomTable(rules []constraint.Rule) *model.Model {
	mood := enum("Mood", "MOODS", "", "sad", "ok", "happy")
	var fields []model.Field
	at := map[string]int{}
	for i, c := range constrainttest.Columns {
		at[c.Name] = i
		fields = append(fields, nullable(column(c.Name, randomType(c.SQL, mood))))
	}
	r := relation("r", "R", fields...)
	for _, o := range []*model.Object{r.Row, r.Insert} {
		for _, rule := range rules {
			o.Rules = append(o.Rules, objectRule(rule, at)...)
		}
		o.Plain = o.Name + "PlainSchema"
	}
	return &model.Model{Enums: []*model.Enum{mood}, Relations: []*model.Relation{r}}
}

func randomType(sql string, mood *model.Enum) model.Type {
	switch sql {
	case "mood":
		return model.EnumRef{Enum: mood}
	case "varchar(4)":
		return varchar(4)
	case "char(4)":
		return model.Scalar{Kind: model.Char, Length: 4}
	case "numeric(12,4)":
		return numeric(12, 4)
	case "text[]":
		return model.Array{Elem: kind(model.Text), Dims: 1}
	case "integer[]":
		return model.Array{Elem: kind(model.Int4), Dims: 1}
	}
	return kind(kindsOf[sql])
}

// objectRule is a rule as the model hands it to the emitter.
func objectRule(rule constraint.Rule, at map[string]int) []model.ObjectRule {
	out := model.ObjectRule{Constraint: rule.Constraint, SQL: rule.SQL}
	for _, tree := range constraint.Enforceable(rule.Tree, naming.TypeScript) {
		test := model.ObjectTest{Tree: tree}
		for _, name := range constraint.Columns(tree) {
			test.Inputs = append(test.Inputs, model.RuleInput{Column: name, Field: at[name], Default: &constraint.Const{Null: true}})
		}
		out.Tests = append(out.Tests, test)
	}
	if out.Tests == nil {
		return nil
	}
	return []model.ObjectRule{out}
}

// randomConditions fills the table with rows, makes conditions, and asks the server about each row.
func randomConditions(t *testing.T, db *pgtest.DB, count int) (rows []constrainttest.Row, rules []constraint.Rule, verdicts [][]bool) {
	t.Helper()
	conn := db.Conn(context.Background())
	r := rand.New(rand.NewPCG(*seed, 22))
	rows = constrainttest.Fill(t, conn, r, 60)
	g := constrainttest.Generator{Rand: r}
	var conditions []string
	for range count {
		sql := g.Condition(r.IntN(4))
		if accepted, err := constrainttest.Verdicts(conn, sql); err == nil {
			conditions, verdicts = append(conditions, sql), append(verdicts, accepted)
		}
	}
	return rows, constrainttest.Rules(t, conditions), verdicts
}

// TestConditionsAgainstPostgreSQL holds conditions of every construct against PostgreSQL: what it accepts is never
// refused, and what the reference evaluator refuses as PostgreSQL does is refused.
func TestConditionsAgainstPostgreSQL(t *testing.T) {
	rows, rules, verdicts := randomConditions(t, pgtest.New(t), *checks)
	for name, way := range map[string]struct {
		options Options
		schema  string
		written bool
	}{
		"sent":                       {combinations[2], "RInsertSchema", true},
		"read":                       {combinations[0], "RSchema", false},
		"sent through node-postgres": {driverOptions, "RInsertSchema", true},
	} {
		t.Run(name, func(t *testing.T) {
			tree, err := Emit(randomTable(rules), way.options)
			require.NoError(t, err)
			p := newProject(t, tree, nil)
			p.compile()
			var questions []question
			for _, row := range rows {
				questions = append(questions, question{way.schema, input(t, row, way.options)})
			}
			var n probes
			for i, answer := range p.ask(questions) {
				broken, ok := violations(answer.Messages)
				if !ok || way.written && (strings.Contains(questions[i].Input, "1.0") || string(rows[i].JSON["j"]) == "null") {
					continue // an array of two dimensions, what JavaScript would send as 1, and what is NULL when it is sent
				}
				n.Rows++
				for k, rule := range rules {
					n.probe(t, rule, rows[i], verdicts[k][i], broken[rule.Constraint], way.written)
				}
			}
			t.Logf("%+v", n)
			require.Greater(t, n.Rows, len(rows)/3)
			require.NotZero(t, n.Refused)
		})
	}
}

// probes counts what was asked.
type probes struct{ Rows, Accepted, Refused, Undecided int }

func (n *probes) probe(t *testing.T, rule constraint.Rule, row constrainttest.Row, accepted, refused, written bool) {
	t.Helper()
	reference := slices.ContainsFunc(constraint.Enforceable(rule.Tree, naming.TypeScript), func(tree constraint.Node) bool {
		return constraint.Refuses(tree, row.Values)
	})
	switch {
	case refused:
		require.False(t, accepted, "%s is accepted by PostgreSQL, and refused: %s", rule.SQL, row.JSON)
		n.Refused++
	case accepted:
		n.Accepted++
	case written && reference:
		require.Fail(t, "missed", "%s is refused by PostgreSQL, and accepted: %s", rule.SQL, row.JSON)
	default:
		n.Undecided++
	}
}

// violations are the constraints that messages name. ok is false if there are other messages.
func violations(messages []string) (broken map[string]bool, ok bool) {
	broken, ok = map[string]bool{}, true
	for _, m := range messages {
		name, is := strings.CutPrefix(m, `violates check constraint "`)
		broken[strings.TrimSuffix(name, `"`)] = is
		ok = ok && is
	}
	return broken, ok
}

// input is a row in the form of the options.
func input(t *testing.T, row constrainttest.Row, o Options) string {
	t.Helper()
	values := maps.Clone(row.JSON)
	for _, c := range constrainttest.Columns {
		raw, ok := values[c.Name]
		if !ok {
			values[c.Name] = json.RawMessage("null")
		}
		quoted := o.Numeric == "string" && strings.HasPrefix(c.SQL, "numeric") || o.BigInt == "string" && c.SQL == "bigint"
		if ok && quoted && !strings.HasPrefix(string(raw), `"`) {
			values[c.Name] = json.RawMessage(`"` + string(raw) + `"`)
		}
		if ok && o.Driver && strings.HasPrefix(c.SQL, "json") && strings.HasPrefix(string(raw), `"`) {
			text, err := json.Marshal(string(raw)) // a string is JSON text
			require.NoError(t, err)
			values[c.Name] = text
		}
	}
	b, err := json.Marshal(values)
	require.NoError(t, err)
	return string(b)
}
