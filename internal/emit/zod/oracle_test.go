package zod

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/jackc/pgx/v5"
	"github.com/stretchr/testify/require"

	"github.com/trefoil-sql/trefoil/internal/model"
	"github.com/trefoil-sql/trefoil/internal/pgtest"
)

func TestMain(m *testing.M) { pgtest.Main(m) }

// sample is one type of column, with values that the server is asked about.
type sample struct {
	sql string // the type in SQL
	typ model.Type
	// stored are SQL literals: what the server sends for them must be read.
	stored []string
	// sent are JSON values in the type's own form: what the server takes must be accepted.
	sent []string
	// refused are JSON values that the server refuses and the schema must too.
	refused []string
}

// tested is a column of a table in the oracle.
type tested struct {
	sql   string
	typ   model.Type
	rules []model.Rule
	tests []model.Test
}

func columnsOf(samples []sample) []tested {
	var columns []tested
	for _, s := range samples {
		columns = append(columns, tested{sql: s.sql, typ: s.typ})
	}
	return columns
}

var uuids = []string{
	`"00000000-0000-0000-0000-00000000000A"`, `"{00000000-0000-0000-0000-00000000000A}"`, `"ffffffffffffffffffffffffffffffff"`,
	`"0000-00000000-0000-00000000-0000000A"`, `"6ba7b810-9dad-11d1-80b4-00c04fd430c8"`,
}

var dates = []string{
	`"2024-02-29"`, `"2024-1-2"`, `"infinity"`, `"-Infinity"`, `"NOW"`, `"epoch"`, `"Jan 5 1999"`, `"0044-03-15 BC"`, `"0001-02-29 BC"`,
	`"99999-12-31"`, `"J2451187"`, `"2024-060"`, `" 2024-01-01 "`, `"yesterday"`, `"tomorrow 10:00"`, `"20240229"`, `"1/2/2024"`,
	`"2024-01-01T00:00:00Z"`, `"2024-01-01 10:00:00.123456+05:30"`,
}

var notDates = []string{`""`, `"never"`, `"2024-13-01"`, `"2023-02-29"`, `"2024-04-31"`, `"2024-00-10"`, `"2024-01-00"`, `"garbage"`, `5`, `true`}

