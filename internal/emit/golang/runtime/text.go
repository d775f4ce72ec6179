package runtime

import (
	"strings"
	"unicode/utf8"
)

// trefoilTooLong tells whether varchar(n) or char(n) refuses a string. PostgreSQL counts code points and cuts off
// spaces that do not fit without a word.
func trefoilTooLong(s string, n int) bool {
	return len(s) > n && utf8.RuneCountInString(trefoilCut(s, n)) > n
}

// trefoilCut is the string as varchar(n) stores it: without the spaces that do not fit.
func trefoilCut(s string, n int) string {
	if len(s) <= n {
		return s
	}
	end := 0
	for range n {
		if end == len(s) {
			return s
		}
		_, size := utf8.DecodeRuneInString(s[end:])
		end += size
	}
	if strings.Trim(s[end:], " ") == "" {
		return s[:end]
	}
	return s
}
