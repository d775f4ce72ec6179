package soundness

import (
	_ "embed"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"

	"github.com/trefoil-sql/trefoil/internal/catalog"
	"github.com/trefoil-sql/trefoil/internal/source"
)

//go:embed testdata/schema.sql
var schemaSQL string

//go:embed testdata/late.sql
var lateSQL string

// table is what the generator knows of a table, view or common table expression.
type table struct {
	name    string
	columns []column
	key     []string // primary key, nil without one
	foreign []foreignKey
	fixed   map[string]bool // columns that cannot be written
	notNull map[string]bool
}

type foreignKey struct {
	to                  string
	columns, referenced []string
}

// World is the schema: on the server without the constraints of late.sql, in the replay with them.
type World struct {
	Catalog *catalog.Catalog
	Tables  []table
}

// NewWorld replays the schema.
func NewWorld() (*World, error) {
	cat, _, err := catalog.Load([]*source.File{source.NewFile("schema.sql", schemaSQL), source.NewFile("late.sql", lateSQL)})
	if err != nil {
		return nil, err
	}
	w := &World{Catalog: cat}
	for _, r := range cat.Relations {
		w.Tables = append(w.Tables, tableOf(r))
	}
	return w, nil
}

func tableOf(r catalog.Relation) table {
	t := table{name: r.Name.Name, fixed: map[string]bool{}, notNull: map[string]bool{}}
	for _, c := range r.Columns {
		kind := kinds[c.Type.Name.Name]
		if c.Type.Array {
			kind = "ints"
		}
		if kind == "" {
			panic(fmt.Sprintf("%s.%s is of a type that is not generated", r.Name, c.Name))
		}
		t.columns = append(t.columns, column{c.Name, kind, true})
		t.fixed[c.Name] = c.Generated != catalog.NotGenerated
		t.notNull[c.Name] = c.NotNull || c.Type.Name.Name == "sure"
	}
	if r.PrimaryKey != nil {
		t.key = r.PrimaryKey.Columns
	}
	for _, k := range r.ForeignKeys {
		t.foreign = append(t.foreign, foreignKey{k.References.Name, k.Columns, k.RefColumns})
	}
	return t
}

// filled are the tables that data are made for, in order of their references.
var filled = []string{"a", "c", "b", "e", "f", "base", "child", "part", "w"}

// someOf are the values of a data column; most tables are so small that outer joins often find nothing.
var someOf = map[string][]string{
	"int": {"0", "1", "2", "3", "4"}, "big": {"1", "2", "3"}, "num": {"0.5", "1", "2"}, "text": {"'a'", "'b'", "''", "'ab'", "'x'"}, "bool": {"true", "false"},
	"date": {"'2020-01-01'", "'2021-02-03'"}, "ints": {"'{}'", "'{1,NULL}'", "'{2,3}'"}, "json": {`'{"n": 1}'`, `'{"n": null}'`, "'[1]'", "'null'", `'"s"'`},
	"mood": {"'sad'", "'glad'"}, "pair": {"ROW(1, NULL)", "ROW(NULL, NULL)", "ROW(2, 'y')"},
}

// Data is SQL that fills the tables of a seed, some with nothing. Rows that the constraints refuse are left out.
func (w *World) Data(seed uint64) string {
	r := rand.New(rand.NewPCG(seed, 2))
	var b strings.Builder
	b.WriteString("DO $$ BEGIN\n")
	if r.IntN(20) > 0 {
		for _, name := range filled {
			for _, t := range w.Tables {
				if t.name == name {
					fillTable(&b, r, t)
				}
			}
		}
	}
	b.WriteString("END $$;\nREFRESH MATERIALIZED VIEW v_stored;\n")
	if r.IntN(2) == 0 { // a deferred key that does not hold yet
		b.WriteString("INSERT INTO f (a_soon, w) VALUES (77, 1), (78, 2);\n")
	}
	return b.String()
}

func fillTable(b *strings.Builder, r *rand.Rand, t table) {
	nulls := 15 + r.IntN(50)
	for row := range []int{0, 2, 3, 4, 4, 5, 6}[r.IntN(7)] {
		var names, values []string
		for _, c := range t.columns {
			switch value := fillColumn(r, t, c, row, nulls); {
			case t.fixed[c.ref], value == "NULL" && r.IntN(3) == 0: // what it is computed from, or its default
			default:
				names, values = append(names, c.ref), append(values, value)
			}
		}
		if len(names) > 0 {
			fmt.Fprintf(b, "BEGIN INSERT INTO %s (%s) VALUES (%s); EXCEPTION WHEN integrity_constraint_violation THEN END;\n",
				t.name, strings.Join(names, ", "), strings.Join(values, ", "))
		}
	}
}

// fillColumn is a value for a column of the nth row: in primary keys mostly a new one, elsewhere often NULL.
func fillColumn(r *rand.Rand, t table, c column, row, nulls int) string {
	if slices.Contains(t.key, c.ref) && c.typ == "int" {
		return fmt.Sprint(row % 5)
	}
	if !t.notNull[c.ref] && r.IntN(100) < nulls {
		return "NULL"
	}
	return pickOf(r, someOf[c.typ])
}

func pickOf(r *rand.Rand, values []string) string { return values[r.IntN(len(values))] }
