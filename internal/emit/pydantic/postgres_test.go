package pydantic

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/jackc/pgx/v5"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/trefoil-sql/trefoil/internal/model"
	"github.com/trefoil-sql/trefoil/internal/pgtest"
)

func TestMain(m *testing.M) { pgtest.Main(m) }

// question is a type in both worlds and JSON values for it. Every value is put to PostgreSQL, through a function that
// fills a record from JSON, and to the model; what the model makes of it is put to PostgreSQL once more. They must agree
// but for what is listed here, and what is listed must differ.
type question struct {
	sql string
	typ model.Type
	// rules and tests are those of the type, which is then a domain.
	rules []model.Rule
	tests []model.Test
	// same get one answer.
	same []string
	// refused by the model and taken by PostgreSQL: Python's type cannot hold them.
	refused []string
	// taken by the model and refused by PostgreSQL: not enforced.
	taken []string
	// changed are taken by both, and PostgreSQL stores something else of what the model sends.
	changed []string
}

func integers(sql string, kind model.Kind, low, high, under, over string) question {
	return question{
		sql: sql, typ: scalar(kind),
		same: []string{
			"0", low, high, under, over, `"1"`, `" 1 "`, `"+5"`, `"-0"`, `"007"`, "1.5", `"1.0"`, `"1.5"`, `"0x1g"`, `""`, `"x"`,
			"true", "false", "[1]", "{}", `"99999999999999999999999999"`,
		},
		taken: []string{"1.0", "1e2"}, // a JSON parser makes them 1 and 100
	}
}

func texts(sql string, t model.Type, same ...string) question {
	return question{
		sql: sql, typ: t, same: append([]string{`"a"`, `""`, `" é𝔘\n"`, `"\u0000"`}, same...),
		refused: []string{"1", "true", "[1]"}, // which PostgreSQL stores as they are written
	}
}

func asText(sql string, k model.Kind, same ...string) question {
	return question{sql: sql, typ: scalar(k), same: same}
}

