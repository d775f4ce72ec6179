package constraint_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"math/big"
	"math/rand/v2"
	"regexp"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/jackc/pgx/v5"
	"github.com/stretchr/testify/require"

	"github.com/trefoil-sql/trefoil/internal/catalog"
	"github.com/trefoil-sql/trefoil/internal/constraint"
	"github.com/trefoil-sql/trefoil/internal/naming"
	"github.com/trefoil-sql/trefoil/internal/pgtest"
)

// row is one row of the tests' table as text; a column that is missing is NULL.
type row map[string]string

// values are what the tree sees.
func (r row) values() constraint.Row {
	out := constraint.Row{}
	for name, text := range r {
		t := constraint.TypeOf(compile(isNull(col(name))).Tree.(constraint.IsNull).X)
		if t.Class == constraint.ArrayClass {
			out[name] = constraint.NewArray()
			if text == "{a}" {
				out[name] = constraint.NewArray("a")
			}
			continue
		}
		out[name] = constraint.Const{Type: t, Text: text}.Value()
	}
	return out
}

// tableSQL makes the tests' table.
func tableSQL() string {
	var b strings.Builder
	b.WriteString("CREATE TABLE r (id integer PRIMARY KEY")
	for _, name := range columnNames() {
		fmt.Fprintf(&b, ", %s %s", name, typeSQL(columns[name]))
	}
	b.WriteString(")")
	return b.String()
}

func columnNames() []string {
	var names []string
	for name := range columns {
		names = append(names, name)
	}
	slices.Sort(names)
	return names
}

// values are what the columns of each type hold in the tests: all around the constants that the CHECKs use.
var values = map[string][]string{
	"text":    {"", "a", "b", "c", "ab", "abc", "abcd", "é", "日本", "😀", "A", "a ", " ", "x", "b c"},
	"varchar": {"", "a", "b", "ab", "abc", "é", "a "},
	"bpchar":  {"a", "a   ", "ab", ""},
	"int2":    {"-1", "0", "1", "2", "5", "9", "10", "32767"},
	"int4":    {"-6", "-5", "-1", "0", "1", "2", "3", "5", "6", "7", "8", "9", "10", "2147483647"},
	"int8":    {"-1", "0", "1", "3000000000", "2999999999", "9007199254740992", "9007199254740993"},
	"numeric": {"-1", "-0.5", "0", "0.4999", "0.5", "0.9999", "1", "1000", "999.5"},
	"float8":  {"-1", "0", "0.1", "0.10000000000000001", "0.3", "1e300", "-0.0"},
	"float4":  {"0.1", "0", "1"},
	"jsonb":   {"{}", "[]", `"s"`, "1", "true", "null", `{"a": [1]}`},
	"json":    {"{}", "[]", `"s"`, "1", "true", "null"},
	"bool":    {"true", "false"},
}

func randomRow(r *rand.Rand) row {
	out := row{}
	for _, name := range columnNames() {
		pool := values[columns[name].Name.Name]
		if columns[name].Array {
			pool = []string{"{}", "{a}"}
		}
		if r.IntN(5) > 0 {
			out[name] = pool[r.IntN(len(pool))]
		}
	}
	return out
}

// fill inserts rows with ids from 0 and returns them.
func fill(t *testing.T, conn *pgx.Conn, r *rand.Rand, n int) []row {
	t.Helper()
	names := columnNames()
	rows := make([]row, n)
	for id := range rows {
		rows[id] = randomRow(r)
		args := []any{id}
		places := []string{"$1"}
		for _, name := range names {
			var arg any
			if v, ok := rows[id][name]; ok {
				arg = v
			}
			args = append(args, arg)
			places = append(places, fmt.Sprintf("$%d::text::%s", len(args), typeSQL(columns[name])))
		}
		query := fmt.Sprintf("INSERT INTO r (id, %s) VALUES (%s)", strings.Join(names, ", "), strings.Join(places, ", "))
		_, err := conn.Exec(context.Background(), query, args...)
		require.NoError(t, err)
	}
	return rows
}