// samples cover every kind that PostgreSQL and its own extensions have.
var samples = []sample{
	{"bool", kind(model.Bool), []string{"true", "false"}, []string{"true", "false"}, []string{`"x"`, "7"}},
	{"int2", kind(model.Int2), []string{"-32768", "32767"}, []string{"-32768", "32767", "0"}, []string{"32768", "-32769", "1.5", `"x"`}},
	{"int4", kind(model.Int4), []string{"-2147483648", "2147483647"}, []string{"-2147483648", "2147483647"},
		[]string{"2147483648", "-2147483649", "0.1", `"x"`}},
	{"int8", kind(model.Int8), []string{"-9223372036854775808", "9223372036854775807", "9007199254740993"},
		[]string{"9007199254740993", "4611686018427387904", "-1"}, []string{"9223372036854777856", "1e300", "1.5", `"x"`}},
	{"float4", kind(model.Float4), []string{"3.4028235e38", "-3.4028235e38", "1e-45", "'NaN'", "'-Infinity'", "0.1"},
		[]string{"0.1", "3.4028235677973366e38", "1e-40", `"NaN"`, `"Infinity"`, `"-Infinity"`}, []string{"3.5e38", `"x"`}},
	{"float8", kind(model.Float8), []string{"1.7976931348623157e308", "5e-324", "'NaN'", "'Infinity'"},
		[]string{"0.1", "1.7976931348623157e308", `"NaN"`, `"Infinity"`}, []string{`"x"`, "true"}},
	{"numeric", kind(model.Numeric), []string{"1e300", "0.1", "'NaN'", "'Infinity'", "'-Infinity'", "12345678901234567890.12345"},
		[]string{"0.1", "1e300", "1e-300", "123456789012345680000"}, []string{`"x"`, "true"}},
	{"numeric(5,2)", numeric(5, 2), []string{"999.99", "-999.99", "'NaN'", "0.005"},
		[]string{"999.994", "-999.994", "0.005", "1e-300", "2.675", "1.005"}, []string{"999.995", "-999.995", "1e300", "1000"}},
	{"numeric(2,5)", numeric(2, 5), []string{"0.00099"}, []string{"0.00099", "0.000994999"}, []string{"0.001", "0.000995"}},
	{"numeric(2,-3)", numeric(2, -3), []string{"99000"}, []string{"99499", "-99499", "1"}, []string{"99500", "1e10"}},
	{"numeric(30,2)", numeric(30, 2), []string{"1234567890123456789012345678.99"}, []string{"1e27", "-9.99e27"}, []string{"1e28", "1e100"}},
	{"money", kind(model.Money), []string{"1234.5"}, []string{`"$1,234.50"`, `"-5"`}, []string{"true"}},
	{"text", kind(model.Text), []string{"''", "'é😀'"}, []string{`""`, `"é😀"`}, nil},
	{"varchar(3)", varchar(3), []string{"'abc'", "'😀😀😀'", "''"},
		[]string{`"abc"`, `"😀😀😀"`, `"abc      "`, `"a       "`, `"😀😀        "`, `"    "`}, []string{`"abcd"`, `"😀😀😀😀"`, `"abc d"`, `"   a"`}},
	{"char(3)", model.Scalar{Kind: model.Char, Length: 3}, []string{"'a'", "'😀'", "''"}, []string{`"a"`, `"abc    "`}, []string{`"abcd"`}},
	{"citext", kind(model.CIText), []string{"'Aa'"}, []string{`"Aa"`}, nil},
	{"name", kind(model.NameKind), []string{"'a'"}, []string{`"` + strings.Repeat("a", 100) + `"`}, nil},
	{`"char"`, kind(model.InternChar), []string{"'a'", "''"}, []string{`"abc"`}, nil},
	{"bytea", kind(model.Bytea), []string{`'\x00ff'`, "''"}, []string{`"\\x00ff"`, `"abc"`, `"\\x 00"`}, nil},
	{"uuid", kind(model.UUID), []string{"gen_random_uuid()", "'ffffffff-ffff-ffff-ffff-ffffffffffff'", "'12345678-1234-9234-c234-123456789012'"},
		uuids, []string{`""`, `"x"`, `"{00000000-0000-0000-0000-00000000000A"`, `" 00000000-0000-0000-0000-00000000000A"`,
			`"000-000000000-0000-0000-00000000000A"`, `"00000000-0000-0000-0000-00000000000G"`, "5"}},
	{"date", kind(model.Date), []string{"'infinity'", "'-infinity'", "'0044-03-15 BC'", "'0001-02-29 BC'", "'99999-12-31'", "'2024-02-29'"}, dates, notDates},
	{"timestamp", kind(model.Timestamp), []string{"'infinity'", "'0044-03-15 12:00 BC'", "'10000-01-01'", "'2024-02-29 10:00:00.000001'"}, dates, notDates},
	{"timestamptz", kind(model.TimestampTZ), []string{"'-infinity'", "'0044-03-15 12:00+00 BC'", "'10000-01-01'", "'1800-01-01 00:00+00:19:32'", "now()"},
		dates, notDates},
	{"time", kind(model.Time), []string{"'24:00'", "'10:00:00.1'"}, []string{`"10:00"`, `"allballs"`, `"now"`, `"040506"`, `"04:05 PM"`}, []string{`""`, `"noon"`}},
	{"timetz", kind(model.TimeTZ), []string{"'10:00+02'"}, []string{`"10:00+02"`, `"allballs"`}, []string{`""`, `"noon"`}},
	{"interval", kind(model.Interval), []string{"'1 year 2 days'", "'-1 hour'"}, []string{`"1 day"`, `"P1D"`}, []string{"true"}},
	{"json", kind(model.JSON), []string{`'{"a": [1, null, {"b": "c"}]}'`, "'null'", "'1'", `'"x"'`}, []string{`{"a": [1]}`, `[]`, `"x"`, "1", "true"}, nil},
	{"jsonb", kind(model.JSONB), []string{`'{"a": [1, null, {"b": "c"}]}'`, "'null'", "'1'", `'"x"'`}, []string{`{"a": [1]}`, `[]`, `"x"`, "1", "true"}, nil},
	{"jsonpath", kind(model.JSONPath), []string{"'$.a'"}, []string{`"$.a"`}, nil},
	{"xml", kind(model.XML), nil, nil, nil},
	{"inet", kind(model.Inet), []string{"'10.0.0.1'", "'::1/64'"}, []string{`"10.0.0.1/8"`}, nil},
	{"cidr", kind(model.CIDR), []string{"'10.0.0.0/8'"}, []string{`"10/8"`}, nil},
	{"macaddr", kind(model.MACAddr), []string{"'08:00:2b:01:02:03'"}, []string{`"08002b010203"`}, nil},
	{"macaddr8", kind(model.MACAddr8), []string{"'08:00:2b:01:02:03:04:05'"}, []string{`"08002b0102030405"`}, nil},
	{"bit(3)", model.Scalar{Kind: model.Bit, Length: 3}, []string{"B'101'"}, []string{`"101"`, `"b101"`, `"B101"`},
		[]string{`"1011"`, `"10"`, `"x5"`, `"102"`, `"xg"`, `""`, `" 101"`}},
	{"bit(8)", model.Scalar{Kind: model.Bit, Length: 8}, nil, []string{`"xa5"`, `"XFF"`}, []string{`"xa"`}},
	{"varbit", kind(model.Varbit), nil, []string{`"x5a"`, `"b"`, `"x"`}, []string{`"bb1"`}},
	{"varbit(5)", model.Scalar{Kind: model.Varbit, Length: 5}, []string{"B'101'", "B''"}, []string{`"101"`, `"x1"`, `""`},
		[]string{`"101101"`, `"xff"`, `"2"`}},
	{"point", kind(model.Point), []string{"'(1,2)'"}, []string{`"1,2"`}, nil},
	{"line", kind(model.Line), []string{"'{1,2,3}'"}, []string{`"{1,2,3}"`}, nil},
	{"lseg", kind(model.LSeg), []string{"'[(0,0),(1,1)]'"}, []string{`"0,0,1,1"`}, nil},
	{"box", kind(model.Box), []string{"'((0,0),(1,1))'"}, []string{`"0,0,1,1"`}, nil},
	{"path", kind(model.Path), []string{"'[(0,0),(1,1)]'"}, []string{`"0,0,1,1"`}, nil},
	{"polygon", kind(model.Polygon), []string{"'((0,0),(1,1))'"}, []string{`"0,0,1,1"`}, nil},
	{"circle", kind(model.Circle), []string{"'<(0,0),1>'"}, []string{`"0,0,1"`}, nil},
	{"tsvector", kind(model.TSVector), []string{"to_tsvector('simple', 'a b')"}, []string{`"a b"`}, nil},
	{"tsquery", kind(model.TSQuery), []string{"'a & b'"}, []string{`"a & b"`}, nil},
	{"oid", kind(model.OID), []string{"4294967295"}, []string{`"5"`}, nil},
	{"regtype", kind(model.RegType), []string{"'int4'"}, []string{`"integer"`}, nil},
	{"xid", kind(model.XID), []string{"'5'"}, []string{`"5"`}, nil},
	{"xid8", kind(model.XID8), []string{"'18446744073709551615'"}, []string{`"5"`}, nil},
	{"pg_lsn", kind(model.PGLSN), []string{"'16/B374D848'"}, []string{`"16/B374D848"`}, nil},
	{"ltree", kind(model.LTree), []string{"'a.b'"}, []string{`"a.b"`}, nil},
	{"hstore", kind(model.HStore), []string{"'a=>1, b=>NULL'", "''"}, []string{`"a=>1"`}, nil},
	{"int4[]", model.Array{Elem: kind(model.Int4), Dims: 1}, []string{"'{1,NULL}'", "'{}'", "'[2:3]={1,2}'"}, []string{"[1, null]", "[]"}, []string{`["x"]`}},
	{"float8[][]", model.Array{Elem: kind(model.Float8), Dims: 2}, []string{"'{{1,NaN},{2,NULL}}'", "'{}'"}, []string{"[[1], [2]]", "[]"}, []string{`[["x"]]`}},
	{"int4range", model.Range{Elem: kind(model.Int4), Name: "int4range"}, []string{"'[1,5)'", "'empty'", "'(,)'"}, []string{`"[1,5]"`}, nil},
	{"datemultirange", model.Range{Elem: kind(model.Date), Multi: true, Name: "datemultirange"},
		[]string{"'{[2024-01-01,2024-02-01)}'"}, []string{`"{}"`}, nil},
}

