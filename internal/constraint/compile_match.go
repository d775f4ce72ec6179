package constraint

import (
	"slices"

	"github.com/trefoil-sql/trefoil/internal/catalog"
)

// patternOp is a way to match: which language the pattern is in, whether case counts, and what it says of a match.
type patternOp struct {
	language  string // are, like or similar
	fold, not bool
}

var patternOps = map[string]patternOp{
	"~": {language: "are"}, "~*": {language: "are", fold: true}, "!~": {language: "are", not: true},
	"!~*": {language: "are", fold: true, not: true},
	"~~":  {language: "like"}, "~~*": {language: "like", fold: true}, "!~~": {language: "like", not: true},
	"!~~*": {language: "like", fold: true, not: true},
}

func (c compiler) like(e *catalog.Like) Node {
	p := patternOp{language: "like", fold: e.Kind == "ilike", not: e.Not}
	if e.Kind == "similar" {
		p.language = "similar"
	}
	escape := '\\'
	if e.Escape != nil {
		k, ok := c.value(e.Escape).(Const)
		runes := []rune(k.Text)
		if !ok || k.Null || len(runes) > 1 {
			return c.unknown(e, "the escape is not one constant character")
		}
		escape = 0
		if len(runes) == 1 {
			escape = runes[0]
		}
	}
	return c.matchEscaped(e, p, e.Arg, e.Pattern, escape)
}

func (c compiler) match(e catalog.Expr, p patternOp, left, right catalog.Expr) Node {
	return c.matchEscaped(e, p, left, right, '\\')
}

// regexpLike compiles regexp_like(text, pattern[, flags]).
func (c compiler) regexpLike(e *catalog.Call) Node {
	p := patternOp{language: "are"}
	if len(e.Args) == 3 {
		k, ok := c.value(e.Args[2]).(Const)
		if !ok || k.Null || !slices.Contains([]string{"", "i", "c"}, k.Text) {
			return c.unknown(e, "the flags are not understood by the clients")
		}
		p.fold = k.Text == "i"
	}
	return c.match(e, p, e.Args[0], e.Args[1])
}

func (c compiler) matchEscaped(e catalog.Expr, p patternOp, left, right catalog.Expr, escape rune) Node {
	xs, unknown := c.values(e, left, right)
	if unknown != nil {
		return unknown
	}
	x, pattern := xs[0], xs[1]
	k, ok := pattern.(Const)
	switch class := TypeOf(x).Class; {
	case !ok || k.Type.Class != untypedClass && k.Type.Class != TextClass:
		return c.unknown(e, "the pattern is not a constant")
	case class == FoldedClass:
		p.fold = true // citext's operators ignore case
	case class == PaddedClass:
		return c.unknown(e, "the clients do not match char(n), which is padded")
	case class != TextClass:
		return c.unknown(e, "only strings are matched by the clients")
	case k.Null:
		return Const{Type: boolType, Null: true}
	}
	if k.Null {
		return Const{Type: boolType, Null: true}
	}
	if reason := c.looseness(left, right); reason != "" {
		return c.unknown(e, reason)
	}
	re, err := translate(k.Text, p, escape)
	if err != nil {
		return c.unknown(e, err.Error())
	}
	re.SQL, re.Operator = k.Text, operatorName(p)
	return c.fold(e, Match{X: asText(x), Regex: re, Not: p.not})
}

func operatorName(p patternOp) string {
	switch {
	case p.language == "are" && p.fold:
		return "~*"
	case p.language == "are":
		return "~"
	case p.language == "like" && p.fold:
		return "ilike"
	}
	return p.language
}

func translate(pattern string, p patternOp, escape rune) (Regex, error) {
	if p.language == "like" {
		n, ascii, err := likeRE(pattern, escape, p.fold)
		if err != nil {
			return Regex{}, err
		}
		return regexOf(n, ascii), nil
	}
	if p.language == "similar" {
		var err error
		if pattern, err = similarARE(pattern, escape); err != nil {
			return Regex{}, err
		}
	}
	n, ascii, err := parseARE(pattern, p.fold)
	if err != nil {
		return Regex{}, err
	}
	return regexOf(n, ascii), nil
}
