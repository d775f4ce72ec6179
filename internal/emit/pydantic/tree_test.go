package pydantic

import (
	"context"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/trefoil-sql/trefoil/internal/constraint"
	"github.com/trefoil-sql/trefoil/internal/constraint/constrainttest"
	"github.com/trefoil-sql/trefoil/internal/model"
	"github.com/trefoil-sql/trefoil/internal/naming"
	"github.com/trefoil-sql/trefoil/internal/pgtest"
)

// fieldTypes are the types of the columns of constrainttest.
var fieldTypes = map[string]model.Type{
	"text": scalar(model.Text), "varchar(4)": varchar(4), "char(4)": model.Scalar{Kind: model.Char, Length: 4}, "citext": scalar(model.CIText),
	"smallint": scalar(model.Int2), "integer": scalar(model.Int4), "bigint": scalar(model.Int8), "numeric": scalar(model.Numeric),
	"numeric(12,4)":    model.Scalar{Kind: model.Numeric, Precision: 12, Scale: 4, HasPrecision: true},
	"double precision": scalar(model.Float8), "real": scalar(model.Float4), "boolean": scalar(model.Bool), "jsonb": scalar(model.JSONB),
	"json": scalar(model.JSON), "date": scalar(model.Date), "timestamp": scalar(model.Timestamp), "timestamptz": scalar(model.TimestampTZ),
	"uuid": scalar(model.UUID), "bytea": scalar(model.Bytea), "mood": model.EnumRef{Enum: enum("Mood", "", "", "SAD", "sad", "OK", "ok", "HAPPY", "happy")},
	"text[]": model.Array{Elem: scalar(model.Text), Dims: 1}, "integer[]": model.Array{Elem: scalar(model.Int4), Dims: 1},
}

// randomRules are CHECKs with what PostgreSQL says of rows, and a model with an object that has them all as rules.
type randomRules struct {
	// url is the database with the rows, in the table r.
	url        string
	rows       []constrainttest.Row
	conditions []string
	rules      []constraint.Rule
	accepted   [][]bool
	model      *model.Model
}

func makeRandomRules(t *testing.T, n int) *randomRules {
	db := pgtest.New(t)
	conn := db.Conn(context.Background())
	random := rand.New(rand.NewPCG(11, 12))
	g := constrainttest.Generator{Rand: random}
	r := &randomRules{url: db.URL(), rows: constrainttest.Fill(t, conn, random, 60)}
	for range n {
		sql := g.Condition(random.IntN(4))
		if strings.Contains(sql, "nullif('") {
			continue // of which the catalog does not always know the type
		}
		if accepted, err := constrainttest.Verdicts(conn, sql); err == nil {
			r.conditions, r.accepted = append(r.conditions, sql), append(r.accepted, accepted)
		}
	}
	r.rules = constrainttest.Rules(t, r.conditions)
	fields := map[string]int{}
	var list []model.Field
	for i, c := range constrainttest.Columns {
		require.Contains(t, fieldTypes, c.SQL)
		fields[c.Name] = i
		list = append(list, optional(nullable(col(c.Name, fieldTypes[c.SQL], ""))))
	}
	r.model = one(model.Insert, list...)
	r.model.Enums = []*model.Enum{fieldTypes["mood"].(model.EnumRef).Enum}
	row := r.model.Relations[0].Row
	for i, rule := range r.rules {
		out := model.ObjectRule{Constraint: fmt.Sprint(i), SQL: rule.SQL}
		for _, n := range constraint.Enforceable(rule.Tree, naming.Python) {
			test := model.ObjectTest{Tree: n}
			for _, name := range constraint.Columns(n) {
				k := constraint.Const{Null: true}
				test.Inputs = append(test.Inputs, model.RuleInput{Column: name, Field: fields[name], Default: &k})
			}
			out.Tests = append(out.Tests, test)
		}
		row.Rules = append(row.Rules, out)
	}
	return r
}

// answerRows prints of each row the constraints that refuse it, or the fields that do.
const answerRows = `
import client, json, sys, pydantic
for line in sys.stdin:
    try:
        client.T.model_validate_json(line)
        print("[]")
    except pydantic.ValidationError as e:
        print(json.dumps([x["ctx"]["constraint"] if x["type"] == "check_constraint" else x["loc"][0] for x in e.errors()]))
`

