package zod

import (
	"context"
	"encoding/json"
	"fmt"
	"maps"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/trefoil-sql/trefoil/internal/catalog"
	"github.com/trefoil-sql/trefoil/internal/constraint"
	"github.com/trefoil-sql/trefoil/internal/model"
	"github.com/trefoil-sql/trefoil/internal/naming"
	"github.com/trefoil-sql/trefoil/internal/pgtest"
	sqlsource "github.com/trefoil-sql/trefoil/internal/source"
)

// defaulted are columns with defaults, and values for them. The default of rnd is not known.
var defaulted = []struct {
	name, sql string
	typ       model.Type
	values    []string
}{
	{"j", "int", kind(model.Int4), []string{"1", "2", "3", "6"}},
	{"i", "int DEFAULT 5", kind(model.Int4), []string{"1", "5"}},
	{"big", "int8 DEFAULT 9007199254740993", kind(model.Int8), []string{"1", "5"}},
	{"n", "numeric(6,2) DEFAULT 1.505", numeric(6, 2), []string{"0.5", "3", "1.51"}},
	{"t", "text DEFAULT 'abc'", kind(model.Text), []string{`"a"`, `"ab"`, `""`}},
	{"b", "bool DEFAULT true", kind(model.Bool), []string{"true", "false"}},
	{"d", "date DEFAULT '2020-01-01'", kind(model.Date), []string{`"2020-01-02"`, `"2019-12-31"`}},
	{"z", "timestamp DEFAULT '2020-01-01 12:00:00'", kind(model.Timestamp), []string{`"2020-01-01T00:00:00"`, `"2020-01-02T00:00:00"`}},
	{"f", "float8 DEFAULT 0.5", kind(model.Float8), []string{"0.1", `"NaN"`}},
	{"u", "uuid DEFAULT '00000000-0000-0000-0000-00000000000a'", kind(model.UUID), []string{uuids[0], `"00000000-0000-0000-0000-00000000000b"`}},
	{"y", `bytea DEFAULT '\x6162'`, kind(model.Bytea), []string{`"\\x61"`, `"\\x6162"`}},
	{"js", `jsonb DEFAULT '{"a": [1]}'`, kind(model.JSONB), []string{`{"a": 1}`, `[]`}},
	{"ar", "int[] DEFAULT '{1,2}'", model.Array{Elem: kind(model.Int4), Dims: 1}, []string{"[]", "[6]"}},
	{"rnd", "int DEFAULT (random() * 9)::int", kind(model.Int4), []string{"1", "5"}},
}

var severalChecks = []string{
	"i > j", "big - 9007199254740990 <> j", "n * 2 > j", "left(t, j) <> t", "b OR j IS NULL", "d::timestamp < z", "(f > 0.3) = b", "u <> '00000000-0000-0000-0000-00000000000a' OR i = 5",
	`y = '\x6162' AND j > 1 OR y <> '\x6162'`, "js ? 'a' AND js @> '{\"a\": [1]}' AND j < 6", "j = ANY (ar)", "num_nonnulls(j, t, ar, js) >= 2", "rnd > j", "rnd > 3 OR j > 1", "coalesce(j, i) = 5",
}

// TestObjectsAgreeWithPostgreSQL: CHECKs of several columns hold for what is inserted with the defaults of what is left
// out, and for what is updated where all of it is given.
func TestObjectsAgreeWithPostgreSQL(t *testing.T) {
	db := pgtest.New(t)
	m := &model.Model{}
	for i, check := range severalChecks {
		db.Exec(t, severalTable(i, check))
		m.Relations = append(m.Relations, severalRelation(t, i, check))
	}
	tree, err := Emit(m, combinations[0])
	require.NoError(t, err)
	p := newProject(t, tree, nil)
	p.compile()
	o := oracle{p, db.Conn(context.Background())}
	o.insertsAgree()
	o.updatesAgree()
}

func severalTable(i int, check string) string {
	return fmt.Sprintf("CREATE TABLE t%d (%s, CONSTRAINT k CHECK (%s));", i, defaultedSQL(), check)
}

func defaultedSQL() string {
	var columns []string
	for _, c := range defaulted {
		columns = append(columns, c.name+" "+c.sql)
	}
	return strings.Join(columns, ", ")
}

func severalRelation(t *testing.T, i int, check string) *model.Relation {
	t.Helper()
	c, _, err := catalog.Load([]*sqlsource.File{sqlsource.NewFile("t.sql", severalTable(i, check))})
	require.NoError(t, err)
	rel := &c.Relations[0]
	base := func(name string) (catalog.Type, bool) {
		col, ok := rel.Column(name)
		return constraint.Base(c, col.Type), ok
	}
	rule := constraint.Compile(rel.Checks[0], constraint.Scope{Catalog: c, Column: base})
	require.Empty(t, constraint.Unsupported(rule.Tree, naming.TypeScript), check)
	var fields []model.Field
	at, defaults := map[string]int{}, map[string]*constraint.Const{}
	for n, d := range defaulted {
		at[d.name] = n
		fields = append(fields, nullable(column(d.name, d.typ)))
		col, _ := rel.Column(d.name)
		if k, ok := constraint.Stored(c, col.Default, constraint.Base(c, col.Type)); ok {
			defaults[d.name] = &k
		}
	}
	require.Len(t, defaults, len(defaulted)-1)
	r := relation(fmt.Sprintf("t%d", i), fmt.Sprintf("T%d", i), fields...)
	for _, o := range []*model.Object{r.Insert, r.Update} {
		o.Plain = o.Name + "PlainSchema"
		o.Rules = objectRule(rule, at)
		for _, test := range o.Rules[0].Tests {
			for n := range test.Inputs {
				test.Inputs[n].Default = nil
				if o == r.Insert {
					test.Inputs[n].Default = defaults[test.Inputs[n].Column]
				}
			}
		}
	}
	return r
}

