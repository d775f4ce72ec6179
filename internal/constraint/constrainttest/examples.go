package constrainttest

// Group is a chapter of the table of constructs. The examples are CHECKs of the package's table.
type Group struct {
	Title    string
	Examples []string
}

// Groups are all constructs that the documentation tells of.
var Groups = []Group{
	{"Comparison", []string{
		"i > 0", "i <= i2", "n = 1.5", "t <> ''", "t = t2", "o", "d >= '2020-01-01'", "ts < '2020-01-01 12:00:00'", "tz <= tz2",
		"tz > '2020-01-01T00:00:00Z'", "u <> '00000000-0000-0000-0000-000000000000'", "m < 'happy'", "c = 'ab'", "ci = 'abc'", "i BETWEEN 1 AND 5",
		"i BETWEEN SYMMETRIC i2 AND 5", "t COLLATE \"C\" < 'b'", "t < 'b'", "tz > '2020-01-01'", "r + r > 1", "ta = '{}'",
	}},
	{"Lists", []string{
		"t IN ('a', 'b')", "i NOT IN (1, i2)", "t = ANY (ARRAY['a', 'b'])", "i <> ALL ('{1,2}')", "'a' = ANY (ta)", "5 > ALL (ia)",
	}},
	{"Logic and NULL", []string{
		"o AND NOT o2 OR i > 0", "i IS NULL OR t IS NOT NULL", "(i IS NULL) = (t IS NULL)", "t IS DISTINCT FROM t2", "o IS NOT TRUE", "(i > 0) IS UNKNOWN",
		"num_nonnulls(i, t, d) = 1", "num_nulls(i, t) < 2", "(i, t) IS NOT NULL", "coalesce(t, '') <> ''", "nullif(t, '') IS NOT NULL",
		"CASE WHEN o THEN i > 0 ELSE t = 'a' END", "CASE t WHEN 'a' THEN 1 ELSE 2 END = i", "greatest(i, i2) < 10", "(o::int + o2::int) <= 1",
	}},
	{"Arithmetic", []string{
		"i + i2 <= 100", "i * 2 > s", "i / 2 = 1", "i % 2 = 0", "-i < 5", "abs(i) < 5", "mod(i, 3) = 0", "n + n2 < 5", "n / n2 > 0.5", "n = round(n, 2)",
		"floor(n) = n", "trunc(n) < 5", "f * 2 < 1", "n2::integer < 5", "d2 - d < 30",
	}},
	{"Strings", []string{
		"length(t) > 2", "char_length(v) BETWEEN 1 AND 3", "octet_length(t) <= 10", "bit_length(t) < 80", "t = lower(t)", "upper(t) = 'A'", "btrim(t) <> ''",
		"rtrim(t, 'x') = t", "t || t2 <> ''", "left(t, 1) = 'a'", "substr(t, 2, 1) = 'b'", "starts_with(t, 'a')", "position('@' IN t) > 0", "strpos(t, 'b') = 0",
		"replace(t, ' ', '') = t", "t::varchar(2) = 'ab'", "i::text = t", "t::integer > 0", "m::text = t", "md5(t) = t2",
	}},
	{"Patterns", []string{
		"t LIKE 'a%'", "t NOT LIKE '%!_%' ESCAPE '!'", "t ILIKE 'a%'", "t ILIKE '%@%'", "t SIMILAR TO '(a|b)+'", "t ~ '^[a-z]+$'", "t !~ '[^a-z]'", "t ~* '^a'",
		`t ~ '^[^@\s]+@[^@\s]+$'`, `t ~ '^\d{3}$'`, "t ~ '^[[:alpha:]]'", "t ~ '^(?!a)'", `t ~ '(.)\1'`, "t ~ '(?<=a)b'", "t ~ '(?n)^a'", "t ~ t2", "ci ~ '^a'",
	}},
	{"JSON", []string{
		"jsonb_typeof(j) = 'object'", "j ? 'a'", "j ?& ARRAY['a', 'b']", "j ?| ARRAY['a', 'b']", "j @> '{\"a\": 1}'", "j -> 'a' IS NOT NULL", "j ->> 'a' = 'x'",
		"(j #>> '{a,b}') = 'c'", "jsonb_typeof(j -> 'b') = 'array'", "jsonb_array_length(j) > 0", "(j ->> 'b')::integer > 0", "octet_length(j::text) < 100",
	}},
	{"Arrays", []string{
		"cardinality(ta) > 0", "array_length(ta, 1) < 5", "ta <@ ARRAY['a', 'b']", "ta @> ARRAY['a']", "ia && ARRAY[1, 2]", "array_position(ta, NULL) IS NULL", "ia[1] > 0",
	}},
	{"What is left to PostgreSQL", []string{
		"tz <= now()", "d <= CURRENT_DATE", "t = current_user", "random() < 0.5", "extract(year FROM d) > 2000", "to_char(d, 'YYYY') = '2020'", "i > 0 AND tz <= now()",
		"i > 0 OR tz <= now()",
	}},
}
