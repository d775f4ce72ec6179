package catalog

import (
	"regexp"
	"strings"

	pg_query "github.com/pganalyze/pg_query_go/v5"
)

// equal compares two values with the three-valued logic of =.
func equal(a, b value) value {
	if u := firstUndecided(a, b); u != nil {
		return u
	}
	if a == nil || b == nil {
		return nil
	}
	if m, ok := a.(missingObject); ok {
		return m
	}
	if m, ok := b.(missingObject); ok {
		return m
	}
	order, ok := compareValues(a, b)
	if !ok {
		return undecidedf("a comparison")
	}
	return order == 0
}

// operator computes A_Expr in all its kinds.
func (ev *evaluator) operator(x *pg_query.A_Expr, f *frame) value {
	names := stringsOf(x.Name)
	op := names[len(names)-1]
	switch x.Kind {
	case pg_query.A_Expr_Kind_AEXPR_IN:
		v := ev.eval(x.Lexpr, f)
		return negateIf(op == "<>", anyEqual(v, ev.evalAll(x.Rexpr.GetList().GetItems(), f)))
	case pg_query.A_Expr_Kind_AEXPR_OP_ANY, pg_query.A_Expr_Kind_AEXPR_OP_ALL:
		return ev.quantified(x, op, f)
	case pg_query.A_Expr_Kind_AEXPR_BETWEEN, pg_query.A_Expr_Kind_AEXPR_NOT_BETWEEN:
		bounds := ev.evalAll(x.Rexpr.GetList().GetItems(), f)
		v := ev.eval(x.Lexpr, f)
		in := and(binary(">=", v, bounds[0]), binary("<=", v, bounds[1]))
		return negateIf(x.Kind == pg_query.A_Expr_Kind_AEXPR_NOT_BETWEEN, in)
	case pg_query.A_Expr_Kind_AEXPR_DISTINCT, pg_query.A_Expr_Kind_AEXPR_NOT_DISTINCT:
		return distinct(ev.eval(x.Lexpr, f), ev.eval(x.Rexpr, f), x.Kind == pg_query.A_Expr_Kind_AEXPR_NOT_DISTINCT)
	case pg_query.A_Expr_Kind_AEXPR_NULLIF:
		a := ev.eval(x.Lexpr, f)
		switch same := equal(a, ev.eval(x.Rexpr, f)); {
		case isUndecided(same):
			return same
		case same == true:
			return nil
		}
		return a
	}
	if x.Lexpr == nil {
		return prefix(op, ev.eval(x.Rexpr, f))
	}
	return binary(op, ev.eval(x.Lexpr, f), ev.eval(x.Rexpr, f))
}

func negateIf(not bool, v value) value {
	if b, ok := v.(bool); ok && not {
		return !b
	}
	return v
}

func and(a, b value) value {
	switch {
	case a == false || b == false:
		return false
	case isUndecided(a):
		return a
	case isUndecided(b):
		return b
	case a == nil || b == nil:
		return nil
	}
	return true
}

func anyEqual(v value, items []value) value {
	var out value = false
	for _, item := range items {
		switch e := equal(v, item); {
		case e == true:
			return true
		case isUndecided(e):
			out = e
		case e == nil && out == false:
			out = nil
		}
	}
	return out
}

// quantified is v op ANY (array) and ALL.
func (ev *evaluator) quantified(x *pg_query.A_Expr, op string, f *frame) value {
	v, r := ev.eval(x.Lexpr, f), ev.eval(x.Rexpr, f)
	if s, ok := r.(string); ok {
		if l, ok := parseArray(s); ok {
			r = l
		}
	}
	items, ok := r.(array)
	if !ok {
		if r == nil {
			return nil
		}
		return undecidedf("an array")
	}
	all := x.Kind == pg_query.A_Expr_Kind_AEXPR_OP_ALL
	var out value = all
	for _, item := range items {
		switch b := binary(op, v, item).(type) {
		case bool:
			if b != all {
				return b
			}
		default:
			out = b
		}
	}
	return out
}

func distinct(a, b value, not bool) value {
	if u := firstUndecided(a, b); u != nil {
		return u
	}
	if a == nil || b == nil {
		return (a == nil) == (b == nil) == not
	}
	e := equal(a, b)
	if same, ok := e.(bool); ok {
		return same == not
	}
	return e
}