// randomObject leaves out some keys. Without all of a rule's it is not tested.
func randomObject(r *rand.Rand) string {
	row := map[string]json.RawMessage{}
	for _, c := range defaulted {
		switch n := r.IntN(len(c.values) + 2); {
		case n < len(c.values):
			row[c.name] = json.RawMessage(c.values[n])
		case n == len(c.values):
			row[c.name] = json.RawMessage("null")
		}
	}
	b, _ := json.Marshal(row)
	return string(b)
}

// write runs a statement that is rolled back; %s is the JSON object's columns, $1 the object.
func (o oracle) write(before, statement, object string) error {
	ctx := context.Background()
	var row map[string]json.RawMessage
	require.NoError(o.t, json.Unmarshal([]byte(object), &row))
	tx, err := o.conn.Begin(ctx)
	require.NoError(o.t, err)
	defer func() { require.NoError(o.t, tx.Rollback(ctx)) }()
	if before != "" {
		if _, err := tx.Exec(ctx, before); err != nil {
			return nil // the row that was to be updated breaks the rule itself
		}
	}
	_, err = tx.Exec(ctx, strings.ReplaceAll(statement, "%s", strings.Join(slices.Sorted(maps.Keys(row)), ", ")), object)
	return err
}

// objects are questions for each table.
func objects(schema string) (questions []question, tables []int) {
	r := rand.New(rand.NewPCG(8, 9))
	for i := range severalChecks {
		for range 60 {
			if object := randomObject(r); object != "{}" {
				questions, tables = append(questions, question{fmt.Sprintf(schema, i), object}), append(tables, i)
			}
		}
	}
	return questions, tables
}

// columnsRead are the columns that a table's CHECK reads.
func columnsRead(t *testing.T, i int) []string {
	return constraint.Columns(compiled(t, defaultedSQL(), severalChecks[i]).Tree)
}

func gives(object string, columns []string) bool {
	return !slices.ContainsFunc(columns, func(c string) bool { return !strings.Contains(object, `"`+c+`":`) })
}

func (o oracle) insertsAgree() {
	questions, tables := objects("T%dInsertSchema")
	refused := map[int]int{}
	for n, a := range o.ask(questions) {
		table := fmt.Sprintf("t%d", tables[n])
		check := severalChecks[tables[n]]
		err := o.write("", fmt.Sprintf("INSERT INTO %[1]s (%%s) SELECT %%s FROM json_populate_record(NULL::%[1]s, $1::text::json)", table), a.Sent)
		random := strings.Contains(check, "rnd") && !strings.Contains(a.Sent, `"rnd"`)
		switch {
		case random:
			require.True(o.t, a.OK, "%s: what is stored is not known: %s", check, a.Sent)
		case err == nil:
			require.True(o.t, a.OK, "%s: the server takes %s, and the schema says %v", check, a.Sent, a.Messages)
		default:
			require.ErrorContains(o.t, err, "violates check constraint")
			require.Equal(o.t, []string{`violates check constraint "k"`}, a.Messages, "%s: %v to %s", check, err, a.Sent)
			refused[tables[n]]++
		}
	}
	require.Len(o.t, refused, len(severalChecks))
}

// updatesAgree updates a row that keeps the rules: what the server takes is taken, and so is all that does not give a
// rule's columns.
func (o oracle) updatesAgree() {
	questions, tables := objects("T%dUpdateSchema")
	refused := 0
	for n, a := range o.ask(questions) {
		table := fmt.Sprintf("t%d", tables[n])
		before := fmt.Sprintf("INSERT INTO %s SELECT NULL", table)
		statement := fmt.Sprintf("UPDATE %[1]s SET (%%s) = ROW(x.*) FROM (SELECT %%s FROM json_populate_record(NULL::%[1]s, $1::text::json)) x", table)
		check := severalChecks[tables[n]]
		err := o.write(before, statement, a.Sent)
		if err == nil {
			require.True(o.t, a.OK, "%s: the server takes %s, and the schema says %v", check, a.Sent, a.Messages)
			continue
		}
		require.ErrorContains(o.t, err, "violates check constraint")
		if gives(a.Sent, columnsRead(o.t, tables[n])) {
			require.False(o.t, a.OK, "%s: the server refuses %s, and the schema does not", check, a.Sent)
			refused++
		}
	}
	require.NotZero(o.t, refused)
}