// oracle is a database with a table for every column, and the schemas of those tables.
type oracle struct {
	project
	conn *pgx.Conn
}

func newOracle(t *testing.T, o Options, columns []tested) oracle {
	t.Helper()
	db := pgtest.New(t)
	db.Exec(t, "CREATE EXTENSION citext; CREATE EXTENSION ltree; CREATE EXTENSION hstore")
	m := &model.Model{}
	for i, s := range columns {
		db.Exec(t, fmt.Sprintf("CREATE TABLE t%d (v %s)", i, s.sql))
		f := column("v", s.typ, s.rules...)
		f.Tests = s.tests
		m.Relations = append(m.Relations, relation(fmt.Sprintf("t%d", i), fmt.Sprintf("T%d", i), f))
	}
	tree, err := Emit(m, o)
	require.NoError(t, err)
	p := newProject(t, tree, nil)
	p.compile()
	return oracle{p, db.Conn(context.Background())}
}

// insert gives the rows that the server makes of JSON objects at one time, until one is refused. Nothing is kept.
func (o oracle) insert(table string, rows ...string) (stored []string, err error) {
	ctx := context.Background()
	tx, err := o.conn.Begin(ctx)
	require.NoError(o.t, err)
	defer func() { require.NoError(o.t, tx.Rollback(ctx)) }()
	for _, row := range rows {
		var s string
		err := tx.QueryRow(ctx, fmt.Sprintf(`INSERT INTO %[1]s SELECT * FROM json_populate_record(NULL::%[1]s, $1::text::json)
			RETURNING row_to_json(%[1]s)::text`, table), row).Scan(&s)
		if err != nil {
			return stored, err
		}
		stored = append(stored, s)
	}
	return stored, nil
}

