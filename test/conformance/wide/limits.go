package wide

import (
	"encoding/json"
	"math"
	"math/big"
	"regexp"
	"strconv"
	"strings"

	"github.com/trefoil-sql/trefoil/internal/naming"
)

// Limit is a documented kind of value that a language's types cannot hold. A client that meets one may refuse it, or give
// back another value where the language itself has lost it. In a full run each of them has to be met.
type Limit struct {
	Language naming.Language
	// Name is what the report calls it, Why what the documentation says.
	Name, Why string
	meets     func(s *Subject, text string) bool
	// lenient tells that the client only accepts too much: it refuses nothing for the limit, and loses nothing.
	lenient bool
}

// Limits are all there are.
var Limits = []Limit{
	{naming.TypeScript, "numbers beyond doubles", "`JSON.parse` rounds a number that a double does not hold, before a schema sees it: a bigint beyond 2^53, " +
		"a numeric of more than 15 digits. The options `bigint: string` and `numeric: string` take them as strings, if they are sent so.", hasRounded, false},
	{naming.Python, "numbers in json beyond doubles", "A number inside json and jsonb is a float. One of a column is not: `model_validate_json` keeps all digits of a numeric.",
		func(s *Subject, text string) bool { return s.has("json", "settings") && hasRounded(s, text) }, false},
	{naming.Python, "fractions in json in CHECKs", "A CHECK that compares JSON is left to PostgreSQL where there is a fraction, whose digits a float may have lost.",
		func(s *Subject, text string) bool { return s.has("json", "settings") && fraction.MatchString(text) }, true},
	{naming.Go, "arrays", "sqlc's slices have neither NULL elements, where the element's Go type has none, nor other dimensions than were declared.", hasOddArray, false},
	{naming.Go, "composites", "sqlc has a string for a composite, PostgreSQL sends an object.", of("pair", "nest", "both_of"), false},
	{naming.Go, "money", "sqlc has a numeric for money, PostgreSQL sends text in the server's locale.", of("money"), false},
	{naming.Go, "timetz", "sqlc has a `time.Time` for a time with a zone, in which 24:00 has no place; pgx does not read one.", of("timetz"), false},
	{naming.Go, "inet with a mask", "sqlc has a `netip.Addr`, which has no mask.", func(s *Subject, text string) bool { return s.has("inet") && strings.Contains(text, "/") }, false},
	{naming.Go, "late dates in CHECKs", "Dates after the year 294276, where timestamps end, are not compared.",
		func(s *Subject, text string) bool { return s.has("date", "modern") && lateDate.MatchString(text) }, true},
}

// limitOf names the limit of a language's types that a row meets, "" for none. Lenient ones are only of what a client
// accepts.
func limitOf(lang naming.Language, s *Subject, text string, accepts bool) string {
	for _, l := range Limits {
		if l.Language == lang && (accepts || !l.lenient) && l.meets(s, text) {
			return l.Name
		}
	}
	return ""
}

var fraction = regexp.MustCompile(`\d[.eE][\d+-]`)

var lateDate = regexp.MustCompile(`"(?:29427[7-9]|2942[89]\d|294[3-9]\d\d|29[5-9]\d{3}|[3-9]\d{5}|\d{7,})-`)

// of meets whatever a table with a column of one of some types holds.
func of(types ...string) func(*Subject, string) bool {
	return func(s *Subject, _ string) bool { return s.has(types...) }
}

// has tells whether a column is of one of some types, or of arrays of them.
func (s *Subject) has(types ...string) bool {
	for _, c := range s.Columns {
		base, _, _ := strings.Cut(strings.TrimSuffix(c.SQL, "[]"), "(")
		for _, t := range types {
			if base == t || t == "json" && base == "jsonb" {
				return true
			}
		}
	}
	return false
}

// hasOddArray tells of a NULL in an array, or of dimensions other than its column's.
func hasOddArray(s *Subject, text string) bool {
	var row map[string]any
	if json.Unmarshal([]byte(text), &row) != nil {
		return false
	}
	for _, c := range s.Columns {
		dims := strings.Count(c.SQL, "[]")
		if c.SQL == "few" {
			dims = 1
		}
		if list, ok := row[c.Name].([]any); ok && dims > 0 && odd(list, dims, strings.HasPrefix(c.SQL, "json")) {
			return true
		}
	}
	return false
}

func odd(list []any, dims int, ofJSON bool) bool {
	for _, item := range list {
		inner, nested := item.([]any)
		switch {
		case item == nil, dims > 1 && !nested, dims == 1 && nested && !ofJSON:
			return true
		case nested && dims > 1 && odd(inner, dims-1, ofJSON):
			return true
		}
	}
	return false
}

func hasRounded(_ *Subject, text string) bool {
	d := json.NewDecoder(strings.NewReader(text))
	d.UseNumber()
	for {
		token, err := d.Token()
		if err != nil {
			return false
		}
		if n, ok := token.(json.Number); ok && isRounded(n) {
			return true
		}
	}
}

// isRounded tells of a number that a double does not hold, or does not tell from its neighbours.
func isRounded(n json.Number) bool {
	f, err := strconv.ParseFloat(n.String(), 64)
	if err != nil {
		return true
	}
	exact, ok := new(big.Rat).SetString(n.String())
	printed, _ := new(big.Rat).SetString(strconv.FormatFloat(f, 'g', -1, 64))
	return !ok || exact.Cmp(printed) != 0 || exact.IsInt() && math.Abs(f) >= 1<<53 && !strings.ContainsAny(n.String(), ".eE")
}