var questions = []question{
	integers("int2", model.Int2, "-32768", "32767", "-32769", "32768"),
	integers("int4", model.Int4, "-2147483648", "2147483647", "-2147483649", "2147483648"),
	integers("int8", model.Int8, "-9223372036854775808", "9223372036854775807", "-9223372036854775809", "9223372036854775808"),
	{
		sql: "oid", typ: scalar(model.OID),
		same:  []string{"5", `"5"`, "4294967295", "4294967296", "-1", "-2147483648", "-2147483649", "true", "1.5", `"x"`},
		taken: []string{"1.0"},
	},
	{
		sql: "bool", typ: scalar(model.Bool),
		same: []string{
			"true", "false", "1", "0", "2", `"t"`, `"tr"`, `"TRUE"`, `" yes "`, `"y"`, `"on"`, `"o"`, `"of"`, `"off"`, `"n"`, `"1"`, `"2"`,
			`""`, "[]",
		},
		taken: []string{"1.0"},
	},
	{
		sql: "float8", typ: scalar(model.Float8),
		same: []string{
			"1", "-1.5", `"1.5"`, `" 1 "`, `"NaN"`, `"Infinity"`, `"-inf"`, `"1e400"`, `"1e-400"`, `"0e-400"`, `"0.0"`, "true", `""`, `"x"`, "[]",
			"1.7976931348623157e308",
		},
		taken: []string{"1e400"}, // a JSON parser makes it infinity
	},
	{
		sql: "float4", typ: scalar(model.Float4),
		same: []string{
			"1", "0.1", "16777217", `"NaN"`, `"-Infinity"`, "1e39", "3.4e38", "3.5e38", "1e-60", "-1e-60", "1e-45", "0", `"1"`, "true",
		},
	},
	{
		sql: "numeric", typ: scalar(model.Numeric),
		same: []string{
			"1", "1.5", `"1.50"`, `" 1.5 "`, `"NaN"`, `"nan"`, `"sNaN"`, `"NaN1"`, `"-NaN"`, `"Infinity"`, `"-Infinity"`, `"inf"`, `"1e3"`, `"0x1g"`, `""`,
			"true", "[1]", "[0, [1], 1]", `"12345678901234567890123456789.123456789"`, "123456789012345678901234567890", "1e200", "0.1234567890123456789012345678",
		},
		refused: []string{"1e400"}, // a JSON parser makes it infinity, and the model says to send a string
		changed: []string{"1.50"},  // a JSON parser keeps no zeros at the end
	},
	{
		sql: "numeric(10,6)", typ: model.Scalar{Kind: model.Numeric, Precision: 10, Scale: 6, HasPrecision: true},
		same: []string{
			"0.1234567", "0.0000005", "-0.0000005", "0.0000004", "9999.9999994", `"9999.9999995"`, "-9999.9999995", "10000", "9999", `"1e3"`,
			`"1e4"`, `"NaN"`, `"Infinity"`, `"-Infinity"`, "true", `"0.12345649999999999999999999999999999999999999999999"`,
			`"0.12345650000000000000000000000000000000000000000000"`, "0", `"-0"`, `"0e100"`, `"1e-100"`,
		},
	},
	{
		sql: "numeric(3,-2)", typ: model.Scalar{Kind: model.Numeric, Precision: 3, Scale: -2, HasPrecision: true},
		same: []string{"12345", "99949", "99950", "49", "50", "-50", "1"},
	},
	{
		sql: "numeric(2,4)", typ: model.Scalar{Kind: model.Numeric, Precision: 2, Scale: 4, HasPrecision: true},
		same: []string{"0.0099", "0.00995", "0.00994", "0.01", "1"},
	},
	asText("money", model.Money, "1.5", `"$1,000.50"`, `"1000"`, "true"),
	texts("text", scalar(model.Text), `"abcd"`),
	texts("varchar(5)", varchar(5), `"abcde"`, `"abcde    "`, `"abcdef"`, `"abcde\t"`, `"     a"`, `"éééé𝔘"`, `"éééé𝔘é"`),
	texts("char(5)", model.Scalar{Kind: model.Char, Length: 5}, `"abcde"`, `"abcde    "`, `"abcdef"`, `"     a"`),
	texts("name", scalar(model.NameKind), `"a23456789012345678901234567890123456789012345678901234567890123456789"`),
	{
		sql: "uuid", typ: scalar(model.UUID),
		same: []string{
			`"a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11"`, `"A0EEBC99-9C0B-4EF8-BB6D-6BB9BD380A11"`, `"{a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11}"`,
			`"a0eebc999c0b4ef8bb6d6bb9bd380a11"`, `"a0ee-bc99-9c0b-4ef8-bb6d-6bb9-bd38-0a11"`, `"{a0eebc999c0b4ef8bb6d6bb9bd380a11}"`,
			`"urn:uuid:a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11"`, `" a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11"`,
			`"a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11-"`, `"{a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11"`, `"a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11}"`,
			`"a0eebc99--9c0b-4ef8-bb6d-6bb9bd380a11"`, `"a0eebc9-99c0b-4ef8-bb6d-6bb9bd380a11"`, `"00000000-0000-0000-0000-000000000000"`,
			`"ffffffff-ffff-ffff-ffff-ffffffffffff"`, `"x"`, "1",
		},
	},
	{
		sql: "bytea", typ: scalar(model.Bytea),
		same: []string{
			`"\\xdead"`, `"\\xDE AD"`, `"\\xD EAD"`, `"abc"`, `"é"`, `"\\001a"`, `"\\\\a"`, `"\\400"`, `"\\a"`, `"\\x1"`, `"\\xzz"`, `""`,
		},
	},
	{
		sql: "date", typ: scalar(model.Date),
		same: []string{`"2024-01-02"`, `"2024-01-02T23:04:05"`, `"2024-01-02 23:04:05+02"`, `"20240102"`, `"2024-02-30"`, `"x"`, `"1704164645"`, "1704164645", "true",
			`"infinity"`, `"-infinity"`, `"0044-03-15 BC"`, `"10000-01-01"`, `"4714-11-23 BC"`, `"5874898-01-01"`, `"0000-01-01"`},
		refused: []string{`"Jan 2, 2024"`, "20240102"},
	},
	{
		sql: "time", typ: scalar(model.Time),
		same: []string{`"03:04:05"`, `"03:04"`, `"03:04:05.123456"`, `"03:04:05+02"`, `"25:00:00"`, `"x"`, "true",
			`"24:00:00"`, `"24:00:01"`, `"23:59:60"`, `"23:59:59.9999999"`, `"03:04:05.1234567"`},
		refused: []string{`"3:04 PM"`},
	},
	{
		sql: "timetz", typ: scalar(model.TimeTZ),
		same: []string{`"03:04:05+02"`, `"03:04:05-02:30"`, `"03:04:05+15:59"`, `"03:04:05.5Z"`, `"25:00:00+00"`, "true",
			`"24:00:00+00"`, `"03:04:05+01:02:03"`},
		refused: []string{`"03:04:05"`},
	},
	{
		sql: "timestamp", typ: scalar(model.Timestamp),
		same: []string{
			`"2024-01-02T03:04:05"`, `"2024-01-02 03:04:05.123456"`, `"2024-01-02T03:04:05Z"`, `"2024-01-02T03:04:05+02"`, `"2024-01-02"`,
			`"2024-02-30T00:00:00"`, `"1704164645"`, "1704164645", "true", `"infinity"`, `"0044-03-15 10:00:00 BC"`, `"10000-01-01"`,
			`"2024-01-02T03:04:05.1234567"`, `"2024-01-02T24:00:00"`, `"294277-01-01"`,
		},
	},
	{
		sql: "timestamptz", typ: scalar(model.TimestampTZ),
		same: []string{
			`"2024-01-02T03:04:05+00:00"`, `"2024-01-02T03:04:05Z"`, `"2024-01-02 03:04:05+02"`, `"2024-01-02 03:04:05.5-0230"`,
			`"1800-01-02T03:04:05+00:17:30"`, `"0001-01-01T00:00:00Z"`, `"9999-12-31T23:59:59.999999Z"`, `"2024-01-02T25:00:00Z"`, `"x"`,
			`"1704164645"`, "1704164645", "true", `"infinity"`, `"2024-01-02T24:00:00Z"`, `"2024-01-02T03:04:05.123456789Z"`,
			`"0044-03-15T10:00:00+02 BC"`, `"0001-01-01T00:00:00+02:00"`,
		},
		refused: []string{
			`"2024-01-02T03:04:05"`, `"2024-01-02"`, `"1800-01-02 03:04:05 Europe/Amsterdam"`,
		},
	},
	{
		sql: "interval", typ: scalar(model.Interval),
		same: []string{`"1 day 02:00:00"`, `"1 mon"`, `"P1DT2H"`, `"2:00"`}, refused: []string{"5"}, taken: []string{`"x"`},
	},
	{sql: "json", typ: scalar(model.JSON), same: []string{"1", `"x"`, `{"a": [1, null, true]}`, "[]"}},
	{sql: "jsonb", typ: scalar(model.JSONB), same: []string{"1", `"x"`, `{"a": [1, null, true]}`, "[]"}, changed: []string{"0.1234567890123456789012345678"}},
	{
		sql: "inet", typ: scalar(model.Inet), same: []string{`"10.0.0.1"`, `"10.0.0.1/24"`, `"10.0.0/24"`, `"::1"`, "1"}, taken: []string{`"x"`},
	},
	{sql: "cidr", typ: scalar(model.CIDR), same: []string{`"10.0.0.0/8"`}, refused: []string{"10"}, taken: []string{`"10.0.0.1/8"`}},
	asText("macaddr", model.MACAddr, `"08:00:2b:01:02:03"`, `"08002b010203"`, "1"),
	asText("macaddr8", model.MACAddr8, `"08:00:2b:01:02:03"`),
	{
		sql: "bit(3)", typ: model.Scalar{Kind: model.Bit, Length: 3},
		same: []string{`"101"`, "101", `"1011"`, `"10"`, `"B101"`, `"b101"`, `"x5"`, `"102"`, `"xg"`, `""`, "true"},
	},
	{sql: "bit(4)", typ: model.Scalar{Kind: model.Bit, Length: 4}, same: []string{`"x5"`, `"X5"`, `"x55"`}},
	{
		sql: "varbit(3)", typ: model.Scalar{Kind: model.Varbit, Length: 3}, same: []string{`"1011"`, `"101"`, `"1"`, `""`, `"2"`},
	},
	{sql: "varbit", typ: scalar(model.Varbit), same: []string{`"x5a"`, `"10110"`}},
	asText("point", model.Point, `"(1,2)"`, "[1, 2]"),
	asText("circle", model.Circle, `"<(1,2),3>"`),
	asText("line", model.Line, `"{1,2,3}"`),
	asText("tsvector", model.TSVector, `"a b"`),
	asText("tsquery", model.TSQuery, `"a & b"`),
	asText("regtype", model.RegType, `"int4"`, "5"),
	asText("xid", model.XID, "5", `"5"`),
	asText("xid8", model.XID8, "18446744073709551615", `"5"`),
	asText("pg_lsn", model.PGLSN, `"0/16B3748"`),
	asText("jsonpath", model.JSONPath, `"$.a"`),
	{
		sql: "int4[]", typ: model.Array{Elem: scalar(model.Int4), Dims: 1},
		same:    []string{`[1, null, "3"]`, "[]", "1", "[true]", "[2147483648]", `{"a": 1}`, "[[1, 2], [3, 4]]", "[[1], null]", "[[[1]]]"},
		refused: []string{`"{1,2,3}"`}, // an array's own text form is no list
		taken:   []string{"[[1], [2, 3]]"},
	},
	{
		sql: "int4[][]", typ: model.Array{Elem: scalar(model.Int4), Dims: 2},
		same: []string{"[[1, 2], [3, 4]]", "[]", "[[]]", "[1, 2]", "[null]"}, taken: []string{"[[1], [2, 3]]"},
	},
	{sql: "varchar(5)[]", typ: model.Array{Elem: varchar(5), Dims: 1}, same: []string{`["abcde "]`, `["abcdef"]`, "[null]"}},
	{sql: "int4range", typ: model.Range{Elem: scalar(model.Int4), Name: "int4range"}, same: []string{`"[1,5)"`, `"empty"`, `"[1,]"`, "1"}, taken: []string{`"x"`}},
	{sql: "int4multirange", typ: model.Range{Elem: scalar(model.Int4), Multi: true, Name: "int4multirange"}, same: []string{`"{[1,2],[5,6)}"`}},
}

