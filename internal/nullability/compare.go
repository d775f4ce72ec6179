package nullability

import (
	"slices"
	"strconv"
	"strings"

	"github.com/trefoil-sql/trefoil/internal/catalog"
)

var comparisons = map[string]bool{"=": true, "<>": true, "<": true, "<=": true, ">": true, ">=": true}

// comparisonTruth are the outcomes of a comparison of constants, and of one whose negation or like is known.
func (a *analysis) comparisonTruth(v *catalog.FunctionCall, f *facts) outcomes {
	if !v.Builtin || !comparisons[v.Operator] || len(v.Args) != 2 || len(f.blanked) > 0 {
		return everything
	}
	left, ok := plain(v.Args[0]).(*catalog.Constant)
	right, also := plain(v.Args[1]).(*catalog.Constant)
	if ok && also {
		return compareConstants(v.Operator, left, right)
	}
	switch v.Operator {
	case "<>":
		return a.possible(a.equalityOf(v), f).negated()
	case "=":
		return a.equalityTruth(v, f)
	}
	return everything
}

// equalityOf is a = b for a <> b; asked for again it is the same value.
func (a *analysis) equalityOf(v *catalog.FunctionCall) *catalog.FunctionCall {
	eq, ok := a.equalities[v]
	if !ok {
		of := *v
		of.Operator, of.Name = "=", "="
		eq = &of
		a.equalities[v] = eq
	}
	return eq
}

// equalityTruth looks for what is known of other equalities of the same value: what equals one constant does not equal
// another.
func (a *analysis) equalityTruth(v *catalog.FunctionCall, f *facts) outcomes {
	key := a.equalityKey(v, f)
	if key == "" {
		return everything
	}
	out := f.of(key)
	side, c := constantSide(v)
	if c == nil {
		return out
	}
	prefix := "equal(" + a.key(side, f) + " "
	for known, k := range f.known {
		other, ok := strings.CutPrefix(known, prefix)
		if !ok || k.left != isTrue {
			continue
		}
		if kind, text, ok := strings.Cut(other, " "); ok && differ(c, &catalog.Constant{Typed: c.Typed, Kind: kindOf(kind), Text: unquote(text)}) {
			out &= isFalse
		}
	}
	return out
}

// equalityKey is the key of x = constant, of whatever type the operator was written for; of other equalities it is the
// key of the call.
func (a *analysis) equalityKey(v *catalog.FunctionCall, f *facts) string {
	side, c := constantSide(v)
	if c == nil {
		return a.key(v, f)
	}
	k := a.key(side, f)
	if k == "" {
		return ""
	}
	return "equal(" + k + " " + strconv.Itoa(int(c.Kind)) + " " + strconv.QuoteToASCII(c.Text)
}

// constantSide splits x = constant; the constant is nil for other calls.
func constantSide(v *catalog.FunctionCall) (catalog.Value, *catalog.Constant) {
	for i, arg := range v.Args {
		if c, ok := plain(arg).(*catalog.Constant); ok && !c.Null {
			return v.Args[1-i], c
		}
	}
	return nil, nil
}

func kindOf(text string) catalog.LiteralKind {
	n, _ := strconv.Atoi(text)
	return catalog.LiteralKind(n)
}

func unquote(text string) string {
	s, _ := strconv.Unquote(text)
	return s
}

// compareConstants are the outcomes of an operator on constants: of integers, and equality of the same or plainly
// different texts.
func compareConstants(op string, left, right *catalog.Constant) outcomes {
	if left.Null || right.Null {
		return isNull
	}
	if left.Kind == catalog.IntLiteral && right.Kind == catalog.IntLiteral {
		l, okLeft := small(left)
		r, okRight := small(right)
		if !okLeft || !okRight {
			return everything
		}
		holds := map[string]bool{"=": l == r, "<>": l != r, "<": l < r, "<=": l <= r, ">": l > r, ">=": l >= r}
		if is, ok := holds[op]; ok {
			return outcomeOf(is)
		}
		return everything
	}
	same := left.Kind == right.Kind && left.Text == right.Text && left.Type.Name == right.Type.Name
	switch {
	case op == "=" && same && selfEqual(left), op == "<>" && differ(left, right):
		return isTrue
	case op == "<>" && same && selfEqual(left), op == "=" && differ(left, right):
		return isFalse
	}
	return everything
}

// small is an integer that single precision holds too: greater ones may become equal.
func small(c *catalog.Constant) (int64, bool) {
	n, err := strconv.ParseInt(c.Text, 10, 64)
	return n, err == nil && -1<<24 <= n && n <= 1<<24
}

func outcomeOf(is bool) outcomes {
	if is {
		return isTrue
	}
	return isFalse
}

// exact are the types whose constants can be told apart by their texts. Text may have a collation that takes some
// letters to be equal, so that only ASCII letters and digits count, in lower case.
var exact = []string{"int2", "int4", "int8", "bool", "text", "varchar"}

func selfEqual(c *catalog.Constant) bool {
	return c.Type.Kind == catalog.EnumType || slices.Contains(exact, c.Type.Name.Name)
}

// differ tells constants that are not equal under any collation.
func differ(a, b *catalog.Constant) bool {
	switch {
	case a.Null || b.Null || a.Type.Array || b.Type.Array || a.Type.Name != b.Type.Name:
		return false
	case a.Type.Kind == catalog.EnumType:
		return a.Text != b.Text
	case a.Kind == catalog.IntLiteral && b.Kind == catalog.IntLiteral:
		l, okLeft := small(a)
		r, okRight := small(b)
		return okLeft && okRight && l != r
	case a.Type.Name.Name != "text" && a.Type.Name.Name != "varchar":
		return a.Kind == catalog.BoolLiteral && b.Kind == catalog.BoolLiteral && a.Text != b.Text
	}
	l, okLeft := letters(a.Text)
	r, okRight := letters(b.Text)
	return okLeft && okRight && l != r
}

// letters are a text's letters and digits in lower case, without zeros before a number; false if it has characters beyond
// ASCII.
func letters(text string) (string, bool) {
	var b strings.Builder
	inNumber := false
	for _, c := range []byte(strings.ToLower(text)) {
		isDigit := '0' <= c && c <= '9'
		switch {
		case c > 126:
			return "", false
		case 'a' <= c && c <= 'z', isDigit && (inNumber || c != '0'):
			b.WriteByte(c)
		}
		inNumber = isDigit && (inNumber || c != '0')
	}
	return b.String(), true
}
