package constraint

import (
	"fmt"
	"strings"

	"github.com/trefoil-sql/trefoil/internal/catalog"
)

func (c compiler) in(e *catalog.In) Node {
	return c.member(e, e.Left, e.List, e.Not)
}

// quantified reads x = ANY (ARRAY[…]) as x IN (…) and x <> ALL (ARRAY[…]) as x NOT IN (…).
func (c compiler) quantified(e *catalog.Quantified) Node {
	not := e.Op == "<>" && e.All
	if !not && (e.Op != "=" || e.All) {
		return c.unknown(e, fmt.Sprintf("%s with an array is not evaluated by the clients", e.Op))
	}
	list, ok := elements(e.Right)
	if !ok {
		return c.unknown(e, "the array is not a list of constants")
	}
	return c.member(e, e.Left, list, not)
}

// elements lists the members of an array constructor, or of an array literal of plain words.
func elements(e catalog.Expr) ([]catalog.Expr, bool) {
	switch e := e.(type) {
	case *catalog.Array:
		return e.Elements, true
	case *catalog.Literal:
		if e.Kind == catalog.StringLiteral {
			return arrayLiteral(e)
		}
	case *catalog.Cast:
		if !e.Type.Array {
			return nil, false
		}
		list, ok := elements(e.Arg)
		casts := make([]catalog.Expr, len(list))
		for i, item := range list {
			casts[i] = &catalog.Cast{Place: e.Place, Arg: item, Type: e.Type.Element()}
		}
		return casts, ok
	}
	return nil, false
}

// arrayLiteral splits '{a,b}'. A literal with quotes, escapes, braces or NULL is left to the server.
func arrayLiteral(lit *catalog.Literal) ([]catalog.Expr, bool) {
	const blanks = " \t\n\v\f\r" // PostgreSQL's, not Unicode's
	body, ok := strings.CutPrefix(strings.Trim(lit.Value, blanks), "{")
	body, end := strings.CutSuffix(body, "}")
	if !ok || !end || strings.ContainsAny(body, `"\{}`) || strings.Trim(body, blanks) == "" {
		return nil, false
	}
	var list []catalog.Expr
	for word := range strings.SplitSeq(body, ",") {
		word = strings.Trim(word, blanks)
		if word == "" || strings.EqualFold(word, "null") {
			return nil, false
		}
		list = append(list, &catalog.Literal{Place: lit.Place, Kind: catalog.StringLiteral, Value: word})
	}
	return list, true
}

func (c compiler) member(e, left catalog.Expr, list []catalog.Expr, not bool) Node {
	if len(list) == 0 {
		return c.unknown(e, "the list is empty, which even NULL fails")
	}
	x := c.operand(left)
	if u, ok := x.(Unknown); ok {
		return c.unknown(e, u.Reason)
	}
	with := classOfNode(x)
	var consts []Const
	for _, item := range list {
		k, ok := c.operand(item).(Const)
		if ok {
			k, ok = coerce(k, with)
		}
		ok = ok && !rounds(x, item)
		if !ok {
			return c.unknown(e, "the list is not of constants that the clients can compare")
		}
		consts = append(consts, k)
	}
	return Member{X: x, List: consts, Not: not}
}
