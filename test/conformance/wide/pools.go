package wide

import (
	"fmt"
	"math"
	"math/rand/v2"
	"strconv"
	"strings"
)

// Pools of the types. Values are in the form in which row_to_json sends them, or near to it.

var booleans = Pool{Edges: []string{"true", "false"}}

// whole is a pool of integers of so many bits.
func whole(bits int) Pool {
	high := int64(1)<<(bits-1) - 1
	low := -high - 1
	p := Pool{Edges: []string{
		"0", "1", "-1", "2", "5", "12", "100", fmt.Sprint(high), fmt.Sprint(low), fmt.Sprint(high - 1), "1.5", "-0.5", "true", `"x"`, `""`, "[1]", "{}",
	}}
	if bits < 64 {
		p = p.and(fmt.Sprint(high+1), fmt.Sprint(low-1), "4294967296", "99999999999999999999")
	} else {
		p = p.and("9223372036854775808", "-9223372036854775809", "9007199254740993", "9007199254740991", "99999999999999999999")
	}
	p.Random = func(r *rand.Rand) string {
		n := r.Int64() >> r.IntN(64)
		if bits < 64 {
			n %= high + 1
		}
		if r.IntN(2) == 0 {
			n = -n
		}
		return fmt.Sprint(n)
	}
	return p
}

func digits(r *rand.Rand, n int) string {
	var b strings.Builder
	for range n {
		b.WriteByte(byte('0' + r.IntN(10)))
	}
	return b.String()
}

// decimals is a pool of numerics: random ones have up to so many digits before and after the point.
func decimals(before, after int, edges ...string) Pool {
	p := Pool{Edges: append([]string{
		"0", "1", "-1", "0.5", "-0.5", "0.05", "0.005", "0.0049", "-0.005", "1.50", `"NaN"`, `"Infinity"`, `"-Infinity"`, "true", `"x"`, `""`,
	}, edges...)}
	p.Random = func(r *rand.Rand) string {
		n := strings.TrimLeft(digits(r, r.IntN(before+1)), "0")
		if n == "" {
			n = "0"
		}
		if k := r.IntN(after + 1); k > 0 {
			n += "." + digits(r, k)
		}
		if r.IntN(2) == 0 {
			n = "-" + n
		}
		return n
	}
	return p
}

// floats is a pool of floats of so many bits.
func floats(bits int, edges ...string) Pool {
	p := Pool{Edges: append([]string{
		"0", "1", "-1", "0.1", "1.5", "1e20", `"NaN"`, `"Infinity"`, `"-Infinity"`, "3.4028235e+38", "1e-45", "true", `"x"`, `""`,
	}, edges...)}
	p.Random = func(r *rand.Rand) string {
		f := math.Float64frombits(r.Uint64())
		if bits == 32 {
			f = float64(math.Float32frombits(r.Uint32()))
		}
		if r.IntN(2) == 0 || math.IsNaN(f) || math.IsInf(f, 0) {
			f = float64(r.IntN(20000)-10000) / 16
		}
		return strconv.FormatFloat(f, 'g', -1, bits)
	}
	return p
}

var alphabet = []rune("abcxyzABZ 019_-.@%\\\"'\n\té𝔘日/{}[],:")

// words makes a string of up to so many characters.
func words(most int) func(r *rand.Rand) string {
	return func(r *rand.Rand) string {
		runes := make([]rune, r.IntN(most+1))
		for i := range runes {
			runes[i] = alphabet[r.IntN(len(alphabet))]
		}
		return string(runes)
	}
}

// strings_ is a pool of text.
func strings_(edges ...string) Pool {
	return text(words(8), append([]string{
		"", "a", "ab", "abc", "A", " ", "a ", " a", "é", "𝔘", "日本", "a\nb", "\t", `\`, `"`, "'", "null", "0", "{}", "foo@bar.org", "e\u0301", "\u007f", "\u2028",
	}, edges...)...).and(`"\u0000"`, `"a\u0000b"`)
}

func oneOf(from ...string) func(r *rand.Rand) string {
	return func(r *rand.Rand) string { return from[r.IntN(len(from))] }
}

// day makes a date as PostgreSQL sends it, of any year that a timestamp can have.
func day(r *rand.Rand) string {
	year, era := 1+r.IntN(9999), ""
	switch r.IntN(10) {
	case 0:
		year = 1 + r.IntN(4700)
		era = " BC"
	case 1:
		year = 10000 + r.IntN(280000)
	case 2, 3, 4, 5:
		year = 1950 + r.IntN(100)
	}
	return fmt.Sprintf("%04d-%02d-%02d%s", year, 1+r.IntN(12), 1+r.IntN(28), era)
}

// clock makes a time of day with up to six digits of a second.
func clock(r *rand.Rand) string {
	s := fmt.Sprintf("%02d:%02d:%02d", r.IntN(24), r.IntN(60), r.IntN(60))
	if k := r.IntN(7); k > 0 {
		if f := strings.TrimRight(digits(r, k), "0"); f != "" {
			s += "." + f
		}
	}
	return s
}

var zones = []string{"+00:00", "Z", "+05:45", "-03:30", "+02", "-11:00", "+15:59"}

