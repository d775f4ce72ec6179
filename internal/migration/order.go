package migration

import (
	"cmp"
	"strings"
)

// compareNumbers compares two strings of digits by value, of any length.
func compareNumbers(a, b string) int {
	a, b = strings.TrimLeft(a, "0"), strings.TrimLeft(b, "0")
	return cmp.Or(cmp.Compare(len(a), len(b)), strings.Compare(a, b))
}

// compareVersions compares versions part by part, by value: 1.10 is after 1.9, and 1.0 equals 1.
func compareVersions(a, b []string) int {
	at := func(v []string, i int) string {
		if i < len(v) {
			return v[i]
		}
		return "0"
	}
	for i := range max(len(a), len(b)) {
		if c := compareNumbers(at(a, i), at(b, i)); c != 0 {
			return c
		}
	}
	return 0
}

// splitVersion takes the numbers out of a version: 1.10 and 1_10 are [1 10].
func splitVersion(version string) []string {
	return strings.FieldsFunc(version, func(r rune) bool { return r == '.' || r == '_' })
}

// natural compares two names as a person would: runs of digits by value, all else byte by byte. The ending .sql does
// not count, so that a.sql comes before a-b.sql, and before a directory a. Names that differ only in leading zeros are
// compared as text.
func natural(a, b string) int {
	x, y := stem(a), stem(b)
	for x != "" && y != "" {
		m, n := leadingDigits(x), leadingDigits(y)
		if m > 0 && n > 0 {
			if c := compareNumbers(x[:m], y[:n]); c != 0 {
				return c
			}
			x, y = x[m:], y[n:]
			continue
		}
		if x[0] != y[0] {
			return cmp.Compare(x[0], y[0])
		}
		x, y = x[1:], y[1:]
	}
	return cmp.Or(
		cmp.Compare(len(x), len(y)),
		cmp.Compare(len(stem(a))-len(a), len(stem(b))-len(b)),
		strings.Compare(a, b),
	)
}

// naturalPath is natural, for each segment of two paths in turn.
func naturalPath(a, b string) int {
	for {
		x, restA, moreA := strings.Cut(a, "/")
		y, restB, moreB := strings.Cut(b, "/")
		if x != y {
			return natural(x, y)
		}
		if !moreA || !moreB {
			return cmp.Compare(len(restA), len(restB))
		}
		a, b = restA, restB
	}
}

func stem(name string) string {
	if isSQL(name) {
		return name[:len(name)-len(".sql")]
	}
	return name
}

func isSQL(name string) bool {
	return len(name) > len(".sql") && strings.EqualFold(name[len(name)-len(".sql"):], ".sql")
}

// leadingDigits counts the digits that a name begins with.
func leadingDigits(s string) int { return countWhile([]byte(s), isDigit) }
