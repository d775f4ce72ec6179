package wide

import (
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"regexp"
	"slices"
	"strings"

	"github.com/trefoil-sql/trefoil/internal/constraint/constrainttest"
)

// RuleSubjects has a table for each CHECK that the documentation tells of, with just the columns that it reads.
func RuleSubjects() []Subject {
	var out []Subject
	for _, g := range constrainttest.Groups {
		for _, sql := range g.Examples {
			out = append(out, ruleSubject(g.Title, sql))
		}
	}
	for _, sql := range native {
		out = append(out, ruleSubject("Native forms", sql))
	}
	return out
}

// native are CHECKs that the clients have forms of their own for.
var native = []string{
	"i >= 0 AND i < 100", "n BETWEEN 0 AND 1", "n > -0.5", "f >= 0.1", "r <= 0.1", "b > 9007199254740992", "b BETWEEN -5 AND 3000000000", "s <> 0", "i = 7",
	"char_length(t) = 3", "char_length(t) BETWEEN 2 AND 5", "octet_length(t) BETWEEN 1 AND 4", "length(v) > 0", "v IN ('a', 'ab', 'abc ')", "v = 'a' OR v = 'b'",
	"t ~ '^[A-Z]{2}[0-9]+$'", `t ~ '^a\.b$'`, "t ~ 'é'", "jsonb_typeof(j) = 'array'", "jsonb_typeof(j) IN ('string', 'number')", "t IN ('x', 'y') AND t <> 'y'", "n2 < 10 AND n2 <> 3",
	"cardinality(ia) BETWEEN 1 AND 2", "array_length(ta, 1) = 2", "d BETWEEN '2020-01-01' AND '2020-12-31'", "d > 'infinity'", "d > '-infinity'", "ts > '1999-12-31 23:59:59.999999'",
	"tz <> '2020-01-01 00:00:00+00'", "d < '0001-01-01'", "ts >= '0044-03-15 00:00:00 BC'", "y <> '\\x'", "octet_length(y) < 3", "i IS NOT NULL", "t IS NOT NULL AND t <> ''", "u = u",
	"i IS NULL OR i2 IS NULL", "i < i2 AND t <> t2", "n <> n2", "r = f", "ta = ta", "ci IN ('a', 'B')", "c <> ''", "c = 'ab  '", "m IN ('sad', 'ok')", "k IS NOT NULL", "tz < tz2 OR d > d2",
}

func ruleSubject(group, sql string) Subject {
	s := Subject{Group: group, Title: sql, Constraint: "the_rule", Check: sql}
	used := names(sql)
	for _, c := range constrainttest.Columns {
		if slices.Contains(used, c.Name) {
			s.Columns = append(s.Columns, Column{Name: c.Name, SQL: c.SQL, Pool: ruledPool(c.SQL, sql)})
		}
	}
	return s
}

var (
	literal = regexp.MustCompile(`'(?:[^']|'')*'|"[^"]*"`)
	word    = regexp.MustCompile(`[A-Za-z_][A-Za-z_0-9]*`)
	numeral = regexp.MustCompile(`\d+(?:\.\d+)?`)
)

// names are the words of an expression outside of literals.
func names(sql string) []string {
	return word.FindAllString(literal.ReplaceAllString(sql, " "), -1)
}

// RandomSubjects has a table for each of n CHECKs at random that accepted tells the server to take.
func RandomSubjects(r *rand.Rand, n int, accepted func(sql string) bool) []Subject {
	g := constrainttest.Generator{Rand: r}
	var out []Subject
	for len(out) < n {
		sql := g.Condition(1 + r.IntN(3))
		if s := ruleSubject("CHECKs at random", sql); len(s.Columns) > 0 && accepted(sql) {
			out = append(out, s)
		}
	}
	return out
}

// ruledPool is a pool for a column of a CHECK: the constants of the CHECK, what is near them, and the type's own values.
func ruledPool(sqlType, check string) Pool {
	elem, isArray := strings.CutSuffix(sqlType, "[]")
	p := typePool(elem)
	p.Edges = slices.DeleteFunc(slices.Clone(p.Edges), func(v string) bool {
		return v == "true" && elem != "boolean" || strings.ContainsAny(v[:1], "[{") && !isJSON(elem)
	})
	near := constants(elem, check)
	of := Pool{Edges: slices.Concat(near, p.Edges), Random: func(r *rand.Rand) string {
		if len(near) > 0 && r.IntN(2) == 0 {
			return near[r.IntN(len(near))]
		}
		return p.pick(r)
	}}
	if isArray {
		of.Edges = slices.DeleteFunc(of.Edges, func(v string) bool { return v == `""` && elem == "integer" })
		return arrays(of)
	}
	return of
}

func isJSON(sqlType string) bool { return strings.HasPrefix(sqlType, "json") }