func moment(zoned bool) func(r *rand.Rand) string {
	return func(r *rand.Rand) string {
		date, era, _ := strings.Cut(day(r), " ")
		s := date + "T" + clock(r)
		if zoned {
			s += zones[r.IntN(len(zones))]
		}
		if era != "" {
			s += " " + era
		}
		return s
	}
}

var (
	dates = text(day, "2024-02-29", "2023-02-29", "2000-01-01", "1999-12-31", "1970-01-01", "0001-01-01", "9999-12-31", "10000-01-01", "12000-06-15",
		"5874897-12-31", "5874898-01-01", "infinity", "-infinity", "0044-03-15 BC", "0001-12-31 BC", "4714-11-24 BC", "4714-11-23 BC", "2024-13-01",
		"2024-00-10", "2024-04-31", "1900-02-29", "0005-02-29 BC", "0000-01-01", "x", "").and("true")
	times = text(clock, "00:00:00", "23:59:59.999999", "24:00:00", "24:00:01", "25:00:00", "12:60:00", "12:00:60", "12:00:61", "03:04:05.1", "03:04:05.1234567",
		"03:04:05.9999999", "23:59:59.9999999", "x", "").and("true")
	zonedTimes = text(func(r *rand.Rand) string {
		return clock(r) + []string{"+00", "+05:45", "-03:30", "-08", "+15:59"}[r.IntN(5)]
	},
		"00:00:00+00", "24:00:00+00", "23:59:59.999999-15:59", "03:04:05.1234567+02", "03:04:05+01:02:03", "25:00:00+00", "03:04:05+16", "x").and("true")
	timestamps = text(moment(false), "2024-02-29T12:30:00", "2024-02-29T12:30:00.123456", "2024-02-29T12:30:00.1234565", "2024-02-29T12:30:00.1234575",
		"2024-02-29T12:30:00.9999999", "2020-01-01T00:00:00", "2020-01-01T12:00:00", "2019-12-31T23:59:59.999999", "0001-01-01T00:00:00", "9999-12-31T23:59:59.999999",
		"10000-01-01T00:00:00", "294276-12-31T23:59:59.999999", "294277-01-01T00:00:00", "infinity", "-infinity", "0044-03-15T10:00:00 BC",
		"4714-11-24T00:00:00 BC", "4714-11-23T23:59:59 BC", "2024-02-30T00:00:00", "2024-01-01T24:00:00", "2024-12-31T24:00:00", "2024-01-01T25:00:00", "2024-01-01T23:59:60", "x", "").and("true")
	instants = text(moment(true), "2024-02-29T12:30:00+00:00", "2024-02-29T12:30:00.123456+00:00", "2024-02-29T12:30:00.1234565+00:00", "2020-01-01T00:00:00Z", "2020-01-01T00:00:00.000001Z",
		"2020-01-01T01:00:00+01:00", "0001-01-01T00:00:00+00:00", "0001-01-01T00:00:00+02:00", "9999-12-31T23:59:59.999999+00:00", "9999-12-31T23:59:59-05:00", "10000-01-01T00:00:00+00:00", "294276-12-31T23:59:59.999999+00:00",
		"294277-01-01T00:00:00+00:00", "infinity", "-infinity", "0044-03-15T10:00:00+00:00 BC", "1880-01-01T00:00:00+00:17:30", "2024-02-30T00:00:00Z", "2024-01-01T24:00:00Z",
		"2024-01-01T25:00:00Z", "2024-01-01T23:59:60+00:00", "2024-01-01T00:00:00+16:00", "x", "").and("true")
	intervals = text(func(r *rand.Rand) string {
		return fmt.Sprintf("%d years %d mons %d days %02d:%02d:%02d.%06d", r.IntN(9)-4, r.IntN(12), r.IntN(90)-30, r.IntN(200), r.IntN(60), r.IntN(60), r.IntN(1000000))
	}, "00:00:00", "1 day", "1 mon", "1 year 2 mons 3 days 04:05:06.789", "-1 days", "-1 days +02:03:04", "178000000 years", "1 day 25:00:00", "-00:00:00.000001")
)

func hexDigits(r *rand.Rand, n int) string {
	const hex = "0123456789abcdef"
	var b strings.Builder
	for range n {
		b.WriteByte(hex[r.IntN(16)])
	}
	return b.String()
}

