package catalog

import (
	"reflect"
	"strings"

	pg_query "github.com/pganalyze/pg_query_go/v5"

	"github.com/trefoil-sql/trefoil/internal/source"
)

// extent is a range of bytes in the file; the zero extent is empty.
type extent struct {
	start, end int
	ok         bool
}

func (e extent) union(o extent) extent {
	switch {
	case !e.ok:
		return o
	case !o.ok:
		return e
	}
	return extent{min(e.start, o.start), max(e.end, o.end), true}
}

// spanOf finds what a node covers in the file: its own tokens and those of everything below it, with the brackets
// that these leave open. The parser gives only where a node's first or main token starts.
func (c converter) spanOf(n *pg_query.Node) source.Span {
	if c.file == nil || n == nil {
		return source.Span{}
	}
	e := c.extentOf(reflect.ValueOf(n))
	if !e.ok {
		return source.Span{}
	}
	return source.Span{File: c.file, Start: e.start, End: e.end}
}

// extentOf is the union of the tokens that a message and all below it have, with the words that end a construct.
func (c converter) extentOf(message reflect.Value) extent {
	m := message.Interface()
	n, isNode := m.(*pg_query.Node)
	if known, ok := c.extents[n]; ok {
		return known
	}
	e := c.own(m, messageLocation(message))
	messagesBelow(message, func(below reflect.Value) { e = e.union(c.extentOf(below)) })
	if e.ok {
		e = c.trailing(m, balance(c.file.Text, e))
	}
	if isNode {
		c.extents[n] = e
	}
	return e
}

// own is the extent of the token or tokens that a message's own location starts.
func (c converter) own(m any, location int) extent {
	text, at := c.file.Text, location+c.offset
	if location < 0 || at < 0 || at >= len(text) {
		return extent{}
	}
	end := tokenEnd(text, at)
	switch n := m.(type) {
	case *pg_query.A_Const:
		if text[at] == '-' || text[at] == '+' {
			end = tokenEnd(text, skipSpace(text, end)) // the sign was folded into the constant
		}
	case *pg_query.ColumnRef:
		end = qualifiedEnd(text, at)
	case *pg_query.FuncCall:
		if n.Funcformat == pg_query.CoercionForm_COERCE_EXPLICIT_CALL {
			end = qualifiedEnd(text, at)
		}
		end = openBracket(text, end, '(')
	case *pg_query.A_ArrayExpr:
		end = openBracket(text, end, '[')
	case *pg_query.RowExpr, *pg_query.SQLValueFunction, *pg_query.XmlExpr, *pg_query.XmlSerialize,
		*pg_query.JsonObjectConstructor, *pg_query.JsonArrayConstructor:
		end = openBracket(text, end, '(')
	case *pg_query.TypeName:
		end = typeEnd(text, at)
	}
	return extent{at, end, true}
}

// openBracket includes the bracket that directly follows, for balance to close.
func openBracket(text string, end int, bracket byte) int {
	if next := skipSpace(text, end); next < len(text) && text[next] == bracket {
		return next + 1
	}
	return end
}

// trailing adds the words that end a construct and have no location of their own.
func (c converter) trailing(m any, e extent) extent {
	text := c.file.Text
	switch n := m.(type) {
	case *pg_query.NullTest:
		e.end = wordsEnd(text, e.end, "is", "not", "null", "isnull", "notnull")
	case *pg_query.BooleanTest:
		e.end = wordsEnd(text, e.end, "is", "not", "true", "false", "unknown")
	case *pg_query.CaseExpr:
		e.end = wordsEnd(text, e.end, "end")
	case *pg_query.CollateClause:
		e.end = max(e.end, qualifiedEnd(text, skipSpace(text, e.end)))
	case *pg_query.A_Indirection:
		return selection(text, n.Indirection, e)
	}
	return e
}

// selection adds the brackets around what fields are taken of, and the .field parts.
func selection(text string, parts []*pg_query.Node, e extent) extent {
	if next := skipSpace(text, e.end); next < len(text) && text[next] == ')' {
		e = balance(text, extent{e.start, next + 1, true})
	}
	for range parts {
		next := skipSpace(text, e.end)
		if next >= len(text) || text[next] != '.' {
			break
		}
		e.end = tokenEnd(text, skipSpace(text, next+1))
	}
	return e
}

// wordsEnd skips any of the given keywords from a place on.
func wordsEnd(text string, end int, words ...string) int {
	for {
		next := skipSpace(text, end)
		stop := tokenEnd(text, next)
		found := false
		for _, w := range words {
			found = found || strings.EqualFold(text[next:stop], w)
		}
		if !found {
			return end
		}
		end = stop
	}
}

// balance extends an extent to the brackets that pair with those inside it.
func balance(text string, e extent) extent {
	depth, lowest := bracketDepth(text, e)
	for ; lowest < 0; lowest++ {
		before := strings.TrimRight(text[:e.start], " \t\r\n")
		if before == "" || !strings.ContainsRune("([", rune(before[len(before)-1])) {
			break
		}
		e.start = len(before) - 1
		depth++
	}
	for pos := e.end; depth > 0 && pos < len(text); {
		pos = skipSpace(text, pos)
		if pos >= len(text) || text[pos] == ';' {
			break
		}
		depth += bracket(text[pos])
		pos = tokenEnd(text, pos)
		if depth == 0 {
			e.end = pos
		}
	}
	return e
}

// bracketDepth is how many brackets an extent leaves open, and the lowest that the count goes.
func bracketDepth(text string, e extent) (depth, lowest int) {
	for pos := skipSpace(text, e.start); pos < e.end; pos = skipSpace(text, tokenEnd(text, pos)) {
		depth += bracket(text[pos])
		lowest = min(lowest, depth)
	}
	return depth, lowest
}

func bracket(c byte) int {
	switch c {
	case '(', '[':
		return 1
	case ')', ']':
		return -1
	}
	return 0
}