// pools of the types that CHECKs read, without modifiers.
var pools = map[string]Pool{
	"text": strings_(), "varchar": strings_(), "character varying": strings_(), "char": strings_("abc", "abcd"), "character": strings_("abc"), "citext": strings_(), "name": strings_(),
	"smallint": whole(16), "integer": whole(32), "bigint": whole(64), "numeric": decimals(4, 4, "2.5", "99999999.9999", "1000"), "real": floats(32), "double precision": floats(64),
	"boolean": booleans, "json": jsons, "jsonb": jsons, "date": dates, "timestamp": timestamps, "timestamp without time zone": timestamps,
	"timestamptz": instants, "timestamp with time zone": instants, "uuid": uuids, "bytea": byteas, "mood": moods, "interval": intervals, "inet": inets, "time without time zone": times,
}

// typePool is the pool of a type, whatever its modifiers; nothing for one without a pool.
func typePool(sqlType string) Pool {
	base, rest, _ := strings.Cut(sqlType, "(")
	if _, after, ok := strings.Cut(rest, ")"); ok {
		base += after
	}
	return pools[base]
}

// constants are values that a CHECK's literals suggest for a type.
func constants(sqlType, check string) []string {
	var out []string
	isText := strings.HasPrefix(sqlType, "text") || strings.HasPrefix(sqlType, "char") || strings.HasPrefix(sqlType, "varchar") || sqlType == "citext" || sqlType == "name"
	for _, l := range literal.FindAllString(check, -1) {
		s := strings.ReplaceAll(l[1:len(l)-1], l[:1]+l[:1], l[:1])
		switch {
		case isText:
			out = append(out, texts(s, s+"a", strings.ToUpper(s), "x"+s, s+" ")...)
			out = append(out, texts(unpatterned(s)...)...)
		case isJSON(sqlType) && json.Valid([]byte(s)):
			out = append(out, s, "["+s+"]")
		case isJSON(sqlType):
			out = append(out, quoted(s), "{"+quoted(s)+": 1}", "{"+quoted(s)+": \"x\"}", "{"+quoted(s)+": [1]}", "["+quoted(s)+"]")
		case isMoment(sqlType):
			if canonicalMoment.MatchString(s) && strings.ContainsAny(s, "+Z") == (strings.HasPrefix(sqlType, "timestamptz") || strings.Contains(sqlType, " with ")) {
				out = append(out, quoted(strings.Replace(s, " ", "T", 1)))
			}
		case !isNumber(sqlType):
			out = append(out, quoted(s))
		}
	}
	for _, n := range numeral.FindAllString(literal.ReplaceAllString(check, " "), -1) {
		switch base, _, _ := strings.Cut(sqlType, "("); base {
		case "smallint", "integer", "bigint":
			var i int64
			if _, err := fmt.Sscan(n, &i); err == nil && !strings.Contains(n, ".") {
				out = append(out, fmt.Sprint(i), fmt.Sprint(i+1), fmt.Sprint(i-1), fmt.Sprint(-i), fmt.Sprint(2*i))
			}
		case "numeric", "real", "double precision":
			out = append(out, n, "-"+n, n+func() string {
				if strings.Contains(n, ".") {
					return "001"
				}
				return ".001"
			}())
		}
		if isText {
			out = append(out, lengths(n)...)
		}
	}
	return out
}

func isMoment(sqlType string) bool {
	return strings.HasPrefix(sqlType, "timestamp") || sqlType == "date"
}

// canonicalMoment is a date or timestamp as PostgreSQL prints it, but for the blank.
var canonicalMoment = regexp.MustCompile(`^\d{4}-\d\d-\d\d(?:[ T][\d:.]+(?:[+-]\d\d(?::\d\d)?|Z)?)?$`)

func isNumber(sqlType string) bool {
	base, _, _ := strings.Cut(sqlType, "(")
	return slices.Contains([]string{"smallint", "integer", "bigint", "numeric", "real", "double precision"}, base)
}

// lengths are texts about as long as a number says.
func lengths(n string) []string {
	var size int
	if _, err := fmt.Sscan(n, &size); err != nil || size > 3000 {
		return nil
	}
	var out []string
	for _, k := range []int{size - 1, size, size + 1} {
		if k >= 0 {
			out = append(out, quoted(strings.Repeat("a", k)), quoted(strings.Repeat("é", k)))
		}
	}
	return out
}

var special = regexp.MustCompile(`\[([^\]])[^\]]*\]|\\([A-Za-z.])|\{\d*,?\d*\}|[\^$()?*+%]|\|.*`)

// unpatterned are strings that a pattern might match.
func unpatterned(pattern string) []string {
	one := special.ReplaceAllStringFunc(pattern, func(s string) string {
		switch {
		case strings.HasPrefix(s, "[^") || strings.HasPrefix(s, "[["):
			return "a"
		case strings.HasPrefix(s, "["):
			return s[1:2]
		case s == `\d`:
			return "7"
		case strings.HasPrefix(s, `\`):
			return strings.Trim(s[1:], "swSWDmMyAZ")
		}
		return ""
	})
	return []string{one, one + one, one + "1", strings.ToLower(one), strings.ReplaceAll(one, "_", "b")}
}
