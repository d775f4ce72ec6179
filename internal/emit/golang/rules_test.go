package golang_test

import (
	"bytes"
	"context"
	"encoding/json"
	"flag"
	"fmt"
	"go/format"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/trefoil-sql/trefoil/internal/constraint"
	"github.com/trefoil-sql/trefoil/internal/constraint/constrainttest"
	"github.com/trefoil-sql/trefoil/internal/emit/golang"
	"github.com/trefoil-sql/trefoil/internal/emit/golang/gofile"
	"github.com/trefoil-sql/trefoil/internal/model"
	"github.com/trefoil-sql/trefoil/internal/naming"
	"github.com/trefoil-sql/trefoil/internal/pgtest"
)

// seed and checks make a longer run: go test -run TestRulesAgainstPostgreSQL ./internal/emit/golang -seed 2 -checks 5000
var (
	seed   = flag.Uint64("seed", 5, "where random checks start")
	checks = flag.Int("checks", 500, "how many random checks there are")
)

func TestMain(m *testing.M) { pgtest.Main(m) }

// goTypesOf are what sqlc writes for columns that may be NULL.
var goTypesOf = map[string]string{
	"text": "pgtype.Text", "varchar(4)": "pgtype.Text", "char(4)": "pgtype.Text", "citext": "*string", "smallint": "pgtype.Int2",
	"integer": "pgtype.Int4", "bigint": "pgtype.Int8", "numeric(12,4)": "pgtype.Numeric", "numeric": "pgtype.Numeric",
	"double precision": "pgtype.Float8", "real": "pgtype.Float4", "boolean": "pgtype.Bool", "jsonb": "[]byte", "json": "[]byte",
	"date": "pgtype.Date", "timestamp": "pgtype.Timestamp", "timestamptz": "pgtype.Timestamptz", "uuid": "pgtype.UUID",
	"bytea": "[]byte", "mood": "NullMood", "text[]": "[]string", "integer[]": "[]int32",
}

// models is the struct of constrainttest's table as sqlc writes it.
func models() []byte {
	var b strings.Builder
	b.WriteString(`package main

import "github.com/jackc/pgx/v5/pgtype"

type Mood string

type NullMood struct {
	Mood  Mood
	Valid bool
}

func (ns *NullMood) Scan(value any) error {
	if s, ok := value.(string); ok {
		ns.Mood, ns.Valid = Mood(s), true
	}
	return nil
}

type R struct {
`)
	for _, c := range constrainttest.Columns {
		fmt.Fprintf(&b, "\tC%s %s\n", strings.ToUpper(c.Name), goTypesOf[c.SQL])
	}
	return []byte(b.String() + "}\n")
}

const program = `package main

import (
	"context"
	"encoding/json"
	"os"

	"github.com/jackc/pgx/v5"
)

func main() {
	ctx := context.Background()
	conn, err := pgx.Connect(ctx, os.Getenv("DSN"))
	check(err)
	rows, err := conn.Query(ctx, "SELECT COLUMNS FROM r ORDER BY id")
	check(err)
	list, err := pgx.CollectRows(rows, pgx.RowToStructByPos[R])
	check(err)
	out := make([][]string, len(list))
	for i, r := range list {
		if err := r.Validate(); err != nil {
			for _, v := range err.(*ValidationError).Violations {
				out[i] = append(out[i], v.Constraint)
			}
		}
	}
	check(json.NewEncoder(os.Stdout).Encode(out))
}

func check(err error) {
	if err != nil {
		panic(err)
	}
}
`

// refusals generates a package for rules, runs it on the table's rows and gives the constraints that each row breaks.
func refusals(t *testing.T, dsn string, row *model.Object) []map[string]bool {
	t.Helper()
	files, err := gofile.ParseAll(map[string][]byte{"models.go": models()})
	require.NoError(t, err)
	tree, err := golang.Emit(&model.Model{Relations: []*model.Relation{{Row: row}}}, files, golang.Options{Package: "main"})
	require.NoError(t, err)
	require.NotContains(t, string(tree["validate.go"]), "left to PostgreSQL")
	for _, name := range []string{"validate.go", "violation.go"} {
		formatted, err := format.Source(tree[name])
		require.NoError(t, err, name)
		require.Equal(t, string(formatted), string(tree[name]), "%s is not as gofmt writes it", name)
	}
	dir := t.TempDir()
	var columns []string
	for _, c := range constrainttest.Columns {
		columns = append(columns, c.Name)
	}
	tree["main.go"] = []byte(strings.Replace(program, "COLUMNS", strings.Join(columns, ", "), 1))
	for _, name := range []string{"go.mod", "go.sum"} {
		text, err := os.ReadFile("../../../" + name)
		require.NoError(t, err)
		tree[name] = bytes.Replace(text, []byte("module github.com/trefoil-sql/trefoil"), []byte("module example.com/rules"), 1)
	}
	for name, text := range tree {
		require.NoError(t, os.WriteFile(filepath.Join(dir, name), text, 0o644))
	}
	cmd := exec.Command("go", "run", "-mod=mod", ".")
	cmd.Dir, cmd.Env = dir, append(os.Environ(), "DSN="+dsn)
	var stderr bytes.Buffer
	cmd.Stderr = &stderr
	out, err := cmd.Output()
	require.NoError(t, err, stderr.String())
	var lists [][]string
	require.NoError(t, json.Unmarshal(out, &lists))
	sets := make([]map[string]bool, len(lists))
	for i, list := range lists {
		sets[i] = map[string]bool{}
		for _, name := range list {
			sets[i][name] = true
		}
	}
	return sets
}