// verdicts asks PostgreSQL which rows a CHECK accepts.
func verdicts(conn *pgx.Conn, check string) ([]bool, error) {
	rows, err := conn.Query(context.Background(), "SELECT ("+check+") IS NOT FALSE FROM r ORDER BY id")
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, pgx.RowTo[bool])
}

func TestAtomsAgainstPostgreSQL(t *testing.T) {
	db := pgtest.New(t)
	db.Exec(t, tableSQL())
	conn := db.Conn(context.Background())
	rows := fill(t, conn, rand.New(rand.NewPCG(1, 2)), 300)
	for _, c := range atomCases {
		t.Run(c.name, func(t *testing.T) {
			accepted, err := verdicts(conn, sql(c.check))
			if err != nil { // of some row, or always: no client may pass a judgement
				require.Empty(t, c.atoms, err)
				require.Equal(t, 1, c.rest, err)
				return
			}
			agree(t, c.check, rows, accepted)
		})
	}
}

// agree holds the atoms and the tree of a CHECK against what PostgreSQL accepts. Atoms that leave nothing out refuse
// just what PostgreSQL refuses; otherwise they refuse nothing that it accepts. A tree without unknowns is exact.
func agree(t *testing.T, check catalog.Expr, rows []row, accepted []bool) {
	t.Helper()
	rule := compile(check)
	atoms, rest := rule.Atoms()
	known := constraint.Unsupported(rule.Tree, naming.Python) == ""
	for i, r := range rows {
		passes := satisfies(atoms, r)
		if len(rest) == 0 {
			require.Equal(t, accepted[i], passes, "%s\natoms %+v\nrow %v", sql(check), atoms, r)
		} else if accepted[i] {
			require.True(t, passes, "%s\natoms %+v refuse a row that PostgreSQL accepts: %v", sql(check), atoms, r)
		}
		v, err := constraint.Evaluate(rule.Tree, r.values())
		if known && !errors.Is(err, constraint.ErrUndecided) {
			require.NoError(t, err, "%s", sql(check))
			require.Equal(t, accepted[i], v != false, "%s\ntree %+v\nrow %v", sql(check), rule.Tree, r)
		}
	}
}

// TestRandomChecksAgainstPostgreSQL makes CHECKs of every form that the compiler reads, and some that it does not.
func TestRandomChecksAgainstPostgreSQL(t *testing.T) {
	db := pgtest.New(t)
	db.Exec(t, tableSQL())
	conn := db.Conn(context.Background())
	r := rand.New(rand.NewPCG(3, 4))
	rows := fill(t, conn, r, 200)
	exact, withAtoms := 0, 0
	const checks = 1500
	for range checks {
		check := randomCheck(r, 3)
		accepted, err := verdicts(conn, sql(check))
		require.NoError(t, err, sql(check))
		agree(t, check, rows, accepted)
		atoms, rest := compile(check).Atoms()
		if len(rest) == 0 {
			exact++
		}
		if len(atoms) > 0 {
			withAtoms++
		}
	}
	require.Greater(t, exact, checks/10, "the generator makes too few checks that atoms cover")
	require.Greater(t, withAtoms, checks/5, "the generator makes too few checks with atoms")
}

func randomCheck(r *rand.Rand, depth int) catalog.Expr {
	if depth > 0 {
		switch r.IntN(8) {
		case 0, 1:
			return and(randomCheck(r, depth-1), randomCheck(r, depth-1))
		case 2:
			return or(randomCheck(r, depth-1), randomCheck(r, depth-1))
		case 3:
			return not(randomCheck(r, depth-1))
		case 4:
			x := col(pick(r, "t", "i", "n"))
			return or(isNull(x), randomCheck(r, depth-1))
		}
	}
	return randomTest(r)
}

func pick[T any](r *rand.Rand, from ...T) T { return from[r.IntN(len(from))] }

