package constrainttest

// sort is one row of the grammar: what there is of a sort of expression, and the templates of its functions.
type sort struct{ columns, constants, templates []string }

var grammar = map[string]sort{
	"text": {
		[]string{"t", "t2", "v"},
		[]string{"'a'", "''", "'ab'", "'A'", "'abc'", "'é'", "'12'", "'object'", "'a '", "'sad'", "'a'::text", "'abc'::varchar(2)"},
		[]string{
			"lower({text})", "upper({text})", "btrim({text})", "ltrim({text})", "rtrim({text}, 'a ')", "trim(both 'ab' from {text})",
			"({text} || {text}::text)", "left({text}::text, {int}::int)", "right({text}::text, {small})", "substr({text}::text, {small})",
			"substring({text}::text from {small} for {small})", "replace({text}, {text}, {text})", "({json} ->> 'a')", "({json} #>> '{a,b}')",
			"({json} ->> 1)", "jsonb_typeof({json})", "({int})::text", "({bool})::text", "m::text", "u::text", "(c)::text", "ci::text",
			"({text})::varchar(2)", "concat({text}::text, {text}::text)", "(j #>> '{}')",
		},
	},
	"citext": {[]string{"ci"}, []string{"'abc'", "'A'", "''", "'a'::citext"}, nil},
	"char":   {[]string{"c"}, []string{"'a'", "'abcd'", "''", "'a  '", "'ab'::bpchar"}, nil},
	"small":  {[]string{"s"}, []string{"0", "1", "2", "-1", "5"}, nil},
	"int": {
		[]string{"s", "i", "i2", "b"},
		[]string{"0", "1", "-1", "2", "5", "12", "3000000000", "100"},
		[]string{
			"({int} + {int})", "({int} - {int})", "({int} * {int})", "({int} / {int})", "({int} % {int})", "(- {int})", "abs({int})",
			"length({text}::text)", "char_length({text}::text)", "octet_length({text}::text)", "bit_length({text}::text)", "length(c)", "length(ci)",
			"octet_length(y)", "length(y)", "strpos({text}, {text})", "position({text} in {text})", "cardinality(ta)", "array_length(ia, 1)",
			"array_length(ta, 2)", "jsonb_array_length({json})", "num_nonnulls(t, i, {bool}, j)", "num_nulls({text}::text, d)", "mod({int}, {int})",
			"({bool})::int", "({numeric})::int", "(t)::int", "({int})::int8", "({int})::int2", "array_position(ta, 'a')", "array_position(ia, $(i$|2$|NULL$))",
			"(j ->> 'b')::int", "json_array_length(k)", "(+ {int})",
		},
	},
	"numeric": {
		[]string{"n", "n2", "i"},
		[]string{"0", "0.5", "-2.5", "1.50", "12.345", "1e3", "3", "100", "0.0", "7.0"},
		[]string{
			"({numeric} + {numeric})", "({numeric} - {numeric})", "({numeric} * {numeric})", "(n / {numeric})", "({numeric} / n2)", "(n % {numeric})",
			"(- {numeric})", "abs(n)", "round(n)", "round({numeric}::numeric, $(0$|1$|2$|-1$))", "trunc(n2)", "trunc({numeric}::numeric, $(0$|1$|-2$))", "floor(n)",
			"ceil(n2)", "ceiling(n)", "mod(n, {numeric})", "({int})::numeric", "(t2)::numeric",
		},
	},
	"float": {
		[]string{"f", "r", "i"},
		[]string{"0.1::float8", "0", "0.5", "'NaN'::float8", "1e300::float8", "'Infinity'::float8", "0.1::real", "2"},
		[]string{
			"(f + {float})", "(f - {float})", "(f * {float})", "({float} / f)", "floor(f)", "ceil(f)", "abs(f)", "(- f)", "({int})::float8",
			"(n)::float8", "r::float8",
		},
	},
	"json": {
		[]string{"j"},
		[]string{`'{"a": 1}'::jsonb`, `'[]'::jsonb`, `'1'::jsonb`, `'"a"'::jsonb`, `'null'::jsonb`},
		[]string{"({json} -> 'a')", "({json} -> $(0$|1$|-1$))", "({json} #> '{a,b}')", "({json} #> '{a,0}')", "(j #> array['b', '1'])"},
	},
	"date": {[]string{"d", "d2"}, []string{"'2020-01-01'::date", "date '2020-02-29'", "'infinity'::date"}, nil},
	"timestamp": {
		[]string{"ts", "d"},
		[]string{"'2020-01-01 00:00:00'::timestamp", "timestamp '2020-02-29 12:30:15.5'", "'2020-01-01'::timestamp"},
		[]string{"d::timestamp"},
	},
	"timestamptz": {
		[]string{"tz", "tz2"}, []string{"'2020-01-01 00:00:00+00'::timestamptz", "'2020-01-01T02:00:00+02:00'::timestamptz", "'-infinity'::timestamptz"}, nil,
	},
	"uuid":  {[]string{"u"}, []string{"'a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11'::uuid", "'00000000-0000-0000-0000-000000000000'"}, nil},
	"bytea": {[]string{"y"}, []string{`'\x6162'::bytea`, `'\x'`}, nil},
	"enum":  {[]string{"m", "m2"}, []string{"'sad'::mood", "'happy'"}, nil},
	"flag":  {[]string{"o", "o2"}, []string{"true", "false"}, []string{"{bool}"}},
	"texts": {[]string{"ta"}, []string{"'{a}'::text[]", "'{a,b}'::text[]", "array['a', 'b']", "'{}'::text[]"}, nil},
	"ints":  {[]string{"ia"}, []string{"'{1}'::int[]", "array[1, 5]", "'{}'::int[]"}, nil},
}