// TestReadsWhatPostgreSQLSends: no row that the server sends is refused.
func TestReadsWhatPostgreSQLSends(t *testing.T) {
	o := newOracle(t, combinations[0], columnsOf(samples))
	var questions []question
	for i, s := range samples {
		for _, literal := range s.stored {
			var row string
			require.NoError(t, o.conn.QueryRow(context.Background(), fmt.Sprintf(
				"INSERT INTO t%[1]d VALUES (%[2]s) RETURNING row_to_json(t%[1]d)::text", i, literal)).Scan(&row), "%s %s", s.sql, literal)
			questions = append(questions, question{fmt.Sprintf("T%dSchema", i), row})
		}
	}
	for i, answer := range o.ask(questions) {
		require.True(t, answer.OK, "%v is refused: %v", questions[i], answer.Messages)
	}
}

// TestTakesWhatPostgreSQLTakes: no value that the server stores is refused, the schema gives back something that the
// server stores alike, and what is listed as refused is refused by both.
func TestTakesWhatPostgreSQLTakes(t *testing.T) {
	t.Run("numbers", func(t *testing.T) { newOracle(t, combinations[0], columnsOf(samples)).judge(samples) })
	t.Run("digits", func(t *testing.T) { newOracle(t, combinations[2], columnsOf(digits)).judge(digits) })
}

// digits are the samples of numbers in strings.
var digits = []sample{
	{"int8", kind(model.Int8), nil, []string{`"9223372036854775807"`, `"-9223372036854775808"`, `" 12 "`, `"+5"`, `"007"`},
		[]string{`"9223372036854775808"`, `"1.5"`, `"5."`, `"1e3"`, `"x"`, `""`, `"NaN"`, `"- 5"`}},
	{"numeric", kind(model.Numeric), nil, []string{`"NaN"`, `"-inf"`, `"Infinity"`, `"1e1000"`, `".5"`, `"5."`, `"+1E-5 "`, `"0.10"`},
		[]string{`"x"`, `""`, `"."`, `"1e200000"`, `"1 2"`, `"--1"`, `"1e"`}},
	{"numeric(5,2)", numeric(5, 2), nil, []string{`"999.994"`, `"-999.9949999999999999999"`, `"NaN"`, `"0.005"`},
		[]string{`"999.995"`, `"-999.995"`, `"1000"`, `"inf"`}},
	{"numeric(2,5)", numeric(2, 5), nil, []string{`"0.000994999"`}, []string{`"0.000995"`}},
	{"numeric(2,-3)", numeric(2, -3), nil, []string{`"99499.999"`}, []string{`"99500"`}},
	{"numeric(40,2)", numeric(40, 2), nil, []string{`"99999999999999999999999999999999999999.99"`}, []string{`"99999999999999999999999999999999999999.995"`}},
}

// judge holds the schemas' verdicts on what the samples send against the server's.
func (o oracle) judge(samples []sample) {
	var questions []question
	var tables []int
	for i, s := range samples {
		for _, value := range slices.Concat(s.sent, s.refused) {
			questions = append(questions, question{fmt.Sprintf("T%dInsertSchema", i), `{"v": ` + value + `}`})
			tables = append(tables, i)
		}
	}
	accepted := map[int]int{}
	for n, a := range o.ask(questions) {
		s, table := samples[tables[n]], fmt.Sprintf("t%d", tables[n])
		_, err := o.insert(table, a.Sent)
		require.Equal(o.t, err == nil, a.OK, "%s: the server says %v to %s, and the schema %v", s.sql, err, a.Sent, a.Messages)
		if !a.OK {
			continue
		}
		accepted[tables[n]]++
		stored, err := o.insert(table, a.Sent, string(a.Output))
		require.NoError(o.t, err, "%s: %s became %s", s.sql, a.Sent, a.Output)
		require.Equal(o.t, stored[0], stored[1], "%s: %s became %s", s.sql, a.Sent, a.Output)
	}
	for i, s := range samples {
		require.Equal(o.t, len(s.sent), accepted[i], "%s: so many of the values to be accepted were", s.sql)
	}
}