var (
	uuids = text(func(r *rand.Rand) string {
		h := hexDigits(r, 32)
		return h[:8] + "-" + h[8:12] + "-" + h[12:16] + "-" + h[16:20] + "-" + h[20:]
	}, "00000000-0000-0000-0000-000000000000", "ffffffff-ffff-ffff-ffff-ffffffffffff", "a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11", "A0EEBC99-9C0B-4EF8-BB6D-6BB9BD380A11", "x", "",
		"a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a1", "a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a112").and("true")
	byteas = text(func(r *rand.Rand) string { return `\x` + hexDigits(r, 2*r.IntN(6)) }, `\x`, `\x00`, `\xff00`, `\x6162`, `\x616263`, `\xDEADBEEF`, `\xg0`, `\x1`)
	jsons  = Pool{Edges: []string{
		"{}", "[]", `"a"`, `""`, "1", "0", "-1.5", "true", "false", `{"a": 1}`, `{"a": "x", "b": [1, 2]}`, `{"a": null}`, `{"a": {"b": "c"}}`, `["a", "b"]`, `[1, {"a": true}]`,
		`{"a": true, "b": "12"}`, `{"a": [1, [2]]}`, `{"": ""}`, `{"é": "𝔘"}`, `{"__proto__": {"x": 1}, "constructor": 2}`, `[null]`, "123456789012345678", "1e100",
		"0.1234567890123456789012345678", `"\u0000"`, `{"a\u0000": 1}`, `["\ud83d\ude00"]`, `"\ud83d"`,
	}, Random: func(r *rand.Rand) string { return document(r, 3) }}
)

// document makes a JSON value.
func document(r *rand.Rand, depth int) string {
	switch n := r.IntN(8); {
	case n < 2 && depth > 0:
		keys := []string{}
		for i, k := range []string{"a", "b", "é"}[:r.IntN(4)] {
			keys = append(keys, quoted(k)+": "+document(r, depth-1-i))
		}
		return "{" + strings.Join(keys, ", ") + "}"
	case n < 4 && depth > 0:
		return "[" + list(r.IntN(4), func() string { return document(r, depth-1) }) + "]"
	case n == 4:
		return fmt.Sprint(r.IntN(20) - 5)
	case n == 5:
		return fmt.Sprint(float64(r.IntN(1000)) / 8)
	case n == 6:
		return []string{"true", "false", "null"}[r.IntN(3)]
	}
	return quoted(words(4)(r))
}

func bits(most int, edges ...string) Pool {
	return text(func(r *rand.Rand) string {
		var b strings.Builder
		for range r.IntN(most + 2) {
			b.WriteByte(byte('0' + r.IntN(2)))
		}
		return b.String()
	}, append([]string{"", "1", "0", "101", "1011", "2"}, edges...)...)
}

func octet(r *rand.Rand) int { return r.IntN(256) }

var (
	inets = text(func(r *rand.Rand) string {
		s := fmt.Sprintf("%d.%d.%d.%d", octet(r), octet(r), octet(r), octet(r))
		if r.IntN(2) == 0 {
			s += fmt.Sprintf("/%d", r.IntN(33))
		}
		return s
	}, "10.0.0.1", "10.0.0.1/24", "0.0.0.0/0", "::1", "2001:db8::1/64", "fe80::1", "::ffff:1.2.3.4", "256.0.0.1", "10.0.0.1/33", "x")
	cidrs = text(func(r *rand.Rand) string { return fmt.Sprintf("%d.%d.0.0/16", octet(r), octet(r)) },
		"10.0.0.0/8", "10.0.0.1/32", "0.0.0.0/0", "::/0", "2001:db8::/32", "::1/128", "10.0.0.1/8", "x")
	macaddrs = text(func(r *rand.Rand) string {
		h := hexDigits(r, 12)
		return h[:2] + ":" + h[2:4] + ":" + h[4:6] + ":" + h[6:8] + ":" + h[8:10] + ":" + h[10:]
	}, "08:00:2b:01:02:03", "ff:ff:ff:ff:ff:ff", "08:00:2b:01:02", "x")
	macaddrs8 = text(func(r *rand.Rand) string {
		h := hexDigits(r, 16)
		return h[:2] + ":" + h[2:4] + ":" + h[4:6] + ":" + h[6:8] + ":" + h[8:10] + ":" + h[10:12] + ":" + h[12:14] + ":" + h[14:]
	}, "08:00:2b:ff:fe:01:02:03", "x")
)

func coordinate(r *rand.Rand) string { return fmt.Sprint(float64(r.IntN(400)-200) / 8) }

func points(format string) func(r *rand.Rand) string {
	return func(r *rand.Rand) string {
		for strings.Contains(format, "?") {
			return replaceEach(format, func() string { return coordinate(r) })
		}
		return format
	}
}

// replaceEach replaces each question mark.
func replaceEach(s string, by func() string) string {
	var b strings.Builder
	for _, c := range s {
		if c == '?' {
			b.WriteString(by())
		} else {
			b.WriteRune(c)
		}
	}
	return b.String()
}

func identifiers(limit string) Pool {
	return text(func(r *rand.Rand) string { return fmt.Sprint(r.Uint32()) }, "0", "1", limit, "x", "")
}

// ranges is a pool of a range's text: bounds in PostgreSQL's form.
func ranges(bound func(r *rand.Rand) string, edges ...string) Pool {
	return text(func(r *rand.Rand) string {
		a, b := bound(r), bound(r)
		return "[" + a + "," + b + ")"
	}, append([]string{"empty", "(,)", "x", "[2,1"}, edges...)...)
}

func multiranges(bound func(r *rand.Rand) string, edges ...string) Pool {
	return text(func(r *rand.Rand) string { return "{[" + bound(r) + "," + bound(r) + ")}" }, append([]string{"{}", "{(,)}", "x"}, edges...)...)
}
