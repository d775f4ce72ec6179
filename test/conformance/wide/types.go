package wide

import "fmt"
import "math/rand/v2"

// typed is a type and its values.
type typed struct {
	sql  string
	pool Pool
}

func number(r *rand.Rand) string { return fmt.Sprint(r.IntN(100) - 50) }

func quotedMoment(zoned bool) func(r *rand.Rand) string {
	return func(r *rand.Rand) string {
		s := fmt.Sprintf("20%02d-0%d-1%d %02d:30:00", r.IntN(100), 1+r.IntN(9), r.IntN(10), r.IntN(24))
		if zoned {
			s += "+00"
		}
		return `"` + s + `"`
	}
}

var (
	moods = text(oneOf("sad", "ok", "happy"), "sad", "ok", "happy", "Sad", "", "other", "sad ")
	pairs = objects([]string{"a", "b"}, whole(32), strings_())
)

// scalars are all types that have a kind of their own, with modifiers where they have them.
var scalars = []typed{
	{"boolean", booleans.and(`"x"`, "[]")},
	{"smallint", whole(16)}, {"integer", whole(32)}, {"bigint", whole(64)},
	{"real", floats(32, "3.5e38", "1e39", "1e-60", "16777217", "0.3", "1e-40")},
	{"double precision", floats(64, "1.7976931348623157e308", "5e-324", "0.30000000000000004")},
	{"numeric", decimals(25, 20, "123456789012345678901234567890.123456789", "1e20", "0.000000000000000000000000001", "1e100")},
	{"numeric(10,2)", decimals(9, 4, "99999999.99", "99999999.994", "99999999.995", "100000000", "-99999999.995")},
	{"numeric(5)", decimals(6, 2, "99999", "99999.4", "99999.5")},
	{"numeric(3,-2)", decimals(6, 1, "99949", "99950", "49", "50", "-50", "12345")},
	{"numeric(2,4)", decimals(1, 6, "0.0099", "0.00995", "0.00994", "0.01")},
	{"numeric(40,10)", decimals(31, 12)},
	{"money", text(func(r *rand.Rand) string { return fmt.Sprintf("$%d.%02d", r.IntN(1000), r.IntN(100)) }, "$0.00", "-$1,000.50", "$92,233,720,368,547,758.07", "x")},
	{"text", strings_()}, {"varchar", strings_()},
	{"varchar(5)", strings_("abcde", "abcdef", "abcde    ", "abcde\t", "éééé𝔘", "éééé𝔘é", "     a", "     ")},
	{"char(5)", strings_("abcde", "abcdef", "abcde    ", "éééé𝔘", "     a", "a    ")}, {"char", strings_("ab", "a   ")},
	{"citext", strings_("É")}, {"name", strings_("a23456789012345678901234567890123456789012345678901234567890123456789")},
	{`"char"`, strings_("ab", `\101`)},
	{"bytea", byteas}, {"uuid", uuids},
	{"date", dates}, {"time", times}, {"time(2)", times.and(`"03:04:05.995"`, `"23:59:59.999"`)}, {"timetz", zonedTimes},
	{"timestamp", timestamps}, {"timestamp(3)", timestamps.without("294276-12-31T23:59:59.999999").and(`"2024-02-29T12:30:00.1235"`, `"1999-02-28T12:30:00.1235"`)},
	{"timestamptz", instants}, {"timestamptz(0)", instants.without("294276-12-31T23:59:59.999999+00:00")},
	{"interval", intervals}, {"interval(0)", intervals}, {"interval day to second", intervals},
	{"json", jsons}, {"jsonb", jsons},
	{"jsonpath", text(nil, "$", `$."a"`, `$."a"[*]?(@ > 1)`, "x y")},
	{"xml", text(words(4), "<a/>", "<a>é</a>", "x", "", "<a>")},
	{"inet", inets}, {"cidr", cidrs}, {"macaddr", macaddrs}, {"macaddr8", macaddrs8},
	{"bit(3)", bits(3)}, {"bit", bits(1)}, {"varbit", bits(70, "")}, {"varbit(5)", bits(5, "10110", "101101")},
	{"point", text(points("(?,?)"), "(1,2)", "(NaN,Infinity)", "(1e+300,0)", "x")},
	{"line", text(points("{?,?,?}"), "{1,2,3}", "{0,0,1}")},
	{"lseg", text(points("[(?,?),(?,?)]"), "[(1,2),(3,4)]", "x")},
	{"box", text(points("(?,?),(?,?)"), "(3,4),(1,2)", "x")},
	{"path", text(points("[(?,?),(?,?),(?,?)]"), "[(1,2)]", "((1,2),(3,4))", "x")},
	{"polygon", text(points("((?,?),(?,?),(?,?))"), "((1,2))", "x")},
	{"circle", text(nil, "<(1,2),3>", "<(1.5,-2),0>", "<(1,2),-3>", "x")},
	{"tsvector", text(nil, "", "'a' 'b'", "'a':1A 'b':2,3", "'it''s'")}, {"tsquery", text(nil, "", "'a' & 'b'", "!'a' | 'b' <-> 'c'", "'a' &")},
	{"oid", identifiers("4294967295").and(`"4294967296"`)}, {"xid", identifiers("4294967295")},
	{"xid8", text(func(r *rand.Rand) string { return fmt.Sprint(r.Uint64()) }, "0", "18446744073709551615", "x")}, {"cid", identifiers("4294967295")},
	{"tid", text(nil, "(0,1)", "(4294967295,65535)", "(0,65536)", "x")},
	{"pg_lsn", text(nil, "0/0", "16/B374D848", "FFFFFFFF/FFFFFFFF", "x")},
	{"regtype", text(nil, "integer", "text", "nothing_of_the_kind")}, {"regclass", text(nil, "pg_class", "nothing_of_the_kind")},
	{"ltree", text(nil, "", "a", "a.b.c", "Top.Science_1", "a..b", "a.b.")}, {"hstore", text(nil, "", `"a"=>"1"`, `"a"=>"1", "b"=>NULL`, `"it's"=>"\"é\\"`, "x")},
	{"int4range", ranges(number, "[1,5)", "[5,1)", "[1,)", "(,5)", "[2147483647,2147483647]")}, {"int8range", ranges(number, "[1,9223372036854775807)")},
	{"numrange", ranges(number, "[1.5,2.50]", "(1.5,)", "[1,Infinity]", "[NaN,NaN]")},
	{"daterange", ranges(func(r *rand.Rand) string { return fmt.Sprintf("20%02d-01-1%d", r.IntN(100), r.IntN(10)) }, "[2024-01-01,2024-02-01)", "[2024-01-01,infinity)")},
	{"tsrange", ranges(quotedMoment(false), `["2024-01-01 00:00:00","2024-02-01 00:00:00")`, `["2024-01-01 00:00:00.123456",)`, `["2024-01-01 00:00:00",infinity]`)},
	{"tstzrange", ranges(quotedMoment(true), `["2024-01-01 00:00:00+00","2024-02-01 00:00:00+00")`, `["2024-01-01 00:00:00.5+00",)`)},
	{"int4multirange", multiranges(number, "{[1,3),[5,8)}")}, {"int8multirange", multiranges(number)}, {"nummultirange", multiranges(number, "{[1.5,2.5]}")},
	{"datemultirange", multiranges(day, "{[2024-01-01,2024-02-01)}")}, {"tsmultirange", multiranges(quotedMoment(false))}, {"tstzmultirange", multiranges(quotedMoment(true))},
}