func prefix(op string, v value) value {
	if v == nil || isUndecided(v) {
		return v
	}
	if op == "-" {
		switch x := v.(type) {
		case int64:
			return -x
		case float64:
			return -x
		}
	}
	return undecidedf("operator " + op)
}

// binary computes the operators that conditions and names are made with.
func binary(op string, a, b value) value {
	if u := firstUndecided(a, b); u != nil {
		return u
	}
	if m, ok := a.(missingObject); ok {
		return m
	}
	if m, ok := b.(missingObject); ok {
		return m
	}
	if a == nil || b == nil {
		return nil
	}
	switch op {
	case "=":
		return equal(a, b)
	case "<>":
		return negateIf(true, equal(a, b))
	case "<", ">", "<=", ">=":
		order, ok := compareValues(a, b)
		if !ok {
			return undecidedf("a comparison")
		}
		return map[string]bool{"<": order < 0, ">": order > 0, "<=": order <= 0, ">=": order >= 0}[op]
	case "||":
		return concatenate(a, b)
	case "~~", "!~~", "~~*", "!~~*":
		return like(op, a, b)
	case "~", "!~", "~*", "!~*":
		return matches(op, a, b)
	case "+", "-", "*", "/", "%":
		return arithmetic(op, a, b)
	}
	return undecidedf("operator " + op)
}

func concatenate(a, b value) value {
	x, isListX := a.(array)
	y, isListY := b.(array)
	switch {
	case isListX && isListY:
		return append(append(array{}, x...), y...)
	case isListX:
		return append(append(array{}, x...), b)
	case isListY:
		return append(array{a}, y...)
	}
	s, okA := textOf(a)
	t, okB := textOf(b)
	if !okA || !okB {
		return undecidedf("a text")
	}
	return s + t
}

// like turns a LIKE pattern into a regular expression.
func like(op string, a, b value) value {
	s, okA := textOf(a)
	pattern, okB := textOf(b)
	if !okA || !okB {
		return undecidedf("a pattern")
	}
	var re strings.Builder
	re.WriteString("(?s)^")
	if strings.HasSuffix(op, "*") {
		re.Reset()
		re.WriteString("(?si)^")
	}
	escaped := false
	for _, c := range pattern {
		switch {
		case escaped:
			re.WriteString(regexp.QuoteMeta(string(c)))
			escaped = false
		case c == '\\':
			escaped = true
		case c == '%':
			re.WriteString(".*")
		case c == '_':
			re.WriteByte('.')
		default:
			re.WriteString(regexp.QuoteMeta(string(c)))
		}
	}
	re.WriteByte('$')
	compiled, err := regexp.Compile(re.String())
	if err != nil {
		return undecidedf("a pattern")
	}
	return compiled.MatchString(s) != strings.HasPrefix(op, "!")
}

// matches is a regular expression, where Go's means the same.
func matches(op string, a, b value) value {
	s, okA := textOf(a)
	pattern, okB := textOf(b)
	if strings.HasSuffix(op, "*") {
		pattern = "(?i)" + pattern
	}
	re, err := regexp.Compile(pattern)
	if !okA || !okB || err != nil {
		return undecidedf("a regular expression")
	}
	return re.MatchString(s) != strings.HasPrefix(op, "!")
}

func arithmetic(op string, a, b value) value {
	x, okX := a.(int64)
	y, okY := b.(int64)
	if !okX || !okY {
		if s, isText := a.(string); isText && okY {
			x, okX = integer(s)
		} else if s, isText := b.(string); isText && okX {
			y, okY = integer(s)
		}
	}
	if !okX || !okY {
		return floatArithmetic(op, a, b)
	}
	switch op {
	case "+":
		return x + y
	case "-":
		return x - y
	case "*":
		return x * y
	}
	if y == 0 {
		return undecidedf("a division by zero")
	}
	if op == "/" {
		return x / y
	}
	return x % y
}

func floatArithmetic(op string, a, b value) value {
	x, okX := number(a)
	y, okY := number(b)
	if !okX || !okY {
		return undecidedf("operator " + op)
	}
	switch op {
	case "+":
		return x + y
	case "-":
		return x - y
	case "*":
		return x * y
	}
	return undecidedf("operator " + op)
}
