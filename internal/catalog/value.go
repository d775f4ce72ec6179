package catalog

import (
	"math"
	"strconv"
	"strings"
)

// value is what an expression of a DO block or function evaluates to: nil for NULL, bool, int64, float64, string, list,
// *tuple, oid, or undecided.
type value any

// array is an array of one dimension.
type array []value

// tuple is a row: a record variable or a composite.
type tuple struct {
	names  []string
	values []value
}

// oid is an object's number with the name that a cast to text prints.
type oid struct {
	id   int
	text string
	obj  object
}

// undecided is a value that only a server knows.
type undecided struct{ why string }

func isUndecided(v value) bool {
	_, ok := v.(undecided)
	return ok
}

// firstUndecided is the first of the values that is undecided, nil if all are known.
func firstUndecided(values ...value) value {
	for _, v := range values {
		switch x := v.(type) {
		case undecided:
			return x
		case array:
			if u := firstUndecided(x...); u != nil {
				return u
			}
		}
	}
	return nil
}

func (t *tuple) get(name string) (value, bool) {
	for i, n := range t.names {
		if n == name {
			return t.values[i], true
		}
	}
	return nil, false
}

// textOf writes a value as a cast to text does.
func textOf(v value) (string, bool) {
	switch x := v.(type) {
	case string:
		return x, true
	case bool:
		if x {
			return "true", true
		}
		return "false", true
	case int64:
		return strconv.FormatInt(x, 10), true
	case float64:
		return strconv.FormatFloat(x, 'f', -1, 64), true
	case oid:
		return x.text, true
	case array:
		return arrayText(x)
	}
	return "", false
}

// arrayText is an array as PostgreSQL prints it.
func arrayText(l array) (string, bool) {
	parts := make([]string, len(l))
	for i, v := range l {
		if v == nil {
			parts[i] = "NULL"
			continue
		}
		s, ok := textOf(v)
		if !ok {
			return "", false
		}
		if s == "" || strings.ContainsAny(s, `{}",\ `) || strings.EqualFold(s, "null") {
			s = `"` + strings.NewReplacer(`\`, `\\`, `"`, `\"`).Replace(s) + `"`
		}
		parts[i] = s
	}
	return "{" + strings.Join(parts, ",") + "}", true
}

// parseArray reads an array of one dimension from its text.
func parseArray(s string) (array, bool) {
	s = strings.TrimSpace(s)
	if len(s) < 2 || s[0] != '{' || s[len(s)-1] != '}' {
		return nil, false
	}
	out := array{}
	var b strings.Builder
	quoted, wasQuoted := false, false
	body := s[1 : len(s)-1]
	flush := func() {
		text := b.String()
		if !wasQuoted {
			text = strings.TrimSpace(text)
		}
		if strings.EqualFold(text, "null") && !wasQuoted {
			out = append(out, nil)
		} else {
			out = append(out, text)
		}
		b.Reset()
		wasQuoted = false
	}
	for i := 0; i < len(body); i++ {
		switch c := body[i]; {
		case c == '\\' && i+1 < len(body):
			i++
			b.WriteByte(body[i])
		case c == '"':
			quoted, wasQuoted = !quoted, true
		case c == ',' && !quoted:
			flush()
		case (c == '{' || c == '}') && !quoted:
			return nil, false
		default:
			b.WriteByte(c)
		}
	}
	if body != "" {
		flush()
	}
	return out, true
}

// number reads a value as a number.
func number(v value) (float64, bool) {
	switch x := v.(type) {
	case int64:
		return float64(x), true
	case float64:
		return x, true
	case oid:
		return float64(x.id), true
	case string:
		f, err := strconv.ParseFloat(strings.TrimSpace(x), 64)
		return f, err == nil
	}
	return 0, false
}

// integer reads a value as an integer, rounding as a cast does.
func integer(v value) (int64, bool) {
	switch x := v.(type) {
	case int64:
		return x, true
	case float64:
		return int64(math.RoundToEven(x)), true
	case oid:
		return int64(x.id), true
	case bool:
		if x {
			return 1, true
		}
		return 0, true
	case string:
		n, err := strconv.ParseInt(strings.TrimSpace(x), 10, 64)
		return n, err == nil
	}
	return 0, false
}

// boolean reads a value as a truth value.
func boolean(v value) (bool, bool) {
	switch x := v.(type) {
	case bool:
		return x, true
	case int64:
		return x != 0, true
	case string:
		switch s := strings.ToLower(strings.TrimSpace(x)); s {
		case "t", "true", "y", "yes", "on", "1":
			return true, true
		case "f", "false", "n", "no", "off", "0":
			return false, true
		}
	}
	return false, false
}

// compareValues orders two known values that are not NULL; ok is false where they cannot be compared here.
func compareValues(a, b value) (order int, ok bool) {
	switch x := a.(type) {
	case oid:
		if y, isOID := b.(oid); isOID {
			return x.id - y.id, true
		}
		if s, isText := b.(string); isText {
			if _, err := strconv.Atoi(s); err != nil {
				return strings.Compare(x.text, s), true
			}
		}
	case string:
		if _, isOID := b.(oid); isOID {
			order, ok = compareValues(b, a)
			return -order, ok
		}
		if s, isText := b.(string); isText {
			return strings.Compare(x, s), true
		}
	case bool:
		y, isBool := boolean(b)
		if !isBool || x == y {
			return 0, isBool
		}
		if x {
			return 1, true
		}
		return -1, true
	case array:
		return compareLists(x, b)
	}
	if _, isBool := b.(bool); isBool {
		order, ok = compareValues(b, a)
		return -order, ok
	}
	x, okX := number(a)
	y, okY := number(b)
	switch {
	case !okX || !okY:
		return 0, false
	case x < y:
		return -1, true
	case x > y:
		return 1, true
	}
	return 0, true
}

func compareLists(x array, b value) (int, bool) {
	y, ok := b.(array)
	if text, isText := b.(string); isText {
		y, ok = parseArray(text)
	}
	if !ok {
		return 0, false
	}
	for i := range min(len(x), len(y)) {
		if x[i] == nil || y[i] == nil {
			return 0, false
		}
		if order, ok := compareValues(x[i], y[i]); !ok || order != 0 {
			return order, ok
		}
	}
	return len(x) - len(y), true
}