// answerDriver prints the same of rows that psycopg reads. It is told which of their columns to read.
const answerDriver = `
import client, json, psycopg, sys, pydantic
from psycopg.rows import dict_row
connection = psycopg.connect(sys.argv[1], autocommit=True, row_factory=dict_row)
for id, line in enumerate(sys.stdin):
    columns = ", ".join(json.loads(line))
    row = connection.execute(f"SELECT {columns} FROM r WHERE id = %s", [id]).fetchone()
    try:
        client.T.model_validate(row)
        print("[]")
    except pydantic.ValidationError as e:
        print(json.dumps([x["ctx"]["constraint"] if x["type"] == "check_constraint" else x["loc"][0] for x in e.errors()]))
connection.close()
`

// ask puts rows to the model. What a row has that Python's types cannot hold, an infinite date or an array of two
// dimensions, or that looks like NULL, JSON's null, is left out; the columns that were are returned with the answers.
func (r *randomRules) ask(t *testing.T, dir, script string) (refused []map[string]bool, unheld []map[string]bool) {
	var in strings.Builder
	for _, row := range r.rows {
		sent, left := map[string]json.RawMessage{}, map[string]bool{}
		for name, raw := range row.JSON {
			if string(raw) == "null" || strings.Contains(string(raw), "infinity") || strings.HasPrefix(string(raw), "[[") && name != "j" && name != "k" {
				left[name] = true
				continue
			}
			sent[name] = raw
		}
		in.Write(append(must(json.Marshal(sent)), '\n'))
		unheld = append(unheld, left)
	}
	require.NoError(t, os.WriteFile(filepath.Join(dir, "answer.py"), []byte(script), 0o600))
	for line := range strings.Lines(run(t, dir, in.String(), "answer.py", r.url)) {
		var names []string
		require.NoError(t, json.Unmarshal([]byte(line), &names), line)
		set := map[string]bool{}
		for _, name := range names {
			set[name] = true
		}
		refused = append(refused, set)
	}
	require.Len(t, refused, len(r.rows))
	return refused, unheld
}

// readsAny tells whether a rule reads one of the columns.
func readsAny(n constraint.Node, columns map[string]bool) bool {
	for _, name := range constraint.Columns(n) {
		if columns[name] {
			return true
		}
	}
	return false
}

// TestRandomRulesAgainstPostgreSQL: what PostgreSQL accepts is never refused, and what the reference evaluator refuses
// is, but for JSON's floats, of which more digits may have been in the database.
func TestRandomRulesAgainstPostgreSQL(t *testing.T) {
	r := makeRandomRules(t, 800)
	dir := install(t, r.model)
	r.agree(t, dir, answerRows)
	assert.Contains(t, run(t, dir, "", "-m", "mypy", "--strict", "--cache-dir", t.TempDir(), "client"), "Success: no issues found")
	run(t, dir, describe, "-")
}

// TestRandomRulesHoldForPsycopg: the same where values come through psycopg, and where text is sent through it.
func TestRandomRulesHoldForPsycopg(t *testing.T) {
	r := makeRandomRules(t, 300)
	dir := installFor(t, r.model, Options{Driver: true})
	r.agree(t, dir, answerDriver)
	r.agree(t, dir, answerRows)
}

// agree compares the verdicts of the models in a folder with PostgreSQL's.
func (r *randomRules) agree(t *testing.T, dir, script string) {
	t.Helper()
	refused, unheld := r.ask(t, dir, script)
	probes, hits, floats := 0, 0, 0
	for i, rule := range r.rules {
		for j, row := range r.rows {
			if readsAny(rule.Tree, unheld[j]) {
				continue
			}
			probes++
			said := refused[j][fmt.Sprint(i)]
			if r.accepted[i][j] {
				assert.False(t, said, "%s\nis accepted by PostgreSQL; row %s", r.conditions[i], row.JSON)
				continue
			}
			expected := false
			for _, n := range constraint.Enforceable(rule.Tree, naming.Python) {
				expected = expected || constraint.Refuses(n, row.Values)
			}
			if said {
				hits++
			}
			if expected && !said && strings.Contains(string(row.JSON["j"]), "1.0") && readsAny(rule.Tree, map[string]bool{"j": true}) {
				floats++
				continue
			}
			assert.True(t, said || !expected, "%s\nis refused by PostgreSQL; row %s", r.conditions[i], row.JSON)
		}
	}
	t.Logf("%d rules, %d probes, %d refused, %d floats", len(r.rules), probes, hits, floats)
	assert.Greater(t, probes, 25*len(r.rules))
	assert.Greater(t, hits, len(r.rules))
}
