package migration

import (
	"strings"
	"unicode/utf8"

	"github.com/trefoil-sql/trefoil/internal/source"
)

// notText reports the first byte of a file that cannot be text: PostgreSQL takes neither invalid UTF-8 nor a zero byte.
func notText(path, raw string) (source.Diagnostic, bool) {
	at, message := firstInvalid(raw), "%s is not UTF-8 at byte %d"
	if zero := strings.IndexByte(raw, 0); zero >= 0 && (at < 0 || zero < at) {
		at, message = zero, "%s holds a zero byte at byte %d, which PostgreSQL refuses"
	}
	if at < 0 {
		return source.Diagnostic{}, false
	}
	file := source.NewFile(path, printable(raw))
	d := source.Errorf(source.Span{File: file, Start: at, End: at + 1}, CodeNotText, message, path, at)
	d.Hint = "save the file as UTF-8"
	if strings.HasPrefix(raw, "\xff\xfe") || strings.HasPrefix(raw, "\xfe\xff") {
		d.Hint += "; this is UTF-16"
	}
	return d, true
}

// firstInvalid is the offset of the first byte that is not UTF-8, -1 if there is none.
func firstInvalid(s string) int {
	for i, r := range s {
		if r == utf8.RuneError {
			if _, size := utf8.DecodeRuneInString(s[i:]); size == 1 {
				return i
			}
		}
	}
	return -1
}

// printable replaces each byte that is not text by a question mark, so that offsets hold.
func printable(raw string) string {
	out := []byte(raw)
	for i := 0; i < len(raw); {
		r, size := utf8.DecodeRuneInString(raw[i:])
		if r == 0 || (r == utf8.RuneError && size == 1) {
			out[i] = '?'
		}
		i += size
	}
	return string(out)
}