// made are types that the schema makes, and arrays.
var made = []typed{
	{"mood", moods}, {"odd", text(oneOf("", " a ", "it's", "é", `"`), "", " a ", "it's", "é", `"`, "a")},
	{"pair", pairs}, {"nest", objects([]string{"p", "l", "m", "n"}, pairs, arrays(whole(32)), moods, decimals(5, 3))},
	{"floatrange", ranges(number, "[0.5,1.5]", "[NaN,NaN]")}, {"floatmultirange", multiranges(number)},
	{"positive", whole(32)}, {"even", whole(32)}, {"email", strings_("a@b", "a@b\n", "A@b", "a@b.c", "@")}, {"code", strings_("abc", "abc ", "abcde", "abcdef", "abc  ", "abc   ")},
	{"cents", decimals(4, 4, "999.99", "999.995", "-0.001", "-0.004", "-0.005")}, {"modern", dates}, {"few", arrays(whole(32)).and("[1, 2]", "[1, 2, 3]", "[[1, 2], [3, 4]]")},
	{"better", moods}, {"settings", jsons}, {"level", text(words(3), "low", "high", "Low", "")}, {"span", ranges(number, "[1,5)")}, {"both_of", pairs},
	{"integer[]", arrays(whole(32))}, {"integer[][]", arrays(whole(32)).and("[[1, 2], [3, 4]]", "[[1], [2, 3]]", "[[]]", "[[[1]]]")}, {"bigint[]", arrays(whole(64))}, {"text[]", arrays(strings_())}, {"varchar(5)[]", arrays(strings_("abcde", "abcdef", "abcde "))},
	{"boolean[]", arrays(booleans)}, {"double precision[]", arrays(floats(64))}, {"numeric(6,2)[]", arrays(decimals(5, 3))}, {"date[]", arrays(dates)},
	{"timestamptz[]", arrays(instants)}, {"uuid[]", arrays(uuids)}, {"jsonb[]", arrays(jsons)}, {"bytea[]", arrays(byteas)}, {"mood[]", arrays(moods)},
	{"positive[]", arrays(whole(32))}, {"email[]", arrays(strings_("a@b"))}, {"pair[]", arrays(pairs)}, {"int4range[]", arrays(ranges(number, "[1,5)"))}, {"interval[]", arrays(intervals)},
	{"inet[]", arrays(inets)}, {"level[]", arrays(text(nil, "low", "high", "no"))},
}

// TypeSubjects has a table for each type: a column that may be NULL and one that may not.
func TypeSubjects() []Subject {
	var out []Subject
	for _, group := range []struct {
		name string
		of   []typed
	}{{"Types", scalars}, {"Enums, composites, domains and arrays", made}} {
		for _, t := range group.of {
			out = append(out, Subject{Group: group.name, Title: t.sql, Columns: []Column{
				{Name: "v", SQL: t.sql, Pool: t.pool}, {Name: "w", SQL: t.sql, NotNull: true, Pool: t.pool},
			}})
		}
	}
	return out
}