func randomTest(r *rand.Rand) catalog.Expr {
	operator := pick(r, "<", "<=", ">", ">=", "=", "<>")
	word := func() catalog.Expr { return str(pick(r, values["text"]...)) }
	switch r.IntN(9) {
	case 0:
		return compareNumber(r, operator)
	case 1:
		return op(col(pick(r, "t", "v", "w")), pick(r, "=", "<>", "!="), word())
	case 2:
		return in(col(pick(r, "t", "v")), word(), word(), pick(r, word(), null()))
	case 3:
		return notIn(cast(col(pick(r, "t", "v")), "text"), word(), word())
	case 4:
		return op(call(pick(r, "length", "char_length", "octet_length"), col(pick(r, "t", "v"))), operator, num(pick(r, "0", "1", "2", "3.5", "-1")))
	case 5:
		return op(call("jsonb_typeof", col("j")), pick(r, "=", "<>"), str(pick(r, "object", "array", "null")))
	case 6:
		return pick(r, isNull, isNotNull)(col(pick(r, columnNames()...)))
	case 7:
		return &catalog.Between{Arg: col("i"), Low: num("1"), High: num("6.5"), Not: r.IntN(2) == 0}
	default:
		return op(call("upper", col("t")), "=", col("t")) // unknown to the compiler
	}
}

func compareNumber(r *rand.Rand, operator string) catalog.Expr {
	x, k := col(pick(r, "s", "i", "b", "n", "u", "f")), num(pick(r, "-5", "0", "0.5", "1", "9", "1e2", "3000000000"))
	if r.IntN(4) == 0 {
		k = cast(k, pick(r, "numeric", "float8", "int8"))
	}
	if r.IntN(3) == 0 {
		return op(k, operator, x)
	}
	return op(x, operator, k)
}

// satisfies tests a row against atoms as a client does: null passes all but NotNull.
func satisfies(atoms []constraint.ColumnAtom, r row) bool {
	for _, a := range atoms {
		v, ok := r[a.Column]
		if _, notNull := a.Atom.(constraint.NotNull); !ok {
			if notNull {
				return false
			}
			continue
		}
		if !test(a.Atom, v) {
			return false
		}
	}
	return true
}

func test(a constraint.Atom, v string) bool {
	switch a := a.(type) {
	case constraint.OneOf:
		return slices.Contains(a.Values, v)
	case constraint.NotEqual:
		return v != a.Value
	case constraint.Compare:
		return holds(a.Op, number(v).Cmp(number(a.Value)))
	case constraint.Length:
		n := utf8.RuneCountInString(v)
		if a.Unit == constraint.Bytes {
			n = len(v)
		}
		return (a.Min == nil || n >= *a.Min) && (a.Max == nil || n <= *a.Max)
	case constraint.Pattern:
		return regexp.MustCompile(a.Regex.Pattern).MatchString(v)
	case constraint.JSONType:
		return slices.Contains(a.Types, jsonTypeOf(v))
	default:
		return true
	}
}

// number reads decimal text. The values of the tests' doubles are the same in decimal where a test tells them apart.
func number(s string) *big.Rat {
	r, ok := new(big.Rat).SetString(s)
	if !ok {
		panic("no number: " + s)
	}
	return r
}

func holds(op constraint.CompareOp, sign int) bool {
	return map[constraint.CompareOp]bool{
		constraint.LT: sign < 0, constraint.LE: sign <= 0, constraint.GT: sign > 0, constraint.GE: sign >= 0,
		constraint.EQ: sign == 0, constraint.NE: sign != 0,
	}[op]
}

func jsonTypeOf(v string) string {
	var value any
	if err := json.Unmarshal([]byte(v), &value); err != nil {
		panic(err)
	}
	switch value.(type) {
	case map[string]any:
		return "object"
	case []any:
		return "array"
	case string:
		return "string"
	case float64:
		return "number"
	case bool:
		return "boolean"
	default:
		return "null"
	}
}