// ask answers what a value of a type is after it was read from JSON, or which constraint refuses it, "" for its type.
const ask = `
CREATE FUNCTION ask(type text, value json) RETURNS jsonb LANGUAGE plpgsql AS $$
DECLARE
    answer jsonb;
    violated text;
BEGIN
    EXECUTE format('SELECT to_jsonb(r.v) FROM json_to_record($1) AS r(v %s)', type)
        INTO answer USING json_build_object('v', value);
    RETURN jsonb_build_object('stored', answer);
EXCEPTION WHEN data_exception OR check_violation THEN
    GET STACKED DIAGNOSTICS violated = CONSTRAINT_NAME;
    RETURN jsonb_build_object('refused', ARRAY[violated]);
END $$`

// answer prints what each model makes of each value, or which constraints refuse it.
const answer = `
import client, json, sys, pydantic
for line in sys.stdin:
    name, value = json.loads(line)
    try:
        sent = getattr(client, name).model_validate_json('{"v": %s}' % value).model_dump_json()
        print(json.dumps({"stored": sent[5:-1]}))
    except pydantic.ValidationError as e:
        print(json.dumps({"refused": [x.get("ctx", {}).get("constraint", "") for x in e.errors()]}))
`

// reply is PostgreSQL's or a model's: the value, as JSON, or the names of the constraints that refuse it.
type reply struct {
	Stored  json.RawMessage
	Refused []string
}