// shared are the functions of every sort.
var shared = []string{
	"coalesce({KIND}, {KIND})", "coalesce(NULL, {KIND})", "CASE WHEN {bool} THEN {KIND} ELSE {KIND} END", "CASE WHEN {bool} THEN {KIND} END",
	"CASE {text} WHEN {text} THEN {KIND} WHEN {text} THEN {KIND} ELSE {KIND} END", "nullif({KIND}, {KIND})",
}

// ordered are the sorts that have an order everywhere.
var ordered = []string{"small", "int", "numeric", "float", "date", "timestamp", "timestamptz", "uuid", "bytea", "enum", "flag"}

var orderedShapes = []string{"greatest({KIND}, {KIND})", "least({KIND}, {KIND}, {KIND})"}

// more are conditions of a form of their own.
var more = []string{
	"({text} COLLATE \"C\" $(<$|<=$|>$|>=$) {text})", "({text} < {text})", "({text} $(~$|~*$|!~$|!~*$) {pattern})", "({text} $(~$|~*$|!~$) {pattern})",
	"(ci $(~$|!~$) {pattern})", "({text} $(NOT $|$)$(LIKE$|ILIKE$) {like})", "({text} LIKE {like} ESCAPE $('!'$|''$))", "(ci LIKE {like})",
	"({text} $(NOT $|$)SIMILAR TO $('(a|b)%'$|'[a-c]+'$|'_b_'$|'a\\%b'$|'%@%.(org|com)'$))", "starts_with({text}, {text})", "({text} ^@ {text})",
	"({json} ? $('a'$|'b'$))", "({json} ?| $(array['a', 'x']$|'{b}'$))", "({json} ?& array['a', 'b'])", "({json} @> {json})", "({json} <@ j)",
	"(k -> 'a' IS NULL)", "((k ->> 'a') = 'x')", "(json_typeof(k) = 'object')",
	"({text} = ANY ($('{a,b}'$|array['a', 'b']$|ta$)))", "({text} <> ALL ($('{a,b}'$|array['a', NULL]$|ta$)))", "({int} $(<$|=$|>=$) ANY ({ints}))", "({int} $(<>$|>$|<$) ALL ({ints}))",
	"({texts} $(@>$|<@$|&&$) {texts})", "({ints} $(@>$|<@$|&&$) {ints})", "({texts} $(=$|<>$) {texts})", "('a' = ANY ({texts}))", "({text} LIKE ANY (array['a%', '%b']))",
	"(m $(<$|<=$|>$|>=$) $('ok'$|'sad'$|'happy'$))", "('ok'::mood $(<$|>=$) m)", "(m = m2)", "(i, t) IS $(NOT $|$)NULL", "$(o$|o2$)", "(o = $(true$|false$))", "(o <> o2)",
	"(c $(=$|<>$) $('a'$|'ab  '$|'a'::text$|t$))", "(ci $(=$|<>$) $('ABC'$|'a'$|ci$))", "(u $(<$|>$) {uuid})", "(v = 'abcd')", "(i > $(0.5$|-1.5$|2147483647.5$))", "(i = $(0.5$|2.0$))",
	"(r $(<$|>$|=$) $(0.1$|0.1::real$|0.5$))", "(f $(<$|=$) $(0.1$|n$))", "(b $(<$|=$) $(9007199254740993$|9007199254740992::float8$|f$))", "(n2 = $(1.5$|0.1::float8$))",
	"(d $(<$|>=$) $('2020-01-01'$|ts$|'2020-01-01 00:00:00'::timestamp$))", "(tz $(<$|>=$) $('2020-01-01T00:00:00Z'$|tz2$))", "(i IN (1, 2.5, NULL))", "(i IN (i2, 3))", "(t IN ('a', t2))",
	"(now() > tz)", "(tz > '2020-01-01')", "(length(t) + {int} <= 5)", "(t = $(lower(t)$|upper(t)$|btrim(t)$))", "(t $(<>$|=$) '')", "(regexp_like(t, '^a'))",
	"(n = round(n, $(0$|1$|2$)))", "(NULLIF(t, '') IS NULL)", "({bool} AND true)", "({bool} OR false)",
}

var joins = []string{
	"({bool} AND {bool})", "({bool} OR {bool})", "({bool} AND {bool} AND {bool})", "({bool} OR {bool} OR {bool})", "(NOT {bool})",
	"({bool} IS $(NOT $|$)$(TRUE$|FALSE$|UNKNOWN$))", "({bool} $(=$|<>$) {bool})", "((i IS NULL) = (t IS NULL))", "(i IS NULL OR ({bool} AND {bool}))",
	"(({bool})::int + ({bool})::int <= 1)", "CASE WHEN {bool} THEN {bool} ELSE {bool} END", "coalesce({bool}, $(true$|false$))",
	"({bool} IS DISTINCT FROM {bool})",
}

var patterns = []string{
	`'^[a-z]+$'`, `'^[^@\s]+@[^@\s]+\.[^@\s]+$'`, `'^\d{1,3}$'`, `'^[[:alpha:]]'`, `'a|b'`, `'^(ab)*$'`, `'b$'`, `'^a.b$'`, `'(?i)^A'`,
	`'^\w+$'`, `'^[A-Z][0-9]-[a-z]\d?$'`, `'^.{2,3}$'`, `'\.'`, `'^(?!a)'`, `'[^a-z]'`, `'é'`, `''`, `'a{2,}'`, `'^-?[0-9]+$'`, `'\S'`, `'^a+?$'`, `'x_y'`,
}

var likes = []string{`'a%'`, `'%b%'`, `'_b'`, `'%'`, `''`, `'a\%b'`, `'A%'`, `'%@%'`, `'a!%%'`, `'__'`, `'é'`, `'%\\%'`, `'%a'`}
