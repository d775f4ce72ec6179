package catalog

import (
	"strconv"
	"strings"
)

// formatValue is format(): %s, %I, %L and %%, with positions and widths.
func formatValue(args []value) value {
	if args[0] == nil {
		return nil
	}
	pattern, ok := textOf(args[0])
	if !ok {
		return undecidedf("a format")
	}
	var b strings.Builder
	next := 1
	for i := 0; i < len(pattern); i++ {
		if pattern[i] != '%' {
			b.WriteByte(pattern[i])
			continue
		}
		if i+1 < len(pattern) && pattern[i+1] == '%' {
			b.WriteByte('%')
			i++
			continue
		}
		spec, size := formatSpec(pattern[i+1:])
		if size == 0 {
			return undecidedf("a format")
		}
		i += size
		if spec.position > 0 {
			next = spec.position
		}
		if next >= len(args) {
			return undecidedf("a format with too few arguments")
		}
		text, ok := formatArg(spec.kind, args[next])
		next++
		if !ok {
			return undecidedf("a format")
		}
		b.WriteString(pad(text, spec.width))
	}
	return b.String()
}

type formatDirective struct {
	position, width int // a width below 0 pads on the right
	kind            byte
}

// formatSpec reads what follows a %; its size is 0 if it is none.
func formatSpec(s string) (formatDirective, int) {
	var d formatDirective
	i := 0
	digits := func() int {
		from := i
		for i < len(s) && isDigit(s[i]) {
			i++
		}
		n, _ := strconv.Atoi(s[from:i])
		return n
	}
	n := digits()
	if i < len(s) && s[i] == '$' && i > 0 {
		d.position = n
		i++
		n = 0
	} else {
		i, n = 0, 0
	}
	left := i < len(s) && s[i] == '-'
	if left {
		i++
	}
	n = digits()
	d.width = n
	if left {
		d.width = -n
	}
	if i >= len(s) || strings.IndexByte("sIL", s[i]) < 0 {
		return d, 0
	}
	d.kind = s[i]
	return d, i + 1
}

func formatArg(kind byte, v value) (string, bool) {
	switch {
	case v == nil && kind == 's':
		return "", true
	case v == nil && kind == 'L':
		return "NULL", true
	case v == nil:
		return "", false
	}
	s, ok := textOf(v)
	if b, isBool := v.(bool); isBool {
		s = map[bool]string{true: "t", false: "f"}[b]
	}
	switch kind {
	case 'I':
		s = quoteIdent(s)
	case 'L':
		s = strings.TrimPrefix(quoteLiteral(s), " ")
	}
	return s, ok
}

func pad(s string, width int) string {
	if missing := width - len([]rune(s)); missing > 0 {
		return strings.Repeat(" ", missing) + s
	}
	if missing := -width - len([]rune(s)); missing > 0 {
		return s + strings.Repeat(" ", missing)
	}
	return s
}