// verdict is what became of a value in both worlds: the word for it, and both replies for the message.
func verdict(direct, sent reply, again func(string) reply) string {
	switch {
	case direct.Refused != nil && sent.Refused != nil:
		if !slices.Contains(sent.Refused, direct.Refused[0]) {
			return "refused for another reason"
		}
		return "same"
	case sent.Refused != nil:
		return "refused"
	case direct.Refused != nil:
		return "taken"
	}
	var text string
	if json.Unmarshal(sent.Stored, &text) != nil || string(again(text).Stored) != string(direct.Stored) {
		return "changed"
	}
	return "same"
}

// values are a question's, and expected is the verdict on one of them.
func (q question) values() []string { return slices.Concat(q.same, q.refused, q.taken, q.changed) }

func (q question) expected(value string) string {
	switch {
	case slices.Contains(q.refused, value):
		return "refused"
	case slices.Contains(q.taken, value):
		return "taken"
	case slices.Contains(q.changed, value):
		return "changed"
	}
	return "same"
}

// answers puts all questions to the models at once, and returns their replies in order.
func answers(t *testing.T, questions []question) []reply {
	t.Helper()
	m := &model.Model{}
	var in strings.Builder
	for i, q := range questions {
		name := fmt.Sprintf("T%d", i)
		field := col("v", q.typ, "")
		field.Rules, field.Tests = q.rules, q.tests
		rel := relation(name, "t", name, "", "", func(model.Variant) []model.Field { return []model.Field{field} })
		rel.Insert = nil
		m.Relations = append(m.Relations, rel)
		for _, value := range q.values() {
			in.Write(append(must(json.Marshal([]string{name, value})), '\n'))
		}
	}
	dir := install(t, m)
	require.NoError(t, os.WriteFile(filepath.Join(dir, "answer.py"), []byte(answer), 0o600))
	var replies []reply
	for line := range strings.Lines(run(t, dir, in.String(), "answer.py")) {
		var r reply
		require.NoError(t, json.Unmarshal([]byte(line), &r), line)
		replies = append(replies, r)
	}
	return replies
}