// TestRulesAgainstPostgreSQL runs generated methods on rows that PostgreSQL has judged, as pgx reads them.
func TestRulesAgainstPostgreSQL(t *testing.T) {
	conn := pgtest.New(t).Conn(context.Background())
	r := rand.New(rand.NewPCG(*seed, 6))
	rows := constrainttest.Fill(t, conn, r, 60)
	for _, column := range []string{"ta", "ia"} { // sqlc's slices hold neither NULLs nor dimensions
		_, err := conn.Exec(context.Background(), fmt.Sprintf("UPDATE r SET %s = NULL WHERE array_ndims(%[1]s) > 1 OR array_position(%[1]s, NULL) > 0", column))
		require.NoError(t, err)
		for _, row := range rows {
			if a, ok := row.Values[column].(constraint.Array); ok && (len(a.Dims) > 1 || contains(a.Elems, nil)) {
				delete(row.Values, column)
			}
		}
	}
	g := constrainttest.Generator{Rand: r}
	var conditions []string
	var verdicts [][]bool
	for len(conditions) < *checks {
		sql := g.Condition(r.IntN(4))
		if accepted, err := constrainttest.Verdicts(conn, sql); err == nil {
			conditions, verdicts = append(conditions, sql), append(verdicts, accepted)
		}
	}
	rules := constrainttest.Rules(t, conditions)
	broken := refusals(t, conn.Config().ConnString(), objectOf(rules))
	require.Len(t, broken, len(rows))
	refused, enforced := 0, 0
	for i, rule := range rules {
		tests := constraint.Enforceable(rule.Tree, naming.Go)
		if len(tests) > 0 {
			enforced++
		}
		for j, row := range rows {
			refuses := broken[j][rule.Constraint]
			expected := false
			for _, test := range tests {
				expected = expected || constraint.Refuses(test, row.Values)
			}
			assert.Equal(t, expected, refuses, "%s\n%+v\nrow %s", conditions[i], tests, row.JSON)
			assert.False(t, refuses && verdicts[i][j], "%s\nis accepted by PostgreSQL and refused: row %s", conditions[i], row.JSON)
			if refuses {
				refused++
			}
		}
	}
	t.Logf("%d of %d rules are enforced, %d refusals", enforced, len(rules), refused)
	require.Greater(t, enforced, len(rules)/2)
	require.Greater(t, refused, len(rules)*len(rows)/5)
}

func contains(list []constraint.Value, sought constraint.Value) bool {
	for _, v := range list {
		if v == sought {
			return true
		}
	}
	return false
}

// objectOf is the table's row with the rules where the model has them: those of one column are the field's.
func objectOf(rules []constraint.Rule) *model.Object {
	row := &model.Object{Variant: model.Row, Name: "R"}
	at := map[string]int{}
	for i, c := range constrainttest.Columns {
		at[c.Name] = i
		row.Fields = append(row.Fields, model.Field{Name: "C" + strings.ToUpper(c.Name), Column: c.Name, Nullable: true})
	}
	for _, rule := range rules {
		out := model.ObjectRule{Constraint: rule.Constraint, SQL: rule.SQL}
		for _, tree := range constraint.Enforceable(rule.Tree, naming.Go) {
			if columns := constraint.Columns(tree); len(columns) == 1 && !constraint.Refuses(tree, nil) {
				f := &row.Fields[at[columns[0]]]
				tree = constraint.Rename(tree, columns[0], constraint.DomainValue)
				f.Tests = append(f.Tests, model.Test{Constraint: rule.Constraint, SQL: rule.SQL, Tree: tree})
				continue
			}
			test := model.ObjectTest{Tree: tree}
			for _, column := range constraint.Columns(tree) {
				test.Inputs = append(test.Inputs, model.RuleInput{Column: column, Field: at[column]})
			}
			out.Tests = append(out.Tests, test)
		}
		if len(out.Tests) > 0 {
			row.Rules = append(row.Rules, out)
		}
	}
	return row
}
