package types

// row is a row of the page's table: a type of PostgreSQL's, what is said of it, and values of it.
type row struct {
	// sql is the type as a column has it.
	sql string
	// shown is what the page calls it, where that is not sql.
	shown string
	// covers are the names in pg_type that the row is about; without them, sql is.
	covers []string
	// note says what the clients accept and how a value is written.
	note string
	// stored are SQL literals of values that a database may hold. Each driver reads them, and what the clients make of them
	// is stored again and compared.
	stored []string
	// changed are those that a driver reads, but not in full: they are read, and not stored again.
	nodeChanged, pythonChanged []string
	// pythonCannot are those that psycopg itself refuses to read.
	pythonCannot []string
	// goCannot are those that pgx does not read into sqlc's Go type, or does not send from it.
	goCannot []string
	// absent tells that the tests' server has no such type: it is only on the page.
	absent bool
	// takes are JSON values that PostgreSQL takes, and so every client; refuses those that it refuses, and so every client.
	takes, refuses []string
	// left are JSON values that PostgreSQL refuses and a client takes: their form is left to it.
	left []string
}

var rows = []row{
	{
		sql: "boolean", covers: []string{"bool"}, stored: []string{"true", "false"},
		takes: []string{"true", "false"}, refuses: []string{`"x"`, "7"},
	},
	{
		sql: "smallint", covers: []string{"int2"}, note: "-32768 to 32767; no fractions", stored: []string{"-32768", "32767"},
		takes: []string{"-32768", "32767", "0"}, refuses: []string{"32768", "-32769", "1.5", `"x"`},
	},
	{
		sql: "integer", covers: []string{"int4"}, note: "-2147483648 to 2147483647; no fractions", stored: []string{"-2147483648", "2147483647"},
		takes: []string{"-2147483648", "2147483647"}, refuses: []string{"2147483648", "-2147483649", "0.1", `"x"`},
	},
	{
		sql: "bigint", covers: []string{"int8"},
		note:   "64 bits. In JSON it is a number, which `JSON.parse` rounds beyond 2^53; `bigint: bigint` and `bigint: string` are for parsers and drivers that do not",
		stored: []string{"-9223372036854775808", "9223372036854775807", "9007199254740993"},
		takes:  []string{"9007199254740991", "-1"}, refuses: []string{"1e300", "1.5", `"x"`},
	},
	{
		sql: "real", covers: []string{"float4"},
		note:   "what rounds to an infinity, or to 0, is refused. NaN and the infinities are strings in JSON: `\"NaN\"`, `\"Infinity\"`, `\"-Infinity\"`",
		stored: []string{"1.5", "'NaN'", "'Infinity'", "'-Infinity'", "3.4028235e38", "1e-45"},
		takes:  []string{"0.1", `"NaN"`, `"-Infinity"`}, refuses: []string{"3.5e38", `"x"`, "true"},
	},
	{
		sql: "double precision", covers: []string{"float8"}, note: "as `real`, with 64 bits",
		stored: []string{"0.1", "'NaN'", "'Infinity'", "'-Infinity'", "1.7976931348623157e308", "5e-324"},
		takes:  []string{"0.1", `"NaN"`, `"Infinity"`}, refuses: []string{`"x"`, "true"},
	},
	{
		sql: "numeric", note: "any number of digits. A number of TypeScript's keeps 15 of them: `numeric: string` keeps all",
		stored: []string{"1.50", "12345678901234567890.12345", "'NaN'", "'Infinity'", "'-Infinity'"},
		takes:  []string{"0.1", "1e300"}, refuses: []string{`"x"`, "true"},
	},
	{
		sql: "numeric(6,2)", covers: []string{"numeric"},
		note:   "rounded half away from zero to the scale, and then refused beyond the precision. NaN fits, an infinity does not",
		stored: []string{"9999.99", "-0.01", "'NaN'"},
		takes:  []string{"9999.994", "-9999.994", "0.005"}, refuses: []string{"9999.995", "-9999.995", "1e10", `"Infinity"`},
	},
	{
		sql: "numeric(2,-3)", covers: []string{"numeric"}, note: "a negative scale rounds to thousands",
		stored: []string{"99000", "-1000"}, takes: []string{"99499", "1"}, refuses: []string{"99500", "1e10"},
	},
	{
		sql: "money", left: []string{`"x"`}, note: "text with the currency sign of the server's locale; its form is left to PostgreSQL",
		stored: []string{"1234.5", "-5"}, goCannot: []string{"1234.5", "-5"}, takes: []string{`"$1,234.50"`, `"-5"`}, refuses: []string{"true"},
	},
	{sql: "text", left: []string{`"\u0000"`}, note: "no character with code zero, which TypeScript leaves to PostgreSQL", stored: []string{"''", "'é😀'", `'a"b\c'`}, takes: []string{`""`, `"é😀"`}},
	{
		sql: "varchar(3)", covers: []string{"varchar"}, note: "n code points. Spaces beyond them are cut, anything else is refused",
		stored: []string{"'abc'", "'😀😀😀'", "''"},
		takes:  []string{`"abc"`, `"😀😀😀"`, `"abc   "`}, refuses: []string{`"abcd"`, `"😀😀😀😀"`, `"abc d"`},
	},
	{
		sql: "char(3)", covers: []string{"bpchar"}, note: "as `varchar(n)`. It is read padded with spaces to n code points",
		stored: []string{"'a'", "'😀'", "''"}, takes: []string{`"a"`, `"abc   "`}, refuses: []string{`"abcd"`},
	},
	{sql: "citext", note: "as `text`", stored: []string{"'Aa'"}, takes: []string{`"Aa"`}},
	{sql: "name", note: "PostgreSQL cuts it to 63 bytes", stored: []string{"'a'"}, takes: []string{`"a"`}},
	{sql: `"char"`, covers: []string{"char"}, note: "PostgreSQL cuts it to one byte", stored: []string{"'a'", "''"}, takes: []string{`"abc"`}},
	{
		sql: "bytea", note: "in JSON hexadecimal digits after `\\x`, or PostgreSQL's older escapes", stored: []string{`'\x00ff'`, "''"},
		takes: []string{`"\\x00ff"`, `"abc"`},
	},
	{
		sql: "uuid", note: "of any version, with or without hyphens after each four digits and braces around it, in any case",
		stored: []string{"'ffffffff-ffff-ffff-ffff-ffffffffffff'", "'12345678-1234-9234-c234-123456789012'"},
		takes: []string{
			`"{00000000-0000-0000-0000-00000000000A}"`, `"ffffffffffffffffffffffffffffffff"`, `"0000-00000000-0000-00000000-0000000A"`,
		},
		refuses: []string{`""`, `"x"`, `"{00000000-0000-0000-0000-00000000000A"`, `"000-000000000-0000-0000-00000000000A"`, "5"},
	},
	{
		sql: "date", note: "see [dates and times](#dates-and-times)",
		stored:       []string{"'2024-02-29'", "'infinity'", "'-infinity'", "'0044-03-15 BC'", "'99999-12-31'", "'5874897-12-31'"},
		nodeChanged:  []string{"'5874897-12-31'"},
		pythonCannot: []string{"'infinity'", "'-infinity'", "'0044-03-15 BC'", "'99999-12-31'", "'5874897-12-31'"},
		takes:        []string{`"2024-02-29"`}, refuses: []string{`"2023-02-29"`, `"2024-13-01"`, `"never"`, "true"},
	},
	{
		sql: "time", note: "a zone is dropped; without one day's 24:00 in Python",
		stored:       []string{"'10:00:00.1'", "'24:00'", "'23:59:59.999999'"},
		pythonCannot: []string{"'24:00'"}, takes: []string{`"10:00:00"`, `"10:00:00.123456"`}, refuses: []string{`""`, `"noon"`},
	},
	{
		sql: "timetz", note: "with a zone, since without one it is the session's",
		stored: []string{"'10:00+02'", "'10:00:00.5-03:30'"}, goCannot: []string{"'10:00+02'", "'10:00:00.5-03:30'"}, takes: []string{`"10:00:00+02:00"`}, refuses: []string{`""`, `"noon"`},
	},
	{
		sql: "timestamp", note: "see [dates and times](#dates-and-times); a zone is dropped",
		stored: []string{
			"'2024-02-29 10:00'", "'2024-02-29 10:00:00.000001'", "'infinity'", "'-infinity'", "'0044-03-15 12:00 BC'", "'10000-01-01'",
		},
		nodeChanged:  []string{"'2024-02-29 10:00:00.000001'"},
		pythonCannot: []string{"'infinity'", "'-infinity'", "'0044-03-15 12:00 BC'", "'10000-01-01'"},
		takes:        []string{`"2024-02-29T10:00:00"`}, refuses: []string{`"2023-02-29T10:00:00"`, `"never"`, "true"},
	},
	{
		sql: "timestamptz", note: "see [dates and times](#dates-and-times); with a zone, since without one it is the session's",
		stored: []string{
			"'2024-02-29 10:00Z'", "'2024-02-29 10:00:00.000001+05:30'", "'infinity'", "'-infinity'", "'0044-03-15 12:00Z BC'",
			"'10000-01-01Z'", "'294276-12-31Z'",
		},
		nodeChanged:  []string{"'2024-02-29 10:00:00.000001+05:30'", "'294276-12-31Z'"},
		pythonCannot: []string{"'infinity'", "'-infinity'", "'0044-03-15 12:00Z BC'", "'10000-01-01Z'", "'294276-12-31Z'"},
		takes:        []string{`"2024-02-29T10:00:00+00:00"`, `"2024-02-29T10:00:00.123456Z"`}, refuses: []string{`"2023-02-29T10:00:00Z"`, `"never"`, "true"},
	},
	{
		sql: "interval", left: []string{`"x"`}, note: "text in any of PostgreSQL's forms. A `timedelta` has no months: psycopg makes 30 days of one, and 365 of a year",
		stored:        []string{"'3 days 04:05:06.789123'", "'3 days -04:05:06'", "'1 year 2 mons'", "'00:00'"},
		pythonChanged: []string{"'3 days -04:05:06'", "'1 year 2 mons'"}, takes: []string{`"1 day"`, `"P1D"`}, refuses: []string{"true"},
	},
	{
		sql: "json", note: "any JSON", stored: []string{`'{"a": [1, null, {"b": "c"}]}'`, "'[1, 2]'", "'5'", "'true'", `'"x"'`},
		nodeChanged: []string{`'"x"'`}, takes: []string{`{"a": [1]}`, "[]", `"x"`, "1", "true"},
	},
	{
		sql: "jsonb", left: []string{`{"a": "\u0000"}`}, note: "any JSON. A `\\u0000` in its strings is left to PostgreSQL, which refuses it", stored: []string{`'{"a": [1, null, {"b": "c"}]}'`, "'[1, 2]'", "'5'", "'true'", `'"x"'`},
		nodeChanged: []string{`'"x"'`}, takes: []string{`{"a": [1]}`, "[]", `"x"`, "1", "true"},
	},
	{sql: "jsonpath", left: []string{`"$["`}, note: "text, whose form is left to PostgreSQL", stored: []string{"'$.a'"}, takes: []string{`"$.a"`}},
	{sql: "xml", left: []string{`"<a>"`}, note: "text, whose form is left to PostgreSQL", stored: []string{"'<a/>'"}, takes: []string{`"<a/>"`}},
	{
		sql: "inet", left: []string{`"x"`}, note: "text in JSON, whose form is left to PostgreSQL", stored: []string{"'10.0.0.1'", "'10.0.0.1/24'", "'::1/64'"},
		goCannot: []string{"'10.0.0.1/24'", "'::1/64'"},
		takes:    []string{`"10.0.0.1/8"`},
	},
	{sql: "cidr", left: []string{`"10.0.0.1/8"`}, note: "as `inet`", stored: []string{"'10.0.0.0/8'", "'2001:db8::/32'"}, takes: []string{`"10/8"`}},
	{sql: "macaddr", left: []string{`"x"`}, note: "text, whose form is left to PostgreSQL", stored: []string{"'08:00:2b:01:02:03'"}, takes: []string{`"08002b010203"`}},
	{sql: "macaddr8", left: []string{`"x"`}, note: "as `macaddr`", stored: []string{"'08:00:2b:01:02:03:04:05'"}, takes: []string{`"08002b0102030405"`}},
	{
		sql: "bit(3)", covers: []string{"bit"}, note: "a string of n times 0 or 1, or hexadecimal digits after `x`", stored: []string{"B'101'"},
		takes: []string{`"101"`, `"b101"`}, refuses: []string{`"1011"`, `"10"`, `"x5"`, `"102"`, `"xg"`, `""`},
	},
	{sql: "varbit(5)", covers: []string{"varbit"}, note: "as `bit(n)`, but at most n", stored: []string{"B'101'", "B''"}, takes: []string{`"101"`, `"x5"`, `""`}, refuses: []string{`"101101"`, `"xff"`, `"2"`}},
	{
		sql: "point", left: []string{`"x"`}, note: "text, `(x,y)`, whose form is left to PostgreSQL. What node-postgres hands over is written as text again",
		stored: []string{"'(1,2.5)'", "'(Infinity,NaN)'"}, takes: []string{`"1,2"`},
	},
	{sql: "line", left: []string{`"x"`}, note: "text, `{a,b,c}`", stored: []string{"'{1,2,3}'"}, takes: []string{`"{1,2,3}"`}},
	{sql: "lseg", left: []string{`"x"`}, note: "text, `[(x,y),(x,y)]`", stored: []string{"'[(0,0),(1,1)]'"}, takes: []string{`"0,0,1,1"`}},
	{sql: "box", left: []string{`"x"`}, note: "text, `(x,y),(x,y)`", stored: []string{"'((0,0),(1,1))'"}, takes: []string{`"0,0,1,1"`}},
	{sql: "path", left: []string{`"x"`}, note: "text, `[(x,y),…]` or `((x,y),…)`", stored: []string{"'[(0,0),(1,1)]'"}, takes: []string{`"0,0,1,1"`}},
	{sql: "polygon", left: []string{`"x"`}, note: "text, `((x,y),…)`", stored: []string{"'((0,0),(1,1))'"}, takes: []string{`"0,0,1,1"`}},
	{
		sql: "circle", left: []string{`"x"`}, note: "text, `<(x,y),r>`. What node-postgres hands over is written as text again",
		stored: []string{"'<(0,0.5),1>'"}, takes: []string{`"0,0,1"`},
	},
	{sql: "tsvector", note: "text, whose form is left to PostgreSQL", stored: []string{"'a b'"}, takes: []string{`"a b"`}},
	{sql: "tsquery", left: []string{`"a &"`}, note: "as `tsvector`", stored: []string{"'a & b'"}, takes: []string{`"a & b"`}},
	{sql: "oid", left: []string{`"x"`}, note: "a string in JSON; 32 bits without a sign", stored: []string{"4294967295", "0"}, takes: []string{`"5"`}},
	{
		sql: "regtype", left: []string{`"no_such_type"`},
		covers: []string{
			"regtype", "regclass", "regcollation", "regconfig", "regdictionary", "regnamespace", "regoper", "regoperator", "regproc",
			"regprocedure", "regrole",
		},
		note: "also the other `reg` types: the name of what it refers to", stored: []string{"'int4'"}, takes: []string{`"integer"`},
	},
	{sql: "xid", left: []string{`"x"`}, covers: []string{"xid", "cid"}, note: "also `cid`: digits in a string", stored: []string{"'5'"}, takes: []string{`"5"`}},
	{sql: "xid8", left: []string{`"x"`}, note: "digits in a string", stored: []string{"'18446744073709551615'"}, takes: []string{`"5"`}},
	{sql: "tid", left: []string{`"x"`}, note: "text, `(block,tuple)`", stored: []string{"'(0,1)'"}, takes: []string{`"(0,1)"`}},
	{sql: "pg_lsn", left: []string{`"x"`}, note: "text, such as `16/B374D848`", stored: []string{"'16/B374D848'"}, takes: []string{`"16/B374D848"`}},
	{
		sql: "pg_snapshot", left: []string{`"x"`}, covers: []string{"pg_snapshot", "txid_snapshot", "aclitem"}, note: "also `txid_snapshot` and `aclitem`: text",
		stored: []string{"'10:20:10'"}, takes: []string{`"10:20:10"`},
	},
	{sql: "refcursor", covers: []string{"refcursor", "pg_node_tree"}, note: "also `pg_node_tree`: text", stored: []string{"'a'"}, takes: []string{`"a"`}},
	{sql: "ltree", left: []string{`"a..b"`}, note: "also `lquery` and `ltxtquery`: text, whose form is left to PostgreSQL", stored: []string{"'a.b'"}, takes: []string{`"a.b"`}},
	{
		sql: "hstore", left: []string{`"x"`}, note: "read as an object from JSON and written as text, `a=>1`. A dict can be given to psycopg after `register_hstore`",
		stored: []string{"'a=>1, b=>NULL'", "''"}, takes: []string{`"a=>1"`},
	},
	{
		sql: "vector(3)", absent: true, covers: []string{"vector", "halfvec"},
		note: "also `halfvec`: in JSON text, `[1,2,3]`; for psycopg a list, which PostgreSQL makes a vector of",
	},
	{
		sql: "geometry", absent: true, covers: []string{"geometry", "geography"},
		note: "also `geography`: read as GeoJSON from JSON, else as hexadecimal digits; written as any text that PostGIS reads",
	},
	{
		sql: "cube", absent: true, covers: []string{"cube", "seg", "isbn13", "isbn", "issn", "ean13", "upc", "box2d", "box3d", "sparsevec"},
		note: "also `seg`, `isbn13` and its like, `box2d`, `box3d` and `sparsevec`: text, whose form is left to PostgreSQL",
	},
	{
		sql: "int4range", left: []string{`"x"`, `"[5,1)"`}, covers: []string{"int4range", "int8range", "numrange", "daterange", "tsrange", "tstzrange"},
		note:   "also the other ranges of PostgreSQL's own: text, such as `[1,5)` and `empty`, whose form is left to PostgreSQL",
		stored: []string{"'[1,5)'", "'empty'", "'(,)'"}, takes: []string{`"[1,5]"`, `"empty"`},
	},
	{sql: "int8range", stored: []string{"'[1,5000000000)'", "'[1,2)'"}, takes: []string{`"[1,5]"`}},
	{sql: "numrange", stored: []string{"'[1.5,)'"}, takes: []string{`"[1,5]"`}},
	{
		sql: "daterange", stored: []string{"'[2024-01-01,2024-02-01)'", "'[2024-01-01,infinity)'"}, pythonCannot: []string{"'[2024-01-01,infinity)'"},
		takes: []string{`"[2024-01-01,2024-02-01)"`},
	},
	{sql: "tsrange", stored: []string{"'[2024-01-01 10:00,2024-02-01)'"}, takes: []string{`"[2024-01-01,2024-02-01)"`}},
	{sql: "tstzrange", stored: []string{"'[2024-01-01 10:00Z,2024-02-01Z)'"}, takes: []string{`"[2024-01-01Z,2024-02-01Z)"`}},
	{
		sql: "int4multirange", left: []string{`"x"`},
		covers: []string{"int4multirange", "int8multirange", "nummultirange", "datemultirange", "tsmultirange", "tstzmultirange"},
		note:   "also the other multiranges: text, such as `{[1,5),[7,9)}`", stored: []string{"'{[1,5),[7,9)}'", "'{}'"}, takes: []string{`"{[1,5]}"`},
	},
	{sql: "datemultirange", stored: []string{"'{[2024-01-01,2024-02-01)}'"}, takes: []string{`"{}"`}},
	{sql: "span", left: []string{`"x"`}, shown: "CREATE TYPE … AS RANGE", covers: []string{}, note: "a range of the schema's own", stored: []string{"'[1.5,2)'", "'empty'"}, takes: []string{`"[1,2)"`}},
	{
		sql: "mood", shown: "CREATE TYPE … AS ENUM", covers: []string{}, note: "one of its values", stored: []string{"'sad'"}, takes: []string{`"sad"`},
		refuses: []string{`"glad"`, `""`, "1"},
	},
	{
		sql: "positive", shown: "CREATE DOMAIN … AS integer", covers: []string{}, note: "the type below it, with its CHECKs", stored: []string{"3"}, takes: []string{"3"},
		refuses: []string{"0", "-3", `"x"`},
	},
	{
		sql: "pair", shown: "CREATE TYPE … AS (…)", covers: []string{}, note: "an object in JSON, with the names of its fields. Drivers have it as text, `(1,a)`",
		stored: []string{`'(1,"a b")'`, "'(,)'"}, takes: []string{`{"x": 1, "y": "a"}`, `{"x": null, "y": null}`},
		refuses: []string{`{"x": "z", "y": "a"}`},
	},
	{
		sql: "integer[]", covers: []string{}, note: "see [arrays](#arrays)", stored: []string{"'{1,NULL}'", "'{1,2}'", "'{}'"}, goCannot: []string{"'{1,NULL}'"},
		takes:   []string{"[1, null]", "[]"},
		refuses: []string{`["x"]`, "[1.5]", "[2147483648]"},
	},
	{
		sql: "text[][]", covers: []string{}, stored: []string{`'{{a,"b, c"},{NULL,"NULL"}}'`, `'{{a},{"NULL"}}'`, "'{}'"},
		goCannot: []string{`'{{a,"b, c"},{NULL,"NULL"}}'`}, takes: []string{`[["a"], [null]]`, "[]"},
	},
	{sql: "numeric[]", covers: []string{}, stored: []string{"'{1.5,NULL,NaN}'"}, takes: []string{"[1.5]"}, refuses: []string{`["x"]`}},
	{sql: "bytea[]", covers: []string{}, stored: []string{`ARRAY['\x00ff'::bytea, NULL]`}, takes: []string{`["\\x00"]`}},
	{
		sql: "timestamptz[]", covers: []string{}, stored: []string{"'{2024-02-29 10:00Z,NULL}'", "'{infinity}'"}, pythonCannot: []string{"'{infinity}'"},
		takes: []string{`["2024-02-29T10:00:00Z"]`},
	},
	{
		sql: "jsonb[]", covers: []string{}, stored: []string{`ARRAY['{"a": 1}'::jsonb, '5', NULL]`, `ARRAY['[1]'::jsonb]`}, takes: []string{`[{"a": 1}]`},
	},
	{sql: "inet[]", covers: []string{}, stored: []string{"'{10.0.0.1,10.0.0.1/24,::1}'", "'{10.0.0.1}'"}, goCannot: []string{"'{10.0.0.1,10.0.0.1/24,::1}'"}, takes: []string{`["10.0.0.1"]`}},
	{sql: "interval[]", covers: []string{}, stored: []string{"'{1 day,02:00}'"}, takes: []string{`["1 day"]`}},
	{sql: "point[]", covers: []string{}, stored: []string{`'{"(1,2)"}'`}, takes: []string{`["(1,2)"]`}},
	{sql: "box[]", covers: []string{}, stored: []string{"'{(1,1),(0,0);(2,2),(1,1)}'"}, takes: []string{`["(1,1),(0,0)"]`}},
	{sql: "daterange[]", covers: []string{}, stored: []string{`'{"[2024-01-01,2024-02-01)",empty}'`}, takes: []string{`["empty"]`}},
	{sql: "citext[]", covers: []string{}, stored: []string{`'{a,"b c",NULL}'`, "'{a}'"}, goCannot: []string{`'{a,"b c",NULL}'`}, takes: []string{`["a"]`}},
	{sql: "mood[]", shown: "an enum's array", covers: []string{}, stored: []string{"'{sad,NULL}'", "'{sad}'", "'{}'"}, goCannot: []string{"'{sad,NULL}'"}, takes: []string{`["sad"]`}, refuses: []string{`["glad"]`}},
	{sql: "positive[]", shown: "a domain's array", covers: []string{}, stored: []string{"'{3,NULL}'", "'{3}'"}, goCannot: []string{"'{3,NULL}'"}, takes: []string{"[3]"}, refuses: []string{"[0]"}},
	{sql: "pair[]", shown: "a composite's array", covers: []string{}, stored: []string{`'{"(1,\"a b\")"}'`}, takes: []string{`[{"x": 1, "y": "a"}]`}},
	{sql: "bit(3)[]", covers: []string{}, stored: []string{"'{101}'"}, takes: []string{`["101"]`}},
}

// unmapped are the types that no table of the clients has, with what they are. A column of one is an error that says how to
// map it.
var unmapped = map[string]string{
	"int2vector": "columns of a catalog's own", "oidvector": "columns of a catalog's own", "gtsvector": "keys of an index",
	"pg_brin_bloom_summary": "summaries of an index", "pg_brin_minmax_multi_summary": "summaries of an index",
	"pg_dependencies": "extended statistics", "pg_mcv_list": "extended statistics", "pg_ndistinct": "extended statistics",
}

// extensions have the absent rows' types.
const extensions = "CREATE EXTENSION vector; CREATE EXTENSION postgis; CREATE EXTENSION cube;\n"

// prelude makes the types that rows have beside PostgreSQL's own.
const prelude = `
CREATE EXTENSION citext;
CREATE EXTENSION ltree;
CREATE EXTENSION hstore;
CREATE TYPE mood AS ENUM ('sad', 'ok');
CREATE DOMAIN positive AS integer CHECK (VALUE > 0);
CREATE TYPE pair AS (x integer, y text);
CREATE TYPE span AS RANGE (subtype = float8);
`