// agree puts the questions to PostgreSQL and to the models and compares.
func agree(t *testing.T, db *pgtest.DB, questions []question) {
	t.Helper()
	ctx := context.Background()
	db.Exec(t, ask)
	conn := db.Conn(ctx)
	replies := answers(t, questions)
	for _, q := range questions {
		for _, value := range q.values() {
			require.NotEmpty(t, replies)
			sent, direct := replies[0], stored(ctx, t, conn, q.sql, value)
			replies = replies[1:]
			if len(q.tests) > 0 && len(sent.Refused) > 0 && slices.Equal(direct.Refused, []string{""}) {
				direct.Refused = sent.Refused // the CHECK raised an error, which does not name it
			}
			got := verdict(direct, sent, func(s string) reply { return stored(ctx, t, conn, q.sql, s) })
			assert.Equal(t, q.expected(value), got, "%s of %s: the model makes it %s %q", value, q.sql, sent.Stored, sent.Refused)
		}
	}
	require.Empty(t, replies)
}

// stored is PostgreSQL's reply.
func stored(ctx context.Context, t *testing.T, conn *pgx.Conn, sql, value string) reply {
	t.Helper()
	var text string
	require.NoError(t, conn.QueryRow(ctx, "SELECT ask($1, $2::text::json)::text", sql, value).Scan(&text), "%s of %s", value, sql)
	var r reply
	require.NoError(t, json.Unmarshal([]byte(text), &r))
	return r
}

func TestTypesAgainstPostgreSQL(t *testing.T) { agree(t, pgtest.New(t), questions) }
